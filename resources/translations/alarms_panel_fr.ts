<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>alarms.title</source>
        <translation>Alarmes</translation>
    </message>
    <message>
        <source>alarms.count.one</source>
        <translation>{count} alarme</translation>
    </message>
    <message>
        <source>alarms.count.other</source>
        <translation>{count} alarmes</translation>
    </message>
    <message>
        <source>alarms.headline</source>
        <translation>{count} · charge {load} en 10 min, visée {target}, limite {limit}</translation>
    </message>
    <message>
        <source>alarms.unseen.one</source>
        <translation>{count} non acquittée</translation>
    </message>
    <message>
        <source>alarms.unseen.other</source>
        <translation>{count} non acquittées</translation>
    </message>
    <message>
        <source>alarms.filter</source>
        <translation>Filtrer les alarmes</translation>
    </message>
    <message>
        <source>alarms.list</source>
        <translation>Liste des alarmes</translation>
    </message>
    <message>
        <source>alarms.no_match</source>
        <translation>Rien ne répond au filtre</translation>
    </message>
    <message>
        <source>alarms.no_match.body</source>
        <translation>{count} alarmes existent ailleurs. Vide veut dire ici : aucune ne répond, pas cachée.</translation>
    </message>
    <message>
        <source>alarms.reading</source>
        <translation>Lecture du journal…</translation>
    </message>
    <message>
        <source>alarms.none.list</source>
        <translation>Aucune alarme</translation>
    </message>
    <message>
        <source>alarms.none.list.body</source>
        <translation>Tout ce qui est surveillé est dans sa plage, ou déjà vu et revenu.</translation>
    </message>
    <message>
        <source>alarms.none.area</source>
        <translation>Aucune alarme</translation>
    </message>
    <message>
        <source>alarms.none.area.body</source>
        <translation>Aucune commune n’a d’alarme.</translation>
    </message>
    <message>
        <source>alarms.none.shelved</source>
        <translation>Aucune alarme mise de côté</translation>
    </message>
    <message>
        <source>alarms.none.shelved.body</source>
        <translation>Une alarme mise de côté revient seule à son heure.</translation>
    </message>
    <message>
        <source>alarms.none.suppressed</source>
        <translation>Aucune alarme tue ou hors service</translation>
    </message>
    <message>
        <source>alarms.none.suppressed.body</source>
        <translation>Ici vont celles que la conception tait et celles qu’une personne a mises hors service.</translation>
    </message>
    <message>
        <source>alarms.none.actors</source>
        <translation>Aucune alarme en 7 jours</translation>
    </message>
    <message>
        <source>alarms.none.actors.body</source>
        <translation>Le journal n’en compte aucune.</translation>
    </message>
    <message>
        <source>alarms.scope.list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>alarms.scope.area</source>
        <translation>Par commune</translation>
    </message>
    <message>
        <source>alarms.scope.shelved</source>
        <translation>De côté</translation>
    </message>
    <message>
        <source>alarms.scope.suppressed</source>
        <translation>Tues</translation>
    </message>
    <message>
        <source>alarms.scope.actors</source>
        <translation>Plus bavardes</translation>
    </message>
    <message>
        <source>alarms.cause</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>alarms.consequence</source>
        <translation>Conséquence</translation>
    </message>
    <message>
        <source>alarms.act</source>
        <translation>À faire</translation>
    </message>
    <message>
        <source>alarms.act.open</source>
        <translation>Voir cette commune</translation>
    </message>
    <message>
        <source>alarms.act.shelve</source>
        <translation>Mettre de côté {time}…</translation>
    </message>
    <message>
        <source>alarms.act.unshelve</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>alarms.reason.none</source>
        <translation>Choisissez d’abord une ligne.</translation>
    </message>
    <message>
        <source>alarms.reason.seen</source>
        <translation>Déjà acquittée.</translation>
    </message>
    <message>
        <source>alarms.shelved</source>
        <translation>De côté jusqu’à {time} par {by} : {reason}</translation>
    </message>
    <message>
        <source>alarms.taken_out</source>
        <translation>Hors service jusqu’à {time} par {by} : {reason}</translation>
    </message>
    <message>
        <source>alarms.suppressed</source>
        <translation>Tue par conception.</translation>
    </message>
    <message>
        <source>alarms.time_left</source>
        <translation>Encore {time}.</translation>
    </message>
    <message>
        <source>alarms.too_late</source>
        <translation>Dépassé de {time}.</translation>
    </message>
    <message>
        <source>alarms.procedure</source>
        <translation>Procédure {procedure}.</translation>
    </message>
    <message>
        <source>alarms.stale</source>
        <translation>{state}, plus d’un jour</translation>
    </message>
    <message>
        <source>alarms.times</source>
        <translation>({count} fois)</translation>
    </message>
    <message>
        <source>alarms.no_commune</source>
        <translation>Sans commune</translation>
    </message>
    <message>
        <source>alarms.share</source>
        <translation>{count} fois, {percent} %</translation>
    </message>
    <message>
        <source>alarms.head.mark</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>alarms.head.time</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>alarms.head.code</source>
        <translation>Équipement</translation>
    </message>
    <message>
        <source>alarms.head.text</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>alarms.head.value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>alarms.head.state</source>
        <translation>État</translation>
    </message>
    <message>
        <source>alarms.head.place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>listing.reason.left</source>
        <translation>La ligne choisie n’est plus dans la liste : rien n’est fait. En choisir une.</translation>
    </message>
</context>
</TS>
