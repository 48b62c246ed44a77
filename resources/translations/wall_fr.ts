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
        <source>wall.altered</source>
        <translation>{name}, modifiée ici</translation>
    </message>
    <message>
        <source>wall.followed</source>
        <translation>Composition « {name} » changée par {user} : le mur suit.</translation>
    </message>
    <message>
        <source>wall.act.visitors</source>
        <translation>Mode visiteur</translation>
    </message>
    <message>
        <source>wall.act.visitors.end</source>
        <translation>Fin du mode visiteur</translation>
    </message>
    <message>
        <source>wall.word.masked</source>
        <translation>MASQUÉE</translation>
    </message>
    <message>
        <source>wall.cause.masked</source>
        <translation>visiteurs présents, caméra non publiée</translation>
    </message>
    <message>
        <source>wall.visitors.began</source>
        <translation>Mode visiteur : seules les caméras publiées restent sur le mur. F11 y met fin.</translation>
    </message>
    <message>
        <source>wall.visitors.ended</source>
        <translation>Mode visiteur terminé : le mur est rendu.</translation>
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
        <translation>Rien n’est choisi ailleurs. Choisissez sur la carte ou dans l’arbre, puis S.</translation>
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
        <translation>Composition « {name} » enregistrée pour toute la salle.</translation>
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
        <translation>Poser les choisies</translation>
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
    <message>
        <source>panel.wall_2.title</source>
        <translation>Mur 2</translation>
    </message>
    <message>
        <source>panel.wall_3.title</source>
        <translation>Mur 3</translation>
    </message>
    <message>
        <source>wall.deleted</source>
        <translation>Composition « {name} » supprimée. R la rétablit, pendant un jour.</translation>
    </message>
    <message>
        <source>wall.restored</source>
        <translation>Composition « {name} » rétablie.</translation>
    </message>
    <message>
        <source>wall.name_taken</source>
        <translation>« {name} » existe déjà (de {user}). Encore Entrée pour la remplacer.</translation>
    </message>
    <message>
        <source>wall.may_not_save</source>
        <translation>Enregistrer pour la salle demande le droit de gérer les caméras.</translation>
    </message>
    <message>
        <source>wall.waiting</source>
        <translation>Le pont n’a pas encore répondu.</translation>
    </message>
    <message>
        <source>wall.none_toured</source>
        <translation>Aucune composition dans la ronde. Montrez-en une, puis D lui donne une pause.</translation>
    </message>
    <message>
        <source>wall.none_shown</source>
        <translation>Aucune composition à l’écran. C en montre une.</translation>
    </message>
    <message>
        <source>wall.none_to_show</source>
        <translation>Aucune caméra à moins de 300 m de cet équipement.</translation>
    </message>
    <message>
        <source>wall.nothing_proposed</source>
        <translation>Aucune case libre, ou aucune caméra à proposer.</translation>
    </message>
    <message>
        <source>wall.called</source>
        <translation>{title} : caméras {numbers} appelées sur le mur.</translation>
    </message>
    <message>
        <source>wall.proposed.number</source>
        <translation>numéro le plus bas</translation>
    </message>
    <message>
        <source>wall.said.proposed</source>
        <translation>Case libre, proposée : {number} · {name} · {why}</translation>
    </message>
    <message>
        <source>wall.said.locked</source>
        <translation>verrouillée</translation>
    </message>
    <message>
        <source>wall.word.proposed</source>
        <translation>Libre · proposée</translation>
    </message>
    <message>
        <source>wall.key.fill</source>
        <translation>P les prend toutes ; ou un numéro, puis Entrée</translation>
    </message>
    <message>
        <source>wall.act.propose</source>
        <translation>Prendre les proposées</translation>
    </message>
    <message>
        <source>wall.act.carry</source>
        <translation>Déplacer</translation>
    </message>
    <message>
        <source>wall.act.let_go</source>
        <translation>Poser ici</translation>
    </message>
    <message>
        <source>wall.act.lock</source>
        <translation>Verrouiller</translation>
    </message>
    <message>
        <source>wall.act.unlock</source>
        <translation>Déverrouiller</translation>
    </message>
    <message>
        <source>wall.act.auto</source>
        <translation>Appel automatique : non</translation>
    </message>
    <message>
        <source>wall.act.auto.off</source>
        <translation>Appel automatique : oui</translation>
    </message>
    <message>
        <source>wall.act.dwell.none</source>
        <translation>Hors ronde</translation>
    </message>
    <message>
        <source>wall.act.remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>wall.act.remove_it</source>
        <translation>Supprimer « {name} »</translation>
    </message>
    <message>
        <source>wall.act.restore</source>
        <translation>Rétablir « {name} »</translation>
    </message>
    <message>
        <source>error.composition.name_missing</source>
        <translation>Donnez un nom à la composition. Rien n’est enregistré.</translation>
    </message>
    <message>
        <source>error.composition.name_taken</source>
        <translation>Une composition s’appelle déjà « {name} » ({user}). Prenez un autre nom. Rien n’est changé.</translation>
    </message>
    <message>
        <source>error.composition.changed</source>
        <translation>{user} a changé « {name} » entre-temps. Regardez-la (C), puis recommencez.</translation>
    </message>
    <message>
        <source>error.composition.deleted</source>
        <translation>« {name} » vient d’être supprimée par {user}. Rien n’est enregistré ; R la rétablit.</translation>
    </message>
    <message>
        <source>error.composition.not_deleted</source>
        <translation>« {name} » est déjà rétablie.</translation>
    </message>
    <message>
        <source>error.composition.too_late</source>
        <translation>« {name} » est supprimée depuis plus d’un jour : elle ne peut plus revenir. Composez-la de nouveau.</translation>
    </message>
    <message>
        <source>error.composition.not_found</source>
        <translation>Cette composition n’existe plus. Choisissez-en une autre (C).</translation>
    </message>
    <message>
        <source>error.composition.screens</source>
        <translation>Un mur a au plus {screens} écrans et {tiles} cases. Rien n’est enregistré.</translation>
    </message>
    <message>
        <source>error.composition.dwell</source>
        <translation>Une pause de {seconds} s n’est pas offerte. Rien n’est enregistré.</translation>
    </message>
    <message>
        <source>error.composition.too_many</source>
        <translation>La salle a déjà {most} compositions. Supprimez-en une (R).</translation>
    </message>
    <message>
        <source>demo.wall.fact.memory</source>
        <translation>{mib} Mio de mémoire, tous processus de la console</translation>
    </message>
    <message>
        <source>wall.act.more</source>
        <translation>Plus…</translation>
    </message>
    <message>
        <source>wall.act.less</source>
        <translation>Moins</translation>
    </message>
    <message>
        <source>wall.all_acts_shown</source>
        <translation>Tous les actes du mur sont déjà dans sa ligne.</translation>
    </message>
</context>
</TS>
