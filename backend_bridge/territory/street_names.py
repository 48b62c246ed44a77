"""Ordinary French street names, each once in a commune."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

TYPES = (
    "Rue",
    "Rue",
    "Rue",
    "Avenue",
    "Allée",
    "Impasse",
    "Chemin",
    "Boulevard",
    "Cours",
    "Square",
)
WHOM = (
    *("de la Liberté", "Musette", "des Forges", "Verrerie", "Chaudronnerie", "Jeannin", "Vannerie"),
    *("Berbisey", "Monge", "Condorcet", "du Bourg", "Piron", "Amiral-Roussin", "Vauban"),
    *("Chabot-Charny", "Pasteur", "Buffon", "Saumaise", "Legouz-Gerland", "Devosge", "Bannelier"),
    *("de la Préfecture", "Quentin", "de Brosses", "de Sévigné", "Mariotte", "Bossuet"),
    *("Crébillon", "du Transvaal", "des Godrans", "Guillaume-Tell", "Maréchal-Foch", "Mably"),
    *("Docteur-Maret", "Michelet", "Danton", "Jean-Jacques-Rousseau", "d’Assas", "Auguste-Comte"),
    *("Diderot", "Lamonnoye", "Longepierre", "Vaillant", "Rameau", "Charrue", "Philippe-Pot"),
    *("Sainte-Anne", "du Tillot", "Victor-Dumay", "Franklin", "Turgot", "de Mirande"),
    *("Victor-Hugo", "Jean-Jaurès", "Gustave-Eiffel", "Louis-Braille", "Marie-Curie", "Lavoisier"),
    *("des Tilleuls", "des Érables", "des Acacias", "des Peupliers", "des Marronniers"),
    *("des Cerisiers", "des Vignes", "du Moulin", "du Lavoir", "de la Fontaine", "de l’Église"),
    *("du Château", "des Écoles", "de la Gare", "du Stade", "de la Poste", "du Port", "du Canal"),
    *("de l’Ouche", "du Suzon", "de la Tille", "des Prés", "des Champs", "de la Combe"),
    *("de la Croix", "Saint-Martin", "Saint-Vincent", "Saint-Bénigne", "Sainte-Chapelle"),
    *("de Bourgogne", "de Lorraine", "d’Alsace", "de Franche-Comté", "de Mayence", "de York"),
    *("de Prague", "de Cluj", "de Volgograd", "de Skopje", "du Général-de-Gaulle", "Molière"),
    *("Racine", "Corneille", "La Fontaine", "Voltaire", "Montaigne", "Rabelais", "Ronsard"),
    *("Berlioz", "Debussy", "Ravel", "Bizet", "Gounod", "Claude-Monet", "Auguste-Renoir"),
    *("Paul-Cézanne", "Édouard-Manet", "Camille-Claudel", "George-Sand", "Colette", "Ampère"),
    *("Denis-Papin", "Galilée", "Kepler", "Newton", "Copernic", "Ada-Lovelace", "Sophie-Germain"),
)
FURTHER = ("", " prolongée", " haute", " basse", " neuve")


def names(rng: random.Random, first: tuple[str, ...] = ()) -> Iterator[str]:
    """Give ``first``, then other names in a random order, none twice, for as many as asked."""
    used = set(first)
    yield from first
    for turn in itertools.count():
        suffix = FURTHER[turn] if turn < len(FURTHER) else f" ({turn})"
        pool = sorted({f"{kind} {whom}" for kind in TYPES for whom in WHOM})
        rng.shuffle(pool)
        # streets first: a town is not made of boulevards
        pool.sort(key=lambda name: not name.startswith("Rue "))
        for name in pool:
            if name + suffix not in used:
                yield name + suffix
