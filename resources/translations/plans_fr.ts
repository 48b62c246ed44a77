<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.plan.not_found</source>
        <translation>Il n’existe pas de plan {plan} que vous puissiez voir. Rien n’a changé : relisez la liste des plans.</translation>
    </message>
    <message>
        <source>error.plan.reason</source>
        <translation>Un plan se règle avec un motif de {limit} caractères au plus. Rien n’a changé : écrivez pourquoi.</translation>
    </message>
    <message>
        <source>error.plan.too_many</source>
        <translation>Ce plan tiendrait {count} points, et une personne seule n’en commande que {most}. Il reste désactivé : partagez-le en plusieurs plans dans ses fichiers.</translation>
    </message>
    <message>
        <source>error.plan.off</source>
        <translation>Le plan {plan} est désactivé : il n’y a rien à arrêter ni à reprendre.</translation>
    </message>
    <message>
        <source>error.plan.not_stopped</source>
        <translation>Le plan {plan} n’est pas arrêté : il suit déjà ses heures et sa mesure.</translation>
    </message>
    <message>
        <source>error.plan.not_holding</source>
        <translation>Le plan {plan} ne tient rien en ce moment. Pour l’empêcher de commencer, arrêtez-le jusqu’à une heure.</translation>
    </message>
    <message>
        <source>error.plan.until</source>
        <translation>Un plan s’arrête jusqu’à une heure à venir, {days} jours au plus. Rien n’a changé : choisissez une autre heure, ou désactivez-le.</translation>
    </message>
    <message>
        <source>error.plan.over</source>
        <translation>Ce plan ne demande plus ce point, ou un autre plan l’a pris. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>overrides.scope.plans</source>
        <translation>Plans</translation>
    </message>
    <message>
        <source>overrides.none.plans</source>
        <translation>Aucun plan automatique</translation>
    </message>
    <message>
        <source>overrides.reason.of_plan</source>
        <translation>Tenu par le plan « {name} » : arrêtez le plan, ou commandez l’équipement, vous passez avant lui.</translation>
    </message>
    <message>
        <source>handover.plans</source>
        <translation>Plans en cours</translation>
    </message>
    <message>
        <source>plans.count.one</source>
        <translation>{count} plan</translation>
    </message>
    <message>
        <source>plans.count.other</source>
        <translation>{count} plans</translation>
    </message>
    <message>
        <source>plans.owner</source>
        <translation>Plan {name}</translation>
    </message>
    <message>
        <source>plans.targets.one</source>
        <translation>{count} point</translation>
    </message>
    <message>
        <source>plans.targets.other</source>
        <translation>{count} points</translation>
    </message>
    <message>
        <source>plans.state.off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>plans.state.waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>plans.state.over</source>
        <translation>Terminé pour cette fois</translation>
    </message>
    <message>
        <source>plans.state.stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>plans.state.holding</source>
        <translation>Tient {held} / {targets}, relus</translation>
    </message>
    <message>
        <source>plans.state.lost.one</source>
        <translation>supplanté sur {count}</translation>
    </message>
    <message>
        <source>plans.state.lost.other</source>
        <translation>supplanté sur {count}</translation>
    </message>
    <message>
        <source>plans.state.refused.one</source>
        <translation>{count} refusé</translation>
    </message>
    <message>
        <source>plans.state.refused.other</source>
        <translation>{count} refusés</translation>
    </message>
    <message>
        <source>plans.until.resumes</source>
        <translation>reprend à {time}</translation>
    </message>
    <message>
        <source>plans.until.next</source>
        <translation>dès {time}</translation>
    </message>
    <message>
        <source>plans.until.measured</source>
        <translation>sur mesure</translation>
    </message>
    <message>
        <source>plans.rung</source>
        <translation>échelon {name}</translation>
    </message>
    <message>
        <source>plans.rung.crisis</source>
        <translation>crise</translation>
    </message>
    <message>
        <source>plans.rung.scenario</source>
        <translation>scénario</translation>
    </message>
    <message>
        <source>plans.line.when</source>
        <translation>Quand : {when}</translation>
    </message>
    <message>
        <source>plans.line.enabled</source>
        <translation>Réglé par {who} : {reason}</translation>
    </message>
    <message>
        <source>plans.line.disabled</source>
        <translation>Désactivé par {who} : {reason}</translation>
    </message>
    <message>
        <source>plans.line.lost.to</source>
        <translation>Supplanté par {who}</translation>
    </message>
    <message>
        <source>plans.line.lost</source>
        <translation>{count}, dont {first}, depuis {time}</translation>
    </message>
    <message>
        <source>plans.line.refused</source>
        <translation>Refusés</translation>
    </message>
    <message>
        <source>plans.every_day</source>
        <translation>chaque jour</translation>
    </message>
    <message>
        <source>plans.day.mon</source>
        <translation>lundi</translation>
    </message>
    <message>
        <source>plans.day.tue</source>
        <translation>mardi</translation>
    </message>
    <message>
        <source>plans.day.wed</source>
        <translation>mercredi</translation>
    </message>
    <message>
        <source>plans.day.thu</source>
        <translation>jeudi</translation>
    </message>
    <message>
        <source>plans.day.fri</source>
        <translation>vendredi</translation>
    </message>
    <message>
        <source>plans.day.sat</source>
        <translation>samedi</translation>
    </message>
    <message>
        <source>plans.day.sun</source>
        <translation>dimanche</translation>
    </message>
    <message>
        <source>plans.when.hours</source>
        <translation>{start} à {end}, {days}</translation>
    </message>
    <message>
        <source>plans.when.above</source>
        <translation>{kind}, {point} au-dessus de {value}</translation>
    </message>
    <message>
        <source>plans.when.below</source>
        <translation>{kind}, {point} au-dessous de {value}</translation>
    </message>
    <message>
        <source>plans.when.is</source>
        <translation>{kind}, {point} : {value}</translation>
    </message>
    <message>
        <source>plans.when.longest</source>
        <translation>{time} au plus</translation>
    </message>
    <message>
        <source>plans.why.out_of_service</source>
        <translation>hors service</translation>
    </message>
    <message>
        <source>plans.why.hands_off</source>
        <translation>en zone d’intervention</translation>
    </message>
    <message>
        <source>plans.why.device_down</source>
        <translation>sans liaison</translation>
    </message>
    <message>
        <source>plans.why.no_link</source>
        <translation>non raccordés</translation>
    </message>
    <message>
        <source>plans.why.not_allowed</source>
        <translation>sans droit</translation>
    </message>
    <message>
        <source>plans.why.no_way_back</source>
        <translation>sans retour connu</translation>
    </message>
    <message>
        <source>plans.why.storage</source>
        <translation>non enregistrables</translation>
    </message>
    <message>
        <source>plans.why.interlock</source>
        <translation>interverrouillés</translation>
    </message>
    <message>
        <source>plans.why.other</source>
        <translation>refusés par l’équipement ou le pont</translation>
    </message>
    <message>
        <source>plans.act.enable</source>
        <translation>Activer</translation>
    </message>
    <message>
        <source>plans.act.disable</source>
        <translation>Désactiver</translation>
    </message>
    <message>
        <source>plans.act.stop</source>
        <translation>Arrêter cette fois</translation>
    </message>
    <message>
        <source>plans.act.stop_for</source>
        <translation>Arrêter {time}</translation>
    </message>
    <message>
        <source>plans.act.resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>plans.reason.none</source>
        <translation>Choisissez un plan dans la liste.</translation>
    </message>
    <message>
        <source>plans.reason.off</source>
        <translation>Ce plan est désactivé : il n’y a rien à arrêter.</translation>
    </message>
    <message>
        <source>plans.reason.not_holding</source>
        <translation>Ce plan ne tient rien en ce moment.</translation>
    </message>
    <message>
        <source>plans.reason.not_stopped</source>
        <translation>Ce plan n’est pas arrêté.</translation>
    </message>
    <message>
        <source>plans.done</source>
        <translation>{name} : {state}</translation>
    </message>
    <message>
        <source>audit.plan.loaded</source>
        <translation>Plan lu</translation>
    </message>
    <message>
        <source>audit.plan.removed</source>
        <translation>Plan retiré</translation>
    </message>
    <message>
        <source>audit.plan.enabled</source>
        <translation>Plan activé</translation>
    </message>
    <message>
        <source>audit.plan.disabled</source>
        <translation>Plan désactivé</translation>
    </message>
    <message>
        <source>audit.plan.stopped</source>
        <translation>Plan arrêté</translation>
    </message>
    <message>
        <source>audit.plan.resumed</source>
        <translation>Plan repris</translation>
    </message>
    <message>
        <source>audit.plan.began</source>
        <translation>Plan commencé</translation>
    </message>
    <message>
        <source>audit.plan.ended</source>
        <translation>Plan terminé</translation>
    </message>
    <message>
        <source>audit.plan.moved</source>
        <translation>Plan prêt ou décalé</translation>
    </message>
    <message>
        <source>audit.plan.told</source>
        <translation>Plan supplanté ou refusé, ou ne l’est plus</translation>
    </message>
    <message>
        <source>plans.head.name</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>plans.head.held</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>plans.head.state</source>
        <translation>État</translation>
    </message>
    <message>
        <source>plans.head.targets</source>
        <translation>Points et échelon</translation>
    </message>
    <message>
        <source>plans.head.who</source>
        <translation>Pour qui</translation>
    </message>
</context>
</TS>
