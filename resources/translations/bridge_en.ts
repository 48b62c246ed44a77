<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.alarm_history.range</source>
        <translation>The alarm history is asked for 1 to {hours} hours and 1 to {days} days. Choose within that.</translation>
    </message>
    <message>
        <source>error.catalogue.page</source>
        <translation>The catalogue has {total} pieces of equipment; a page from {first} does not exist. Read it again from the start.</translation>
    </message>
    <message>
        <source>error.point.not_found</source>
        <translation>Equipment “{equipment}” has no point “{point}”. Choose a point of its record.</translation>
    </message>
    <message>
        <source>error.log.limit</source>
        <translation>The log is asked for 1 to {most} lines at a time; {limit} is not possible.</translation>
    </message>
    <message>
        <source>error.trend.range</source>
        <translation>This trend cannot be drawn: its end must follow its start, over at most {days} days, in 2 to {buckets} intervals.</translation>
    </message>
    <message>
        <source>error.equipment.no_link</source>
        <translation>Equipment “{equipment}” hangs on no link: there is no diagnosis to show.</translation>
    </message>
    <message>
        <source>error.storage.unread</source>
        <translation>The bridge cannot read its store: the answer is missing, the live picture goes on. Try again in a moment, then tell the administrator.</translation>
    </message>
</context>
</TS>
