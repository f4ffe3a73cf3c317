"""Dates, exactly as precise as the text is."""

from __future__ import annotations

import datetime

import pytest

from grappe.extract.values import Date, find_dates, xsd

ISSUED = datetime.date(2023, 6, 12)  # a Monday


def only(text: str, issued: datetime.date | None = None) -> Date:
    (found,) = find_dates(text, issued=issued)
    return found


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("signé le 12 mars 2021 à Lyon", "12 mars 2021", "2021-03-12"),
        ("le 1er juin 2019", "1er juin 2019", "2019-06-01"),
        ("le 7 FÉVRIER 2025", "7 FÉVRIER 2025", "2025-02-07"),
        ("le 7 fevrier 2025", "7 fevrier 2025", "2025-02-07"),
        ("le 15 aout 2020", "15 aout 2020", "2020-08-15"),
        ("le 3 déc. 2020", "3 déc. 2020", "2020-12-03"),
        ("Brest, lundi 3 mai 2021", "lundi 3 mai 2021", "2021-05-03"),
        ("dès le lundi 3 mai 2021", "le lundi 3 mai 2021", "2021-05-03"),
        ("ce lundi 3 mai 2021", "ce lundi 3 mai 2021", "2021-05-03"),
        ("inauguré ce 30 mars 2021", "ce 30 mars 2021", "2021-03-30"),
        ("le 12\u00a0mars\n2021", "12\u00a0mars\n2021", "2021-03-12"),
        ("publié le 12/03/2021 à 9h", "12/03/2021", "2021-03-12"),
        ("publié le 5.3.2021", "5.3.2021", "2021-03-05"),
        ("version 2021-03-12", "2021-03-12", "2021-03-12"),
        ("le 29 février 2024", "29 février 2024", "2024-02-29"),
    ],
)
def test_a_day_is_read(text: str, surface: str, lexical: str) -> None:
    found = only(text)
    assert (found.surface, found.relative, found.end_lexical) == (surface, False, None)
    assert xsd(found) == (lexical, "xsd:date")


@pytest.mark.parametrize(
    ("text", "surface", "first", "last"),
    [
        ("du 3 au 5 juin 2021", "3 au 5 juin 2021", "2021-06-03", "2021-06-05"),
        ("les 3 et 4 juin 2021", "3 et 4 juin 2021", "2021-06-03", "2021-06-04"),
        ("les 3, 4 et 5 juin 2021", "3, 4 et 5 juin 2021", "2021-06-03", "2021-06-05"),
        ("les 3-5 juin 2021", "3-5 juin 2021", "2021-06-03", "2021-06-05"),
        ("du 30 mai au 2 juin 2021", "30 mai au 2 juin 2021", "2021-05-30", "2021-06-02"),
        ("du 28 décembre au 3 janvier 2022", "28 décembre au 3 janvier 2022", "2021-12-28", "2022-01-03"),
        ("du jeudi 3 au samedi 5 juin 2021", "jeudi 3 au samedi 5 juin 2021", "2021-06-03", "2021-06-05"),
    ],
)
def test_several_days_have_a_first_and_a_last(text: str, surface: str, first: str, last: str) -> None:
    found = only(text)
    assert (found.surface, found.lexical, found.end_lexical, found.precision) == (surface, first, last, "day")


@pytest.mark.parametrize(
    ("text", "surface", "lexical", "last"),
    [
        ("créée en mars 2021", "mars 2021", "2021-03", None),
        ("MARS 2021", "MARS 2021", "2021-03", None),
        ("livré fin mars 2021", "fin mars 2021", "2021-03", None),
        ("à la mi-mars 2021", "mi-mars 2021", "2021-03", None),
        ("en mars et avril 2021", "mars et avril 2021", "2021-03", "2021-04"),
        ("de décembre à février 2021", "décembre à février 2021", "2020-12", "2021-02"),
        ("échéance : 03/2021", "03/2021", "2021-03", None),
    ],
)
def test_a_month_is_read(text: str, surface: str, lexical: str, last: str | None) -> None:
    found = only(text)
    assert (found.surface, found.end_lexical) == (surface, last)
    assert xsd(found) == (lexical, "xsd:gYearMonth")


@pytest.mark.parametrize(
    ("text", "surface", "lexical"),
    [
        ("ouvert en 2020.", "2020", "2020"),
        ("Depuis 2019, elle", "2019", "2019"),
        ("dès 2024", "2024", "2024"),
        ("d'ici 2026", "2026", "2026"),
        ("d’ici à 2026", "2026", "2026"),
        ("d'ici fin 2026", "fin 2026", "2026"),
        ("à l'horizon 2030", "2030", "2030"),
        ("début 2024", "début 2024", "2024"),
        ("mi-2025", "mi-2025", "2025"),
        ("au premier semestre 2024", "premier semestre 2024", "2024"),
        ("au 2e trimestre de 2024", "2e trimestre de 2024", "2024"),
        ("au T3 2024", "T3 2024", "2024"),
        ("au printemps 2022", "printemps 2022", "2022"),
        ("à l'été 2022", "été 2022", "2022"),
        ("une jeune pousse (1998) du bassin", "1998", "1998"),
        ("à compter de 2022", "2022", "2022"),
    ],
)
def test_a_year_is_read_where_a_word_says_that_it_is_one(text: str, surface: str, lexical: str) -> None:
    found = only(text)
    assert found.surface == surface
    assert xsd(found) == (lexical, "xsd:gYear")


@pytest.mark.parametrize(
    ("text", "surface", "lexical", "precision"),
    [
        ("le jeudi 4 septembre à 11 heures", "le jeudi 4 septembre", "2023-09-04", "day"),
        ("elle emménagera en juin", "juin", "2023-06", "month"),
        ("en décembre dernier", "décembre dernier", "2022-12", "month"),
        ("en mars prochain", "mars prochain", "2024-03", "month"),
        ("le 20 juin dernier", "20 juin dernier", "2022-06-20", "day"),
        ("le 2 juin dernier", "2 juin dernier", "2023-06-02", "day"),
        ("le 2 juin prochain", "2 juin prochain", "2024-06-02", "day"),
        ("signé ce jour", "ce jour", "2023-06-12", "day"),
        ("ouvre aujourd’hui", "aujourd’hui", "2023-06-12", "day"),
        ("visité ce matin", "ce matin", "2023-06-12", "day"),
        ("signé ce lundi", "ce lundi", "2023-06-12", "day"),
        ("lancé l'an dernier", "l'an dernier", "2022", "year"),
        ("prévu l’année prochaine", "l’année prochaine", "2024", "year"),
    ],
)
def test_what_leaves_its_year_open_follows_from_the_date_of_issue(
    text: str, surface: str, lexical: str, precision: str
) -> None:
    found = only(text, ISSUED)
    assert (found.surface, found.lexical, found.precision, found.relative) == (surface, lexical, precision, True)
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "le 31 février 2021",
        "le 29 février 2023",
        "le 45 mars",
        "le 12/13/2021",
        "du 5 au 3 juin 2021",
        "en 2000 m²",
        "dès 2000 euros",
        "de 2 021 salariés",
        "2021 salariés",
        "en 2021-2023",
        "un lot (1200)",
        "la loi 2019-486",
        "ce mardi",  # the text is of a Monday
        "tél. 05 12 20 21",
        "le Maire a été 2021 fois",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert list(find_dates(text, issued=ISSUED)) == []


def test_dates_come_in_order() -> None:
    found = find_dates("En 2020, puis le 3 mai 2021 et dès juin 2021, enfin (2022) et fin 2023.")
    assert [date.lexical for date in found] == ["2020", "2021-05-03", "2021-06", "2022", "2023"]
