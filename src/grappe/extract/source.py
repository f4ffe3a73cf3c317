"""What the detectors of names read, and what they propose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grappe.extract.gazetteer import Entry, Gazetteer
from grappe.extract.nlp import Token
from grappe.extract.reading import Mention
from grappe.extract.sentences import Quoted, Sentence

__all__ = ["Held", "Ranked", "Source", "is_body", "propose"]


@dataclass(frozen=True, slots=True)
class Source:
    """What the detectors of names read: the normalised text, its sentences, quotations and tokens, the gazetteers."""

    text: str
    sentences: tuple[Sentence, ...]
    quoted: tuple[Quoted, ...]
    tokens: tuple[Token, ...]
    gazetteer: Gazetteer
    issued: str | None = None

    def sentences_at(self, at: int) -> Iterator[Sentence]:
        """Return the sentence that holds a place of the text, or the next one."""
        place = bisect_left(self.sentences, at + 1, key=lambda s: s.end)
        return iter(self.sentences[place : place + 1])

    def sentence_of(self, at: int) -> Sentence | None:
        """Return the sentence that holds a place of the text; None between two of them."""
        return next((s for s in self.sentences_at(at) if s.start <= at), None)

    def tokens_from(self, at: int) -> Iterator[Token]:
        """Return the tokens that begin at or after a place of the text."""
        first = bisect_left(self.tokens, at, key=lambda t: t.start)
        return iter(self.tokens[first : first + 8])

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that lie within a range of the text."""
        first = bisect_left(self.tokens, start, key=lambda t: t.start)
        return self.tokens[first : bisect_right(self.tokens, end, lo=first, key=lambda t: t.end)]


class Held:
    """The places of a text that are taken."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._places = bytearray()
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take a range."""
        self._places.extend(bytes(max(0, end - len(self._places))))
        self._places[start:end] = b"\1" * (end - start)

    def overlaps(self, start: int, end: int) -> bool:
        """Return whether some of a range is taken."""
        return self._places.find(1, start, end) >= 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A mention that a detector proposes, and how strong its witness is."""

    mention: Mention
    rank: int


def propose(start: int, end: int, kind: str, label: str, rule: str, entry: Entry | None = None) -> Mention:
    """Return a mention whose core is all of it."""
    return Mention(start, end, (start, end), kind, label, rule, entry=entry)


def is_body(source: Source, start: int) -> bool:
    """Return whether a gazetteer's organisation begins here."""
    match = source.gazetteer.opening(source.text[start : start + 70])
    return match is not None and any(e.kind not in ("Place", "Person") for e in match.entries)
