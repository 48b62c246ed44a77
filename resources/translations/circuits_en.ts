<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>circuits.title</source>
        <translation>Circuits</translation>
    </message>
    <message>
        <source>circuits.count.one</source>
        <translation>{count} circuit</translation>
    </message>
    <message>
        <source>circuits.count.other</source>
        <translation>{count} circuits</translation>
    </message>
    <message>
        <source>circuits.shown</source>
        <translation>{shown} of {total}</translation>
    </message>
    <message>
        <source>circuits.filter</source>
        <translation>Filter: number, street, commune, state</translation>
    </message>
    <message>
        <source>circuits.list</source>
        <translation>Plough circuits</translation>
    </message>
    <message>
        <source>circuits.legend</source>
        <translation>How to read a circuit’s state</translation>
    </message>
    <message>
        <source>circuits.loading</source>
        <translation>Reading the circuits…</translation>
    </message>
    <message>
        <source>circuits.unread</source>
        <translation>Circuits not read</translation>
    </message>
    <message>
        <source>circuits.none</source>
        <translation>No circuit</translation>
    </message>
    <message>
        <source>circuits.none.body</source>
        <translation>This territory has no plough circuit: they are written in circuits.toml.</translation>
    </message>
    <message>
        <source>circuits.no_match</source>
        <translation>No circuit for this filter</translation>
    </message>
    <message>
        <source>circuits.no_match.body</source>
        <translation>The other circuits are there, only hidden by the filter.</translation>
    </message>
    <message>
        <source>circuits.no_right</source>
        <translation>Your account may not see the circuits. Ask the administrator.</translation>
    </message>
    <message>
        <source>circuits.may_not</source>
        <translation>Your account may only look at circuits: the right “manage:circuit” is missing.</translation>
    </message>
    <message>
        <source>circuits.choose</source>
        <translation>Choose a circuit to say its state.</translation>
    </message>
    <message>
        <source>circuits.choose_first</source>
        <translation>Choose a circuit first.</translation>
    </message>
    <message>
        <source>circuits.already</source>
        <translation>The circuit is in this state already.</translation>
    </message>
    <message>
        <source>circuits.waiting</source>
        <translation>The change before is being written: one moment.</translation>
    </message>
    <message>
        <source>circuits.nothing_to_undo</source>
        <translation>Nothing to undo: nothing was said, or it is undone already.</translation>
    </message>
    <message>
        <source>circuits.recorded</source>
        <translation>{circuit}: {state}, recorded.</translation>
    </message>
    <message>
        <source>circuits.undone</source>
        <translation>{circuit}: undone, {state} again.</translation>
    </message>
    <message>
        <source>circuits.head.state</source>
        <translation>State</translation>
    </message>
    <message>
        <source>circuits.head.priority</source>
        <translation>Lvl</translation>
    </message>
    <message>
        <source>circuits.head.priority.long</source>
        <translation>Level of service: S1 first</translation>
    </message>
    <message>
        <source>circuits.head.id</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>circuits.head.name</source>
        <translation>Circuit</translation>
    </message>
    <message>
        <source>circuits.head.streets</source>
        <translation>Streets</translation>
    </message>
    <message>
        <source>circuits.head.since</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>circuits.head.due</source>
        <translation>Due again</translation>
    </message>
    <message>
        <source>circuits.head.by</source>
        <translation>By</translation>
    </message>
    <message>
        <source>circuits.head.km</source>
        <translation>km</translation>
    </message>
    <message>
        <source>circuit.look.uninspected</source>
        <translation>uninspected</translation>
    </message>
    <message>
        <source>circuit.look.to_do</source>
        <translation>to do</translation>
    </message>
    <message>
        <source>circuit.look.in_progress</source>
        <translation>in progress</translation>
    </message>
    <message>
        <source>circuit.look.fresh</source>
        <translation>treated</translation>
    </message>
    <message>
        <source>circuit.look.ageing</source>
        <translation>over 2 h</translation>
    </message>
    <message>
        <source>circuit.look.due_again</source>
        <translation>due again</translation>
    </message>
    <message>
        <source>circuit.look.snowed_over</source>
        <translation>snowed over</translation>
    </message>
    <message>
        <source>circuit.look.blocked</source>
        <translation>blocked</translation>
    </message>
    <message>
        <source>circuit.state.uninspected</source>
        <translation>uninspected</translation>
    </message>
    <message>
        <source>circuit.state.to_do</source>
        <translation>to do</translation>
    </message>
    <message>
        <source>circuit.state.in_progress</source>
        <translation>in progress</translation>
    </message>
    <message>
        <source>circuit.state.treated</source>
        <translation>treated</translation>
    </message>
    <message>
        <source>circuit.state.snowed_over</source>
        <translation>snowed over</translation>
    </message>
    <message>
        <source>circuit.state.blocked</source>
        <translation>blocked</translation>
    </message>
    <message>
        <source>circuit.act.uninspected</source>
        <translation>Uninspected</translation>
    </message>
    <message>
        <source>circuit.act.to_do</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>circuit.act.in_progress</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>circuit.act.treated</source>
        <translation>Treated</translation>
    </message>
    <message>
        <source>circuit.act.snowed_over</source>
        <translation>Snowed over</translation>
    </message>
    <message>
        <source>circuit.act.blocked</source>
        <translation>Blocked…</translation>
    </message>
    <message>
        <source>circuit.act.undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>circuit.act.undo_to</source>
        <translation>Undo (“{state}” again)</translation>
    </message>
    <message>
        <source>circuit.treatment.salt</source>
        <translation>salting</translation>
    </message>
    <message>
        <source>circuit.treatment.plough</source>
        <translation>ploughing</translation>
    </message>
    <message>
        <source>circuit.treatment.both</source>
        <translation>ploughing and salting</translation>
    </message>
    <message>
        <source>circuit.km</source>
        <translation>{km} km</translation>
    </message>
    <message>
        <source>circuit.since_by</source>
        <translation>since {since}, {by}</translation>
    </message>
    <message>
        <source>circuit.due_at</source>
        <translation>due again at {time}</translation>
    </message>
    <message>
        <source>circuit.due_since</source>
        <translation>due again since {time}</translation>
    </message>
    <message>
        <source>circuit.because</source>
        <translation>{state}: {reason}</translation>
    </message>
    <message>
        <source>circuit.share</source>
        <translation>{percent}% · {done} of {total} km</translation>
    </message>
    <message>
        <source>circuit.share.said</source>
        <translation>{priority}, treated: {share}</translation>
    </message>
    <message>
        <source>error.circuit.not_found</source>
        <translation>No circuit “{circuit}” in this territory. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.circuit.page</source>
        <translation>Page {first} is beyond the {total} circuits. Reload the panel.</translation>
    </message>
    <message>
        <source>error.circuit.changed</source>
        <translation>“{circuit}” was just changed by {user}. Nothing was recorded: read its state again, then retry.</translation>
    </message>
    <message>
        <source>error.circuit.already</source>
        <translation>“{circuit}” is in this state already. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.circuit.nothing_to_undo</source>
        <translation>Nothing to undo for “{circuit}”: nothing was said, or it is undone already.</translation>
    </message>
    <message>
        <source>error.circuit.reason_missing</source>
        <translation>Say what blocks the circuit: the next crew will read it. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.circuit.reason_too_long</source>
        <translation>The reason has {length} characters, at most {limit}. Nothing has changed.</translation>
    </message>
    <message>
        <source>seat.snow</source>
        <translation>Snow</translation>
    </message>
    <message>
        <source>map.layer.circuits</source>
        <translation>Circuits</translation>
    </message>
</context>
</TS>
