<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>map.title</source>
        <translation>Map</translation>
    </message>
    <message>
        <source>map.layers.title</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>map.layers.fact</source>
        <translation>total</translation>
    </message>
    <message>
        <source>map.layers.shown</source>
        <translation>Drawn; Space hides it.</translation>
    </message>
    <message>
        <source>map.layers.not_shown</source>
        <translation>Hidden; Space draws it.</translation>
    </message>
    <message>
        <source>map.layer.incidents</source>
        <translation>Incidents</translation>
    </message>
    <message>
        <source>map.layer.lamp</source>
        <translation>Light points</translation>
    </message>
    <message>
        <source>map.layer.cabinet</source>
        <translation>Cabinets</translation>
    </message>
    <message>
        <source>map.legend.title</source>
        <translation>Reading the map</translation>
    </message>
    <message>
        <source>map.state.on</source>
        <translation>On</translation>
    </message>
    <message>
        <source>map.state.dimmed</source>
        <translation>Dimmed</translation>
    </message>
    <message>
        <source>map.state.off</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>map.state.unknown</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>map.state.bad</source>
        <translation>Bad</translation>
    </message>
    <message>
        <source>map.state.unavailable</source>
        <translation>Unavailable</translation>
    </message>
    <message>
        <source>map.state.stale</source>
        <translation>Stale</translation>
    </message>
    <message>
        <source>map.state.disabled</source>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>map.state.maintenance</source>
        <translation>Maintenance</translation>
    </message>
    <message>
        <source>map.locator.title</source>
        <translation>Territory</translation>
    </message>
    <message>
        <source>map.locator.communes.one</source>
        <translation>{count} commune</translation>
    </message>
    <message>
        <source>map.locator.communes.other</source>
        <translation>{count} communes</translation>
    </message>
    <message>
        <source>map.incident.children.one</source>
        <translation>{count} item below</translation>
    </message>
    <message>
        <source>map.incident.children.other</source>
        <translation>{count} items below</translation>
    </message>
    <message>
        <source>map.incident.returned</source>
        <translation>back to normal</translation>
    </message>
    <message>
        <source>map.incident.assigned</source>
        <translation>assigned to {to}</translation>
    </message>
    <message>
        <source>map.incident.owned</source>
        <translation>taken by {owner}</translation>
    </message>
    <message>
        <source>map.incident.free</source>
        <translation>nobody has it</translation>
    </message>
    <message>
        <source>map.ground.of</source>
        <translation>Ground: {title}</translation>
    </message>
    <message>
        <source>map.page.empty</source>
        <translation>No equipment to show: the territory has none yet, its catalogue has not arrived, or your rights show none.</translation>
    </message>
    <message>
        <source>map.ground.absent</source>
        <translation>No base map</translation>
    </message>
    <message>
        <source>map.ground.not_given</source>
        <translation>no directory was given (--territory)</translation>
    </message>
    <message>
        <source>map.ground.no_directory</source>
        <translation>the directory {detail} does not exist</translation>
    </message>
    <message>
        <source>map.ground.empty_directory</source>
        <translation>{detail} holds neither streets.geojson nor communes.geojson</translation>
    </message>
    <message>
        <source>map.ground.unreadable</source>
        <translation>{detail} cannot be read</translation>
    </message>
    <message>
        <source>map.ground.too_large</source>
        <translation>{detail} is too large (64 MB at most)</translation>
    </message>
    <message>
        <source>map.page.zoom_in</source>
        <translation>Zoom in (+)</translation>
    </message>
    <message>
        <source>map.page.zoom_out</source>
        <translation>Zoom out (−)</translation>
    </message>
    <message>
        <source>map.page.decimal</source>
        <translation>.</translation>
    </message>
    <message>
        <source>map.page.north</source>
        <translation>N</translation>
    </message>
    <message>
        <source>map.page.south</source>
        <translation>S</translation>
    </message>
    <message>
        <source>map.page.east</source>
        <translation>E</translation>
    </message>
    <message>
        <source>map.page.west</source>
        <translation>W</translation>
    </message>
    <message>
        <source>cover.since</source>
        <translation>Nothing since {time}</translation>
    </message>
    <message>
        <source>map.cover.silent</source>
        <translation>{seconds} s · map frozen, data hidden · restarted if it does not answer</translation>
    </message>
    <message>
        <source>map.cover.behind</source>
        <translation>{seconds} s · map late, data hidden · it is catching up</translation>
    </message>
    <message>
        <source>map.cover.crashed</source>
        <translation>{seconds} s · the map stopped, data hidden · being restarted</translation>
    </message>
    <message>
        <source>watchdog.frozen</source>
        <translation>{seconds} s · window frozen, data hidden · it returns by itself, or restart the console</translation>
    </message>
    <message>
        <source>watchdog.restarted</source>
        <translation>The watchdog had stopped; it has been started again.</translation>
    </message>
    <message>
        <source>watchdog.absent</source>
        <translation>The watchdog does not start: a frozen window would not be covered. Tell maintenance.</translation>
    </message>
    <message>
        <source>map.page.waiting</source>
        <translation>The map waits for what the bridge knows of the equipment.</translation>
    </message>
    <message>
        <source>map.layers.open</source>
        <translation>Layers</translation>
    </message>
    <message>
        <source>map.layers.open.tip</source>
        <translation>Show or put away the layers and how to read the map</translation>
    </message>
</context>
</TS>
