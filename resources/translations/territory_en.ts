<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>trade.traffic</source>
        <translation>Traffic</translation>
    </message>
    <message>
        <source>trade.police</source>
        <translation>Municipal police</translation>
    </message>
    <message>
        <source>trade.environment</source>
        <translation>Environment</translation>
    </message>
    <message>
        <source>kind.signal_controller</source>
        <translation>Signal controller</translation>
    </message>
    <message>
        <source>kind.signal_controller.count.one</source>
        <translation>{count} signal controller</translation>
    </message>
    <message>
        <source>kind.signal_controller.count.other</source>
        <translation>{count} signal controllers</translation>
    </message>
    <message>
        <source>kind.camera</source>
        <translation>Camera</translation>
    </message>
    <message>
        <source>kind.camera.count.one</source>
        <translation>{count} camera</translation>
    </message>
    <message>
        <source>kind.camera.count.other</source>
        <translation>{count} cameras</translation>
    </message>
    <message>
        <source>kind.bollard</source>
        <translation>Bollard</translation>
    </message>
    <message>
        <source>kind.bollard.count.one</source>
        <translation>{count} bollard</translation>
    </message>
    <message>
        <source>kind.bollard.count.other</source>
        <translation>{count} bollards</translation>
    </message>
    <message>
        <source>kind.public_building</source>
        <translation>Public building</translation>
    </message>
    <message>
        <source>kind.public_building.count.one</source>
        <translation>{count} public building</translation>
    </message>
    <message>
        <source>kind.public_building.count.other</source>
        <translation>{count} public buildings</translation>
    </message>
    <message>
        <source>kind.river_gauge</source>
        <translation>River gauge</translation>
    </message>
    <message>
        <source>kind.river_gauge.count.one</source>
        <translation>{count} river gauge</translation>
    </message>
    <message>
        <source>kind.river_gauge.count.other</source>
        <translation>{count} river gauges</translation>
    </message>
    <message>
        <source>kind.weather_station</source>
        <translation>Road-weather station</translation>
    </message>
    <message>
        <source>kind.weather_station.count.one</source>
        <translation>{count} road-weather station</translation>
    </message>
    <message>
        <source>kind.weather_station.count.other</source>
        <translation>{count} road-weather stations</translation>
    </message>
    <message>
        <source>point.signal_controller.mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <source>point.signal_controller.plan</source>
        <translation>Signal plan</translation>
    </message>
    <message>
        <source>point.signal_controller.priority_granted</source>
        <translation>Priority granted</translation>
    </message>
    <message>
        <source>point.signal_controller.lamp_fault</source>
        <translation>Lamp fault</translation>
    </message>
    <message>
        <source>point.camera.picture</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>point.camera.frozen</source>
        <translation>Picture frozen</translation>
    </message>
    <message>
        <source>point.bollard.position</source>
        <translation>Position (100%: raised)</translation>
    </message>
    <message>
        <source>point.bollard.loop_occupied</source>
        <translation>Loop occupied</translation>
    </message>
    <message>
        <source>point.bollard.fault</source>
        <translation>Fault</translation>
    </message>
    <message>
        <source>point.public_building.intrusion</source>
        <translation>Intrusion</translation>
    </message>
    <message>
        <source>point.public_building.fire</source>
        <translation>Fire</translation>
    </message>
    <message>
        <source>point.public_building.armed</source>
        <translation>Armed</translation>
    </message>
    <message>
        <source>point.river_gauge.level_m</source>
        <translation>Water level</translation>
    </message>
    <message>
        <source>point.river_gauge.flow_m3s</source>
        <translation>Flow</translation>
    </message>
    <message>
        <source>point.weather_station.air_c</source>
        <translation>Air</translation>
    </message>
    <message>
        <source>point.weather_station.road_c</source>
        <translation>Road surface</translation>
    </message>
    <message>
        <source>point.weather_station.humidity</source>
        <translation>Humidity</translation>
    </message>
    <message>
        <source>point.weather_station.rain_mm_h</source>
        <translation>Rain</translation>
    </message>
    <message>
        <source>point.bollard.commanded</source>
        <translation>Order (100%: raised)</translation>
    </message>
    <message>
        <source>point.bollard.moving</source>
        <translation>Moving</translation>
    </message>
    <message>
        <source>point.bollard.obstacle</source>
        <translation>Obstacle</translation>
    </message>
    <message>
        <source>point.bollard.local_key</source>
        <translation>Local key</translation>
    </message>
    <message>
        <source>point.weather_station.dew_point_c</source>
        <translation>Dew point</translation>
    </message>
    <message>
        <source>point.weather_station.wind_m_s</source>
        <translation>Wind</translation>
    </message>
    <message>
        <source>point.weather_station.wet</source>
        <translation>Road wet</translation>
    </message>
    <message>
        <source>point.weather_station.ice</source>
        <translation>Ice</translation>
    </message>
</context>
</TS>
