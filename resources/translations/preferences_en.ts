<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>prefs.language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>prefs.language.en</source>
        <translation>English</translation>
    </message>
    <message>
        <source>prefs.language.fr</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>prefs.language.note</source>
        <translation>Panels are made again at once in the other language; what was half typed stays.</translation>
    </message>
    <message>
        <source>prefs.scale</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>prefs.scale.note</source>
        <translation>100% is read at a desk, 310% from 4 m. What has no room scrolls; Alt 1 to 9 brings a panel.</translation>
    </message>
    <message>
        <source>prefs.scale.of</source>
        <translation>Size, screen {number}</translation>
    </message>
    <message>
        <source>prefs.scale.unavailable</source>
        <translation>This workstation’s Qt cannot change the size while running. Set the screen’s scale in the system.</translation>
    </message>
    <message>
        <source>prefs.sound.heard</source>
        <translation>Alarms that sound</translation>
    </message>
    <message>
        <source>prefs.sound.heard.high</source>
        <translation>Urgent and high</translation>
    </message>
    <message>
        <source>prefs.sound.heard.medium</source>
        <translation>Urgent, high and medium</translation>
    </message>
    <message>
        <source>prefs.sound.heard.note</source>
        <translation>Urgent ones always sound. F12 silences for five minutes.</translation>
    </message>
    <message>
        <source>prefs.sound.heard.urgent</source>
        <translation>Urgent only</translation>
    </message>
    <message>
        <source>prefs.sound.volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>prefs.theme</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>prefs.theme.dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>prefs.theme.light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>prefs.theme.machine</source>
        <translation>As the machine</translation>
    </message>
    <message>
        <source>prefs.theme.note</source>
        <translation>Dark for a dim room, light by day.</translation>
    </message>
    <message>
        <source>ui.call.chosen</source>
        <translation>Camera {number}, {name}: chosen and shown on the map. This seat has no wall.</translation>
    </message>
    <message>
        <source>ui.call.none</source>
        <translation>No camera {number}: no camera of this territory has a short number.</translation>
    </message>
    <message>
        <source>ui.call.shown</source>
        <translation>Camera {number}, {name}: on the wall and on the map.</translation>
    </message>
    <message>
        <source>ui.call.unknown</source>
        <translation>No camera {number}. Nearest numbers: {near}.</translation>
    </message>
    <message>
        <source>ui.foot.typed</source>
        <translation>Camera {digits} · Enter calls, Esc forgets</translation>
    </message>
    <message>
        <source>ui.grid.heads</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>ui.help.none</source>
        <translation>This panel has no help page of its own. Here is what all panels share.</translation>
    </message>
    <message>
        <source>ui.help.of</source>
        <translation>Help: {panel}</translation>
    </message>
    <message>
        <source>ui.key.keymap</source>
        <translation>All keys of this seat</translation>
    </message>
    <message>
        <source>ui.key.pad</source>
        <translation>Number pad 0…9</translation>
    </message>
    <message>
        <source>ui.key.pad.label</source>
        <translation>Call the camera of that number, then Enter</translation>
    </message>
    <message>
        <source>ui.key.preferences</source>
        <translation>Preferences</translation>
    </message>
    <message>
        <source>ui.keymap.file</source>
        <translation>Beffroi keys</translation>
    </message>
    <message>
        <source>ui.keymap.no_printer</source>
        <translation>This workstation has no printer: nothing was printed. Save the page as a PDF.</translation>
    </message>
    <message>
        <source>ui.keymap.not_saved</source>
        <translation>The page could not be written: {path}. {reason} Check this account’s documents folder.</translation>
    </message>
    <message>
        <source>ui.keymap.pdf</source>
        <translation>Save as PDF</translation>
    </message>
    <message>
        <source>ui.keymap.print</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>ui.keymap.printed</source>
        <translation>Keys sent to the printer {printer}.</translation>
    </message>
    <message>
        <source>ui.keymap.saved</source>
        <translation>Keys saved: {path}.</translation>
    </message>
    <message>
        <source>ui.keymap.title</source>
        <translation>Keys of this seat</translation>
    </message>
    <message>
        <source>ui.keymap.window</source>
        <translation>Everywhere</translation>
    </message>
    <message>
        <source>ui.preferences.body</source>
        <translation>They apply at once, in all your windows, and wait for you at your next sign-in on this workstation. They change nothing for others.</translation>
    </message>
    <message>
        <source>ui.preferences.choice</source>
        <translation>{preference}: {choice}</translation>
    </message>
    <message>
        <source>ui.preferences.holds</source>
        <translation>{preference}: {choice}, chosen</translation>
    </message>
    <message>
        <source>ui.preferences.title</source>
        <translation>Preferences</translation>
    </message>
    <message>
        <source>ui.sounds.silent_left</source>
        <translation>Alarms stay silent for {minutes} more min (F12). None is acknowledged; a new urgent one breaks the silence.</translation>
    </message>
    <message>
        <source>ui.call.on_wall</source>
        <translation>{number} · {name}: on the wall.</translation>
    </message>
    <message>
        <source>ui.call.no_wall</source>
        <translation>{number} · {name}: this seat has no video wall. Call this number at a seat that has one.</translation>
    </message>
</context>
</TS>
