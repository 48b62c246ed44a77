<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>alarm.link_lost.text</source>
        <translation>Cabinet not reachable</translation>
    </message>
    <message>
        <source>alarm.link_lost.cause</source>
        <translation>The link does not answer: cabinet without supply, modem or router stopped, network cut.</translation>
    </message>
    <message>
        <source>alarm.link_lost.consequence</source>
        <translation>The state of the feeders and lamps below is not known: neither on nor off. No command reaches them.</translation>
    </message>
    <message>
        <source>alarm.link_lost.action</source>
        <translation>Check whether the street is lit (camera, patrol), check the network, then send the lighting crew to the cabinet.</translation>
    </message>
    <message>
        <source>alarm.link_lost.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.driver_failed.text</source>
        <translation>Link driver failed</translation>
    </message>
    <message>
        <source>alarm.driver_failed.cause</source>
        <translation>The program that talks to this cabinet stopped, or its configuration cannot work; the bridge restarts it.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.consequence</source>
        <translation>The cabinet may well work, but the room no longer sees it and cannot command it.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.action</source>
        <translation>Tell the administrator, with the link’s diagnostics; watch the street by other means.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.text</source>
        <translation>Feeder tripped</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.cause</source>
        <translation>Insulation fault, torn cable, damaged post or overload on the feeder.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.consequence</source>
        <translation>All lamps of the feeder are dark; a damaged cable may be dangerous to touch.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.action</source>
        <translation>Do not close it again from here. Have somebody look for a damaged post, send the lighting crew.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.time_to_act</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>alarm.door_open.text</source>
        <translation>Cabinet door open</translation>
    </message>
    <message>
        <source>alarm.door_open.cause</source>
        <translation>Work that was not announced, a door not closed, or a break-in.</translation>
    </message>
    <message>
        <source>alarm.door_open.consequence</source>
        <translation>Live parts can be touched by anybody passing by.</translation>
    </message>
    <message>
        <source>alarm.door_open.action</source>
        <translation>Ask whether a crew is there; if not, send a patrol to close it and to report.</translation>
    </message>
    <message>
        <source>alarm.door_open.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.overvoltage.text</source>
        <translation>Voltage too high</translation>
    </message>
    <message>
        <source>alarm.overvoltage.cause</source>
        <translation>Supply network out of order, or a broken neutral upstream (limit: 230 V + 10 %).</translation>
    </message>
    <message>
        <source>alarm.overvoltage.consequence</source>
        <translation>The lamps’ drivers age fast; above 265 V they are destroyed.</translation>
    </message>
    <message>
        <source>alarm.overvoltage.action</source>
        <translation>Tell the network operator; above 265 V have the cabinet switched off.</translation>
    </message>
    <message>
        <source>alarm.overvoltage.time_to_act</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>alarm.undervoltage.text</source>
        <translation>Voltage too low</translation>
    </message>
    <message>
        <source>alarm.undervoltage.cause</source>
        <translation>Overloaded network, lost phase or bad contact (limit: 230 V − 10 %).</translation>
    </message>
    <message>
        <source>alarm.undervoltage.consequence</source>
        <translation>Lamps may flicker or go out; a bad contact gets hot.</translation>
    </message>
    <message>
        <source>alarm.undervoltage.action</source>
        <translation>Compare with the cabinets around, tell the network operator, send the crew if it is this cabinet alone.</translation>
    </message>
    <message>
        <source>alarm.undervoltage.time_to_act</source>
        <translation>4 hours</translation>
    </message>
    <message>
        <source>alarm.meter_bad.text</source>
        <translation>Voltage reading invalid</translation>
    </message>
    <message>
        <source>alarm.meter_bad.cause</source>
        <translation>The meter reports a fault, or the value read is impossible.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.consequence</source>
        <translation>An abnormal voltage would not be seen; consumption is not followed.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.action</source>
        <translation>Have the meter checked at the next visit.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.time_to_act</source>
        <translation>1 week</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.text</source>
        <translation>Lamp failed</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.cause</source>
        <translation>Light source or driver of the lamp worn out, or an intermittent connection.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.consequence</source>
        <translation>One light point is missing or flickers; the street stays lit by the others.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.action</source>
        <translation>Plan the replacement; bring it forward if several lamps next to one another are missing.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.time_to_act</source>
        <translation>1 week</translation>
    </message>
    <message>
        <source>error.alarm.not_found</source>
        <translation>Alarm {alarm} is no longer listed: it has returned to normal and was acknowledged already. Nothing to do.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.text</source>
        <translation>Bollard unreachable</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.cause</source>
        <translation>The link no longer answers: power to the bollard lost, controller stopped, traffic network cut.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.consequence</source>
        <translation>Nobody knows any more whether the bollard is up or down. No command reaches it; its local key still works.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.action</source>
        <translation>Look at the street (camera, patrol), warn emergency services that may pass there, then send the road crew.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.text</source>
        <translation>River station unreachable</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.cause</source>
        <translation>The radio link no longer answers: battery empty, aerial damaged, network cut.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.consequence</source>
        <translation>The level and flow shown are from before the loss. A flood would not be seen here.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.action</source>
        <translation>Watch the next station of the same river; when it rains, send somebody to read the staff gauge.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.time_to_act</source>
        <translation>1 hour, without rain 1 day</translation>
    </message>
    <message>
        <source>alarm.weather_lost.text</source>
        <translation>Road-weather station unreachable</translation>
    </message>
    <message>
        <source>alarm.weather_lost.cause</source>
        <translation>The mobile link no longer answers: power lost, modem stopped, mobile network cut.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.consequence</source>
        <translation>The road temperature shown is from before the loss. Ice would not be seen here.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.action</source>
        <translation>Rely on the stations nearby; on a cold night send a winter patrol.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.time_to_act</source>
        <translation>1 hour on a cold night, otherwise 1 day</translation>
    </message>
</context>
</TS>
