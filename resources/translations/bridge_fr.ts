<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.alarm_history.range</source>
        <translation>L’historique des alarmes se demande sur 1 à {hours} heures et 1 à {days} jours. Choisissez dans ces limites.</translation>
    </message>
    <message>
        <source>error.catalogue.page</source>
        <translation>Le catalogue compte {total} équipements ; la page à partir de {first} n’existe pas. Le relire depuis le début.</translation>
    </message>
    <message>
        <source>error.point.not_found</source>
        <translation>L’équipement « {equipment} » n’a pas de point « {point} ». Choisissez un point de sa fiche.</translation>
    </message>
    <message>
        <source>error.log.limit</source>
        <translation>La main courante se demande par 1 à {most} lignes ; {limit} n’est pas possible.</translation>
    </message>
    <message>
        <source>error.trend.range</source>
        <translation>Cette courbe ne peut pas être tracée : la fin doit suivre le début, sur {days} jours au plus, en 2 à {buckets} intervalles.</translation>
    </message>
    <message>
        <source>error.equipment.no_link</source>
        <translation>L’équipement « {equipment} » ne dépend d’aucune liaison : il n’y a pas de diagnostic à montrer.</translation>
    </message>
    <message>
        <source>error.storage.unread</source>
        <translation>Le pont n’arrive pas à lire dans sa base : la réponse manque, l’image en direct continue. Recommencez dans un instant, puis prévenez l’administrateur.</translation>
    </message>
</context>
</TS>
