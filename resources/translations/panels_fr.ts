<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>language.code</source>
        <translation>fr</translation>
    </message>
    <message>
        <source>panel.queue.title</source>
        <translation>File</translation>
    </message>
    <message>
        <source>panel.equipment.title</source>
        <translation>Équipements</translation>
    </message>
    <message>
        <source>seat.supervisor</source>
        <translation>Superviseur</translation>
    </message>
    <message>
        <source>seat.police</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>seat.lighting</source>
        <translation>Éclairage</translation>
    </message>
    <message>
        <source>trade.lighting</source>
        <translation>Éclairage public</translation>
    </message>
    <message>
        <source>kind.cabinet</source>
        <translation>Armoire</translation>
    </message>
    <message>
        <source>kind.cabinet.count.one</source>
        <translation>{count} armoire</translation>
    </message>
    <message>
        <source>kind.cabinet.count.other</source>
        <translation>{count} armoires</translation>
    </message>
    <message>
        <source>kind.feeder</source>
        <translation>Départ</translation>
    </message>
    <message>
        <source>kind.feeder.count.one</source>
        <translation>{count} départ</translation>
    </message>
    <message>
        <source>kind.feeder.count.other</source>
        <translation>{count} départs</translation>
    </message>
    <message>
        <source>kind.lamp</source>
        <translation>Point lumineux</translation>
    </message>
    <message>
        <source>kind.lamp.count.one</source>
        <translation>{count} point lumineux</translation>
    </message>
    <message>
        <source>kind.lamp.count.other</source>
        <translation>{count} points lumineux</translation>
    </message>
    <message>
        <source>point.cabinet.door_open</source>
        <translation>Porte</translation>
    </message>
    <message>
        <source>point.cabinet.voltage_v</source>
        <translation>Tension</translation>
    </message>
    <message>
        <source>point.cabinet.power_w</source>
        <translation>Puissance</translation>
    </message>
    <message>
        <source>point.cabinet.energy_kwh</source>
        <translation>Énergie</translation>
    </message>
    <message>
        <source>point.cabinet.link_load</source>
        <translation>Charge de la liaison</translation>
    </message>
    <message>
        <source>point.cabinet.link_queue_s</source>
        <translation>Attente sur la liaison</translation>
    </message>
    <message>
        <source>point.feeder.closed</source>
        <translation>Disjoncteur</translation>
    </message>
    <message>
        <source>point.feeder.current_a</source>
        <translation>Courant</translation>
    </message>
    <message>
        <source>point.feeder.tripped</source>
        <translation>Déclenchement</translation>
    </message>
    <message>
        <source>point.lamp.level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>point.lamp.fault</source>
        <translation>Défaut</translation>
    </message>
    <message>
        <source>value.true</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>value.false</source>
        <translation>non</translation>
    </message>
    <message>
        <source>value.cabinet.door_open.true</source>
        <translation>ouverte</translation>
    </message>
    <message>
        <source>value.cabinet.door_open.false</source>
        <translation>fermée</translation>
    </message>
    <message>
        <source>value.feeder.closed.true</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>value.feeder.closed.false</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>value.lamp.fault.true</source>
        <translation>en défaut</translation>
    </message>
    <message>
        <source>value.lamp.fault.false</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>headline.stale</source>
        <translation>Dernier état connu : {said}</translation>
    </message>
    <message>
        <source>headline.unknown</source>
        <translation>Jamais entendu</translation>
    </message>
    <message>
        <source>headline.unavailable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>headline.bad</source>
        <translation>Valeur invalide</translation>
    </message>
    <message>
        <source>headline.cabinet.value</source>
        <translation>Répond</translation>
    </message>
    <message>
        <source>headline.cabinet.unavailable</source>
        <translation>Ne répond plus</translation>
    </message>
    <message>
        <source>headline.cabinet.unknown</source>
        <translation>Jamais entendue</translation>
    </message>
    <message>
        <source>headline.lamp.low</source>
        <translation>Éteinte</translation>
    </message>
    <message>
        <source>headline.lamp.high</source>
        <translation>Allumée</translation>
    </message>
    <message>
        <source>headline.lamp.value</source>
        <translation>Graduée {value}</translation>
    </message>
    <message>
        <source>headline.lamp.unavailable</source>
        <translation>Injoignable : ni allumée, ni éteinte</translation>
    </message>
    <message>
        <source>headline.lamp.unknown</source>
        <translation>Jamais entendue</translation>
    </message>
    <message>
        <source>headline.feeder.true</source>
        <translation>Fermé, sous tension</translation>
    </message>
    <message>
        <source>headline.feeder.false</source>
        <translation>Ouvert, hors tension</translation>
    </message>
    <message>
        <source>quality.good</source>
        <translation>Bon</translation>
    </message>
    <message>
        <source>quality.stale</source>
        <translation>Périmé</translation>
    </message>
    <message>
        <source>quality.bad</source>
        <translation>Invalide</translation>
    </message>
    <message>
        <source>quality.unavailable</source>
        <translation>Injoignable</translation>
    </message>
    <message>
        <source>quality.unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>quality.stale.note</source>
        <translation>âge {age}, permis {allowed}</translation>
    </message>
    <message>
        <source>quality.bad.note</source>
        <translation>l’équipement la dit fausse, ou elle est impossible</translation>
    </message>
    <message>
        <source>quality.unavailable.note</source>
        <translation>perdu à {time}</translation>
    </message>
    <message>
        <source>quality.unknown.note</source>
        <translation>jamais entendu</translation>
    </message>
    <message>
        <source>service.disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>service.maintenance</source>
        <translation>En travaux</translation>
    </message>
    <message>
        <source>service.disabled.by</source>
        <translation>Désactivé par {by} depuis {since} : {reason}</translation>
    </message>
    <message>
        <source>service.disabled.until</source>
        <translation>Désactivé par {by} depuis {since}, jusqu’au {until} : {reason}</translation>
    </message>
    <message>
        <source>service.maintenance.by</source>
        <translation>En travaux, par {by} depuis {since} : {reason}</translation>
    </message>
    <message>
        <source>service.maintenance.until</source>
        <translation>En travaux jusqu’au {until}, par {by} depuis {since} : {reason}</translation>
    </message>
    <message>
        <source>command.accepted</source>
        <translation>acceptée, rien n’est encore parti</translation>
    </message>
    <message>
        <source>log.command.accepted</source>
        <translation>Commande {equipment}, {point} = {value} : acceptée, rien n’est encore parti</translation>
    </message>
    <message>
        <source>command.sent</source>
        <translation>envoyée, pas encore relue</translation>
    </message>
    <message>
        <source>log.command.sent</source>
        <translation>Commande {equipment}, {point} = {value} : envoyée, pas encore relue</translation>
    </message>
    <message>
        <source>command.confirmed</source>
        <translation>vérifiée, relue égale</translation>
    </message>
    <message>
        <source>log.command.confirmed</source>
        <translation>Commande {equipment}, {point} = {value} : vérifiée, relue égale</translation>
    </message>
    <message>
        <source>command.refused</source>
        <translation>refusée, rien n’est parti</translation>
    </message>
    <message>
        <source>log.command.refused</source>
        <translation>Commande {equipment}, {point} = {value} : refusée, rien n’est parti</translation>
    </message>
    <message>
        <source>command.failed</source>
        <translation>échec, l’équipement répond autre chose</translation>
    </message>
    <message>
        <source>log.command.failed</source>
        <translation>Commande {equipment}, {point} = {value} : échec, l’équipement répond autre chose</translation>
    </message>
    <message>
        <source>command.expired</source>
        <translation>expirée, rien n’est parti</translation>
    </message>
    <message>
        <source>log.command.expired</source>
        <translation>Commande {equipment}, {point} = {value} : expirée, rien n’est parti</translation>
    </message>
    <message>
        <source>command.unknown</source>
        <translation>sort inconnu : à vérifier sur place</translation>
    </message>
    <message>
        <source>log.command.unknown</source>
        <translation>Commande {equipment}, {point} = {value} : sort inconnu : à vérifier sur place</translation>
    </message>
    <message>
        <source>alarm.state.unacknowledged.short</source>
        <translation>NA</translation>
    </message>
    <message>
        <source>alarm.state.acknowledged.short</source>
        <translation>AQ</translation>
    </message>
    <message>
        <source>alarm.state.returned.short</source>
        <translation>RN</translation>
    </message>
    <message>
        <source>alarm.children.one</source>
        <translation>{count} équipement compté dessous</translation>
    </message>
    <message>
        <source>alarm.children.other</source>
        <translation>{count} équipements comptés dessous</translation>
    </message>
    <message>
        <source>alarm.occurrences.one</source>
        <translation>{count} fois</translation>
    </message>
    <message>
        <source>alarm.occurrences.other</source>
        <translation>{count} fois</translation>
    </message>
    <message>
        <source>alarm.returned_at</source>
        <translation>revenue à {time}</translation>
    </message>
    <message>
        <source>alarm.ack_by</source>
        <translation>acquittée par {user} à {time}</translation>
    </message>
    <message>
        <source>alarm.time_to_act</source>
        <translation>Délai pour agir : {time}.</translation>
    </message>
    <message>
        <source>incident.state.new</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>incident.state.qualified</source>
        <translation>Qualifié</translation>
    </message>
    <message>
        <source>incident.state.dispatched</source>
        <translation>Dépêché</translation>
    </message>
    <message>
        <source>incident.state.resolved</source>
        <translation>Résolu</translation>
    </message>
    <message>
        <source>incident.state.closed</source>
        <translation>Clos</translation>
    </message>
    <message>
        <source>queue.count.one</source>
        <translation>{count} événement</translation>
    </message>
    <message>
        <source>queue.count.other</source>
        <translation>{count} événements</translation>
    </message>
    <message>
        <source>queue.shown</source>
        <translation>{shown} sur {total}</translation>
    </message>
    <message>
        <source>queue.hidden.one</source>
        <translation>{count} masqué par le filtre</translation>
    </message>
    <message>
        <source>queue.hidden.other</source>
        <translation>{count} masqués par le filtre</translation>
    </message>
    <message>
        <source>queue.scope.open</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>queue.scope.free</source>
        <translation>À prendre</translation>
    </message>
    <message>
        <source>queue.scope.mine</source>
        <translation>À moi</translation>
    </message>
    <message>
        <source>queue.scope.closed</source>
        <translation>Clos</translation>
    </message>
    <message>
        <source>queue.limit</source>
        <translation>sur {limit}</translation>
    </message>
    <message>
        <source>queue.owner.me</source>
        <translation>moi</translation>
    </message>
    <message>
        <source>queue.owner.nobody</source>
        <translation>personne</translation>
    </message>
    <message>
        <source>queue.log.one</source>
        <translation>Main courante · {count} entrée</translation>
    </message>
    <message>
        <source>queue.log.other</source>
        <translation>Main courante · {count} entrées</translation>
    </message>
    <message>
        <source>queue.log.loading</source>
        <translation>La main courante arrive.</translation>
    </message>
    <message>
        <source>queue.log.hidden.one</source>
        <translation>{count} entrée plus ancienne, ou que vos droits ne montrent pas</translation>
    </message>
    <message>
        <source>queue.log.hidden.other</source>
        <translation>{count} entrées plus anciennes, ou que vos droits ne montrent pas</translation>
    </message>
    <message>
        <source>queue.comment.empty</source>
        <translation>Rien n’est écrit : taper le texte, puis inscrire.</translation>
    </message>
    <message>
        <source>fact.equipment</source>
        <translation>Équipement</translation>
    </message>
    <message>
        <source>fact.state</source>
        <translation>État</translation>
    </message>
    <message>
        <source>fact.below</source>
        <translation>En dessous</translation>
    </message>
    <message>
        <source>fact.trade</source>
        <translation>Métier</translation>
    </message>
    <message>
        <source>fact.assigned</source>
        <translation>Affecté à</translation>
    </message>
    <message>
        <source>fact.sector</source>
        <translation>Secteur</translation>
    </message>
    <message>
        <source>action.acknowledge</source>
        <translation>Acquitter</translation>
    </message>
    <message>
        <source>action.take</source>
        <translation>Prendre</translation>
    </message>
    <message>
        <source>action.assign</source>
        <translation>Affecter</translation>
    </message>
    <message>
        <source>action.close</source>
        <translation>Clore</translation>
    </message>
    <message>
        <source>action.reopen</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>action.show</source>
        <translation>Y aller</translation>
    </message>
    <message>
        <source>action.reason.not_on_map</source>
        <translation>L’équipement n’est pas au catalogue que vos droits montrent.</translation>
    </message>
    <message>
        <source>action.reason.under_way</source>
        <translation>Déjà demandé : la réponse du pont arrive.</translation>
    </message>
    <message>
        <source>action.reason.nothing_to_acknowledge</source>
        <translation>Rien à acquitter : toutes les alarmes de l’événement le sont.</translation>
    </message>
    <message>
        <source>action.reason.already_yours</source>
        <translation>L’événement est déjà à vous.</translation>
    </message>
    <message>
        <source>action.reason.owned</source>
        <translation>L’événement est à {owner} : lui demander, ou le lui laisser.</translation>
    </message>
    <message>
        <source>action.reason.alarm_active</source>
        <translation>Une alarme de l’événement est encore active : il se clôt quand elle est revenue.</translation>
    </message>
    <message>
        <source>action.reason.no_right</source>
        <translation>Cet équipement est hors de vos droits : voir le superviseur.</translation>
    </message>
    <message>
        <source>action.reason.not_live</source>
        <translation>Le pont n’est pas en direct : rien n’est envoyé. Attendre le retour de la liaison.</translation>
    </message>
    <message>
        <source>action.reason.storage</source>
        <translation>Le pont ne peut plus écrire sur son disque : rien de neuf n’est enregistré. Prévenir l’astreinte informatique.</translation>
    </message>
    <message>
        <source>action.reason.database</source>
        <translation>La base de données du pont est injoignable : rien de neuf n’est enregistré. Prévenir l’astreinte informatique.</translation>
    </message>
    <message>
        <source>log.incident.opened</source>
        <translation>Événement ouvert</translation>
    </message>
    <message>
        <source>log.incident.alarm_joined</source>
        <translation>Une alarme rejoint l’événement</translation>
    </message>
    <message>
        <source>log.incident.alarm_returned</source>
        <translation>Une alarme de l’événement est revenue</translation>
    </message>
    <message>
        <source>log.incident.taken</source>
        <translation>Pris en charge</translation>
    </message>
    <message>
        <source>log.incident.assigned</source>
        <translation>Affecté à {assigned_to}</translation>
    </message>
    <message>
        <source>log.incident.commented</source>
        <translation>Commentaire</translation>
    </message>
    <message>
        <source>log.incident.closed</source>
        <translation>Clos</translation>
    </message>
    <message>
        <source>log.incident.reopened</source>
        <translation>Rouvert</translation>
    </message>
    <message>
        <source>log.alarm.raised</source>
        <translation>{equipment} : {title}</translation>
    </message>
    <message>
        <source>log.alarm.raised_again</source>
        <translation>{equipment} : de nouveau, {title}</translation>
    </message>
    <message>
        <source>log.alarm.escalated</source>
        <translation>{equipment} : aggravée, {title}</translation>
    </message>
    <message>
        <source>log.alarm.children_counted</source>
        <translation>{equipment} : {count} équipements comptés dessous</translation>
    </message>
    <message>
        <source>log.alarm.acknowledged</source>
        <translation>{equipment} : alarme acquittée</translation>
    </message>
    <message>
        <source>log.alarm.returned</source>
        <translation>{equipment} : alarme revenue à la normale</translation>
    </message>
    <message>
        <source>log.alarm.cleared</source>
        <translation>{equipment} : alarme terminée</translation>
    </message>
    <message>
        <source>log.service.in_service</source>
        <translation>{equipment} : remis en service</translation>
    </message>
    <message>
        <source>log.service.disabled</source>
        <translation>{equipment} : désactivé, {reason}</translation>
    </message>
    <message>
        <source>log.service.maintenance</source>
        <translation>{equipment} : en travaux, {reason}</translation>
    </message>
    <message>
        <source>log.author.bridge</source>
        <translation>pont</translation>
    </message>
    <message>
        <source>equipment.count.one</source>
        <translation>{count} équipement</translation>
    </message>
    <message>
        <source>equipment.count.other</source>
        <translation>{count} équipements</translation>
    </message>
    <message>
        <source>equipment.shown</source>
        <translation>{shown} sur {total}</translation>
    </message>
    <message>
        <source>equipment.hidden.one</source>
        <translation>{count} masqué par la recherche</translation>
    </message>
    <message>
        <source>equipment.hidden.other</source>
        <translation>{count} masqués par la recherche</translation>
    </message>
    <message>
        <source>trend.loading</source>
        <translation>L’historique arrive.</translation>
    </message>
    <message>
        <source>trend.empty</source>
        <translation>Rien d’enregistré dans ce quart d’heure : la valeur n’a pas changé, ou l’historique commence plus tard.</translation>
    </message>
    <message>
        <source>diagnostics.loading</source>
        <translation>Le diagnostic de la liaison arrive.</translation>
    </message>
    <message>
        <source>diagnostics.as_of</source>
        <translation>relevé à {time}</translation>
    </message>
    <message>
        <source>link.live</source>
        <translation>Liaison</translation>
    </message>
    <message>
        <source>link.live.sentence</source>
        <translation>En direct avec {bridge}.</translation>
    </message>
    <message>
        <source>link.behind</source>
        <translation>En retard</translation>
    </message>
    <message>
        <source>link.behind.sentence</source>
        <translation>{bridge} répond, mais l’écran est en retard : tout est tenu pour périmé jusqu’à ce qu’il soit rattrapé.</translation>
    </message>
    <message>
        <source>link.loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>link.loading.sentence</source>
        <translation>La première image arrive de {bridge}.</translation>
    </message>
    <message>
        <source>link.lost</source>
        <translation>Pont perdu</translation>
    </message>
    <message>
        <source>link.lost.sentence</source>
        <translation>Rien du pont {bridge} depuis {age}. Tout est tenu pour périmé, aucune commande ne part. La console réessaie seule.</translation>
    </message>
    <message>
        <source>link.signed_out</source>
        <translation>Pas de session</translation>
    </message>
    <message>
        <source>link.signed_out.sentence</source>
        <translation>Relié à {bridge} ; personne n’est connecté à ce poste.</translation>
    </message>
    <message>
        <source>link.refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>link.refused.sentence</source>
        <translation>Le pont {bridge} refuse cette console.</translation>
    </message>
    <message>
        <source>link.connecting</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>link.connecting.sentence</source>
        <translation>La console cherche le pont {bridge}.</translation>
    </message>
    <message>
        <source>link.unreachable</source>
        <translation>Personne n’écoute à {address} : pont arrêté, ou réseau coupé. Appeler l’astreinte informatique si cela dure.</translation>
    </message>
    <message>
        <source>link.cut</source>
        <translation>La connexion avec {address} est coupée. La console se reconnecte seule.</translation>
    </message>
    <message>
        <source>link.silent</source>
        <translation>Le pont à {address} ne répond plus, connexion ouverte. La console recommence.</translation>
    </message>
    <message>
        <source>link.handshake_failed</source>
        <translation>La connexion à {address} a été fermée pendant l’échange des clés : la clé du pont a changé, ou ce n’est pas un pont. Faire vérifier bridge.key.</translation>
    </message>
    <message>
        <source>link.key_refused</source>
        <translation>Le pont à {address} ne connaît pas la clé de cette console, ou elle a été révoquée. La faire inscrire avec « beffroi keys enroll ».</translation>
    </message>
    <message>
        <source>link.not_a_bridge</source>
        <translation>Ce qui répond à {address} n’est pas un pont Beffroi. Vérifier l’adresse dans console.toml.</translation>
    </message>
    <message>
        <source>link.out_of_step</source>
        <translation>Le pont à {address} a répondu autre chose que la suite demandée. La console reprend tout depuis une connexion neuve.</translation>
    </message>
    <message>
        <source>link.version_refused</source>
        <translation>Ce pont parle la version {bridge} du protocole, cette console la {console} : mettre à jour l’un des deux.</translation>
    </message>
    <message>
        <source>strip.behind.points.one</source>
        <translation>{count} valeur en retard</translation>
    </message>
    <message>
        <source>strip.behind.points.other</source>
        <translation>{count} valeurs en retard</translation>
    </message>
    <message>
        <source>strip.behind.entries.one</source>
        <translation>{count} entrée en retard</translation>
    </message>
    <message>
        <source>strip.behind.entries.other</source>
        <translation>{count} entrées en retard</translation>
    </message>
    <message>
        <source>strip.stale.one</source>
        <translation>{count} périmé</translation>
    </message>
    <message>
        <source>strip.stale.other</source>
        <translation>{count} périmés</translation>
    </message>
    <message>
        <source>strip.unavailable.one</source>
        <translation>{count} injoignable</translation>
    </message>
    <message>
        <source>strip.unavailable.other</source>
        <translation>{count} injoignables</translation>
    </message>
    <message>
        <source>strip.waiting</source>
        <translation>{count} NA</translation>
    </message>
    <message>
        <source>strip.skew.behind</source>
        <translation>Ce poste retarde de {duration}</translation>
    </message>
    <message>
        <source>strip.skew.ahead</source>
        <translation>Ce poste avance de {duration}</translation>
    </message>
    <message>
        <source>strip.mode.visitors</source>
        <translation>MODE VISITEUR</translation>
    </message>
    <message>
        <source>strip.mode.demonstration</source>
        <translation>TERRITOIRE DE DÉMONSTRATION</translation>
    </message>
    <message>
        <source>strip.mode.storage</source>
        <translation>DISQUE PLEIN · RIEN N’EST ENREGISTRÉ</translation>
    </message>
    <message>
        <source>strip.mode.database</source>
        <translation>BASE DE DONNÉES INJOIGNABLE · RIEN N’EST ENREGISTRÉ</translation>
    </message>
    <message>
        <source>strip.mode.disk</source>
        <translation>LE DISQUE NE RÉPOND PAS · RIEN N’EST ENREGISTRÉ</translation>
    </message>
    <message>
        <source>error.link.down</source>
        <translation>Pas de liaison avec le pont, ou personne n’est connecté : rien n’est parti, rien ne partira plus tard. Recommencer quand la liaison est revenue.</translation>
    </message>
    <message>
        <source>error.link.timed_out</source>
        <translation>Le pont n’a pas répondu à temps. Regarder l’état avant de recommencer.</translation>
    </message>
    <message>
        <source>error.link.lost_meanwhile</source>
        <translation>La liaison s’est coupée avant la réponse. Regarder l’état avant de recommencer.</translation>
    </message>
    <message>
        <source>error.link.superseded</source>
        <translation>Remplacé par une autre connexion ou une déconnexion sur ce poste.</translation>
    </message>
    <message>
        <source>error.link.wrong_answer</source>
        <translation>Le pont a répondu autre chose que ce qui était demandé : défaut de notre part. Le signaler avec l’heure.</translation>
    </message>
    <message>
        <source>error.command.fate_unknown</source>
        <translation>Sort inconnu : la commande est peut-être partie. Vérifier sur place ou à l’image ; elle ne sera jamais rejouée.</translation>
    </message>
    <message>
        <source>strip.load.label</source>
        <translation>Charge</translation>
    </message>
    <message>
        <source>strip.load</source>
        <translation>{count} / 10 min</translation>
    </message>
    <message>
        <source>strip.load.tooltip</source>
        <translation>Alarmes apparues depuis dix minutes : {count}. Cible {target}, limite {limit} : au-delà, une personne ne suit plus.</translation>
    </message>
    <message>
        <source>strip.load.partial</source>
        <translation>Comptées entières depuis {since} ; de plus tôt, seules celles encore en liste.</translation>
    </message>
    <message>
        <source>queue.log.title</source>
        <translation>Main courante</translation>
    </message>
    <message>
        <source>queue.children.one</source>
        <translation>{count} dessous</translation>
    </message>
    <message>
        <source>queue.children.other</source>
        <translation>{count} dessous</translation>
    </message>
    <message>
        <source>quality.good.count.one</source>
        <translation>{count} bon</translation>
    </message>
    <message>
        <source>quality.good.count.other</source>
        <translation>{count} bons</translation>
    </message>
    <message>
        <source>quality.stale.count.one</source>
        <translation>{count} périmé</translation>
    </message>
    <message>
        <source>quality.stale.count.other</source>
        <translation>{count} périmés</translation>
    </message>
    <message>
        <source>quality.bad.count.one</source>
        <translation>{count} invalide</translation>
    </message>
    <message>
        <source>quality.bad.count.other</source>
        <translation>{count} invalides</translation>
    </message>
    <message>
        <source>quality.unavailable.count.one</source>
        <translation>{count} injoignable</translation>
    </message>
    <message>
        <source>quality.unavailable.count.other</source>
        <translation>{count} injoignables</translation>
    </message>
    <message>
        <source>quality.unknown.count.one</source>
        <translation>{count} inconnu</translation>
    </message>
    <message>
        <source>quality.unknown.count.other</source>
        <translation>{count} inconnus</translation>
    </message>
    <message>
        <source>trend.no_value</source>
        <translation>Aucune valeur sûre depuis {span} : {word} depuis {time}. La courbe viendra avec la première réponse.</translation>
    </message>
    <message>
        <source>trend.no_value.never</source>
        <translation>Aucune valeur sûre depuis {span}. La courbe viendra avec la première réponse.</translation>
    </message>
    <message>
        <source>strip.bad.one</source>
        <translation>{count} invalide</translation>
    </message>
    <message>
        <source>strip.bad.other</source>
        <translation>{count} invalides</translation>
    </message>
    <message>
        <source>strip.unknown.one</source>
        <translation>{count} inconnu</translation>
    </message>
    <message>
        <source>strip.unknown.other</source>
        <translation>{count} inconnus</translation>
    </message>
    <message>
        <source>foot.aged.one</source>
        <translation>F6 : {count} trop vieux, encadré</translation>
    </message>
    <message>
        <source>foot.aged.other</source>
        <translation>F6 : {count} trop vieux, encadrés</translation>
    </message>
</context>
</TS>
