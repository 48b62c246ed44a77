<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.hand_over.malformed</source>
        <translation>Relève refusée : plus de {incidents} événements ou de {sections} rubriques en une fois. Reprenez moins d’événements.</translation>
    </message>
    <message>
        <source>error.hand_over.same_person</source>
        <translation>Cette personne tient déjà ce poste : la relève se fait avec une autre personne.</translation>
    </message>
    <message>
        <source>error.hand_over.unconfirmed</source>
        <translation>Relève non confirmée : le pont n’a pas répondu. Personne n’est connecté ici ; connectez-vous, puis vérifiez qui tient les événements.</translation>
    </message>
    <message>
        <source>error.hand_over.under_way</source>
        <translation>Une relève est en cours sur ce poste : rien n’a été fait. Recommencez quand elle est finie.</translation>
    </message>
    <message>
        <source>error.unlock.wrong</source>
        <translation>Ce n’est pas le mot de passe de la personne connectée : le poste reste verrouillé. Vérifiez la touche Verr. Maj et recommencez.</translation>
    </message>
    <message>
        <source>log.incident.handed_over</source>
        <translation>Repris à la relève</translation>
    </message>
</context>
</TS>
