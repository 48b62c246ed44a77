<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>ui.sounds.more.one</source>
        <translation>One more alarm.</translation>
    </message>
    <message>
        <source>ui.sounds.more.other</source>
        <translation>{count} more alarms.</translation>
    </message>
    <message>
        <source>ui.sounds.reminded</source>
        <translation>Reminder: {alarm} — alarm {stands}, and nobody has acknowledged it.</translation>
    </message>
    <message>
        <source>sounds.stands.one</source>
        <translation>raised a minute ago</translation>
    </message>
    <message>
        <source>sounds.stands.other</source>
        <translation>raised {count} min ago</translation>
    </message>
    <message>
        <source>sounds.reminded_more.one</source>
        <translation>One more alarm waits as long.</translation>
    </message>
    <message>
        <source>sounds.reminded_more.other</source>
        <translation>{count} more alarms wait as long.</translation>
    </message>
    <message>
        <source>ui.sounds.silent</source>
        <translation>Sounds silenced for {minutes} min. Nothing is acknowledged; a new urgent alarm will be heard.</translation>
    </message>
    <message>
        <source>ui.sounds.heard</source>
        <translation>Alarm sounds can be heard again.</translation>
    </message>
    <message>
        <source>ui.sounds.none</source>
        <translation>This workstation has no loudspeaker: alarms are seen, not heard. Plug in an audio output, then take the seat again.</translation>
    </message>
    <message>
        <source>ui.key.f12</source>
        <translation>Silence sounds</translation>
    </message>
    <message>
        <source>ui.key.screen</source>
        <translation>Screen {number}</translation>
    </message>
    <message>
        <source>ui.shell.close_main</source>
        <translation>This window belongs to the seat. Close the main window, or leave the seat.</translation>
    </message>
    <message>
        <source>ui.shell.no_screen</source>
        <translation>This seat has no screen {number}: it has {count}.</translation>
    </message>
    <message>
        <source>seat.traffic</source>
        <translation>Traffic</translation>
    </message>
    <message>
        <source>seat.security</source>
        <translation>Security</translation>
    </message>
    <message>
        <source>seat.calltaker</source>
        <translation>Call-taker</translation>
    </message>
    <message>
        <source>seat.crisis</source>
        <translation>Crisis cell</translation>
    </message>
    <message>
        <source>seat.auditor</source>
        <translation>Data protection</translation>
    </message>
</context>
</TS>
