<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>overrides.title</source>
        <translation>Forçages</translation>
    </message>
    <message>
        <source>overrides.count.one</source>
        <translation>{count} forçage</translation>
    </message>
    <message>
        <source>overrides.count.other</source>
        <translation>{count} forçages</translation>
    </message>
    <message>
        <source>overrides.filter</source>
        <translation>Filtrer les forçages</translation>
    </message>
    <message>
        <source>overrides.list</source>
        <translation>Registre des forçages</translation>
    </message>
    <message>
        <source>overrides.no_match</source>
        <translation>Aucun forçage ne répond au filtre</translation>
    </message>
    <message>
        <source>overrides.no_match.body</source>
        <translation>Il en existe ailleurs : ôtez le filtre pour les voir tous.</translation>
    </message>
    <message>
        <source>overrides.none.all</source>
        <translation>Aucun forçage en cours</translation>
    </message>
    <message>
        <source>overrides.none.mine</source>
        <translation>Vous ne forcez rien</translation>
    </message>
    <message>
        <source>overrides.none.stuck</source>
        <translation>Aucun retour en échec</translation>
    </message>
    <message>
        <source>overrides.none.ended</source>
        <translation>Aucun forçage terminé depuis l’ouverture du poste</translation>
    </message>
    <message>
        <source>overrides.none.body</source>
        <translation>Tout équipement commandé à la main apparaît ici, avec son heure de fin et son retour.</translation>
    </message>
    <message>
        <source>overrides.scope.all</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>overrides.scope.mine</source>
        <translation>Les miens</translation>
    </message>
    <message>
        <source>overrides.scope.stuck</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>overrides.scope.ended</source>
        <translation>Terminés</translation>
    </message>
    <message>
        <source>overrides.held</source>
        <translation>{point} {value}</translation>
    </message>
    <message>
        <source>overrides.state.pending</source>
        <translation>part</translation>
    </message>
    <message>
        <source>overrides.state.active</source>
        <translation>tenu, relu</translation>
    </message>
    <message>
        <source>overrides.state.by_device</source>
        <translation>tenu par l’équipement</translation>
    </message>
    <message>
        <source>overrides.state.unverified</source>
        <translation>sort inconnu</translation>
    </message>
    <message>
        <source>overrides.state.returning</source>
        <translation>retour en cours</translation>
    </message>
    <message>
        <source>overrides.state.stuck</source>
        <translation>retour en échec</translation>
    </message>
    <message>
        <source>overrides.state.ended</source>
        <translation>rendu</translation>
    </message>
    <message>
        <source>overrides.state.replaced</source>
        <translation>remplacé</translation>
    </message>
    <message>
        <source>overrides.line.who</source>
        <translation>{who}, {time} : {reason}</translation>
    </message>
    <message>
        <source>overrides.line.by_device</source>
        <translation>À {time} l’équipement revient de lui-même : {back}.</translation>
    </message>
    <message>
        <source>overrides.line.by_bridge</source>
        <translation>À {time} le pont le ramène : {back}.</translation>
    </message>
    <message>
        <source>overrides.act.end</source>
        <translation>Rendre</translation>
    </message>
    <message>
        <source>overrides.act.extend</source>
        <translation>Prolonger de {time}…</translation>
    </message>
    <message>
        <source>overrides.extended</source>
        <translation>{id} : tenu jusqu’à {time}.</translation>
    </message>
    <message>
        <source>overrides.reason.none</source>
        <translation>Choisissez d’abord un forçage.</translation>
    </message>
    <message>
        <source>overrides.reason.no_right</source>
        <translation>Votre poste ne commande pas cet équipement.</translation>
    </message>
    <message>
        <source>overrides.reason.over</source>
        <translation>Ce forçage est terminé.</translation>
    </message>
    <message>
        <source>overrides.reason.under_way</source>
        <translation>Le retour est déjà en cours.</translation>
    </message>
    <message>
        <source>overrides.head.equipment</source>
        <translation>Équipement</translation>
    </message>
    <message>
        <source>overrides.head.held</source>
        <translation>Tenu</translation>
    </message>
    <message>
        <source>overrides.head.state</source>
        <translation>État</translation>
    </message>
    <message>
        <source>overrides.head.until</source>
        <translation>Jusqu’à</translation>
    </message>
    <message>
        <source>overrides.head.place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>overrides.head.who</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>overrides.head.reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>overrides.act.settle</source>
        <translation>Constaté sur place…</translation>
    </message>
    <message>
        <source>overrides.reason.not_to_check</source>
        <translation>Rien à constater : le sort de cette commande est connu.</translation>
    </message>
</context>
</TS>
