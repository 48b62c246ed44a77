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
        <translation>15 minutes</translation>
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
        <translation>30 minutes</translation>
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
        <translation>1 heure</translation>
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
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.overvoltage.text</source>
        <translation>Tension trop haute</translation>
    </message>
    <message>
        <source>alarm.overvoltage.cause</source>
        <translation>Réseau d’alimentation déréglé ou neutre rompu en amont (limite : 230 V + 10 %).</translation>
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
        <translation>1 heure</translation>
    </message>
    <message>
        <source>alarm.undervoltage.text</source>
        <translation>Tension trop basse</translation>
    </message>
    <message>
        <source>alarm.undervoltage.cause</source>
        <translation>Réseau surchargé, phase perdue ou mauvais contact (limite : 230 V − 10 %).</translation>
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
        <translation>4 heures</translation>
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
        <translation>1 semaine</translation>
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
        <translation>1 semaine</translation>
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
        <translation>15 minutes</translation>
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
</context>
</TS>
