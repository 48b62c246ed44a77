<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>video.worker.replaced</source>
        <translation>A video process stopped; another one took over its cameras. Nothing to do.</translation>
    </message>
    <message>
        <source>video.worker.absent</source>
        <translation>Camera pictures cannot be decoded: the video process does not start. Tell the administrator; the rest of the console works.</translation>
    </message>
    <message>
        <source>video.state.connecting</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>video.state.live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>video.state.late</source>
        <translation>Picture late</translation>
    </message>
    <message>
        <source>video.state.frozen</source>
        <translation>Picture frozen</translation>
    </message>
    <message>
        <source>video.state.black</source>
        <translation>Picture black</translation>
    </message>
    <message>
        <source>video.state.lost</source>
        <translation>Picture lost</translation>
    </message>
    <message>
        <source>video.reason.refused</source>
        <translation>The camera does not answer or refuses the connection.</translation>
    </message>
    <message>
        <source>video.reason.unreadable</source>
        <translation>The camera answers, but its pictures cannot be read.</translation>
    </message>
    <message>
        <source>video.reason.ended</source>
        <translation>The camera stopped sending pictures; trying again.</translation>
    </message>
    <message>
        <source>video.reason.worker</source>
        <translation>Decoding starts again.</translation>
    </message>
</context>
</TS>
