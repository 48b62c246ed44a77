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
        <source>command.result.bridge_restarted</source>
        <translation>Le pont a redémarré pendant la commande ; la relecture ne la confirme pas. À vérifier sur place ; elle ne sera pas renvoyée.</translation>
    </message>
</context>
</TS>
