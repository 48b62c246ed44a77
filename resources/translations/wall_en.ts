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
        <translation>No camera is chosen. Choose some on the map or in the tree.</translation>
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
        <translation>Composition “{name}” saved for you.</translation>
    </message>
    <message>
        <source>wall.too_many_compositions</source>
        <translation>Forty compositions are already saved. Use the name of one of them to replace it.</translation>
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
        <translation>Chosen cameras</translation>
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
</context>
</TS>
