<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>overrides.title</source>
        <translation>Overrides</translation>
    </message>
    <message>
        <source>overrides.count.one</source>
        <translation>{count} override</translation>
    </message>
    <message>
        <source>overrides.count.other</source>
        <translation>{count} overrides</translation>
    </message>
    <message>
        <source>overrides.filter</source>
        <translation>Filter the overrides</translation>
    </message>
    <message>
        <source>overrides.list</source>
        <translation>Register of overrides</translation>
    </message>
    <message>
        <source>overrides.no_match</source>
        <translation>No override matches the filter</translation>
    </message>
    <message>
        <source>overrides.no_match.body</source>
        <translation>There are others: drop the filter to see them all.</translation>
    </message>
    <message>
        <source>overrides.none.all</source>
        <translation>No override holds</translation>
    </message>
    <message>
        <source>overrides.none.mine</source>
        <translation>You hold nothing</translation>
    </message>
    <message>
        <source>overrides.none.stuck</source>
        <translation>No way back failed</translation>
    </message>
    <message>
        <source>overrides.none.ended</source>
        <translation>No override ended since this seat was opened</translation>
    </message>
    <message>
        <source>overrides.none.body</source>
        <translation>Whatever somebody commands by hand appears here, with its end and its way back.</translation>
    </message>
    <message>
        <source>overrides.scope.all</source>
        <translation>All</translation>
    </message>
    <message>
        <source>overrides.scope.mine</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>overrides.scope.stuck</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>overrides.scope.ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>overrides.held</source>
        <translation>{point} {value}</translation>
    </message>
    <message>
        <source>overrides.state.pending</source>
        <translation>being sent</translation>
    </message>
    <message>
        <source>overrides.state.active</source>
        <translation>held, read back</translation>
    </message>
    <message>
        <source>overrides.state.by_device</source>
        <translation>held by the device</translation>
    </message>
    <message>
        <source>overrides.state.unverified</source>
        <translation>fate unknown</translation>
    </message>
    <message>
        <source>overrides.state.returning</source>
        <translation>going back</translation>
    </message>
    <message>
        <source>overrides.state.stuck</source>
        <translation>way back failed</translation>
    </message>
    <message>
        <source>overrides.state.ended</source>
        <translation>given back</translation>
    </message>
    <message>
        <source>overrides.state.replaced</source>
        <translation>replaced</translation>
    </message>
    <message>
        <source>overrides.line.who</source>
        <translation>{who}, {time}: {reason}</translation>
    </message>
    <message>
        <source>overrides.line.by_device</source>
        <translation>At {time} the device goes back by itself: {back}.</translation>
    </message>
    <message>
        <source>overrides.line.by_bridge</source>
        <translation>At {time} the bridge takes it back: {back}.</translation>
    </message>
    <message>
        <source>overrides.act.end</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>overrides.act.extend</source>
        <translation>Extend by {time}…</translation>
    </message>
    <message>
        <source>overrides.extended</source>
        <translation>{id}: held until {time}.</translation>
    </message>
    <message>
        <source>overrides.reason.none</source>
        <translation>First choose an override.</translation>
    </message>
    <message>
        <source>overrides.reason.no_right</source>
        <translation>Your seat does not command this equipment.</translation>
    </message>
    <message>
        <source>overrides.reason.over</source>
        <translation>This override has ended.</translation>
    </message>
    <message>
        <source>overrides.reason.under_way</source>
        <translation>It is already going back.</translation>
    </message>
    <message>
        <source>overrides.head.equipment</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>overrides.head.held</source>
        <translation>Held</translation>
    </message>
    <message>
        <source>overrides.head.state</source>
        <translation>State</translation>
    </message>
    <message>
        <source>overrides.head.until</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>overrides.head.place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>overrides.head.who</source>
        <translation>By</translation>
    </message>
    <message>
        <source>overrides.head.reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>overrides.act.settle</source>
        <translation>Seen on the spot…</translation>
    </message>
    <message>
        <source>overrides.reason.not_to_check</source>
        <translation>Nothing to look at: this command’s fate is known.</translation>
    </message>
</context>
</TS>
