<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>demo.corridor.calm</source>
        <translation>The police seat: bollards up, lights on their programme</translation>
    </message>
    <message>
        <source>demo.corridor.lowered</source>
        <translation>Two bollards lowered, read back and seen down</translation>
    </message>
    <message>
        <source>demo.corridor.lit</source>
        <translation>A street lit to full for ten minutes</translation>
    </message>
    <message>
        <source>demo.corridor.refused</source>
        <translation>A vehicle on the loop: the bollard refuses to rise, and says why</translation>
    </message>
    <message>
        <source>demo.corridor.two_persons</source>
        <translation>Switching the street off waits for a second person</translation>
    </message>
    <message>
        <source>demo.corridor.ledger</source>
        <translation>The register of overrides</translation>
    </message>
    <message>
        <source>demo.corridor.given_back</source>
        <translation>Everything given back, and read back</translation>
    </message>
    <message>
        <source>demo.corridor.alarms</source>
        <translation>The alarm panel</translation>
    </message>
    <message>
        <source>demo.corridor.fact.chosen</source>
        <translation>Bollards {bollards}; {lamps} light points</translation>
    </message>
    <message>
        <source>demo.corridor.fact.down</source>
        <translation>{bollards}: down, the bollards say so themselves</translation>
    </message>
    <message>
        <source>demo.corridor.fact.lit</source>
        <translation>{lamps} light points at 100%, each read back</translation>
    </message>
    <message>
        <source>demo.corridor.fact.agreed</source>
        <translation>{person} agreed from another seat</translation>
    </message>
    <message>
        <source>demo.corridor.fact.held</source>
        <translation>{count} overrides in the register</translation>
    </message>
    <message>
        <source>demo.corridor.fact.alarms</source>
        <translation>{count} alarms listed</translation>
    </message>
    <message>
        <source>demo.corridor.face_lamp</source>
        <translation>The faceplate: a light point</translation>
    </message>
    <message>
        <source>demo.corridor.face_cabinet</source>
        <translation>The faceplate: a cabinet</translation>
    </message>
    <message>
        <source>demo.corridor.face_feeder</source>
        <translation>The faceplate: a feeder</translation>
    </message>
    <message>
        <source>demo.corridor.face_bollard</source>
        <translation>The faceplate: a bollard</translation>
    </message>
    <message>
        <source>demo.corridor.face_camera</source>
        <translation>The faceplate: a camera</translation>
    </message>
    <message>
        <source>demo.corridor.face_river_gauge</source>
        <translation>The faceplate: a river gauge</translation>
    </message>
    <message>
        <source>demo.corridor.face_weather_station</source>
        <translation>The faceplate: a weather station</translation>
    </message>
</context>
</TS>
