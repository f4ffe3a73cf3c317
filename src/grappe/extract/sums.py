"""Sums of a text, those too that leave out what the words before have said: « l'État 12 millions », « et la Ville 120 000 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from grappe.extract.values import Money, find_money

__all__ = ["find_sums"]

#: Within so many characters a sum may leave its currency, or « millions », to the one before.
_REACH = 260
_GIVES = re.compile(
    r"\b(?:financ|subventionn|apport|pren|pris|consacr|vers|donn|ajout|pay|r[èe]gl|octro|accord|attribu|allou|prêt|abond|"
    r"contribu|soutien|soutenu|mobilis|injecte|investi|lev|réuni|complèt|débloqu|avanc|part\b|charge|subvention|aide)\w*",
    re.I,
)
#: « 120 000 » after the name of a giver, at the end of a clause.
_PLAIN = re.compile(r"(?<=[\w)] )\d{1,3}(?:[ .]\d{3})+(?= ?[.,;)]| et )")
#: « en a pris 2,2 à sa charge », « n'en a donné que 1,2 »: of millions, if the sum before was.
_SHORT = re.compile(
    r"\b(?:pris|pren(?:d|nent|dra)|financ\w+|apport\w+|donn\w+|vers\w+|ajout\w+|pay\w+|r[èe]gl\w+)(?: [a-zéè]+)? (?P<n>\d{1,3}(?:,\d{1,2})?)(?= à (?:sa|leur) charge|[.;,](?!\d))"
)
_COUNTED = re.compile(r" ?(?:d['’]|de |des )")


def find_sums(text: str) -> Iterator[Money]:
    """Find the sums of a text, in order: « 2,2 millions » is one beside a sum with its currency, if something is given."""
    last: Money | None = None
    for found in sorted((*find_money(text), *_elliptic(text)), key=lambda m: (m.start, m.bare)):
        if last is not None and found.start < last.end:
            continue
        if not found.bare:
            last = found
            yield found
        elif last is not None and (scaled := _completed(text, last, found)) is not None:
            last = scaled
            yield scaled


def _completed(text: str, last: Money, found: Money) -> Money | None:
    """Return a bare sum with what it leaves to the one before; None if it is no sum."""
    between = text[last.end : found.start]
    crossed = len(re.findall(r"[.!?;] (?=[A-ZÀ-Þ])", between)) + between.count("\n\n")
    words = text[max(0, found.start - 90) : found.end + 25]
    if (
        len(between) > _REACH
        or crossed > 1
        or (crossed and not _GIVES.search(re.split(r"[.!?] (?=[A-ZÀ-Þ])", words)[-1]))
    ):
        return None
    if found.amount < 1000:
        if last.amount < 10**6:
            return None
        return replace(found, amount=found.amount * 10**6, currency=last.currency, bare=False)
    if _COUNTED.match(text, found.end) and not re.match(
        r" ?(?:de la |de l['’]|du |d['’]une )", text[found.end : found.end + 8]
    ):
        return None
    return replace(found, currency=last.currency, bare=False)


def _elliptic(text: str) -> Iterator[Money]:
    """Find numbers that only the words before make sums."""
    for found in _PLAIN.finditer(text):
        if re.search(r"€|euros?\b", text[max(0, found.start() - 120) : found.start()]):
            value = Decimal(re.sub(r"\D", "", found[0]))
            yield Money(found.start(), found.end(), found[0], value, "EUR", bare=True)
    for found in _SHORT.finditer(text):
        at = found.start("n")
        yield Money(at, found.end("n"), found["n"], Decimal(found["n"].replace(",", ".")), "EUR", bare=True)
