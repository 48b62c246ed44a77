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
    <message>
        <source>acting.programme</source>
        <translation>its programme</translation>
    </message>
    <message>
        <source>acting.title.confirm</source>
        <translation>To confirm</translation>
    </message>
    <message>
        <source>acting.title.waiting</source>
        <translation>A second person was asked</translation>
    </message>
    <message>
        <source>acting.title.sending</source>
        <translation>Under way</translation>
    </message>
    <message>
        <source>acting.title.ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>acting.title.gone</source>
        <translation>Nothing has gone</translation>
    </message>
    <message>
        <source>acting.line.checking</source>
        <translation>Dry run under way. Nothing has gone.</translation>
    </message>
    <message>
        <source>acting.line.ready</source>
        <translation>Dry run of {time}. Nothing has gone yet.</translation>
    </message>
    <message>
        <source>acting.line.waiting</source>
        <translation>Nothing has gone yet. Without an answer nothing will.</translation>
    </message>
    <message>
        <source>acting.line.sending</source>
        <translation>Each target is commanded, read back, verified.</translation>
    </message>
    <message>
        <source>acting.line.verified</source>
        <translation>Everything was read back and verified.</translation>
    </message>
    <message>
        <source>acting.line.not_all</source>
        <translation>Not everything is verified: see below.</translation>
    </message>
    <message>
        <source>acting.accepted</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>acting.accepted_by_two</source>
        <translation>by two</translation>
    </message>
    <message>
        <source>acting.refused</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>acting.from_to</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>acting.takes_over</source>
        <translation>replaces an override</translation>
    </message>
    <message>
        <source>acting.more.one</source>
        <translation>and {count} more</translation>
    </message>
    <message>
        <source>acting.more.other</source>
        <translation>and {count} more</translation>
    </message>
    <message>
        <source>acting.give_up.checking</source>
        <translation>Do nothing</translation>
    </message>
    <message>
        <source>acting.give_up.ready</source>
        <translation>Do nothing</translation>
    </message>
    <message>
        <source>acting.give_up.sending</source>
        <translation>Stop here</translation>
    </message>
    <message>
        <source>acting.give_up.waiting</source>
        <translation>Take the question back</translation>
    </message>
    <message>
        <source>acting.give_up.ended</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>acting.give_up.gone</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>acting.check_again</source>
        <translation>Dry run again</translation>
    </message>
    <message>
        <source>acting.ask_second</source>
        <translation>{verb}, by two…</translation>
    </message>
    <message>
        <source>acting.again.one</source>
        <translation>Retry the {count} that failed</translation>
    </message>
    <message>
        <source>acting.again.other</source>
        <translation>Retry the {count} that failed</translation>
    </message>
    <message>
        <source>acting.undo.one</source>
        <translation>Give back</translation>
    </message>
    <message>
        <source>acting.undo.other</source>
        <translation>Give the {count} back</translation>
    </message>
    <message>
        <source>acting.key.confirm</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>acting.question.title</source>
        <translation>{person} asks for your agreement</translation>
    </message>
    <message>
        <source>acting.question.effect.one</source>
        <translation>{count} equipment would be commanded</translation>
    </message>
    <message>
        <source>acting.question.effect.other</source>
        <translation>{count} equipment would be commanded</translation>
    </message>
    <message>
        <source>acting.question.reason</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>acting.question.type</source>
        <translation>Type “{challenge}” to agree</translation>
    </message>
    <message>
        <source>acting.question.agree</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>acting.question.refuse</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>acting.question.not_typed</source>
        <translation>First type what is asked: it shows that you read it.</translation>
    </message>
    <message>
        <source>acting.question.same</source>
        <translation>The same account cannot agree.</translation>
    </message>
    <message>
        <source>acting.sheet</source>
        <translation>Acts under way</translation>
    </message>
    <message>
        <source>acting.reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>acting.reason.hint</source>
        <translation>Reason: stays in the register</translation>
    </message>
    <message>
        <source>acting.hold</source>
        <translation>Held for</translation>
    </message>
    <message>
        <source>acting.nothing</source>
        <translation>No act under way. Choose an equipment, then what it should do.</translation>
    </message>
    <message>
        <source>acting.asked</source>
        <translation>{person} asks for your agreement: open the acts under way.</translation>
    </message>
    <message>
        <source>ui.key.ctrl_g</source>
        <translation>Acts under way</translation>
    </message>
    <message>
        <source>acting.verb.set.one</source>
        <translation>Command {count} equipment</translation>
    </message>
    <message>
        <source>acting.verb.set.other</source>
        <translation>Command {count} equipment</translation>
    </message>
    <message>
        <source>acting.count.accepted.one</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>acting.count.accepted.other</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>acting.count.refused.one</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>acting.count.refused.other</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>acting.count.confirmed.one</source>
        <translation>verified</translation>
    </message>
    <message>
        <source>acting.count.confirmed.other</source>
        <translation>verified</translation>
    </message>
    <message>
        <source>acting.count.failed.one</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>acting.count.failed.other</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>acting.count.unknown.one</source>
        <translation>fate unknown</translation>
    </message>
    <message>
        <source>acting.count.unknown.other</source>
        <translation>fates unknown</translation>
    </message>
    <message>
        <source>acting.count.left.one</source>
        <translation>left</translation>
    </message>
    <message>
        <source>acting.count.left.other</source>
        <translation>left</translation>
    </message>
    <message>
        <source>acting.fate.accepted</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>acting.fate.sent</source>
        <translation>sent</translation>
    </message>
    <message>
        <source>acting.fate.confirmed</source>
        <translation>verified</translation>
    </message>
    <message>
        <source>acting.fate.refused</source>
        <translation>refused</translation>
    </message>
    <message>
        <source>acting.fate.failed</source>
        <translation>failed</translation>
    </message>
    <message>
        <source>acting.fate.expired</source>
        <translation>too late</translation>
    </message>
    <message>
        <source>acting.fate.unknown</source>
        <translation>fate unknown</translation>
    </message>
    <message>
        <source>strip.to_check.one</source>
        <translation>{count} to check</translation>
    </message>
    <message>
        <source>strip.to_check.other</source>
        <translation>{count} to check</translation>
    </message>
    <message>
        <source>acting.colon</source>
        <translation>: </translation>
    </message>
    <message>
        <source>acting.count.expired.one</source>
        <translation>too late</translation>
    </message>
    <message>
        <source>acting.count.expired.other</source>
        <translation>too late</translation>
    </message>
    <message>
        <source>acting.title.lost</source>
        <translation>Fate unknown: to be checked</translation>
    </message>
    <message>
        <source>acting.give_up.lost</source>
        <translation>Take off the list</translation>
    </message>
    <message>
        <source>acting.count.untold.one</source>
        <translation>without an answer</translation>
    </message>
    <message>
        <source>acting.count.untold.other</source>
        <translation>without an answer</translation>
    </message>
    <message>
        <source>acting.line.bridge_died</source>
        <translation>The bridge stopped during the order: what had not gone never will. Check the rest.</translation>
    </message>
    <message>
        <source>acting.reason.other_epoch</source>
        <translation>The bridge restarted since the dry run: look again.</translation>
    </message>
    <message>
        <source>acting.reason.never_taken</source>
        <translation>The bridge took nothing of this order and its time is over: nothing went to the field.</translation>
    </message>
    <message>
        <source>acting.reason.not_heard</source>
        <translation>The link was down when this was decided: check on the spot and in the override register. Nothing is ever sent again.</translation>
    </message>
    <message>
        <source>acting.reason.not_yours</source>
        <translation>The order is somebody else’s, and commanding this is not among your rights: call their seat.</translation>
    </message>
    <message>
        <source>acting.order.title.one</source>
        <translation>{person} commands 1 piece of equipment</translation>
    </message>
    <message>
        <source>acting.order.title.other</source>
        <translation>{person} commands {count} pieces of equipment</translation>
    </message>
    <message>
        <source>acting.still_running.one</source>
        <translation>An order of yours is still running: see it with Ctrl+G.</translation>
    </message>
    <message>
        <source>acting.still_running.other</source>
        <translation>An order of yours on {count} pieces of equipment is still running: see it with Ctrl+G.</translation>
    </message>
    <message>
        <source>acting.way_back.one</source>
        <translation>Give back 1 piece of equipment</translation>
    </message>
    <message>
        <source>acting.way_back.other</source>
        <translation>Give back {count} pieces of equipment</translation>
    </message>
</context>
</TS>
