<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>alarms.title</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>alarms.count.one</source>
        <translation>{count} alarm</translation>
    </message>
    <message>
        <source>alarms.count.other</source>
        <translation>{count} alarms</translation>
    </message>
    <message>
        <source>alarms.headline</source>
        <translation>{count} · load {load} in 10 min, target {target}, limit {limit}</translation>
    </message>
    <message>
        <source>alarms.unseen.one</source>
        <translation>{count} unseen</translation>
    </message>
    <message>
        <source>alarms.unseen.other</source>
        <translation>{count} unseen</translation>
    </message>
    <message>
        <source>alarms.filter</source>
        <translation>Filter the alarms</translation>
    </message>
    <message>
        <source>alarms.list</source>
        <translation>List of alarms</translation>
    </message>
    <message>
        <source>alarms.no_match</source>
        <translation>Nothing matches the filter</translation>
    </message>
    <message>
        <source>alarms.no_match.body</source>
        <translation>{count} alarms exist elsewhere. Empty means here: none matches, not hidden.</translation>
    </message>
    <message>
        <source>alarms.reading</source>
        <translation>Reading the journal…</translation>
    </message>
    <message>
        <source>alarms.none.list</source>
        <translation>No alarm</translation>
    </message>
    <message>
        <source>alarms.none.list.body</source>
        <translation>Everything watched is in its range, or seen and back.</translation>
    </message>
    <message>
        <source>alarms.none.area</source>
        <translation>No alarm</translation>
    </message>
    <message>
        <source>alarms.none.area.body</source>
        <translation>No commune has an alarm.</translation>
    </message>
    <message>
        <source>alarms.none.shelved</source>
        <translation>No alarm put aside</translation>
    </message>
    <message>
        <source>alarms.none.shelved.body</source>
        <translation>An alarm put aside comes back by itself at its time.</translation>
    </message>
    <message>
        <source>alarms.none.suppressed</source>
        <translation>No alarm suppressed or out of service</translation>
    </message>
    <message>
        <source>alarms.none.suppressed.body</source>
        <translation>Here are those the design keeps quiet and those somebody took out of service.</translation>
    </message>
    <message>
        <source>alarms.none.actors</source>
        <translation>No alarm in 7 days</translation>
    </message>
    <message>
        <source>alarms.none.actors.body</source>
        <translation>The journal counts none.</translation>
    </message>
    <message>
        <source>alarms.scope.list</source>
        <translation>List</translation>
    </message>
    <message>
        <source>alarms.scope.area</source>
        <translation>By commune</translation>
    </message>
    <message>
        <source>alarms.scope.shelved</source>
        <translation>Aside</translation>
    </message>
    <message>
        <source>alarms.scope.suppressed</source>
        <translation>Suppressed</translation>
    </message>
    <message>
        <source>alarms.scope.actors</source>
        <translation>Bad actors</translation>
    </message>
    <message>
        <source>alarms.cause</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>alarms.consequence</source>
        <translation>Consequence</translation>
    </message>
    <message>
        <source>alarms.act</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>alarms.act.open</source>
        <translation>See this commune</translation>
    </message>
    <message>
        <source>alarms.act.shelve</source>
        <translation>Put aside for {time}…</translation>
    </message>
    <message>
        <source>alarms.act.unshelve</source>
        <translation>Take back</translation>
    </message>
    <message>
        <source>alarms.reason.none</source>
        <translation>First choose a row.</translation>
    </message>
    <message>
        <source>alarms.reason.seen</source>
        <translation>Already acknowledged.</translation>
    </message>
    <message>
        <source>alarms.shelved</source>
        <translation>Aside until {time} by {by}: {reason}</translation>
    </message>
    <message>
        <source>alarms.taken_out</source>
        <translation>Out of service until {time} by {by}: {reason}</translation>
    </message>
    <message>
        <source>alarms.suppressed</source>
        <translation>Suppressed by design.</translation>
    </message>
    <message>
        <source>alarms.time_left</source>
        <translation>{time} left.</translation>
    </message>
    <message>
        <source>alarms.too_late</source>
        <translation>Late by {time}.</translation>
    </message>
    <message>
        <source>alarms.procedure</source>
        <translation>Procedure {procedure}.</translation>
    </message>
    <message>
        <source>alarms.stale</source>
        <translation>{state}, over a day</translation>
    </message>
    <message>
        <source>alarms.times</source>
        <translation>({count} times)</translation>
    </message>
    <message>
        <source>alarms.no_commune</source>
        <translation>No commune</translation>
    </message>
    <message>
        <source>alarms.share</source>
        <translation>{count} times, {percent} %</translation>
    </message>
    <message>
        <source>alarms.head.mark</source>
        <translation>Rank</translation>
    </message>
    <message>
        <source>alarms.head.time</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>alarms.head.code</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>alarms.head.text</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>alarms.head.value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>alarms.head.state</source>
        <translation>State</translation>
    </message>
    <message>
        <source>alarms.head.place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>listing.reason.left</source>
        <translation>The chosen row is no longer in the list: nothing is done. Choose one.</translation>
    </message>
</context>
</TS>
