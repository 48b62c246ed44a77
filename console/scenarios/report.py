"""Write what a scenario saw: one HTML page with its pictures, and the same as JSON."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

_STYLE = """
body { background: #121518; color: #E6EAED; margin: 24px;
       font: 15px B612, 'DejaVu Sans', sans-serif }
img { max-width: 100%; border: 1px solid #3A424A }
td, th { text-align: left; padding: 2px 16px 2px 0 }
h2 { margin-top: 32px }
"""


@dataclass(slots=True)
class Act:
    """Hold one act: what had to come true, whether it did, how long it took, its picture.

    Attributes:
        picture: of the first screen; ``screens`` those of the others.
        measures: name → seconds; what was measured on the way.
        facts: short sentences of what was seen, in the demo's language.
    """

    name: str
    title: str
    passed: bool = False
    seconds: float = 0.0
    picture: str = ""
    screens: list[str] = field(default_factory=list)
    problem: str = ""
    facts: list[str] = field(default_factory=list)
    measures: dict[str, float] = field(default_factory=dict)


def write_report(
    out: Path, *, scenario: str, territory: str, acts: Sequence[Act], played: str = ""
) -> Path:
    """Write ``report.json`` and ``report.html`` into ``out`` and return the page's path.

    Args:
        out: folder of the pictures.
        scenario: its name.
        territory: title of the city.
        acts: those that were played, in order.
        played: at which seat, by whom, in which language and theme.
    """
    out.mkdir(parents=True, exist_ok=True)
    passed = bool(acts) and all(act.passed for act in acts)
    (out / "report.json").write_text(
        json.dumps(
            {
                "scenario": scenario,
                "territory": territory,
                "played": played,
                "passed": passed,
                "acts": [asdict(act) for act in acts],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    page = out / "report.html"
    page.write_text(_page(scenario, f"{territory} · {played}", passed, acts), encoding="utf-8")
    return page


def _page(scenario: str, where: str, passed: bool, acts: Sequence[Act]) -> str:
    verdict = "every act came true" if passed else "AN ACT DID NOT COME TRUE"
    return "\n".join(
        [
            "<!doctype html><meta charset=utf-8>",
            f"<title>Beffroi · {html.escape(scenario)}</title>",
            f"<style>{_STYLE}</style>",
            f"<h1>{html.escape(scenario)}</h1>",
            f"<p>{html.escape(where)} — {verdict}.</p>",
            *(_act(act) for act in acts),
        ]
    )


def _act(act: Act) -> str:
    rows = "".join(
        f"<tr><th>{html.escape(name)}</th><td>{seconds:.3f} s</td></tr>"
        for name, seconds in act.measures.items()
    )
    facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in act.facts)
    problem = f"<p><strong>{html.escape(act.problem)}</strong></p>" if act.problem else ""
    files = [name for name in (act.picture, *act.screens) if name]
    pictures = "".join(f"<img src='{html.escape(name)}' alt=''>" for name in files)
    state = "came true" if act.passed else "did not come true"
    return (
        f"<h2>{html.escape(act.title)}</h2><p>{state} in {act.seconds:.2f} s</p>"
        f"{problem}<ul>{facts}</ul><table>{rows}</table>{pictures}"
    )
