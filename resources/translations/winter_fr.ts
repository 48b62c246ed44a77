<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>winter.stations.title</source>
        <translation>Météo routière</translation>
    </message>
    <message>
        <source>winter.stations.headline</source>
        <translation>{stations}, {cold} au gel</translation>
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
        <translation>Aucune station</translation>
    </message>
    <message>
        <source>winter.none.body</source>
        <translation>Ce territoire n’a pas de station météo routière, ou vos droits n’en montrent aucune.</translation>
    </message>
    <message>
        <source>winter.station</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>winter.place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>winter.road.bar</source>
        <translation>Chaussée {low} à {high} °C</translation>
    </message>
    <message>
        <source>winter.air</source>
        <translation>Air</translation>
    </message>
    <message>
        <source>winter.dew</source>
        <translation>Rosée</translation>
    </message>
    <message>
        <source>winter.dew.long</source>
        <translation>Point de rosée</translation>
    </message>
    <message>
        <source>winter.surface</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>winter.age</source>
        <translation>Âge</translation>
    </message>
    <message>
        <source>winter.surface.ice</source>
        <translation>verglas</translation>
    </message>
    <message>
        <source>winter.surface.frost</source>
        <translation>givre</translation>
    </message>
    <message>
        <source>winter.surface.freezing</source>
        <translation>humide, gel possible</translation>
    </message>
    <message>
        <source>winter.surface.wet</source>
        <translation>humide</translation>
    </message>
    <message>
        <source>winter.surface.dry</source>
        <translation>sèche</translation>
    </message>
    <message>
        <source>winter.surface.unknown</source>
        <translation>non mesurée</translation>
    </message>
</context>
</TS>
