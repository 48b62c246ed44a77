<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>acting.reason.checking</source>
        <translation>L’essai à blanc est en cours.</translation>
    </message>
    <message>
        <source>acting.reason.over</source>
        <translation>C’est déjà parti ou abandonné.</translation>
    </message>
    <message>
        <source>acting.reason.all_refused</source>
        <translation>Tout serait refusé : rien ne peut partir.</translation>
    </message>
    <message>
        <source>acting.reason.no_reason</source>
        <translation>Écrivez un motif : il reste au registre.</translation>
    </message>
    <message>
        <source>acting.reason.not_live</source>
        <translation>Le pont ne répond plus : rien ne peut partir.</translation>
    </message>
    <message>
        <source>acting.reason.too_late</source>
        <translation>Non confirmé en 30 s : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.approval.refused</source>
        <translation>La seconde personne a refusé : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.approval.expired</source>
        <translation>Pas de réponse en 2 min : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.approval.withdrawn</source>
        <translation>Demande retirée : rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.programme</source>
        <translation>son programme</translation>
    </message>
    <message>
        <source>acting.title.confirm</source>
        <translation>À confirmer</translation>
    </message>
    <message>
        <source>acting.title.waiting</source>
        <translation>Accord demandé à une seconde personne</translation>
    </message>
    <message>
        <source>acting.title.sending</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>acting.title.ended</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>acting.title.gone</source>
        <translation>Rien n’est parti</translation>
    </message>
    <message>
        <source>acting.line.checking</source>
        <translation>Essai à blanc en cours. Rien n’est parti.</translation>
    </message>
    <message>
        <source>acting.line.ready</source>
        <translation>Essai à blanc de {time}. Rien n’est encore parti.</translation>
    </message>
    <message>
        <source>acting.line.waiting</source>
        <translation>Rien n’est encore parti. Sans réponse, rien ne partira.</translation>
    </message>
    <message>
        <source>acting.line.sending</source>
        <translation>Chaque cible est commandée, relue, vérifiée.</translation>
    </message>
    <message>
        <source>acting.line.verified</source>
        <translation>Tout est relu et vérifié.</translation>
    </message>
    <message>
        <source>acting.line.not_all</source>
        <translation>Tout n’est pas vérifié : voir ci-dessous.</translation>
    </message>
    <message>
        <source>acting.accepted</source>
        <translation>acceptée</translation>
    </message>
    <message>
        <source>acting.accepted_by_two</source>
        <translation>à deux</translation>
    </message>
    <message>
        <source>acting.refused</source>
        <translation>refusée</translation>
    </message>
    <message>
        <source>acting.from_to</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>acting.takes_over</source>
        <translation>remplace un forçage</translation>
    </message>
    <message>
        <source>acting.more.one</source>
        <translation>et {count} autre</translation>
    </message>
    <message>
        <source>acting.more.other</source>
        <translation>et {count} autres</translation>
    </message>
    <message>
        <source>acting.give_up.checking</source>
        <translation>Ne rien faire</translation>
    </message>
    <message>
        <source>acting.give_up.ready</source>
        <translation>Ne rien faire</translation>
    </message>
    <message>
        <source>acting.give_up.sending</source>
        <translation>Arrêter là</translation>
    </message>
    <message>
        <source>acting.give_up.waiting</source>
        <translation>Retirer la demande</translation>
    </message>
    <message>
        <source>acting.give_up.ended</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>acting.give_up.gone</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>acting.check_again</source>
        <translation>Revoir à blanc</translation>
    </message>
    <message>
        <source>acting.ask_second</source>
        <translation>{verb}, à deux…</translation>
    </message>
    <message>
        <source>acting.again.one</source>
        <translation>Réessayer la {count} en échec</translation>
    </message>
    <message>
        <source>acting.again.other</source>
        <translation>Réessayer les {count} en échec</translation>
    </message>
    <message>
        <source>acting.undo.one</source>
        <translation>Rendre au programme</translation>
    </message>
    <message>
        <source>acting.undo.other</source>
        <translation>Rendre les {count}</translation>
    </message>
    <message>
        <source>acting.key.confirm</source>
        <translation>Ctrl+Entrée</translation>
    </message>
    <message>
        <source>acting.question.title</source>
        <translation>{person} demande votre accord</translation>
    </message>
    <message>
        <source>acting.question.effect.one</source>
        <translation>{count} équipement serait commandé</translation>
    </message>
    <message>
        <source>acting.question.effect.other</source>
        <translation>{count} équipements seraient commandés</translation>
    </message>
    <message>
        <source>acting.question.reason</source>
        <translation>Motif : {reason}</translation>
    </message>
    <message>
        <source>acting.question.type</source>
        <translation>Tapez « {challenge} » pour accorder</translation>
    </message>
    <message>
        <source>acting.question.agree</source>
        <translation>Accorder</translation>
    </message>
    <message>
        <source>acting.question.refuse</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>acting.question.not_typed</source>
        <translation>Tapez d’abord ce qui est demandé : c’est la preuve que vous l’avez lu.</translation>
    </message>
    <message>
        <source>acting.question.same</source>
        <translation>Un même compte ne peut pas accorder.</translation>
    </message>
    <message>
        <source>acting.sheet</source>
        <translation>Gestes en cours</translation>
    </message>
    <message>
        <source>acting.reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>acting.reason.hint</source>
        <translation>Motif : reste au registre</translation>
    </message>
    <message>
        <source>acting.hold</source>
        <translation>Tenue</translation>
    </message>
    <message>
        <source>acting.nothing</source>
        <translation>Aucun geste en cours. Choisissez un équipement, puis ce qu’il doit faire.</translation>
    </message>
    <message>
        <source>acting.asked</source>
        <translation>{person} demande votre accord : ouvrez les gestes en cours.</translation>
    </message>
    <message>
        <source>ui.key.ctrl_g</source>
        <translation>Gestes en cours</translation>
    </message>
    <message>
        <source>acting.verb.set.one</source>
        <translation>Commander {count} équipement</translation>
    </message>
    <message>
        <source>acting.verb.set.other</source>
        <translation>Commander {count} équipements</translation>
    </message>
    <message>
        <source>acting.count.accepted.one</source>
        <translation>acceptée</translation>
    </message>
    <message>
        <source>acting.count.accepted.other</source>
        <translation>acceptées</translation>
    </message>
    <message>
        <source>acting.count.refused.one</source>
        <translation>refusée</translation>
    </message>
    <message>
        <source>acting.count.refused.other</source>
        <translation>refusées</translation>
    </message>
    <message>
        <source>acting.count.confirmed.one</source>
        <translation>vérifiée</translation>
    </message>
    <message>
        <source>acting.count.confirmed.other</source>
        <translation>vérifiées</translation>
    </message>
    <message>
        <source>acting.count.failed.one</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>acting.count.failed.other</source>
        <translation>échecs</translation>
    </message>
    <message>
        <source>acting.count.unknown.one</source>
        <translation>sort inconnu</translation>
    </message>
    <message>
        <source>acting.count.unknown.other</source>
        <translation>sorts inconnus</translation>
    </message>
    <message>
        <source>acting.count.left.one</source>
        <translation>reste</translation>
    </message>
    <message>
        <source>acting.count.left.other</source>
        <translation>restent</translation>
    </message>
    <message>
        <source>acting.fate.accepted</source>
        <translation>acceptée</translation>
    </message>
    <message>
        <source>acting.fate.sent</source>
        <translation>envoyée</translation>
    </message>
    <message>
        <source>acting.fate.confirmed</source>
        <translation>vérifiée</translation>
    </message>
    <message>
        <source>acting.fate.refused</source>
        <translation>refusée</translation>
    </message>
    <message>
        <source>acting.fate.failed</source>
        <translation>échec</translation>
    </message>
    <message>
        <source>acting.fate.expired</source>
        <translation>trop tard</translation>
    </message>
    <message>
        <source>acting.fate.unknown</source>
        <translation>sort inconnu</translation>
    </message>
    <message>
        <source>strip.to_check.one</source>
        <translation>{count} à vérifier</translation>
    </message>
    <message>
        <source>strip.to_check.other</source>
        <translation>{count} à vérifier</translation>
    </message>
    <message>
        <source>acting.colon</source>
        <translation> : </translation>
    </message>
    <message>
        <source>acting.count.expired.one</source>
        <translation>trop tard</translation>
    </message>
    <message>
        <source>acting.count.expired.other</source>
        <translation>trop tard</translation>
    </message>
    <message>
        <source>acting.title.lost</source>
        <translation>Sort inconnu : à vérifier</translation>
    </message>
    <message>
        <source>acting.give_up.lost</source>
        <translation>Ôter de la liste</translation>
    </message>
    <message>
        <source>acting.count.untold.one</source>
        <translation>sans réponse</translation>
    </message>
    <message>
        <source>acting.count.untold.other</source>
        <translation>sans réponse</translation>
    </message>
    <message>
        <source>acting.line.bridge_died</source>
        <translation>Le pont s’est arrêté pendant l’ordre : ce qui n’était pas parti ne partira jamais. Vérifier le reste.</translation>
    </message>
    <message>
        <source>acting.reason.other_epoch</source>
        <translation>Le pont a redémarré depuis l’essai à blanc : regarder à nouveau.</translation>
    </message>
    <message>
        <source>acting.reason.never_taken</source>
        <translation>Le pont n’a rien pris en charge de cet ordre et son délai est passé : rien n’est parti vers le terrain.</translation>
    </message>
    <message>
        <source>acting.reason.not_heard</source>
        <translation>La liaison était coupée quand cela s’est décidé : vérifier sur place et au registre des forçages. Rien ne sera rejoué.</translation>
    </message>
    <message>
        <source>acting.reason.not_yours</source>
        <translation>L’ordre est à quelqu’un d’autre, et commander ceci n’est pas dans vos droits : appeler son poste.</translation>
    </message>
    <message>
        <source>acting.order.title.one</source>
        <translation>{person} commande 1 équipement</translation>
    </message>
    <message>
        <source>acting.order.title.other</source>
        <translation>{person} commande {count} équipements</translation>
    </message>
    <message>
        <source>acting.still_running.one</source>
        <translation>Un ordre à vous court encore : le voir par Ctrl+G.</translation>
    </message>
    <message>
        <source>acting.still_running.other</source>
        <translation>Un ordre à vous sur {count} équipements court encore : le voir par Ctrl+G.</translation>
    </message>
    <message>
        <source>acting.way_back.one</source>
        <translation>Rendre 1 équipement</translation>
    </message>
    <message>
        <source>acting.way_back.other</source>
        <translation>Rendre {count} équipements</translation>
    </message>
</context>
</TS>
