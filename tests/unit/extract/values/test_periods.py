"""Spans of years."""

from __future__ import annotations

import datetime

import pytest

from grappe.extract.values import Period, find_periods


def only(text: str, issued: datetime.date | None = None) -> Period:
    (found,) = find_periods(text, issued=issued)
    return found


@pytest.mark.parametrize(
    ("text", "surface", "years", "cue"),
    [
        ("pour 2021/2023", "2021/2023", (2021, 2023), "pour"),
        ("le plan 2021-2023", "2021-2023", (2021, 2023), ""),
        ("le plan 2022–2027", "2022–2027", (2022, 2027), ""),
        ("le plan 2022 - 2027", "2022 - 2027", (2022, 2027), ""),
        ("le plan (2015-2020)", "2015-2020", (2015, 2020), ""),
        ("de 2016 à 2020", "de 2016 à 2020", (2016, 2020), "de"),
        ("Entre 2021 et 2027", "Entre 2021 et 2027", (2021, 2027), "entre"),
        ("sur la période 2021-2027", "2021-2027", (2021, 2027), "période"),
        ("le contrat triennal 2021-2023", "2021-2023", (2021, 2023), "triennal"),
        ("pour trois ans à compter de 2022", "pour trois ans à compter de 2022", (2022, 2024), "pour"),
        ("sur 5 ans à partir du 1er janvier 2022", "sur 5 ans à partir du 1er janvier 2022", (2022, 2026), "sur"),
        ("pour un an à compter de 2022", "pour un an à compter de 2022", (2022, 2022), "pour"),
        ("l'année 2021-22", "2021-22", (2021, 2022), "année"),
    ],
)
def test_a_span_of_years_is_read(text: str, surface: str, years: tuple[int, int], cue: str) -> None:
    found = only(text)
    assert (found.surface, (found.start_year, found.end_year), found.cue) == (surface, years, cue)


def test_years_from_this_one_on_need_the_date_of_issue() -> None:
    text = "pour quatre ans à compter de cette année"
    found = only(text, datetime.date(2023, 6, 12))
    assert (found.start_year, found.end_year) == (2023, 2026)
    assert list(find_periods(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "le 2021-03-12",
        "la délibération 2022-268",
        "l'acte 2021-45",
        "en 2021-12",
        "de 2023 à 2021",
        "pour trois ans",
        "de 2016 à 2020 euros",
        "tél. 04 2021-2022-2023",
        "en 2021",
        "1200-1500",
    ],
)
def test_what_is_no_span_of_years_is_left_alone(text: str) -> None:
    assert list(find_periods(text)) == []
