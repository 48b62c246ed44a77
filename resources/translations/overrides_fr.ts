<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>error.override.over</source>
        <translation>Cette dérogation est déjà terminée. Rien n’a été envoyé : relisez l’état de l’équipement.</translation>
    </message>
    <message>
        <source>error.override.other_epoch</source>
        <translation>Le pont a redémarré depuis. Rien n’a été envoyé : vérifiez la dérogation, puis recommencez.</translation>
    </message>
    <message>
        <source>error.override.pending</source>
        <translation>La commande de cette dérogation n’est pas encore relue. Attendez son résultat, puis recommencez.</translation>
    </message>
    <message>
        <source>error.override.not_active</source>
        <translation>Cette dérogation prend déjà fin : elle ne peut plus être prolongée. Commandez de nouveau l’équipement s’il le faut.</translation>
    </message>
    <message>
        <source>error.override.reason</source>
        <translation>Donnez un motif, en {limit} caractères au plus. Rien n’a été changé.</translation>
    </message>
    <message>
        <source>error.override.no_point</source>
        <translation>Le territoire ne décrit plus ce point : la dérogation ne peut pas être prolongée. Vérifiez sur place.</translation>
    </message>
    <message>
        <source>error.override.end_past</source>
        <translation>L’heure de fin est déjà passée. Rien n’a été changé : choisissez une heure à venir.</translation>
    </message>
    <message>
        <source>error.override.end_far</source>
        <translation>Une dérogation de ce point dure {minutes} minutes au plus, depuis son début. Rien n’a été changé : choisissez une fin plus proche.</translation>
    </message>
    <message>
        <source>error.override.not_extended</source>
        <translation>« {equipment} » compte lui-même la fin de cette dérogation et n’a pas pris la nouvelle. La fin reste celle d’avant ; réessayez ou vérifiez sur place.</translation>
    </message>
    <message>
        <source>error.override.holds</source>
        <translation>Une dérogation plus récente de {user} tient ce point : le retour automatique lui cède. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>error.override.no_way_back</source>
        <translation>On ne sait pas ce que ce point valait avant : il n’y aurait pas de retour. Rien n’a été envoyé ; attendez une valeur bonne.</translation>
    </message>
    <message>
        <source>override.stuck.link_down</source>
        <translation>La liaison est perdue : l’équipement n’a pas été rendu. Le pont réessaie dès qu’elle revient.</translation>
    </message>
    <message>
        <source>override.stuck.no_point</source>
        <translation>Le territoire ne décrit plus ce point : le pont ne peut pas le rendre. Vérifiez sur place.</translation>
    </message>
    <message>
        <source>override.stuck.unknown</source>
        <translation>Le retour a été envoyé sans preuve qu’il est fait. Le pont relit et réessaie ; vérifiez sur place.</translation>
    </message>
    <message>
        <source>override.stuck.defect</source>
        <translation>Une défaillance du pont a empêché le retour ; elle est dans son journal technique. Il réessaie ; vérifiez sur place.</translation>
    </message>
    <message>
        <source>override.ended.not_sent</source>
        <translation>Rien n’a été fait : la commande a été refusée, ou n’est jamais partie.</translation>
    </message>
    <message>
        <source>override.ended.by_device</source>
        <translation>L’équipement est revenu de lui-même à l’heure dite ; le pont l’a relu.</translation>
    </message>
    <message>
        <source>override.ended.by_command</source>
        <translation>Une commande a rendu le point à son programme ou à son repos.</translation>
    </message>
    <message>
        <source>override.replaced.newer</source>
        <translation>Une dérogation plus récente du même point l’a remplacée.</translation>
    </message>
    <message>
        <source>point.lamp.held</source>
        <translation>Tenue par une commande</translation>
    </message>
    <message>
        <source>error.override.of_plan</source>
        <translation>Le plan automatique {plan} tient ce point et le reprendrait aussitôt. Rien n’a été envoyé : arrêtez le plan, ou commandez vous-même la valeur voulue, elle passe avant lui.</translation>
    </message>
</context>
</TS>
