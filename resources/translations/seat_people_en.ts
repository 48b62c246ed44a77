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
        <source>handover.alarms</source>
        <translation>Alarms not acknowledged</translation>
    </message>
    <message>
        <source>handover.incidents</source>
        <translation>Own open incidents</translation>
    </message>
    <message>
        <source>handover.more.one</source>
        <translation>and {count} other</translation>
    </message>
    <message>
        <source>handover.more.other</source>
        <translation>and {count} others</translation>
    </message>
    <message>
        <source>handover.moved.one</source>
        <translation>{count} incident taken over.</translation>
    </message>
    <message>
        <source>handover.moved.other</source>
        <translation>{count} incidents taken over.</translation>
    </message>
    <message>
        <source>handover.overrides</source>
        <translation>Live overrides</translation>
    </message>
    <message>
        <source>handover.service</source>
        <translation>Equipment disabled or in maintenance</translation>
    </message>
    <message>
        <source>handover.shelved</source>
        <translation>Alarms shelved or out of service</translation>
    </message>
    <message>
        <source>handover.stayed.one</source>
        <translation>{count} incident stays with {name}: a right is missing, or it changed hands.</translation>
    </message>
    <message>
        <source>handover.stayed.other</source>
        <translation>{count} incidents stay with {name}: a right is missing, or they changed hands.</translation>
    </message>
    <message>
        <source>handover.take.one</source>
        <translation>Take over the open incident</translation>
    </message>
    <message>
        <source>handover.take.other</source>
        <translation>Take over the {count} open incidents</translation>
    </message>
    <message>
        <source>handover.to_check</source>
        <translation>Commands of unknown fate</translation>
    </message>
    <message>
        <source>handover.until</source>
        <translation>until {time}</translation>
    </message>
    <message>
        <source>handover.where</source>
        <translation>{seat}, here since {time}</translation>
    </message>
    <message>
        <source>log.incident.handed_over</source>
        <translation>Taken over at hand-over</translation>
    </message>
    <message>
        <source>presence.also</source>
        <translation>also {names}</translation>
    </message>
    <message>
        <source>presence.more</source>
        <translation>{names} and {count} more</translation>
    </message>
    <message>
        <source>presence.occupied</source>
        <translation>Seat also held by {people}.</translation>
    </message>
    <message>
        <source>presence.person</source>
        <translation>{name} since {time}</translation>
    </message>
    <message>
        <source>presence.relief</source>
        <translation>Relief in {minutes} min</translation>
    </message>
    <message>
        <source>presence.relief.now</source>
        <translation>Relief now</translation>
    </message>
    <message>
        <source>ui.handover.done</source>
        <translation>Hand-over done, {name} is signed out.</translation>
    </message>
    <message>
        <source>ui.handover.must_change</source>
        <translation>First password to be replaced: this person has to sign in. Leave the desk, then sign in.</translation>
    </message>
    <message>
        <source>ui.handover.newcomer</source>
        <translation>The person who comes, having read</translation>
    </message>
    <message>
        <source>ui.handover.none</source>
        <translation>none</translation>
    </message>
    <message>
        <source>ui.handover.nothing</source>
        <translation>Do nothing</translation>
    </message>
    <message>
        <source>ui.handover.relieve</source>
        <translation>Relieve {name}</translation>
    </message>
    <message>
        <source>ui.handover.title</source>
        <translation>Hand-over</translation>
    </message>
    <message>
        <source>ui.handover.wall</source>
        <translation>This seat is a wall: nobody hands it over.</translation>
    </message>
    <message>
        <source>ui.key.handover</source>
        <translation>Hand over the seat</translation>
    </message>
    <message>
        <source>ui.key.lock</source>
        <translation>Lock the desk</translation>
    </message>
    <message>
        <source>ui.lock.asking</source>
        <translation>Checked by the bridge…</translation>
    </message>
    <message>
        <source>ui.lock.leave</source>
        <translation>Leave the desk</translation>
    </message>
    <message>
        <source>ui.lock.missing</source>
        <translation>Type the password to unlock.</translation>
    </message>
    <message>
        <source>ui.lock.never</source>
        <translation>This seat is a wall: it never locks.</translation>
    </message>
    <message>
        <source>ui.lock.no_bridge</source>
        <translation>Bridge out of reach: the password cannot be checked, the desk stays locked. Wait for the bridge, or leave the desk: unfinished texts are kept.</translation>
    </message>
    <message>
        <source>ui.lock.other</source>
        <translation>Close the session of {name}…</translation>
    </message>
    <message>
        <source>ui.lock.other.body</source>
        <translation>The hand-over is written in the journal, with no brief read: a locked desk shows none.</translation>
    </message>
    <message>
        <source>ui.lock.other.title</source>
        <translation>Another person takes this desk</translation>
    </message>
    <message>
        <source>ui.lock.password_of</source>
        <translation>Password of {name}</translation>
    </message>
    <message>
        <source>ui.lock.relieve</source>
        <translation>Close that session and take the desk</translation>
    </message>
    <message>
        <source>ui.lock.since</source>
        <translation>Locked since {time}. The session goes on, so do the sounds.</translation>
    </message>
    <message>
        <source>ui.lock.title</source>
        <translation>Desk locked</translation>
    </message>
    <message>
        <source>ui.lock.unlock</source>
        <translation>Unlock</translation>
    </message>
</context>
</TS>
