<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.hand_over.malformed</source>
        <translation>Relève refusée : plus de {incidents} événements ou de {sections} rubriques en une fois. Reprenez moins d’événements.</translation>
    </message>
    <message>
        <source>error.hand_over.same_person</source>
        <translation>Cette personne tient déjà ce poste : la relève se fait avec une autre personne.</translation>
    </message>
    <message>
        <source>error.hand_over.unconfirmed</source>
        <translation>Relève non confirmée : le pont n’a pas répondu. Personne n’est connecté ici ; connectez-vous, puis vérifiez qui tient les événements.</translation>
    </message>
    <message>
        <source>error.hand_over.under_way</source>
        <translation>Une relève est en cours sur ce poste : rien n’a été fait. Recommencez quand elle est finie.</translation>
    </message>
    <message>
        <source>error.unlock.wrong</source>
        <translation>Ce n’est pas le mot de passe de la personne connectée : le poste reste verrouillé. Vérifiez la touche Verr. Maj et recommencez.</translation>
    </message>
    <message>
        <source>handover.alarms</source>
        <translation>Alarmes non acquittées</translation>
    </message>
    <message>
        <source>handover.incidents</source>
        <translation>Ses événements ouverts</translation>
    </message>
    <message>
        <source>handover.more.one</source>
        <translation>et {count} autre</translation>
    </message>
    <message>
        <source>handover.more.other</source>
        <translation>et {count} autres</translation>
    </message>
    <message>
        <source>handover.moved.one</source>
        <translation>{count} événement repris.</translation>
    </message>
    <message>
        <source>handover.moved.other</source>
        <translation>{count} événements repris.</translation>
    </message>
    <message>
        <source>handover.overrides</source>
        <translation>Forçages en cours</translation>
    </message>
    <message>
        <source>handover.service</source>
        <translation>Équipements désactivés ou en travaux</translation>
    </message>
    <message>
        <source>handover.shelved</source>
        <translation>Alarmes mises de côté ou hors service</translation>
    </message>
    <message>
        <source>handover.stayed.one</source>
        <translation>{count} événement reste à {name} : droit manquant, ou il a changé de mains.</translation>
    </message>
    <message>
        <source>handover.stayed.other</source>
        <translation>{count} événements restent à {name} : droit manquant, ou ils ont changé de mains.</translation>
    </message>
    <message>
        <source>handover.take.one</source>
        <translation>Reprendre son événement ouvert</translation>
    </message>
    <message>
        <source>handover.take.other</source>
        <translation>Reprendre ses {count} événements ouverts</translation>
    </message>
    <message>
        <source>handover.to_check</source>
        <translation>Commandes au sort inconnu</translation>
    </message>
    <message>
        <source>handover.until</source>
        <translation>jusqu’à {time}</translation>
    </message>
    <message>
        <source>handover.where</source>
        <translation>{seat}, ici depuis {time}</translation>
    </message>
    <message>
        <source>log.incident.handed_over</source>
        <translation>Repris à la relève</translation>
    </message>
    <message>
        <source>presence.also</source>
        <translation>aussi {names}</translation>
    </message>
    <message>
        <source>presence.more</source>
        <translation>{names} et {count} de plus</translation>
    </message>
    <message>
        <source>presence.occupied</source>
        <translation>Poste occupé aussi par {people}.</translation>
    </message>
    <message>
        <source>presence.person</source>
        <translation>{name} depuis {time}</translation>
    </message>
    <message>
        <source>presence.relief</source>
        <translation>Relève dans {minutes} min</translation>
    </message>
    <message>
        <source>presence.relief.now</source>
        <translation>Relève maintenant</translation>
    </message>
    <message>
        <source>ui.handover.done</source>
        <translation>Relève faite, {name} est déconnecté.</translation>
    </message>
    <message>
        <source>ui.handover.must_change</source>
        <translation>Premier mot de passe à remplacer : cette personne doit se connecter elle-même. Quittez le poste, puis connectez-la.</translation>
    </message>
    <message>
        <source>ui.handover.newcomer</source>
        <translation>La personne qui arrive, après avoir lu</translation>
    </message>
    <message>
        <source>ui.handover.none</source>
        <translation>néant</translation>
    </message>
    <message>
        <source>ui.handover.nothing</source>
        <translation>Ne rien faire</translation>
    </message>
    <message>
        <source>ui.handover.relieve</source>
        <translation>Relever {name}</translation>
    </message>
    <message>
        <source>ui.handover.title</source>
        <translation>Relève</translation>
    </message>
    <message>
        <source>ui.handover.wall</source>
        <translation>Ce poste est un mur : personne n’y passe la relève.</translation>
    </message>
    <message>
        <source>ui.key.handover</source>
        <translation>Passer la relève</translation>
    </message>
    <message>
        <source>ui.key.lock</source>
        <translation>Verrouiller le poste</translation>
    </message>
    <message>
        <source>ui.lock.asking</source>
        <translation>Vérification par le pont…</translation>
    </message>
    <message>
        <source>ui.lock.leave</source>
        <translation>Quitter le poste</translation>
    </message>
    <message>
        <source>ui.lock.missing</source>
        <translation>Tapez le mot de passe pour déverrouiller.</translation>
    </message>
    <message>
        <source>ui.lock.never</source>
        <translation>Ce poste est un mur : il ne se verrouille pas.</translation>
    </message>
    <message>
        <source>ui.lock.no_bridge</source>
        <translation>Pont injoignable : le mot de passe ne peut pas être vérifié, le poste reste verrouillé. Attendre le pont, ou quitter le poste : les textes en cours sont gardés.</translation>
    </message>
    <message>
        <source>ui.lock.other</source>
        <translation>Fermer la session de {name}…</translation>
    </message>
    <message>
        <source>ui.lock.other.body</source>
        <translation>La relève est écrite au journal, sans brief lu : ce poste verrouillé n’en montre pas.</translation>
    </message>
    <message>
        <source>ui.lock.other.title</source>
        <translation>Une autre personne prend ce poste</translation>
    </message>
    <message>
        <source>ui.lock.password_of</source>
        <translation>Mot de passe de {name}</translation>
    </message>
    <message>
        <source>ui.lock.relieve</source>
        <translation>Fermer sa session et prendre le poste</translation>
    </message>
    <message>
        <source>ui.lock.since</source>
        <translation>Verrouillé depuis {time}. La session continue, les sons aussi.</translation>
    </message>
    <message>
        <source>ui.lock.title</source>
        <translation>Poste verrouillé</translation>
    </message>
    <message>
        <source>ui.lock.unlock</source>
        <translation>Déverrouiller</translation>
    </message>
</context>
</TS>
