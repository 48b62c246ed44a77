<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>alarm.link_lost.text</source>
        <translation>Armoire injoignable</translation>
    </message>
    <message>
        <source>alarm.link_lost.cause</source>
        <translation>La liaison ne répond plus : alimentation de l’armoire coupée, modem ou routeur arrêté, réseau coupé.</translation>
    </message>
    <message>
        <source>alarm.link_lost.consequence</source>
        <translation>L’état des départs et des lampes en dessous n’est plus connu : ni allumés, ni éteints. Aucune commande n’y arrive.</translation>
    </message>
    <message>
        <source>alarm.link_lost.action</source>
        <translation>Vérifier si la rue est éclairée (caméra, patrouille), contrôler le réseau, puis envoyer l’équipe éclairage à l’armoire.</translation>
    </message>
    <message>
        <source>alarm.link_lost.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.driver_failed.text</source>
        <translation>Pilote de liaison en défaut</translation>
    </message>
    <message>
        <source>alarm.driver_failed.cause</source>
        <translation>Le programme qui parle à cette armoire s’est arrêté, ou sa configuration ne convient pas ; le pont le relance.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.consequence</source>
        <translation>L’armoire fonctionne peut-être, mais la salle ne la voit plus et ne peut plus la commander.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.action</source>
        <translation>Prévenir l’administrateur avec le diagnostic de la liaison ; surveiller la rue par un autre moyen.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.text</source>
        <translation>Départ disjoncté</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.cause</source>
        <translation>Défaut d’isolement, câble arraché, candélabre accidenté ou surcharge sur le départ.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.consequence</source>
        <translation>Toutes les lampes du départ sont éteintes ; un câble endommagé peut être dangereux à toucher.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.action</source>
        <translation>Ne pas réenclencher à distance. Faire chercher un candélabre accidenté, envoyer l’équipe éclairage.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.time_to_act</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>alarm.door_open.text</source>
        <translation>Porte d’armoire ouverte</translation>
    </message>
    <message>
        <source>alarm.door_open.cause</source>
        <translation>Intervention non annoncée, porte mal fermée ou effraction.</translation>
    </message>
    <message>
        <source>alarm.door_open.consequence</source>
        <translation>Des pièces sous tension sont accessibles à tout passant.</translation>
    </message>
    <message>
        <source>alarm.door_open.action</source>
        <translation>Demander si une équipe est sur place ; sinon envoyer une patrouille fermer et constater.</translation>
    </message>
    <message>
        <source>alarm.door_open.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.overvoltage.text</source>
        <translation>Tension trop haute</translation>
    </message>
    <message>
        <source>alarm.overvoltage.cause</source>
        <translation>Réseau d’alimentation déréglé ou neutre rompu en amont (limite : 230 V + 10 %).</translation>
    </message>
    <message>
        <source>alarm.overvoltage.consequence</source>
        <translation>Les alimentations des lampes vieillissent vite ; au-delà de 265 V elles sont détruites.</translation>
    </message>
    <message>
        <source>alarm.overvoltage.action</source>
        <translation>Prévenir le gestionnaire du réseau ; au-delà de 265 V faire couper l’armoire.</translation>
    </message>
    <message>
        <source>alarm.overvoltage.time_to_act</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>alarm.undervoltage.text</source>
        <translation>Tension trop basse</translation>
    </message>
    <message>
        <source>alarm.undervoltage.cause</source>
        <translation>Réseau surchargé, phase perdue ou mauvais contact (limite : 230 V − 10 %).</translation>
    </message>
    <message>
        <source>alarm.undervoltage.consequence</source>
        <translation>Les lampes peuvent clignoter ou s’éteindre ; un mauvais contact chauffe.</translation>
    </message>
    <message>
        <source>alarm.undervoltage.action</source>
        <translation>Comparer avec les armoires voisines, prévenir le gestionnaire du réseau, envoyer l’équipe si l’armoire est seule touchée.</translation>
    </message>
    <message>
        <source>alarm.undervoltage.time_to_act</source>
        <translation>4 heures</translation>
    </message>
    <message>
        <source>alarm.meter_bad.text</source>
        <translation>Mesure de tension invalide</translation>
    </message>
    <message>
        <source>alarm.meter_bad.cause</source>
        <translation>Le compteur signale un défaut, ou la valeur lue est impossible.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.consequence</source>
        <translation>Une tension anormale ne serait pas vue ; la consommation n’est plus suivie.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.action</source>
        <translation>Faire contrôler le compteur à la prochaine visite.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.time_to_act</source>
        <translation>1 semaine</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.text</source>
        <translation>Lampe en défaut</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.cause</source>
        <translation>Source ou alimentation de la lampe hors d’usage, ou connexion intermittente.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.consequence</source>
        <translation>Un point lumineux manque ou clignote ; la rue reste éclairée par les autres.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.action</source>
        <translation>Planifier le remplacement ; avancer la date si plusieurs lampes voisines manquent.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.time_to_act</source>
        <translation>1 semaine</translation>
    </message>
    <message>
        <source>error.alarm.not_found</source>
        <translation>L’alarme {alarm} n’est plus dans la liste : elle est revenue à la normale et a déjà été acquittée. Rien à faire.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.text</source>
        <translation>Borne injoignable</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.cause</source>
        <translation>La liaison ne répond plus : alimentation de la borne coupée, contrôleur arrêté, réseau de la circulation coupé.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.consequence</source>
        <translation>On ne sait plus si la borne est sortie ou rentrée. Aucune commande n’y arrive ; la clé locale reste possible.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.action</source>
        <translation>Regarder la rue (caméra, patrouille), prévenir les secours s’ils doivent y passer, puis envoyer l’équipe voirie.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.text</source>
        <translation>Station de rivière injoignable</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.cause</source>
        <translation>La liaison radio ne répond plus : batterie vide, antenne abîmée, réseau coupé.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.consequence</source>
        <translation>La hauteur et le débit affichés datent d’avant la coupure. Une crue ne serait pas vue ici.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.action</source>
        <translation>Surveiller la station suivante de la même rivière ; par temps de pluie, envoyer quelqu’un lire l’échelle.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.time_to_act</source>
        <translation>1 heure, sans pluie 1 jour</translation>
    </message>
    <message>
        <source>alarm.weather_lost.text</source>
        <translation>Station météo routière injoignable</translation>
    </message>
    <message>
        <source>alarm.weather_lost.cause</source>
        <translation>La liaison mobile ne répond plus : alimentation coupée, modem arrêté, réseau mobile coupé.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.consequence</source>
        <translation>La température de chaussée affichée date d’avant la coupure. Un verglas ne serait pas vu ici.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.action</source>
        <translation>Se fier aux stations voisines ; par nuit froide, faire passer une patrouille hivernale.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.time_to_act</source>
        <translation>1 heure par nuit froide, sinon 1 jour</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.text</source>
        <translation>Réseau perdu</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.cause</source>
        <translation>Toutes ou presque toutes les liaisons de ce réseau sont tombées ensemble : fibre coupée, cœur de réseau ou opérateur mobile en panne, alimentation du local coupée.</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.consequence</source>
        <translation>Rien de ce qui passe par ce réseau n’est plus vu ni commandé. Les équipements continuent seuls, selon leur programme. Leurs propres alarmes restent cachées jusqu’au retour.</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.action</source>
        <translation>Appeler l’exploitant du réseau. Prévenir les métiers touchés, surveiller les points sensibles par caméra d’un autre réseau ou par patrouille.</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.time_to_act</source>
        <translation>10 minutes</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.text</source>
        <translation>Lampe restée allumée</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.cause</source>
        <translation>La lampe a reçu l’ordre de s’éteindre et se déclare allumée : relais collé, contrôleur bloqué, commande locale.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.consequence</source>
        <translation>L’éclairage voulu n’est pas obtenu ; de l’énergie est perdue.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.action</source>
        <translation>Répéter l’ordre une fois. S’il ne passe pas, rendre la lampe à son programme et faire un bon de réparation.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.time_to_act</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.text</source>
        <translation>Lampe restée éteinte</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.cause</source>
        <translation>La lampe a reçu l’ordre de s’allumer et se déclare éteinte : source en fin de vie, fusible, contrôleur bloqué.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.consequence</source>
        <translation>L’endroit reste sombre alors que quelqu’un a demandé la lumière.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.action</source>
        <translation>Vérifier l’endroit par caméra, allumer les lampes voisines, faire un bon de réparation.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.time_to_act</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.text</source>
        <translation>Ordre à une lampe sans preuve</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.cause</source>
        <translation>L’ordre est parti et rien ne prouve qu’il a été exécuté : réponse perdue, lecture impossible, ou refus de l’appareil.</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.consequence</source>
        <translation>On ne sait pas si la lampe est allumée ou éteinte. L’ordre ne sera jamais renvoyé de lui-même.</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.action</source>
        <translation>Vérifier sur place ou par caméra, puis le dire dans la fiche de l’ordre, ou donner un nouvel ordre.</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.time_to_act</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.text</source>
        <translation>Ordre à un départ sans preuve</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.cause</source>
        <translation>L’ordre est parti et rien ne prouve qu’il a été exécuté : réponse perdue, lecture impossible, ou refus de l’appareil.</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.consequence</source>
        <translation>On ne sait pas si le départ est sous tension. Personne ne doit y travailler en s’y fiant.</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.action</source>
        <translation>Prévenir toute équipe sur place, vérifier à l’armoire, puis le dire dans la fiche de l’ordre.</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.text</source>
        <translation>Obstacle sur la borne</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.cause</source>
        <translation>Quelque chose se trouve au-dessus de la borne ou contre elle pendant qu’elle monte : véhicule, benne, objet.</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.consequence</source>
        <translation>La borne est redescendue et ne remonte pas. Le passage est ouvert à tous.</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.action</source>
        <translation>Regarder la caméra. Si un véhicule est en cause, envoyer une patrouille ; ne pas relancer la montée tant que l’obstacle est là.</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.time_to_act</source>
        <translation>5 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.text</source>
        <translation>Borne en défaut</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.cause</source>
        <translation>Le contrôleur de la borne signale un défaut : moteur, fin de course, pression, alimentation.</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.consequence</source>
        <translation>La borne ne bouge plus, là où elle s’est arrêtée. Les secours peuvent être bloqués.</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.action</source>
        <translation>Regarder si elle est sortie ou rentrée. Sortie : prévenir les secours de passer ailleurs. Envoyer l’équipe voirie.</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.text</source>
        <translation>Clé locale tournée sur la borne</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.cause</source>
        <translation>Quelqu’un commande la borne sur place avec la clé : intervention, livraison, ou clé volée.</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.consequence</source>
        <translation>La borne n’obéit plus à la salle tant que la clé est tournée.</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.action</source>
        <translation>Vérifier qu’une intervention est prévue ; sinon, regarder la caméra et envoyer une patrouille.</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.text</source>
        <translation>Borne trop lente</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.cause</source>
        <translation>Le mouvement dure plus longtemps qu’il ne devrait : mécanisme encrassé, pression basse, froid.</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.consequence</source>
        <translation>Le passage reste ouvert ou fermé plus longtemps que voulu ; un arrêt complet est proche.</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.action</source>
        <translation>Regarder la caméra, laisser finir le mouvement, prévenir l’équipe voirie.</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.text</source>
        <translation>Borne pas où elle devrait être</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.cause</source>
        <translation>La borne est immobile, sa boucle est libre, et sa position n’est pas celle commandée.</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.consequence</source>
        <translation>Le passage est ouvert ou fermé contre la volonté de la salle.</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.action</source>
        <translation>Regarder la caméra, répéter l’ordre une fois, puis envoyer l’équipe voirie.</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.time_to_act</source>
        <translation>10 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.text</source>
        <translation>Ordre à une borne sans preuve</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.cause</source>
        <translation>L’ordre est parti et rien ne prouve qu’il a été exécuté : réponse perdue, lecture impossible, ou refus de l’appareil.</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.consequence</source>
        <translation>On ne sait pas si la borne est sortie ou rentrée, ni si elle bougera encore.</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.action</source>
        <translation>Regarder la caméra avant tout autre ordre, puis dire ce qui a été vu dans la fiche de l’ordre.</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.time_to_act</source>
        <translation>5 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_high.text</source>
        <translation>Rivière haute</translation>
    </message>
    <message>
        <source>alarm.gauge_high.cause</source>
        <translation>Le niveau dépasse le seuil de surveillance de cette station.</translation>
    </message>
    <message>
        <source>alarm.gauge_high.consequence</source>
        <translation>Les quais bas, les passages sous les ponts et les caves proches peuvent être inondés.</translation>
    </message>
    <message>
        <source>alarm.gauge_high.action</source>
        <translation>Comparer avec la station en amont, fermer les quais bas, prévenir l’astreinte crues.</translation>
    </message>
    <message>
        <source>alarm.gauge_high.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.text</source>
        <translation>Rivière qui monte vite</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.cause</source>
        <translation>Le niveau a monté de plus de 30 cm en un quart d’heure : orage en amont, ouvrage ouvert, embâcle qui cède.</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.consequence</source>
        <translation>La crue peut arriver avant les seuils habituels. Des personnes au bord de l’eau sont en danger.</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.action</source>
        <translation>Prévenir l’astreinte crues et faire évacuer les berges ; regarder la station en amont et le radar de pluie.</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.text</source>
        <translation>Mesure de niveau invalide</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.cause</source>
        <translation>La station répond, mais son capteur déclare une mesure impossible.</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.consequence</source>
        <translation>Une crue ne serait pas vue ici.</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.action</source>
        <translation>Se fier aux stations voisines et faire un bon de réparation du capteur.</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.time_to_act</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <source>alarm.road_frost.text</source>
        <translation>Chaussée humide près du gel</translation>
    </message>
    <message>
        <source>alarm.road_frost.cause</source>
        <translation>La chaussée est humide et sa température approche zéro.</translation>
    </message>
    <message>
        <source>alarm.road_frost.consequence</source>
        <translation>Du verglas peut se former dans l’heure, d’abord sur les ponts et à l’ombre.</translation>
    </message>
    <message>
        <source>alarm.road_frost.action</source>
        <translation>Prévenir la coordination hivernale ; décider d’un salage préventif des circuits prioritaires.</translation>
    </message>
    <message>
        <source>alarm.road_frost.time_to_act</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>alarm.road_frost.while</source>
        <translation>alarme seulement si chaussée mouillée</translation>
    </message>
    <message>
        <source>alarm.road_ice.text</source>
        <translation>Verglas mesuré</translation>
    </message>
    <message>
        <source>alarm.road_ice.cause</source>
        <translation>La station mesure de la glace sur la chaussée.</translation>
    </message>
    <message>
        <source>alarm.road_ice.consequence</source>
        <translation>La chaussée glisse maintenant à cet endroit, et sans doute aux endroits semblables.</translation>
    </message>
    <message>
        <source>alarm.road_ice.action</source>
        <translation>Lancer le circuit qui passe ici, prévenir la police et les transports, l’afficher aux usagers.</translation>
    </message>
    <message>
        <source>alarm.road_ice.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>procedure.network_loss.title</source>
        <translation>Perte d’un réseau</translation>
    </message>
    <message>
        <source>procedure.network_loss.steps</source>
        <translation>Appeler l’exploitant du réseau : heure de la coupure, nombre de liaisons.
Prévenir les métiers dont l’équipement est derrière.
Surveiller les points sensibles par un autre moyen.
Au retour, lire les alarmes qui réapparaissent une par une.</translation>
    </message>
    <message>
        <source>procedure.cabinet_unreachable.title</source>
        <translation>Armoire injoignable</translation>
    </message>
    <message>
        <source>procedure.cabinet_unreachable.steps</source>
        <translation>Vérifier la rue par caméra ou patrouille.
Contrôler le réseau et les armoires voisines.
Envoyer l’équipe éclairage à l’armoire.</translation>
    </message>
    <message>
        <source>procedure.driver_failure.title</source>
        <translation>Pilote de liaison en défaut</translation>
    </message>
    <message>
        <source>procedure.driver_failure.steps</source>
        <translation>Exporter le diagnostic de la liaison.
Prévenir l’administrateur.
Surveiller la rue par un autre moyen.</translation>
    </message>
    <message>
        <source>procedure.feeder_trip.title</source>
        <translation>Départ disjoncté</translation>
    </message>
    <message>
        <source>procedure.feeder_trip.steps</source>
        <translation>Ne pas réenclencher à distance.
Faire chercher un candélabre accidenté ou un câble à nu.
Envoyer l’équipe éclairage mesurer l’isolement.
Réenclencher sur place.</translation>
    </message>
    <message>
        <source>procedure.cabinet_open.title</source>
        <translation>Armoire ouverte</translation>
    </message>
    <message>
        <source>procedure.cabinet_open.steps</source>
        <translation>Vérifier qu’une intervention est prévue.
Sinon, regarder la caméra et envoyer une patrouille.
Faire refermer et contrôler l’armoire.</translation>
    </message>
    <message>
        <source>procedure.supply_fault.title</source>
        <translation>Tension anormale</translation>
    </message>
    <message>
        <source>procedure.supply_fault.steps</source>
        <translation>Regarder les armoires voisines : même défaut, même poste.
Appeler le distributeur d’électricité.
Au-delà du second seuil, faire ouvrir les départs.</translation>
    </message>
    <message>
        <source>procedure.meter_check.title</source>
        <translation>Compteur à contrôler</translation>
    </message>
    <message>
        <source>procedure.meter_check.steps</source>
        <translation>Comparer avec les armoires voisines.
Faire un bon de contrôle du compteur.</translation>
    </message>
    <message>
        <source>procedure.lamp_repair.title</source>
        <translation>Réparation d’une lampe</translation>
    </message>
    <message>
        <source>procedure.lamp_repair.steps</source>
        <translation>Vérifier si la lampe est isolée ou si plusieurs se suivent.
Faire un bon de réparation.
Éclairer davantage autour si l’endroit est sensible.</translation>
    </message>
    <message>
        <source>procedure.bollard_unreachable.title</source>
        <translation>Borne injoignable</translation>
    </message>
    <message>
        <source>procedure.bollard_unreachable.steps</source>
        <translation>Regarder la caméra : sortie ou rentrée.
Prévenir les secours s’ils doivent passer.
Envoyer l’équipe voirie avec la clé locale.</translation>
    </message>
    <message>
        <source>procedure.station_unreachable.title</source>
        <translation>Station muette</translation>
    </message>
    <message>
        <source>procedure.station_unreachable.steps</source>
        <translation>Se fier aux stations voisines.
Par mauvais temps, envoyer quelqu’un lire sur place.
Faire un bon de réparation.</translation>
    </message>
    <message>
        <source>procedure.command_unverified.title</source>
        <translation>Ordre sans preuve</translation>
    </message>
    <message>
        <source>procedure.command_unverified.steps</source>
        <translation>Regarder sur place ou par caméra avant tout autre ordre.
Dire ce qui a été vu dans la fiche de l’ordre.
Donner ensuite un nouvel ordre si nécessaire.</translation>
    </message>
    <message>
        <source>procedure.bollard_obstacle.title</source>
        <translation>Obstacle sur une borne</translation>
    </message>
    <message>
        <source>procedure.bollard_obstacle.steps</source>
        <translation>Regarder la caméra.
Véhicule : envoyer une patrouille, relever la plaque.
Objet : envoyer l’équipe voirie.
Relancer la montée quand la place est libre.</translation>
    </message>
    <message>
        <source>procedure.bollard_fault.title</source>
        <translation>Borne en défaut</translation>
    </message>
    <message>
        <source>procedure.bollard_fault.steps</source>
        <translation>Voir si elle est sortie ou rentrée.
Prévenir les secours de l’itinéraire de remplacement.
Envoyer l’équipe voirie.
Remettre en service après un essai complet.</translation>
    </message>
    <message>
        <source>procedure.bollard_local_key.title</source>
        <translation>Clé locale tournée</translation>
    </message>
    <message>
        <source>procedure.bollard_local_key.steps</source>
        <translation>Vérifier l’intervention prévue.
Sinon, regarder la caméra et envoyer une patrouille.
Faire remettre la clé en position normale.</translation>
    </message>
    <message>
        <source>procedure.flood_watch.title</source>
        <translation>Surveillance de crue</translation>
    </message>
    <message>
        <source>procedure.flood_watch.steps</source>
        <translation>Comparer les stations de l’amont vers l’aval.
Prévenir l’astreinte crues.
Fermer les quais bas et les passages sous les ponts.
Avertir les riverains selon le plan communal.</translation>
    </message>
    <message>
        <source>procedure.road_frost.title</source>
        <translation>Gel sur la chaussée</translation>
    </message>
    <message>
        <source>procedure.road_frost.steps</source>
        <translation>Prévenir la coordination hivernale.
Choisir les circuits à saler d’abord : ponts, côtes, hôpitaux.
Prévenir la police et les transports.</translation>
    </message>
    <message>
        <source>alarm.suppressed.feeder_held_open</source>
        <translation>Départ ouvert par un ordre</translation>
    </message>
    <message>
        <source>alarm.suppressed.lamp_without_feed</source>
        <translation>Départ ouvert : la lampe est sans alimentation</translation>
    </message>
    <message>
        <source>alarm.suppressed.bollard_kept_back</source>
        <translation>Un obstacle retient la borne</translation>
    </message>
    <message>
        <source>alarm.suppressed.bollard_by_key</source>
        <translation>Borne commandée sur place avec la clé</translation>
    </message>
    <message>
        <source>alarm.suppressed.uplink_lost</source>
        <translation>Compté sous le réseau perdu</translation>
    </message>
    <message>
        <source>error.alarm.reason_missing</source>
        <translation>Dites pourquoi : une alarme n’est mise de côté qu’avec une raison. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.reason_too_long</source>
        <translation>La raison a {length} caractères, {limit} au plus. Raccourcissez-la ; rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.end_past</source>
        <translation>L’heure de fin est déjà passée. Choisissez-en une à venir ; rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.shelf_too_long</source>
        <translation>Cette alarme ne peut être mise de côté que {minutes} minutes au plus. Choisissez une fin plus proche ; rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.out_too_long</source>
        <translation>Une alarme est hors service {minutes} minutes au plus. Choisissez une fin plus proche ; rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.not_shelved</source>
        <translation>L’alarme {alarm} n’est pas mise de côté : elle est peut-être revenue d’elle-même. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.out_of_service</source>
        <translation>L’alarme {alarm} est hors service : remettez-la d’abord en service. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.in_service</source>
        <translation>Cette alarme de {equipment} est déjà en service. Rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.no_such_rule</source>
        <translation>Il n’y a pas de règle d’alarme « {rule} ». Rechargez la liste ; rien n’a changé.</translation>
    </message>
    <message>
        <source>error.alarm.no_such_subject</source>
        <translation>La règle « {rule} » ne surveille pas {equipment}. Rien n’a changé.</translation>
    </message>
    <message>
        <source>log.alarm.shelved</source>
        <translation>{equipment} : « {title} » mise de côté · {reason}</translation>
    </message>
    <message>
        <source>log.alarm.unshelved</source>
        <translation>{equipment} : « {title} » n’est plus de côté</translation>
    </message>
    <message>
        <source>log.alarm.suppressed</source>
        <translation>{equipment} : « {title} » tue par conception · {reason}</translation>
    </message>
    <message>
        <source>log.alarm.unsuppressed</source>
        <translation>{equipment} : « {title} » n’est plus tue</translation>
    </message>
    <message>
        <source>log.alarm.out_of_service</source>
        <translation>{equipment} : alarme « {title} » hors service · {reason}</translation>
    </message>
    <message>
        <source>log.alarm.in_service</source>
        <translation>{equipment} : alarme « {title} » de nouveau en service</translation>
    </message>
    <message>
        <source>log.alarm.reminded</source>
        <translation>{equipment} : personne n’a acquitté « {title} » · superviseur prévenu</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.text</source>
        <translation>Départ resté sous tension</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.cause</source>
        <translation>Le départ a reçu l’ordre de s’ouvrir et se déclare fermé : contacteur soudé, commande locale.</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.consequence</source>
        <translation>La rue est sous tension alors que quelqu’un la croit coupée. Y toucher peut tuer.</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.action</source>
        <translation>Prévenir tout de suite toute équipe sur place de ne rien toucher, puis faire ouvrir et condamner à l’armoire.</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.time_to_act</source>
        <translation>5 minutes</translation>
    </message>
    <message>
        <source>procedure.feeder_live.title</source>
        <translation>Départ resté sous tension</translation>
    </message>
    <message>
        <source>procedure.feeder_live.steps</source>
        <translation>Prévenir toute équipe sur place : ne rien toucher.
Faire ouvrir et condamner le départ à l’armoire.
Faire vérifier l’absence de tension avant toute intervention.
Faire remplacer le contacteur.</translation>
    </message>
</context>
</TS>
