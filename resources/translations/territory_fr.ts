<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>trade.traffic</source>
        <translation>Circulation</translation>
    </message>
    <message>
        <source>trade.police</source>
        <translation>Police municipale</translation>
    </message>
    <message>
        <source>trade.environment</source>
        <translation>Environnement</translation>
    </message>
    <message>
        <source>kind.signal_controller</source>
        <translation>Contrôleur de feux</translation>
    </message>
    <message>
        <source>kind.signal_controller.count.one</source>
        <translation>{count} contrôleur de feux</translation>
    </message>
    <message>
        <source>kind.signal_controller.count.other</source>
        <translation>{count} contrôleurs de feux</translation>
    </message>
    <message>
        <source>kind.camera</source>
        <translation>Caméra</translation>
    </message>
    <message>
        <source>kind.camera.count.one</source>
        <translation>{count} caméra</translation>
    </message>
    <message>
        <source>kind.camera.count.other</source>
        <translation>{count} caméras</translation>
    </message>
    <message>
        <source>kind.bollard</source>
        <translation>Borne</translation>
    </message>
    <message>
        <source>kind.bollard.count.one</source>
        <translation>{count} borne</translation>
    </message>
    <message>
        <source>kind.bollard.count.other</source>
        <translation>{count} bornes</translation>
    </message>
    <message>
        <source>kind.public_building</source>
        <translation>Bâtiment public</translation>
    </message>
    <message>
        <source>kind.public_building.count.one</source>
        <translation>{count} bâtiment public</translation>
    </message>
    <message>
        <source>kind.public_building.count.other</source>
        <translation>{count} bâtiments publics</translation>
    </message>
    <message>
        <source>kind.river_gauge</source>
        <translation>Station de rivière</translation>
    </message>
    <message>
        <source>kind.river_gauge.count.one</source>
        <translation>{count} station de rivière</translation>
    </message>
    <message>
        <source>kind.river_gauge.count.other</source>
        <translation>{count} stations de rivière</translation>
    </message>
    <message>
        <source>kind.weather_station</source>
        <translation>Station météo routière</translation>
    </message>
    <message>
        <source>kind.weather_station.count.one</source>
        <translation>{count} station météo routière</translation>
    </message>
    <message>
        <source>kind.weather_station.count.other</source>
        <translation>{count} stations météo routières</translation>
    </message>
    <message>
        <source>point.signal_controller.mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>point.signal_controller.plan</source>
        <translation>Plan de feux</translation>
    </message>
    <message>
        <source>point.signal_controller.priority_granted</source>
        <translation>Priorité accordée</translation>
    </message>
    <message>
        <source>point.signal_controller.lamp_fault</source>
        <translation>Défaut de lampe</translation>
    </message>
    <message>
        <source>point.camera.picture</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>point.camera.frozen</source>
        <translation>Image figée</translation>
    </message>
    <message>
        <source>point.bollard.position</source>
        <translation>Position (100 % : sortie)</translation>
    </message>
    <message>
        <source>point.bollard.loop_occupied</source>
        <translation>Boucle occupée</translation>
    </message>
    <message>
        <source>point.bollard.fault</source>
        <translation>Défaut</translation>
    </message>
    <message>
        <source>point.public_building.intrusion</source>
        <translation>Intrusion</translation>
    </message>
    <message>
        <source>point.public_building.fire</source>
        <translation>Incendie</translation>
    </message>
    <message>
        <source>point.public_building.armed</source>
        <translation>Sous alarme</translation>
    </message>
    <message>
        <source>point.river_gauge.level_m</source>
        <translation>Hauteur d’eau</translation>
    </message>
    <message>
        <source>point.river_gauge.flow_m3s</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>point.weather_station.air_c</source>
        <translation>Air</translation>
    </message>
    <message>
        <source>point.weather_station.road_c</source>
        <translation>Chaussée</translation>
    </message>
    <message>
        <source>point.weather_station.humidity</source>
        <translation>Humidité</translation>
    </message>
    <message>
        <source>point.weather_station.rain_mm_h</source>
        <translation>Pluie</translation>
    </message>
    <message>
        <source>point.bollard.commanded</source>
        <translation>Ordre (100 % : sortie)</translation>
    </message>
    <message>
        <source>point.bollard.moving</source>
        <translation>En mouvement</translation>
    </message>
    <message>
        <source>point.bollard.obstacle</source>
        <translation>Obstacle</translation>
    </message>
    <message>
        <source>point.bollard.local_key</source>
        <translation>Clé locale</translation>
    </message>
    <message>
        <source>point.weather_station.dew_point_c</source>
        <translation>Point de rosée</translation>
    </message>
    <message>
        <source>point.weather_station.wind_m_s</source>
        <translation>Vent</translation>
    </message>
    <message>
        <source>point.weather_station.wet</source>
        <translation>Chaussée mouillée</translation>
    </message>
    <message>
        <source>point.weather_station.ice</source>
        <translation>Verglas</translation>
    </message>
</context>
</TS>
