<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.command.no_such_point</source>
        <translation>« {equipment} » n’a pas de point « {point} ». Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.bad_value</source>
        <translation>La valeur « {value} » n’est pas possible pour ce point. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.bad_key</source>
        <translation>La console n’a pas numéroté sa commande. Rien n’a été envoyé : c’est un défaut de la console, signalez-le.</translation>
    </message>
    <message>
        <source>error.command.reason</source>
        <translation>Donnez un motif, en {limit} caractères au plus. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.deadline_far</source>
        <translation>L’échéance est à plus de {minutes} minutes. Les commandes ne sont jamais gardées pour plus tard ; rien n’a été envoyé. Vérifiez l’horloge du poste.</translation>
    </message>
    <message>
        <source>error.command.key_used</source>
        <translation>Une autre commande porte déjà ce numéro. Rien n’a été envoyé : recommencez.</translation>
    </message>
    <message>
        <source>error.command.not_allowed</source>
        <translation>Vous n’avez pas le droit de commander cet équipement. Rien n’a été envoyé ; la demande est journalisée.</translation>
    </message>
    <message>
        <source>error.command.out_of_service</source>
        <translation>L’équipement est désactivé ou en maintenance : quelqu’un peut y travailler. Rien n’a été envoyé ; remettez-le d’abord en service.</translation>
    </message>
    <message>
        <source>error.command.other_epoch</source>
        <translation>Le pont a redémarré depuis. Rien n’a été envoyé : vérifiez l’état, puis recommandez.</translation>
    </message>
    <message>
        <source>error.command.expired</source>
        <translation>L’échéance est passée avant l’envoi. Rien n’a été envoyé : recommandez si c’est encore utile.</translation>
    </message>
    <message>
        <source>error.command.no_link</source>
        <translation>Aucune liaison ne mène à cet équipement. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.device_down</source>
        <translation>L’équipement ne répond pas. Rien n’a été envoyé, et rien ne sera envoyé plus tard : recommandez quand la liaison sera revenue.</translation>
    </message>
    <message>
        <source>error.command.not_recorded</source>
        <translation>La commande a été envoyée (« {outcome} »), mais le disque du pont refuse d’écrire. Ne la répétez pas : vérifiez l’équipement, prévenez l’administrateur.</translation>
    </message>
    <message>
        <source>error.command.stopping</source>
        <translation>Le pont s’arrête et le sort de la commande n’est pas connu. Elle ne sera pas renvoyée : vérifiez l’équipement au redémarrage.</translation>
    </message>
    <message>
        <source>command.result.rejected</source>
        <translation>L’équipement a refusé la commande ; rien n’a changé.</translation>
    </message>
    <message>
        <source>command.result.not_commandable</source>
        <translation>Ce point ne se commande pas ; rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>command.result.no_answer</source>
        <translation>L’équipement n’a pas répondu : la commande est peut-être passée. À vérifier sur place ; elle ne sera pas renvoyée.</translation>
    </message>
    <message>
        <source>command.result.not_verified</source>
        <translation>L’équipement a pris la commande, mais sa relecture a échoué. À vérifier sur place.</translation>
    </message>
    <message>
        <source>command.result.differs</source>
        <translation>L’équipement a pris la commande, mais relit une autre valeur : non vérifié.</translation>
    </message>
    <message>
        <source>command.result.expired</source>
        <translation>L’échéance est passée avant l’envoi ; rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>command.result.not_sent</source>
        <translation>Le pont s’est arrêté ou n’a pas pu journaliser avant l’envoi ; rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>command.result.defect</source>
        <translation>Défaut du pont pendant l’envoi : son effet n’est pas connu. Vérifier sur place et prévenir l’exploitation.</translation>
    </message>
    <message>
        <source>command.result.bridge_restarted</source>
        <translation>Le pont a redémarré pendant la commande ; la relecture ne la confirme pas. À vérifier sur place ; elle ne sera pas renvoyée.</translation>
    </message>
    <message>
        <source>error.command.not_commandable</source>
        <translation>Le point « {point} » de « {equipment} » ne se commande pas. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.hands_off</source>
        <translation>Refusée, rien n’a été envoyé. Des techniciens travaillent sur « {equipment} » : {why}. Appelez-les d’abord : {contact}.</translation>
    </message>
    <message>
        <source>error.command.needs_second</source>
        <translation>Refusée, rien n’a été envoyé. Cette commande demande l’accord d’une deuxième personne, à un autre poste : posez-lui la question.</translation>
    </message>
    <message>
        <source>error.command.no_override</source>
        <translation>Le point « {point} » garde ce qu’on lui commande : il n’a pas de retour à programmer. Rien n’a été envoyé ; commandez-le sans fin.</translation>
    </message>
    <message>
        <source>error.command.end_past</source>
        <translation>La fin demandée est déjà passée. Rien n’a été envoyé : choisissez une fin à venir.</translation>
    </message>
    <message>
        <source>error.command.end_far</source>
        <translation>La fin demandée est trop lointaine : {minutes} minutes au plus pour « {point} ». Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.order_size</source>
        <translation>Un ordre a de 1 à {most} cibles ; celui-ci en a {count}. Rien n’a été envoyé : partagez-le.</translation>
    </message>
    <message>
        <source>error.command.twice</source>
        <translation>L’ordre nomme deux fois le point « {point} » de « {equipment} ». Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.command.no_such_command</source>
        <translation>Aucune commande ne porte le numéro « {key} ».</translation>
    </message>
    <message>
        <source>error.command.nothing_to_settle</source>
        <translation>Cette commande de « {equipment} » n’attend pas de constat ; elle l’a peut-être déjà reçu ({by}).</translation>
    </message>
    <message>
        <source>error.command.no_such_order</source>
        <translation>Aucun ordre ne porte le numéro « {key} ».</translation>
    </message>
    <message>
        <source>error.command.order_over</source>
        <translation>L’ordre « {key} » est déjà terminé : il n’y a plus rien à arrêter. Regardez ses résultats.</translation>
    </message>
    <message>
        <source>command.result.no_effect</source>
        <translation>L’équipement a pris la commande, mais elle est restée sans effet après {seconds} s (on voit « {shown} »). À vérifier sur place.</translation>
    </message>
    <message>
        <source>command.result.effect_not_seen</source>
        <translation>L’équipement a pris la commande, mais son effet ne se voit pas. À vérifier sur place ; elle ne sera pas renvoyée.</translation>
    </message>
    <message>
        <source>command.result.not_released</source>
        <translation>L’équipement a pris la commande, mais il n’est pas rendu à son programme : il se dit toujours commandé.</translation>
    </message>
    <message>
        <source>command.result.release_not_shown</source>
        <translation>L’équipement a pris la commande, mais rien ne montre qu’il est rendu à son programme : la valeur n’a pas bougé. À vérifier.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.1</source>
        <translation>Refusée par la borne : un véhicule est sur la boucle. Elle n’a pas bougé.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.2</source>
        <translation>Refusée par la borne : un obstacle est devant elle. Elle n’a pas bougé.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.3</source>
        <translation>Refusée par la borne : la clé locale est tournée, quelqu’un la commande sur place. Elle n’a pas bougé.</translation>
    </message>
    <message>
        <source>command.result.refused.bollard.4</source>
        <translation>Refusée par la borne : elle est en défaut. Elle n’a pas bougé ; envoyez quelqu’un.</translation>
    </message>
    <message>
        <source>point.bollard.refusal</source>
        <translation>Dernier refus de la borne</translation>
    </message>
    <message>
        <source>value.bollard.refusal.0</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>value.bollard.refusal.1</source>
        <translation>véhicule</translation>
    </message>
    <message>
        <source>value.bollard.refusal.2</source>
        <translation>obstacle</translation>
    </message>
    <message>
        <source>value.bollard.refusal.3</source>
        <translation>clé locale</translation>
    </message>
    <message>
        <source>value.bollard.refusal.4</source>
        <translation>défaut</translation>
    </message>
    <message>
        <source>command.result.settled</source>
        <translation>Constaté sur place par {by} : {found}</translation>
    </message>
    <message>
        <source>command.result.cancelled</source>
        <translation>L’ordre a été arrêté avant l’envoi ; rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.approval.same_person</source>
        <translation>Vous avez posé la question : une autre personne doit répondre.</translation>
    </message>
    <message>
        <source>error.approval.same_seat</source>
        <translation>La réponse doit venir d’un autre poste que « {seat} » : ce qui est dangereux se décide à deux, à deux endroits.</translation>
    </message>
    <message>
        <source>error.approval.typed</source>
        <translation>Ce qui est tapé ne correspond pas. Rien n’a été envoyé : tapez « {challenge} » pour montrer que vous avez lu.</translation>
    </message>
    <message>
        <source>error.approval.over</source>
        <translation>Cette question n’attend plus de réponse : elle a expiré, elle est retirée ou quelqu’un a répondu. Rien n’a été envoyé de plus.</translation>
    </message>
    <message>
        <source>error.approval.not_needed</source>
        <translation>Cette commande ne demande personne d’autre : envoyez-la directement.</translation>
    </message>
    <message>
        <source>error.approval.not_yours</source>
        <translation>Seule la personne qui a posé la question ({user}) peut la retirer. Vous pouvez refuser.</translation>
    </message>
    <message>
        <source>error.interlock.unread</source>
        <translation>Refusée, rien n’a été envoyé : relu juste avant l’envoi, « {equipment} » n’a pas donné « {point} », et rien ne prouve que ce soit sans danger. Réessayez, ou envoyez quelqu’un sur place.</translation>
    </message>
    <message>
        <source>error.interlock.disarmed</source>
        <translation>Refusée, rien n’a été envoyé. La configuration du verrouillage « {interlock} » a changé et personne ne l’a réarmé : faites-le vérifier par qui configure.</translation>
    </message>
    <message>
        <source>error.interlock.blind</source>
        <translation>Refusée, rien n’a été envoyé. Le verrouillage « {interlock} » ne trouve pas ce qu’il doit regarder pour « {equipment} » : sa configuration est à compléter.</translation>
    </message>
    <message>
        <source>error.interlock.unsafe</source>
        <translation>Refusée, rien n’a été envoyé. « {point} » de « {equipment} » l’interdit : {value}.</translation>
    </message>
    <message>
        <source>error.interlock.possible</source>
        <translation>Refusée, rien n’a été envoyé. « {point} » de « {equipment} » n’est pas sûr depuis {age_s} s : le danger y est possible.</translation>
    </message>
    <message>
        <source>error.interlock.never</source>
        <translation>Refusée, rien n’a été envoyé. « {point} » de « {equipment} » n’a jamais été entendu : le danger y est possible.</translation>
    </message>
    <message>
        <source>error.interlock.no_such</source>
        <translation>Aucun verrouillage ne porte le nom « {interlock} ».</translation>
    </message>
    <message>
        <source>error.interlock.other_configuration</source>
        <translation>La configuration du verrouillage « {interlock} » n’est plus celle que vous avez regardée. Il reste désarmé : regardez-la de nouveau.</translation>
    </message>
    <message>
        <source>error.interlock.quay_dry.level.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. La station {equipment} mesure {value} m : l’eau peut gagner le quai, n’y laisser entrer aucun véhicule.</translation>
    </message>
    <message>
        <source>error.interlock.quay_dry.level.possible</source>
        <translation>Refusée, la borne ne bouge pas. La hauteur d’eau à la station {equipment} n’est plus sûre depuis {age_s} s : une crue est possible sur le quai. Faire constater sur place.</translation>
    </message>
    <message>
        <source>error.interlock.quay_dry.level.never</source>
        <translation>Refusée, la borne ne bouge pas. La station {equipment} n’a jamais été entendue : une crue est possible sur le quai. Faire constater sur place.</translation>
    </message>
    <message>
        <source>interlock.quay_dry.title</source>
        <translation>Borne de quai : la rivière est basse</translation>
    </message>
    <message>
        <source>error.interlock.few_open.position.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. Assez de bornes du même groupe sont ouvertes : « {equipment} » n’est pas levée. La lever d’abord.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.position.possible</source>
        <translation>Refusée, la borne ne bouge pas. La position de « {equipment} », du même groupe, n’est plus sûre depuis {age_s} s : elle est peut-être baissée.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.position.never</source>
        <translation>Refusée, la borne ne bouge pas. La position de « {equipment} », du même groupe, n’a jamais été entendue : elle est peut-être baissée.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.commanded.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. « {equipment} », du même groupe, a reçu l’ordre de s’abaisser. La lever d’abord.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.commanded.possible</source>
        <translation>Refusée, la borne ne bouge pas. L’ordre que tient « {equipment} », du même groupe, n’est plus sûr depuis {age_s} s : elle va peut-être s’abaisser.</translation>
    </message>
    <message>
        <source>error.interlock.few_open.commanded.never</source>
        <translation>Refusée, la borne ne bouge pas. L’ordre que tient « {equipment} », du même groupe, n’a jamais été entendu : elle va peut-être s’abaisser.</translation>
    </message>
    <message>
        <source>error.interlock.moving</source>
        <translation>Refusée, rien n’a bougé. « {equipment} », du même groupe, est commandée en ce moment. Attendre qu’elle soit relue.</translation>
    </message>
    <message>
        <source>interlock.few_open.title</source>
        <translation>Bornes d’un groupe : pas toutes ouvertes à la fois</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.loop.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. Un véhicule est sur la boucle.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.loop.possible</source>
        <translation>Refusée, la borne ne bouge pas. Boucle périmée depuis {age_s} s : un véhicule y est possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.loop.never</source>
        <translation>Refusée, la borne ne bouge pas. La boucle n’a jamais été entendue : un véhicule y est possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.obstacle.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. Un obstacle est au-dessus d’elle.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.obstacle.possible</source>
        <translation>Refusée, la borne ne bouge pas. Le détecteur d’obstacle n’est plus sûr depuis {age_s} s : un obstacle est possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.obstacle.never</source>
        <translation>Refusée, la borne ne bouge pas. Le détecteur d’obstacle n’a jamais été entendu : un obstacle est possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.local_key.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. La clé locale est tournée : quelqu’un la commande sur place.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.local_key.possible</source>
        <translation>Refusée, la borne ne bouge pas. L’état de la clé locale n’est plus sûr depuis {age_s} s : quelqu’un est peut-être sur place.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.local_key.never</source>
        <translation>Refusée, la borne ne bouge pas. L’état de la clé locale n’a jamais été entendu : quelqu’un est peut-être sur place.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.fault.unsafe</source>
        <translation>Refusée, la borne ne bouge pas. Elle se dit en défaut : faites-la réparer.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.fault.possible</source>
        <translation>Refusée, la borne ne bouge pas. Son état n’est plus sûr depuis {age_s} s : un défaut est possible.</translation>
    </message>
    <message>
        <source>error.interlock.bollard_clear.fault.never</source>
        <translation>Refusée, la borne ne bouge pas. Son état n’a jamais été entendu : un défaut est possible.</translation>
    </message>
    <message>
        <source>error.interlock.cabinet_closed.door.unsafe</source>
        <translation>Refusée, la lampe n’a pas changé. L’armoire « {equipment} » est ouverte : quelqu’un y travaille peut-être.</translation>
    </message>
    <message>
        <source>error.interlock.cabinet_closed.door.possible</source>
        <translation>Refusée, la lampe n’a pas changé. La porte de l’armoire « {equipment} » n’est plus sûre depuis {age_s} s : quelqu’un y travaille peut-être.</translation>
    </message>
    <message>
        <source>error.interlock.cabinet_closed.door.never</source>
        <translation>Refusée, la lampe n’a pas changé. La porte de l’armoire « {equipment} » n’a jamais été entendue : quelqu’un y travaille peut-être.</translation>
    </message>
    <message>
        <source>interlock.bollard_clear.title</source>
        <translation>Borne : la voie est libre</translation>
    </message>
    <message>
        <source>interlock.cabinet_closed.title</source>
        <translation>Éclairage : l’armoire est fermée</translation>
    </message>
    <message>
        <source>interlock.reason.first</source>
        <translation>Première configuration, armée par le pont</translation>
    </message>
    <message>
        <source>interlock.reason.new</source>
        <translation>Verrouillage nouveau : à vérifier, puis à armer</translation>
    </message>
    <message>
        <source>interlock.reason.changed</source>
        <translation>Configuration changée : à vérifier, puis à réarmer</translation>
    </message>
    <message>
        <source>interlock.reason.removed</source>
        <translation>Verrouillage retiré de la configuration : ce qu’il gardait se commande sans lui. À vérifier, puis à réarmer pour en prendre acte</translation>
    </message>
    <message>
        <source>error.command.elsewhere</source>
        <translation>Un autre pont sur le même magasin exécute déjà cette commande ; celui-ci n’a rien envoyé. Ne la répétez pas : regardez son résultat dans le journal.</translation>
    </message>
</context>
</TS>
