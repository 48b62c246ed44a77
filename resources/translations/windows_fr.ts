<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>ui.sounds.more.one</source>
        <translation>Une alarme de plus.</translation>
    </message>
    <message>
        <source>ui.sounds.more.other</source>
        <translation>{count} alarmes de plus.</translation>
    </message>
    <message>
        <source>ui.sounds.reminded</source>
        <translation>Rappel : {alarm} — alarme {stands}, et personne ne l’a acquittée.</translation>
    </message>
    <message>
        <source>sounds.stands.one</source>
        <translation>apparue il y a une minute</translation>
    </message>
    <message>
        <source>sounds.stands.other</source>
        <translation>apparue il y a {count} min</translation>
    </message>
    <message>
        <source>sounds.reminded_more.one</source>
        <translation>Une autre alarme attend de même.</translation>
    </message>
    <message>
        <source>sounds.reminded_more.other</source>
        <translation>{count} autres alarmes attendent de même.</translation>
    </message>
    <message>
        <source>ui.sounds.silent</source>
        <translation>Sons coupés pour {minutes} min. Rien n’est acquitté ; une nouvelle alarme urgente se fera entendre.</translation>
    </message>
    <message>
        <source>ui.sounds.heard</source>
        <translation>Les sons d’alarme sont de nouveau audibles.</translation>
    </message>
    <message>
        <source>ui.sounds.none</source>
        <translation>Ce poste n’a pas de haut-parleur : les alarmes se voient, elles ne s’entendent pas. Branchez une sortie audio, puis reprenez le poste.</translation>
    </message>
    <message>
        <source>ui.key.f12</source>
        <translation>Couper les sons</translation>
    </message>
    <message>
        <source>ui.key.screen</source>
        <translation>Écran {number}</translation>
    </message>
    <message>
        <source>ui.shell.close_main</source>
        <translation>Cette fenêtre va avec le poste. Fermez la fenêtre principale, ou quittez le poste.</translation>
    </message>
    <message>
        <source>ui.shell.no_screen</source>
        <translation>Ce poste n’a pas d’écran {number} : il en a {count}.</translation>
    </message>
    <message>
        <source>seat.traffic</source>
        <translation>Circulation</translation>
    </message>
    <message>
        <source>seat.security</source>
        <translation>Sûreté</translation>
    </message>
    <message>
        <source>seat.calltaker</source>
        <translation>Prise d’appels</translation>
    </message>
    <message>
        <source>seat.crisis</source>
        <translation>Cellule de crise</translation>
    </message>
    <message>
        <source>seat.auditor</source>
        <translation>Protection des données</translation>
    </message>
</context>
</TS>
