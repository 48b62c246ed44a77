<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>panel.watch.title</source>
        <translation>Surveillance</translation>
    </message>
    <message>
        <source>watch.count.one</source>
        <translation>{count} à surveiller</translation>
    </message>
    <message>
        <source>watch.count.other</source>
        <translation>{count} à surveiller</translation>
    </message>
    <message>
        <source>watch.shown</source>
        <translation>{shown} sur {total}</translation>
    </message>
    <message>
        <source>watch.hidden.one</source>
        <translation>{count} masqué par le filtre</translation>
    </message>
    <message>
        <source>watch.hidden.other</source>
        <translation>{count} masqués par le filtre</translation>
    </message>
    <message>
        <source>watch.concerned.one</source>
        <translation>{count} équipement touché</translation>
    </message>
    <message>
        <source>watch.concerned.other</source>
        <translation>{count} équipements touchés</translation>
    </message>
    <message>
        <source>watch.all</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>watch.frozen</source>
        <translation>Figé</translation>
    </message>
    <message>
        <source>watch.oldest</source>
        <translation>Plus anciens d’abord</translation>
    </message>
    <message>
        <source>watch.newest</source>
        <translation>Plus récents d’abord</translation>
    </message>
    <message>
        <source>watch.since</source>
        <translation>depuis {time}</translation>
    </message>
    <message>
        <source>watch.below</source>
        <translation>{counted} dessous</translation>
    </message>
    <message>
        <source>watch.clear</source>
        <translation>Rien à surveiller : tout est bon depuis {time}</translation>
    </message>
    <message>
        <source>watch.clear.body</source>
        <translation>{count} : valeurs fraîches, en service, rien de figé. Ce qui cesse de l’être apparaît ici.</translation>
    </message>
    <message>
        <source>watch.clear.found</source>
        <translation>Rien à surveiller : tout est bon, vu d’ici depuis {time}</translation>
    </message>
    <message>
        <source>watch.clear.found.body</source>
        <translation>{count} : valeurs fraîches, en service, rien de figé. Avant cette heure, ce poste ne regardait pas.</translation>
    </message>
    <message>
        <source>watch.looking</source>
        <translation>Lecture en cours</translation>
    </message>
    <message>
        <source>watch.gathered</source>
        <translation>{word} · ne dépend d’aucune liaison</translation>
    </message>
    <message>
        <source>watch.gathered.tip</source>
        <translation>Entrée ou un clic déplie la liste.</translation>
    </message>
    <message>
        <source>watch.looking.body</source>
        <translation>Les premières valeurs arrivent du pont ; d’ici là, rien n’est dit bon.</translation>
    </message>
    <message>
        <source>watch.unsure</source>
        <translation>Rien n’est sûr pour l’instant</translation>
    </message>
    <message>
        <source>watch.unsure.body</source>
        <translation>La liaison au pont n’est pas en direct : l’absence de lignes ne veut pas dire que tout est bon. Voir le bandeau du haut.</translation>
    </message>
    <message>
        <source>watch.no_match</source>
        <translation>Rien de tel à surveiller</translation>
    </message>
    <message>
        <source>watch.no_match.body</source>
        <translation>D’autres lignes sont masquées par le filtre ou le motif choisi.</translation>
    </message>
    <message>
        <source>ui.watch.filter</source>
        <translation>Filtrer : motif, type, commune, n°</translation>
    </message>
    <message>
        <source>ui.watch.list</source>
        <translation>Équipements à surveiller</translation>
    </message>
    <message>
        <source>ui.watch.order</source>
        <translation>Ordre : {order}</translation>
    </message>
    <message>
        <source>strip.frozen.one</source>
        <translation>{count} figé</translation>
    </message>
    <message>
        <source>strip.frozen.other</source>
        <translation>{count} figés</translation>
    </message>
</context>
</TS>
