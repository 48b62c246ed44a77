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
    <message>
        <source>demo.dark_street.station</source>
        <translation>La chaussée la plus froide, et sa courbe</translation>
    </message>
    <message>
        <source>demo.dark_street.circuits</source>
        <translation>Les premiers circuits, une lettre chacun : traité, en cours, à faire, bloqué</translation>
    </message>
    <message>
        <source>demo.dark_street.wall</source>
        <translation>Des caméras appelées par leur numéro</translation>
    </message>
    <message>
        <source>demo.dark_street.cameras</source>
        <translation>N : les caméras de l’événement viennent d’elles-mêmes</translation>
    </message>
    <message>
        <source>demo.dark_street.refused</source>
        <translation>F2 : ce poste n’acquitte pas l’éclairage, et le dit</translation>
    </message>
    <message>
        <source>demo.dark_street.silent</source>
        <translation>Un équipement que ce poste voit se tait : une alarme, un événement</translation>
    </message>
    <message>
        <source>demo.dark_street.answers</source>
        <translation>L’équipement répond à nouveau ; son alarme reste à qui elle revient</translation>
    </message>
    <message>
        <source>demo.fact.station</source>
        <translation>Station {station}</translation>
    </message>
    <message>
        <source>demo.fact.circuits</source>
        <translation>{count} circuits dits au clavier</translation>
    </message>
    <message>
        <source>demo.fact.cameras_live</source>
        <translation>{count} caméras en direct</translation>
    </message>
    <message>
        <source>demo.fact.cameras_near</source>
        <translation>Caméras proches : {count}</translation>
    </message>
    <message>
        <source>demo.reason.blocked</source>
        <translation>arbre sur la route</translation>
    </message>
</context>
</TS>
