<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>panel.wall.title</source>
        <translation>Wall</translation>
    </message>
    <message>
        <source>wall.unnamed</source>
        <translation>Unnamed</translation>
    </message>
    <message>
        <source>wall.altered</source>
        <translation>{name}, changed here</translation>
    </message>
    <message>
        <source>wall.followed</source>
        <translation>Composition “{name}” changed by {user}: the wall follows.</translation>
    </message>
    <message>
        <source>wall.act.visitors</source>
        <translation>Visitor mode</translation>
    </message>
    <message>
        <source>wall.act.visitors.end</source>
        <translation>End visitor mode</translation>
    </message>
    <message>
        <source>wall.word.masked</source>
        <translation>MASKED</translation>
    </message>
    <message>
        <source>wall.cause.masked</source>
        <translation>visitors here, camera not published</translation>
    </message>
    <message>
        <source>wall.visitors.began</source>
        <translation>Visitor mode: only published cameras stay on the wall. F11 ends it.</translation>
    </message>
    <message>
        <source>wall.visitors.ended</source>
        <translation>Visitor mode ended: the wall is back.</translation>
    </message>
    <message>
        <source>wall.borrowed</source>
        <translation>{name} + incident, back when it closes</translation>
    </message>
    <message>
        <source>wall.cameras.one</source>
        <translation>{count} camera</translation>
    </message>
    <message>
        <source>wall.cameras.other</source>
        <translation>{count} cameras</translation>
    </message>
    <message>
        <source>wall.unsure.one</source>
        <translation>{count} without a sure picture</translation>
    </message>
    <message>
        <source>wall.unsure.other</source>
        <translation>{count} without a sure picture</translation>
    </message>
    <message>
        <source>wall.tour.left</source>
        <translation>tour, next in {left}</translation>
    </message>
    <message>
        <source>wall.call.none</source>
        <translation>no camera of that number</translation>
    </message>
    <message>
        <source>wall.unknown_number</source>
        <translation>There is no camera {number} here. Numbers are on the map and in the equipment tree.</translation>
    </message>
    <message>
        <source>wall.no_incident</source>
        <translation>No incident is chosen. Choose one in the queue or on the map.</translation>
    </message>
    <message>
        <source>wall.no_selection</source>
        <translation>Nothing is chosen elsewhere. Choose on the map or in the tree, then S.</translation>
    </message>
    <message>
        <source>wall.no_compositions</source>
        <translation>No composition is saved. Arrange the wall, then E.</translation>
    </message>
    <message>
        <source>wall.no_camera_here</source>
        <translation>No camera in this tile. Type a number, then Enter.</translation>
    </message>
    <message>
        <source>wall.none_near</source>
        <translation>No camera within 300 m. Once more: search within 1 km.</translation>
    </message>
    <message>
        <source>wall.none_wider</source>
        <translation>No camera within 1 km of this incident.</translation>
    </message>
    <message>
        <source>wall.why.sees</source>
        <translation>{metres} m, facing</translation>
    </message>
    <message>
        <source>wall.why.near</source>
        <translation>{metres} m</translation>
    </message>
    <message>
        <source>wall.name</source>
        <translation>Name of the composition</translation>
    </message>
    <message>
        <source>wall.name_missing</source>
        <translation>Give the composition a name, then Enter. Nothing was saved.</translation>
    </message>
    <message>
        <source>wall.saved</source>
        <translation>Composition “{name}” saved for the whole room.</translation>
    </message>
    <message>
        <source>wall.key.delete</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>wall.key.enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>wall.act.grid</source>
        <translation>Grid of {count}</translation>
    </message>
    <message>
        <source>wall.act.incident</source>
        <translation>Cameras of the incident</translation>
    </message>
    <message>
        <source>wall.act.selection</source>
        <translation>Place those chosen</translation>
    </message>
    <message>
        <source>wall.act.next</source>
        <translation>Next composition</translation>
    </message>
    <message>
        <source>wall.act.tour</source>
        <translation>Start the tour</translation>
    </message>
    <message>
        <source>wall.act.tour.stop</source>
        <translation>Stop the tour</translation>
    </message>
    <message>
        <source>wall.act.dwell</source>
        <translation>Dwell of {seconds} s</translation>
    </message>
    <message>
        <source>wall.act.save</source>
        <translation>Save…</translation>
    </message>
    <message>
        <source>wall.act.empty</source>
        <translation>Empty the tile</translation>
    </message>
    <message>
        <source>wall.act.full</source>
        <translation>Whole panel</translation>
    </message>
    <message>
        <source>wall.act.full.end</source>
        <translation>All tiles</translation>
    </message>
    <message>
        <source>wall.empty</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>wall.empty.chosen</source>
        <translation>Free: number, then Enter</translation>
    </message>
    <message>
        <source>wall.said.live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>wall.said.empty</source>
        <translation>Free tile</translation>
    </message>
    <message>
        <source>wall.word.connecting</source>
        <translation>CONNECTING</translation>
    </message>
    <message>
        <source>wall.word.late</source>
        <translation>LATE {age}</translation>
    </message>
    <message>
        <source>wall.word.frozen</source>
        <translation>FROZEN {age}</translation>
    </message>
    <message>
        <source>wall.word.black</source>
        <translation>DARK {time}</translation>
    </message>
    <message>
        <source>wall.word.lost</source>
        <translation>LOST {time}</translation>
    </message>
    <message>
        <source>wall.word.disabled</source>
        <translation>OUT OF SERVICE</translation>
    </message>
    <message>
        <source>wall.word.maintenance</source>
        <translation>MAINTENANCE</translation>
    </message>
    <message>
        <source>wall.word.forbidden</source>
        <translation>FORBIDDEN HERE</translation>
    </message>
    <message>
        <source>wall.word.refused</source>
        <translation>NOT GRANTED</translation>
    </message>
    <message>
        <source>wall.word.gone</source>
        <translation>UNKNOWN HERE</translation>
    </message>
    <message>
        <source>wall.cause.frozen</source>
        <translation>link good, same picture</translation>
    </message>
    <message>
        <source>wall.cause.black</source>
        <translation>link good, nothing in the picture</translation>
    </message>
    <message>
        <source>wall.cause.forbidden</source>
        <translation>your account does not see cameras</translation>
    </message>
    <message>
        <source>wall.cause.gone</source>
        <translation>this camera left the territory</translation>
    </message>
    <message>
        <source>wall.cause.reserved</source>
        <translation>reserved: {seats}</translation>
    </message>
    <message>
        <source>wall.cause.disabled</source>
        <translation>{by}: {reason}</translation>
    </message>
    <message>
        <source>wall.cause.maintenance</source>
        <translation>{by}: {reason}</translation>
    </message>
    <message>
        <source>wall.cause.above</source>
        <translation>with {equipment}, by {by}: {reason}</translation>
    </message>
    <message>
        <source>wall.cause.until</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>wall.cause.tries</source>
        <translation>try {count}</translation>
    </message>
    <message>
        <source>wall.cause.refused</source>
        <translation>no answer</translation>
    </message>
    <message>
        <source>wall.cause.unreadable</source>
        <translation>unreadable pictures</translation>
    </message>
    <message>
        <source>wall.cause.ended</source>
        <translation>stream ended</translation>
    </message>
    <message>
        <source>wall.cause.worker</source>
        <translation>decoding restarts</translation>
    </message>
    <message>
        <source>wall.cause.error.link.down</source>
        <translation>the bridge is silent, the picture is withdrawn</translation>
    </message>
    <message>
        <source>wall.cause.error.stream.none</source>
        <translation>no pictures yet</translation>
    </message>
    <message>
        <source>demo.wall.nine_live</source>
        <translation>Nine cameras called by their number, nine live pictures</translation>
    </message>
    <message>
        <source>demo.wall.not_to_be_believed</source>
        <translation>One picture frozen, one dark, one lost, one forbidden: each says so</translation>
    </message>
    <message>
        <source>demo.wall.worker_killed</source>
        <translation>A decoding process killed, its pictures come back</translation>
    </message>
    <message>
        <source>demo.wall.worker_stopped</source>
        <translation>A decoding process stopped, its pictures come back</translation>
    </message>
    <message>
        <source>demo.wall.one_alone</source>
        <translation>One picture alone, larger</translation>
    </message>
    <message>
        <source>demo.wall.fact.sources</source>
        <translation>{mjpeg} MJPEG pictures, {rtsp} in H.264 by RTSP</translation>
    </message>
    <message>
        <source>error.stream.reserved</source>
        <translation>This camera is reserved to other seats ({seats}). Its picture is not shown here.</translation>
    </message>
    <message>
        <source>error.stream.disabled</source>
        <translation>{equipment} is out of service ({by}: {reason}). The picture is not opened.</translation>
    </message>
    <message>
        <source>error.stream.maintenance</source>
        <translation>{equipment} is in maintenance ({by}: {reason}). The picture is not opened.</translation>
    </message>
    <message>
        <source>error.stream.none</source>
        <translation>Camera {equipment} has no pictures yet. See the administrator.</translation>
    </message>
    <message>
        <source>error.stream.expired</source>
        <translation>Leave to watch this picture has ended. The console asks for another one.</translation>
    </message>
    <message>
        <source>error.stream.too_many</source>
        <translation>You already watch {most} cameras. Close one.</translation>
    </message>
    <message>
        <source>panel.wall_2.title</source>
        <translation>Wall 2</translation>
    </message>
    <message>
        <source>panel.wall_3.title</source>
        <translation>Wall 3</translation>
    </message>
    <message>
        <source>wall.deleted</source>
        <translation>Composition “{name}” deleted. R brings it back, for a day.</translation>
    </message>
    <message>
        <source>wall.restored</source>
        <translation>Composition “{name}” brought back.</translation>
    </message>
    <message>
        <source>wall.name_taken</source>
        <translation>“{name}” exists already (by {user}). Enter again to replace it.</translation>
    </message>
    <message>
        <source>wall.may_not_save</source>
        <translation>Saving for the room takes the right to manage cameras.</translation>
    </message>
    <message>
        <source>wall.waiting</source>
        <translation>The bridge has not answered yet.</translation>
    </message>
    <message>
        <source>wall.none_toured</source>
        <translation>No composition is in the tour. Show one, then D gives it a dwell.</translation>
    </message>
    <message>
        <source>wall.none_shown</source>
        <translation>No composition is shown. C shows one.</translation>
    </message>
    <message>
        <source>wall.none_to_show</source>
        <translation>No camera within 300 m of this equipment.</translation>
    </message>
    <message>
        <source>wall.nothing_proposed</source>
        <translation>No free tile, or no camera to propose.</translation>
    </message>
    <message>
        <source>wall.called</source>
        <translation>{title}: cameras {numbers} called to the wall.</translation>
    </message>
    <message>
        <source>wall.proposed.number</source>
        <translation>lowest number</translation>
    </message>
    <message>
        <source>wall.said.proposed</source>
        <translation>Free tile, proposed: {number} · {name} · {why}</translation>
    </message>
    <message>
        <source>wall.said.locked</source>
        <translation>locked</translation>
    </message>
    <message>
        <source>wall.word.proposed</source>
        <translation>Free · proposed</translation>
    </message>
    <message>
        <source>wall.key.fill</source>
        <translation>P takes them all; or a number, then Enter</translation>
    </message>
    <message>
        <source>wall.act.propose</source>
        <translation>Take those proposed</translation>
    </message>
    <message>
        <source>wall.act.carry</source>
        <translation>Move</translation>
    </message>
    <message>
        <source>wall.act.let_go</source>
        <translation>Let go here</translation>
    </message>
    <message>
        <source>wall.act.lock</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>wall.act.unlock</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>wall.act.auto</source>
        <translation>Called by itself: no</translation>
    </message>
    <message>
        <source>wall.act.auto.off</source>
        <translation>Called by itself: yes</translation>
    </message>
    <message>
        <source>wall.act.dwell.none</source>
        <translation>Not in the tour</translation>
    </message>
    <message>
        <source>wall.act.remove</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>wall.act.remove_it</source>
        <translation>Delete “{name}”</translation>
    </message>
    <message>
        <source>wall.act.restore</source>
        <translation>Bring “{name}” back</translation>
    </message>
    <message>
        <source>error.composition.name_missing</source>
        <translation>Give the composition a name. Nothing was saved.</translation>
    </message>
    <message>
        <source>error.composition.name_taken</source>
        <translation>A composition is called “{name}” already ({user}). Take another name. Nothing was changed.</translation>
    </message>
    <message>
        <source>error.composition.changed</source>
        <translation>{user} has changed “{name}” meanwhile. Look at it (C), then try again.</translation>
    </message>
    <message>
        <source>error.composition.deleted</source>
        <translation>“{name}” was just deleted by {user}. Nothing was saved; R brings it back.</translation>
    </message>
    <message>
        <source>error.composition.not_deleted</source>
        <translation>“{name}” is back already.</translation>
    </message>
    <message>
        <source>error.composition.too_late</source>
        <translation>“{name}” was deleted more than a day ago and cannot come back. Arrange it again.</translation>
    </message>
    <message>
        <source>error.composition.not_found</source>
        <translation>This composition exists no longer. Choose another one (C).</translation>
    </message>
    <message>
        <source>error.composition.screens</source>
        <translation>A wall has at most {screens} screens and {tiles} tiles. Nothing was saved.</translation>
    </message>
    <message>
        <source>error.composition.dwell</source>
        <translation>A dwell of {seconds} s is not offered. Nothing was saved.</translation>
    </message>
    <message>
        <source>error.composition.too_many</source>
        <translation>The room has {most} compositions already. Delete one (R).</translation>
    </message>
    <message>
        <source>demo.wall.fact.memory</source>
        <translation>{mib} MiB of memory, all processes of the console</translation>
    </message>
    <message>
        <source>wall.act.more</source>
        <translation>More…</translation>
    </message>
    <message>
        <source>wall.act.less</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>wall.all_acts_shown</source>
        <translation>All acts of the wall are in its line already.</translation>
    </message>
</context>
</TS>
