<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
<context>
    <name>beffroi</name>
    <message>
        <source>alarm.link_lost.text</source>
        <translation>Cabinet not reachable</translation>
    </message>
    <message>
        <source>alarm.link_lost.cause</source>
        <translation>The link does not answer: cabinet without supply, modem or router stopped, network cut.</translation>
    </message>
    <message>
        <source>alarm.link_lost.consequence</source>
        <translation>The state of the feeders and lamps below is not known: neither on nor off. No command reaches them.</translation>
    </message>
    <message>
        <source>alarm.link_lost.action</source>
        <translation>Check whether the street is lit (camera, patrol), check the network, then send the lighting crew to the cabinet.</translation>
    </message>
    <message>
        <source>alarm.link_lost.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.driver_failed.text</source>
        <translation>Link driver failed</translation>
    </message>
    <message>
        <source>alarm.driver_failed.cause</source>
        <translation>The program that talks to this cabinet stopped, or its configuration cannot work; the bridge restarts it.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.consequence</source>
        <translation>The cabinet may well work, but the room no longer sees it and cannot command it.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.action</source>
        <translation>Tell the administrator, with the link’s diagnostics; watch the street by other means.</translation>
    </message>
    <message>
        <source>alarm.driver_failed.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.text</source>
        <translation>Feeder tripped</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.cause</source>
        <translation>Insulation fault, torn cable, damaged post or overload on the feeder.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.consequence</source>
        <translation>All lamps of the feeder are dark; a damaged cable may be dangerous to touch.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.action</source>
        <translation>Do not close it again from here. Have somebody look for a damaged post, send the lighting crew.</translation>
    </message>
    <message>
        <source>alarm.feeder_tripped.time_to_act</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>alarm.door_open.text</source>
        <translation>Cabinet door open</translation>
    </message>
    <message>
        <source>alarm.door_open.cause</source>
        <translation>Work that was not announced, a door not closed, or a break-in.</translation>
    </message>
    <message>
        <source>alarm.door_open.consequence</source>
        <translation>Live parts can be touched by anybody passing by.</translation>
    </message>
    <message>
        <source>alarm.door_open.action</source>
        <translation>Ask whether a crew is there; if not, send a patrol to close it and to report.</translation>
    </message>
    <message>
        <source>alarm.door_open.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.overvoltage.text</source>
        <translation>Voltage too high</translation>
    </message>
    <message>
        <source>alarm.overvoltage.cause</source>
        <translation>Supply network out of order, or a broken neutral upstream (limit: 230 V + 10%).</translation>
    </message>
    <message>
        <source>alarm.overvoltage.consequence</source>
        <translation>The lamps’ drivers age fast; above 265 V they are destroyed.</translation>
    </message>
    <message>
        <source>alarm.overvoltage.action</source>
        <translation>Tell the network operator; above 265 V have the cabinet switched off.</translation>
    </message>
    <message>
        <source>alarm.overvoltage.time_to_act</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>alarm.undervoltage.text</source>
        <translation>Voltage too low</translation>
    </message>
    <message>
        <source>alarm.undervoltage.cause</source>
        <translation>Overloaded network, lost phase or bad contact (limit: 230 V − 10%).</translation>
    </message>
    <message>
        <source>alarm.undervoltage.consequence</source>
        <translation>Lamps may flicker or go out; a bad contact gets hot.</translation>
    </message>
    <message>
        <source>alarm.undervoltage.action</source>
        <translation>Compare with the cabinets around, tell the network operator, send the crew if it is this cabinet alone.</translation>
    </message>
    <message>
        <source>alarm.undervoltage.time_to_act</source>
        <translation>4 hours</translation>
    </message>
    <message>
        <source>alarm.meter_bad.text</source>
        <translation>Voltage reading invalid</translation>
    </message>
    <message>
        <source>alarm.meter_bad.cause</source>
        <translation>The meter reports a fault, or the value read is impossible.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.consequence</source>
        <translation>An abnormal voltage would not be seen; consumption is not followed.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.action</source>
        <translation>Have the meter checked at the next visit.</translation>
    </message>
    <message>
        <source>alarm.meter_bad.time_to_act</source>
        <translation>1 week</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.text</source>
        <translation>Lamp failed</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.cause</source>
        <translation>Light source or driver of the lamp worn out, or an intermittent connection.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.consequence</source>
        <translation>One light point is missing or flickers; the street stays lit by the others.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.action</source>
        <translation>Plan the replacement; bring it forward if several lamps next to one another are missing.</translation>
    </message>
    <message>
        <source>alarm.lamp_failed.time_to_act</source>
        <translation>1 week</translation>
    </message>
    <message>
        <source>error.alarm.not_found</source>
        <translation>Alarm {alarm} is no longer listed: it has returned to normal and was acknowledged already. Nothing to do.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.text</source>
        <translation>Bollard unreachable</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.cause</source>
        <translation>The link no longer answers: power to the bollard lost, controller stopped, traffic network cut.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.consequence</source>
        <translation>Nobody knows any more whether the bollard is up or down. No command reaches it; its local key still works.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.action</source>
        <translation>Look at the street (camera, patrol), warn emergency services that may pass there, then send the road crew.</translation>
    </message>
    <message>
        <source>alarm.bollard_lost.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.text</source>
        <translation>River station unreachable</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.cause</source>
        <translation>The radio link no longer answers: battery empty, aerial damaged, network cut.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.consequence</source>
        <translation>The level and flow shown are from before the loss. A flood would not be seen here.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.action</source>
        <translation>Watch the next station of the same river; when it rains, send somebody to read the staff gauge.</translation>
    </message>
    <message>
        <source>alarm.gauge_lost.time_to_act</source>
        <translation>1 hour, without rain 1 day</translation>
    </message>
    <message>
        <source>alarm.weather_lost.text</source>
        <translation>Road-weather station unreachable</translation>
    </message>
    <message>
        <source>alarm.weather_lost.cause</source>
        <translation>The mobile link no longer answers: power lost, modem stopped, mobile network cut.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.consequence</source>
        <translation>The road temperature shown is from before the loss. Ice would not be seen here.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.action</source>
        <translation>Rely on the stations nearby; on a cold night send a winter patrol.</translation>
    </message>
    <message>
        <source>alarm.weather_lost.time_to_act</source>
        <translation>1 hour on a cold night, otherwise 1 day</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.text</source>
        <translation>Network lost</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.cause</source>
        <translation>All or nearly all links of this network went down together: fibre cut, network core or mobile operator down, power of the network room cut.</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.consequence</source>
        <translation>Nothing that goes through this network is seen or commanded any more. The equipment goes on by itself, by its programme. Its own alarms stay hidden until the network returns.</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.action</source>
        <translation>Call whoever runs the network. Tell the trades concerned, watch the sensitive places by a camera on another network or by patrol.</translation>
    </message>
    <message>
        <source>alarm.uplink_lost.time_to_act</source>
        <translation>10 minutes</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.text</source>
        <translation>Lamp stuck on</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.cause</source>
        <translation>The lamp was told to go dark and reports that it is lit: relay stuck, controller frozen, local switch.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.consequence</source>
        <translation>The lighting asked for is not obtained; energy is lost.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.action</source>
        <translation>Repeat the command once. If it does not pass, give the lamp back to its programme and make a repair order.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_on.time_to_act</source>
        <translation>1 day</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.text</source>
        <translation>Lamp stuck off</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.cause</source>
        <translation>The lamp was told to light and reports that it is dark: end of life, fuse, controller frozen.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.consequence</source>
        <translation>The place stays dark though somebody asked for light.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.action</source>
        <translation>Check the place by camera, light the lamps beside it, make a repair order.</translation>
    </message>
    <message>
        <source>alarm.lamp_stuck_off.time_to_act</source>
        <translation>1 day</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.text</source>
        <translation>Lamp command without proof</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.cause</source>
        <translation>The command left and nothing proves that it was carried out: answer lost, reading impossible, or refused by the device.</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.consequence</source>
        <translation>Nobody knows whether the lamp is lit or dark. The command is never sent again by itself.</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.action</source>
        <translation>Check on the spot or by camera, then say so on the command’s sheet, or give a new command.</translation>
    </message>
    <message>
        <source>alarm.lamp_unverified.time_to_act</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.text</source>
        <translation>Feeder command without proof</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.cause</source>
        <translation>The command left and nothing proves that it was carried out: answer lost, reading impossible, or refused by the device.</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.consequence</source>
        <translation>Nobody knows whether the feeder is live. No one may work on it relying on that.</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.action</source>
        <translation>Warn every crew on the spot, check at the cabinet, then say so on the command’s sheet.</translation>
    </message>
    <message>
        <source>alarm.feeder_unverified.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.text</source>
        <translation>Obstacle on the bollard</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.cause</source>
        <translation>Something is above the bollard or against it while it rises: a vehicle, a skip, an object.</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.consequence</source>
        <translation>The bollard went down again and does not rise. The passage is open to everybody.</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.action</source>
        <translation>Look at the camera. If a vehicle is the cause, send a patrol; do not start another rise while the obstacle is there.</translation>
    </message>
    <message>
        <source>alarm.bollard_obstacle.time_to_act</source>
        <translation>5 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.text</source>
        <translation>Bollard fault</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.cause</source>
        <translation>The bollard’s controller reports a fault: motor, end switch, pressure, power.</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.consequence</source>
        <translation>The bollard no longer moves, wherever it stopped. Emergency vehicles may be blocked.</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.action</source>
        <translation>See whether it is up or down. Up: tell the emergency services to take another way. Send the road crew.</translation>
    </message>
    <message>
        <source>alarm.bollard_fault.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.text</source>
        <translation>Local key turned at the bollard</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.cause</source>
        <translation>Somebody drives the bollard on the spot with the key: works, a delivery, or a stolen key.</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.consequence</source>
        <translation>The bollard does not obey the room while the key is turned.</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.action</source>
        <translation>Check that works are planned; if not, look at the camera and send a patrol.</translation>
    </message>
    <message>
        <source>alarm.bollard_local_key.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.text</source>
        <translation>Bollard too slow</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.cause</source>
        <translation>The movement takes longer than it should: dirt in the mechanism, low pressure, cold.</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.consequence</source>
        <translation>The passage stays open or closed longer than wanted; a complete stop is near.</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.action</source>
        <translation>Look at the camera, let the movement end, tell the road crew.</translation>
    </message>
    <message>
        <source>alarm.bollard_slow.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.text</source>
        <translation>Bollard not where it should be</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.cause</source>
        <translation>The bollard stands still, its loop is free, and its position is not the commanded one.</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.consequence</source>
        <translation>The passage is open or closed against the room’s will.</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.action</source>
        <translation>Look at the camera, repeat the command once, then send the road crew.</translation>
    </message>
    <message>
        <source>alarm.bollard_elsewhere.time_to_act</source>
        <translation>10 minutes</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.text</source>
        <translation>Bollard command without proof</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.cause</source>
        <translation>The command left and nothing proves that it was carried out: answer lost, reading impossible, or refused by the device.</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.consequence</source>
        <translation>Nobody knows whether the bollard is up or down, or whether it will still move.</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.action</source>
        <translation>Look at the camera before any other command, then say what was seen on the command’s sheet.</translation>
    </message>
    <message>
        <source>alarm.bollard_unverified.time_to_act</source>
        <translation>5 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_high.text</source>
        <translation>River high</translation>
    </message>
    <message>
        <source>alarm.gauge_high.cause</source>
        <translation>The level is above this station’s watch limit.</translation>
    </message>
    <message>
        <source>alarm.gauge_high.consequence</source>
        <translation>Low quays, underpasses and nearby cellars may be flooded.</translation>
    </message>
    <message>
        <source>alarm.gauge_high.action</source>
        <translation>Compare with the station upstream, close the low quays, tell the flood duty officer.</translation>
    </message>
    <message>
        <source>alarm.gauge_high.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.text</source>
        <translation>River rising fast</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.cause</source>
        <translation>The level rose by more than 30 cm in a quarter of an hour: a storm upstream, a gate opened, a log jam that gave way.</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.consequence</source>
        <translation>The flood may arrive before the usual limits. People at the water’s edge are in danger.</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.action</source>
        <translation>Tell the flood duty officer and have the banks cleared; look at the station upstream and the rain radar.</translation>
    </message>
    <message>
        <source>alarm.gauge_rising.time_to_act</source>
        <translation>15 minutes</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.text</source>
        <translation>Level reading invalid</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.cause</source>
        <translation>The station answers, but its sensor declares an impossible reading.</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.consequence</source>
        <translation>A flood would not be seen here.</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.action</source>
        <translation>Rely on the stations beside it and make a repair order for the sensor.</translation>
    </message>
    <message>
        <source>alarm.gauge_bad.time_to_act</source>
        <translation>1 day</translation>
    </message>
    <message>
        <source>alarm.road_frost.text</source>
        <translation>Wet road near freezing</translation>
    </message>
    <message>
        <source>alarm.road_frost.cause</source>
        <translation>The road is wet and its temperature is near zero.</translation>
    </message>
    <message>
        <source>alarm.road_frost.consequence</source>
        <translation>Ice may form within the hour, first on bridges and in the shade.</translation>
    </message>
    <message>
        <source>alarm.road_frost.action</source>
        <translation>Tell the winter coordination; decide on salting the first circuits beforehand.</translation>
    </message>
    <message>
        <source>alarm.road_frost.time_to_act</source>
        <translation>1 hour</translation>
    </message>
    <message>
        <source>alarm.road_frost.while</source>
        <translation>alarm only while the road is wet</translation>
    </message>
    <message>
        <source>alarm.road_ice.text</source>
        <translation>Ice measured</translation>
    </message>
    <message>
        <source>alarm.road_ice.cause</source>
        <translation>The station measures ice on the road.</translation>
    </message>
    <message>
        <source>alarm.road_ice.consequence</source>
        <translation>The road is slippery here now, and probably at similar places.</translation>
    </message>
    <message>
        <source>alarm.road_ice.action</source>
        <translation>Start the circuit that passes here, tell the police and the transport company, warn the public.</translation>
    </message>
    <message>
        <source>alarm.road_ice.time_to_act</source>
        <translation>30 minutes</translation>
    </message>
    <message>
        <source>procedure.network_loss.title</source>
        <translation>Loss of a network</translation>
    </message>
    <message>
        <source>procedure.network_loss.steps</source>
        <translation>Call whoever runs the network: time of the cut, number of links.
Tell the trades whose equipment is behind it.
Watch the sensitive places by other means.
When it returns, read the alarms that reappear one by one.</translation>
    </message>
    <message>
        <source>procedure.cabinet_unreachable.title</source>
        <translation>Cabinet out of reach</translation>
    </message>
    <message>
        <source>procedure.cabinet_unreachable.steps</source>
        <translation>Check the street by camera or patrol.
Check the network and the cabinets beside it.
Send the lighting crew to the cabinet.</translation>
    </message>
    <message>
        <source>procedure.driver_failure.title</source>
        <translation>Driver of a link failed</translation>
    </message>
    <message>
        <source>procedure.driver_failure.steps</source>
        <translation>Export the link’s diagnostics.
Tell the administrator.
Watch the street by other means.</translation>
    </message>
    <message>
        <source>procedure.feeder_trip.title</source>
        <translation>Feeder tripped</translation>
    </message>
    <message>
        <source>procedure.feeder_trip.steps</source>
        <translation>Do not close it from here.
Have somebody look for a damaged column or a bare cable.
Send the lighting crew to measure the insulation.
Close it on the spot.</translation>
    </message>
    <message>
        <source>procedure.cabinet_open.title</source>
        <translation>Cabinet open</translation>
    </message>
    <message>
        <source>procedure.cabinet_open.steps</source>
        <translation>Check that works are planned.
If not, look at the camera and send a patrol.
Have the cabinet closed and checked.</translation>
    </message>
    <message>
        <source>procedure.supply_fault.title</source>
        <translation>Abnormal voltage</translation>
    </message>
    <message>
        <source>procedure.supply_fault.steps</source>
        <translation>Look at the cabinets beside it: same fault, same substation.
Call the electricity distributor.
Beyond the second limit, have the feeders opened.</translation>
    </message>
    <message>
        <source>procedure.meter_check.title</source>
        <translation>Meter to be checked</translation>
    </message>
    <message>
        <source>procedure.meter_check.steps</source>
        <translation>Compare with the cabinets beside it.
Make a work order for the meter.</translation>
    </message>
    <message>
        <source>procedure.lamp_repair.title</source>
        <translation>Repair of a lamp</translation>
    </message>
    <message>
        <source>procedure.lamp_repair.steps</source>
        <translation>See whether it is one lamp or several in a row.
Make a repair order.
Light more around it if the place is sensitive.</translation>
    </message>
    <message>
        <source>procedure.bollard_unreachable.title</source>
        <translation>Bollard out of reach</translation>
    </message>
    <message>
        <source>procedure.bollard_unreachable.steps</source>
        <translation>Look at the camera: up or down.
Tell the emergency services if they must pass.
Send the road crew with the local key.</translation>
    </message>
    <message>
        <source>procedure.station_unreachable.title</source>
        <translation>Silent station</translation>
    </message>
    <message>
        <source>procedure.station_unreachable.steps</source>
        <translation>Rely on the stations beside it.
In bad weather, send somebody to read on the spot.
Make a repair order.</translation>
    </message>
    <message>
        <source>procedure.command_unverified.title</source>
        <translation>Command without proof</translation>
    </message>
    <message>
        <source>procedure.command_unverified.steps</source>
        <translation>Look on the spot or by camera before any other command.
Say what was seen on the command’s sheet.
Then give a new command if needed.</translation>
    </message>
    <message>
        <source>procedure.bollard_obstacle.title</source>
        <translation>Obstacle on a bollard</translation>
    </message>
    <message>
        <source>procedure.bollard_obstacle.steps</source>
        <translation>Look at the camera.
Vehicle: send a patrol, note the plate.
Object: send the road crew.
Start the rise again once the place is clear.</translation>
    </message>
    <message>
        <source>procedure.bollard_fault.title</source>
        <translation>Bollard fault</translation>
    </message>
    <message>
        <source>procedure.bollard_fault.steps</source>
        <translation>See whether it is up or down.
Tell the emergency services the other way.
Send the road crew.
Put back into service after a complete trial.</translation>
    </message>
    <message>
        <source>procedure.bollard_local_key.title</source>
        <translation>Local key turned</translation>
    </message>
    <message>
        <source>procedure.bollard_local_key.steps</source>
        <translation>Check the planned works.
If there are none, look at the camera and send a patrol.
Have the key turned back.</translation>
    </message>
    <message>
        <source>procedure.flood_watch.title</source>
        <translation>Flood watch</translation>
    </message>
    <message>
        <source>procedure.flood_watch.steps</source>
        <translation>Compare the stations from upstream to downstream.
Tell the flood duty officer.
Close the low quays and the underpasses.
Warn the neighbours as the city’s plan says.</translation>
    </message>
    <message>
        <source>procedure.road_frost.title</source>
        <translation>Frost on the road</translation>
    </message>
    <message>
        <source>procedure.road_frost.steps</source>
        <translation>Tell the winter coordination.
Choose the circuits to salt first: bridges, slopes, hospitals.
Tell the police and the transport company.</translation>
    </message>
    <message>
        <source>alarm.suppressed.feeder_held_open</source>
        <translation>Feeder held open by a command</translation>
    </message>
    <message>
        <source>alarm.suppressed.lamp_without_feed</source>
        <translation>Feeder open: the lamp has no supply</translation>
    </message>
    <message>
        <source>alarm.suppressed.bollard_kept_back</source>
        <translation>An obstacle keeps the bollard back</translation>
    </message>
    <message>
        <source>alarm.suppressed.bollard_by_key</source>
        <translation>Bollard driven on the spot with the key</translation>
    </message>
    <message>
        <source>alarm.suppressed.uplink_lost</source>
        <translation>Counted under the lost network</translation>
    </message>
    <message>
        <source>error.alarm.reason_missing</source>
        <translation>Say why: an alarm is put aside only with a reason. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.reason_too_long</source>
        <translation>The reason has {length} characters, at most {limit}. Shorten it; nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.end_past</source>
        <translation>The end is already past. Choose a later one; nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.shelf_too_long</source>
        <translation>This alarm may be put aside for {minutes} minutes at most. Choose a nearer end; nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.out_too_long</source>
        <translation>An alarm is out of service for {minutes} minutes at most. Choose a nearer end; nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.not_shelved</source>
        <translation>Alarm {alarm} is not put aside: it may have come back by itself. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.out_of_service</source>
        <translation>Alarm {alarm} is out of service: put it back first. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.in_service</source>
        <translation>This alarm of {equipment} is in service already. Nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.no_such_rule</source>
        <translation>There is no alarm rule “{rule}”. Reload the list; nothing has changed.</translation>
    </message>
    <message>
        <source>error.alarm.no_such_subject</source>
        <translation>Rule “{rule}” does not watch {equipment}. Nothing has changed.</translation>
    </message>
    <message>
        <source>log.alarm.shelved</source>
        <translation>{equipment}: “{title}” put aside · {reason}</translation>
    </message>
    <message>
        <source>log.alarm.unshelved</source>
        <translation>{equipment}: “{title}” is no longer aside</translation>
    </message>
    <message>
        <source>log.alarm.suppressed</source>
        <translation>{equipment}: “{title}” kept quiet by design · {reason}</translation>
    </message>
    <message>
        <source>log.alarm.unsuppressed</source>
        <translation>{equipment}: “{title}” is no longer kept quiet</translation>
    </message>
    <message>
        <source>log.alarm.out_of_service</source>
        <translation>{equipment}: alarm “{title}” out of service · {reason}</translation>
    </message>
    <message>
        <source>log.alarm.in_service</source>
        <translation>{equipment}: alarm “{title}” in service again</translation>
    </message>
    <message>
        <source>log.alarm.reminded</source>
        <translation>{equipment}: nobody acknowledged “{title}” · supervisor told</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.text</source>
        <translation>Feeder still live</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.cause</source>
        <translation>The feeder was told to open and reports that it is closed: contactor welded, local switch.</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.consequence</source>
        <translation>The street is live while somebody believes it is off. Touching it can kill.</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.action</source>
        <translation>Warn every crew on the spot at once to touch nothing, then have it opened and locked at the cabinet.</translation>
    </message>
    <message>
        <source>alarm.feeder_stuck_on.time_to_act</source>
        <translation>5 minutes</translation>
    </message>
    <message>
        <source>procedure.feeder_live.title</source>
        <translation>Feeder still live</translation>
    </message>
    <message>
        <source>procedure.feeder_live.steps</source>
        <translation>Warn every crew on the spot: touch nothing.
Have the feeder opened and locked at the cabinet.
Have the absence of voltage checked before any work.
Have the contactor replaced.</translation>
    </message>
</context>
</TS>
