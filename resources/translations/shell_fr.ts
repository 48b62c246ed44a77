<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>ui.act.text</source>
        <translation>{action} : préciser</translation>
    </message>
    <message>
        <source>ui.alarm.action</source>
        <translation>À faire</translation>
    </message>
    <message>
        <source>ui.alarm.cause</source>
        <translation>Cause</translation>
    </message>
    <message>
        <source>ui.alarm.consequence</source>
        <translation>Conséquence</translation>
    </message>
    <message>
        <source>ui.alarm.history</source>
        <translation>Suivi</translation>
    </message>
    <message>
        <source>ui.alarm.severity.1</source>
        <translation>Urgente</translation>
    </message>
    <message>
        <source>ui.alarm.severity.2</source>
        <translation>Haute</translation>
    </message>
    <message>
        <source>ui.alarm.severity.3</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>ui.alarm.severity.4</source>
        <translation>Basse</translation>
    </message>
    <message>
        <source>ui.command.chain.letters</source>
        <translation>CARV</translation>
    </message>
    <message>
        <source>ui.diagnostics.again</source>
        <translation>Relire les trames</translation>
    </message>
    <message>
        <source>ui.diagnostics.failed</source>
        <translation>Le pont n’a pas pu donner les trames. Réessayer.</translation>
    </message>
    <message>
        <source>ui.diagnostics.frames</source>
        <translation>Dernières trames échangées</translation>
    </message>
    <message>
        <source>ui.diagnostics.hide</source>
        <translation>Ranger</translation>
    </message>
    <message>
        <source>ui.diagnostics.loading</source>
        <translation>Demande en cours au pont.</translation>
    </message>
    <message>
        <source>ui.diagnostics.show</source>
        <translation>Trames de la liaison</translation>
    </message>
    <message>
        <source>ui.equipment.detail</source>
        <translation>Équipement choisi</translation>
    </message>
    <message>
        <source>ui.equipment.empty</source>
        <translation>Aucun équipement</translation>
    </message>
    <message>
        <source>ui.equipment.empty.body</source>
        <translation>Le pont n’a donné aucun équipement : son territoire est vide, ou ce compte n’a le droit d’en voir aucun. Voir les deux avec l’administrateur.</translation>
    </message>
    <message>
        <source>ui.equipment.filter</source>
        <translation>Filtrer : n°, nom, rue, commune</translation>
    </message>
    <message>
        <source>ui.equipment.list</source>
        <translation>Équipements</translation>
    </message>
    <message>
        <source>ui.equipment.no_match</source>
        <translation>Rien ne répond au filtre « {words} »</translation>
    </message>
    <message>
        <source>ui.equipment.no_match.body</source>
        <translation>Les équipements existent, aucun ne contient tous ces mots. Ôter le filtre pour les revoir.</translation>
    </message>
    <message>
        <source>ui.equipment.none_chosen</source>
        <translation>Aucun équipement choisi</translation>
    </message>
    <message>
        <source>ui.equipment.none_chosen.body</source>
        <translation>Le choisir dans la liste ou sur la carte : son état, sa qualité, son âge et sa tendance se montrent ici.</translation>
    </message>
    <message>
        <source>ui.filter.drop</source>
        <translation>Ôter le filtre</translation>
    </message>
    <message>
        <source>ui.foot.name</source>
        <translation>Pied de page : alarme la plus haute, avis, touches</translation>
    </message>
    <message>
        <source>ui.foot.no_alarm</source>
        <translation>Aucune alarme à acquitter</translation>
    </message>
    <message>
        <source>ui.foot.notices</source>
        <translation>Avis à lire : {count}</translation>
    </message>
    <message>
        <source>ui.help.body</source>
        <translation>Les lettres n’agissent que hors d’un champ de texte. Échap rend la main sans rien effacer.</translation>
    </message>
    <message>
        <source>ui.help.title</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>ui.incident.alarms</source>
        <translation>Alarmes</translation>
    </message>
    <message>
        <source>ui.incident.comment.draft_kept</source>
        <translation>brouillon gardé</translation>
    </message>
    <message>
        <source>ui.incident.comment.placeholder</source>
        <translation>Noter dans la main courante</translation>
    </message>
    <message>
        <source>ui.incident.comment.write</source>
        <translation>Inscrire</translation>
    </message>
    <message>
        <source>ui.incident.facts</source>
        <translation>Faits et alarmes</translation>
    </message>
    <message>
        <source>ui.incident.log</source>
        <translation>Main courante</translation>
    </message>
    <message>
        <source>ui.incident.owner</source>
        <translation>Propriétaire</translation>
    </message>
    <message>
        <source>ui.incident.since</source>
        <translation>Depuis {time}</translation>
    </message>
    <message>
        <source>ui.key.act</source>
        <translation>Agir, inscrire</translation>
    </message>
    <message>
        <source>ui.key.ctrl_enter</source>
        <translation>Ctrl Entrée</translation>
    </message>
    <message>
        <source>ui.key.enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>ui.key.escape</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>ui.key.escape.label</source>
        <translation>Rendre la main, sans rien effacer</translation>
    </message>
    <message>
        <source>ui.key.f1</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>ui.key.f2</source>
        <translation>Acquitter</translation>
    </message>
    <message>
        <source>ui.key.f3</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>ui.key.f4</source>
        <translation>File</translation>
    </message>
    <message>
        <source>ui.key.f5</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>ui.key.f11</source>
        <translation>Visiteurs</translation>
    </message>
    <message>
        <source>ui.key.f6</source>
        <translation>Valeurs périmées</translation>
    </message>
    <message>
        <source>ui.key.f7</source>
        <translation>Affecter</translation>
    </message>
    <message>
        <source>ui.key.f9</source>
        <translation>Résolu, clore</translation>
    </message>
    <message>
        <source>ui.key.shift</source>
        <translation>Maj</translation>
    </message>
    <message>
        <source>ui.key.sign_out</source>
        <translation>Quitter le poste</translation>
    </message>
    <message>
        <source>ui.key.slash</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>ui.kiosk.left</source>
        <translation>Poste mural laissé à la main : il ne s’ouvrira plus seul avant qu’une personne s’y connecte, ou qu’il soit relancé.</translation>
    </message>
    <message>
        <source>ui.kiosk.password_file</source>
        <translation>Le poste mural ne peut pas s’ouvrir seul : son fichier de mot de passe {path} n’est pas utilisable. Nouvel essai dans une minute ; prévenir l’administrateur.</translation>
    </message>
    <message>
        <source>ui.kiosk.refused</source>
        <translation>Le poste mural n’a pas pu s’ouvrir seul. {reason} Nouvel essai dans {seconds} s.</translation>
    </message>
    <message>
        <source>ui.kiosk.waiting</source>
        <translation>Poste mural : il s’ouvre seul dès que le pont répond.</translation>
    </message>
    <message>
        <source>ui.list.above</source>
        <translation>{count} plus haut</translation>
    </message>
    <message>
        <source>ui.log.said</source>
        <translation>« {words} »</translation>
    </message>
    <message>
        <source>ui.notice.none</source>
        <translation>Aucun avis depuis l’ouverture de ce poste.</translation>
    </message>
    <message>
        <source>ui.notice.title</source>
        <translation>Avis</translation>
    </message>
    <message>
        <source>ui.number.decimal_sign</source>
        <translation>,</translation>
    </message>
    <message>
        <source>ui.panel.absent</source>
        <translation>Le panneau « {panel} » n’est pas installé</translation>
    </message>
    <message>
        <source>ui.panel.failed</source>
        <translation>Le panneau « {panel} » s’est arrêté</translation>
    </message>
    <message>
        <source>ui.panel.failed.body</source>
        <translation>Les autres panneaux et les alarmes continuent. Relancer ce panneau ; s’il s’arrête encore, transmettre la ligne ci-dessous au support.</translation>
    </message>
    <message>
        <source>ui.panel.failed.retry</source>
        <translation>Relancer le panneau</translation>
    </message>
    <message>
        <source>ui.panel.never_heard</source>
        <translation>jamais entendu</translation>
    </message>
    <message>
        <source>ui.panel.not_found</source>
        <translation>Le panneau « {panel} » n’a pas pu être chargé ; les autres fonctionnent. Voir le journal de la console.</translation>
    </message>
    <message>
        <source>ui.panel.not_live</source>
        <translation>Plus rien depuis {time}</translation>
    </message>
    <message>
        <source>ui.panel.not_live.first</source>
        <translation>En attente du premier état complet du pont.</translation>
    </message>
    <message>
        <source>ui.panel.not_live.line</source>
        <translation>{link} · dernier signe il y a {age} · nouvel essai en cours</translation>
    </message>
    <message>
        <source>ui.panel.not_live.never</source>
        <translation>Rien encore reçu</translation>
    </message>
    <message>
        <source>ui.panel.task_failed</source>
        <translation>Une demande de ce panneau a échoué pour une cause interne. Rien d’autre n’est touché ; recommencer, et prévenir le support si cela revient.</translation>
    </message>
    <message>
        <source>ui.point.good</source>
        <translation>depuis {since} · âge permis {allowed}</translation>
    </message>
    <message>
        <source>ui.quality.good</source>
        <translation>Bon</translation>
    </message>
    <message>
        <source>ui.queue.empty</source>
        <translation>Aucun événement ouvert</translation>
    </message>
    <message>
        <source>ui.queue.empty.body</source>
        <translation>La file est à jour : tout ce que le pont connaît et que ce poste peut voir est clos. Une alarme en ouvrira un ici.</translation>
    </message>
    <message>
        <source>ui.queue.filter</source>
        <translation>Filtrer : texte, type, commune, n°</translation>
    </message>
    <message>
        <source>ui.queue.list</source>
        <translation>File des événements</translation>
    </message>
    <message>
        <source>ui.queue.no_match</source>
        <translation>Rien ne répond au filtre « {words} »</translation>
    </message>
    <message>
        <source>ui.queue.no_match.body</source>
        <translation>Des événements existent ailleurs. Vide ici veut dire : aucun avec ces mots, pas caché par une panne.</translation>
    </message>
    <message>
        <source>ui.queue.none_chosen</source>
        <translation>Aucun événement choisi</translation>
    </message>
    <message>
        <source>ui.queue.none_chosen.body</source>
        <translation>Le choisir dans la file avec les flèches : faits, alarmes et main courante se montrent ici.</translation>
    </message>
    <message>
        <source>ui.service.disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>ui.service.in_service</source>
        <translation>En service</translation>
    </message>
    <message>
        <source>ui.service.maintenance</source>
        <translation>En travaux</translation>
    </message>
    <message>
        <source>ui.shell.acknowledged</source>
        <translation>{code} : alarme acquittée.</translation>
    </message>
    <message>
        <source>ui.shell.close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>ui.shell.key_nothing</source>
        <translation>{key} : rien à faire ici pour cette touche. Choisir d’abord un événement dans la file.</translation>
    </message>
    <message>
        <source>ui.shell.no_alarm_to_go_to</source>
        <translation>Aucune alarme non acquittée où aller.</translation>
    </message>
    <message>
        <source>ui.shell.nothing_to_acknowledge</source>
        <translation>Aucune alarme à acquitter.</translation>
    </message>
    <message>
        <source>ui.shell.sign_out_by_bridge</source>
        <translation>Le pont a fermé cette session. Ouvrir de nouveau le poste pour reprendre.</translation>
    </message>
    <message>
        <source>ui.shell.splitter</source>
        <translation>Séparation entre panneaux</translation>
    </message>
    <message>
        <source>ui.shell.uncaught</source>
        <translation>Un défaut interne a été évité. L’écran continue ; prévenir le support avec l’heure.</translation>
    </message>
    <message>
        <source>ui.signin.again</source>
        <translation>Encore une fois</translation>
    </message>
    <message>
        <source>ui.signin.again.differs</source>
        <translation>Les deux nouveaux mots de passe diffèrent. Rien n’a été envoyé. Retapez le second.</translation>
    </message>
    <message>
        <source>ui.signin.asking</source>
        <translation>Demande au pont en cours…</translation>
    </message>
    <message>
        <source>ui.signin.caps_lock</source>
        <translation>Les majuscules sont verrouillées.</translation>
    </message>
    <message>
        <source>ui.signin.enter</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>ui.signin.link.connecting</source>
        <translation>Pas encore de pont</translation>
    </message>
    <message>
        <source>ui.signin.link.connecting.detail</source>
        <translation>nouvel essai en cours</translation>
    </message>
    <message>
        <source>ui.signin.link.ready</source>
        <translation>Pont joint</translation>
    </message>
    <message>
        <source>ui.signin.link.refused</source>
        <translation>Pont refusé</translation>
    </message>
    <message>
        <source>ui.signin.missing</source>
        <translation>Il manque le compte ou le mot de passe. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>ui.signin.new_password</source>
        <translation>Nouveau mot de passe</translation>
    </message>
    <message>
        <source>ui.signin.new_password.missing</source>
        <translation>Il manque le nouveau mot de passe. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>ui.signin.new_password.rules</source>
        <translation>De 12 à 256 caractères : quelques mots ordinaires sans rapport entre eux conviennent. Sont refusés l’ancien mot de passe, votre nom à peine changé et les suites connues.</translation>
    </message>
    <message>
        <source>ui.signin.new_password.title</source>
        <translation>Choisissez votre mot de passe</translation>
    </message>
    <message>
        <source>ui.signin.password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>ui.signin.seat</source>
        <translation>Poste</translation>
    </message>
    <message>
        <source>ui.signin.title</source>
        <translation>Ouvrir un poste</translation>
    </message>
    <message>
        <source>ui.signin.user</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>ui.strip.alarms</source>
        <translation>{severity} : {count}, dont {waiting} non acquittées</translation>
    </message>
    <message>
        <source>ui.strip.name</source>
        <translation>État : liaison, alarmes, qualité, poste, heure</translation>
    </message>
    <message>
        <source>ui.trend.choose</source>
        <translation>Choisir un point ci-dessus pour voir sa tendance.</translation>
    </message>
    <message>
        <source>ui.trend.empty</source>
        <translation>Aucune valeur gardée sur cette durée : le point n’a jamais répondu depuis.</translation>
    </message>
    <message>
        <source>ui.trend.failed</source>
        <translation>Le pont n’a pas pu donner l’historique. Choisir le point de nouveau pour réessayer.</translation>
    </message>
    <message>
        <source>ui.trend.gaps</source>
        <translation>sans courbe : non sûr</translation>
    </message>
    <message>
        <source>ui.trend.loading</source>
        <translation>Historique demandé au pont.</translation>
    </message>
    <message>
        <source>ui.trend.no_value.body</source>
        <translation>Aucune valeur sûre sur cette durée : il n’y a rien à tracer.</translation>
    </message>
    <message>
        <source>ui.trend.summary</source>
        <translation>de {low} à {high}</translation>
    </message>
    <message>
        <source>ui.trend.title</source>
        <translation>Tendance</translation>
    </message>
    <message>
        <source>ui.incident.no_alarm</source>
        <translation>Aucune alarme en cours</translation>
    </message>
    <message>
        <source>ui.foot.aged.none</source>
        <translation>F6 : rien de trop vieux</translation>
    </message>
    <message>
        <source>ui.shell.alarm_chosen_elsewhere</source>
        <translation>{code} est choisi ; ce poste n’a ni file ni équipement où le montrer.</translation>
    </message>
    <message>
        <source>ui.shell.no_queue_here</source>
        <translation>Ce poste n’a pas de file d’événements : F4 ne mène nulle part ici.</translation>
    </message>
    <message>
        <source>ui.shell.no_panel</source>
        <translation>Pas de panneau {number} dans cette fenêtre : elle en a {count}.</translation>
    </message>
    <message>
        <source>ui.shell.no_filter</source>
        <translation>Aucun panneau de ce poste n’a de filtre.</translation>
    </message>
</context>
</TS>
