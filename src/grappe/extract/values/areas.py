"""Areas of floors and grounds, in square metres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from grappe.extract.values.numbers import Number, find_numbers, is_range

__all__ = ["AREA_UNIT", "Area", "find_areas"]

#: What follows the number of an area.
AREA_UNIT = re.compile(
    r"\s{0,3}(?:(?P<m>m²|m\^?2|m\s2(?!\s?\d)|㎡|m[èe]tres?\s{1,3}carrés?)|(?P<ha>ha|hectares?)|(?P<a>ares?)"
    r"|(?P<km>km²|km2|kilom[èe]tres?\s{1,3}carrés?))(?!\w)",
    re.I,
)
_METRES = {"m": 1, "a": 100, "ha": 10_000, "km": 1_000_000}
# « par salle », but neither « par la Région » nor « par an »; a name (capital) is who does something.
_EACH = re.compile(
    r"\s{1,3}(?:chacune?|chaque"
    r"|par\s{1,3}(?!(?:la|les?|an|une?|des|rapport|leurs?)\s)[a-zéèêâ]{3,}(?<!s))(?!\w)"
)
_EACH_BEFORE = re.compile(r"\bchacune?\s{1,3}(?:(?:de|d['’]|fait|mesure)\s{0,3})?$", re.I)


@dataclass(frozen=True, slots=True)
class Area:
    """An area: of a range the upper bound; ``each`` if it is that of one of several things."""

    start: int
    end: int
    surface: str
    square_metres: Decimal
    each: bool = False
    range: bool = False


def find_areas(text: str) -> Iterator[Area]:
    """Find the areas of a text, in order."""
    out: list[Area] = []
    left: tuple[Number, int | None] | None = None  # the number before, and where its unit ends if it has one
    for number in find_numbers(text):
        if out and number.start < out[-1].end:
            continue
        unit = AREA_UNIT.match(text, number.end)
        if unit is None:
            left = (number, None)
            continue
        start, end = number.start, unit.end()
        ranged = left is not None and is_range(text, left[0], number, left_end=left[1])
        if ranged and left is not None:
            start = left[0].start
            if out and out[-1].end > start:
                out.pop()
        each = _EACH.match(text, end)
        factor = next(_METRES[name] for name in _METRES if unit[name])
        stop = each.end() if each else end
        many = bool(each or _EACH_BEFORE.search(text, max(0, start - 24), start))
        out.append(Area(start, stop, text[start:stop], number.value * factor, each=many, range=ranged))
        left = None if ranged or many else (number, end)
    yield from out
