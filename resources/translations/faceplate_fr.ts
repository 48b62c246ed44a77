<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>faceplate.title</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>faceplate.none</source>
        <translation>Rien n’est choisi</translation>
    </message>
    <message>
        <source>faceplate.none.body</source>
        <translation>Choisissez un équipement, plusieurs ou une zone sur la carte : ce qu’on peut leur demander apparaît ici.</translation>
    </message>
    <message>
        <source>faceplate.legend</source>
        <translation>Triangle creux : commandé. Plein : relu. Hachures : écart.</translation>
    </message>
    <message>
        <source>faceplate.give_back</source>
        <translation>Rendre</translation>
    </message>
    <message>
        <source>faceplate.service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>faceplate.places.one</source>
        <translation>{count} rue</translation>
    </message>
    <message>
        <source>faceplate.places.other</source>
        <translation>{count} rues</translation>
    </message>
    <message>
        <source>faceplate.others.one</source>
        <translation>{count} autre laissé tel quel</translation>
    </message>
    <message>
        <source>faceplate.others.other</source>
        <translation>{count} autres laissés tels quels</translation>
    </message>
    <message>
        <source>faceplate.held</source>
        <translation>Tenu : {value} jusqu’à {time} · {who} · {reason}</translation>
    </message>
    <message>
        <source>faceplate.held_some.one</source>
        <translation>{count} tenu, fin {time} · {who}</translation>
    </message>
    <message>
        <source>faceplate.held_some.other</source>
        <translation>{count} tenus, première fin {time} · {who}</translation>
    </message>
    <message>
        <source>faceplate.offered</source>
        <translation>Serait accepté maintenant</translation>
    </message>
    <message>
        <source>faceplate.nothing_offered</source>
        <translation>Cet équipement ne se commande pas d’ici.</translation>
    </message>
    <message>
        <source>faceplate.other</source>
        <translation>Autre valeur…</translation>
    </message>
    <message>
        <source>faceplate.by_two</source>
        <translation>, à deux…</translation>
    </message>
    <message>
        <source>faceplate.not_a_value</source>
        <translation>« {value} » n’est pas une valeur possible ici.</translation>
    </message>
    <message>
        <source>faceplate.reason.no_right</source>
        <translation>Votre poste ne commande pas : {kind}.</translation>
    </message>
    <message>
        <source>faceplate.reason.no_desk</source>
        <translation>Rien ne se commande depuis cette fenêtre.</translation>
    </message>
    <message>
        <source>faceplate.loop.free</source>
        <translation>boucle libre</translation>
    </message>
    <message>
        <source>faceplate.loop.occupied</source>
        <translation>boucle occupée : un véhicule</translation>
    </message>
    <message>
        <source>faceplate.loop.possible</source>
        <translation>boucle inconnue : un véhicule y est possible</translation>
    </message>
    <message>
        <source>faceplate.box.verified</source>
        <translation>tenu, vérifié</translation>
    </message>
    <message>
        <source>faceplate.box.programme</source>
        <translation>suit son programme</translation>
    </message>
    <message>
        <source>faceplate.box.waiting</source>
        <translation>commande en cours</translation>
    </message>
    <message>
        <source>faceplate.box.differs</source>
        <translation>échec ou écart</translation>
    </message>
    <message>
        <source>faceplate.box.unknown_fate</source>
        <translation>sort inconnu</translation>
    </message>
    <message>
        <source>faceplate.box.stale</source>
        <translation>périmé</translation>
    </message>
    <message>
        <source>faceplate.box.bad</source>
        <translation>invalide</translation>
    </message>
    <message>
        <source>faceplate.box.unavailable</source>
        <translation>injoignable</translation>
    </message>
    <message>
        <source>faceplate.box.unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>faceplate.box.disabled</source>
        <translation>désactivé</translation>
    </message>
    <message>
        <source>faceplate.box.maintenance</source>
        <translation>en travaux</translation>
    </message>
    <message>
        <source>acting.value</source>
        <translation>{value}</translation>
    </message>
    <message>
        <source>act.lamp.level.one</source>
        <translation>Mettre {count} lampe à {value}</translation>
    </message>
    <message>
        <source>act.lamp.level.other</source>
        <translation>Mettre {count} lampes à {value}</translation>
    </message>
    <message>
        <source>act.lamp.level.programme.one</source>
        <translation>Rendre {count} lampe à son programme</translation>
    </message>
    <message>
        <source>act.lamp.level.programme.other</source>
        <translation>Rendre {count} lampes à leur programme</translation>
    </message>
    <message>
        <source>act.lamp.level.programme.short</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>act.lamp.level.0.short</source>
        <translation>Éteint</translation>
    </message>
    <message>
        <source>act.bollard.commanded.0.one</source>
        <translation>Abaisser {count} borne</translation>
    </message>
    <message>
        <source>act.bollard.commanded.0.other</source>
        <translation>Abaisser {count} bornes</translation>
    </message>
    <message>
        <source>act.bollard.commanded.0.short</source>
        <translation>Abaisser</translation>
    </message>
    <message>
        <source>act.bollard.commanded.100.one</source>
        <translation>Lever {count} borne</translation>
    </message>
    <message>
        <source>act.bollard.commanded.100.other</source>
        <translation>Lever {count} bornes</translation>
    </message>
    <message>
        <source>act.bollard.commanded.100.short</source>
        <translation>Lever</translation>
    </message>
    <message>
        <source>value.bollard.commanded.0</source>
        <translation>abaissée</translation>
    </message>
    <message>
        <source>value.bollard.commanded.100</source>
        <translation>levée</translation>
    </message>
    <message>
        <source>act.feeder.closed.true.one</source>
        <translation>Fermer {count} départ</translation>
    </message>
    <message>
        <source>act.feeder.closed.true.other</source>
        <translation>Fermer {count} départs</translation>
    </message>
    <message>
        <source>act.feeder.closed.true.short</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>act.feeder.closed.false.one</source>
        <translation>Ouvrir {count} départ</translation>
    </message>
    <message>
        <source>act.feeder.closed.false.other</source>
        <translation>Ouvrir {count} départs</translation>
    </message>
    <message>
        <source>act.feeder.closed.false.short</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>faceplate.boxes.verified.one</source>
        <translation>{count} vérifié</translation>
    </message>
    <message>
        <source>faceplate.boxes.verified.other</source>
        <translation>{count} vérifiés</translation>
    </message>
    <message>
        <source>faceplate.boxes.programme.one</source>
        <translation>{count} sans forçage</translation>
    </message>
    <message>
        <source>faceplate.boxes.programme.other</source>
        <translation>{count} sans forçage</translation>
    </message>
    <message>
        <source>faceplate.boxes.waiting.one</source>
        <translation>{count} en cours</translation>
    </message>
    <message>
        <source>faceplate.boxes.waiting.other</source>
        <translation>{count} en cours</translation>
    </message>
    <message>
        <source>faceplate.boxes.differs.one</source>
        <translation>{count} écart</translation>
    </message>
    <message>
        <source>faceplate.boxes.differs.other</source>
        <translation>{count} écarts</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown_fate.one</source>
        <translation>{count} sort inconnu</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown_fate.other</source>
        <translation>{count} sorts inconnus</translation>
    </message>
    <message>
        <source>faceplate.boxes.stale.one</source>
        <translation>{count} périmé</translation>
    </message>
    <message>
        <source>faceplate.boxes.stale.other</source>
        <translation>{count} périmés</translation>
    </message>
    <message>
        <source>faceplate.boxes.bad.one</source>
        <translation>{count} invalide</translation>
    </message>
    <message>
        <source>faceplate.boxes.bad.other</source>
        <translation>{count} invalides</translation>
    </message>
    <message>
        <source>faceplate.boxes.unavailable.one</source>
        <translation>{count} injoignable</translation>
    </message>
    <message>
        <source>faceplate.boxes.unavailable.other</source>
        <translation>{count} injoignables</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown.one</source>
        <translation>{count} inconnu</translation>
    </message>
    <message>
        <source>faceplate.boxes.unknown.other</source>
        <translation>{count} inconnus</translation>
    </message>
    <message>
        <source>faceplate.boxes.disabled.one</source>
        <translation>{count} désactivé</translation>
    </message>
    <message>
        <source>faceplate.boxes.disabled.other</source>
        <translation>{count} désactivés</translation>
    </message>
    <message>
        <source>faceplate.boxes.maintenance.one</source>
        <translation>{count} en travaux</translation>
    </message>
    <message>
        <source>faceplate.boxes.maintenance.other</source>
        <translation>{count} en travaux</translation>
    </message>
    <message>
        <source>headline.bollard.low</source>
        <translation>Abaissée</translation>
    </message>
    <message>
        <source>headline.bollard.high</source>
        <translation>Levée</translation>
    </message>
    <message>
        <source>headline.bollard.value</source>
        <translation>À mi-course, {value}</translation>
    </message>
    <message>
        <source>headline.bollard.unavailable</source>
        <translation>Borne injoignable</translation>
    </message>
    <message>
        <source>headline.bollard.unknown</source>
        <translation>Borne jamais entendue</translation>
    </message>
    <message>
        <source>faceplate.number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>headline.camera.true</source>
        <translation>Image reçue</translation>
    </message>
    <message>
        <source>headline.camera.false</source>
        <translation>Pas d’image</translation>
    </message>
    <message>
        <source>value.camera.picture.true</source>
        <translation>reçue</translation>
    </message>
    <message>
        <source>value.camera.picture.false</source>
        <translation>absente</translation>
    </message>
    <message>
        <source>faceplate.unjudged</source>
        <translation>Le pont n’a pas encore répondu : rien ne dit ce qui serait accepté</translation>
    </message>
    <message>
        <source>faceplate.limit.high</source>
        <translation>au-dessus de {value} : alarme {severity}</translation>
    </message>
    <message>
        <source>faceplate.limit.low</source>
        <translation>au-dessous de {value} : alarme {severity}</translation>
    </message>
    <message>
        <source>faceplate.limit.only</source>
        <translation>alarme sous une condition de la règle</translation>
    </message>
    <message>
        <source>faceplate.return.high</source>
        <translation>retour sous {value}</translation>
    </message>
    <message>
        <source>faceplate.return.low</source>
        <translation>retour au-dessus de {value}</translation>
    </message>
    <message>
        <source>faceplate.return.high.for</source>
        <translation>retour sous {value} pendant {time}</translation>
    </message>
    <message>
        <source>faceplate.return.low.for</source>
        <translation>retour au-dessus de {value} pendant {time}</translation>
    </message>
    <message>
        <source>faceplate.none_offered</source>
        <translation>Rien ne serait accepté maintenant</translation>
    </message>
    <message>
        <source>faceplate.way.map</source>
        <translation>Voir sur la carte</translation>
    </message>
    <message>
        <source>faceplate.way.wall.one</source>
        <translation>Au mur</translation>
    </message>
    <message>
        <source>faceplate.way.wall.other</source>
        <translation>Mettre les {count} au mur</translation>
    </message>
    <message>
        <source>faceplate.way.wall.most</source>
        <translation>Le mur montre au plus {most} caméras d’un coup. Choisissez-en moins.</translation>
    </message>
    <message>
        <source>faceplate.way.wall.number</source>
        <translation>{id} n’a pas de numéro court : le mur appelle les caméras par leur numéro.</translation>
    </message>
    <message>
        <source>faceplate.way.near</source>
        <translation>Pas de caméra à moins de {metres} km</translation>
    </message>
    <message>
        <source>faceplate.way.near.of</source>
        <translation>Caméra {number} au mur ({metres} m)</translation>
    </message>
    <message>
        <source>faceplate.way.near.none</source>
        <translation>Aucune caméra à moins de {metres} km de là : demandez une image à une patrouille.</translation>
    </message>
    <message>
        <source>faceplate.gone.one</source>
        <translation>{count} équipement choisi n’est plus là</translation>
    </message>
    <message>
        <source>faceplate.gone.other</source>
        <translation>{count} équipements choisis ne sont plus là</translation>
    </message>
    <message>
        <source>faceplate.gone.body</source>
        <translation>Retirés du catalogue, ou vos droits ne les montrent pas ici. Choisissez autre chose, ou demandez à qui configure la ville.</translation>
    </message>
    <message>
        <source>faceplate.box.hands</source>
        <translation>techniciens sur place</translation>
    </message>
    <message>
        <source>faceplate.boxes.hands.one</source>
        <translation>{count} sous les mains de techniciens</translation>
    </message>
    <message>
        <source>faceplate.boxes.hands.other</source>
        <translation>{count} sous les mains de techniciens</translation>
    </message>
    <message>
        <source>faceplate.beyond.one</source>
        <translation>{count} au-delà de ce qu’un ordre prend, laissé tel quel</translation>
    </message>
    <message>
        <source>faceplate.beyond.other</source>
        <translation>{count} au-delà de ce qu’un ordre prend, laissés tels quels</translation>
    </message>
</context>
</TS>
