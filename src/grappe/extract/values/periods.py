"""Spans of years: « 2021-2023 », « de 2016 à 2020 », « pour trois ans à compter de 2022 »."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.values.areas import AREA_UNIT
from grappe.extract.values.calendar import GAP, MONTH, YEAR
from grappe.extract.values.money import MONEY_UNIT
from grappe.extract.values.numbers import find_numbers

__all__ = ["Period", "find_periods"]

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Period:
    """Years from the first to the last, both counted; ``cue`` is the word that makes them a period, if one does."""

    start: int
    end: int
    surface: str
    start_year: int
    end_year: int
    cue: str = ""


_BETWEEN = re.compile(
    rf"(?<![\w./-])(?P<first>{YEAR})\s?(?:[-‑–—]|/)\s?(?P<last>(?:1[89]|20)?\d{{2}})(?![\w/²%-])(?![.,]\d)"
    rf"|(?<!\w)(?P<cue>de|entre|depuis){GAP}(?P<from>{YEAR}){GAP}(?P<joint>à|et|jusqu['’](?:en|à)){GAP}(?P<to>{YEAR})",
    re.I,
)
_CUE = re.compile(
    rf"(?P<cue>période|programmation|exercices?|années?|(?:bi|tri|quadri|quinqu|plur)i?ennale?|pour|sur){GAP}\(?$", re.I
)
_YEARS = re.compile(
    rf"{GAP}(?:ans|années?|an){GAP}(?:à{GAP}(?:compter|partir){GAP}(?:de|du)|dès|depuis){GAP}"
    rf"(?:(?:(?:1er|\d{{1,2}}){GAP})?(?:{MONTH}{GAP})?(?:l['’]année{GAP})?(?P<year>{YEAR})|(?P<this>cette{GAP}année))",
    re.I,
)
_FOR = re.compile(rf"(?<!\w)(?P<cue>pour|sur|pendant|durant|de){GAP}(?:les{GAP})?$", re.I)


def find_periods(text: str, *, issued: datetime.date | None = None) -> Iterator[Period]:
    """Find the spans of years of a text, in order; « à compter de cette année » needs the date of issue."""
    found = sorted((*_bounded(text), *_counted(text, issued)), key=lambda period: (period.start, -period.end))
    at = 0
    for period in found:
        if period.start >= at:
            yield period
            at = period.end


def _bounded(text: str) -> Iterator[Period]:
    for found in _BETWEEN.finditer(text):
        start, end = found.span()
        if AREA_UNIT.match(text, end) or MONEY_UNIT.match(text, end):
            continue
        if found["from"]:
            if (found["joint"].casefold() == "et") != (found["cue"].casefold() == "entre"):
                continue
            first, last, cue = int(found["from"]), int(found["to"]), found["cue"].casefold()
        else:
            first, last = int(found["first"]), int(found["last"])
            if last < 100:
                # « 2021-22 » is a school year; « 2021-12 » is a month, and 2021-45 the number of an act.
                last += first // 100 * 100
                if last != first + 1 or last % 100 <= 12:
                    continue
            named = _CUE.search(text, max(0, start - 20), start)
            cue = named["cue"].casefold() if named else ""
        if first < last <= first + _LONGEST:
            yield Period(start, end, text[start:end], first, last, cue)


def _counted(text: str, issued: datetime.date | None) -> Iterator[Period]:
    """Find « pour N ans à compter de Y », which is Y to Y + N - 1."""
    for number in find_numbers(text):
        since = _YEARS.match(text, number.end)
        if since is None or not 1 <= number.value <= _LONGEST or number.value % 1 or (since["this"] and not issued):
            continue
        opens = _FOR.search(text, max(0, number.start - 15), number.start)
        start, end = (opens.start() if opens else number.start), since.end()
        first = int(since["year"]) if since["year"] else issued.year if issued else 0
        cue = opens["cue"].casefold() if opens else ""
        yield Period(start, end, text[start:end], first, first + int(number.value) - 1, cue)
