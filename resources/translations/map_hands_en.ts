<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>map.page.clear</source>
        <translation>Clear the selection (Delete)</translation>
    </message>
    <message>
        <source>map.page.chosen_one</source>
        <translation>{count} piece of equipment chosen</translation>
    </message>
    <message>
        <source>map.page.chosen_other</source>
        <translation>{count} pieces of equipment chosen</translation>
    </message>
    <message>
        <source>map.page.polygon_hint</source>
        <translation>Area: click or Space sets a corner · Enter chooses, Shift+Enter adds · Backspace takes back · Esc gives up</translation>
    </message>
    <message>
        <source>map.page.box_hint</source>
        <translation>Box: click or Space sets a corner, then the other · Shift+Space adds · Backspace takes back · Esc gives up</translation>
    </message>
</context>
</TS>
