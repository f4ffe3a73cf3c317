"""Clauses: who does what to whom, read from a masked sentence by a shallow grammar.

A frame is a verb (or a noun made of one) with its subject and its complements by preposition. It sees through what
parts them: brackets, appositions, relative clauses, coordination, a subject that is not said again, the passive and
the bare participle. A dependency parser was tried on the same sentences: it loses appositions, coordinated sums and
every second relative clause of this genre, and takes « X finance » for a name.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from grappe.extract.frame import Frame
from grappe.extract.grammar import FINITE, Clauses
from grappe.extract.phrases import Phrase, Phrases
from grappe.extract.pieces import Pieces, cut
from grappe.extract.reading import Masked, Reading

__all__ = ["Frame", "Phrase", "Same", "appositions", "frames", "frames_of"]


class Same:
    """A reading as a key of the cache: itself and no equal one, for what it holds is long to compare."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.reading is self.reading


@functools.lru_cache(maxsize=2)
def _frames(same: Same) -> Mapping[int, tuple[Frame, ...]]:
    """Return the frames of a reading by the index of their sentence."""
    out: dict[int, list[Frame]] = {}
    for frame in _read(same):
        out.setdefault(frame.masked.sentence.index, []).append(frame)
    return {index: tuple(held) for index, held in out.items()}


def frames(reading: Reading, *lemmas: str) -> Iterator[Frame]:
    """Return the frames of a reading in order, those of some lemmas if any are given."""
    for held in _frames(Same(reading)).values():
        yield from (frame for frame in held if not lemmas or frame.lemma in lemmas)


def frames_of(reading: Reading, masked: Masked) -> tuple[Frame, ...]:
    """Return the frames of one sentence."""
    return _frames(Same(reading)).get(masked.sentence.index, ())


def appositions(reading: Reading) -> Iterator[tuple[Masked, Phrase]]:
    """Return each bare phrase that stands in apposition, its anchor being what it says something of."""
    for masked, held in _appositions(Same(reading)):
        yield from ((masked, phrase) for phrase in held)


@functools.lru_cache(maxsize=2)
def _appositions(same: Same) -> tuple[tuple[Masked, tuple[Phrase, ...]], ...]:
    out = []
    for masked, pieces in zip(same.reading.masked, _pieces(same), strict=True):
        clauses = Clauses(same.reading, Phrases(pieces, insertions=False))
        held = tuple(p for p, _ in clauses.left(0, len(clauses.line)) if p.anchor)
        if held:
            out.append((masked, held))
    return tuple(out)


@functools.lru_cache(maxsize=2)
def _pieces(same: Same) -> tuple[Pieces, ...]:
    """Return each masked sentence of a reading in pieces."""
    tokens = {t.start: t for t in same.reading.tokens}
    return tuple(cut(masked, tokens) for masked in same.reading.masked)


def _read(same: Same) -> Iterator[Frame]:
    reading = same.reading
    several: Phrase | None = None
    block = -9
    for masked, pieces in zip(reading.masked, _pieces(same), strict=True):
        told = several if masked.sentence.block <= block + 1 else None
        for frame in Clauses(reading, Phrases(pieces), told).frames():
            if frame.mood in FINITE and frame.subject and frame.subject.plural and len(frame.subject.mentions) > 1:
                several, block = frame.subject, masked.sentence.block
            yield frame
