"""Numbers in figures and in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.extract.values import find_numbers, parse_number

_SMALL = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
          "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]  # fmt: skip
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}


def spell(n: int) -> str:
    """Spell a number as grammars of French teach it, by division from the top down."""
    if n < 20:
        return _SMALL[n]
    if n < 70:
        ten, one = divmod(n, 10)
        return _TENS[ten] + ("" if one == 0 else " et un" if one == 1 else f"-{_SMALL[one]}")
    if n < 80:
        return "soixante" + (" et onze" if n == 71 else f"-{_SMALL[n - 60]}")
    if n < 100:
        return "quatre-vingts" if n == 80 else f"quatre-vingt-{_SMALL[n - 80]}"
    if n < 1000:
        hundred, rest = divmod(n, 100)
        head = "cent" if hundred == 1 else f"{_SMALL[hundred]} cent" + ("" if rest else "s")
        return head if rest == 0 else f"{head} {spell(rest)}"
    thousand, rest = divmod(n, 1000)
    head = (
        "mille"
        if thousand == 1
        else f"{spell(thousand).removesuffix('s') if thousand % 100 in (0, 80) else spell(thousand)} mille"
    )
    return head if rest == 0 else f"{head} {spell(rest)}"


@given(st.integers(0, 999_999), st.sampled_from((str, str.upper, str.capitalize)), st.booleans())
def test_every_number_below_a_million_reads_back_from_its_words(
    n: int, case: Callable[[str], str], hyphens: bool
) -> None:
    words = spell(n).replace(" ", "-") if hyphens else spell(n)
    assert parse_number(words) == n
    assert parse_number(case(words)) == n


@given(st.integers(0, 10**9), st.sampled_from(" \u00a0\u202f."))
def test_figures_read_back_however_their_thousands_part(n: int, mark: str) -> None:
    assert parse_number(f"{n:,}".replace(",", mark)) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,6", "3.6"),
        ("3.6", "3.6"),
        ("1 200 000,50", "1200000.50"),
        ("1.200", "1200"),
        ("septante-deux", "72"),
        ("nonante et un", "91"),
        ("vingt-et-une", "21"),
        ("un million", "1000000"),
        ("un million et demi", "1500000"),
        ("un demi-million", "500000"),
        ("deux milliards", "2000000000"),
        ("3,6 millions", "3600000"),
        ("1.250 millions", "1250000"),
        ("cinq milliers", "5000"),
        ("trois cents millions", "300000000"),
    ],
)
def test_a_number_has_the_value_that_its_form_says(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "plusieurs", "unique", "dixième", "deux trois", "vingt cent", "12a4", "1,2,3"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("En 2022 500 000 visiteurs", ["2022", "500 000"]),
        ("trois millions cinq cent mille entrées", ["trois millions cinq cent mille"]),
        ("2 millions 500 000 entrées", ["2 millions 500 000"]),
        ("deux, trois ou quatre", ["deux", "trois", "quatre"]),
        ("le lot B12 et l'unité 4", ["4"]),
        ("la dixième et la centaine", []),
    ],
)
def test_numbers_are_found_whole_and_apart(text: str, surfaces: list[str]) -> None:
    assert [number.surface for number in find_numbers(text)] == surfaces
