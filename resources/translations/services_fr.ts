<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.storage.full</source>
        <translation>Le disque du pont est plein. Rien n’a été enregistré ; l’image en direct continue. Prévenez l’administrateur et notez sur papier.</translation>
    </message>
    <message>
        <source>error.storage.failed</source>
        <translation>Le pont n’arrive pas à écrire dans sa base. Rien n’a été enregistré ; l’image en direct continue. Prévenez l’administrateur.</translation>
    </message>
    <message>
        <source>error.bridge.stopping</source>
        <translation>Le pont s’arrête ou démarre. Vérifiez après le redémarrage si la demande a été prise, puis recommencez.</translation>
    </message>
    <message>
        <source>error.equipment.not_found</source>
        <translation>L’équipement « {equipment} » n’est pas dans le territoire.</translation>
    </message>
    <message>
        <source>error.service.reason_missing</source>
        <translation>Donnez un motif : il est lu à la relève. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.service.reason_too_long</source>
        <translation>Le motif a {length} caractères, {limit} au plus. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.service.end_missing</source>
        <translation>Une maintenance a une fin : indiquez-la. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.service.end_past</source>
        <translation>La fin indiquée est déjà passée. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.service.end_far</source>
        <translation>La fin est à plus de {days} jours : quelqu’un doit y revenir avant. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.service.already_in</source>
        <translation>« {equipment} » est déjà en service. Rien n’a changé.</translation>
    </message>
</context>
</TS>
