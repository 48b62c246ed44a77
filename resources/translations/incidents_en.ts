<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>incident.cabinet_lost.title</source>
        <translation>Cabinet not reachable</translation>
    </message>
    <message>
        <source>incident.feeder_tripped.title</source>
        <translation>Lighting feeder tripped</translation>
    </message>
    <message>
        <source>incident.supply_fault.title</source>
        <translation>Abnormal supply</translation>
    </message>
    <message>
        <source>incident.cabinet_open.title</source>
        <translation>Cabinet open</translation>
    </message>
    <message>
        <source>error.incident.not_found</source>
        <translation>Incident {incident} does not exist. Look at the queue again and choose anew.</translation>
    </message>
    <message>
        <source>error.incident.changed</source>
        <translation>Incident {incident} has changed meanwhile (version {now}, you had {seen}). Nothing was saved: read it again, then repeat.</translation>
    </message>
    <message>
        <source>error.incident.already_taken</source>
        <translation>Incident {incident} is already taken by {owner} ({seat}). Talk to this person.</translation>
    </message>
    <message>
        <source>error.incident.not_owner</source>
        <translation>Incident {incident} belongs to {owner} ({seat}). Only this person or the supervisor can do that; you can comment.</translation>
    </message>
    <message>
        <source>error.incident.closed</source>
        <translation>Incident {incident} is closed. Open it again to work on it.</translation>
    </message>
    <message>
        <source>error.incident.not_closed</source>
        <translation>Incident {incident} is not closed: there is nothing to open again.</translation>
    </message>
    <message>
        <source>error.incident.too_old</source>
        <translation>Incident {incident} was closed more than {hours} h ago and cannot be opened again. Comment on it; a new alarm will open another one.</translation>
    </message>
    <message>
        <source>error.incident.alarm_active</source>
        <translation>An alarm of incident {incident} is still active: the cause is not gone. It stays open; close it when all its alarms have returned.</translation>
    </message>
    <message>
        <source>error.incident.assigned_to</source>
        <translation>Name the crew or unit, in {limit} characters at most. Nothing was assigned.</translation>
    </message>
    <message>
        <source>error.incident.text_too_long</source>
        <translation>The text has {length} characters, {limit} at most. Nothing was saved: shorten it or write two lines.</translation>
    </message>
    <message>
        <source>error.incident.comment_empty</source>
        <translation>The comment is empty. Nothing was saved.</translation>
    </message>
    <message>
        <source>error.incident.comment_key</source>
        <translation>The console did not number its comment. Nothing was saved: this is a defect of the console, report it.</translation>
    </message>
    <message>
        <source>incident.bollard_lost.title</source>
        <translation>Bollard unreachable</translation>
    </message>
    <message>
        <source>incident.station_lost.title</source>
        <translation>Station unreachable</translation>
    </message>
    <message>
        <source>incident.network_lost.title</source>
        <translation>Network lost</translation>
    </message>
    <message>
        <source>incident.bollard_stopped.title</source>
        <translation>Bollard stopped</translation>
    </message>
    <message>
        <source>incident.flood_watch.title</source>
        <translation>Flood watch</translation>
    </message>
    <message>
        <source>incident.slippery_road.title</source>
        <translation>Slippery road</translation>
    </message>
</context>
</TS>
