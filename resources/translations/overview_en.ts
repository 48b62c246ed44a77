<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>overview.communes.title</source>
        <translation>Communes and trades</translation>
    </message>
    <message>
        <source>overview.communes.headline</source>
        <translation>{struck} of {total} to look at</translation>
    </message>
    <message>
        <source>overview.commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>overview.no_commune</source>
        <translation>Outside any commune</translation>
    </message>
    <message>
        <source>overview.normal</source>
        <translation>all is normal</translation>
    </message>
    <message>
        <source>overview.alarms.one</source>
        <translation>{count} alarm</translation>
    </message>
    <message>
        <source>overview.alarms.other</source>
        <translation>{count} alarms</translation>
    </message>
    <message>
        <source>overview.mark.unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>overview.mark.unavailable</source>
        <translation>unavailable</translation>
    </message>
    <message>
        <source>overview.mark.stale</source>
        <translation>stale</translation>
    </message>
    <message>
        <source>overview.mark.bad</source>
        <translation>bad</translation>
    </message>
    <message>
        <source>overview.mark.disabled</source>
        <translation>disabled</translation>
    </message>
    <message>
        <source>overview.mark.maintenance</source>
        <translation>in maintenance</translation>
    </message>
    <message>
        <source>overview.legend.unknown</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>overview.legend.unavailable</source>
        <translation>Unavailable</translation>
    </message>
    <message>
        <source>overview.legend.stale</source>
        <translation>Stale</translation>
    </message>
    <message>
        <source>overview.legend.bad</source>
        <translation>Bad</translation>
    </message>
    <message>
        <source>overview.legend.disabled</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>overview.legend.maintenance</source>
        <translation>In maintenance</translation>
    </message>
    <message>
        <source>overview.column.cabinet</source>
        <translation>Light.</translation>
    </message>
    <message>
        <source>overview.column.signal_controller</source>
        <translation>Signals</translation>
    </message>
    <message>
        <source>overview.column.camera</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>overview.column.bollard</source>
        <translation>Bollards</translation>
    </message>
    <message>
        <source>overview.column.public_building</source>
        <translation>Build.</translation>
    </message>
    <message>
        <source>overview.column.river_gauge</source>
        <translation>Water</translation>
    </message>
    <message>
        <source>overview.column.weather_station</source>
        <translation>Weather</translation>
    </message>
    <message>
        <source>overview.availability.title</source>
        <translation>Availability by trade</translation>
    </message>
    <message>
        <source>overview.availability.headline</source>
        <translation>target {target}%</translation>
    </message>
    <message>
        <source>overview.kind</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>overview.total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>overview.trend</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>overview.trend.long</source>
        <translation>Share available, one value a minute since the sign-in, 24 h at most</translation>
    </message>
    <message>
        <source>overview.load.title</source>
        <translation>Alarm load</translation>
    </message>
    <message>
        <source>overview.load.headline</source>
        <translation>per 10 min, {hours} h</translation>
    </message>
    <message>
        <source>overview.load.peak</source>
        <translation>{at}: {count} alarms</translation>
    </message>
    <message>
        <source>overview.load.said</source>
        <translation>{count} alarms in {hours} h.</translation>
    </message>
    <message>
        <source>overview.load.now</source>
        <translation>in 10 min</translation>
    </message>
    <message>
        <source>overview.load.now.note</source>
        <translation>target {target}, limit {limit}</translation>
    </message>
    <message>
        <source>overview.load.standing.one</source>
        <translation>standing</translation>
    </message>
    <message>
        <source>overview.load.standing.other</source>
        <translation>standing</translation>
    </message>
    <message>
        <source>overview.load.waiting.one</source>
        <translation>{count} of them unacknowledged</translation>
    </message>
    <message>
        <source>overview.load.waiting.other</source>
        <translation>{count} of them unacknowledged</translation>
    </message>
    <message>
        <source>overview.load.oldest</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>overview.load.oldest.note</source>
        <translation>the oldest unacknowledged</translation>
    </message>
    <message>
        <source>overview.load.sources</source>
        <translation>Ten first sources of alarms</translation>
    </message>
    <message>
        <source>overview.load.source</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>overview.load.what</source>
        <translation>Most frequent alarm</translation>
    </message>
    <message>
        <source>overview.load.times</source>
        <translation>Times</translation>
    </message>
    <message>
        <source>overview.load.asking</source>
        <translation>History asked of the bridge…</translation>
    </message>
    <message>
        <source>overview.load.none</source>
        <translation>No alarm in {days} days.</translation>
    </message>
    <message>
        <source>overview.load.share</source>
        <translation>The first three make {share}% of the alarms of {days} days.</translation>
    </message>
    <message>
        <source>overview.load.partial</source>
        <translation>Counted since {since}.</translation>
    </message>
    <message>
        <source>overview.load.few.one</source>
        <translation>{count} alarm in {days} days.</translation>
    </message>
    <message>
        <source>overview.load.few.other</source>
        <translation>{count} alarms in {days} days.</translation>
    </message>
    <message>
        <source>overview.kind.feeder</source>
        <translation>Feeders</translation>
    </message>
    <message>
        <source>overview.unheard</source>
        <translation>Never heard: {counted}</translation>
    </message>
    <message>
        <source>overview.never_heard</source>
        <translation>never heard</translation>
    </message>
</context>
</TS>
