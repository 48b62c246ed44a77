<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR">
<context>
    <name>beffroi</name>
    <message>
        <source>video.worker.replaced</source>
        <translation>Un processus d’affichage vidéo s’est arrêté ; un autre a repris ses caméras. Rien à faire.</translation>
    </message>
    <message>
        <source>video.worker.absent</source>
        <translation>Les images des caméras ne peuvent pas être décodées : le processus vidéo ne démarre pas. Prévenez l’administrateur ; le reste de la console fonctionne.</translation>
    </message>
    <message>
        <source>video.state.connecting</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>video.state.live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>video.state.late</source>
        <translation>Image en retard</translation>
    </message>
    <message>
        <source>video.state.frozen</source>
        <translation>Image figée</translation>
    </message>
    <message>
        <source>video.state.black</source>
        <translation>Image noire</translation>
    </message>
    <message>
        <source>video.state.lost</source>
        <translation>Image perdue</translation>
    </message>
    <message>
        <source>video.reason.refused</source>
        <translation>La caméra ne répond pas ou refuse la connexion.</translation>
    </message>
    <message>
        <source>video.reason.unreadable</source>
        <translation>La caméra répond, mais ses images sont illisibles.</translation>
    </message>
    <message>
        <source>video.reason.ended</source>
        <translation>La caméra a cessé d’envoyer des images ; nouvelle tentative en cours.</translation>
    </message>
    <message>
        <source>video.reason.worker</source>
        <translation>Le décodage redémarre.</translation>
    </message>
</context>
</TS>
