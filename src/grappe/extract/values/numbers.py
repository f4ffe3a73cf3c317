"""Numbers as French writes them, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Number", "decimal", "find_numbers", "is_range", "parse_number"]

_VALUES = {
    "zéro": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_SCALES = {"mille": 10**3, "millier": 10**3, "million": 10**6, "milliard": 10**9}

# The grammar of number words below a million, from the bottom up. No part repeats without bound.
_J = r"(?:[-\u2010\u2011]|\s{1,3})"
_ONE = "(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TEN = f"(?:dix(?:{_J}(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize)"
_BELOW_100 = (
    f"(?:quatre{_J}vingts?(?:{_J}(?:{_TEN}|{_ONE}))?"
    f"|soixante(?:{_J}(?:et{_J})?(?:{_TEN}|{_ONE}))?"
    f"|(?:vingt|trente|quarante|cinquante|septante|huitante|octante|nonante)(?:{_J}(?:et{_J}une?|{_ONE}))?"
    f"|{_TEN}|{_ONE})(?!\\w)"
)
_BELOW_1000 = (
    f"(?:(?:(?:deux|trois|quatre|cinq|six|sept|huit|neuf){_J})?cents?(?!\\w)(?:{_J}{_BELOW_100})?|{_BELOW_100})"
)
_WORDS = f"(?:zéro|(?:{_BELOW_1000}{_J})?mille(?!\\w)(?:{_J}{_BELOW_1000})?|{_BELOW_1000})(?!\\w)"

# Groups of three figures part with a space of any width or a point; a comma, or a point that parts no group, starts
# the decimals.
_FIGURES = (
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d)){1,4}(?:,\d{1,6})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}(?!\d)){1,4}(?:,\d{1,6})?(?!\d)"
    r"|\d{1,15}(?:[.,]\d{1,6})?(?!\d))"
)
_NUMBER = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?:(?P<half>(?:un{_J})?demi{_J})(?=mill)|(?P<figures>{_FIGURES})|(?P<words>{_WORDS}))"
    rf"(?:(?:(?<=\d)\s?|{_J})?(?P<scale>millions?|milliards?|milliers?|(?<=\d\s)mille)(?!\w))?"
    rf"(?P<more>\s{{1,3}}et\s{{1,3}}demie?(?!\w))?",
    re.I,
)
_SPLIT = re.compile(r"[-\u2010\u2011\s]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``scale`` is the million or milliard that stands with it as a word, else 1; it is counted
    in ``value``.
    """

    start: int
    end: int
    surface: str
    value: Decimal
    scale: int = 1


def parse_number(words: str) -> Decimal | None:
    """Return the value of a number in figures or in words, or None if it is none.

    >>> parse_number("quatre-vingt-dix mille deux cents"), parse_number("1 200,5"), parse_number("plusieurs")
    (Decimal('90200'), Decimal('1200.5'), None)
    """
    found = _NUMBER.fullmatch(words.strip())
    return None if found is None else _number(found).value


def find_numbers(text: str) -> Iterator[Number]:
    """Find the numbers of a text, in order; « trois millions cinq cent mille » is one."""
    held: Number | None = None
    for found in _NUMBER.finditer(text):
        number = _number(found)
        if held is not None:
            between = text[held.end : number.start]
            if held.scale > 1 and number.value < held.scale and between.isspace() and _continues(found, number):
                held = Number(
                    held.start, number.end, text[held.start : number.end], held.value + number.value, held.scale
                )
                continue
            yield held
        held = number
    if held is not None:
        yield held


def decimal(figures: str, *, millions: bool = False) -> Decimal:
    """Return the value of figures. Before « million », a point parts no thousands: « 1.250 M€ » is 1,25 M€.

    >>> decimal("1.250"), decimal("1.250", millions=True), decimal("1 200,50")
    (Decimal('1250'), Decimal('1.250'), Decimal('1200.50'))
    """
    figures = re.sub(r"\s", "", figures)
    if "," not in figures and (figures.count(".") == 1 and (millions or not re.search(r"\.\d{3}$", figures))):
        return Decimal(figures)
    return Decimal(figures.replace(".", "").replace(",", "."))


_BETWEEN = re.compile(r"\s{0,3}(?:(?P<to>à)|ou|(?P<and>et))\s{1,3}|[-–]")
_OPENS = re.compile(r"(?:(?P<between>entre)|de)\s{1,3}$", re.I)


def is_range(text: str, left: Number, right: Number, *, left_end: int | None = None) -> bool:
    """Return whether two numbers bound a range: « 3 à 4 », « entre 3 et 4 », « 3-4 ».

    ``left_end`` tells where the unit of the left one ends if it has one; then only « de … à … » and « entre … et … »
    make a range, for two sums may well stand beside each other.
    """
    joint = _BETWEEN.fullmatch(text, left_end or left.end, right.start)
    if joint is None:
        return False
    opens = _OPENS.search(text, max(0, left.start - 9), left.start)
    if joint["and"]:
        return bool(opens and opens["between"])
    if left_end is not None:
        return bool(opens and joint["to"])
    return left.value < right.value


def _number(found: re.Match[str]) -> Number:
    scale = _SCALES[found["scale"].casefold().removesuffix("s")] if found["scale"] else 1
    if found["half"]:
        value = Decimal("0.5")
    elif found["figures"]:
        value = decimal(found["figures"], millions=scale > 1000)
    else:
        value = Decimal(_of_words(found["words"]))
    if found["more"]:
        value += Decimal("0.5")
    return Number(found.start(), found.end(), found[0], value * scale, scale if scale > 1000 else 1)


def _continues(found: re.Match[str], number: Number) -> bool:
    """Return whether a number after « trois millions » goes on with it: words do, and figures from 1 000 on."""
    return found["words"] is not None or number.value >= 1000


def _of_words(words: str) -> int:
    """Return the value of words that the grammar has let pass."""
    total = current = 0
    before = ""
    for word in _SPLIT.split(words.casefold()):
        if word == "mille":
            total, current = (current or 1) * 1000, 0
        elif word in ("cent", "cents"):
            current = (current or 1) * 100
        elif word.startswith("vingt") and before == "quatre":
            current += 4 * 20 - 4
        elif word != "et":
            current += _VALUES[word]
        before = word
    return total + current
