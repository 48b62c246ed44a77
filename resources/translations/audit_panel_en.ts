<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>audit.title</source>
        <translation>Audit trail</translation>
    </message>
    <message>
        <source>audit.shown.one</source>
        <translation>{count} entry</translation>
    </message>
    <message>
        <source>audit.shown.other</source>
        <translation>{count} entries</translation>
    </message>
    <message>
        <source>audit.shown_of_more</source>
        <translation>{shown}, older ones remain</translation>
    </message>
    <message>
        <source>audit.hidden.one</source>
        <translation>{count} hidden by your rights</translation>
    </message>
    <message>
        <source>audit.hidden.other</source>
        <translation>{count} hidden by your rights</translation>
    </message>
    <message>
        <source>audit.filter</source>
        <translation>Who, what, when: “12 Tuesday”, “dubois yesterday”</translation>
    </message>
    <message>
        <source>audit.list</source>
        <translation>Entries of the audit trail</translation>
    </message>
    <message>
        <source>audit.reading</source>
        <translation>Reading the chain…</translation>
    </message>
    <message>
        <source>audit.unread</source>
        <translation>The chain was not read</translation>
    </message>
    <message>
        <source>audit.unread.body</source>
        <translation>The question was refused, or the bridge does not answer. Ask again.</translation>
    </message>
    <message>
        <source>audit.none</source>
        <translation>No entry answers the question</translation>
    </message>
    <message>
        <source>audit.kept</source>
        <translation>The chain keeps every picture seen, command, export, override, presence, refusal and reading since the bridge first started; nothing is deleted from it.</translation>
    </message>
    <message>
        <source>audit.scope.all</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>audit.scope.stream</source>
        <translation>Pictures watched</translation>
    </message>
    <message>
        <source>audit.scope.command</source>
        <translation>Commands</translation>
    </message>
    <message>
        <source>audit.scope.export</source>
        <translation>Exports</translation>
    </message>
    <message>
        <source>audit.scope.session</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>audit.scope.override</source>
        <translation>Overrides</translation>
    </message>
    <message>
        <source>audit.link</source>
        <translation>Link {number}, digest {digest}</translation>
    </message>
    <message>
        <source>audit.before</source>
        <translation>Link before {digest}</translation>
    </message>
    <message>
        <source>audit.act.more</source>
        <translation>Older ones</translation>
    </message>
    <message>
        <source>audit.act.again</source>
        <translation>Ask again</translation>
    </message>
    <message>
        <source>audit.reason.all_shown</source>
        <translation>Everything that answers the question is shown.</translation>
    </message>
    <message>
        <source>audit.asked.user</source>
        <translation>by {user}</translation>
    </message>
    <message>
        <source>audit.asked.equipment</source>
        <translation>on {equipment}</translation>
    </message>
    <message>
        <source>audit.asked.day</source>
        <translation>on {day}</translation>
    </message>
    <message>
        <source>audit.head.number</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>audit.head.day</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>audit.head.time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>audit.head.who</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>audit.head.what</source>
        <translation>Did</translation>
    </message>
    <message>
        <source>audit.head.about</source>
        <translation>To</translation>
    </message>
    <message>
        <source>audit.head.detail</source>
        <translation>Reason, detail</translation>
    </message>
    <message>
        <source>audit.targets.one</source>
        <translation>{count} target</translation>
    </message>
    <message>
        <source>audit.targets.other</source>
        <translation>{count} targets</translation>
    </message>
    <message>
        <source>audit.export</source>
        <translation>exported</translation>
    </message>
    <message>
        <source>audit.event</source>
        <translation>another act</translation>
    </message>
    <message>
        <source>audit.interlock.armed</source>
        <translation>armed an interlock</translation>
    </message>
    <message>
        <source>audit.interlock.disarmed</source>
        <translation>interlock disarmed</translation>
    </message>
    <message>
        <source>audit.hands_off.set</source>
        <translation>declared technicians at work</translation>
    </message>
    <message>
        <source>audit.hands_off.lifted</source>
        <translation>lifted the work zone</translation>
    </message>
    <message>
        <source>audit.command.accepted</source>
        <translation>command accepted</translation>
    </message>
    <message>
        <source>audit.command.sent</source>
        <translation>command sent</translation>
    </message>
    <message>
        <source>audit.command.confirmed</source>
        <translation>command verified</translation>
    </message>
    <message>
        <source>audit.command.refused</source>
        <translation>command refused</translation>
    </message>
    <message>
        <source>audit.command.failed</source>
        <translation>command failed</translation>
    </message>
    <message>
        <source>audit.command.expired</source>
        <translation>command too late</translation>
    </message>
    <message>
        <source>audit.command.unknown</source>
        <translation>command of unknown fate</translation>
    </message>
    <message>
        <source>audit.stream.opened</source>
        <translation>opened the picture</translation>
    </message>
    <message>
        <source>audit.stream.released</source>
        <translation>closed the picture</translation>
    </message>
    <message>
        <source>audit.stream.expired</source>
        <translation>picture expired</translation>
    </message>
    <message>
        <source>audit.stream.revoked</source>
        <translation>picture withdrawn</translation>
    </message>
    <message>
        <source>audit.order.running</source>
        <translation>order under way</translation>
    </message>
    <message>
        <source>audit.order.finished</source>
        <translation>order finished</translation>
    </message>
    <message>
        <source>audit.order.cancelled</source>
        <translation>order stopped</translation>
    </message>
    <message>
        <source>audit.order.unknown</source>
        <translation>order of unknown fate</translation>
    </message>
    <message>
        <source>audit.approval.waiting</source>
        <translation>asked for an agreement</translation>
    </message>
    <message>
        <source>audit.approval.agreed</source>
        <translation>agreed</translation>
    </message>
    <message>
        <source>audit.approval.refused</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>audit.approval.expired</source>
        <translation>agreement expired</translation>
    </message>
    <message>
        <source>audit.approval.withdrawn</source>
        <translation>took the question back</translation>
    </message>
    <message>
        <source>audit.override.sent</source>
        <translation>override sent</translation>
    </message>
    <message>
        <source>audit.override.began</source>
        <translation>override began</translation>
    </message>
    <message>
        <source>audit.override.settled</source>
        <translation>doubt settled on the spot</translation>
    </message>
    <message>
        <source>audit.override.extended</source>
        <translation>override extended</translation>
    </message>
    <message>
        <source>audit.override.returning</source>
        <translation>going back</translation>
    </message>
    <message>
        <source>audit.override.stuck</source>
        <translation>way back failed</translation>
    </message>
    <message>
        <source>audit.override.ended</source>
        <translation>override ended</translation>
    </message>
    <message>
        <source>audit.override.replaced</source>
        <translation>override replaced</translation>
    </message>
    <message>
        <source>audit.service.in_service</source>
        <translation>put back in service</translation>
    </message>
    <message>
        <source>audit.service.disabled</source>
        <translation>disabled</translation>
    </message>
    <message>
        <source>audit.service.maintenance</source>
        <translation>put in maintenance</translation>
    </message>
    <message>
        <source>audit.composition.saved</source>
        <translation>saved a composition</translation>
    </message>
    <message>
        <source>audit.composition.deleted</source>
        <translation>deleted a composition</translation>
    </message>
    <message>
        <source>audit.composition.restored</source>
        <translation>restored a composition</translation>
    </message>
    <message>
        <source>audit.composition.forgotten</source>
        <translation>composition forgotten</translation>
    </message>
    <message>
        <source>audit.session.signed_in</source>
        <translation>signed in</translation>
    </message>
    <message>
        <source>audit.session.sign_in_refused</source>
        <translation>sign-in refused</translation>
    </message>
    <message>
        <source>audit.session.signed_out</source>
        <translation>signed out</translation>
    </message>
    <message>
        <source>audit.session.revoked</source>
        <translation>session revoked</translation>
    </message>
    <message>
        <source>audit.session.lost</source>
        <translation>session lost</translation>
    </message>
    <message>
        <source>audit.session.locked</source>
        <translation>seat locked</translation>
    </message>
    <message>
        <source>audit.session.unlocked</source>
        <translation>seat unlocked</translation>
    </message>
    <message>
        <source>audit.session.unlock_refused</source>
        <translation>unlock refused</translation>
    </message>
    <message>
        <source>audit.session.handed_over</source>
        <translation>handed the seat over</translation>
    </message>
    <message>
        <source>audit.session.editing</source>
        <translation>edit mode on</translation>
    </message>
    <message>
        <source>audit.session.edited</source>
        <translation>edit mode off</translation>
    </message>
    <message>
        <source>audit.newer</source>
        <translation>written by a newer version</translation>
    </message>
    <message>
        <source>audit.read</source>
        <translation>read the audit journal</translation>
    </message>
    <message>
        <source>audit.read.counts</source>
        <translation>{shown} shown, {hidden} hidden</translation>
    </message>
    <message>
        <source>audit.refusal</source>
        <translation>was refused what was asked</translation>
    </message>
    <message>
        <source>audit.event.configuration</source>
        <translation>configuration changed</translation>
    </message>
    <message>
        <source>audit.event.hand_over</source>
        <translation>relieved the desk</translation>
    </message>
    <message>
        <source>audit.event.system</source>
        <translation>the bridge itself</translation>
    </message>
    <message>
        <source>audit.scope.audit_read</source>
        <translation>Reads</translation>
    </message>
    <message>
        <source>audit.scope.refusal</source>
        <translation>Refusals</translation>
    </message>
</context>
</TS>
