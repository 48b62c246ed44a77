<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>beffroi</name>
    <message>
        <source>prefs.language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>prefs.language.en</source>
        <translation>English</translation>
    </message>
    <message>
        <source>prefs.language.fr</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>prefs.language.note</source>
        <translation>Les panneaux se refont aussitôt dans l’autre langue ; ce qui était à moitié écrit reste.</translation>
    </message>
    <message>
        <source>prefs.scale</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>prefs.scale.note</source>
        <translation>100 % se lit au bureau, 310 % à 4 m. Ce qui n’a plus la place défile ; Alt 1 à 9 amène un panneau.</translation>
    </message>
    <message>
        <source>prefs.scale.of</source>
        <translation>Taille, écran {number}</translation>
    </message>
    <message>
        <source>prefs.scale.unavailable</source>
        <translation>La version de Qt de ce poste ne sait pas changer la taille en marche. Réglez l’échelle de l’écran dans le système.</translation>
    </message>
    <message>
        <source>prefs.sound.heard</source>
        <translation>Alarmes sonores</translation>
    </message>
    <message>
        <source>prefs.sound.heard.high</source>
        <translation>Urgentes et hautes</translation>
    </message>
    <message>
        <source>prefs.sound.heard.medium</source>
        <translation>Urgentes, hautes et moyennes</translation>
    </message>
    <message>
        <source>prefs.sound.heard.note</source>
        <translation>Les urgentes sonnent toujours. F12 fait taire pour cinq minutes.</translation>
    </message>
    <message>
        <source>prefs.sound.heard.urgent</source>
        <translation>Urgentes seules</translation>
    </message>
    <message>
        <source>prefs.sound.volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>prefs.theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>prefs.theme.dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>prefs.theme.light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>prefs.theme.machine</source>
        <translation>Comme la machine</translation>
    </message>
    <message>
        <source>prefs.theme.note</source>
        <translation>Sombre pour une salle peu éclairée, clair en plein jour.</translation>
    </message>
    <message>
        <source>ui.call.chosen</source>
        <translation>Caméra {number}, {name} : choisie et montrée sur la carte. Ce poste n’a pas de mur d’images.</translation>
    </message>
    <message>
        <source>ui.call.none</source>
        <translation>Aucune caméra {number} : aucune caméra de ce territoire n’a de numéro court.</translation>
    </message>
    <message>
        <source>ui.call.shown</source>
        <translation>Caméra {number}, {name} : sur le mur et sur la carte.</translation>
    </message>
    <message>
        <source>ui.call.unknown</source>
        <translation>Aucune caméra {number}. Numéros les plus proches : {near}.</translation>
    </message>
    <message>
        <source>ui.foot.typed</source>
        <translation>Caméra {digits} · Entrée appelle, Échap oublie</translation>
    </message>
    <message>
        <source>ui.grid.heads</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>ui.help.none</source>
        <translation>Ce panneau n’a pas de page d’aide à lui. Voici ce que tous les panneaux ont en commun.</translation>
    </message>
    <message>
        <source>ui.help.of</source>
        <translation>Aide : {panel}</translation>
    </message>
    <message>
        <source>ui.key.keymap</source>
        <translation>Toutes les touches de ce poste</translation>
    </message>
    <message>
        <source>ui.key.pad</source>
        <translation>Pavé num. 0…9</translation>
    </message>
    <message>
        <source>ui.key.pad.label</source>
        <translation>Appeler la caméra de ce numéro, puis Entrée</translation>
    </message>
    <message>
        <source>ui.key.preferences</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>ui.keymap.file</source>
        <translation>Beffroi, touches</translation>
    </message>
    <message>
        <source>ui.keymap.no_printer</source>
        <translation>Ce poste n’a pas d’imprimante : rien n’a été imprimé. Enregistrez la page en PDF.</translation>
    </message>
    <message>
        <source>ui.keymap.not_saved</source>
        <translation>La page n’a pas pu être écrite : {path}. {reason} Vérifiez le dossier des documents de ce compte.</translation>
    </message>
    <message>
        <source>ui.keymap.pdf</source>
        <translation>Enregistrer en PDF</translation>
    </message>
    <message>
        <source>ui.keymap.print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>ui.keymap.printed</source>
        <translation>Touches envoyées à l’imprimante {printer}.</translation>
    </message>
    <message>
        <source>ui.keymap.saved</source>
        <translation>Touches enregistrées : {path}.</translation>
    </message>
    <message>
        <source>ui.keymap.title</source>
        <translation>Touches de ce poste</translation>
    </message>
    <message>
        <source>ui.keymap.window</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>ui.preferences.body</source>
        <translation>Elles s’appliquent aussitôt, dans toutes vos fenêtres, et vous attendent à la prochaine ouverture sur ce poste de travail. Elles ne changent rien pour les autres.</translation>
    </message>
    <message>
        <source>ui.preferences.choice</source>
        <translation>{preference} : {choice}</translation>
    </message>
    <message>
        <source>ui.preferences.holds</source>
        <translation>{preference} : {choice}, choisi</translation>
    </message>
    <message>
        <source>ui.preferences.title</source>
        <translation>Préférences</translation>
    </message>
    <message>
        <source>ui.sounds.silent_left</source>
        <translation>Les alarmes se taisent encore {minutes} min (F12). Elles ne sont pas acquittées ; une nouvelle urgente rompt le silence.</translation>
    </message>
    <message>
        <source>ui.call.on_wall</source>
        <translation>{number} · {name} : sur le mur.</translation>
    </message>
    <message>
        <source>ui.call.no_wall</source>
        <translation>{number} · {name} : ce poste n’a pas de mur d’images. Composez ce numéro à un poste qui en a un.</translation>
    </message>
</context>
</TS>
