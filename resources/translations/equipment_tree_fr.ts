<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>equipment.chosen</source>
        <translation>Choisis</translation>
    </message>
    <message>
        <source>equipment.no_commune</source>
        <translation>Sans commune</translation>
    </message>
    <message>
        <source>equipment.of</source>
        <translation>{hits} sur {total}</translation>
    </message>
    <message>
        <source>equipment.not_good.one</source>
        <translation>{count} non sûr</translation>
    </message>
    <message>
        <source>equipment.not_good.other</source>
        <translation>{count} non sûrs</translation>
    </message>
    <message>
        <source>equipment.never_heard.one</source>
        <translation>{count} jamais entendu</translation>
    </message>
    <message>
        <source>equipment.never_heard.other</source>
        <translation>{count} jamais entendus</translation>
    </message>
</context>
</TS>
