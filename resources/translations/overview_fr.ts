<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>overview.communes.title</source>
        <translation>Communes et métiers</translation>
    </message>
    <message>
        <source>overview.communes.headline</source>
        <translation>{struck} sur {total} à voir</translation>
    </message>
    <message>
        <source>overview.commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>overview.no_commune</source>
        <translation>Hors commune</translation>
    </message>
    <message>
        <source>overview.normal</source>
        <translation>tout est normal</translation>
    </message>
    <message>
        <source>overview.alarms.one</source>
        <translation>{count} alarme</translation>
    </message>
    <message>
        <source>overview.alarms.other</source>
        <translation>{count} alarmes</translation>
    </message>
    <message>
        <source>overview.mark.unknown</source>
        <translation>inconnus</translation>
    </message>
    <message>
        <source>overview.mark.unavailable</source>
        <translation>injoignables</translation>
    </message>
    <message>
        <source>overview.mark.stale</source>
        <translation>périmés</translation>
    </message>
    <message>
        <source>overview.mark.bad</source>
        <translation>invalides</translation>
    </message>
    <message>
        <source>overview.mark.disabled</source>
        <translation>désactivés</translation>
    </message>
    <message>
        <source>overview.mark.maintenance</source>
        <translation>en travaux</translation>
    </message>
    <message>
        <source>overview.legend.unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>overview.legend.unavailable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>overview.legend.stale</source>
        <translation>Périmé</translation>
    </message>
    <message>
        <source>overview.legend.bad</source>
        <translation>Invalide</translation>
    </message>
    <message>
        <source>overview.legend.disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>overview.legend.maintenance</source>
        <translation>En travaux</translation>
    </message>
    <message>
        <source>overview.column.cabinet</source>
        <translation>Éclair.</translation>
    </message>
    <message>
        <source>overview.column.signal_controller</source>
        <translation>Feux</translation>
    </message>
    <message>
        <source>overview.column.camera</source>
        <translation>Vidéo</translation>
    </message>
    <message>
        <source>overview.column.bollard</source>
        <translation>Bornes</translation>
    </message>
    <message>
        <source>overview.column.public_building</source>
        <translation>Bâtim.</translation>
    </message>
    <message>
        <source>overview.column.river_gauge</source>
        <translation>Eau</translation>
    </message>
    <message>
        <source>overview.column.weather_station</source>
        <translation>Météo</translation>
    </message>
    <message>
        <source>overview.availability.title</source>
        <translation>Disponibilité par métier</translation>
    </message>
    <message>
        <source>overview.availability.headline</source>
        <translation>cible {target} %</translation>
    </message>
    <message>
        <source>overview.kind</source>
        <translation>Équipements</translation>
    </message>
    <message>
        <source>overview.total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>overview.trend</source>
        <translation>Tendance</translation>
    </message>
    <message>
        <source>overview.trend.long</source>
        <translation>Part disponible, une valeur par minute depuis l’entrée en poste, 24 h au plus</translation>
    </message>
    <message>
        <source>overview.load.title</source>
        <translation>Charge d’alarmes</translation>
    </message>
    <message>
        <source>overview.load.headline</source>
        <translation>par 10 min, {hours} h</translation>
    </message>
    <message>
        <source>overview.load.peak</source>
        <translation>{at} : {count} alarmes</translation>
    </message>
    <message>
        <source>overview.load.said</source>
        <translation>{count} alarmes en {hours} h.</translation>
    </message>
    <message>
        <source>overview.load.now</source>
        <translation>en 10 min</translation>
    </message>
    <message>
        <source>overview.load.now.note</source>
        <translation>cible {target}, limite {limit}</translation>
    </message>
    <message>
        <source>overview.load.standing.one</source>
        <translation>présente</translation>
    </message>
    <message>
        <source>overview.load.standing.other</source>
        <translation>présentes</translation>
    </message>
    <message>
        <source>overview.load.waiting.one</source>
        <translation>dont {count} non acquittée</translation>
    </message>
    <message>
        <source>overview.load.waiting.other</source>
        <translation>dont {count} non acquittées</translation>
    </message>
    <message>
        <source>overview.load.oldest</source>
        <translation>d’attente</translation>
    </message>
    <message>
        <source>overview.load.oldest.note</source>
        <translation>la plus ancienne non acquittée</translation>
    </message>
    <message>
        <source>overview.load.sources</source>
        <translation>Dix premières sources d’alarmes</translation>
    </message>
    <message>
        <source>overview.load.source</source>
        <translation>Équipement</translation>
    </message>
    <message>
        <source>overview.load.what</source>
        <translation>Alarme la plus fréquente</translation>
    </message>
    <message>
        <source>overview.load.times</source>
        <translation>Fois</translation>
    </message>
    <message>
        <source>overview.load.asking</source>
        <translation>Historique demandé au pont…</translation>
    </message>
    <message>
        <source>overview.load.none</source>
        <translation>Aucune alarme en {days} jours.</translation>
    </message>
    <message>
        <source>overview.load.share</source>
        <translation>Les trois premières font {share} % des alarmes de {days} jours.</translation>
    </message>
    <message>
        <source>overview.load.partial</source>
        <translation>Compté depuis {since}.</translation>
    </message>
    <message>
        <source>overview.load.few.one</source>
        <translation>{count} alarme en {days} jours.</translation>
    </message>
    <message>
        <source>overview.load.few.other</source>
        <translation>{count} alarmes en {days} jours.</translation>
    </message>
    <message>
        <source>overview.kind.feeder</source>
        <translation>Départs</translation>
    </message>
    <message>
        <source>overview.unheard</source>
        <translation>Jamais entendus : {counted}</translation>
    </message>
    <message>
        <source>overview.never_heard</source>
        <translation>jamais entendus</translation>
    </message>
</context>
</TS>
