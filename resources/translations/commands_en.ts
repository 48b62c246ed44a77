<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.command.no_such_point</source>
        <translation>“{equipment}” has no point “{point}”. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.bad_value</source>
        <translation>The value “{value}” is not possible for this point. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.bad_key</source>
        <translation>The console did not number its command. Nothing was sent: this is a defect of the console, report it.</translation>
    </message>
    <message>
        <source>error.command.reason</source>
        <translation>Give a reason, in {limit} characters at most. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.deadline_far</source>
        <translation>The deadline is more than {minutes} minutes away. Commands are never kept for later; nothing was sent. Check the clock of this seat.</translation>
    </message>
    <message>
        <source>error.command.key_used</source>
        <translation>Another command has this number already. Nothing was sent: start again.</translation>
    </message>
    <message>
        <source>error.command.not_allowed</source>
        <translation>You may not command this equipment. Nothing was sent; the request is in the journal.</translation>
    </message>
    <message>
        <source>error.command.out_of_service</source>
        <translation>The equipment is disabled or in maintenance: somebody may be working on it. Nothing was sent; put it back in service first.</translation>
    </message>
    <message>
        <source>error.command.other_epoch</source>
        <translation>The bridge has restarted since. Nothing was sent: check the state, then command again.</translation>
    </message>
    <message>
        <source>error.command.expired</source>
        <translation>The deadline passed before it was sent. Nothing was sent: command again if it is still useful.</translation>
    </message>
    <message>
        <source>error.command.no_link</source>
        <translation>No link leads to this equipment. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.device_down</source>
        <translation>The equipment does not answer. Nothing was sent, and nothing will be sent later: command again when the link is back.</translation>
    </message>
    <message>
        <source>error.command.not_recorded</source>
        <translation>The command was sent (“{outcome}”), but the bridge’s disk refuses to be written. Do not repeat it: check the equipment, tell the administrator.</translation>
    </message>
    <message>
        <source>error.command.stopping</source>
        <translation>The bridge is stopping and the command’s fate is not known. It will not be sent again: check the equipment after the restart.</translation>
    </message>
    <message>
        <source>command.result.rejected</source>
        <translation>The equipment refused the command; nothing changed.</translation>
    </message>
    <message>
        <source>command.result.not_commandable</source>
        <translation>This point cannot be commanded; nothing was sent.</translation>
    </message>
    <message>
        <source>command.result.no_answer</source>
        <translation>The equipment did not answer: the command may have arrived. Check on the spot; it will not be sent again.</translation>
    </message>
    <message>
        <source>command.result.not_verified</source>
        <translation>The equipment took the command, but reading it back failed. Check on the spot.</translation>
    </message>
    <message>
        <source>command.result.differs</source>
        <translation>The equipment took the command, but reads back another value: not verified.</translation>
    </message>
    <message>
        <source>command.result.expired</source>
        <translation>The deadline passed before it was sent; nothing was sent.</translation>
    </message>
    <message>
        <source>command.result.not_sent</source>
        <translation>The bridge stopped or could not write its journal before sending; nothing was sent.</translation>
    </message>
    <message>
        <source>command.result.defect</source>
        <translation>The bridge had a defect while sending: its effect is not known. Check on the spot and tell operations.</translation>
    </message>
    <message>
        <source>command.result.bridge_restarted</source>
        <translation>The bridge restarted during the command; reading back does not confirm it. Check on the spot; it will not be sent again.</translation>
    </message>
    <message>
        <source>error.command.not_commandable</source>
        <translation>Point “{point}” of “{equipment}” is not commanded by anybody. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.hands_off</source>
        <translation>Refused, nothing was sent. Technicians are working on “{equipment}”: {why}. Call them first: {contact}.</translation>
    </message>
    <message>
        <source>error.command.needs_second</source>
        <translation>Refused, nothing was sent. This command needs the agreement of a second person, at another seat: put the question to them.</translation>
    </message>
    <message>
        <source>error.command.no_override</source>
        <translation>Point “{point}” keeps what it is told: there is no way back to time. Nothing was sent; command it without an end.</translation>
    </message>
    <message>
        <source>error.command.end_past</source>
        <translation>The end asked for is already past. Nothing was sent: choose an end to come.</translation>
    </message>
    <message>
        <source>error.command.end_far</source>
        <translation>The end asked for is too far: {minutes} minutes at most for “{point}”. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.order_size</source>
        <translation>An order has 1 to {most} targets; this one has {count}. Nothing was sent: split it.</translation>
    </message>
    <message>
        <source>error.command.twice</source>
        <translation>The order names point “{point}” of “{equipment}” twice. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.no_such_command</source>
        <translation>No command has the number “{key}”.</translation>
    </message>
    <message>
        <source>error.command.nothing_to_settle</source>
        <translation>This command of “{equipment}” awaits no finding; it may have had one already ({by}).</translation>
    </message>
    <message>
        <source>error.command.no_such_order</source>
        <translation>No order has the number “{key}”.</translation>
    </message>
    <message>
        <source>error.command.order_over</source>
        <translation>Order “{key}” is over already: there is nothing left to stop. Look at its results.</translation>
    </message>
    <message>
        <source>command.result.no_effect</source>
        <translation>The equipment took the command, but nothing had come of it after {seconds} s (it shows “{shown}”). Have it looked at on the spot.</translation>
    </message>
    <message>
        <source>command.result.effect_not_seen</source>
        <translation>The equipment took the command, but its effect cannot be seen. Look at it on the spot; it will not be sent again.</translation>
    </message>
    <message>
        <source>command.result.not_released</source>
        <translation>The equipment took the command, but was not given back to its programme: it says that it is still commanded.</translation>
    </message>
    <message>
        <source>command.result.release_not_shown</source>
        <translation>The equipment took the command, but nothing shows that it was given back to its programme: the value has not moved. Look at it.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.1</source>
        <translation>Refused by the bollard: a vehicle is on the loop. It did not move.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.2</source>
        <translation>Refused by the bollard: an obstacle is in front of it. It did not move.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.3</source>
        <translation>Refused by the bollard: the local key is turned, somebody operates it on the spot. It did not move.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.4</source>
        <translation>Refused by the bollard: it has a fault. It did not move; send somebody.</translation>
    </message>
    <message>
        <source>point.bollard.refusal</source>
        <translation>Bollard’s last refusal</translation>
    </message>
    <message>
        <source>value.bollard.refusal.0</source>
        <translation>none</translation>
    </message>
    <message>
        <source>value.bollard.refusal.1</source>
        <translation>vehicle</translation>
    </message>
    <message>
        <source>value.bollard.refusal.2</source>
        <translation>obstacle</translation>
    </message>
    <message>
        <source>value.bollard.refusal.3</source>
        <translation>local key</translation>
    </message>
    <message>
        <source>value.bollard.refusal.4</source>
        <translation>fault</translation>
    </message>
    <message>
        <source>command.result.settled</source>
        <translation>Found on the spot by {by}: {found}</translation>
    </message>
    <message>
        <source>command.result.cancelled</source>
        <translation>The order was stopped before this was sent; nothing was sent.</translation>
    </message>
    <message>
        <source>error.approval.same_person</source>
        <translation>You asked the question: another person must answer.</translation>
    </message>
    <message>
        <source>error.approval.same_seat</source>
        <translation>The answer must come from another seat than “{seat}”: what is dangerous is decided by two, in two places.</translation>
    </message>
    <message>
        <source>error.approval.typed</source>
        <translation>What was typed does not match. Nothing was sent: type “{challenge}” to show that you have read it.</translation>
    </message>
    <message>
        <source>error.approval.over</source>
        <translation>This question awaits no answer any more: it expired, was withdrawn or somebody answered. Nothing further was sent.</translation>
    </message>
    <message>
        <source>error.approval.not_needed</source>
        <translation>This command needs nobody else: send it directly.</translation>
    </message>
    <message>
        <source>error.approval.not_yours</source>
        <translation>Only the person who asked the question ({user}) can withdraw it. You can refuse.</translation>
    </message>
    <message>
        <source>error.interlock.unread</source>
        <translation>Refused, nothing was sent: read again right before sending, “{equipment}” did not give “{point}”, so nothing proves that it is safe. Try again, or send somebody.</translation>
    </message>
    <message>
        <source>error.interlock.disarmed</source>
        <translation>Refused, nothing was sent. The configuration of interlock “{interlock}” changed and nobody has armed it again: have it checked by whoever configures.</translation>
    </message>
    <message>
        <source>error.interlock.blind</source>
        <translation>Refused, nothing was sent. Interlock “{interlock}” does not find what it must look at for “{equipment}”: its configuration must be completed.</translation>
    </message>
    <message>
        <source>error.interlock.unsafe</source>
        <translation>Refused, nothing was sent. “{point}” of “{equipment}” forbids it: {value}.</translation>
    </message>
    <message>
        <source>error.interlock.possible</source>
        <translation>Refused, nothing was sent. “{point}” of “{equipment}” has not been certain for {age_s} s: the danger is possible.</translation>
    </message>
    <message>
        <source>error.interlock.never</source>
        <translation>Refused, nothing was sent. “{point}” of “{equipment}” was never heard: the danger is possible.</translation>
    </message>
    <message>
        <source>error.interlock.no_such</source>
        <translation>No interlock is called “{interlock}”.</translation>
    </message>
    <message>
        <source>error.interlock.other_configuration</source>
        <translation>The configuration of interlock “{interlock}” is no longer the one you looked at. It stays disarmed: look at it again.</translation>
    </message>
    <message>
        <source>error.interlock.quay_dry.level.unsafe</source>
        <translation>Refused, the bollard does not move. Gauge {equipment} measures {value} m: the water may reach the quay, let no vehicle in.</translation>
    </message>
    <message>
        <source>error.interlock.quay_dry.level.possible</source>
        <translation>Refused, the bollard does not move. The level at gauge {equipment} has not been certain for {age_s} s: the quay may be flooding. Have somebody look on the spot.</translation>
    </message>
    <message>
        <source>error.interlock.quay_dry.level.never</source>
        <translation>Refused, the bollard does not move. Gauge {equipment} was never heard: the quay may be flooding. Have somebody look on the spot.</translation>
    </message>
    <message>
        <source>interlock.quay_dry.title</source>
        <translation>Quay bollard: the river is low</translation>
    </message>
    <message>
        <source>error.interlock.few_open.position.unsafe</source>
        <translation>Refused, the bollard does not move. Enough bollards of this group are open: “{equipment}” is not up. Raise it first.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.position.possible</source>
        <translation>Refused, the bollard does not move. The position of “{equipment}”, of the same group, has not been certain for {age_s} s: it may be down.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.position.never</source>
        <translation>Refused, the bollard does not move. The position of “{equipment}”, of the same group, was never heard: it may be down.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.commanded.unsafe</source>
        <translation>Refused, the bollard does not move. “{equipment}”, of the same group, was told to go down. Raise it first.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.commanded.possible</source>
        <translation>Refused, the bollard does not move. What “{equipment}”, of the same group, was told has not been certain for {age_s} s: it may go down.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.commanded.never</source>
        <translation>Refused, the bollard does not move. What “{equipment}”, of the same group, was told was never heard: it may go down.</translation>
    </message>
    <message>
        <source>error.interlock.moving</source>
        <translation>Refused, nothing moved. “{equipment}”, of the same group, is being commanded. Wait until it is read back.</translation>
    </message>
    <message>
        <source>interlock.few_open.title</source>
        <translation>Bollards of a group: not all open at once</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.loop.unsafe</source>
        <translation>Refused, the bollard does not move. A vehicle is on the loop.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.loop.possible</source>
        <translation>Refused, the bollard does not move. Loop stale for {age_s} s: a vehicle may be on it.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.loop.never</source>
        <translation>Refused, the bollard does not move. The loop was never heard: a vehicle may be on it.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.obstacle.unsafe</source>
        <translation>Refused, the bollard does not move. An obstacle is above it.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.obstacle.possible</source>
        <translation>Refused, the bollard does not move. The obstacle detector has not been certain for {age_s} s: an obstacle is possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.obstacle.never</source>
        <translation>Refused, the bollard does not move. The obstacle detector was never heard: an obstacle is possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.local_key.unsafe</source>
        <translation>Refused, the bollard does not move. The local key is turned: somebody commands it on the spot.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.local_key.possible</source>
        <translation>Refused, the bollard does not move. The state of the local key has not been certain for {age_s} s: somebody may be on the spot.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.local_key.never</source>
        <translation>Refused, the bollard does not move. The state of the local key was never heard: somebody may be on the spot.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.fault.unsafe</source>
        <translation>Refused, the bollard does not move. It says that it is faulty: have it repaired.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.fault.possible</source>
        <translation>Refused, the bollard does not move. Its state has not been certain for {age_s} s: a fault is possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.fault.never</source>
        <translation>Refused, the bollard does not move. Its state was never heard: a fault is possible.</translation>
    </message>
    <message>
        <source>error.interlock.cabinet_closed.door.unsafe</source>
        <translation>Refused, the lamp did not change. Cabinet “{equipment}” is open: somebody may be working in it.</translation>
    </message>
    <message>
        <source>error.interlock.cabinet_closed.door.possible</source>
        <translation>Refused, the lamp did not change. The door of cabinet “{equipment}” has not been certain for {age_s} s: somebody may be working in it.</translation>
    </message>
    <message>
        <source>error.interlock.cabinet_closed.door.never</source>
        <translation>Refused, the lamp did not change. The door of cabinet “{equipment}” was never heard: somebody may be working in it.</translation>
    </message>
    <message>
        <source>interlock.bollard_clear.title</source>
        <translation>Bollard: the way is clear</translation>
    </message>
    <message>
        <source>interlock.cabinet_closed.title</source>
        <translation>Lighting: the cabinet is closed</translation>
    </message>
    <message>
        <source>interlock.reason.first</source>
        <translation>First configuration, armed by the bridge</translation>
    </message>
    <message>
        <source>interlock.reason.new</source>
        <translation>New interlock: to be checked, then armed</translation>
    </message>
    <message>
        <source>interlock.reason.changed</source>
        <translation>Configuration changed: to be checked, then armed again</translation>
    </message>
    <message>
        <source>interlock.reason.removed</source>
        <translation>Interlock taken out of the configuration: what it guarded is commanded without it. Look at it, then arm it to take note</translation>
    </message>
    <message>
        <source>error.command.elsewhere</source>
        <translation>Another bridge on the same store carries out this command already; this one sent nothing. Do not repeat it: look at its result in the log.</translation>
    </message>
</context>
</TS>
