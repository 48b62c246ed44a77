<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>demo.dark_street.calm</source>
        <translation>The city is calm: all that has a simulated device is known and good</translation>
    </message>
    <message>
        <source>demo.dark_street.dark</source>
        <translation>Cabinet {cabinet} falls silent: its lamps are unavailable, neither on nor off</translation>
    </message>
    <message>
        <source>demo.dark_street.street</source>
        <translation>The street from near: each lamp says its state</translation>
    </message>
    <message>
        <source>demo.dark_street.alarm</source>
        <translation>One alarm, one incident</translation>
    </message>
    <message>
        <source>demo.dark_street.acknowledged</source>
        <translation>F2: the alarm is acknowledged</translation>
    </message>
    <message>
        <source>demo.dark_street.taken</source>
        <translation>F5: the incident has an owner</translation>
    </message>
    <message>
        <source>demo.dark_street.returned</source>
        <translation>Cabinet {cabinet} answers again: all is true again, the incident is resolved</translation>
    </message>
    <message>
        <source>demo.dark_street.closed</source>
        <translation>F9: the incident is closed, the queue is empty and says so</translation>
    </message>
    <message>
        <source>demo.fact.lamps_good</source>
        <translation>{count} light points known and good</translation>
    </message>
    <message>
        <source>demo.fact.equipment</source>
        <translation>{count} pieces of equipment on the map and in the list</translation>
    </message>
    <message>
        <source>demo.fact.lamps_unavailable</source>
        <translation>{count} light points unavailable</translation>
    </message>
    <message>
        <source>demo.fact.lamps_read</source>
        <translation>{count} of them read back from the map’s pixels</translation>
    </message>
    <message>
        <source>demo.fact.one_alarm</source>
        <translation>Alarm {id}, {children} pieces of equipment counted under it</translation>
    </message>
    <message>
        <source>demo.fact.one_incident</source>
        <translation>Incident {id}</translation>
    </message>
    <message>
        <source>demo.fact.acknowledged_by</source>
        <translation>Acknowledged by {user}</translation>
    </message>
    <message>
        <source>demo.fact.taken_by</source>
        <translation>Taken by {user}</translation>
    </message>
    <message>
        <source>demo.dark_street.station</source>
        <translation>The coldest pavement, and its curve</translation>
    </message>
    <message>
        <source>demo.dark_street.circuits</source>
        <translation>The first circuits, a letter each: treated, in progress, to do, blocked</translation>
    </message>
    <message>
        <source>demo.dark_street.wall</source>
        <translation>Cameras called by their numbers</translation>
    </message>
    <message>
        <source>demo.dark_street.cameras</source>
        <translation>N: the incident’s cameras come up by themselves</translation>
    </message>
    <message>
        <source>demo.dark_street.refused</source>
        <translation>F2: this seat does not acknowledge lighting, and says so</translation>
    </message>
    <message>
        <source>demo.dark_street.silent</source>
        <translation>A piece of equipment this seat sees falls silent: one alarm, one incident</translation>
    </message>
    <message>
        <source>demo.dark_street.answers</source>
        <translation>The equipment answers again; its alarm is left to whose it is</translation>
    </message>
    <message>
        <source>demo.fact.station</source>
        <translation>Station {station}</translation>
    </message>
    <message>
        <source>demo.fact.circuits</source>
        <translation>{count} circuits said by keyboard</translation>
    </message>
    <message>
        <source>demo.fact.cameras_live</source>
        <translation>{count} cameras live</translation>
    </message>
    <message>
        <source>demo.fact.cameras_near</source>
        <translation>Cameras near: {count}</translation>
    </message>
    <message>
        <source>demo.reason.blocked</source>
        <translation>tree on the road</translation>
    </message>
</context>
</TS>
