<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.edit_mode.off</source>
        <translation>Le mode édition est désactivé : rien n’a été modifié. Activez-le (Ctrl E ; il s’éteint de lui-même au bout d’un quart d’heure), puis recommencez.</translation>
    </message>
    <message>
        <source>error.hands_off.where</source>
        <translation>Une zone de travail porte sur un équipement ou sur un secteur, l’un des deux. Rien n’a changé : choisissez.</translation>
    </message>
    <message>
        <source>error.hands_off.sector</source>
        <translation>Aucun secteur ne s’appelle « {sector} ». Rien n’a changé : choisissez-en un du territoire.</translation>
    </message>
    <message>
        <source>error.hands_off.id</source>
        <translation>L’identifiant de la zone doit avoir de 1 à {most} caractères. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.hands_off.reason</source>
        <translation>Dites ce que font les techniciens ({most} caractères au plus) : c’est lu avant toute commande. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.hands_off.contact</source>
        <translation>Dites comment joindre les techniciens, téléphone ou indicatif radio ({most} caractères au plus). Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.hands_off.until</source>
        <translation>La fin doit être à venir, dans {days} jours au plus. Rien n’a changé : donnez une autre fin, elle pourra être prolongée.</translation>
    </message>
    <message>
        <source>error.hands_off.too_many</source>
        <translation>Il y a déjà {most} zones de travail. Rien n’a changé : levez celles qui sont finies.</translation>
    </message>
    <message>
        <source>error.hands_off.not_found</source>
        <translation>Cette zone de travail n’existe pas ou est déjà levée.</translation>
    </message>
    <message>
        <source>error.export.subject</source>
        <translation>Dites ce qui est exporté ({most} caractères au plus). Rien n’a été exporté.</translation>
    </message>
    <message>
        <source>error.export.reason</source>
        <translation>Dites pourquoi ({most} caractères au plus) : le motif reste au journal. Rien n’a été exporté.</translation>
    </message>
    <message>
        <source>error.export.digest</source>
        <translation>L’empreinte du fichier ou le nombre de lignes n’est pas valable. Rien n’a été exporté ; prévenez l’administrateur.</translation>
    </message>
    <message>
        <source>error.audit.page</source>
        <translation>Une page du journal d’audit a de 1 à {most} lignes.</translation>
    </message>
    <message>
        <source>error.audit.event</source>
        <translation>Le journal d’audit ne connaît pas d’événement « {event} ».</translation>
    </message>
</context>
</TS>
