<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>map.layer.signal_controller</source>
        <translation>Carrefours à feux</translation>
    </message>
    <message>
        <source>map.layer.camera</source>
        <translation>Caméras</translation>
    </message>
    <message>
        <source>map.layer.bollard</source>
        <translation>Bornes</translation>
    </message>
    <message>
        <source>map.layer.public_building</source>
        <translation>Bâtiments publics</translation>
    </message>
    <message>
        <source>map.layer.river_gauge</source>
        <translation>Niveaux d’eau</translation>
    </message>
    <message>
        <source>map.layer.weather_station</source>
        <translation>Météo routière</translation>
    </message>
    <message>
        <source>map.value.signal_controller</source>
        <translation>plan {value}</translation>
    </message>
    <message>
        <source>map.value.bollard</source>
        <translation>{value} %</translation>
    </message>
    <message>
        <source>map.layers.situation</source>
        <translation>Situation</translation>
    </message>
    <message>
        <source>map.layers.equipment</source>
        <translation>Équipements</translation>
    </message>
    <message>
        <source>map.layers.troubled</source>
        <translation>{count} {state}</translation>
    </message>
    <message>
        <source>map.tiles.unreachable</source>
        <translation>Fond de plan en ligne injoignable depuis {time} : fond du territoire</translation>
    </message>
    <message>
        <source>map.tiles.offline</source>
        <translation>Hors ligne : fond de plan incomplet, fond du territoire là où il manque</translation>
    </message>
    <message>
        <source>map.tiles.unusable</source>
        <translation>Fond de plan {source} inutilisable ({reason}) : fond du territoire. Corriger [map] dans console.toml.</translation>
    </message>
    <message>
        <source>map.tiles.reason.missing</source>
        <translation>le fichier manque</translation>
    </message>
    <message>
        <source>map.tiles.reason.damaged</source>
        <translation>le fichier est endommagé</translation>
    </message>
    <message>
        <source>map.tiles.reason.no_pictures</source>
        <translation>ses tuiles ne sont pas des images PNG, JPEG ou WebP</translation>
    </message>
    <message>
        <source>map.tiles.reason.too_large</source>
        <translation>une tuile dépasse 4 Mo</translation>
    </message>
    <message>
        <source>map.layers.masked</source>
        <translation>à cette échelle : anomalies seules</translation>
    </message>
    <message>
        <source>map.layers.masked.tip</source>
        <translation>À cette échelle, seuls ceux qui ne vont pas bien ou sont choisis sont dessinés ; zoomer pour tous les voir</translation>
    </message>
    <message>
        <source>map.legend.fold</source>
        <translation>Replier la légende</translation>
    </message>
    <message>
        <source>map.legend.unfold</source>
        <translation>Déplier la légende</translation>
    </message>
    <message>
        <source>map.legend.same</source>
        <translation>Les signes d’état sont les mêmes pour tous les équipements.</translation>
    </message>
    <message>
        <source>map.legend.marks</source>
        <translation>Alarmes et événements</translation>
    </message>
    <message>
        <source>map.legend.alarm.unacknowledged</source>
        <translation>Alarme à acquitter</translation>
    </message>
    <message>
        <source>map.legend.alarm.acknowledged</source>
        <translation>Alarme acquittée</translation>
    </message>
    <message>
        <source>map.legend.alarm.returned</source>
        <translation>Revenue, à acquitter</translation>
    </message>
    <message>
        <source>map.legend.gathered</source>
        <translation>Trois réunis en un</translation>
    </message>
</context>
</TS>
