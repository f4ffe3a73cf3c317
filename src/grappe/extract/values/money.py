"""Sums of money, with their currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from grappe.extract.values.numbers import Number, decimal, find_numbers, is_range

__all__ = ["MONEY_UNIT", "Money", "find_money"]

_CURRENCIES = {
    "EUR": r"€|euros?(?!\w)|EUR(?!\w)",
    "USD": (
        r"US\$|\$(?:\s?US(?!\w))?|USD(?!\w)"
        r"|dollars?(?!\w)(?!\s(?:canadien|austral))(?:\s{1,3}(?:US|américains?)(?!\w))?"
    ),
    "GBP": r"£|GBP(?!\w)|livres?\s{1,3}sterling(?!\w)",
    "CHF": r"CHF(?!\w)|francs?\s{1,3}suisses?(?!\w)",
    "FRF": r"francs?(?!\w)(?!\s(?:CFA|belge|suisse))",
}
_CURRENCY = "|".join(f"(?P<{code}>{words})" for code, words in _CURRENCIES.items())
_SCALES = {"k": 10**3, "m": 10**6, "mio": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9, "mrds": 10**9, "bn": 10**9}

#: What follows the number of a sum: « M€ », « k€ », « d'euros », « M d'euros »; a price by the square metre is no sum.
MONEY_UNIT = re.compile(
    rf"\s{{0,3}}(?:(?P<scale>[kK]|M(?:io|ds?|rds?)?)\.?\s{{0,2}})?(?:d['’]\s?|de\s)?(?:{_CURRENCY})"
    r"(?!\s?(?:/|par\s|le\s)\s?(?:m²|m2|m[èe]tre))"
)
_BEFORE = re.compile(r"(?:(?P<EUR>€|EUR)|(?P<USD>US\$|\$|USD)|(?P<GBP>£|GBP)|(?P<CHF>CHF))\s?$")
_SCALE_AFTER = re.compile(r"\s?(?P<scale>[kK]|M(?:ds?)?|bn)(?!\w)")
# « 3 millions de patients » is no money; « 3 millions de la Région » is.
_COUNTED = re.compile(r"\s{1,3}(?:d['’]|de\s{1,3}(?!(?:la|plus)\s|l['’]|[A-ZÀ-Þ])|des\s)")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in full units: of a range the upper bound. A ``bare`` one names millions but no currency."""

    start: int
    end: int
    surface: str
    amount: Decimal
    currency: str
    range: bool = False
    bare: bool = False


def find_money(text: str) -> Iterator[Money]:
    """Find the sums of money of a text, in order."""
    out: list[Money] = []
    left: tuple[Number, int | None] | None = None  # the number before, and where its unit ends if it has one
    for number in find_numbers(text):
        free = out[-1].end if out else 0
        if number.start < free:
            continue
        found = _sum(text, number, free)
        if found is None:
            left = (number, None)
            if number.scale > 1 and not _COUNTED.match(text, number.end):
                out.append(Money(number.start, number.end, number.surface, number.value, "EUR", bare=True))
            continue
        if left is not None and found.start == number.start and is_range(text, left[0], number, left_end=left[1]):
            start = left[0].start
            if out and out[-1].end > start:
                out.pop()
            found = replace(found, start=start, surface=text[start : found.end], range=True)
            left = None
        else:
            left = (number, found.end)
        out.append(found)
    yield from out


def _sum(text: str, number: Number, free: int) -> Money | None:
    """Return the sum that a number is by the currency after it or before it, where text from ``free`` on is free."""
    start, end, factor = number.start, number.end, 1
    found = MONEY_UNIT.match(text, end)
    if found is not None and not (found["scale"] and number.scale > 1):
        end = found.end()
        factor = _SCALES[found["scale"].casefold()] if found["scale"] else 1
    else:
        found = _BEFORE.search(text, max(free, start - 5), start)
        if found is None or re.search(r"\d\s?$", text[max(0, found.start() - 2) : found.start()]):
            return None
        start = found.start()
        if number.scale == 1 and (scale := _SCALE_AFTER.match(text, end)):
            end = scale.end()
            factor = _SCALES[scale["scale"].casefold()]
    currency = next(code for code, words in found.groupdict().items() if words and code in _CURRENCIES)
    return Money(start, end, text[start:end], _scaled(number, factor), currency)


def _scaled(number: Number, factor: int) -> Decimal:
    if factor > 1000 and number.surface[0].isdigit():
        return decimal(number.surface, millions=True) * factor
    return number.value * factor
