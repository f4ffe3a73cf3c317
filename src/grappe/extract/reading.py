"""What a document's rules read: its sentences, the things that they name, and each sentence with its names masked.

A masked sentence is the sentence in which every mention stands as one symbol, ``⟨O12⟩``: a letter for the sort of
thing and the number of the mention. Determiners and the prepositions *de* and *à* before a mention are brought to
one form (``⟨O12⟩``, ``de ⟨O12⟩``, ``à ⟨O12⟩``), so that a rule is a regular expression of language alone:

    ⟨J3⟩, porté par ⟨O4⟩

The method is that of cascaded finite-state transducers (Hobbs et al., FASTUS, 1997).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from grappe.extract.gazetteer import Entry
from grappe.extract.nlp import Token
from grappe.extract.normal import Normal
from grappe.extract.sentences import Quoted, Sentence
from grappe.extract.values import Area, Date, Money, Period
from grappe.iri import KINDS

__all__ = ["Facility", "Hit", "Masked", "Mention", "Reading", "Thing", "letter", "pattern"]

#: The letter that masks a mention, by the first step of its address; values have letters of their own.
_LETTERS = {
    "person": "P",
    "organization": "O",
    "facility": "F",
    "project": "J",
    "programme": "G",
    "accreditation": "A",
    "instrument": "I",
    "event": "E",
    "place": "L",
    "theme": "T",
}
#: A name whose class is not known yet is masked by X.
_VALUES = {"": "X", "money": "M", "area": "S", "date": "D", "period": "Y", "speech": "Q"}


def letter(kind: str) -> str:
    """Return the letter that masks a mention of a class, or of a sort of value."""
    return _VALUES.get(kind) or _LETTERS[KINDS[kind]]


@dataclass(frozen=True, slots=True)
class Facility:
    """What a facility's own noun phrase says: its noun, its area, how many, and how it is determined.

    ``other`` tells « un second bâtiment » from the one spoken of; ``member_of`` is where the set begins of which
    « le premier » is one.
    """

    noun: str
    area: Area | None = None
    count: int | None = None
    determiner: str = ""
    future: bool = False
    other: bool = False
    member_of: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage of the normalised text that names a thing or is a value.

    ``start`` and ``end`` take in what belongs to the mention (« la société X », « X (ACRONYM) »); ``core`` is the name.
    """

    start: int
    end: int
    core: tuple[int, int]
    kind: str
    label: str
    rule: str
    aliases: tuple[str, ...] = ()
    entry: Entry | None = None
    value: Money | Area | Date | Period | Quoted | None = None
    facility: Facility | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the document: what all its mentions come to. ``named`` is false for « un laboratoire de 1200 m² ».

    ``gender`` is m or f where an article or a head noun of the text shows it, else "".
    """

    id: int
    kind: str
    label: str
    aliases: tuple[str, ...]
    mentions: tuple[int, ...]
    named: bool = True
    entry: Entry | None = None
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with its mentions masked; ``offsets[i]`` is the place in the normalised text of ``text[i]``."""

    sentence: Sentence
    text: str
    offsets: tuple[int, ...]

    def origin(self, start: int, end: int, mentions: tuple[Mention, ...]) -> tuple[int, int]:
        """Return the range of the normalised text that a range of the masked text stands for."""
        last = end - 1
        stop = self.offsets[last] + 1
        if self.text[last] == "⟩":
            opening = self.text.rindex("⟨", 0, end)
            stop = mentions[int(self.text[opening + 2 : last])].end
        return self.offsets[start], stop


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's pattern found in a sentence."""

    reading: Reading
    masked: Masked
    match: re.Match[str]

    def __getitem__(self, name: str) -> str | None:
        return self.match[name]

    def mention(self, name: str) -> Mention | None:
        """Return the mention that a named slot holds, or None if the slot stayed empty."""
        number = self.match[name]
        return None if number is None else self.reading.mentions[int(number)]

    def thing(self, name: str) -> Thing | None:
        """Return the thing that a named slot holds, or None if the slot stayed empty."""
        number = self.match[name]
        return None if number is None else self.reading.thing_at(int(number))

    def things(self, name: str) -> tuple[Thing, ...]:
        """Return every thing masked within a named group, in order; of a slot the one that it holds."""
        text = self.match[name] or ""
        numbers = [text] if text.isdigit() else re.findall(r"⟨[A-Z](\d+)⟩", text)
        found = (self.reading.thing_at(int(n)) for n in numbers)
        return tuple(t for t in found if t is not None)

    @property
    def span(self) -> tuple[int, int]:
        """The range of the normalised text that the whole match stands for."""
        return self.masked.origin(self.match.start(), self.match.end(), self.reading.mentions)

    def span_of(self, *names: str) -> tuple[int, int]:
        """Return the smallest range of the normalised text that holds the named groups."""
        ranges = [self.masked.origin(*self.match.span(n), self.reading.mentions) for n in names if self.match[n]]
        return min(a for a, _ in ranges), max(b for _, b in ranges)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as its rules see it."""

    normal: Normal
    sentences: tuple[Sentence, ...]
    quoted: tuple[Quoted, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    things: tuple[Thing, ...]
    thing_of: tuple[int, ...]
    masked: tuple[Masked, ...] = field(default=())
    issued: str | None = None
    publisher: int | None = None

    def thing_at(self, mention: int) -> Thing | None:
        """Return the thing that a mention names; None for a value."""
        number = self.thing_of[mention]
        return None if number < 0 else self.things[number]

    def find(self, expression: re.Pattern[str], kinds: tuple[str, ...] = ()) -> Iterator[Hit]:
        """Find a pattern in each masked sentence, in order; ``kinds`` restricts it to some kinds of block."""
        for masked in self.masked:
            if not kinds or masked.sentence.kind in kinds:
                for match in expression.finditer(masked.text):
                    yield Hit(self, masked, match)


@functools.cache
def pattern(expression: str) -> re.Pattern[str]:
    """Compile a rule's pattern: ``{OJ:x}`` is a mention of sort O or J in slot x, ``{O}`` one in no slot,
    ``{O*:x}`` a list of them (« A, B et C ») in group x, ``{..}`` words with no mention and no stop.
    """

    def slot(found: re.Match[str]) -> str:
        letters, star, name = found[1], found[2], found[3]
        one = rf"⟨[{letters}]\d+⟩"
        if star:
            item = rf"(?:(?:avec|par|de|à|aux|en) )?{one}(?: \([^()]*\))?"
            listed = rf"{item}(?:(?: ?, ?| et | ou | puis |, et | ainsi que | & |, ainsi que | comme ){item})*"
            return rf"(?P<{name}>{listed})" if name else rf"(?:{listed})"
        return rf"⟨[{letters}](?P<{name}>\d+)⟩" if name else one

    expression = expression.replace("{..}", r"[^⟨⟩.;:()«»]*?")
    return re.compile(re.sub(r"\{([A-Z]+)(\*)?(?::(\w+))?\}", slot, expression))
