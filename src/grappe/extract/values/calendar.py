"""Months, weekdays and years as French writes them, for the expressions of dates and periods."""

from __future__ import annotations

import re

__all__ = ["GAP", "MONTH", "WEEKDAY", "YEAR", "month_number"]

#: White space within a value; a text may break its lines anywhere.
GAP = r"\s{1,3}"
_MONTHS = ("janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec")
#: A month, in full or cut short with a point, with its accents or without.
MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre"
    r"|(?:janv|f[ée]vr?|avr|juil|sept|oct|nov|d[ée]c)(?:\.|(?= \d{4}\b)))(?!\w)"
)
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
#: A year that a document on innovation may speak of, and that is no part of a longer number.
YEAR = r"(?:1[89]|20)\d{2}(?![\d²%])(?![.,]\d)"


def month_number(name: str) -> int:
    """Return the number of a month that :data:`MONTH` matches.

    >>> month_number("FÉVRIER"), month_number("aout"), month_number("déc.")
    (2, 8, 12)
    """
    plain = re.sub("[éÉ]", "e", name.casefold()).replace("û", "u")
    return next(number for number, start in enumerate(_MONTHS, 1) if plain.startswith(start))
