<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>panel.watch.title</source>
        <translation>Watch</translation>
    </message>
    <message>
        <source>watch.count.one</source>
        <translation>{count} to watch</translation>
    </message>
    <message>
        <source>watch.count.other</source>
        <translation>{count} to watch</translation>
    </message>
    <message>
        <source>watch.shown</source>
        <translation>{shown} of {total}</translation>
    </message>
    <message>
        <source>watch.hidden.one</source>
        <translation>{count} hidden by the filter</translation>
    </message>
    <message>
        <source>watch.hidden.other</source>
        <translation>{count} hidden by the filter</translation>
    </message>
    <message>
        <source>watch.concerned.one</source>
        <translation>{count} piece of equipment concerned</translation>
    </message>
    <message>
        <source>watch.concerned.other</source>
        <translation>{count} pieces of equipment concerned</translation>
    </message>
    <message>
        <source>watch.all</source>
        <translation>All</translation>
    </message>
    <message>
        <source>watch.frozen</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>watch.oldest</source>
        <translation>Oldest first</translation>
    </message>
    <message>
        <source>watch.newest</source>
        <translation>Newest first</translation>
    </message>
    <message>
        <source>watch.since</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>watch.below</source>
        <translation>{counted} below</translation>
    </message>
    <message>
        <source>watch.clear</source>
        <translation>Nothing to watch: all good since {time}</translation>
    </message>
    <message>
        <source>watch.clear.body</source>
        <translation>{count}: values fresh, in service, nothing frozen. Whatever stops being so appears here.</translation>
    </message>
    <message>
        <source>watch.clear.found</source>
        <translation>Nothing to watch: all good, seen from here since {time}</translation>
    </message>
    <message>
        <source>watch.clear.found.body</source>
        <translation>{count}: values fresh, in service, nothing frozen. Before that time this seat was not looking.</translation>
    </message>
    <message>
        <source>watch.looking</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>watch.gathered</source>
        <translation>{word} · hangs on no link</translation>
    </message>
    <message>
        <source>watch.gathered.tip</source>
        <translation>Enter or a click unfolds the list.</translation>
    </message>
    <message>
        <source>watch.looking.body</source>
        <translation>The first values are coming from the bridge; until then nothing is called good.</translation>
    </message>
    <message>
        <source>watch.unsure</source>
        <translation>Nothing is certain now</translation>
    </message>
    <message>
        <source>watch.unsure.body</source>
        <translation>The link to the bridge is not live: no rows does not mean that all is good. See the strip at the top.</translation>
    </message>
    <message>
        <source>watch.no_match</source>
        <translation>Nothing of the sort to watch</translation>
    </message>
    <message>
        <source>watch.no_match.body</source>
        <translation>Other rows are hidden by the filter or by the reason chosen.</translation>
    </message>
    <message>
        <source>ui.watch.filter</source>
        <translation>Filter: reason, kind, commune, no.</translation>
    </message>
    <message>
        <source>ui.watch.list</source>
        <translation>Equipment to watch</translation>
    </message>
    <message>
        <source>ui.watch.order</source>
        <translation>Order: {order}</translation>
    </message>
    <message>
        <source>strip.frozen.one</source>
        <translation>{count} frozen</translation>
    </message>
    <message>
        <source>strip.frozen.other</source>
        <translation>{count} frozen</translation>
    </message>
</context>
</TS>
