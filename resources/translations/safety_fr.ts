<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>safety.title</source>
        <translation>Travaux et verrouillages</translation>
    </message>
    <message>
        <source>safety.count.one</source>
        <translation>{count} en cours</translation>
    </message>
    <message>
        <source>safety.count.other</source>
        <translation>{count} en cours</translation>
    </message>
    <message>
        <source>safety.filter</source>
        <translation>Filtrer : équipement, motif</translation>
    </message>
    <message>
        <source>safety.list</source>
        <translation>Travaux et verrouillages</translation>
    </message>
    <message>
        <source>safety.no_match</source>
        <translation>Rien ne répond au filtre</translation>
    </message>
    <message>
        <source>safety.no_match.body</source>
        <translation>Il en existe ailleurs : ôtez le filtre pour tout voir.</translation>
    </message>
    <message>
        <source>safety.not_heard</source>
        <translation>Verrouillages pas encore lus</translation>
    </message>
    <message>
        <source>safety.not_heard.body</source>
        <translation>Le pont ne les a pas encore dits : on ne sait pas s’il en est de désarmés.</translation>
    </message>
    <message>
        <source>safety.none.now</source>
        <translation>Rien en cours</translation>
    </message>
    <message>
        <source>safety.none.now.body</source>
        <translation>Ni techniciens sur place, ni équipement hors service, ni verrouillage désarmé. Pour en déclarer : choisissez l’équipement, sa façade porte les actes.</translation>
    </message>
    <message>
        <source>safety.none.zones</source>
        <translation>Aucun technicien sur place</translation>
    </message>
    <message>
        <source>safety.none.zones.body</source>
        <translation>Pour en déclarer : choisissez l’équipement, puis « Techniciens sur place… » dans sa façade.</translation>
    </message>
    <message>
        <source>safety.none.disarmed</source>
        <translation>Aucun verrouillage désarmé</translation>
    </message>
    <message>
        <source>safety.none.disarmed.body</source>
        <translation>Un changement de configuration désarme ; les commandes gardées sont alors refusées jusqu’au réarmement.</translation>
    </message>
    <message>
        <source>safety.none.out</source>
        <translation>Tout est en service</translation>
    </message>
    <message>
        <source>safety.none.out.body</source>
        <translation>Pour mettre en travaux ou désactiver : choisissez l’équipement, sa façade porte les actes.</translation>
    </message>
    <message>
        <source>safety.none.locks</source>
        <translation>Aucun verrouillage à voir ici</translation>
    </message>
    <message>
        <source>safety.none.locks.body</source>
        <translation>Le pont n’en montre que ceux dont vous pouvez voir tous les équipements.</translation>
    </message>
    <message>
        <source>safety.scope.now</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>safety.scope.zones</source>
        <translation>Techniciens</translation>
    </message>
    <message>
        <source>safety.scope.disarmed</source>
        <translation>Désarmés</translation>
    </message>
    <message>
        <source>safety.scope.out</source>
        <translation>Hors service</translation>
    </message>
    <message>
        <source>safety.scope.locks</source>
        <translation>Verrouillages</translation>
    </message>
    <message>
        <source>safety.head.what</source>
        <translation>État</translation>
    </message>
    <message>
        <source>safety.head.where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>safety.head.until</source>
        <translation>Jusqu’à</translation>
    </message>
    <message>
        <source>safety.head.contact</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>safety.head.place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>safety.head.who</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>safety.head.reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>safety.what.zone</source>
        <translation>Techniciens</translation>
    </message>
    <message>
        <source>safety.what.armed</source>
        <translation>Armé</translation>
    </message>
    <message>
        <source>safety.what.disarmed</source>
        <translation>Désarmé</translation>
    </message>
    <message>
        <source>safety.whole_sector</source>
        <translation>tout le secteur</translation>
    </message>
    <message>
        <source>safety.for_ever</source>
        <translation>Sans fin fixée</translation>
    </message>
    <message>
        <source>safety.guards.one</source>
        <translation>garde {count} équipement</translation>
    </message>
    <message>
        <source>safety.guards.other</source>
        <translation>garde {count} équipements</translation>
    </message>
    <message>
        <source>safety.watches</source>
        <translation>regarde {ids}</translation>
    </message>
    <message>
        <source>safety.fingerprint</source>
        <translation>Empreinte {code}</translation>
    </message>
    <message>
        <source>safety.line.reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>safety.line.contact</source>
        <translation>Qui appeler</translation>
    </message>
    <message>
        <source>safety.line.call</source>
        <translation>Appeler {contact}</translation>
    </message>
    <message>
        <source>safety.line.set</source>
        <translation>déclaré par {who}, {time}</translation>
    </message>
    <message>
        <source>safety.zone.over</source>
        <translation>Techniciens sur place jusqu’à {time} · {contact} · {reason}. Appelez-les avant tout ; rien n’est commandé ici.</translation>
    </message>
    <message>
        <source>safety.act.hands</source>
        <translation>Techniciens sur place…</translation>
    </message>
    <message>
        <source>safety.act.lift</source>
        <translation>Fin des travaux : mains retirées</translation>
    </message>
    <message>
        <source>safety.act.maintenance</source>
        <translation>Mettre en travaux…</translation>
    </message>
    <message>
        <source>safety.act.disable</source>
        <translation>Désactiver…</translation>
    </message>
    <message>
        <source>safety.act.back</source>
        <translation>Remettre en service</translation>
    </message>
    <message>
        <source>safety.act.arm</source>
        <translation>Réarmer</translation>
    </message>
    <message>
        <source>safety.form.hands</source>
        <translation>Techniciens sur {id} : plus personne ne le commande</translation>
    </message>
    <message>
        <source>safety.form.maintenance</source>
        <translation>Mettre {id} en travaux</translation>
    </message>
    <message>
        <source>safety.form.disable</source>
        <translation>Désactiver {id}</translation>
    </message>
    <message>
        <source>safety.form.back</source>
        <translation>Remettre {id} en service</translation>
    </message>
    <message>
        <source>safety.reason.none</source>
        <translation>Choisissez une ligne.</translation>
    </message>
    <message>
        <source>safety.reason.no_manage</source>
        <translation>Votre rôle ne gère pas cela ici ({kind}).</translation>
    </message>
    <message>
        <source>safety.reason.no_configure</source>
        <translation>Votre rôle ne configure pas cela ici ({kind}).</translation>
    </message>
    <message>
        <source>safety.reason.edit_off</source>
        <translation>Le mode édition est désactivé : Ctrl E l’active pour un quart d’heure, puis recommencez.</translation>
    </message>
    <message>
        <source>safety.reason.under_way</source>
        <translation>Déjà demandé, en attente du pont.</translation>
    </message>
    <message>
        <source>safety.over</source>
        <translation>Cette zone est levée.</translation>
    </message>
    <message>
        <source>safety.done.hands</source>
        <translation>{id} : techniciens sur place, plus personne ne commande.</translation>
    </message>
    <message>
        <source>safety.done.lift</source>
        <translation>{id} : mains retirées, de nouveau commandable.</translation>
    </message>
    <message>
        <source>safety.done.maintenance</source>
        <translation>{id} : en travaux.</translation>
    </message>
    <message>
        <source>safety.done.disable</source>
        <translation>{id} : désactivé.</translation>
    </message>
    <message>
        <source>safety.done.back</source>
        <translation>{id} : remis en service.</translation>
    </message>
    <message>
        <source>safety.done.arm</source>
        <translation>{id} : verrouillage réarmé.</translation>
    </message>
    <message>
        <source>ui.form.missing</source>
        <translation>Il manque encore : {line}.</translation>
    </message>
    <message>
        <source>ui.key.edit_mode</source>
        <translation>Mode édition : activer, désactiver</translation>
    </message>
    <message>
        <source>strip.mode.editing</source>
        <translation>ÉDITION · {minutes} min</translation>
    </message>
    <message>
        <source>edit.on</source>
        <translation>Mode édition actif jusqu’à {time} : ce que vous configurez vaut aussitôt. Ctrl E le désactive.</translation>
    </message>
    <message>
        <source>edit.off</source>
        <translation>Mode édition désactivé.</translation>
    </message>
    <message>
        <source>edit.ended</source>
        <translation>Le mode édition est terminé : rien ne se configure plus. Ctrl E le réactive.</translation>
    </message>
    <message>
        <source>edit.lost</source>
        <translation>Liaison perdue : le mode édition est désactivé. Ctrl E le réactive quand elle revient.</translation>
    </message>
    <message>
        <source>edit.not_live</source>
        <translation>Sans liaison, le mode édition ne change pas : attendez qu’elle revienne.</translation>
    </message>
    <message>
        <source>safety.line.since</source>
        <translation>depuis {time}</translation>
    </message>
    <message>
        <source>safety.span.hours</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>safety.span.days</source>
        <translation>{count} j</translation>
    </message>
    <message>
        <source>safety.what.removed</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>safety.act.note</source>
        <translation>Prendre acte</translation>
    </message>
    <message>
        <source>handover.zones</source>
        <translation>Techniciens sur place</translation>
    </message>
    <message>
        <source>safety.act.declare</source>
        <translation>Déclarer des travaux…</translation>
    </message>
    <message>
        <source>safety.declare</source>
        <translation>Déclarer des travaux</translation>
    </message>
    <message>
        <source>safety.declare.body</source>
        <translation>Tant que des techniciens ont les mains dedans, personne ne commande ce qui est couvert, d’aucun poste.</translation>
    </message>
    <message>
        <source>safety.declare.at</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>safety.declare.until</source>
        <translation>Jusqu’à</translation>
    </message>
    <message>
        <source>safety.declare.chosen.one</source>
        <translation>{count} équipement choisi</translation>
    </message>
    <message>
        <source>safety.declare.chosen.other</source>
        <translation>{count} équipements choisis</translation>
    </message>
    <message>
        <source>safety.declare.reason.hint</source>
        <translation>Par exemple : remplacement de câble, tranchée rue Monge</translation>
    </message>
    <message>
        <source>safety.declare.contact.hint</source>
        <translation>Téléphone ou indicatif radio des techniciens</translation>
    </message>
    <message>
        <source>safety.declare.verb.one</source>
        <translation>Déclarer {count} équipement en travaux</translation>
    </message>
    <message>
        <source>safety.declare.verb.other</source>
        <translation>Déclarer {count} équipements en travaux</translation>
    </message>
    <message>
        <source>safety.declare.covers</source>
        <translation>Plus personne ne commandera : {kinds}. Rien n’est encore envoyé.</translation>
    </message>
    <message>
        <source>safety.declare.held.one</source>
        <translation>{count} forçage y est tenu : voyez avec les techniciens s’il faut le rendre d’abord.</translation>
    </message>
    <message>
        <source>safety.declare.held.other</source>
        <translation>{count} forçages y sont tenus : voyez avec les techniciens s’il faut les rendre d’abord.</translation>
    </message>
    <message>
        <source>safety.declare.left.one</source>
        <translation>{count} choisi est laissé de côté : votre rôle ne le gère pas.</translation>
    </message>
    <message>
        <source>safety.declare.left.other</source>
        <translation>{count} choisis sont laissés de côté : votre rôle ne les gère pas.</translation>
    </message>
    <message>
        <source>safety.declare.where</source>
        <translation>Choisissez où.</translation>
    </message>
    <message>
        <source>safety.declare.none_chosen</source>
        <translation>Rien n’est choisi : choisissez un équipement, plusieurs ou une zone sur la carte ou dans la liste, ou un secteur ici.</translation>
    </message>
    <message>
        <source>safety.declare.no_sector</source>
        <translation>{sector} : un secteur entier demande le droit de gérer tout ce qui s’y trouve.</translation>
    </message>
    <message>
        <source>safety.declare.no_right</source>
        <translation>Votre rôle ne gère aucun équipement : demandez à qui le gère de déclarer les travaux.</translation>
    </message>
    <message>
        <source>safety.declare.too_many</source>
        <translation>{count} zones à la fois : au plus {most}. Choisissez l’armoire dont ils dépendent, ou leur secteur.</translation>
    </message>
    <message>
        <source>ui.key.works</source>
        <translation>Déclarer des travaux</translation>
    </message>
</context>
</TS>
