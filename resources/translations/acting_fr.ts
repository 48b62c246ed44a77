<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>acting.reason.checking</source>
        <translation>L’essai à blanc est en cours.</translation>
    </message>
    <message>
        <source>acting.reason.over</source>
        <translation>C’est déjà parti ou abandonné.</translation>
    </message>
    <message>
        <source>acting.reason.all_refused</source>
        <translation>Tout serait refusé : rien ne peut partir.</translation>
    </message>
    <message>
        <source>acting.reason.no_reason</source>
        <translation>Écrivez un motif : il reste au registre.</translation>
    </message>
    <message>
        <source>acting.reason.not_live</source>
        <translation>Le pont ne répond plus : rien ne peut partir.</translation>
    </message>
    <message>
        <source>acting.reason.too_late</source>
        <translation>Non confirmé en 30 s : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.approval.refused</source>
        <translation>La seconde personne a refusé : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.approval.expired</source>
        <translation>Pas de réponse en 2 min : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.approval.withdrawn</source>
        <translation>Demande retirée : rien n’est parti.</translation>
    </message>
</context>
</TS>
