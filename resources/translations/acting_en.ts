<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>acting.reason.checking</source>
        <translation>The dry run is under way.</translation>
    </message>
    <message>
        <source>acting.reason.over</source>
        <translation>It has already gone, or was given up.</translation>
    </message>
    <message>
        <source>acting.reason.all_refused</source>
        <translation>Everything would be refused: nothing can go.</translation>
    </message>
    <message>
        <source>acting.reason.no_reason</source>
        <translation>Write a reason: it stays in the register.</translation>
    </message>
    <message>
        <source>acting.reason.not_live</source>
        <translation>The bridge does not answer: nothing can go.</translation>
    </message>
    <message>
        <source>acting.reason.too_late</source>
        <translation>Not confirmed within 30 s: nothing has gone.</translation>
    </message>
    <message>
        <source>acting.approval.refused</source>
        <translation>The second person refused: nothing has gone.</translation>
    </message>
    <message>
        <source>acting.approval.expired</source>
        <translation>No answer within 2 min: nothing has gone.</translation>
    </message>
    <message>
        <source>acting.approval.withdrawn</source>
        <translation>Question taken back: nothing has gone.</translation>
    </message>
</context>
</TS>
