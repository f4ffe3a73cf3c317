"""What holds of every finder, whatever the text."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.extract.values import find_areas, find_dates, find_money, find_numbers, find_periods

ISSUED = datetime.date(2023, 6, 12)
FINDERS: dict[str, Callable[[str], Iterable[Any]]] = {
    "numbers": find_numbers,
    "money": find_money,
    "areas": find_areas,
    "dates": partial(find_dates, issued=ISSUED),
    "periods": partial(find_periods, issued=ISSUED),
}
#: Pieces of values, so that texts are full of things that nearly are one.
_PIECES = """
0 1 12 31 200 000 2021 2023 , . - / – € $ M€ k€ m² m2 ha euros millions milliard mille cent quatre vingt un et demi à
de entre du au le ce lundi mars 1er février dernier en depuis fin mi ( ) chacune par salle ans compter d' l'an
"""
PIECES = st.sampled_from(_PIECES.split())
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.just(" "), st.just("\n"))).map(" ".join))


@pytest.mark.parametrize("name", FINDERS)
@given(text=TEXTS)
def test_values_are_in_order_apart_and_where_they_say(name: str, text: str) -> None:
    at = 0
    for value in FINDERS[name](text):
        assert at <= value.start < value.end <= len(text)
        assert text[value.start : value.end] == value.surface
        at = value.end


@pytest.mark.parametrize("name", FINDERS)
@pytest.mark.parametrize(
    "piece", ["1", "1 ", "100 ", "1.", "un ", "cent mille ", " ", "12 mars ", "3, ", "2021-", "de ", "M"]
)
def test_no_text_takes_more_than_its_length(name: str, piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.perf_counter()
    list(FINDERS[name](text))
    assert time.perf_counter() - start < 5
