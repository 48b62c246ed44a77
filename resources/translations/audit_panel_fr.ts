<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>audit.title</source>
        <translation>Piste d’audit</translation>
    </message>
    <message>
        <source>audit.shown.one</source>
        <translation>{count} entrée</translation>
    </message>
    <message>
        <source>audit.shown.other</source>
        <translation>{count} entrées</translation>
    </message>
    <message>
        <source>audit.shown_of_more</source>
        <translation>{shown}, il en reste de plus anciennes</translation>
    </message>
    <message>
        <source>audit.hidden.one</source>
        <translation>{count} cachée par vos droits</translation>
    </message>
    <message>
        <source>audit.hidden.other</source>
        <translation>{count} cachées par vos droits</translation>
    </message>
    <message>
        <source>audit.filter</source>
        <translation>Qui, quoi, quand : « 12 mardi », « dubois hier »</translation>
    </message>
    <message>
        <source>audit.list</source>
        <translation>Entrées de la piste d’audit</translation>
    </message>
    <message>
        <source>audit.reading</source>
        <translation>Lecture de la chaîne…</translation>
    </message>
    <message>
        <source>audit.unread</source>
        <translation>La chaîne n’a pas été lue</translation>
    </message>
    <message>
        <source>audit.unread.body</source>
        <translation>La question a été refusée ou le pont ne répond pas. Redemandez.</translation>
    </message>
    <message>
        <source>audit.none</source>
        <translation>Aucune entrée ne répond à la question</translation>
    </message>
    <message>
        <source>audit.kept</source>
        <translation>La chaîne garde chaque image vue, commande, export, forçage, présence, refus et lecture depuis le premier démarrage du pont ; rien n’en est effacé.</translation>
    </message>
    <message>
        <source>audit.scope.all</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>audit.scope.stream</source>
        <translation>Images vues</translation>
    </message>
    <message>
        <source>audit.scope.command</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>audit.scope.export</source>
        <translation>Exports</translation>
    </message>
    <message>
        <source>audit.scope.session</source>
        <translation>Présences</translation>
    </message>
    <message>
        <source>audit.scope.override</source>
        <translation>Forçages</translation>
    </message>
    <message>
        <source>audit.link</source>
        <translation>Maillon {number}, empreinte {digest}</translation>
    </message>
    <message>
        <source>audit.before</source>
        <translation>Maillon d’avant {digest}</translation>
    </message>
    <message>
        <source>audit.act.more</source>
        <translation>Plus anciennes</translation>
    </message>
    <message>
        <source>audit.act.again</source>
        <translation>Redemander</translation>
    </message>
    <message>
        <source>audit.reason.all_shown</source>
        <translation>Tout ce qui répond à la question est montré.</translation>
    </message>
    <message>
        <source>audit.asked.user</source>
        <translation>par {user}</translation>
    </message>
    <message>
        <source>audit.asked.equipment</source>
        <translation>sur {equipment}</translation>
    </message>
    <message>
        <source>audit.asked.day</source>
        <translation>le {day}</translation>
    </message>
    <message>
        <source>audit.head.number</source>
        <translation>Maillon</translation>
    </message>
    <message>
        <source>audit.head.day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>audit.head.time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>audit.head.who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>audit.head.what</source>
        <translation>A fait</translation>
    </message>
    <message>
        <source>audit.head.about</source>
        <translation>Sur</translation>
    </message>
    <message>
        <source>audit.head.detail</source>
        <translation>Motif, détail</translation>
    </message>
    <message>
        <source>audit.targets.one</source>
        <translation>{count} cible</translation>
    </message>
    <message>
        <source>audit.targets.other</source>
        <translation>{count} cibles</translation>
    </message>
    <message>
        <source>audit.export</source>
        <translation>a exporté</translation>
    </message>
    <message>
        <source>audit.event</source>
        <translation>autre geste</translation>
    </message>
    <message>
        <source>audit.interlock.armed</source>
        <translation>a réarmé un verrouillage</translation>
    </message>
    <message>
        <source>audit.interlock.disarmed</source>
        <translation>verrouillage désarmé</translation>
    </message>
    <message>
        <source>audit.hands_off.set</source>
        <translation>a déclaré des techniciens sur place</translation>
    </message>
    <message>
        <source>audit.hands_off.lifted</source>
        <translation>a levé la zone de travaux</translation>
    </message>
    <message>
        <source>audit.command.accepted</source>
        <translation>commande acceptée</translation>
    </message>
    <message>
        <source>audit.command.sent</source>
        <translation>commande envoyée</translation>
    </message>
    <message>
        <source>audit.command.confirmed</source>
        <translation>commande vérifiée</translation>
    </message>
    <message>
        <source>audit.command.refused</source>
        <translation>commande refusée</translation>
    </message>
    <message>
        <source>audit.command.failed</source>
        <translation>commande en échec</translation>
    </message>
    <message>
        <source>audit.command.expired</source>
        <translation>commande trop tard</translation>
    </message>
    <message>
        <source>audit.command.unknown</source>
        <translation>commande de sort inconnu</translation>
    </message>
    <message>
        <source>audit.stream.opened</source>
        <translation>a ouvert l’image</translation>
    </message>
    <message>
        <source>audit.stream.released</source>
        <translation>a fermé l’image</translation>
    </message>
    <message>
        <source>audit.stream.expired</source>
        <translation>image expirée</translation>
    </message>
    <message>
        <source>audit.stream.revoked</source>
        <translation>image retirée</translation>
    </message>
    <message>
        <source>audit.order.running</source>
        <translation>ordre en cours</translation>
    </message>
    <message>
        <source>audit.order.finished</source>
        <translation>ordre terminé</translation>
    </message>
    <message>
        <source>audit.order.cancelled</source>
        <translation>ordre arrêté</translation>
    </message>
    <message>
        <source>audit.order.unknown</source>
        <translation>ordre de sort inconnu</translation>
    </message>
    <message>
        <source>audit.approval.waiting</source>
        <translation>a demandé un accord</translation>
    </message>
    <message>
        <source>audit.approval.agreed</source>
        <translation>a accordé</translation>
    </message>
    <message>
        <source>audit.approval.refused</source>
        <translation>a refusé</translation>
    </message>
    <message>
        <source>audit.approval.expired</source>
        <translation>accord expiré</translation>
    </message>
    <message>
        <source>audit.approval.withdrawn</source>
        <translation>a retiré sa demande</translation>
    </message>
    <message>
        <source>audit.override.sent</source>
        <translation>forçage envoyé</translation>
    </message>
    <message>
        <source>audit.override.began</source>
        <translation>forçage commencé</translation>
    </message>
    <message>
        <source>audit.override.settled</source>
        <translation>doute levé sur place</translation>
    </message>
    <message>
        <source>audit.override.extended</source>
        <translation>forçage prolongé</translation>
    </message>
    <message>
        <source>audit.override.returning</source>
        <translation>retour en cours</translation>
    </message>
    <message>
        <source>audit.override.stuck</source>
        <translation>retour en échec</translation>
    </message>
    <message>
        <source>audit.override.ended</source>
        <translation>forçage rendu</translation>
    </message>
    <message>
        <source>audit.override.replaced</source>
        <translation>forçage remplacé</translation>
    </message>
    <message>
        <source>audit.service.in_service</source>
        <translation>a remis en service</translation>
    </message>
    <message>
        <source>audit.service.disabled</source>
        <translation>a désactivé</translation>
    </message>
    <message>
        <source>audit.service.maintenance</source>
        <translation>a mis en travaux</translation>
    </message>
    <message>
        <source>audit.composition.saved</source>
        <translation>a enregistré une composition</translation>
    </message>
    <message>
        <source>audit.composition.deleted</source>
        <translation>a supprimé une composition</translation>
    </message>
    <message>
        <source>audit.composition.restored</source>
        <translation>a rétabli une composition</translation>
    </message>
    <message>
        <source>audit.composition.forgotten</source>
        <translation>composition oubliée</translation>
    </message>
    <message>
        <source>audit.session.signed_in</source>
        <translation>s’est connecté</translation>
    </message>
    <message>
        <source>audit.session.sign_in_refused</source>
        <translation>connexion refusée</translation>
    </message>
    <message>
        <source>audit.session.signed_out</source>
        <translation>s’est déconnecté</translation>
    </message>
    <message>
        <source>audit.session.revoked</source>
        <translation>session retirée</translation>
    </message>
    <message>
        <source>audit.session.lost</source>
        <translation>session perdue</translation>
    </message>
    <message>
        <source>audit.session.locked</source>
        <translation>poste verrouillé</translation>
    </message>
    <message>
        <source>audit.session.unlocked</source>
        <translation>poste déverrouillé</translation>
    </message>
    <message>
        <source>audit.session.unlock_refused</source>
        <translation>déverrouillage refusé</translation>
    </message>
    <message>
        <source>audit.session.handed_over</source>
        <translation>a passé le poste</translation>
    </message>
    <message>
        <source>audit.session.editing</source>
        <translation>mode édition ouvert</translation>
    </message>
    <message>
        <source>audit.session.edited</source>
        <translation>mode édition fermé</translation>
    </message>
    <message>
        <source>audit.newer</source>
        <translation>écrit par une version plus récente</translation>
    </message>
    <message>
        <source>audit.read</source>
        <translation>a lu le journal d’audit</translation>
    </message>
    <message>
        <source>audit.read.counts</source>
        <translation>{shown} montrées, {hidden} masquées</translation>
    </message>
    <message>
        <source>audit.refusal</source>
        <translation>s’est vu refuser une demande</translation>
    </message>
    <message>
        <source>audit.event.configuration</source>
        <translation>configuration changée</translation>
    </message>
    <message>
        <source>audit.event.hand_over</source>
        <translation>a relevé le poste</translation>
    </message>
    <message>
        <source>audit.event.system</source>
        <translation>le pont lui-même</translation>
    </message>
    <message>
        <source>audit.scope.audit_read</source>
        <translation>Lectures</translation>
    </message>
    <message>
        <source>audit.scope.refusal</source>
        <translation>Refus</translation>
    </message>
</context>
</TS>
