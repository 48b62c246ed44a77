<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.edit_mode.off</source>
        <translation>Edit mode is off: nothing was changed. Turn it on (Ctrl E; it ends by itself after a quarter of an hour), then try again.</translation>
    </message>
    <message>
        <source>error.hands_off.where</source>
        <translation>A hands-off zone covers one equipment or one sector, either of them. Nothing was changed: choose one.</translation>
    </message>
    <message>
        <source>error.hands_off.sector</source>
        <translation>No sector is called “{sector}”. Nothing was changed: choose one of the territory.</translation>
    </message>
    <message>
        <source>error.hands_off.id</source>
        <translation>The zone’s identifier must have 1 to {most} characters. Nothing was changed.</translation>
    </message>
    <message>
        <source>error.hands_off.reason</source>
        <translation>Say what the technicians do (at most {most} characters): it is read before any command. Nothing was changed.</translation>
    </message>
    <message>
        <source>error.hands_off.contact</source>
        <translation>Say how the technicians are reached, telephone or call sign (at most {most} characters). Nothing was changed.</translation>
    </message>
    <message>
        <source>error.hands_off.until</source>
        <translation>The end must lie ahead, {days} days at most. Nothing was changed: give another end, it can be extended.</translation>
    </message>
    <message>
        <source>error.hands_off.too_many</source>
        <translation>There are {most} hands-off zones already. Nothing was changed: lift those that are over.</translation>
    </message>
    <message>
        <source>error.hands_off.not_found</source>
        <translation>There is no such hands-off zone, or it is lifted already.</translation>
    </message>
    <message>
        <source>error.export.subject</source>
        <translation>Say what is exported (at most {most} characters). Nothing was exported.</translation>
    </message>
    <message>
        <source>error.export.reason</source>
        <translation>Say why (at most {most} characters): the reason stays in the journal. Nothing was exported.</translation>
    </message>
    <message>
        <source>error.export.digest</source>
        <translation>The file’s digest or the number of rows is not valid. Nothing was exported; tell the administrator.</translation>
    </message>
    <message>
        <source>error.audit.page</source>
        <translation>A page of the audit log has 1 to {most} rows.</translation>
    </message>
    <message>
        <source>error.audit.event</source>
        <translation>The audit log knows no event “{event}”.</translation>
    </message>
</context>
</TS>
