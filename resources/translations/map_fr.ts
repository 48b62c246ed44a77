<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>map.title</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>map.layers.title</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>map.layers.fact</source>
        <translation>total</translation>
    </message>
    <message>
        <source>map.layers.shown</source>
        <translation>Dessinée ; Espace la masque.</translation>
    </message>
    <message>
        <source>map.layers.not_shown</source>
        <translation>Masquée ; Espace la dessine.</translation>
    </message>
    <message>
        <source>map.layer.incidents</source>
        <translation>Événements</translation>
    </message>
    <message>
        <source>map.layer.lamp</source>
        <translation>Points lumineux</translation>
    </message>
    <message>
        <source>map.layer.cabinet</source>
        <translation>Armoires</translation>
    </message>
    <message>
        <source>map.legend.title</source>
        <translation>Lire la carte</translation>
    </message>
    <message>
        <source>map.state.on</source>
        <translation>Allumé</translation>
    </message>
    <message>
        <source>map.state.dimmed</source>
        <translation>Gradué</translation>
    </message>
    <message>
        <source>map.state.off</source>
        <translation>Éteint</translation>
    </message>
    <message>
        <source>map.state.unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>map.state.bad</source>
        <translation>Invalide</translation>
    </message>
    <message>
        <source>map.state.unavailable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>map.state.stale</source>
        <translation>Périmé</translation>
    </message>
    <message>
        <source>map.state.disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>map.state.maintenance</source>
        <translation>En travaux</translation>
    </message>
    <message>
        <source>map.locator.title</source>
        <translation>Métropole</translation>
    </message>
    <message>
        <source>map.locator.communes.one</source>
        <translation>{count} commune</translation>
    </message>
    <message>
        <source>map.locator.communes.other</source>
        <translation>{count} communes</translation>
    </message>
    <message>
        <source>map.incident.children.one</source>
        <translation>{count} équipement dessous</translation>
    </message>
    <message>
        <source>map.incident.children.other</source>
        <translation>{count} équipements dessous</translation>
    </message>
    <message>
        <source>map.incident.returned</source>
        <translation>revenu à la normale</translation>
    </message>
    <message>
        <source>map.incident.assigned</source>
        <translation>confié à {to}</translation>
    </message>
    <message>
        <source>map.incident.owned</source>
        <translation>pris par {owner}</translation>
    </message>
    <message>
        <source>map.incident.free</source>
        <translation>à prendre</translation>
    </message>
    <message>
        <source>map.ground.of</source>
        <translation>Fond : {title}</translation>
    </message>
    <message>
        <source>map.page.empty</source>
        <translation>Aucun équipement à montrer : le territoire n’en a pas encore, son catalogue n’est pas arrivé, ou vos droits n’en montrent aucun.</translation>
    </message>
    <message>
        <source>map.ground.absent</source>
        <translation>Fond de carte absent</translation>
    </message>
    <message>
        <source>map.ground.not_given</source>
        <translation>aucun dossier n'a été donné (--territory)</translation>
    </message>
    <message>
        <source>map.ground.no_directory</source>
        <translation>le dossier {detail} n'existe pas</translation>
    </message>
    <message>
        <source>map.ground.empty_directory</source>
        <translation>{detail} ne contient ni streets.geojson ni communes.geojson</translation>
    </message>
    <message>
        <source>map.ground.unreadable</source>
        <translation>{detail} est illisible</translation>
    </message>
    <message>
        <source>map.ground.too_large</source>
        <translation>{detail} est trop grand (64 Mo au plus)</translation>
    </message>
    <message>
        <source>map.page.zoom_in</source>
        <translation>Rapprocher (+)</translation>
    </message>
    <message>
        <source>map.page.zoom_out</source>
        <translation>Éloigner (−)</translation>
    </message>
    <message>
        <source>map.page.decimal</source>
        <translation>,</translation>
    </message>
    <message>
        <source>map.page.north</source>
        <translation>N</translation>
    </message>
    <message>
        <source>map.page.south</source>
        <translation>S</translation>
    </message>
    <message>
        <source>map.page.east</source>
        <translation>E</translation>
    </message>
    <message>
        <source>map.page.west</source>
        <translation>O</translation>
    </message>
    <message>
        <source>cover.since</source>
        <translation>Plus rien depuis {time}</translation>
    </message>
    <message>
        <source>map.cover.silent</source>
        <translation>{seconds} s · carte figée, données cachées · relance si elle ne répond pas</translation>
    </message>
    <message>
        <source>map.cover.behind</source>
        <translation>{seconds} s · carte en retard, données cachées · elle rattrape</translation>
    </message>
    <message>
        <source>map.cover.crashed</source>
        <translation>{seconds} s · la carte s'est arrêtée, données cachées · relance en cours</translation>
    </message>
    <message>
        <source>watchdog.frozen</source>
        <translation>{seconds} s · fenêtre figée, données cachées · elle revient seule, sinon relancez le poste</translation>
    </message>
    <message>
        <source>watchdog.restarted</source>
        <translation>Le chien de garde s'était arrêté ; il est relancé.</translation>
    </message>
    <message>
        <source>watchdog.absent</source>
        <translation>Le chien de garde ne démarre pas : une fenêtre figée ne serait pas couverte. Prévenez la maintenance.</translation>
    </message>
    <message>
        <source>map.page.waiting</source>
        <translation>La carte attend ce que le pont sait des équipements.</translation>
    </message>
    <message>
        <source>map.layers.open</source>
        <translation>Couches</translation>
    </message>
    <message>
        <source>map.layers.open.tip</source>
        <translation>Montrer ou ranger les couches et la lecture de la carte</translation>
    </message>
</context>
</TS>
