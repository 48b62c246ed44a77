<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.frame.unread</source>
        <translation>Le pont n’a pas compris ce que ce poste a envoyé : rien n’a été fait. Si cela se répète, ce poste n’a pas la bonne version ; prévenez l’administrateur.</translation>
    </message>
    <message>
        <source>error.hello.missing</source>
        <translation>Le pont ne connaît plus cette connexion. Le poste se reconnecte de lui-même ; connectez-vous de nouveau si on vous le demande.</translation>
    </message>
    <message>
        <source>error.version.other_major</source>
        <translation>Ce poste parle la version {console} et le pont la version {bridge} : ils ne se comprennent pas. Faites mettre à jour le plus ancien des deux.</translation>
    </message>
    <message>
        <source>error.epoch.changed</source>
        <translation>Le pont a redémarré entre-temps : la demande n’a pas été exécutée. Vérifiez l’état actuel, puis recommencez si besoin.</translation>
    </message>
    <message>
        <source>error.session.none</source>
        <translation>Personne n’est connecté sur ce poste. Connectez-vous.</translation>
    </message>
    <message>
        <source>error.sign_in.already</source>
        <translation>Quelqu’un est déjà connecté sur ce poste, ou une connexion est en cours. Déconnectez d’abord cette personne.</translation>
    </message>
    <message>
        <source>error.sign_in.wrong</source>
        <translation>Nom ou mot de passe incorrect. Vérifiez la touche Verr. Maj et recommencez.</translation>
    </message>
    <message>
        <source>error.sign_in.wait</source>
        <translation>Trop d’essais manqués. Attendez {seconds} s avant de recommencer ; l’administrateur peut vous donner un nouveau mot de passe.</translation>
    </message>
    <message>
        <source>error.sign_in.disabled</source>
        <translation>Ce compte est suspendu. Adressez-vous à l’administrateur.</translation>
    </message>
    <message>
        <source>error.sign_in.must_change</source>
        <translation>Ce mot de passe ne sert qu’une fois. Choisissez le vôtre pour vous connecter.</translation>
    </message>
    <message>
        <source>error.sign_in.no_role</source>
        <translation>Ce compte n’a aucun rôle, donc aucun droit. Demandez-en un à l’administrateur.</translation>
    </message>
    <message>
        <source>error.sign_in.malformed</source>
        <translation>Le champ « {field} » est vide, dépasse {most} caractères ou contient un caractère invisible. Corrigez-le.</translation>
    </message>
    <message>
        <source>error.sign_in.busy</source>
        <translation>Trop de connexions à la fois. Recommencez dans quelques secondes.</translation>
    </message>
    <message>
        <source>error.password.too_short</source>
        <translation>Mot de passe trop court : il faut au moins {least} caractères. Quelques mots ordinaires conviennent.</translation>
    </message>
    <message>
        <source>error.password.too_long</source>
        <translation>Mot de passe trop long : {most} caractères au plus.</translation>
    </message>
    <message>
        <source>error.password.too_common</source>
        <translation>Mot de passe trop courant ou trop proche de votre nom. Choisissez quelques mots sans rapport entre eux.</translation>
    </message>
    <message>
        <source>error.password.same</source>
        <translation>Le nouveau mot de passe est l’ancien. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>error.pull.outstanding</source>
        <translation>Le poste a demandé deux fois la même suite : le pont répondra à la première demande. Signalez-le si cela se répète.</translation>
    </message>
    <message>
        <source>error.pull.after</source>
        <translation>Le poste demande la suite de {after}, mais le pont n’en est qu’à {head}. Le poste recharge tout de lui-même.</translation>
    </message>
    <message>
        <source>error.request.too_many</source>
        <translation>Ce poste attend déjà {most} réponses : la demande n’a pas été prise. Attendez un instant et recommencez.</translation>
    </message>
    <message>
        <source>error.request.no_service</source>
        <translation>Ce pont ne sait pas répondre à cette demande ({request}). Sa version ou son installation est incomplète ; prévenez l’administrateur.</translation>
    </message>
    <message>
        <source>error.request.timed_out</source>
        <translation>Le pont n’a pas fini à temps. Le résultat est inconnu : vérifiez l’état actuel avant de recommencer.</translation>
    </message>
    <message>
        <source>error.answer.too_large</source>
        <translation>La réponse est trop volumineuse ({bytes} octets pour {most} permis). Demandez une période ou une étendue plus petite.</translation>
    </message>
    <message>
        <source>error.answer.too_fast</source>
        <translation>Ce poste a demandé trop de données d’un coup. Attendez quelques secondes et recommencez.</translation>
    </message>
    <message>
        <source>error.rights.missing</source>
        <translation>Vous n’avez pas le droit « {action} » sur « {kind} » : rien n’a été fait. Demandez à votre superviseur.</translation>
    </message>
    <message>
        <source>error.internal</source>
        <translation>Le pont a rencontré un défaut : la demande a peut-être échoué. Vérifiez l’état actuel et donnez la référence {reference} à l’administrateur.</translation>
    </message>
    <message>
        <source>session.ended.signed_out</source>
        <translation>Vous êtes déconnecté.</translation>
    </message>
    <message>
        <source>session.ended.key_revoked</source>
        <translation>La clé de ce poste a été retirée : plus rien ne lui parvient. Adressez-vous à l’administrateur.</translation>
    </message>
    <message>
        <source>session.ended.user_disabled</source>
        <translation>Votre compte a été suspendu : la session est terminée. Adressez-vous à l’administrateur.</translation>
    </message>
    <message>
        <source>session.ended.user_changed</source>
        <translation>Votre mot de passe ou vos rôles ont changé : connectez-vous de nouveau.</translation>
    </message>
    <message>
        <source>error.seat.locked</source>
        <translation>Ce poste est verrouillé : rien n’est fait d’ici tant qu’il l’est. Déverrouillez-le, puis recommencez.</translation>
    </message>
    <message>
        <source>ui.signin.link.other_version</source>
        <translation>Pont joint, autre version</translation>
    </message>
    <message>
        <source>link.version.bridge_newer</source>
        <translation>Le pont parle la version {bridge} du protocole, ce poste la {console}. Tout ce que ce poste connaît marche ; ce qu’il ne sait pas lire est gardé et compté comme « écrit par une version plus récente ». Faites mettre ce poste à jour.</translation>
    </message>
    <message>
        <source>link.version.bridge_older</source>
        <translation>Le pont parle la version {bridge} du protocole, ce poste la {console}. Ce que le pont ne connaît pas encore sera refusé en le disant. Faites mettre le pont à jour.</translation>
    </message>
    <message>
        <source>log.newer</source>
        <translation>Écrit par une version plus récente : {kind}</translation>
    </message>
    <message>
        <source>strip.newer.one</source>
        <translation>{count} ENTRÉE D’UNE VERSION PLUS RÉCENTE</translation>
    </message>
    <message>
        <source>strip.newer.other</source>
        <translation>{count} ENTRÉES D’UNE VERSION PLUS RÉCENTE</translation>
    </message>
</context>
</TS>
