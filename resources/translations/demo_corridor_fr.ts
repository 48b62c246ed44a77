<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>demo.corridor.calm</source>
        <translation>Le poste de police : bornes levées, éclairage à son programme</translation>
    </message>
    <message>
        <source>demo.corridor.lowered</source>
        <translation>Deux bornes abaissées, relues et vues en bas</translation>
    </message>
    <message>
        <source>demo.corridor.lit</source>
        <translation>Une rue éclairée à plein pour dix minutes</translation>
    </message>
    <message>
        <source>demo.corridor.refused</source>
        <translation>Un véhicule sur la boucle : la borne refuse de se lever et dit pourquoi</translation>
    </message>
    <message>
        <source>demo.corridor.two_persons</source>
        <translation>Éteindre la rue attend une seconde personne</translation>
    </message>
    <message>
        <source>demo.corridor.ledger</source>
        <translation>Le registre des forçages</translation>
    </message>
    <message>
        <source>demo.corridor.given_back</source>
        <translation>Tout est rendu, et relu</translation>
    </message>
    <message>
        <source>demo.corridor.alarms</source>
        <translation>Le panneau des alarmes</translation>
    </message>
    <message>
        <source>demo.corridor.fact.chosen</source>
        <translation>Bornes {bollards} ; {lamps} points lumineux</translation>
    </message>
    <message>
        <source>demo.corridor.fact.down</source>
        <translation>{bollards} : en bas, la borne le dit elle-même</translation>
    </message>
    <message>
        <source>demo.corridor.fact.lit</source>
        <translation>{lamps} points lumineux à 100 %, chacun relu</translation>
    </message>
    <message>
        <source>demo.corridor.fact.agreed</source>
        <translation>{person} a accordé depuis un autre poste</translation>
    </message>
    <message>
        <source>demo.corridor.fact.held</source>
        <translation>{count} forçages au registre</translation>
    </message>
    <message>
        <source>demo.corridor.fact.alarms</source>
        <translation>{count} alarmes en cours</translation>
    </message>
    <message>
        <source>demo.corridor.face_lamp</source>
        <translation>La façade : un point lumineux</translation>
    </message>
    <message>
        <source>demo.corridor.face_cabinet</source>
        <translation>La façade : une armoire</translation>
    </message>
    <message>
        <source>demo.corridor.face_feeder</source>
        <translation>La façade : un départ</translation>
    </message>
    <message>
        <source>demo.corridor.face_bollard</source>
        <translation>La façade : une borne</translation>
    </message>
    <message>
        <source>demo.corridor.face_camera</source>
        <translation>La façade : une caméra</translation>
    </message>
    <message>
        <source>demo.corridor.face_river_gauge</source>
        <translation>La façade : une station de niveau</translation>
    </message>
    <message>
        <source>demo.corridor.face_weather_station</source>
        <translation>La façade : une station météo</translation>
    </message>
</context>
</TS>
