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
        <translation>{time} left</translation>
    </message>
    <message>
        <source>alarms.too_late</source>
        <translation>{time} too late</translation>
    </message>
    <message>
        <source>alarms.procedure</source>
        <translation>Procedure: “{procedure}” (P).</translation>
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
        <source>alarms.of_chosen</source>
        <translation>of the chosen incident</translation>
    </message>
    <message>
        <source>alarms.no_commune</source>
        <translation>No commune</translation>
    </message>
    <message>
        <source>alarms.share</source>
        <translation>{percent}% of all</translation>
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
    <message>
        <source>alarm.state.normal.short</source>
        <translation>normal</translation>
    </message>
    <message>
        <source>alarms.shown.one</source>
        <translation>{count} shown</translation>
    </message>
    <message>
        <source>alarms.shown.other</source>
        <translation>{count} shown</translation>
    </message>
    <message>
        <source>alarms.load</source>
        <translation>Load: {load} in 10 min</translation>
    </message>
    <message>
        <source>alarms.load.least</source>
        <translation>Load: at least {load} in 10 min</translation>
    </message>
    <message>
        <source>alarms.load.help</source>
        <translation>Alarms that appeared in ten minutes, against the target (1) and the limit (10).</translation>
    </message>
    <message>
        <source>alarms.flood</source>
        <translation>Flood: {what} (since 10 min, still here)</translation>
    </message>
    <message>
        <source>alarms.flood.others</source>
        <translation>{count} others</translation>
    </message>
    <message>
        <source>alarms.procedure.of</source>
        <translation>Procedure “{procedure}”</translation>
    </message>
    <message>
        <source>alarms.act.procedure</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>alarms.act.guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>alarms.act.take_out</source>
        <translation>Out of service {time}…</translation>
    </message>
    <message>
        <source>alarms.act.put_back</source>
        <translation>Put back in service</translation>
    </message>
    <message>
        <source>alarms.aside.why</source>
        <translation>{by}: {reason}</translation>
    </message>
    <message>
        <source>alarms.aside.shelved</source>
        <translation>Shelved</translation>
    </message>
    <message>
        <source>alarms.aside.taken_out</source>
        <translation>Out of service</translation>
    </message>
    <message>
        <source>alarms.aside.by_design</source>
        <translation>Suppressed by design</translation>
    </message>
    <message>
        <source>alarms.while_so</source>
        <translation>while that holds</translation>
    </message>
    <message>
        <source>alarms.chattering.one</source>
        <translation>{count} chattering</translation>
    </message>
    <message>
        <source>alarms.chattering.other</source>
        <translation>{count} chattering</translation>
    </message>
    <message>
        <source>alarms.fleeting.one</source>
        <translation>{count} fleeting</translation>
    </message>
    <message>
        <source>alarms.fleeting.other</source>
        <translation>{count} fleeting</translation>
    </message>
    <message>
        <source>alarms.head.count</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>alarms.head.unseen</source>
        <translation>To acknowledge</translation>
    </message>
    <message>
        <source>alarms.head.worst</source>
        <translation>The worst</translation>
    </message>
    <message>
        <source>alarms.head.commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>alarms.head.often</source>
        <translation>Times in 7 days</translation>
    </message>
    <message>
        <source>alarms.head.share</source>
        <translation>Share</translation>
    </message>
    <message>
        <source>alarms.head.habits</source>
        <translation>Of which</translation>
    </message>
    <message>
        <source>alarms.head.mostly</source>
        <translation>Mostly</translation>
    </message>
    <message>
        <source>alarms.head.until</source>
        <translation>Comes back</translation>
    </message>
    <message>
        <source>alarms.head.why</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>alarms.load.scale</source>
        <translation>target {target}, limit {limit}</translation>
    </message>
    <message>
        <source>alarms.counted.one</source>
        <translation>{count} in {days} days</translation>
    </message>
    <message>
        <source>alarms.counted.other</source>
        <translation>{count} in {days} days</translation>
    </message>
    <message>
        <source>alarms.hidden.one</source>
        <translation>{count} not shown (rights)</translation>
    </message>
    <message>
        <source>alarms.hidden.other</source>
        <translation>{count} not shown (rights)</translation>
    </message>
    <message>
        <source>alarms.act.shelve_long</source>
        <translation>Shelve {time}…</translation>
    </message>
</context>
</TS>
