<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.frame.unread</source>
        <translation>The bridge did not understand what this console sent: nothing was done. If it happens again this console has the wrong version; tell the administrator.</translation>
    </message>
    <message>
        <source>error.hello.missing</source>
        <translation>The bridge no longer knows this connection. The console reconnects by itself; sign in again if asked.</translation>
    </message>
    <message>
        <source>error.version.other_major</source>
        <translation>This console speaks version {console} and the bridge version {bridge}: they cannot understand each other. Have the older of the two updated.</translation>
    </message>
    <message>
        <source>error.epoch.changed</source>
        <translation>The bridge restarted meanwhile: the request was not carried out. Check the present state, then try again if needed.</translation>
    </message>
    <message>
        <source>error.session.none</source>
        <translation>Nobody is signed in at this console. Sign in.</translation>
    </message>
    <message>
        <source>error.sign_in.already</source>
        <translation>Somebody is already signed in at this console, or a sign-in is under way. Sign that person out first.</translation>
    </message>
    <message>
        <source>error.sign_in.wrong</source>
        <translation>Wrong name or password. Check Caps Lock and try again.</translation>
    </message>
    <message>
        <source>error.sign_in.wait</source>
        <translation>Too many failed attempts. Wait {seconds} s before trying again; the administrator can give you a new password.</translation>
    </message>
    <message>
        <source>error.sign_in.disabled</source>
        <translation>This account is disabled. Ask the administrator.</translation>
    </message>
    <message>
        <source>error.sign_in.must_change</source>
        <translation>This password works only once. Choose your own to sign in.</translation>
    </message>
    <message>
        <source>error.sign_in.no_role</source>
        <translation>This account has no role and so no right. Ask the administrator for one.</translation>
    </message>
    <message>
        <source>error.sign_in.malformed</source>
        <translation>The field “{field}” is empty, longer than {most} characters or holds an invisible character. Correct it.</translation>
    </message>
    <message>
        <source>error.sign_in.busy</source>
        <translation>Too many people are signing in at once. Try again in a few seconds.</translation>
    </message>
    <message>
        <source>error.password.too_short</source>
        <translation>Password too short: at least {least} characters are needed. A few plain words will do.</translation>
    </message>
    <message>
        <source>error.password.too_long</source>
        <translation>Password too long: {most} characters at most.</translation>
    </message>
    <message>
        <source>error.password.too_common</source>
        <translation>This password is too common or too near your name. Choose a few unrelated words.</translation>
    </message>
    <message>
        <source>error.password.same</source>
        <translation>The new password is the old one. Choose another.</translation>
    </message>
    <message>
        <source>error.pull.outstanding</source>
        <translation>The console asked twice for the same continuation: the bridge will answer the first. Report it if it happens again.</translation>
    </message>
    <message>
        <source>error.pull.after</source>
        <translation>The console asks for what follows {after}, but the bridge has only reached {head}. The console loads everything again by itself.</translation>
    </message>
    <message>
        <source>error.request.too_many</source>
        <translation>This console is already waiting for {most} answers: the request was not taken. Wait a moment and try again.</translation>
    </message>
    <message>
        <source>error.request.no_service</source>
        <translation>This bridge cannot answer this request ({request}). Its version or installation is incomplete; tell the administrator.</translation>
    </message>
    <message>
        <source>error.request.timed_out</source>
        <translation>The bridge did not finish in time. The outcome is unknown: check the present state before trying again.</translation>
    </message>
    <message>
        <source>error.answer.too_large</source>
        <translation>The answer is too large ({bytes} bytes, {most} allowed). Ask for a shorter time or a smaller area.</translation>
    </message>
    <message>
        <source>error.answer.too_fast</source>
        <translation>This console asked for too much data at once. Wait a few seconds and try again.</translation>
    </message>
    <message>
        <source>error.rights.missing</source>
        <translation>You do not have the right “{action}” on “{kind}”: nothing was done. Ask your supervisor.</translation>
    </message>
    <message>
        <source>error.internal</source>
        <translation>The bridge met a defect: the request may have failed. Check the present state and give the administrator the reference {reference}.</translation>
    </message>
    <message>
        <source>session.ended.signed_out</source>
        <translation>You are signed out.</translation>
    </message>
    <message>
        <source>session.ended.key_revoked</source>
        <translation>This console’s key was revoked: nothing more reaches it. Ask the administrator.</translation>
    </message>
    <message>
        <source>session.ended.user_disabled</source>
        <translation>Your account was disabled: the session is over. Ask the administrator.</translation>
    </message>
    <message>
        <source>session.ended.user_changed</source>
        <translation>Your password or roles have changed: sign in again.</translation>
    </message>
    <message>
        <source>error.seat.locked</source>
        <translation>This desk is locked: nothing is done from here while it is. Unlock it, then try again.</translation>
    </message>
    <message>
        <source>ui.signin.link.other_version</source>
        <translation>Bridge reached, other version</translation>
    </message>
    <message>
        <source>link.version.bridge_newer</source>
        <translation>The bridge speaks version {bridge} of the protocol, this console {console}. All this console knows works; what it cannot read is kept and counted as “written by a newer version”. Have this console updated.</translation>
    </message>
    <message>
        <source>link.version.bridge_older</source>
        <translation>The bridge speaks version {bridge} of the protocol, this console {console}. What the bridge does not know yet will be refused, and said. Have the bridge updated.</translation>
    </message>
    <message>
        <source>log.newer</source>
        <translation>Written by a newer version: {kind}</translation>
    </message>
    <message>
        <source>strip.newer.one</source>
        <translation>{count} ENTRY OF A NEWER VERSION</translation>
    </message>
    <message>
        <source>strip.newer.other</source>
        <translation>{count} ENTRIES OF A NEWER VERSION</translation>
    </message>
</context>
</TS>
