"""Who sits where in a demonstration: each seat has its person, with that seat's role."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a demonstration's room.

    Attributes:
        login: lower-case ASCII letters, what is typed at the sign-in.
        role: of ``resources/roles``; what the seat may do follows from it.
    """

    login: str
    name: str
    role: str


SUPERVISOR = Person("nadia", "Nadia Ferrand", "supervisor")
_BY_SEAT = {
    "police": Person("karim", "Karim Belkacem", "police"),
    "snow": Person("odile", "Odile Perrot", "snow"),
    "lighting": Person("marc", "Marc Lantier", "lighting"),
    "security": Person("ines", "Inès Caron", "security"),
    "traffic": Person("samir", "Samir Haddad", "traffic"),
    "calltaker": Person("lise", "Lise Moreau", "calltaker"),
    "crisis": Person("henri", "Henri Vasseur", "crisis"),
    "auditor": Person("yvonne", "Yvonne Thibault", "auditor"),
}


def person_at(seat: str) -> Person:
    """Return who sits there; the supervisor takes a seat that has nobody of its own."""
    return _BY_SEAT.get(seat, SUPERVISOR)
