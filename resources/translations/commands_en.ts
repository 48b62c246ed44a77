<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.command.no_such_point</source>
        <translation>“{equipment}” has no point “{point}”. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.bad_value</source>
        <translation>The value “{value}” is not possible for this point. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.bad_key</source>
        <translation>The console did not number its command. Nothing was sent: this is a defect of the console, report it.</translation>
    </message>
    <message>
        <source>error.command.reason</source>
        <translation>Give a reason, in {limit} characters at most. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.deadline_far</source>
        <translation>The deadline is more than {minutes} minutes away. Commands are never kept for later; nothing was sent. Check the clock of this seat.</translation>
    </message>
    <message>
        <source>error.command.key_used</source>
        <translation>Another command has this number already. Nothing was sent: start again.</translation>
    </message>
    <message>
        <source>error.command.not_allowed</source>
        <translation>You may not command this equipment. Nothing was sent; the request is in the journal.</translation>
    </message>
    <message>
        <source>error.command.out_of_service</source>
        <translation>The equipment is disabled or in maintenance: somebody may be working on it. Nothing was sent; put it back in service first.</translation>
    </message>
    <message>
        <source>error.command.other_epoch</source>
        <translation>The bridge has restarted since. Nothing was sent: check the state, then command again.</translation>
    </message>
    <message>
        <source>error.command.expired</source>
        <translation>The deadline passed before it was sent. Nothing was sent: command again if it is still useful.</translation>
    </message>
    <message>
        <source>error.command.no_link</source>
        <translation>No link leads to this equipment. Nothing was sent.</translation>
    </message>
    <message>
        <source>error.command.device_down</source>
        <translation>The equipment does not answer. Nothing was sent, and nothing will be sent later: command again when the link is back.</translation>
    </message>
    <message>
        <source>error.command.not_recorded</source>
        <translation>The command was sent (“{outcome}”), but the bridge’s disk refuses to be written. Do not repeat it: check the equipment, tell the administrator.</translation>
    </message>
    <message>
        <source>error.command.stopping</source>
        <translation>The bridge is stopping and the command’s fate is not known. It will not be sent again: check the equipment after the restart.</translation>
    </message>
    <message>
        <source>command.result.rejected</source>
        <translation>The equipment refused the command; nothing changed.</translation>
    </message>
    <message>
        <source>command.result.not_commandable</source>
        <translation>This point cannot be commanded; nothing was sent.</translation>
    </message>
    <message>
        <source>command.result.no_answer</source>
        <translation>The equipment did not answer: the command may have arrived. Check on the spot; it will not be sent again.</translation>
    </message>
    <message>
        <source>command.result.not_verified</source>
        <translation>The equipment took the command, but reading it back failed. Check on the spot.</translation>
    </message>
    <message>
        <source>command.result.differs</source>
        <translation>The equipment took the command, but reads back another value: not verified.</translation>
    </message>
    <message>
        <source>command.result.expired</source>
        <translation>The deadline passed before it was sent; nothing was sent.</translation>
    </message>
    <message>
        <source>command.result.not_sent</source>
        <translation>The bridge stopped or could not write its journal before sending; nothing was sent.</translation>
    </message>
    <message>
        <source>command.result.bridge_restarted</source>
        <translation>The bridge restarted during the command; reading back does not confirm it. Check on the spot; it will not be sent again.</translation>
    </message>
</context>
</TS>
