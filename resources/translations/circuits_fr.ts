<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>circuits.title</source>
        <translation>Circuits</translation>
    </message>
    <message>
        <source>circuits.count.one</source>
        <translation>{count} circuit</translation>
    </message>
    <message>
        <source>circuits.count.other</source>
        <translation>{count} circuits</translation>
    </message>
    <message>
        <source>circuits.shown</source>
        <translation>{shown} sur {total}</translation>
    </message>
    <message>
        <source>circuits.filter</source>
        <translation>Filtrer : numéro, rue, commune, état</translation>
    </message>
    <message>
        <source>circuits.list</source>
        <translation>Circuits de déneigement</translation>
    </message>
    <message>
        <source>circuits.legend</source>
        <translation>Comment lire l’état d’un circuit</translation>
    </message>
    <message>
        <source>circuits.loading</source>
        <translation>Lecture des circuits…</translation>
    </message>
    <message>
        <source>circuits.unread</source>
        <translation>Circuits illisibles</translation>
    </message>
    <message>
        <source>circuits.none</source>
        <translation>Aucun circuit</translation>
    </message>
    <message>
        <source>circuits.none.body</source>
        <translation>Ce territoire n’a pas de circuit de déneigement : ils s’écrivent dans circuits.toml.</translation>
    </message>
    <message>
        <source>circuits.no_match</source>
        <translation>Aucun circuit pour ce filtre</translation>
    </message>
    <message>
        <source>circuits.no_match.body</source>
        <translation>Les autres circuits sont là, seulement cachés par le filtre.</translation>
    </message>
    <message>
        <source>circuits.no_right</source>
        <translation>Votre compte n’a pas le droit de voir les circuits. Demandez-le à l’administrateur.</translation>
    </message>
    <message>
        <source>circuits.may_not</source>
        <translation>Votre compte ne peut que regarder les circuits : le droit « manage:circuit » manque.</translation>
    </message>
    <message>
        <source>circuits.choose</source>
        <translation>Choisissez un circuit pour dire son état.</translation>
    </message>
    <message>
        <source>circuits.choose_first</source>
        <translation>Choisissez d’abord un circuit.</translation>
    </message>
    <message>
        <source>circuits.already</source>
        <translation>Le circuit est déjà dans cet état.</translation>
    </message>
    <message>
        <source>circuits.waiting</source>
        <translation>Le changement précédent s’enregistre : un instant.</translation>
    </message>
    <message>
        <source>circuits.nothing_to_undo</source>
        <translation>Rien à annuler : rien n’a été dit, ou c’est déjà annulé.</translation>
    </message>
    <message>
        <source>circuits.recorded</source>
        <translation>{circuit} : {state}, enregistré.</translation>
    </message>
    <message>
        <source>circuits.undone</source>
        <translation>{circuit} : annulé, de nouveau {state}.</translation>
    </message>
    <message>
        <source>circuits.head.state</source>
        <translation>État</translation>
    </message>
    <message>
        <source>circuits.head.priority</source>
        <translation>Niv.</translation>
    </message>
    <message>
        <source>circuits.head.priority.long</source>
        <translation>Niveau de service : S1 d’abord</translation>
    </message>
    <message>
        <source>circuits.head.id</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>circuits.head.name</source>
        <translation>Circuit</translation>
    </message>
    <message>
        <source>circuits.head.streets</source>
        <translation>Rues</translation>
    </message>
    <message>
        <source>circuits.head.since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>circuits.head.due</source>
        <translation>À refaire</translation>
    </message>
    <message>
        <source>circuits.head.by</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>circuits.head.km</source>
        <translation>km</translation>
    </message>
    <message>
        <source>circuit.look.uninspected</source>
        <translation>non contrôlé</translation>
    </message>
    <message>
        <source>circuit.look.to_do</source>
        <translation>à faire</translation>
    </message>
    <message>
        <source>circuit.look.in_progress</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>circuit.look.fresh</source>
        <translation>traité</translation>
    </message>
    <message>
        <source>circuit.look.ageing</source>
        <translation>plus de 2 h</translation>
    </message>
    <message>
        <source>circuit.look.due_again</source>
        <translation>à refaire</translation>
    </message>
    <message>
        <source>circuit.look.snowed_over</source>
        <translation>réenneigé</translation>
    </message>
    <message>
        <source>circuit.look.blocked</source>
        <translation>bloqué</translation>
    </message>
    <message>
        <source>circuit.state.uninspected</source>
        <translation>non contrôlé</translation>
    </message>
    <message>
        <source>circuit.state.to_do</source>
        <translation>à faire</translation>
    </message>
    <message>
        <source>circuit.state.in_progress</source>
        <translation>en cours</translation>
    </message>
    <message>
        <source>circuit.state.treated</source>
        <translation>traité</translation>
    </message>
    <message>
        <source>circuit.state.snowed_over</source>
        <translation>réenneigé</translation>
    </message>
    <message>
        <source>circuit.state.blocked</source>
        <translation>bloqué</translation>
    </message>
    <message>
        <source>circuit.act.uninspected</source>
        <translation>Non contrôlé</translation>
    </message>
    <message>
        <source>circuit.act.to_do</source>
        <translation>À faire</translation>
    </message>
    <message>
        <source>circuit.act.in_progress</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>circuit.act.treated</source>
        <translation>Traité</translation>
    </message>
    <message>
        <source>circuit.act.snowed_over</source>
        <translation>Réenneigé</translation>
    </message>
    <message>
        <source>circuit.act.blocked</source>
        <translation>Bloqué…</translation>
    </message>
    <message>
        <source>circuit.act.undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>circuit.act.undo_to</source>
        <translation>Annuler (redevient « {state} »)</translation>
    </message>
    <message>
        <source>circuit.treatment.salt</source>
        <translation>salage</translation>
    </message>
    <message>
        <source>circuit.treatment.plough</source>
        <translation>raclage</translation>
    </message>
    <message>
        <source>circuit.treatment.both</source>
        <translation>raclage et salage</translation>
    </message>
    <message>
        <source>circuit.km</source>
        <translation>{km} km</translation>
    </message>
    <message>
        <source>circuit.since_by</source>
        <translation>depuis {since}, {by}</translation>
    </message>
    <message>
        <source>circuit.due_at</source>
        <translation>à refaire à {time}</translation>
    </message>
    <message>
        <source>circuit.due_since</source>
        <translation>à refaire depuis {time}</translation>
    </message>
    <message>
        <source>circuit.because</source>
        <translation>{state} : {reason}</translation>
    </message>
    <message>
        <source>circuit.share</source>
        <translation>{percent} % · {done} sur {total} km</translation>
    </message>
    <message>
        <source>circuit.share.said</source>
        <translation>{priority}, traité : {share}</translation>
    </message>
    <message>
        <source>error.circuit.not_found</source>
        <translation>Aucun circuit « {circuit} » dans ce territoire. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.circuit.page</source>
        <translation>La page {first} dépasse les {total} circuits. Rechargez le panneau.</translation>
    </message>
    <message>
        <source>error.circuit.changed</source>
        <translation>« {circuit} » vient d’être changé par {user}. Rien n’a été enregistré : relisez son état, puis recommencez.</translation>
    </message>
    <message>
        <source>error.circuit.already</source>
        <translation>« {circuit} » est déjà dans cet état. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.circuit.nothing_to_undo</source>
        <translation>Rien à annuler pour « {circuit} » : rien n’a été dit, ou c’est déjà annulé.</translation>
    </message>
    <message>
        <source>error.circuit.reason_missing</source>
        <translation>Dites ce qui bloque le circuit : l’équipe suivante le lira. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.circuit.reason_too_long</source>
        <translation>Le motif a {length} caractères, {limit} au plus. Rien n’a changé.</translation>
    </message>
    <message>
        <source>seat.snow</source>
        <translation>Neige</translation>
    </message>
    <message>
        <source>map.layer.circuits</source>
        <translation>Circuits</translation>
    </message>
</context>
</TS>
