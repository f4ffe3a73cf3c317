"""What a French text says in figures: sums of money, floor areas, dates and spans of years.

Each finder yields frozen values in the order of the text; those of one finder never overlap. Offsets count the code
points of the text given, ``surface`` is the text between them, and every expression is bounded, so that finding takes
time in proportion to the text.
"""

from __future__ import annotations

from grappe.extract.values.areas import Area, find_areas
from grappe.extract.values.dates import Date, find_dates, xsd
from grappe.extract.values.money import Money, find_money
from grappe.extract.values.numbers import Number, find_numbers, parse_number
from grappe.extract.values.periods import Period, find_periods

__all__ = [
    "Area",
    "Date",
    "Money",
    "Number",
    "Period",
    "find_areas",
    "find_dates",
    "find_money",
    "find_numbers",
    "find_periods",
    "parse_number",
    "xsd",
]
