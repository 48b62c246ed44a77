<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>map.page.clear</source>
        <translation>Ne plus rien choisir (Suppr)</translation>
    </message>
    <message>
        <source>map.page.chosen_one</source>
        <translation>{count} équipement choisi</translation>
    </message>
    <message>
        <source>map.page.chosen_other</source>
        <translation>{count} équipements choisis</translation>
    </message>
    <message>
        <source>map.page.polygon_hint</source>
        <translation>Zone : clic ou Espace pose un sommet · Entrée choisit, Maj+Entrée ajoute · Retour arrière reprend · Échap abandonne</translation>
    </message>
    <message>
        <source>map.page.box_hint</source>
        <translation>Rectangle : clic ou Espace pose un coin, puis l'autre · Maj+Espace ajoute · Retour arrière reprend · Échap abandonne</translation>
    </message>
</context>
</TS>
