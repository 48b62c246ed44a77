<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.hand_over.malformed</source>
        <translation>Hand-over refused: more than {incidents} incidents or {sections} sections at once. Take over fewer incidents.</translation>
    </message>
    <message>
        <source>error.hand_over.same_person</source>
        <translation>This person holds the desk already: a hand-over takes another person.</translation>
    </message>
    <message>
        <source>error.hand_over.unconfirmed</source>
        <translation>Hand-over not confirmed: the bridge did not answer. Nobody is signed in here; sign in, then check who holds the incidents.</translation>
    </message>
    <message>
        <source>error.hand_over.under_way</source>
        <translation>A hand-over is under way at this desk: nothing was done. Try again once it is over.</translation>
    </message>
    <message>
        <source>error.unlock.wrong</source>
        <translation>This is not the password of the person signed in: the desk stays locked. Check Caps Lock and try again.</translation>
    </message>
    <message>
        <source>log.incident.handed_over</source>
        <translation>Taken over at hand-over</translation>
    </message>
</context>
</TS>
