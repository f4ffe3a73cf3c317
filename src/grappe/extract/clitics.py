"""What an object pronoun before a verb takes up: « l'ANR le finance », « la Région l'a dotée de 2 M€ »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grappe.extract import lexicon
from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.grants import paid, topic
from grappe.extract.reading import Masked, Reading, Thing
from grappe.iri import KINDS

__all__ = ["described", "direct", "several", "taken_up"]

_OBJECT = re.compile(r"(?:^|[ '])(?:(?P<him>le)|(?P<her>la)|(?P<either>l'))(?:(?<=') ?| )(?=\w)", re.I)
_COMPOUND = re.compile(r"(?:a|ont|avait|avaient|aura|auront|avoir) (?:\w+ )*\w+$")
_FEMININE = re.compile(r"(?:ée|ie|ue|ise|te)$")


def direct(frame: Frame) -> str | None:
    """Return the gender of the direct object that stands before a verb as a pronoun, "" if it does not show; None for none."""
    group = frame.masked.text[frame.start : frame.end]
    found = _OBJECT.search(group)
    if found is None:
        return None
    if not found["either"]:
        return "m" if found["him"] else "f"
    if not _COMPOUND.search(group):
        return ""
    return "f" if _FEMININE.search(group) else "m"


_DESCRIBED = re.compile(
    rf"(?:le|la|l'|cet|cette|ce) ?(?:jeune |nouvelle |nouveau |même )?(?P<noun>{lexicon.alternatives(list(lexicon.DEFINITE))})(?: [a-zà-ÿ-]+)?$",
    re.I,
)
_MEANT = {word.casefold(): frozenset(kinds) for word, kinds in lexicon.DEFINITE.items()}


def described(reading: Reading, masked: Masked, phrase: Phrase | None, barred: Iterable[int]) -> tuple[int, ...] | None:
    """Return what « cette société » and « le projet » mean where no name stands, () for nothing that the passage speaks
    of; None for a phrase of another sort.
    """
    found = _DESCRIBED.match(phrase.lead) if phrase is not None and not phrase.mentions else None
    if phrase is None or found is None:
        return None
    others = frozenset(KINDS) - _MEANT[found["noun"].casefold()]
    about = topic(reading, masked, phrase.start, barred, never=others)
    return (about[0],) if about is not None else ()


def several(frame: Frame) -> bool:
    """Return whether what a verb is done to, or for, is several things: « les a financés »."""
    return re.match(r"(?:les|leur) ", frame.masked.text[frame.start : frame.end], re.I) is not None


def taken_up(
    reading: Reading, masked: Masked, frame: Frame, gender: str, barred: Iterable[int]
) -> tuple[int, int] | None:
    """Return what a pronoun of a gender takes up, and in which sentence: the subject before it, or the project that this
    conducts (« la société X conduit le projet Y. L'ANR le finance »).
    """
    barred = frozenset(barred)
    about = topic(reading, masked, frame.start, barred, gender=gender)
    last = masked.sentence.index - 1 if about is None else about[1]
    near = reading.masked[max(0, last)] if last != masked.sentence.index else masked
    for part in (masked, near) if near.sentence.block >= masked.sentence.block - 1 else (masked,):
        if (project := _project(reading, part, frame, barred, gender)) is not None:
            return project.id, part.sentence.index
    return about


def _project(reading: Reading, part: Masked, frame: Frame, barred: frozenset[int], gender: str) -> Thing | None:
    """Return the project that a sentence before a verb has for an object, if the pronoun agrees with it."""
    for earlier in frames_of(reading, part):
        if part is frame.masked and earlier.start >= frame.start:
            continue
        for phrase in (*earlier.after("", "dans", "à"), *earlier.subjects[:1]):
            for thing in earlier.things(phrase):
                agrees = thing.gender == gender or (not gender and thing.gender)
                if phrase.letters[:1] == "J" and paid(thing) and thing.id not in barred and agrees:
                    return thing
    return None
