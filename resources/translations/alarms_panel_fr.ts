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
        <translation>encore {time}</translation>
    </message>
    <message>
        <source>alarms.too_late</source>
        <translation>dépassé de {time}</translation>
    </message>
    <message>
        <source>alarms.procedure</source>
        <translation>Procédure : « {procedure} » (P).</translation>
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
        <source>alarms.of_chosen</source>
        <translation>de l’incident choisi</translation>
    </message>
    <message>
        <source>alarms.no_commune</source>
        <translation>Sans commune</translation>
    </message>
    <message>
        <source>alarms.share</source>
        <translation>{percent} % du total</translation>
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
    <message>
        <source>alarm.state.normal.short</source>
        <translation>normale</translation>
    </message>
    <message>
        <source>alarms.shown.one</source>
        <translation>{count} affichée</translation>
    </message>
    <message>
        <source>alarms.shown.other</source>
        <translation>{count} affichées</translation>
    </message>
    <message>
        <source>alarms.load</source>
        <translation>Charge : {load} en 10 min</translation>
    </message>
    <message>
        <source>alarms.load.least</source>
        <translation>Charge : au moins {load} en 10 min</translation>
    </message>
    <message>
        <source>alarms.load.help</source>
        <translation>Alarmes apparues en dix minutes, contre la cible (1) et la limite (10).</translation>
    </message>
    <message>
        <source>alarms.flood</source>
        <translation>Flot : {what} (depuis 10 min, encore là)</translation>
    </message>
    <message>
        <source>alarms.flood.others</source>
        <translation>autres {count}</translation>
    </message>
    <message>
        <source>alarms.procedure.of</source>
        <translation>Procédure « {procedure} »</translation>
    </message>
    <message>
        <source>alarms.act.procedure</source>
        <translation>Procédure</translation>
    </message>
    <message>
        <source>alarms.act.guidance</source>
        <translation>Consignes</translation>
    </message>
    <message>
        <source>alarms.act.take_out</source>
        <translation>Hors service {time}…</translation>
    </message>
    <message>
        <source>alarms.act.put_back</source>
        <translation>Remettre en service</translation>
    </message>
    <message>
        <source>alarms.aside.why</source>
        <translation>{by} : {reason}</translation>
    </message>
    <message>
        <source>alarms.aside.shelved</source>
        <translation>De côté</translation>
    </message>
    <message>
        <source>alarms.aside.taken_out</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>alarms.aside.by_design</source>
        <translation>Tue par conception</translation>
    </message>
    <message>
        <source>alarms.while_so</source>
        <translation>tant que cela dure</translation>
    </message>
    <message>
        <source>alarms.chattering.one</source>
        <translation>{count} en rafale</translation>
    </message>
    <message>
        <source>alarms.chattering.other</source>
        <translation>{count} en rafale</translation>
    </message>
    <message>
        <source>alarms.fleeting.one</source>
        <translation>{count} fugitive</translation>
    </message>
    <message>
        <source>alarms.fleeting.other</source>
        <translation>{count} fugitives</translation>
    </message>
    <message>
        <source>alarms.head.count</source>
        <translation>Alarmes</translation>
    </message>
    <message>
        <source>alarms.head.unseen</source>
        <translation>À acquitter</translation>
    </message>
    <message>
        <source>alarms.head.worst</source>
        <translation>La pire</translation>
    </message>
    <message>
        <source>alarms.head.commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>alarms.head.often</source>
        <translation>Fois en 7 jours</translation>
    </message>
    <message>
        <source>alarms.head.share</source>
        <translation>Part</translation>
    </message>
    <message>
        <source>alarms.head.habits</source>
        <translation>Dont</translation>
    </message>
    <message>
        <source>alarms.head.mostly</source>
        <translation>Surtout</translation>
    </message>
    <message>
        <source>alarms.head.until</source>
        <translation>Revient</translation>
    </message>
    <message>
        <source>alarms.head.why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>alarms.load.scale</source>
        <translation>cible {target}, limite {limit}</translation>
    </message>
    <message>
        <source>alarms.counted.one</source>
        <translation>{count} en {days} jours</translation>
    </message>
    <message>
        <source>alarms.counted.other</source>
        <translation>{count} en {days} jours</translation>
    </message>
    <message>
        <source>alarms.hidden.one</source>
        <translation>{count} non montrée (droits)</translation>
    </message>
    <message>
        <source>alarms.hidden.other</source>
        <translation>{count} non montrées (droits)</translation>
    </message>
    <message>
        <source>alarms.act.shelve_long</source>
        <translation>De côté {time}…</translation>
    </message>
</context>
</TS>
