<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.storage.full</source>
        <translation>The bridge’s disk is full. Nothing was saved; the live picture goes on. Tell the administrator and keep notes on paper.</translation>
    </message>
    <message>
        <source>error.storage.failed</source>
        <translation>The bridge cannot write to its store. Nothing was saved; the live picture goes on. Tell the administrator.</translation>
    </message>
    <message>
        <source>error.bridge.stopping</source>
        <translation>The bridge is stopping or starting. Check after the restart whether the request was taken, then repeat it.</translation>
    </message>
    <message>
        <source>error.equipment.not_found</source>
        <translation>Equipment “{equipment}” is not in the territory.</translation>
    </message>
    <message>
        <source>error.service.reason_missing</source>
        <translation>Give a reason: it is read at shift handover. Nothing changed.</translation>
    </message>
    <message>
        <source>error.service.reason_too_long</source>
        <translation>The reason has {length} characters, {limit} at most. Nothing changed.</translation>
    </message>
    <message>
        <source>error.service.end_missing</source>
        <translation>Maintenance has an end: say when. Nothing changed.</translation>
    </message>
    <message>
        <source>error.service.end_past</source>
        <translation>The end given has passed already. Nothing changed.</translation>
    </message>
    <message>
        <source>error.service.end_far</source>
        <translation>The end is more than {days} days away: somebody must look again before. Nothing changed.</translation>
    </message>
    <message>
        <source>error.service.already_in</source>
        <translation>“{equipment}” is in service already. Nothing changed.</translation>
    </message>
</context>
</TS>
