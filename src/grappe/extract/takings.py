"""What a pronoun, a participle or a bare phrase of a clause takes up: small choices among phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract.phrases import Phrase
from grappe.extract.pieces import WISHES, Group, Piece

__all__ = ["agreeing", "anchor", "bare", "chained", "may_act", "objective", "one", "referent", "spoken_of", "taken"]


def spoken_of(bare: list[Phrase]) -> tuple[Phrase, ...]:
    """Return the readings of a subject that a comma parts from its verb: what is named first, then the others."""
    first = ([p for p in bare if p.mentions and not p.anchor] or bare)[:1]
    return tuple(first) + tuple(p for p in bare if p not in first)


_TIME = re.compile(r"\b(?:jour|mois|année|an|semaine|matin|soir|automne|printemps|été|hiver|fois|temps)$", re.I)


def may_act(phrase: Phrase) -> bool:
    """Return whether a bare phrase may be a subject: no date, sum, area or quotation, nor « le même jour »."""
    return bool(phrase.letters.strip("DYSQ") or (not phrase.mentions and phrase.lead and not _TIME.search(phrase.lead)))


def one(phrase: Phrase, *, plural: bool) -> Phrase:
    """Return what « qui » takes up: of a list the last before a verb in the singular, never the noun that it hangs on."""
    if not plural and len(phrase.mentions) > 1:
        phrase = replace(phrase, mentions=phrase.mentions[-1:], letters=phrase.letters[-1:])
    return replace(phrase, via="") if phrase.mentions and not plural else phrase


def taken(readings: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return the likeliest reading of what « que » takes up: the first that names something."""
    return tuple(p for p in readings if p.mentions)[:1] or readings[:1]


def bare(phrase: Phrase) -> Phrase:
    """Return a phrase without its preposition: « que X dirige » takes it up as the object."""
    return replace(phrase, preposition="")


def objective(group: Group) -> str:
    """Return what a verb makes of its object: « négocie un prêt » wishes for it."""
    if group.modality:
        return group.modality
    return "wished" if group.lemma in WISHES and group.voice == "active" else ""


def anchor(before: Phrase) -> tuple[int, ...]:
    """Return what an apposition after a phrase is said of: the phrase, or what the phrase itself is an apposition to."""
    if before.anchor and (before.via or not before.mentions):
        return before.anchor
    return before.mentions


def referent(phrase: Phrase) -> Phrase:
    """Return a phrase with what it stands for: « unité mixte de X et Y » after a comma is what stands before the comma."""
    if phrase.anchor and (not phrase.mentions or phrase.via or not phrase.letters.strip("DYS")):
        return replace(phrase, mentions=phrase.anchor, letters="", via="")
    return phrase


def agreeing(phrases: list[Phrase], *, plural: bool) -> Iterator[Phrase]:
    """Return the phrases that agree in number with a participle, then the others."""
    for phrase in (p for p in phrases if plural or not p.plural or len(p.mentions) > 1):
        if not plural and len(phrase.mentions) > 1:  # « A, B et C, basée à Nantes »
            phrase = replace(phrase, mentions=phrase.mentions[-1:], letters=phrase.letters[-1:])
        yield referent(phrase)
    yield from (referent(p) for p in phrases if not (plural or not p.plural))


def chained(line: tuple[Piece, ...], earlier: Group, group: Group) -> bool:
    """Return whether two bare participles after commas are said of the same thing: « X, porté par Y, doté de 2 M€ »."""
    if earlier.mood != "participle" or group.mood != "participle" or earlier.first == 0:
        return False
    ends = [re.sub(r".*?(e?s?)$", r"\1", line[g.last].low) for g in (earlier, group)]
    return line[earlier.first - 1].text == "," and ends[0] == ends[1]
