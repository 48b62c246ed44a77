<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>map.layer.signal_controller</source>
        <translation>Signalised junctions</translation>
    </message>
    <message>
        <source>map.layer.camera</source>
        <translation>Cameras</translation>
    </message>
    <message>
        <source>map.layer.bollard</source>
        <translation>Bollards</translation>
    </message>
    <message>
        <source>map.layer.public_building</source>
        <translation>Public buildings</translation>
    </message>
    <message>
        <source>map.layer.river_gauge</source>
        <translation>Water levels</translation>
    </message>
    <message>
        <source>map.layer.weather_station</source>
        <translation>Road weather</translation>
    </message>
    <message>
        <source>map.value.signal_controller</source>
        <translation>plan {value}</translation>
    </message>
    <message>
        <source>map.value.bollard</source>
        <translation>{value}%</translation>
    </message>
    <message>
        <source>map.layers.situation</source>
        <translation>Situation</translation>
    </message>
    <message>
        <source>map.layers.equipment</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>map.layers.troubled</source>
        <translation>{count} {state}</translation>
    </message>
    <message>
        <source>map.tiles.unreachable</source>
        <translation>Online base map unreachable since {time}: the territory’s own ground is drawn</translation>
    </message>
    <message>
        <source>map.tiles.offline</source>
        <translation>Offline: base map incomplete, the territory’s own ground where it is missing</translation>
    </message>
    <message>
        <source>map.tiles.unusable</source>
        <translation>Base map {source} cannot be used ({reason}): the territory’s own ground is drawn. Correct [map] in console.toml.</translation>
    </message>
    <message>
        <source>map.tiles.reason.missing</source>
        <translation>the file is missing</translation>
    </message>
    <message>
        <source>map.tiles.reason.damaged</source>
        <translation>the file is damaged</translation>
    </message>
    <message>
        <source>map.tiles.reason.no_pictures</source>
        <translation>its tiles are no PNG, JPEG or WebP pictures</translation>
    </message>
    <message>
        <source>map.tiles.reason.too_large</source>
        <translation>a tile is larger than 4 MB</translation>
    </message>
    <message>
        <source>map.layers.masked</source>
        <translation>at this scale: only trouble</translation>
    </message>
    <message>
        <source>map.layers.masked.tip</source>
        <translation>At this scale only those that are not well or are chosen are drawn; zoom in to see them all</translation>
    </message>
    <message>
        <source>map.legend.fold</source>
        <translation>Fold the legend</translation>
    </message>
    <message>
        <source>map.legend.unfold</source>
        <translation>Unfold the legend</translation>
    </message>
    <message>
        <source>map.legend.same</source>
        <translation>The signs of a state are the same for all equipment.</translation>
    </message>
    <message>
        <source>map.legend.marks</source>
        <translation>Alarms and incidents</translation>
    </message>
    <message>
        <source>map.legend.alarm.unacknowledged</source>
        <translation>Alarm to acknowledge</translation>
    </message>
    <message>
        <source>map.legend.alarm.acknowledged</source>
        <translation>Acknowledged alarm</translation>
    </message>
    <message>
        <source>map.legend.alarm.returned</source>
        <translation>Returned, to acknowledge</translation>
    </message>
    <message>
        <source>map.legend.gathered</source>
        <translation>Three gathered in one</translation>
    </message>
</context>
</TS>
