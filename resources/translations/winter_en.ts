<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>winter.stations.title</source>
        <translation>Road weather</translation>
    </message>
    <message>
        <source>winter.stations.headline</source>
        <translation>{stations}, {cold} freezing</translation>
    </message>
    <message>
        <source>winter.stations.count.one</source>
        <translation>{count} station</translation>
    </message>
    <message>
        <source>winter.stations.count.other</source>
        <translation>{count} stations</translation>
    </message>
    <message>
        <source>winter.none</source>
        <translation>No station</translation>
    </message>
    <message>
        <source>winter.none.body</source>
        <translation>This territory has no road weather station, or your rights show none.</translation>
    </message>
    <message>
        <source>winter.station</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>winter.place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>winter.road.bar</source>
        <translation>Road {low} to {high} °C</translation>
    </message>
    <message>
        <source>winter.air</source>
        <translation>Air</translation>
    </message>
    <message>
        <source>winter.dew</source>
        <translation>Dew</translation>
    </message>
    <message>
        <source>winter.dew.long</source>
        <translation>Dew point</translation>
    </message>
    <message>
        <source>winter.surface</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>winter.age</source>
        <translation>Age</translation>
    </message>
    <message>
        <source>winter.surface.ice</source>
        <translation>ice</translation>
    </message>
    <message>
        <source>winter.surface.frost</source>
        <translation>frost</translation>
    </message>
    <message>
        <source>winter.surface.freezing</source>
        <translation>wet, may freeze</translation>
    </message>
    <message>
        <source>winter.surface.wet</source>
        <translation>wet</translation>
    </message>
    <message>
        <source>winter.surface.dry</source>
        <translation>dry</translation>
    </message>
    <message>
        <source>winter.surface.unknown</source>
        <translation>not measured</translation>
    </message>
</context>
</TS>
