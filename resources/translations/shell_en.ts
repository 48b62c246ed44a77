<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>ui.act.text</source>
        <translation>{action}: say more</translation>
    </message>
    <message>
        <source>ui.alarm.action</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>ui.alarm.cause</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>ui.alarm.consequence</source>
        <translation>Consequence</translation>
    </message>
    <message>
        <source>ui.alarm.history</source>
        <translation>History</translation>
    </message>
    <message>
        <source>ui.alarm.severity.1</source>
        <translation>Urgent</translation>
    </message>
    <message>
        <source>ui.alarm.severity.2</source>
        <translation>High</translation>
    </message>
    <message>
        <source>ui.alarm.severity.3</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>ui.alarm.severity.4</source>
        <translation>Low</translation>
    </message>
    <message>
        <source>ui.command.chain.letters</source>
        <translation>CARV</translation>
    </message>
    <message>
        <source>ui.diagnostics.again</source>
        <translation>Read the frames again</translation>
    </message>
    <message>
        <source>ui.diagnostics.failed</source>
        <translation>The bridge could not give the frames. Try again.</translation>
    </message>
    <message>
        <source>ui.diagnostics.frames</source>
        <translation>Last frames exchanged</translation>
    </message>
    <message>
        <source>ui.diagnostics.hide</source>
        <translation>Put away</translation>
    </message>
    <message>
        <source>ui.diagnostics.loading</source>
        <translation>Asking the bridge.</translation>
    </message>
    <message>
        <source>ui.diagnostics.show</source>
        <translation>Frames of the link</translation>
    </message>
    <message>
        <source>ui.equipment.detail</source>
        <translation>Chosen equipment</translation>
    </message>
    <message>
        <source>ui.equipment.empty</source>
        <translation>No equipment</translation>
    </message>
    <message>
        <source>ui.equipment.empty.body</source>
        <translation>The bridge gave no equipment: its territory is empty, or this account may see none of it. Look at both with the administrator.</translation>
    </message>
    <message>
        <source>ui.equipment.filter</source>
        <translation>Filter: number, name, street, commune</translation>
    </message>
    <message>
        <source>ui.equipment.list</source>
        <translation>Equipment</translation>
    </message>
    <message>
        <source>ui.equipment.no_match</source>
        <translation>Nothing answers the filter “{words}”</translation>
    </message>
    <message>
        <source>ui.equipment.no_match.body</source>
        <translation>There is equipment, none of it holds all these words. Drop the filter to see it again.</translation>
    </message>
    <message>
        <source>ui.equipment.none_chosen</source>
        <translation>No equipment chosen</translation>
    </message>
    <message>
        <source>ui.equipment.none_chosen.body</source>
        <translation>Choose one in the list or on the map: its state, quality, age and trend show here.</translation>
    </message>
    <message>
        <source>ui.filter.drop</source>
        <translation>Drop the filter</translation>
    </message>
    <message>
        <source>ui.foot.name</source>
        <translation>Foot: highest alarm, notices, keys</translation>
    </message>
    <message>
        <source>ui.foot.no_alarm</source>
        <translation>No alarm to acknowledge</translation>
    </message>
    <message>
        <source>ui.foot.notices</source>
        <translation>Notices to read: {count}</translation>
    </message>
    <message>
        <source>ui.help.body</source>
        <translation>Letters act only outside a text field. Esc gives the keyboard back and erases nothing.</translation>
    </message>
    <message>
        <source>ui.help.title</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>ui.incident.alarms</source>
        <translation>Alarms</translation>
    </message>
    <message>
        <source>ui.incident.comment.draft_kept</source>
        <translation>draft kept</translation>
    </message>
    <message>
        <source>ui.incident.comment.placeholder</source>
        <translation>Write in the log</translation>
    </message>
    <message>
        <source>ui.incident.comment.write</source>
        <translation>Write</translation>
    </message>
    <message>
        <source>ui.incident.facts</source>
        <translation>Facts and alarms</translation>
    </message>
    <message>
        <source>ui.incident.log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>ui.incident.owner</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>ui.incident.since</source>
        <translation>Since {time}</translation>
    </message>
    <message>
        <source>ui.key.act</source>
        <translation>Act, write</translation>
    </message>
    <message>
        <source>ui.key.ctrl_enter</source>
        <translation>Ctrl Enter</translation>
    </message>
    <message>
        <source>ui.key.enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>ui.key.escape</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>ui.key.escape.label</source>
        <translation>Give the keyboard back, erase nothing</translation>
    </message>
    <message>
        <source>ui.key.f1</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>ui.key.f2</source>
        <translation>Acknowledge</translation>
    </message>
    <message>
        <source>ui.key.f3</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>ui.key.f4</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>ui.key.f5</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>ui.key.f11</source>
        <translation>Visitors</translation>
    </message>
    <message>
        <source>ui.key.f6</source>
        <translation>Stale values</translation>
    </message>
    <message>
        <source>ui.key.f7</source>
        <translation>Assign</translation>
    </message>
    <message>
        <source>ui.key.f9</source>
        <translation>Resolved, close</translation>
    </message>
    <message>
        <source>ui.key.shift</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>ui.key.sign_out</source>
        <translation>Leave the seat</translation>
    </message>
    <message>
        <source>ui.key.slash</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>ui.kiosk.left</source>
        <translation>Wall left by hand: it will not open by itself again until somebody signs in here, or it is restarted.</translation>
    </message>
    <message>
        <source>ui.kiosk.password_file</source>
        <translation>The wall cannot open by itself: its password file {path} cannot be used. It tries again in a minute; tell the administrator.</translation>
    </message>
    <message>
        <source>ui.kiosk.refused</source>
        <translation>The wall could not open by itself. {reason} It tries again in {seconds} s.</translation>
    </message>
    <message>
        <source>ui.kiosk.waiting</source>
        <translation>Wall: it opens by itself as soon as the bridge answers.</translation>
    </message>
    <message>
        <source>ui.list.above</source>
        <translation>{count} above</translation>
    </message>
    <message>
        <source>ui.log.said</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>ui.notice.none</source>
        <translation>No notice since this seat was opened.</translation>
    </message>
    <message>
        <source>ui.notice.title</source>
        <translation>Notices</translation>
    </message>
    <message>
        <source>ui.number.decimal_sign</source>
        <translation>.</translation>
    </message>
    <message>
        <source>ui.panel.absent</source>
        <translation>The panel “{panel}” is not installed</translation>
    </message>
    <message>
        <source>ui.panel.failed</source>
        <translation>The panel “{panel}” has stopped</translation>
    </message>
    <message>
        <source>ui.panel.failed.body</source>
        <translation>The other panels and the alarms go on. Start this panel again; if it stops once more, hand the line below to support.</translation>
    </message>
    <message>
        <source>ui.panel.failed.retry</source>
        <translation>Start the panel again</translation>
    </message>
    <message>
        <source>ui.panel.never_heard</source>
        <translation>never heard</translation>
    </message>
    <message>
        <source>ui.panel.not_found</source>
        <translation>The panel “{panel}” could not be loaded; the others work. See the console’s log.</translation>
    </message>
    <message>
        <source>ui.panel.not_live</source>
        <translation>Nothing since {time}</translation>
    </message>
    <message>
        <source>ui.panel.not_live.first</source>
        <translation>Waiting for the first whole picture from the bridge.</translation>
    </message>
    <message>
        <source>ui.panel.not_live.line</source>
        <translation>{link} · last sign {age} ago · trying again</translation>
    </message>
    <message>
        <source>ui.panel.not_live.never</source>
        <translation>Nothing received yet</translation>
    </message>
    <message>
        <source>ui.panel.task_failed</source>
        <translation>A request of this panel failed for an internal cause. Nothing else is affected; try again, and tell support if it comes back.</translation>
    </message>
    <message>
        <source>ui.point.good</source>
        <translation>since {since} · allowed age {allowed}</translation>
    </message>
    <message>
        <source>ui.quality.good</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>ui.queue.empty</source>
        <translation>No open incident</translation>
    </message>
    <message>
        <source>ui.queue.empty.body</source>
        <translation>The queue is up to date: all that the bridge knows and this seat may see is closed. An alarm will open one here.</translation>
    </message>
    <message>
        <source>ui.queue.filter</source>
        <translation>Filter: text, type, commune, number</translation>
    </message>
    <message>
        <source>ui.queue.list</source>
        <translation>Queue of incidents</translation>
    </message>
    <message>
        <source>ui.queue.no_match</source>
        <translation>Nothing answers the filter “{words}”</translation>
    </message>
    <message>
        <source>ui.queue.no_match.body</source>
        <translation>There are incidents elsewhere. Empty here means: none with these words, not hidden by a failure.</translation>
    </message>
    <message>
        <source>ui.queue.none_chosen</source>
        <translation>No incident chosen</translation>
    </message>
    <message>
        <source>ui.queue.none_chosen.body</source>
        <translation>Choose one in the queue with the arrows: facts, alarms and log show here.</translation>
    </message>
    <message>
        <source>ui.service.disabled</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>ui.service.in_service</source>
        <translation>In service</translation>
    </message>
    <message>
        <source>ui.service.maintenance</source>
        <translation>Maintenance</translation>
    </message>
    <message>
        <source>ui.shell.acknowledged</source>
        <translation>{code}: alarm acknowledged.</translation>
    </message>
    <message>
        <source>ui.shell.close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>ui.shell.key_nothing</source>
        <translation>{key}: nothing to do here for this key. Choose an incident in the queue first.</translation>
    </message>
    <message>
        <source>ui.shell.no_alarm_to_go_to</source>
        <translation>No unacknowledged alarm to go to.</translation>
    </message>
    <message>
        <source>ui.shell.nothing_to_acknowledge</source>
        <translation>No alarm to acknowledge.</translation>
    </message>
    <message>
        <source>ui.shell.sign_out_by_bridge</source>
        <translation>The bridge ended this session. Sign in again to go on.</translation>
    </message>
    <message>
        <source>ui.shell.splitter</source>
        <translation>Divider between panels</translation>
    </message>
    <message>
        <source>ui.shell.uncaught</source>
        <translation>An internal defect was caught. The screen goes on; tell support with the time.</translation>
    </message>
    <message>
        <source>ui.signin.again</source>
        <translation>Once more</translation>
    </message>
    <message>
        <source>ui.signin.again.differs</source>
        <translation>The two new passwords differ. Nothing was sent. Type the second one again.</translation>
    </message>
    <message>
        <source>ui.signin.asking</source>
        <translation>Asking the bridge…</translation>
    </message>
    <message>
        <source>ui.signin.caps_lock</source>
        <translation>Caps Lock is on.</translation>
    </message>
    <message>
        <source>ui.signin.enter</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>ui.signin.link.connecting</source>
        <translation>No bridge yet</translation>
    </message>
    <message>
        <source>ui.signin.link.connecting.detail</source>
        <translation>trying again</translation>
    </message>
    <message>
        <source>ui.signin.link.ready</source>
        <translation>Bridge reached</translation>
    </message>
    <message>
        <source>ui.signin.link.refused</source>
        <translation>Bridge refuses</translation>
    </message>
    <message>
        <source>ui.signin.missing</source>
        <translation>The account or the password is missing. Nothing was sent.</translation>
    </message>
    <message>
        <source>ui.signin.new_password</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>ui.signin.new_password.missing</source>
        <translation>The new password is missing. Nothing was sent.</translation>
    </message>
    <message>
        <source>ui.signin.new_password.rules</source>
        <translation>12 to 256 characters: a few ordinary words that have nothing to do with each other are fine. The old password, your name hardly changed and well-known sequences are refused.</translation>
    </message>
    <message>
        <source>ui.signin.new_password.title</source>
        <translation>Choose your password</translation>
    </message>
    <message>
        <source>ui.signin.password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>ui.signin.seat</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>ui.signin.title</source>
        <translation>Open a seat</translation>
    </message>
    <message>
        <source>ui.signin.user</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>ui.strip.alarms</source>
        <translation>{severity}: {count}, {waiting} unacknowledged</translation>
    </message>
    <message>
        <source>ui.strip.name</source>
        <translation>Status: link, alarms, quality, seat, time</translation>
    </message>
    <message>
        <source>ui.trend.choose</source>
        <translation>Choose a point above to see its trend.</translation>
    </message>
    <message>
        <source>ui.trend.empty</source>
        <translation>No value kept over this time: the point has not answered since.</translation>
    </message>
    <message>
        <source>ui.trend.failed</source>
        <translation>The bridge could not give the history. Choose the point again to retry.</translation>
    </message>
    <message>
        <source>ui.trend.gaps</source>
        <translation>no line: not sure</translation>
    </message>
    <message>
        <source>ui.trend.loading</source>
        <translation>History asked of the bridge.</translation>
    </message>
    <message>
        <source>ui.trend.no_value.body</source>
        <translation>No sure value in this time: there is nothing to draw.</translation>
    </message>
    <message>
        <source>ui.trend.summary</source>
        <translation>from {low} to {high}</translation>
    </message>
    <message>
        <source>ui.trend.title</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>ui.incident.no_alarm</source>
        <translation>No alarm standing</translation>
    </message>
    <message>
        <source>ui.foot.aged.none</source>
        <translation>F6: nothing too old</translation>
    </message>
    <message>
        <source>ui.shell.alarm_chosen_elsewhere</source>
        <translation>{code} is chosen; this seat has neither queue nor equipment panel to show it.</translation>
    </message>
    <message>
        <source>ui.shell.no_queue_here</source>
        <translation>This seat has no incident queue: F4 leads nowhere here.</translation>
    </message>
    <message>
        <source>ui.shell.no_panel</source>
        <translation>No panel {number} in this window: it has {count}.</translation>
    </message>
    <message>
        <source>ui.shell.no_filter</source>
        <translation>No panel of this seat has a filter.</translation>
    </message>
</context>
</TS>
