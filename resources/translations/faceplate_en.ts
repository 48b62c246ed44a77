<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>faceplate.title</source>
        <translation>Command</translation>
    </message>
    <message>
        <source>faceplate.none</source>
        <translation>Nothing is chosen</translation>
    </message>
    <message>
        <source>faceplate.none.body</source>
        <translation>Choose one equipment, several or an area on the map: what can be asked of them appears here.</translation>
    </message>
    <message>
        <source>faceplate.legend</source>
        <translation>Hollow triangle: commanded. Filled: read back. Hatched: difference.</translation>
    </message>
    <message>
        <source>faceplate.give_back</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>faceplate.service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>faceplate.places.one</source>
        <translation>{count} street</translation>
    </message>
    <message>
        <source>faceplate.places.other</source>
        <translation>{count} streets</translation>
    </message>
    <message>
        <source>faceplate.others.one</source>
        <translation>{count} other left alone</translation>
    </message>
    <message>
        <source>faceplate.others.other</source>
        <translation>{count} others left alone</translation>
    </message>
    <message>
        <source>faceplate.held</source>
        <translation>Held: {value} until {time} · {who} · {reason}</translation>
    </message>
    <message>
        <source>faceplate.held_some.one</source>
        <translation>{count} held, ends {time} · {who}</translation>
    </message>
    <message>
        <source>faceplate.held_some.other</source>
        <translation>{count} held, the first ends {time} · {who}</translation>
    </message>
    <message>
        <source>faceplate.offered</source>
        <translation>Would be accepted now</translation>
    </message>
    <message>
        <source>faceplate.nothing_offered</source>
        <translation>This equipment is not commanded from here.</translation>
    </message>
    <message>
        <source>faceplate.other</source>
        <translation>Another value…</translation>
    </message>
    <message>
        <source>faceplate.by_two</source>
        <translation>, by two…</translation>
    </message>
    <message>
        <source>faceplate.not_a_value</source>
        <translation>“{value}” is not a possible value here.</translation>
    </message>
    <message>
        <source>faceplate.reason.no_right</source>
        <translation>Your seat does not command: {kind}.</translation>
    </message>
    <message>
        <source>faceplate.reason.no_desk</source>
        <translation>Nothing is commanded from this window.</translation>
    </message>
    <message>
        <source>faceplate.loop.free</source>
        <translation>loop free</translation>
    </message>
    <message>
        <source>faceplate.loop.occupied</source>
        <translation>loop occupied: a vehicle</translation>
    </message>
    <message>
        <source>faceplate.loop.possible</source>
        <translation>loop unknown: a vehicle may be there</translation>
    </message>
    <message>
        <source>faceplate.box.verified</source>
        <translation>held, verified</translation>
    </message>
    <message>
        <source>faceplate.box.programme</source>
        <translation>follows its programme</translation>
    </message>
    <message>
        <source>faceplate.box.waiting</source>
        <translation>command under way</translation>
    </message>
    <message>
        <source>faceplate.box.differs</source>
        <translation>failed or different</translation>
    </message>
    <message>
        <source>faceplate.box.unknown_fate</source>
        <translation>fate unknown</translation>
    </message>
    <message>
        <source>faceplate.box.stale</source>
        <translation>stale</translation>
    </message>
    <message>
        <source>faceplate.box.bad</source>
        <translation>bad</translation>
    </message>
    <message>
        <source>faceplate.box.unavailable</source>
        <translation>unavailable</translation>
    </message>
    <message>
        <source>faceplate.box.unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>faceplate.box.disabled</source>
        <translation>disabled</translation>
    </message>
    <message>
        <source>faceplate.box.maintenance</source>
        <translation>in maintenance</translation>
    </message>
    <message>
        <source>acting.value</source>
        <translation>{value}</translation>
    </message>
    <message>
        <source>act.lamp.level.one</source>
        <translation>Set {count} lamp to {value}</translation>
    </message>
    <message>
        <source>act.lamp.level.other</source>
        <translation>Set {count} lamps to {value}</translation>
    </message>
    <message>
        <source>act.lamp.level.programme.one</source>
        <translation>Give {count} lamp back to its programme</translation>
    </message>
    <message>
        <source>act.lamp.level.programme.other</source>
        <translation>Give {count} lamps back to their programme</translation>
    </message>
    <message>
        <source>act.lamp.level.programme.short</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>act.lamp.level.0.short</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>act.bollard.commanded.0.one</source>
        <translation>Lower {count} bollard</translation>
    </message>
    <message>
        <source>act.bollard.commanded.0.other</source>
        <translation>Lower {count} bollards</translation>
    </message>
    <message>
        <source>act.bollard.commanded.0.short</source>
        <translation>Lower</translation>
    </message>
    <message>
        <source>act.bollard.commanded.100.one</source>
        <translation>Raise {count} bollard</translation>
    </message>
    <message>
        <source>act.bollard.commanded.100.other</source>
        <translation>Raise {count} bollards</translation>
    </message>
    <message>
        <source>act.bollard.commanded.100.short</source>
        <translation>Raise</translation>
    </message>
    <message>
        <source>value.bollard.commanded.0</source>
        <translation>lowered</translation>
    </message>
    <message>
        <source>value.bollard.commanded.100</source>
        <translation>raised</translation>
    </message>
    <message>
        <source>act.feeder.closed.true.one</source>
        <translation>Close {count} feeder</translation>
    </message>
    <message>
        <source>act.feeder.closed.true.other</source>
        <translation>Close {count} feeders</translation>
    </message>
    <message>
        <source>act.feeder.closed.true.short</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>act.feeder.closed.false.one</source>
        <translation>Open {count} feeder</translation>
    </message>
    <message>
        <source>act.feeder.closed.false.other</source>
        <translation>Open {count} feeders</translation>
    </message>
    <message>
        <source>act.feeder.closed.false.short</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>faceplate.boxes.verified.one</source>
        <translation>{count} verified</translation>
    </message>
    <message>
        <source>faceplate.boxes.verified.other</source>
        <translation>{count} verified</translation>
    </message>
    <message>
        <source>faceplate.boxes.programme.one</source>
        <translation>{count} not overridden</translation>
    </message>
    <message>
        <source>faceplate.boxes.programme.other</source>
        <translation>{count} not overridden</translation>
    </message>
    <message>
        <source>faceplate.boxes.waiting.one</source>
        <translation>{count} under way</translation>
    </message>
    <message>
        <source>faceplate.boxes.waiting.other</source>
        <translation>{count} under way</translation>
    </message>
    <message>
        <source>faceplate.boxes.differs.one</source>
        <translation>{count} different</translation>
    </message>
    <message>
        <source>faceplate.boxes.differs.other</source>
        <translation>{count} different</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown_fate.one</source>
        <translation>{count} fate unknown</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown_fate.other</source>
        <translation>{count} fate unknown</translation>
    </message>
    <message>
        <source>faceplate.boxes.stale.one</source>
        <translation>{count} stale</translation>
    </message>
    <message>
        <source>faceplate.boxes.stale.other</source>
        <translation>{count} stale</translation>
    </message>
    <message>
        <source>faceplate.boxes.bad.one</source>
        <translation>{count} bad</translation>
    </message>
    <message>
        <source>faceplate.boxes.bad.other</source>
        <translation>{count} bad</translation>
    </message>
    <message>
        <source>faceplate.boxes.unavailable.one</source>
        <translation>{count} unavailable</translation>
    </message>
    <message>
        <source>faceplate.boxes.unavailable.other</source>
        <translation>{count} unavailable</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown.one</source>
        <translation>{count} unknown</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown.other</source>
        <translation>{count} unknown</translation>
    </message>
    <message>
        <source>faceplate.boxes.disabled.one</source>
        <translation>{count} disabled</translation>
    </message>
    <message>
        <source>faceplate.boxes.disabled.other</source>
        <translation>{count} disabled</translation>
    </message>
    <message>
        <source>faceplate.boxes.maintenance.one</source>
        <translation>{count} in maintenance</translation>
    </message>
    <message>
        <source>faceplate.boxes.maintenance.other</source>
        <translation>{count} in maintenance</translation>
    </message>
    <message>
        <source>headline.bollard.low</source>
        <translation>Lowered</translation>
    </message>
    <message>
        <source>headline.bollard.high</source>
        <translation>Raised</translation>
    </message>
    <message>
        <source>headline.bollard.value</source>
        <translation>Halfway, {value}</translation>
    </message>
    <message>
        <source>headline.bollard.unavailable</source>
        <translation>Bollard unavailable</translation>
    </message>
    <message>
        <source>headline.bollard.unknown</source>
        <translation>Bollard never heard</translation>
    </message>
    <message>
        <source>faceplate.number</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>headline.camera.true</source>
        <translation>Picture arrives</translation>
    </message>
    <message>
        <source>headline.camera.false</source>
        <translation>No picture</translation>
    </message>
    <message>
        <source>value.camera.picture.true</source>
        <translation>arrives</translation>
    </message>
    <message>
        <source>value.camera.picture.false</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>faceplate.unjudged</source>
        <translation>The bridge has not answered yet: nothing says what would be accepted</translation>
    </message>
    <message>
        <source>faceplate.limit.high</source>
        <translation>above {value}: {severity} alarm</translation>
    </message>
    <message>
        <source>faceplate.limit.low</source>
        <translation>below {value}: {severity} alarm</translation>
    </message>
    <message>
        <source>faceplate.limit.only</source>
        <translation>alarm under a condition of the rule</translation>
    </message>
    <message>
        <source>faceplate.return.high</source>
        <translation>back below {value}</translation>
    </message>
    <message>
        <source>faceplate.return.low</source>
        <translation>back above {value}</translation>
    </message>
    <message>
        <source>faceplate.return.high.for</source>
        <translation>back below {value} for {time}</translation>
    </message>
    <message>
        <source>faceplate.return.low.for</source>
        <translation>back above {value} for {time}</translation>
    </message>
    <message>
        <source>faceplate.none_offered</source>
        <translation>Nothing would be accepted now</translation>
    </message>
    <message>
        <source>faceplate.way.map</source>
        <translation>Show on the map</translation>
    </message>
    <message>
        <source>faceplate.way.wall.one</source>
        <translation>To the wall</translation>
    </message>
    <message>
        <source>faceplate.way.wall.other</source>
        <translation>Put the {count} on the wall</translation>
    </message>
    <message>
        <source>faceplate.way.wall.most</source>
        <translation>The wall shows at most {most} cameras in one go. Choose fewer.</translation>
    </message>
    <message>
        <source>faceplate.way.wall.number</source>
        <translation>{id} has no short number: the wall calls cameras by their number.</translation>
    </message>
    <message>
        <source>faceplate.way.near</source>
        <translation>No camera within {metres} km</translation>
    </message>
    <message>
        <source>faceplate.way.near.of</source>
        <translation>Camera {number} to the wall ({metres} m)</translation>
    </message>
    <message>
        <source>faceplate.way.near.none</source>
        <translation>No camera within {metres} km of there: ask a patrol what it sees.</translation>
    </message>
    <message>
        <source>faceplate.gone.one</source>
        <translation>{count} chosen piece of equipment is not there any more</translation>
    </message>
    <message>
        <source>faceplate.gone.other</source>
        <translation>{count} chosen pieces of equipment are not there any more</translation>
    </message>
    <message>
        <source>faceplate.gone.body</source>
        <translation>Taken out of the catalogue, or your rights do not show them here. Choose something else, or ask whoever configures the city.</translation>
    </message>
    <message>
        <source>faceplate.box.hands</source>
        <translation>technicians on site</translation>
    </message>
    <message>
        <source>faceplate.boxes.hands.one</source>
        <translation>{count} in technicians’ hands</translation>
    </message>
    <message>
        <source>faceplate.boxes.hands.other</source>
        <translation>{count} in technicians’ hands</translation>
    </message>
    <message>
        <source>faceplate.beyond.one</source>
        <translation>{count} beyond what one order takes, left alone</translation>
    </message>
    <message>
        <source>faceplate.beyond.other</source>
        <translation>{count} beyond what one order takes, left alone</translation>
    </message>
</context>
</TS>
