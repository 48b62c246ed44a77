<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.override.over</source>
        <translation>This override is over already. Nothing was sent: read the equipment's state again.</translation>
    </message>
    <message>
        <source>error.override.other_epoch</source>
        <translation>The bridge has restarted since. Nothing was sent: check the override, then try again.</translation>
    </message>
    <message>
        <source>error.override.pending</source>
        <translation>This override's own command has not been read back yet. Wait for its result, then try again.</translation>
    </message>
    <message>
        <source>error.override.not_active</source>
        <translation>This override is ending already: it cannot be extended any more. Command the equipment again if it is needed.</translation>
    </message>
    <message>
        <source>error.override.reason</source>
        <translation>Give a reason of at most {limit} characters. Nothing was changed.</translation>
    </message>
    <message>
        <source>error.override.no_point</source>
        <translation>The territory no longer describes this point: the override cannot be extended. Check on the spot.</translation>
    </message>
    <message>
        <source>error.override.end_past</source>
        <translation>The end lies in the past. Nothing was changed: choose a time to come.</translation>
    </message>
    <message>
        <source>error.override.end_far</source>
        <translation>An override of this point lasts {minutes} minutes at most, from its beginning. Nothing was changed: choose an earlier end.</translation>
    </message>
    <message>
        <source>error.override.not_extended</source>
        <translation>“{equipment}” counts the end of this override itself and did not take the new one. The end stays as it was; try again or check on the spot.</translation>
    </message>
    <message>
        <source>error.override.holds</source>
        <translation>A newer override by {user} holds this point: the automatic way back yields to it. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.override.no_way_back</source>
        <translation>What this point held before is not known: there would be no way back. Nothing was sent; wait for a good value.</translation>
    </message>
    <message>
        <source>override.stuck.link_down</source>
        <translation>The link is lost: the equipment was not given back. The bridge tries again as soon as it returns.</translation>
    </message>
    <message>
        <source>override.stuck.no_point</source>
        <translation>The territory no longer describes this point: the bridge cannot give it back. Check on the spot.</translation>
    </message>
    <message>
        <source>override.stuck.unknown</source>
        <translation>The way back was sent without proof that it was done. The bridge looks and tries again; check on the spot.</translation>
    </message>
    <message>
        <source>override.stuck.defect</source>
        <translation>A defect of the bridge kept it from going back; its technical log has it. It tries again; check on the spot.</translation>
    </message>
    <message>
        <source>override.ended.not_sent</source>
        <translation>Nothing was done: the command was refused, or never left.</translation>
    </message>
    <message>
        <source>override.ended.by_device</source>
        <translation>The equipment went back by itself at its time; the bridge read it.</translation>
    </message>
    <message>
        <source>override.ended.by_command</source>
        <translation>A command gave the point back to its programme or its rest.</translation>
    </message>
    <message>
        <source>override.replaced.newer</source>
        <translation>A newer override of the same point took its place.</translation>
    </message>
    <message>
        <source>point.lamp.held</source>
        <translation>Held by a command</translation>
    </message>
    <message>
        <source>error.override.of_plan</source>
        <translation>The automatic plan {plan} holds this point and would take it again at once. Nothing was sent: stop the plan, or command the value you want yourself, it goes before the plan.</translation>
    </message>
</context>
</TS>
