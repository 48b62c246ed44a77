<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>incident.cabinet_lost.title</source>
        <translation>Armoire injoignable</translation>
    </message>
    <message>
        <source>incident.feeder_tripped.title</source>
        <translation>Départ d’éclairage disjoncté</translation>
    </message>
    <message>
        <source>incident.supply_fault.title</source>
        <translation>Alimentation anormale</translation>
    </message>
    <message>
        <source>incident.cabinet_open.title</source>
        <translation>Armoire ouverte</translation>
    </message>
    <message>
        <source>error.incident.not_found</source>
        <translation>L’événement {incident} n’existe pas. Actualisez la file et choisissez-le de nouveau.</translation>
    </message>
    <message>
        <source>error.incident.changed</source>
        <translation>L’événement {incident} a changé entre-temps (version {now}, vous aviez la {seen}). Rien n’a été enregistré : relisez-le, puis recommencez.</translation>
    </message>
    <message>
        <source>error.incident.already_taken</source>
        <translation>L’événement {incident} est déjà pris par {owner} ({seat}). Voyez avec cette personne.</translation>
    </message>
    <message>
        <source>error.incident.not_owner</source>
        <translation>L’événement {incident} appartient à {owner} ({seat}). Seule cette personne ou le superviseur peut faire cela ; vous pouvez commenter.</translation>
    </message>
    <message>
        <source>error.incident.closed</source>
        <translation>L’événement {incident} est clos. Rouvrez-le pour y travailler de nouveau.</translation>
    </message>
    <message>
        <source>error.incident.not_closed</source>
        <translation>L’événement {incident} n’est pas clos : il n’y a rien à rouvrir.</translation>
    </message>
    <message>
        <source>error.incident.too_old</source>
        <translation>L’événement {incident} est clos depuis plus de {hours} h et ne se rouvre plus. Commentez-le ; une nouvelle alarme en ouvrira un autre.</translation>
    </message>
    <message>
        <source>error.incident.alarm_active</source>
        <translation>Une alarme de l’événement {incident} est encore active : la cause n’a pas disparu. Il reste ouvert ; clôturez-le quand toutes ses alarmes seront revenues.</translation>
    </message>
    <message>
        <source>error.incident.assigned_to</source>
        <translation>Indiquez l’équipe ou la patrouille, en {limit} caractères au plus. Rien n’a été affecté.</translation>
    </message>
    <message>
        <source>error.incident.text_too_long</source>
        <translation>Le texte a {length} caractères, {limit} au plus. Rien n’a été enregistré : raccourcissez-le ou écrivez deux lignes.</translation>
    </message>
    <message>
        <source>error.incident.comment_empty</source>
        <translation>Le commentaire est vide. Rien n’a été enregistré.</translation>
    </message>
    <message>
        <source>error.incident.comment_key</source>
        <translation>La console n’a pas numéroté son commentaire. Rien n’a été enregistré : c’est un défaut de la console, signalez-le.</translation>
    </message>
    <message>
        <source>incident.bollard_lost.title</source>
        <translation>Borne injoignable</translation>
    </message>
    <message>
        <source>incident.station_lost.title</source>
        <translation>Station injoignable</translation>
    </message>
    <message>
        <source>incident.network_lost.title</source>
        <translation>Réseau perdu</translation>
    </message>
    <message>
        <source>incident.bollard_stopped.title</source>
        <translation>Borne arrêtée</translation>
    </message>
    <message>
        <source>incident.flood_watch.title</source>
        <translation>Crue à surveiller</translation>
    </message>
    <message>
        <source>incident.slippery_road.title</source>
        <translation>Chaussée glissante</translation>
    </message>
</context>
</TS>
