<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>safety.title</source>
        <translation>Works and interlocks</translation>
    </message>
    <message>
        <source>safety.count.one</source>
        <translation>{count} in force</translation>
    </message>
    <message>
        <source>safety.count.other</source>
        <translation>{count} in force</translation>
    </message>
    <message>
        <source>safety.filter</source>
        <translation>Filter: equipment, reason</translation>
    </message>
    <message>
        <source>safety.list</source>
        <translation>Works and interlocks</translation>
    </message>
    <message>
        <source>safety.no_match</source>
        <translation>Nothing answers the filter</translation>
    </message>
    <message>
        <source>safety.no_match.body</source>
        <translation>There are others: drop the filter to see them all.</translation>
    </message>
    <message>
        <source>safety.not_heard</source>
        <translation>Interlocks not read yet</translation>
    </message>
    <message>
        <source>safety.not_heard.body</source>
        <translation>The bridge has not named them yet: nobody knows here whether some are disarmed.</translation>
    </message>
    <message>
        <source>safety.none.now</source>
        <translation>Nothing in force</translation>
    </message>
    <message>
        <source>safety.none.now.body</source>
        <translation>No technicians on site, no equipment out of service, no interlock disarmed. To declare one: choose the equipment, its faceplate holds the acts.</translation>
    </message>
    <message>
        <source>safety.none.zones</source>
        <translation>No technicians on site</translation>
    </message>
    <message>
        <source>safety.none.zones.body</source>
        <translation>To declare some: choose the equipment, then “Technicians on site…” in its faceplate.</translation>
    </message>
    <message>
        <source>safety.none.disarmed</source>
        <translation>No interlock disarmed</translation>
    </message>
    <message>
        <source>safety.none.disarmed.body</source>
        <translation>A change of configuration disarms; the commands it guards are refused until somebody arms it again.</translation>
    </message>
    <message>
        <source>safety.none.out</source>
        <translation>Everything is in service</translation>
    </message>
    <message>
        <source>safety.none.out.body</source>
        <translation>For maintenance or to disable: choose the equipment, its faceplate holds the acts.</translation>
    </message>
    <message>
        <source>safety.none.locks</source>
        <translation>No interlock to be seen here</translation>
    </message>
    <message>
        <source>safety.none.locks.body</source>
        <translation>The bridge shows only those whose equipment you may all see.</translation>
    </message>
    <message>
        <source>safety.scope.now</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>safety.scope.zones</source>
        <translation>Technicians</translation>
    </message>
    <message>
        <source>safety.scope.disarmed</source>
        <translation>Disarmed</translation>
    </message>
    <message>
        <source>safety.scope.out</source>
        <translation>Out of service</translation>
    </message>
    <message>
        <source>safety.scope.locks</source>
        <translation>Interlocks</translation>
    </message>
    <message>
        <source>safety.head.what</source>
        <translation>State</translation>
    </message>
    <message>
        <source>safety.head.where</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>safety.head.until</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>safety.head.contact</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>safety.head.place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>safety.head.who</source>
        <translation>By</translation>
    </message>
    <message>
        <source>safety.head.reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>safety.what.zone</source>
        <translation>Technicians</translation>
    </message>
    <message>
        <source>safety.what.armed</source>
        <translation>Armed</translation>
    </message>
    <message>
        <source>safety.what.disarmed</source>
        <translation>Disarmed</translation>
    </message>
    <message>
        <source>safety.whole_sector</source>
        <translation>the whole sector</translation>
    </message>
    <message>
        <source>safety.for_ever</source>
        <translation>No end set</translation>
    </message>
    <message>
        <source>safety.guards.one</source>
        <translation>guards {count} equipment</translation>
    </message>
    <message>
        <source>safety.guards.other</source>
        <translation>guards {count} equipment</translation>
    </message>
    <message>
        <source>safety.watches</source>
        <translation>looks at {ids}</translation>
    </message>
    <message>
        <source>safety.fingerprint</source>
        <translation>Fingerprint {code}</translation>
    </message>
    <message>
        <source>safety.line.reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>safety.line.contact</source>
        <translation>Who to call</translation>
    </message>
    <message>
        <source>safety.line.call</source>
        <translation>Call {contact}</translation>
    </message>
    <message>
        <source>safety.line.set</source>
        <translation>declared by {who}, {time}</translation>
    </message>
    <message>
        <source>safety.zone.over</source>
        <translation>Technicians on site until {time} · {contact} · {reason}. Call them before anything; nothing is commanded here.</translation>
    </message>
    <message>
        <source>safety.act.hands</source>
        <translation>Technicians on site…</translation>
    </message>
    <message>
        <source>safety.act.lift</source>
        <translation>Works over: hands are off</translation>
    </message>
    <message>
        <source>safety.act.maintenance</source>
        <translation>Put in maintenance…</translation>
    </message>
    <message>
        <source>safety.act.disable</source>
        <translation>Disable…</translation>
    </message>
    <message>
        <source>safety.act.back</source>
        <translation>Back in service</translation>
    </message>
    <message>
        <source>safety.act.arm</source>
        <translation>Arm again</translation>
    </message>
    <message>
        <source>safety.form.hands</source>
        <translation>Technicians at {id}: nobody commands it any more</translation>
    </message>
    <message>
        <source>safety.form.maintenance</source>
        <translation>Put {id} in maintenance</translation>
    </message>
    <message>
        <source>safety.form.disable</source>
        <translation>Disable {id}</translation>
    </message>
    <message>
        <source>safety.form.back</source>
        <translation>Put {id} back in service</translation>
    </message>
    <message>
        <source>safety.reason.none</source>
        <translation>Choose a row.</translation>
    </message>
    <message>
        <source>safety.reason.no_manage</source>
        <translation>Your role does not manage this here ({kind}).</translation>
    </message>
    <message>
        <source>safety.reason.no_configure</source>
        <translation>Your role does not configure this here ({kind}).</translation>
    </message>
    <message>
        <source>safety.reason.edit_off</source>
        <translation>Edit mode is off: Ctrl E turns it on for a quarter of an hour, then do it again.</translation>
    </message>
    <message>
        <source>safety.reason.under_way</source>
        <translation>Already asked for, waiting for the bridge.</translation>
    </message>
    <message>
        <source>safety.over</source>
        <translation>This zone is lifted.</translation>
    </message>
    <message>
        <source>safety.done.hands</source>
        <translation>{id}: technicians on site, nobody commands it any more.</translation>
    </message>
    <message>
        <source>safety.done.lift</source>
        <translation>{id}: hands are off, it can be commanded again.</translation>
    </message>
    <message>
        <source>safety.done.maintenance</source>
        <translation>{id}: in maintenance.</translation>
    </message>
    <message>
        <source>safety.done.disable</source>
        <translation>{id}: disabled.</translation>
    </message>
    <message>
        <source>safety.done.back</source>
        <translation>{id}: back in service.</translation>
    </message>
    <message>
        <source>safety.done.arm</source>
        <translation>{id}: interlock armed again.</translation>
    </message>
    <message>
        <source>ui.form.missing</source>
        <translation>Still missing: {line}.</translation>
    </message>
    <message>
        <source>ui.key.edit_mode</source>
        <translation>Edit mode: turn on, turn off</translation>
    </message>
    <message>
        <source>strip.mode.editing</source>
        <translation>EDITING · {minutes} min</translation>
    </message>
    <message>
        <source>edit.on</source>
        <translation>Edit mode is on until {time}: what you configure holds at once. Ctrl E turns it off.</translation>
    </message>
    <message>
        <source>edit.off</source>
        <translation>Edit mode is off.</translation>
    </message>
    <message>
        <source>edit.ended</source>
        <translation>Edit mode has ended: nothing can be configured any more. Ctrl E turns it on again.</translation>
    </message>
    <message>
        <source>edit.lost</source>
        <translation>Link lost: edit mode is off. Ctrl E turns it on when the link is back.</translation>
    </message>
    <message>
        <source>edit.not_live</source>
        <translation>Without a link edit mode does not change: wait until it is back.</translation>
    </message>
    <message>
        <source>safety.line.since</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>safety.span.hours</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>safety.span.days</source>
        <translation>{count} d</translation>
    </message>
    <message>
        <source>safety.what.removed</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>safety.act.note</source>
        <translation>Take note</translation>
    </message>
    <message>
        <source>handover.zones</source>
        <translation>Technicians on site</translation>
    </message>
    <message>
        <source>safety.act.declare</source>
        <translation>Declare works…</translation>
    </message>
    <message>
        <source>safety.declare</source>
        <translation>Declare works</translation>
    </message>
    <message>
        <source>safety.declare.body</source>
        <translation>While technicians have their hands in it, nobody commands what is covered, from any seat.</translation>
    </message>
    <message>
        <source>safety.declare.at</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>safety.declare.until</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>safety.declare.chosen.one</source>
        <translation>{count} chosen piece of equipment</translation>
    </message>
    <message>
        <source>safety.declare.chosen.other</source>
        <translation>{count} chosen pieces of equipment</translation>
    </message>
    <message>
        <source>safety.declare.reason.hint</source>
        <translation>For example: cable replaced, trench in Rue Monge</translation>
    </message>
    <message>
        <source>safety.declare.contact.hint</source>
        <translation>Telephone or radio call sign of the technicians</translation>
    </message>
    <message>
        <source>safety.declare.verb.one</source>
        <translation>Declare works on {count} piece of equipment</translation>
    </message>
    <message>
        <source>safety.declare.verb.other</source>
        <translation>Declare works on {count} pieces of equipment</translation>
    </message>
    <message>
        <source>safety.declare.covers</source>
        <translation>Nobody will command any more: {kinds}. Nothing has been sent yet.</translation>
    </message>
    <message>
        <source>safety.declare.held.one</source>
        <translation>{count} override is held there: ask the technicians whether to give it back first.</translation>
    </message>
    <message>
        <source>safety.declare.held.other</source>
        <translation>{count} overrides are held there: ask the technicians whether to give them back first.</translation>
    </message>
    <message>
        <source>safety.declare.left.one</source>
        <translation>{count} of those chosen is left out: your role does not manage it.</translation>
    </message>
    <message>
        <source>safety.declare.left.other</source>
        <translation>{count} of those chosen are left out: your role does not manage them.</translation>
    </message>
    <message>
        <source>safety.declare.where</source>
        <translation>Choose where.</translation>
    </message>
    <message>
        <source>safety.declare.none_chosen</source>
        <translation>Nothing is chosen: choose a piece of equipment, several or an area on the map or in the list, or a sector here.</translation>
    </message>
    <message>
        <source>safety.declare.no_sector</source>
        <translation>{sector}: a whole sector takes the right to manage everything in it.</translation>
    </message>
    <message>
        <source>safety.declare.no_right</source>
        <translation>Your role manages no equipment: ask whoever does to declare the works.</translation>
    </message>
    <message>
        <source>safety.declare.too_many</source>
        <translation>{count} zones at once: at most {most}. Choose the cabinet they hang on, or their sector.</translation>
    </message>
    <message>
        <source>ui.key.works</source>
        <translation>Declare works</translation>
    </message>
</context>
</TS>
