"""Dates, exactly as precise as the text is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from grappe.extract.values.areas import AREA_UNIT
from grappe.extract.values.calendar import GAP, MONTH, WEEKDAY, YEAR, month_number
from grappe.extract.values.money import MONEY_UNIT

__all__ = ["Date", "find_dates", "xsd"]

Precision = Literal["day", "month", "year"]

_DATATYPES = {"day": "xsd:date", "month": "xsd:gYearMonth", "year": "xsd:gYear"}


@dataclass(frozen=True, slots=True)
class Date:
    """A date; ``end_lexical`` is the last of several days or months.

    The span takes in a weekday, « ce », « fin », « premier semestre », but no preposition. ``relative`` marks a date
    whose year is not written there but follows from the document's own date.
    """

    start: int
    end: int
    surface: str
    lexical: str
    precision: Precision
    relative: bool = False
    end_lexical: str | None = None


def xsd(date: Date) -> tuple[str, str]:
    """Return a date's lexical form and the datatype, as a CURIE, that is as precise as the text."""
    return date.lexical, _DATATYPES[date.precision]


@dataclass(frozen=True, slots=True)
class _Value:
    lexical: str
    precision: Precision
    relative: bool = False
    end: str | None = None


def find_dates(text: str, *, issued: datetime.date | None = None) -> Iterator[Date]:
    """Find the dates of a text, in order. What leaves its year open needs the date on which the text was ``issued``."""
    taken = bytearray(len(text))
    out: list[Date] = []
    for expression, read in _READERS:
        for found in expression.finditer(text):
            start, end = found.span("date")
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)  # what is refused (31 février 2021) hides no lesser date
            if AREA_UNIT.match(text, end) or MONEY_UNIT.match(text, end):
                continue
            value = read(found, issued)
            if value is not None:
                fields = (value.lexical, value.precision, value.relative, value.end)
                out.append(Date(start, end, text[start:end], *fields))
    out.sort(key=lambda date: date.start)
    yield from out


def _iso(year: int, month: int, day: int) -> str | None:
    """Return an ISO 8601 date, or None for a day that no calendar has."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _shift(which: str | None, issued: datetime.date, month: int, day: int) -> int:
    """Return the year of a day or month that is « dernier » or « prochain », or just of the year of issue."""
    if which is None:
        return issued.year
    if which.startswith("proch"):
        return issued.year + ((month, day) <= (issued.month, issued.day))
    return issued.year - ((month, day) >= (issued.month, issued.day))


def _days(found: re.Match[str], issued: datetime.date | None) -> _Value | None:
    """Read « 12 mars 2021 », « du 30 mai au 2 juin 2021 », « 3 et 4 juin »."""
    last, month = _day(found["day2"] or found["day"]), month_number(found["month2"])
    if found["year2"] is None and issued is None:
        return None
    year = int(found["year2"]) if found["year2"] or issued is None else _shift(found["which"], issued, month, last)
    end = _iso(year, month, last)
    if end is None or found["day2"] is None:
        return None if end is None else _Value(end, "day", found["year2"] is None)
    first = month_number(found["month"]) if found["month"] else month
    start = _iso(int(found["year"]) if found["year"] else year - (first > month), first, _day(found["day"]))
    return _Value(start, "day", found["year2"] is None, end) if start and start < end else None


def _day(figures: str) -> int:
    return int(figures[:2]) if figures[:2].isdigit() else int(figures[0])


def _figures(found: re.Match[str], issued: datetime.date | None) -> _Value | None:  # noqa: ARG001
    """Read « 12/03/2021 » and « 2021-03-12 »."""
    day = _iso(int(found["y"] or found["y1"]), int(found["m"] or found["m1"]), int(found["d"] or found["d1"]))
    return _Value(day, "day") if day else None


def _months(found: re.Match[str], issued: datetime.date | None) -> _Value | None:  # noqa: ARG001
    """Read « mars 2021 », « fin mars 2021 », « mars et avril 2021 », « 03/2021 »."""
    if found["m"]:
        return _Value(f"{found['y']}-{found['m']}", "month")
    year, month = int(found["year"]), month_number(found["month"])
    if found["from"] is None:
        return _Value(f"{year:04d}-{month:02d}", "month")
    first = month_number(found["from"])
    return _Value(f"{year - (first > month):04d}-{first:02d}", "month", end=f"{year:04d}-{month:02d}")


def _year(found: re.Match[str], issued: datetime.date | None) -> _Value:  # noqa: ARG001
    """Read « en 2021 », « mi-2025 », « premier semestre 2024 », « (1998) »."""
    return _Value(found["year"], "year")


def _month_alone(found: re.Match[str], issued: datetime.date | None) -> _Value | None:
    """Read « en juin », « en mars dernier »."""
    if issued is None:
        return None
    month = month_number(found["month"])
    return _Value(f"{_shift(found['which'], issued, month, issued.day):04d}-{month:02d}", "month", relative=True)


def _today(found: re.Match[str], issued: datetime.date | None) -> _Value | None:
    """Read « ce jour », « aujourd'hui », and « ce lundi » in a text of a Monday."""
    if issued is None or (found["weekday"] and found["weekday"].casefold() != _WEEKDAYS[issued.weekday()]):
        return None
    return _Value(issued.isoformat(), "day", relative=True)


def _year_from_here(found: re.Match[str], issued: datetime.date | None) -> _Value | None:
    """Read « l'an dernier », « l'année prochaine »."""
    if issued is None:
        return None
    return _Value(f"{issued.year + (1 if found['next'] else -1):04d}", "year", relative=True)


_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY = r"(?:1\s?(?:er|ᵉʳ)|0?[1-9]|[12]\d|3[01])(?!\d)"
_WHICH = rf"(?:{GAP}(?P<which>derni(?:er|ère)|prochaine?)(?!\w))?"
_PART = (
    rf"(?:d[ée]but|mi|fin|courant|printemps|(?<!\ba\s)(?<!ont\s)(?<!ait\s)été|automne|hiver|rentrée"
    rf"|(?:(?:premi|derni)er|second|deuxième|troisième|quatrième|1er|[234](?:e|ème|nd))"
    rf"{GAP}(?:semestre|trimestre)(?:{GAP}de(?:{GAP}l['’]année)?)?|[TSQ][1-4])"
)
_CUE = (
    rf"(?:en|depuis|dès|d['’]ici(?:{GAP}à)?|horizon|avant|après|vers|jusqu['’](?:en|à)|année|an"
    rf"|à{GAP}(?:partir|compter){GAP}de)"
)

_Reader = Callable[[re.Match[str], datetime.date | None], _Value | None]


def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# The more a form says, the earlier it is tried; what one has taken is closed to the next.
_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        _expression(
            rf"(?<![\w.,/-])(?<!n° )(?<!n°)(?P<date>(?:(?:(?:ce|le){GAP})?{WEEKDAY},?{GAP}|ce{GAP})?"
            rf"(?:(?P<day>{_DAY})(?:{GAP}(?P<month>{MONTH})(?:{GAP}(?P<year>{YEAR}))?)?(?:,\s?{_DAY}){{0,4}}"
            rf"(?:{GAP}(?:au|et|ou|jusqu['’]au){GAP}(?:le{GAP})?(?:{WEEKDAY}{GAP})?|\s?[-–]\s?)(?P<day2>{_DAY}){GAP})"
            rf"(?P<month2>{MONTH})(?:{GAP}(?P<year2>{YEAR})|{_WHICH}))"
        ),
        _days,
    ),
    (
        _expression(
            rf"(?<![\w.,/])(?P<date>(?:(?:(?:ce|le){GAP})?{WEEKDAY},?{GAP}|ce{GAP})?(?P<day>{_DAY}){GAP}"
            rf"(?P<day2>(?!))?(?P<month>(?!))?(?P<year>(?!))?(?P<month2>{MONTH})(?:{GAP}(?P<year2>{YEAR})|{_WHICH}))"
        ),
        _days,
    ),
    (
        _expression(
            r"(?<![\w./-])(?P<date>(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:1[89]|20)\d\d)"
            r"|(?P<y1>(?:1[89]|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d))(?![\w/-])"
        ),
        _figures,
    ),
    (
        _expression(
            rf"(?<![\w/-])(?P<date>(?:(?:d[ée]but|mi|fin|courant)(?:-|{GAP}))?"
            rf"(?:(?P<from>{MONTH})(?:{GAP}(?:et|à|ou){GAP}|\s?[-–/]\s?))?(?P<month>{MONTH}){GAP}(?P<year>{YEAR})"
            r"|(?P<m>0[1-9]|1[0-2])/(?P<y>(?:1[89]|20)\d\d)(?![\w/]))"
        ),
        _months,
    ),
    (_expression(rf"(?<![\w-])(?P<date>{_PART}(?:\s?[-–]\s?|{GAP})(?P<year>{YEAR}))(?!\s?[-–/]\s?\d)"), _year),
    (_expression(rf"(?<![\w-]){_CUE}{GAP}(?P<date>(?P<year>{YEAR}))(?!\s?[-–/]\s?\d)"), _year),
    (_expression(rf"\((?P<date>(?P<year>{YEAR}))(?=\s?[),;])"), _year),
    (
        _expression(
            rf"(?<![\w-])(?:en|depuis|dès|d['’]ici|au{GAP}mois{GAP}de){GAP}"
            rf"(?P<date>(?:(?:d[ée]but|mi|fin)(?:-|{GAP}))?(?P<month>{MONTH}){_WHICH})(?!{GAP}\d)"
        ),
        _month_alone,
    ),
    (
        _expression(
            rf"(?<![\w-])(?P<date>ce{GAP}(?:jour|matin|soir)|cet{GAP}après-midi|aujourd['’]hui"
            rf"|ce{GAP}(?P<weekday>{WEEKDAY})(?!{GAP}(?:\d|prochain|dernier)))(?!\w)"
        ),
        _today,
    ),
    (
        _expression(
            rf"(?<!\w)(?P<date>l['’](?:an|année){GAP}(?:(?P<last>derni(?:er|ère)|passée?)|(?P<next>prochaine?)))(?!\w)"
        ),
        _year_from_here,
    ),
)
