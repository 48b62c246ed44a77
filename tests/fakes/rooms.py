"""Rich, invented rooms for pictures and rendering tests: long names, every quality, every state."""

from __future__ import annotations

import random

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.rows import (
    Action,
    AlarmRow,
    ChildCount,
    Diagnostics,
    EquipmentDetail,
    EquipmentRow,
    Fact,
    IncidentDetail,
    Link,
    LogLine,
    PointRow,
    QueueRow,
    SourceCount,
    StateStep,
    Trend,
    ValueText,
)

NB = "\u00a0"
NOW_MS = 1_768_372_951_000
LONG_PLACE = (
    "Boulevard de l’Université, côté impair, entre la rue de Mirande et le carrefour "
    "Recteur-Marcel-Bouchard · Saint-Apollinaire"
)
_TITLES = (
    ("Rue éteinte", "Rue de Longvic, 48 · Dijon"),
    ("Armoire ouverte", "Avenue du Maréchal-Lyautey · Chenôve"),
    ("Lampe en défaut", "Allées du Parc · Dijon"),
    ("Départ déclenché dans l’armoire provisoire du chantier de requalification", LONG_PLACE),
    ('Nom « A/B "è" \' ; » de l’accueil', "Place Émile-Zola"),
    ("Liaison instable", "Rocade est · Quetigny"),
)
_STATES = ("Nouveau", "Qualifié", "Dépêché", "Résolu")
_LIVES = (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, AlarmState.RETURNED)


def queue_rows(count: int, seed: int = 7) -> list[QueueRow]:
    """Return a queue in its order, every severity and state in it."""
    rng = random.Random(seed)
    rows = []
    for number in range(count):
        severity = Severity(
            min(4, 1 + number * 4 // max(1, count)) if count > 20 else 1 + number % 4
        )
        title, place = _TITLES[number % len(_TITLES)]
        minutes = rng.randrange(1, 200)
        limit = (15, 60, 240, None)[number % 4]
        fraction = None if limit is None else minutes / limit
        rows.append(
            QueueRow(
                id=f"INC-{1000 + number}",
                severity=severity,
                alarm_state=_LIVES[number % 3],
                title=title,
                place=place,
                sources=(
                    SourceCount("mdi6.alarm-light-outline", 1 + number % 3),
                    SourceCount("mdi6.message-text-outline", number % 15),
                )[: 1 + number % 2],
                state=f"{_STATES[number % 4]} · EP-{312 + number % 40:04} · 76 points dessous",
                owner=("—", "ÉCL-1", "POL-1", "N. Perrin-Delacroix")[number % 4],
                mine=number % 4 == 2,
                elapsed=f"{minutes}{NB}min",
                limit="" if limit is None else f"sur {limit}{NB}min",
                fraction=fraction,
                overdue=fraction is not None and fraction > 1,
                closed=False,
                tooltip=f"{title} {place}",
            )
        )
    return rows


def alarm_row(number: int = 1, state: AlarmState = AlarmState.UNACKNOWLEDGED) -> AlarmRow:
    """Return an alarm with its guidance."""
    words = {
        AlarmState.UNACKNOWLEDGED: "NA",
        AlarmState.ACKNOWLEDGED: "AQ",
        AlarmState.RETURNED: "RN",
    }
    return AlarmRow(
        id=f"AL-{number}",
        severity=Severity(1 + number % 4),
        state=state,
        state_word=words[state],
        time="06:12:07",
        code="EP-0312",
        text="L’armoire ne répond plus",
        value=f"0{NB}réponse",
        children="76 points comptés dessous",
        history="2 fois depuis 06:12 · acquittée par N. Perrin à 06:14",
        cause="coupure d’alimentation, fibre coupée ou automate arrêté",
        consequence="76 points lumineux injoignables : allumés ou éteints, personne ne le sait",
        action="envoyer une équipe habilitée BT ; ne pas réarmer à distance avant contrôle",
    )


def incident(row: QueueRow) -> IncidentDetail:
    """Return the detail of a queue row."""
    reason = "" if row.owner in ("—", "POL-1") else f"Suivi par {row.owner} : lui demander."
    return IncidentDetail(
        id=row.id,
        equipment_id="EP-0312",
        severity=row.severity,
        alarm_state=row.alarm_state,
        title=row.title,
        place=row.place,
        opened="06:12:07",
        elapsed=row.elapsed,
        limit=row.limit,
        fraction=row.fraction,
        overdue=row.overdue,
        owner=row.owner,
        mine=row.mine,
        steps=(
            StateStep("Nouveau", "06:12", "done"),
            StateStep("Qualifié", "06:14", "current"),
            StateStep("Dépêché", "", "todo"),
            StateStep("Résolu", "", "todo"),
            StateStep("Clos", "", "todo"),
        ),
        facts=(
            Fact("Équipement", "EP-0312", "armoire, 2 départs"),
            Fact("Puissance", "—", "perdu à 06:12:07", Quality.UNAVAILABLE),
            Fact("Sous elle", "76 points", "76 injoignables"),
            Fact("Équipe", "—"),
        ),
        alarms=(alarm_row(1, row.alarm_state), alarm_row(2, AlarmState.ACKNOWLEDGED)),
        log=log_lines(14),
        log_title="Main courante, 14 entrées",
        log_note="",
        actions=(
            Action("acknowledge", "Acquitter", "mdi6.check", "F2", main=True),
            Action("take", "Prendre", "mdi6.account-check-outline", "F5", reason=reason),
            Action("assign", "Affecter", "mdi6.account-arrow-right-outline", "F7", wants_text=True),
            Action(
                "close",
                "Clore",
                "mdi6.lock-outline",
                "F9",
                reason="Une alarme est encore active : la cause n’est pas partie.",
            ),
            Action("show", "Voir l’équipement", "mdi6.crosshairs-gps", "F3"),
        ),
    )


def log_lines(count: int) -> tuple[LogLine, ...]:
    """Return a log, what persons wrote among it."""
    lines = []
    for number in range(count):
        said = number % 4 == 3
        text = (
            "Un riverain signale une odeur de brûlé près de l’armoire, l’équipe est prévenue"
            if said
            else ("Alarme levée : EP-0312 ne répond plus", "Événement ouvert, priorité 2", "Pris")[
                number % 3
            ]
        )
        lines.append(
            LogLine(
                seq=number,
                time=f"06:{12 + number:02}:07",
                icon="mdi6.message-text-outline" if said else "mdi6.history",
                text=text,
                author="N. Perrin, POL-1" if said else "pont",
                said=said,
            )
        )
    return tuple(lines)


_WORDS = {
    Quality.GOOD: ("", "", 0.3),
    Quality.STALE: ("Périmé", f"âge 12{NB}s, permis 10{NB}s", 1.2),
    Quality.BAD: ("Invalide", "le relais dit la mesure fausse", 0.5),
    Quality.UNAVAILABLE: ("Injoignable", "perdu à 06:12:07", 5.0),
    Quality.UNKNOWN: ("Inconnu", "jamais entendu", None),
}


def value(quality: Quality, text: str = "70", unit: str = "%") -> ValueText:
    """Return a value of one quality as a presenter writes it."""
    word, note, fraction = _WORDS[quality]
    if quality is Quality.UNAVAILABLE:
        text, unit = "—", ""
    if quality is Quality.UNKNOWN:
        text, unit = "?", ""
    age = "" if fraction is None else f"{fraction * 10:.1f}".replace(".", ",") + f"{NB}s"
    return ValueText(text, unit, quality, word, note, age, fraction)


def equipment_rows(count: int) -> list[EquipmentRow]:
    """Return equipment of every quality and service state."""
    rows = []
    services = {
        7: (ServiceState.DISABLED, "Désactivé"),
        9: (ServiceState.MAINTENANCE, "En travaux"),
    }
    for number in range(count):
        quality = Quality(number % 5)
        service, word = services.get(number % 11, (ServiceState.IN_SERVICE, ""))
        cabinet = number % 12 == 0
        alarmed = number % 5 == 3
        rows.append(
            EquipmentRow(
                id=f"EP-{312 + number // 12:04}-{number % 12:02}",
                kind="cabinet" if cabinet else "lamp",
                icon="mdi6.electric-switch" if cabinet else "mdi6.lightbulb-outline",
                title=f"EP-{312 + number // 12:04}-{number % 12:02}",
                name="Armoire Longvic" if cabinet else f"Lampe {number % 12}",
                place=LONG_PLACE if number % 6 == 5 else "Rue de Longvic, 48",
                value=value(quality, str(number % 101)),
                severity=Severity(1 + number % 4) if alarmed else None,
                alarm_state=AlarmState.UNACKNOWLEDGED if alarmed else None,
                service=service,
                service_word=word,
                children=76 if cabinet else 0,
                tooltip=f"EP-{312 + number // 12:04}",
            )
        )
    return rows


def trend(state: str = "ready") -> Trend:
    """Return an hour of history with a loss, a stale stretch and a first silence."""
    points = []
    start = NOW_MS - 3_600_000
    for number in range(120):
        at_ms = start + number * 30_000
        if number < 8:
            points.append(TrendPoint(at_ms, None, None, None, Quality.UNKNOWN))
        elif 50 <= number < 66:
            points.append(TrendPoint(at_ms, None, None, None, Quality.UNAVAILABLE))
        elif 90 <= number < 98:
            points.append(TrendPoint(at_ms, 6200.0, 6200.0, 6200.0, Quality.STALE))
        else:
            level = 6800.0 - 12.5 * number
            points.append(TrendPoint(at_ms, level - 40, level + 55, level, Quality.GOOD))
    return Trend("power_w", "Puissance", "W", 0, state, "", start, NOW_MS, tuple(points))


def equipment(quality: Quality, service: ServiceState = ServiceState.IN_SERVICE) -> EquipmentDetail:
    """Return a cabinet whose main value has one quality, with points of every other."""
    headline = {
        Quality.GOOD: "En service, 231,4 V",
        Quality.STALE: "Plus de nouvelles",
        Quality.BAD: "Mesure fausse",
        Quality.UNAVAILABLE: "Ne répond plus",
        Quality.UNKNOWN: "Jamais entendue",
    }[quality]
    mark = quality is Quality.UNAVAILABLE
    said = {
        ServiceState.IN_SERVICE: "",
        ServiceState.DISABLED: "par ÉCL-1 : nid de guêpes, depuis hier 16:20",
        ServiceState.MAINTENANCE: "jusqu’au 22/01 07:00, par ÉCL-1 : remplacement du compteur",
    }[service]
    others = [item for item in Quality if item is not quality]
    points = (
        PointRow("voltage_v", "Tension", value(quality, "231,4", "V"), f"10{NB}s", "06:12:07",
                 "", "", None, "", 0.46, None),
        PointRow("power_w", "Puissance", value(others[0], "6 812", "W"), f"10{NB}s", "06:41:51",
                 "", "", None, "", 0.34, None),
        PointRow("level", "Niveau commandé", value(Quality.GOOD, "60", "%"), f"10{NB}s",
                 "06:40:02", "100 %", "60 %", CommandOutcome.FAILED, "Échec :", 0.6, 1.0),
        PointRow("door_open", "Porte", value(others[1], "fermée", ""), f"10{NB}s", "02:10:44",
                 "", "", None, "", None, None),
        PointRow("energy_kwh", "Énergie de la nuit en cours", value(others[2], "19,42", "kWh"),
                 f"10{NB}s", "06:42:30", "", "", CommandOutcome.UNKNOWN, "Sort inconnu", None,
                 None),
    )  # fmt: skip
    return EquipmentDetail(
        id="EP-0312",
        kind_word="Armoire",
        icon="mdi6.electric-switch",
        name="Armoire Longvic",
        headline=headline,
        place="Rue de Longvic, 48 · Dijon · secteur Sud",
        severity=Severity.HIGH if mark else None,
        alarm_state=AlarmState.UNACKNOWLEDGED if mark else None,
        value=value(quality, "231,4", "V"),
        service_state=service,
        service=said,
        parents=(Link("PS-07", "Poste source 07"), Link("EP-0312", "EP-0312")),
        points=points,
        children=(
            ChildCount(
                "feeder", "mdi6.source-branch", "2 départs", 2,
                ((Quality.UNAVAILABLE, "2\u00a0injoignables", 2),),
            ),
            ChildCount(
                "lamp", "mdi6.lightbulb-outline", "76 points lumineux", 76,
                (
                    (Quality.GOOD, "40\u00a0bons", 40),
                    (Quality.UNAVAILABLE, "30\u00a0injoignables", 30),
                    (Quality.STALE, "6\u00a0périmés", 6),
                ),
            ),
        ),
        alarms=(alarm_row(1),) if mark else (),
        incidents=(Link("INC-1000", "INC-1000 Rue éteinte"),) if mark else (),
        trend=trend(),
        diagnostics=Diagnostics(
            "ready",
            "",
            "EP-0312 · Modbus/TCP 10.0.3.12:502",
            (("requêtes", "12 480"), ("erreurs", "9"), ("file", f"0,2{NB}s")),
            tuple(f"06:12:{n:02}.{n * 37 % 1000:03} → 00 {n:02X} 00 00 00 06 01 04 00 00 00 10"
                  for n in range(16)),
        ),
    )  # fmt: skip
