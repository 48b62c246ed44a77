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
</context>
</TS>
