<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>demo.dark_street.calm</source>
        <translation>La ville est calme : tout ce qui a un équipement simulé est connu et bon</translation>
    </message>
    <message>
        <source>demo.dark_street.dark</source>
        <translation>L’armoire {cabinet} se tait : ses lampes sont injoignables, ni allumées ni éteintes</translation>
    </message>
    <message>
        <source>demo.dark_street.street</source>
        <translation>La rue de près : chaque lampe dit son état</translation>
    </message>
    <message>
        <source>demo.dark_street.alarm</source>
        <translation>Une seule alarme, un seul événement</translation>
    </message>
    <message>
        <source>demo.dark_street.acknowledged</source>
        <translation>F2 : l’alarme est acquittée</translation>
    </message>
    <message>
        <source>demo.dark_street.taken</source>
        <translation>F5 : l’événement a un propriétaire</translation>
    </message>
    <message>
        <source>demo.dark_street.returned</source>
        <translation>L’armoire {cabinet} répond à nouveau : tout redevient vrai, l’événement est résolu</translation>
    </message>
    <message>
        <source>demo.dark_street.closed</source>
        <translation>F9 : l’événement est clos, la file est vide et le dit</translation>
    </message>
    <message>
        <source>demo.fact.lamps_good</source>
        <translation>{count} points lumineux connus et bons</translation>
    </message>
    <message>
        <source>demo.fact.equipment</source>
        <translation>{count} équipements sur la carte et dans la liste</translation>
    </message>
    <message>
        <source>demo.fact.lamps_unavailable</source>
        <translation>{count} points lumineux injoignables</translation>
    </message>
    <message>
        <source>demo.fact.lamps_read</source>
        <translation>{count} d’entre eux relus dans les pixels de la carte</translation>
    </message>
    <message>
        <source>demo.fact.one_alarm</source>
        <translation>Alarme {id}, {children} équipements comptés dessous</translation>
    </message>
    <message>
        <source>demo.fact.one_incident</source>
        <translation>Événement {id}</translation>
    </message>
    <message>
        <source>demo.fact.acknowledged_by</source>
        <translation>Acquittée par {user}</translation>
    </message>
    <message>
        <source>demo.fact.taken_by</source>
        <translation>Pris par {user}</translation>
    </message>
</context>
</TS>
