<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>error.places.text</source>
        <translation>A place is searched by 1 to {most} characters. Shorten it, or type the beginning of the street.</translation>
    </message>
    <message>
        <source>error.places.limit</source>
        <translation>1 to {most} places may be asked for at a time; {limit} is not possible.</translation>
    </message>
    <message>
        <source>error.places.unread</source>
        <translation>The bridge cannot read the city’s addresses: streets and house numbers cannot be searched. Equipment can. Tell the administrator (“beffroi territory check” says what is wrong).</translation>
    </message>
    <message>
        <source>search.placeholder</source>
        <translation>Address, equipment, camera, incident</translation>
    </message>
    <message>
        <source>search.palette.title</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>search.palette.placeholder</source>
        <translation>Place, equipment, camera number, incident, action</translation>
    </message>
    <message>
        <source>search.palette.escape</source>
        <translation>Go back</translation>
    </message>
    <message>
        <source>search.hint</source>
        <translation>Type an address, an equipment’s code, a camera’s or an incident’s number.</translation>
    </message>
    <message>
        <source>search.camera</source>
        <translation>Camera {number}</translation>
    </message>
    <message>
        <source>search.results</source>
        <translation>Search results: {count}</translation>
    </message>
    <message>
        <source>search.indexing</source>
        <translation>Equipment being read: {percent}%.</translation>
    </message>
    <message>
        <source>search.places.asking</source>
        <translation>Searching streets and addresses…</translation>
    </message>
    <message>
        <source>search.places.offline</source>
        <translation>Bridge unreachable: streets and addresses cannot be searched.</translation>
    </message>
    <message>
        <source>search.none</source>
        <translation>No result for “{text}”: no equipment, no incident, no place, no act. Check the spelling, or type fewer words.</translation>
    </message>
    <message>
        <source>search.none.here</source>
        <translation>No equipment or incident for “{text}”.</translation>
    </message>
    <message>
        <source>search.more</source>
        <translation>There are more: be more precise.</translation>
    </message>
    <message>
        <source>search.no_map</source>
        <translation>“{place}” was found, but this seat has no map to show it on.</translation>
    </message>
    <message>
        <source>search.place.address</source>
        <translation>address</translation>
    </message>
    <message>
        <source>search.place.street</source>
        <translation>street</translation>
    </message>
    <message>
        <source>search.place.place</source>
        <translation>place</translation>
    </message>
    <message>
        <source>search.place.commune</source>
        <translation>commune</translation>
    </message>
    <message>
        <source>search.place.sector</source>
        <translation>sector</translation>
    </message>
    <message>
        <source>ui.key.ctrl_f</source>
        <translation>Search on the map</translation>
    </message>
    <message>
        <source>ui.key.ctrl_k</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>ui.shell.go_to_panel</source>
        <translation>Go to panel {panel}</translation>
    </message>
    <message>
        <source>link.territory</source>
        <translation>Territory: {done} / {total}</translation>
    </message>
</context>
</TS>
