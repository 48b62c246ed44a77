<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.plan.not_found</source>
        <translation>There is no plan {plan} that you may see. Nothing changed: look at the list of plans again.</translation>
    </message>
    <message>
        <source>error.plan.reason</source>
        <translation>A plan is set with a reason of at most {limit} characters. Nothing changed: write why.</translation>
    </message>
    <message>
        <source>error.plan.too_many</source>
        <translation>This plan would hold {count} points, and one person alone commands only {most}. It stays disabled: split it into several plans in its files.</translation>
    </message>
    <message>
        <source>error.plan.off</source>
        <translation>Plan {plan} is disabled: there is nothing to stop or resume.</translation>
    </message>
    <message>
        <source>error.plan.not_stopped</source>
        <translation>Plan {plan} is not stopped: it follows its hours and its measure already.</translation>
    </message>
    <message>
        <source>error.plan.not_holding</source>
        <translation>Plan {plan} holds nothing now. To keep it from beginning, stop it until a time.</translation>
    </message>
    <message>
        <source>error.plan.until</source>
        <translation>A plan is stopped until a time to come, {days} days at most. Nothing changed: choose another time, or disable it.</translation>
    </message>
    <message>
        <source>error.plan.over</source>
        <translation>This plan does not want this point any more, or another plan took it. Nothing was sent.</translation>
    </message>
    <message>
        <source>overrides.scope.plans</source>
        <translation>Plans</translation>
    </message>
    <message>
        <source>overrides.none.plans</source>
        <translation>No automatic plan</translation>
    </message>
    <message>
        <source>overrides.reason.of_plan</source>
        <translation>Held by the plan “{name}”: stop the plan, or command the equipment, you go before it.</translation>
    </message>
    <message>
        <source>handover.plans</source>
        <translation>Plans that hold</translation>
    </message>
    <message>
        <source>plans.count.one</source>
        <translation>{count} plan</translation>
    </message>
    <message>
        <source>plans.count.other</source>
        <translation>{count} plans</translation>
    </message>
    <message>
        <source>plans.owner</source>
        <translation>Plan {name}</translation>
    </message>
    <message>
        <source>plans.targets.one</source>
        <translation>{count} point</translation>
    </message>
    <message>
        <source>plans.targets.other</source>
        <translation>{count} points</translation>
    </message>
    <message>
        <source>plans.state.off</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>plans.state.waiting</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>plans.state.over</source>
        <translation>Over for this time</translation>
    </message>
    <message>
        <source>plans.state.stopped</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>plans.state.holding</source>
        <translation>Holds {held} / {targets}, read back</translation>
    </message>
    <message>
        <source>plans.state.lost.one</source>
        <translation>outranked on {count}</translation>
    </message>
    <message>
        <source>plans.state.lost.other</source>
        <translation>outranked on {count}</translation>
    </message>
    <message>
        <source>plans.state.refused.one</source>
        <translation>{count} refused</translation>
    </message>
    <message>
        <source>plans.state.refused.other</source>
        <translation>{count} refused</translation>
    </message>
    <message>
        <source>plans.until.resumes</source>
        <translation>resumes at {time}</translation>
    </message>
    <message>
        <source>plans.until.next</source>
        <translation>from {time}</translation>
    </message>
    <message>
        <source>plans.until.measured</source>
        <translation>when measured</translation>
    </message>
    <message>
        <source>plans.rung</source>
        <translation>rung {name}</translation>
    </message>
    <message>
        <source>plans.rung.crisis</source>
        <translation>crisis</translation>
    </message>
    <message>
        <source>plans.rung.scenario</source>
        <translation>scenario</translation>
    </message>
    <message>
        <source>plans.line.when</source>
        <translation>When: {when}</translation>
    </message>
    <message>
        <source>plans.line.enabled</source>
        <translation>Set by {who}: {reason}</translation>
    </message>
    <message>
        <source>plans.line.disabled</source>
        <translation>Disabled by {who}: {reason}</translation>
    </message>
    <message>
        <source>plans.line.lost.to</source>
        <translation>Outranked by {who}</translation>
    </message>
    <message>
        <source>plans.line.lost</source>
        <translation>{count}, {first} among them, since {time}</translation>
    </message>
    <message>
        <source>plans.line.refused</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>plans.every_day</source>
        <translation>every day</translation>
    </message>
    <message>
        <source>plans.day.mon</source>
        <translation>Monday</translation>
    </message>
    <message>
        <source>plans.day.tue</source>
        <translation>Tuesday</translation>
    </message>
    <message>
        <source>plans.day.wed</source>
        <translation>Wednesday</translation>
    </message>
    <message>
        <source>plans.day.thu</source>
        <translation>Thursday</translation>
    </message>
    <message>
        <source>plans.day.fri</source>
        <translation>Friday</translation>
    </message>
    <message>
        <source>plans.day.sat</source>
        <translation>Saturday</translation>
    </message>
    <message>
        <source>plans.day.sun</source>
        <translation>Sunday</translation>
    </message>
    <message>
        <source>plans.when.hours</source>
        <translation>{start} to {end}, {days}</translation>
    </message>
    <message>
        <source>plans.when.above</source>
        <translation>{kind}, {point} above {value}</translation>
    </message>
    <message>
        <source>plans.when.below</source>
        <translation>{kind}, {point} below {value}</translation>
    </message>
    <message>
        <source>plans.when.is</source>
        <translation>{kind}, {point}: {value}</translation>
    </message>
    <message>
        <source>plans.when.longest</source>
        <translation>{time} at most</translation>
    </message>
    <message>
        <source>plans.why.out_of_service</source>
        <translation>out of service</translation>
    </message>
    <message>
        <source>plans.why.hands_off</source>
        <translation>in a hands-off zone</translation>
    </message>
    <message>
        <source>plans.why.device_down</source>
        <translation>without a link</translation>
    </message>
    <message>
        <source>plans.why.no_link</source>
        <translation>not connected</translation>
    </message>
    <message>
        <source>plans.why.not_allowed</source>
        <translation>without the right</translation>
    </message>
    <message>
        <source>plans.why.no_way_back</source>
        <translation>without a known way back</translation>
    </message>
    <message>
        <source>plans.why.storage</source>
        <translation>not to be recorded</translation>
    </message>
    <message>
        <source>plans.why.interlock</source>
        <translation>interlocked</translation>
    </message>
    <message>
        <source>plans.why.other</source>
        <translation>refused by the device or the bridge</translation>
    </message>
    <message>
        <source>plans.act.enable</source>
        <translation>Enable</translation>
    </message>
    <message>
        <source>plans.act.disable</source>
        <translation>Disable</translation>
    </message>
    <message>
        <source>plans.act.stop</source>
        <translation>Stop this time</translation>
    </message>
    <message>
        <source>plans.act.stop_for</source>
        <translation>Stop for {time}</translation>
    </message>
    <message>
        <source>plans.act.resume</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>plans.reason.none</source>
        <translation>Choose a plan in the list.</translation>
    </message>
    <message>
        <source>plans.reason.off</source>
        <translation>This plan is disabled: there is nothing to stop.</translation>
    </message>
    <message>
        <source>plans.reason.not_holding</source>
        <translation>This plan holds nothing now.</translation>
    </message>
    <message>
        <source>plans.reason.not_stopped</source>
        <translation>This plan is not stopped.</translation>
    </message>
    <message>
        <source>plans.done</source>
        <translation>{name}: {state}</translation>
    </message>
    <message>
        <source>audit.plan.loaded</source>
        <translation>Plan read</translation>
    </message>
    <message>
        <source>audit.plan.removed</source>
        <translation>Plan removed</translation>
    </message>
    <message>
        <source>audit.plan.enabled</source>
        <translation>Plan enabled</translation>
    </message>
    <message>
        <source>audit.plan.disabled</source>
        <translation>Plan disabled</translation>
    </message>
    <message>
        <source>audit.plan.stopped</source>
        <translation>Plan stopped</translation>
    </message>
    <message>
        <source>audit.plan.resumed</source>
        <translation>Plan resumed</translation>
    </message>
    <message>
        <source>audit.plan.began</source>
        <translation>Plan began</translation>
    </message>
    <message>
        <source>audit.plan.ended</source>
        <translation>Plan ended</translation>
    </message>
    <message>
        <source>audit.plan.moved</source>
        <translation>Plan ready or moved</translation>
    </message>
    <message>
        <source>audit.plan.told</source>
        <translation>Plan outranked or refused, or no more</translation>
    </message>
    <message>
        <source>plans.head.name</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>plans.head.held</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>plans.head.state</source>
        <translation>State</translation>
    </message>
    <message>
        <source>plans.head.targets</source>
        <translation>Points and rung</translation>
    </message>
    <message>
        <source>plans.head.who</source>
        <translation>For whom</translation>
    </message>
</context>
</TS>
