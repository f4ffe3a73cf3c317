"""What rules say: claims about the things of a reading, with the range of the normalised text that states them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from grappe.extract.reading import Hit, Masked, Reading, Thing
from grappe.model import Literal, Term

__all__ = [
    "Award",
    "Claim",
    "Honour",
    "Office",
    "Rule",
    "Said",
    "Speech",
    "asserted",
    "asserted_at",
    "clause",
    "not_stated",
]

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A binary fact: things by number, or a term or value as object."""

    subject: int
    predicate: str
    object: int | Term | Literal
    span: Range
    rule: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Award:
    """Money given: who, to whom, how much, under what, for which years."""

    funders: tuple[int, ...]
    beneficiary: int
    span: Range
    rule: str
    amount: Decimal | None = None
    currency: str | None = None
    instruments: tuple[int, ...] = ()
    period: tuple[int, int] | None = None
    confidence: float = 0.85


@dataclass(frozen=True, slots=True)
class Honour:
    """A label granted."""

    recipient: int
    accreditation: int
    span: Range
    rule: str
    awarder: int | None = None
    programme: int | None = None
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Office:
    """A function that a person holds in a body."""

    person: int
    title: str
    organization: int
    span: Range
    rule: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that a person is quoted with; ``words`` is the range between the marks."""

    speaker: int
    words: Range
    span: Range
    rule: str
    confidence: float = 0.9


Said = Claim | Award | Honour | Office | Speech
Rule = Callable[[Reading], Iterator[Said]]

_NOT_STATED = re.compile(
    r"\b(?:n'\w+ (?:pas|plus|jamais|finalement pas|encore)|ne \w+ (?:pas|plus|jamais)|n'(?:a|ont|est|sont|avait) (?:\w+ )?(?:pas|plus|jamais|aucun)|aucune? |sans que |pas encore |"
    r"souhait\w+|rêv\w+|négoci\w+|pourr(?:ait|aient)|voudr(?:ait|aient)|aurait|devrait|envisag\w+|sollicit\w+|candidat à|espère\w*|ambitionn\w+|réclam\w+|"
    r"refus\w+|rejet\w*|ajourn\w+|abandonn\w+|déclin\w+|démenti\w*|étudie la possibilité|à l'étude(?! (?:de|du|des|d'))|évoqué\w*|demandés? mais|reste à trouver|doit être trouvé|en discussion|"
    r"faut-il|faudra-t-il|\w+-t-il|\w+-t-elle|si la |si le |si les |à condition)(?![\w])",
    re.I,
)
#: « n'aurait pu voir le jour sans l'aide de X » states the aid.
_WITHOUT = re.compile(r"\bn'aura(?:it|ient) (?:pas |jamais )?(?:pu|été)\b[^.;:]{0,60}?(?=\bsans )", re.I)
_CLAUSE = re.compile(r"[;:?!]| mais | alors que | tandis que | en revanche")


def clause(masked: Masked, start: int, end: int) -> str:
    """Return the clause of a masked sentence that holds a range."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(masked.text)), len(masked.text)]
    left = max(c for c in cuts if c <= start)
    right = min((c for c in cuts if c >= end), default=len(masked.text))
    return masked.text[left:right]


def not_stated(words: str) -> bool:
    """Return whether words deny, wish, refuse, condition or ask rather than state."""
    return _NOT_STATED.search(_WITHOUT.sub("", words)) is not None


def asserted(hit: Hit) -> bool:
    """Return whether the clause of a hit states something as true: no negation, wish, refusal, condition or question."""
    return asserted_at(hit.masked, *hit.match.span())


def asserted_at(masked: Masked, start: int, end: int) -> bool:
    """Return whether the clause of a range of a masked sentence states something as true."""
    return not not_stated(clause(masked, start, end)) and not masked.text.rstrip(" »").endswith("?")


def pairs(left: tuple[Thing, ...], right: tuple[Thing, ...]) -> Iterator[tuple[Thing, Thing]]:
    """Return each thing of one list with each of another, a thing never with itself."""
    return ((a, b) for a in left for b in right if a.id != b.id)
