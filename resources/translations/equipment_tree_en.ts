<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>equipment.chosen</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>equipment.no_commune</source>
        <translation>No commune</translation>
    </message>
    <message>
        <source>equipment.of</source>
        <translation>{hits} of {total}</translation>
    </message>
    <message>
        <source>equipment.not_good.one</source>
        <translation>{count} not sure</translation>
    </message>
    <message>
        <source>equipment.not_good.other</source>
        <translation>{count} not sure</translation>
    </message>
    <message>
        <source>equipment.never_heard.one</source>
        <translation>{count} never heard</translation>
    </message>
    <message>
        <source>equipment.never_heard.other</source>
        <translation>{count} never heard</translation>
    </message>
</context>
</TS>
