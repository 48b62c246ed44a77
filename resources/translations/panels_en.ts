<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>language.code</source>
        <translation>en</translation>
    </message>
    <message>
        <source>panel.queue.title</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>panel.equipment.title</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>seat.supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>seat.police</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>seat.lighting</source>
        <translation>Street lighting</translation>
    </message>
    <message>
        <source>trade.lighting</source>
        <translation>Street lighting</translation>
    </message>
    <message>
        <source>kind.cabinet</source>
        <translation>Cabinet</translation>
    </message>
    <message>
        <source>kind.cabinet.count.one</source>
        <translation>{count} cabinet</translation>
    </message>
    <message>
        <source>kind.cabinet.count.other</source>
        <translation>{count} cabinets</translation>
    </message>
    <message>
        <source>kind.feeder</source>
        <translation>Feeder</translation>
    </message>
    <message>
        <source>kind.feeder.count.one</source>
        <translation>{count} feeder</translation>
    </message>
    <message>
        <source>kind.feeder.count.other</source>
        <translation>{count} feeders</translation>
    </message>
    <message>
        <source>kind.lamp</source>
        <translation>Lamp</translation>
    </message>
    <message>
        <source>kind.lamp.count.one</source>
        <translation>{count} lamp</translation>
    </message>
    <message>
        <source>kind.lamp.count.other</source>
        <translation>{count} lamps</translation>
    </message>
    <message>
        <source>point.cabinet.door_open</source>
        <translation>Door</translation>
    </message>
    <message>
        <source>point.cabinet.voltage_v</source>
        <translation>Voltage</translation>
    </message>
    <message>
        <source>point.cabinet.power_w</source>
        <translation>Power</translation>
    </message>
    <message>
        <source>point.cabinet.energy_kwh</source>
        <translation>Energy</translation>
    </message>
    <message>
        <source>point.cabinet.link_load</source>
        <translation>Link load</translation>
    </message>
    <message>
        <source>point.cabinet.link_queue_s</source>
        <translation>Link queue age</translation>
    </message>
    <message>
        <source>point.feeder.closed</source>
        <translation>Breaker</translation>
    </message>
    <message>
        <source>point.feeder.current_a</source>
        <translation>Current</translation>
    </message>
    <message>
        <source>point.feeder.tripped</source>
        <translation>Trip</translation>
    </message>
    <message>
        <source>point.lamp.level</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>point.lamp.fault</source>
        <translation>Fault</translation>
    </message>
    <message>
        <source>value.true</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>value.false</source>
        <translation>no</translation>
    </message>
    <message>
        <source>value.cabinet.door_open.true</source>
        <translation>open</translation>
    </message>
    <message>
        <source>value.cabinet.door_open.false</source>
        <translation>closed</translation>
    </message>
    <message>
        <source>value.feeder.closed.true</source>
        <translation>closed</translation>
    </message>
    <message>
        <source>value.feeder.closed.false</source>
        <translation>open</translation>
    </message>
    <message>
        <source>value.lamp.fault.true</source>
        <translation>faulty</translation>
    </message>
    <message>
        <source>value.lamp.fault.false</source>
        <translation>none</translation>
    </message>
    <message>
        <source>headline.stale</source>
        <translation>Last known: {said}</translation>
    </message>
    <message>
        <source>headline.unknown</source>
        <translation>Never heard</translation>
    </message>
    <message>
        <source>headline.unavailable</source>
        <translation>Unavailable</translation>
    </message>
    <message>
        <source>headline.bad</source>
        <translation>Invalid value</translation>
    </message>
    <message>
        <source>headline.cabinet.value</source>
        <translation>Answers</translation>
    </message>
    <message>
        <source>headline.cabinet.unavailable</source>
        <translation>No longer answers</translation>
    </message>
    <message>
        <source>headline.cabinet.unknown</source>
        <translation>Never heard</translation>
    </message>
    <message>
        <source>headline.lamp.low</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>headline.lamp.high</source>
        <translation>On</translation>
    </message>
    <message>
        <source>headline.lamp.value</source>
        <translation>Dimmed {value}</translation>
    </message>
    <message>
        <source>headline.lamp.unavailable</source>
        <translation>Unavailable: neither on nor off</translation>
    </message>
    <message>
        <source>headline.lamp.unknown</source>
        <translation>Never heard</translation>
    </message>
    <message>
        <source>headline.feeder.true</source>
        <translation>Closed, energised</translation>
    </message>
    <message>
        <source>headline.feeder.false</source>
        <translation>Open, de-energised</translation>
    </message>
    <message>
        <source>quality.good</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>quality.stale</source>
        <translation>Stale</translation>
    </message>
    <message>
        <source>quality.bad</source>
        <translation>Bad</translation>
    </message>
    <message>
        <source>quality.unavailable</source>
        <translation>Unavailable</translation>
    </message>
    <message>
        <source>quality.unknown</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>quality.stale.note</source>
        <translation>age {age}, allowed {allowed}</translation>
    </message>
    <message>
        <source>quality.bad.note</source>
        <translation>the equipment says so, or it is impossible</translation>
    </message>
    <message>
        <source>quality.unavailable.note</source>
        <translation>lost at {time}</translation>
    </message>
    <message>
        <source>quality.unknown.note</source>
        <translation>never heard</translation>
    </message>
    <message>
        <source>service.disabled</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>service.maintenance</source>
        <translation>Maintenance</translation>
    </message>
    <message>
        <source>service.disabled.by</source>
        <translation>Disabled by {by} since {since}: {reason}</translation>
    </message>
    <message>
        <source>service.disabled.until</source>
        <translation>Disabled by {by} since {since}, until {until}: {reason}</translation>
    </message>
    <message>
        <source>service.maintenance.by</source>
        <translation>Maintenance by {by} since {since}: {reason}</translation>
    </message>
    <message>
        <source>service.maintenance.until</source>
        <translation>Maintenance until {until}, by {by} since {since}: {reason}</translation>
    </message>
    <message>
        <source>command.accepted</source>
        <translation>accepted, nothing sent yet</translation>
    </message>
    <message>
        <source>log.command.accepted</source>
        <translation>Command {equipment}, {point} = {value}: accepted, nothing sent yet</translation>
    </message>
    <message>
        <source>command.sent</source>
        <translation>sent, not read back yet</translation>
    </message>
    <message>
        <source>log.command.sent</source>
        <translation>Command {equipment}, {point} = {value}: sent, not read back yet</translation>
    </message>
    <message>
        <source>command.confirmed</source>
        <translation>verified, read back equal</translation>
    </message>
    <message>
        <source>log.command.confirmed</source>
        <translation>Command {equipment}, {point} = {value}: verified, read back equal</translation>
    </message>
    <message>
        <source>command.refused</source>
        <translation>refused, nothing was sent</translation>
    </message>
    <message>
        <source>log.command.refused</source>
        <translation>Command {equipment}, {point} = {value}: refused, nothing was sent</translation>
    </message>
    <message>
        <source>command.failed</source>
        <translation>failed, the equipment reads otherwise</translation>
    </message>
    <message>
        <source>log.command.failed</source>
        <translation>Command {equipment}, {point} = {value}: failed, the equipment reads otherwise</translation>
    </message>
    <message>
        <source>command.expired</source>
        <translation>expired, nothing was sent</translation>
    </message>
    <message>
        <source>log.command.expired</source>
        <translation>Command {equipment}, {point} = {value}: expired, nothing was sent</translation>
    </message>
    <message>
        <source>command.unknown</source>
        <translation>fate unknown: verify on the spot</translation>
    </message>
    <message>
        <source>log.command.unknown</source>
        <translation>Command {equipment}, {point} = {value}: fate unknown: verify on the spot</translation>
    </message>
    <message>
        <source>alarm.state.unacknowledged.short</source>
        <translation>UN</translation>
    </message>
    <message>
        <source>alarm.state.acknowledged.short</source>
        <translation>AK</translation>
    </message>
    <message>
        <source>alarm.state.returned.short</source>
        <translation>RT</translation>
    </message>
    <message>
        <source>alarm.children.one</source>
        <translation>{count} item counted below</translation>
    </message>
    <message>
        <source>alarm.children.other</source>
        <translation>{count} items counted below</translation>
    </message>
    <message>
        <source>alarm.occurrences.one</source>
        <translation>{count} time</translation>
    </message>
    <message>
        <source>alarm.occurrences.other</source>
        <translation>{count} times</translation>
    </message>
    <message>
        <source>alarm.returned_at</source>
        <translation>returned at {time}</translation>
    </message>
    <message>
        <source>alarm.ack_by</source>
        <translation>acknowledged by {user} at {time}</translation>
    </message>
    <message>
        <source>alarm.time_to_act</source>
        <translation>Time to act: {time}.</translation>
    </message>
    <message>
        <source>incident.state.new</source>
        <translation>New</translation>
    </message>
    <message>
        <source>incident.state.qualified</source>
        <translation>Qualified</translation>
    </message>
    <message>
        <source>incident.state.dispatched</source>
        <translation>Dispatched</translation>
    </message>
    <message>
        <source>incident.state.resolved</source>
        <translation>Resolved</translation>
    </message>
    <message>
        <source>incident.state.closed</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>queue.count.one</source>
        <translation>{count} incident</translation>
    </message>
    <message>
        <source>queue.count.other</source>
        <translation>{count} incidents</translation>
    </message>
    <message>
        <source>queue.shown</source>
        <translation>{shown} of {total}</translation>
    </message>
    <message>
        <source>queue.hidden.one</source>
        <translation>{count} hidden by the filter</translation>
    </message>
    <message>
        <source>queue.hidden.other</source>
        <translation>{count} hidden by the filter</translation>
    </message>
    <message>
        <source>queue.scope.open</source>
        <translation>All</translation>
    </message>
    <message>
        <source>queue.scope.free</source>
        <translation>To take</translation>
    </message>
    <message>
        <source>queue.scope.mine</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>queue.scope.closed</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>queue.limit</source>
        <translation>of {limit}</translation>
    </message>
    <message>
        <source>queue.owner.me</source>
        <translation>me</translation>
    </message>
    <message>
        <source>queue.owner.nobody</source>
        <translation>nobody</translation>
    </message>
    <message>
        <source>queue.log.one</source>
        <translation>Log · {count} entry</translation>
    </message>
    <message>
        <source>queue.log.other</source>
        <translation>Log · {count} entries</translation>
    </message>
    <message>
        <source>queue.log.loading</source>
        <translation>The log is on its way.</translation>
    </message>
    <message>
        <source>queue.log.hidden.one</source>
        <translation>{count} entry older, or not shown to your rights</translation>
    </message>
    <message>
        <source>queue.log.hidden.other</source>
        <translation>{count} entries older, or not shown to your rights</translation>
    </message>
    <message>
        <source>queue.comment.empty</source>
        <translation>Nothing is written: type the text, then write it to the log.</translation>
    </message>
    <message>
        <source>fact.equipment</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>fact.state</source>
        <translation>State</translation>
    </message>
    <message>
        <source>fact.below</source>
        <translation>Below</translation>
    </message>
    <message>
        <source>fact.trade</source>
        <translation>Trade</translation>
    </message>
    <message>
        <source>fact.assigned</source>
        <translation>Assigned to</translation>
    </message>
    <message>
        <source>fact.sector</source>
        <translation>Sector</translation>
    </message>
    <message>
        <source>action.acknowledge</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>action.take</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>action.assign</source>
        <translation>Assign</translation>
    </message>
    <message>
        <source>action.close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>action.reopen</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>action.show</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>action.reason.not_on_map</source>
        <translation>The equipment is not in the catalogue your rights show.</translation>
    </message>
    <message>
        <source>action.reason.under_way</source>
        <translation>Already asked: the bridge’s answer is on its way.</translation>
    </message>
    <message>
        <source>action.reason.nothing_to_acknowledge</source>
        <translation>Nothing to acknowledge: every alarm of the incident is.</translation>
    </message>
    <message>
        <source>action.reason.already_yours</source>
        <translation>The incident is yours already.</translation>
    </message>
    <message>
        <source>action.reason.owned</source>
        <translation>The incident belongs to {owner}: ask them, or leave it to them.</translation>
    </message>
    <message>
        <source>action.reason.alarm_active</source>
        <translation>An alarm of the incident is still active: it can be closed once that has returned.</translation>
    </message>
    <message>
        <source>action.reason.no_right</source>
        <translation>Your rights do not cover this equipment. Ask the supervisor.</translation>
    </message>
    <message>
        <source>action.reason.not_live</source>
        <translation>The bridge is not live: nothing is sent. Wait for the link to return.</translation>
    </message>
    <message>
        <source>action.reason.storage</source>
        <translation>The bridge cannot write to its disk: nothing new is recorded. Call IT on duty.</translation>
    </message>
    <message>
        <source>action.reason.database</source>
        <translation>The bridge’s database cannot be reached: nothing new is recorded. Call IT on duty.</translation>
    </message>
    <message>
        <source>log.incident.opened</source>
        <translation>Incident opened</translation>
    </message>
    <message>
        <source>log.incident.alarm_joined</source>
        <translation>An alarm joined the incident</translation>
    </message>
    <message>
        <source>log.incident.alarm_returned</source>
        <translation>An alarm of the incident returned</translation>
    </message>
    <message>
        <source>log.incident.taken</source>
        <translation>Taken</translation>
    </message>
    <message>
        <source>log.incident.assigned</source>
        <translation>Assigned to {assigned_to}</translation>
    </message>
    <message>
        <source>log.incident.commented</source>
        <translation>Comment</translation>
    </message>
    <message>
        <source>log.incident.closed</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>log.incident.reopened</source>
        <translation>Reopened</translation>
    </message>
    <message>
        <source>log.alarm.raised</source>
        <translation>{equipment}: {title}</translation>
    </message>
    <message>
        <source>log.alarm.raised_again</source>
        <translation>{equipment}: again, {title}</translation>
    </message>
    <message>
        <source>log.alarm.escalated</source>
        <translation>{equipment}: escalated, {title}</translation>
    </message>
    <message>
        <source>log.alarm.children_counted</source>
        <translation>{equipment}: {count} items counted below</translation>
    </message>
    <message>
        <source>log.alarm.acknowledged</source>
        <translation>{equipment}: alarm acknowledged</translation>
    </message>
    <message>
        <source>log.alarm.returned</source>
        <translation>{equipment}: alarm returned to normal</translation>
    </message>
    <message>
        <source>log.alarm.cleared</source>
        <translation>{equipment}: alarm over</translation>
    </message>
    <message>
        <source>log.service.in_service</source>
        <translation>{equipment}: back in service</translation>
    </message>
    <message>
        <source>log.service.disabled</source>
        <translation>{equipment}: disabled, {reason}</translation>
    </message>
    <message>
        <source>log.service.maintenance</source>
        <translation>{equipment}: maintenance, {reason}</translation>
    </message>
    <message>
        <source>log.author.bridge</source>
        <translation>bridge</translation>
    </message>
    <message>
        <source>equipment.count.one</source>
        <translation>{count} item</translation>
    </message>
    <message>
        <source>equipment.count.other</source>
        <translation>{count} items</translation>
    </message>
    <message>
        <source>equipment.shown</source>
        <translation>{shown} of {total}</translation>
    </message>
    <message>
        <source>equipment.hidden.one</source>
        <translation>{count} hidden by the search</translation>
    </message>
    <message>
        <source>equipment.hidden.other</source>
        <translation>{count} hidden by the search</translation>
    </message>
    <message>
        <source>trend.loading</source>
        <translation>The history is on its way.</translation>
    </message>
    <message>
        <source>trend.empty</source>
        <translation>Nothing recorded in this quarter of an hour: the value did not change, or the history begins later.</translation>
    </message>
    <message>
        <source>diagnostics.loading</source>
        <translation>The link’s diagnostics are on their way.</translation>
    </message>
    <message>
        <source>diagnostics.as_of</source>
        <translation>as of {time}</translation>
    </message>
    <message>
        <source>link.live</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>link.live.sentence</source>
        <translation>Live with {bridge}.</translation>
    </message>
    <message>
        <source>link.behind</source>
        <translation>Behind</translation>
    </message>
    <message>
        <source>link.behind.sentence</source>
        <translation>{bridge} answers, but the screen is behind: everything counts as stale until it has caught up.</translation>
    </message>
    <message>
        <source>link.loading</source>
        <translation>Loading</translation>
    </message>
    <message>
        <source>link.loading.sentence</source>
        <translation>The first picture is on its way from {bridge}.</translation>
    </message>
    <message>
        <source>link.lost</source>
        <translation>Bridge lost</translation>
    </message>
    <message>
        <source>link.lost.sentence</source>
        <translation>Nothing from the bridge {bridge} for {age}. Everything counts as stale, no command goes out. The console retries by itself.</translation>
    </message>
    <message>
        <source>link.signed_out</source>
        <translation>Signed out</translation>
    </message>
    <message>
        <source>link.signed_out.sentence</source>
        <translation>Connected to {bridge}; nobody is signed in here.</translation>
    </message>
    <message>
        <source>link.refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>link.refused.sentence</source>
        <translation>The bridge {bridge} refuses this console.</translation>
    </message>
    <message>
        <source>link.connecting</source>
        <translation>Connecting</translation>
    </message>
    <message>
        <source>link.connecting.sentence</source>
        <translation>The console is looking for the bridge {bridge}.</translation>
    </message>
    <message>
        <source>link.unreachable</source>
        <translation>Nobody listens at {address}: bridge stopped, or network cut. Call IT on duty if it lasts.</translation>
    </message>
    <message>
        <source>link.cut</source>
        <translation>The connection to {address} is cut. The console reconnects by itself.</translation>
    </message>
    <message>
        <source>link.silent</source>
        <translation>The bridge at {address} no longer answers, connection open. The console starts over.</translation>
    </message>
    <message>
        <source>link.handshake_failed</source>
        <translation>The connection to {address} was closed while keys were exchanged: the bridge’s key changed, or it is no bridge. Have bridge.key checked.</translation>
    </message>
    <message>
        <source>link.key_refused</source>
        <translation>The bridge at {address} does not know this console’s key, or it was revoked. Have it enrolled with “beffroi keys enroll”.</translation>
    </message>
    <message>
        <source>link.not_a_bridge</source>
        <translation>What answers at {address} is no Beffroi bridge. Check the address in console.toml.</translation>
    </message>
    <message>
        <source>link.out_of_step</source>
        <translation>The bridge at {address} answered something other than what follows. The console begins again with a new connection.</translation>
    </message>
    <message>
        <source>link.version_refused</source>
        <translation>This bridge speaks protocol version {bridge}, this console {console}: update one of them.</translation>
    </message>
    <message>
        <source>strip.behind.points.one</source>
        <translation>{count} value behind</translation>
    </message>
    <message>
        <source>strip.behind.points.other</source>
        <translation>{count} values behind</translation>
    </message>
    <message>
        <source>strip.behind.entries.one</source>
        <translation>{count} entry behind</translation>
    </message>
    <message>
        <source>strip.behind.entries.other</source>
        <translation>{count} entries behind</translation>
    </message>
    <message>
        <source>strip.stale.one</source>
        <translation>{count} stale</translation>
    </message>
    <message>
        <source>strip.stale.other</source>
        <translation>{count} stale</translation>
    </message>
    <message>
        <source>strip.unavailable.one</source>
        <translation>{count} unavailable</translation>
    </message>
    <message>
        <source>strip.unavailable.other</source>
        <translation>{count} unavailable</translation>
    </message>
    <message>
        <source>strip.waiting</source>
        <translation>{count} UN</translation>
    </message>
    <message>
        <source>strip.skew.behind</source>
        <translation>This machine is {duration} slow</translation>
    </message>
    <message>
        <source>strip.skew.ahead</source>
        <translation>This machine is {duration} fast</translation>
    </message>
    <message>
        <source>strip.mode.visitors</source>
        <translation>VISITOR MODE</translation>
    </message>
    <message>
        <source>strip.mode.demonstration</source>
        <translation>DEMONSTRATION TERRITORY</translation>
    </message>
    <message>
        <source>strip.mode.storage</source>
        <translation>DISK FULL · NOTHING IS RECORDED</translation>
    </message>
    <message>
        <source>strip.mode.database</source>
        <translation>DATABASE UNREACHABLE · NOTHING IS RECORDED</translation>
    </message>
    <message>
        <source>strip.mode.disk</source>
        <translation>THE DISK DOES NOT ANSWER · NOTHING IS RECORDED</translation>
    </message>
    <message>
        <source>error.link.down</source>
        <translation>No link to the bridge, or nobody signed in: nothing was sent and nothing will be later. Do it again when the link is back.</translation>
    </message>
    <message>
        <source>error.link.timed_out</source>
        <translation>The bridge did not answer in time. Look at the state before doing it again.</translation>
    </message>
    <message>
        <source>error.link.lost_meanwhile</source>
        <translation>The link broke before the answer. Look at the state before doing it again.</translation>
    </message>
    <message>
        <source>error.link.superseded</source>
        <translation>Replaced by another sign-in or a sign-out at this seat.</translation>
    </message>
    <message>
        <source>error.link.wrong_answer</source>
        <translation>The bridge answered something other than what was asked: a defect of ours. Report it with the time.</translation>
    </message>
    <message>
        <source>error.command.fate_unknown</source>
        <translation>Fate unknown: the command may have been sent. Verify on the spot or by camera; it is never sent again.</translation>
    </message>
    <message>
        <source>strip.load.label</source>
        <translation>Load</translation>
    </message>
    <message>
        <source>strip.load</source>
        <translation>{count} / 10 min</translation>
    </message>
    <message>
        <source>strip.load.tooltip</source>
        <translation>Alarms that appeared within ten minutes: {count}. Target {target}, limit {limit}: above it, one person no longer follows.</translation>
    </message>
    <message>
        <source>strip.load.partial</source>
        <translation>Counted whole since {since}; from before, only those still listed.</translation>
    </message>
    <message>
        <source>queue.log.title</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>queue.children.one</source>
        <translation>{count} below</translation>
    </message>
    <message>
        <source>queue.children.other</source>
        <translation>{count} below</translation>
    </message>
    <message>
        <source>quality.good.count.one</source>
        <translation>{count} good</translation>
    </message>
    <message>
        <source>quality.good.count.other</source>
        <translation>{count} good</translation>
    </message>
    <message>
        <source>quality.stale.count.one</source>
        <translation>{count} stale</translation>
    </message>
    <message>
        <source>quality.stale.count.other</source>
        <translation>{count} stale</translation>
    </message>
    <message>
        <source>quality.bad.count.one</source>
        <translation>{count} bad</translation>
    </message>
    <message>
        <source>quality.bad.count.other</source>
        <translation>{count} bad</translation>
    </message>
    <message>
        <source>quality.unavailable.count.one</source>
        <translation>{count} unavailable</translation>
    </message>
    <message>
        <source>quality.unavailable.count.other</source>
        <translation>{count} unavailable</translation>
    </message>
    <message>
        <source>quality.unknown.count.one</source>
        <translation>{count} unknown</translation>
    </message>
    <message>
        <source>quality.unknown.count.other</source>
        <translation>{count} unknown</translation>
    </message>
    <message>
        <source>trend.no_value</source>
        <translation>No sure value for {span}: {word} since {time}. The curve comes with the first answer.</translation>
    </message>
    <message>
        <source>trend.no_value.never</source>
        <translation>No sure value for {span}. The curve comes with the first answer.</translation>
    </message>
    <message>
        <source>strip.bad.one</source>
        <translation>{count} bad</translation>
    </message>
    <message>
        <source>strip.bad.other</source>
        <translation>{count} bad</translation>
    </message>
    <message>
        <source>strip.unknown.one</source>
        <translation>{count} unknown</translation>
    </message>
    <message>
        <source>strip.unknown.other</source>
        <translation>{count} unknown</translation>
    </message>
    <message>
        <source>foot.aged.one</source>
        <translation>F6: {count} too old, outlined</translation>
    </message>
    <message>
        <source>foot.aged.other</source>
        <translation>F6: {count} too old, outlined</translation>
    </message>
</context>
</TS>
