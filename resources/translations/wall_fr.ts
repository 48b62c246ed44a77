<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>panel.wall.title</source>
        <translation>Mur</translation>
    </message>
    <message>
        <source>wall.unnamed</source>
        <translation>Sans nom</translation>
    </message>
    <message>
        <source>wall.borrowed</source>
        <translation>{name} + incident, retour à la clôture</translation>
    </message>
    <message>
        <source>wall.cameras.one</source>
        <translation>{count} caméra</translation>
    </message>
    <message>
        <source>wall.cameras.other</source>
        <translation>{count} caméras</translation>
    </message>
    <message>
        <source>wall.unsure.one</source>
        <translation>{count} sans image sûre</translation>
    </message>
    <message>
        <source>wall.unsure.other</source>
        <translation>{count} sans image sûre</translation>
    </message>
    <message>
        <source>wall.tour.left</source>
        <translation>ronde, suite dans {left}</translation>
    </message>
    <message>
        <source>wall.call.none</source>
        <translation>aucune caméra de ce numéro</translation>
    </message>
    <message>
        <source>wall.unknown_number</source>
        <translation>Aucune caméra {number} ici. Le numéro est sur la carte et dans l’arbre des équipements.</translation>
    </message>
    <message>
        <source>wall.no_incident</source>
        <translation>Aucun incident choisi. Choisissez-en un dans la file ou sur la carte.</translation>
    </message>
    <message>
        <source>wall.no_selection</source>
        <translation>Aucune caméra choisie. Choisissez-en sur la carte ou dans l’arbre.</translation>
    </message>
    <message>
        <source>wall.no_compositions</source>
        <translation>Aucune composition enregistrée. Composez le mur, puis E.</translation>
    </message>
    <message>
        <source>wall.no_camera_here</source>
        <translation>Aucune caméra dans cette case. Tapez un numéro, puis Entrée.</translation>
    </message>
    <message>
        <source>wall.none_near</source>
        <translation>Aucune caméra à moins de 300 m. Encore une fois : chercher à 1 km.</translation>
    </message>
    <message>
        <source>wall.none_wider</source>
        <translation>Aucune caméra à moins de 1 km de cet incident.</translation>
    </message>
    <message>
        <source>wall.why.sees</source>
        <translation>{metres} m, face</translation>
    </message>
    <message>
        <source>wall.why.near</source>
        <translation>{metres} m</translation>
    </message>
    <message>
        <source>wall.name</source>
        <translation>Nom de la composition</translation>
    </message>
    <message>
        <source>wall.name_missing</source>
        <translation>Donnez un nom à la composition, puis Entrée. Rien n’est enregistré.</translation>
    </message>
    <message>
        <source>wall.saved</source>
        <translation>Composition « {name} » enregistrée pour vous.</translation>
    </message>
    <message>
        <source>wall.too_many_compositions</source>
        <translation>Quarante compositions sont déjà enregistrées. Reprenez le nom de l’une d’elles pour la remplacer.</translation>
    </message>
    <message>
        <source>wall.key.delete</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>wall.key.enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>wall.act.grid</source>
        <translation>Grille de {count}</translation>
    </message>
    <message>
        <source>wall.act.incident</source>
        <translation>Caméras de l’incident</translation>
    </message>
    <message>
        <source>wall.act.selection</source>
        <translation>Caméras choisies</translation>
    </message>
    <message>
        <source>wall.act.next</source>
        <translation>Composition suivante</translation>
    </message>
    <message>
        <source>wall.act.tour</source>
        <translation>Lancer la ronde</translation>
    </message>
    <message>
        <source>wall.act.tour.stop</source>
        <translation>Arrêter la ronde</translation>
    </message>
    <message>
        <source>wall.act.dwell</source>
        <translation>Pause de {seconds} s</translation>
    </message>
    <message>
        <source>wall.act.save</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>wall.act.empty</source>
        <translation>Vider la case</translation>
    </message>
    <message>
        <source>wall.act.full</source>
        <translation>Plein panneau</translation>
    </message>
    <message>
        <source>wall.act.full.end</source>
        <translation>Toutes les cases</translation>
    </message>
    <message>
        <source>wall.empty</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>wall.empty.chosen</source>
        <translation>Libre : numéro, puis Entrée</translation>
    </message>
    <message>
        <source>wall.said.live</source>
        <translation>en direct</translation>
    </message>
    <message>
        <source>wall.said.empty</source>
        <translation>Case libre</translation>
    </message>
    <message>
        <source>wall.word.connecting</source>
        <translation>CONNEXION</translation>
    </message>
    <message>
        <source>wall.word.late</source>
        <translation>EN RETARD {age}</translation>
    </message>
    <message>
        <source>wall.word.frozen</source>
        <translation>FIGÉE {age}</translation>
    </message>
    <message>
        <source>wall.word.black</source>
        <translation>OBSCURCIE {time}</translation>
    </message>
    <message>
        <source>wall.word.lost</source>
        <translation>PERDUE {time}</translation>
    </message>
    <message>
        <source>wall.word.disabled</source>
        <translation>HORS SERVICE</translation>
    </message>
    <message>
        <source>wall.word.maintenance</source>
        <translation>EN TRAVAUX</translation>
    </message>
    <message>
        <source>wall.word.forbidden</source>
        <translation>INTERDITE ICI</translation>
    </message>
    <message>
        <source>wall.word.refused</source>
        <translation>SANS ACCORD</translation>
    </message>
    <message>
        <source>wall.word.gone</source>
        <translation>INCONNUE ICI</translation>
    </message>
    <message>
        <source>wall.cause.frozen</source>
        <translation>liaison bonne, même image</translation>
    </message>
    <message>
        <source>wall.cause.black</source>
        <translation>liaison bonne, rien sur l’image</translation>
    </message>
    <message>
        <source>wall.cause.forbidden</source>
        <translation>votre compte ne voit pas les caméras</translation>
    </message>
    <message>
        <source>wall.cause.gone</source>
        <translation>cette caméra a quitté le territoire</translation>
    </message>
    <message>
        <source>wall.cause.reserved</source>
        <translation>réservée : {seats}</translation>
    </message>
    <message>
        <source>wall.cause.disabled</source>
        <translation>{by} : {reason}</translation>
    </message>
    <message>
        <source>wall.cause.maintenance</source>
        <translation>{by} : {reason}</translation>
    </message>
    <message>
        <source>wall.cause.above</source>
        <translation>avec {equipment}, par {by} : {reason}</translation>
    </message>
    <message>
        <source>wall.cause.until</source>
        <translation>jusqu’à {time}</translation>
    </message>
    <message>
        <source>wall.cause.tries</source>
        <translation>essai {count}</translation>
    </message>
    <message>
        <source>wall.cause.refused</source>
        <translation>ne répond pas</translation>
    </message>
    <message>
        <source>wall.cause.unreadable</source>
        <translation>images illisibles</translation>
    </message>
    <message>
        <source>wall.cause.ended</source>
        <translation>flux interrompu</translation>
    </message>
    <message>
        <source>wall.cause.worker</source>
        <translation>le décodage redémarre</translation>
    </message>
    <message>
        <source>wall.cause.error.link.down</source>
        <translation>le pont ne répond plus, l’image est retirée</translation>
    </message>
    <message>
        <source>wall.cause.error.stream.none</source>
        <translation>pas encore d’images</translation>
    </message>
    <message>
        <source>demo.wall.nine_live</source>
        <translation>Neuf caméras appelées par leur numéro, neuf images en direct</translation>
    </message>
    <message>
        <source>demo.wall.not_to_be_believed</source>
        <translation>Une image figée, une obscurcie, une perdue, une interdite : chacune le dit</translation>
    </message>
    <message>
        <source>demo.wall.worker_killed</source>
        <translation>Un processus de décodage tué, ses images reviennent</translation>
    </message>
    <message>
        <source>demo.wall.worker_stopped</source>
        <translation>Un processus de décodage arrêté, ses images reviennent</translation>
    </message>
    <message>
        <source>demo.wall.one_alone</source>
        <translation>Une image seule, plus grande</translation>
    </message>
    <message>
        <source>demo.wall.fact.sources</source>
        <translation>{mjpeg} images MJPEG, {rtsp} en H.264 par RTSP</translation>
    </message>
    <message>
        <source>error.stream.reserved</source>
        <translation>Cette caméra est réservée à d’autres postes ({seats}). L’image n’est pas montrée ici.</translation>
    </message>
    <message>
        <source>error.stream.disabled</source>
        <translation>{equipment} est hors service ({by} : {reason}). L’image n’est pas ouverte.</translation>
    </message>
    <message>
        <source>error.stream.maintenance</source>
        <translation>{equipment} est en travaux ({by} : {reason}). L’image n’est pas ouverte.</translation>
    </message>
    <message>
        <source>error.stream.none</source>
        <translation>La caméra {equipment} n’a pas encore d’images. Voyez l’administrateur.</translation>
    </message>
    <message>
        <source>error.stream.expired</source>
        <translation>L’accord pour cette image a pris fin. La console en demande un autre.</translation>
    </message>
    <message>
        <source>error.stream.too_many</source>
        <translation>Vous regardez déjà {most} caméras. Fermez-en une.</translation>
    </message>
</context>
</TS>
