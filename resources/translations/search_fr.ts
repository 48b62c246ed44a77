<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.places.text</source>
        <translation>On cherche un lieu par 1 à {most} signes. Raccourcissez, ou tapez le début de la rue.</translation>
    </message>
    <message>
        <source>error.places.limit</source>
        <translation>On demande 1 à {most} lieux à la fois ; {limit} n’est pas possible.</translation>
    </message>
    <message>
        <source>error.places.unread</source>
        <translation>Le pont n’arrive pas à lire les adresses de la ville : rues et numéros ne peuvent pas être cherchés. Les équipements le peuvent. Prévenez l’administrateur (« beffroi territory check » dit ce qui ne va pas).</translation>
    </message>
    <message>
        <source>search.placeholder</source>
        <translation>Adresse, équipement, caméra, événement</translation>
    </message>
    <message>
        <source>search.palette.title</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>search.palette.placeholder</source>
        <translation>Lieu, équipement, numéro de caméra, événement, action</translation>
    </message>
    <message>
        <source>search.palette.escape</source>
        <translation>Rendre la main</translation>
    </message>
    <message>
        <source>search.hint</source>
        <translation>Tapez une adresse, un repère d’équipement, un numéro de caméra ou d’événement.</translation>
    </message>
    <message>
        <source>search.camera</source>
        <translation>Caméra {number}</translation>
    </message>
    <message>
        <source>search.results</source>
        <translation>Résultats de la recherche : {count}</translation>
    </message>
    <message>
        <source>search.indexing</source>
        <translation>Équipements en cours de lecture : {percent} %.</translation>
    </message>
    <message>
        <source>search.places.asking</source>
        <translation>Recherche des rues et adresses…</translation>
    </message>
    <message>
        <source>search.places.offline</source>
        <translation>Pont injoignable : rues et adresses ne peuvent pas être cherchées.</translation>
    </message>
    <message>
        <source>search.none</source>
        <translation>Aucun résultat pour « {text} » : ni équipement, ni événement, ni lieu, ni geste. Vérifiez l’orthographe, ou tapez moins de mots.</translation>
    </message>
    <message>
        <source>search.none.here</source>
        <translation>Aucun équipement ni événement pour « {text} ».</translation>
    </message>
    <message>
        <source>search.more</source>
        <translation>D’autres réponses existent : précisez.</translation>
    </message>
    <message>
        <source>search.no_map</source>
        <translation>« {place} » est trouvé, mais ce poste n’a pas de carte où le montrer.</translation>
    </message>
    <message>
        <source>search.place.address</source>
        <translation>adresse</translation>
    </message>
    <message>
        <source>search.place.street</source>
        <translation>rue</translation>
    </message>
    <message>
        <source>search.place.place</source>
        <translation>lieu-dit</translation>
    </message>
    <message>
        <source>search.place.commune</source>
        <translation>commune</translation>
    </message>
    <message>
        <source>search.place.sector</source>
        <translation>secteur</translation>
    </message>
    <message>
        <source>ui.key.ctrl_f</source>
        <translation>Chercher sur la carte</translation>
    </message>
    <message>
        <source>ui.key.ctrl_k</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>ui.shell.go_to_panel</source>
        <translation>Aller au panneau {panel}</translation>
    </message>
    <message>
        <source>link.territory</source>
        <translation>Territoire : {done} / {total}</translation>
    </message>
</context>
</TS>
