"""Sums of money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grappe.extract.values import Money, find_money


def only(text: str) -> Money:
    (found,) = find_money(text)
    return found


@pytest.mark.parametrize(
    ("text", "surface", "amount"),
    [
        ("Le département verse 3,6 M€ au projet.", "3,6 M€", 3_600_000),
        ("Le département verse 3.6 M€ au projet.", "3.6 M€", 3_600_000),
        ("une aide de 1.250 M€", "1.250 M€", 1_250_000),
        ("une aide de 12 M d'euros", "12 M d'euros", 12_000_000),
        ("une aide de 12 M d’€", "12 M d’€", 12_000_000),
        ("une aide de 3,6 millions d'euros", "3,6 millions d'euros", 3_600_000),
        ("une aide de 3,6 millions d’euros", "3,6 millions d’euros", 3_600_000),
        ("une aide (25 Millions € sur trois ans)", "25 Millions €", 25_000_000),
        ("une aide de 450 k€", "450 k€", 450_000),
        ("une aide de 450K€.", "450K€", 450_000),
        ("une aide de 1 500 k€", "1 500 k€", 1_500_000),
        ("une aide de 80 keuros", "80 keuros", 80_000),
        ("une aide de 12 MEUR", "12 MEUR", 12_000_000),
        ("un plan de 2 Md€", "2 Md€", 2_000_000_000),
        ("un plan de 54 Mds€", "54 Mds€", 54_000_000_000),
        ("un plan de 1,5 milliard d'euros", "1,5 milliard d'euros", 1_500_000_000),
        ("un coût de 1 200 000 euros", "1 200 000 euros", 1_200_000),
        ("un coût de 1\u00a0200\u00a0000 €", "1\u00a0200\u00a0000 €", 1_200_000),
        ("un coût de 1\u202f200\u202f000\u202f€", "1\u202f200\u202f000\u202f€", 1_200_000),
        ("un coût de 1.200.000 €", "1.200.000 €", 1_200_000),
        ("un coût de 300000€HT", "300000€", 300_000),
        ("un coût de 2 000 000,50 € TTC", "2 000 000,50 €", Decimal("2000000.50")),
        ("douze millions d'euros", "douze millions d'euros", 12_000_000),
        ("Un million et demi d'euros", "Un million et demi d'euros", 1_500_000),
        ("deux cent cinquante mille euros", "deux cent cinquante mille euros", 250_000),
        ("un demi-million d'euros", "un demi-million d'euros", 500_000),
        ("trois millions cinq cent mille euros", "trois millions cinq cent mille euros", 3_500_000),
        ("une aide de 3 millions \nd'euros", "3 millions \nd'euros", 3_000_000),
        ("En 2022 500 000 € ont suivi.", "500 000 €", 500_000),
        ("raised € 3.5 million", "€ 3.5 million", 3_500_000),
    ],
)
def test_a_sum_is_read_in_full_euros(text: str, surface: str, amount: Decimal | int) -> None:
    found = only(text)
    assert (found.surface, found.amount, found.currency) == (surface, amount, "EUR")
    assert not found.range
    assert not found.bare


@pytest.mark.parametrize(
    ("text", "surface", "amount", "currency"),
    [
        ("un marché de 23 milliards de dollars en 2028", "23 milliards de dollars", 23_000_000_000, "USD"),
        ("une levée de 12 M$", "12 M$", 12_000_000, "USD"),
        ("une levée de $12M auprès de fonds", "$12M", 12_000_000, "USD"),
        ("une levée de 5 millions de dollars américains", "5 millions de dollars américains", 5_000_000, "USD"),
        ("un don de £500k", "£500k", 500_000, "GBP"),
        ("un don de 2 millions de livres sterling", "2 millions de livres sterling", 2_000_000, "GBP"),
        ("un don de 40 000 CHF", "40 000 CHF", 40_000, "CHF"),
        ("un don de 40 000 francs suisses", "40 000 francs suisses", 40_000, "CHF"),
        ("un budget de 10 millions de francs", "10 millions de francs", 10_000_000, "FRF"),
    ],
)
def test_a_sum_keeps_its_currency(text: str, surface: str, amount: int, currency: str) -> None:
    found = only(text)
    assert (found.surface, int(found.amount), found.currency) == (surface, amount, currency)


@pytest.mark.parametrize(
    ("text", "surface", "amount"),
    [
        ("entre 2 et 3 M€", "2 et 3 M€", 3_000_000),
        ("de 5 à 7 millions d'euros", "5 à 7 millions d'euros", 7_000_000),
        ("quelque 3 à 4 M€", "3 à 4 M€", 4_000_000),
        ("3-4 M€", "3-4 M€", 4_000_000),
        ("de 500 k€ à 2 M€", "500 k€ à 2 M€", 2_000_000),
        ("entre deux et trois millions d'euros", "deux et trois millions d'euros", 3_000_000),
    ],
)
def test_a_range_is_one_sum_that_says_so(text: str, surface: str, amount: int) -> None:
    found = only(text)
    assert (found.surface, int(found.amount), found.range) == (surface, amount, True)


@pytest.mark.parametrize(
    "text", ["3 M€ et 4 M€", "3 M€ – 4 M€", "le lot 12 et 4 M€", "7 partenaires, 4 M€", "2 M€ à 3 entreprises"]
)
def test_numbers_that_stand_beside_each_other_make_no_range(text: str) -> None:
    assert not any(found.range for found in find_money(text))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Le conseil donnera-t-il 15 millions ?", "15 millions"),
        ("débloquer dix millions par an", "dix millions"),
        ("3 millions de la Région", "3 millions"),
    ],
)
def test_millions_without_a_currency_are_bare(text: str, surface: str) -> None:
    found = only(text)
    assert (found.surface, found.bare) == (surface, True)


@pytest.mark.parametrize(
    "text",
    ["3 millions de patients", "deux millions d'habitants", "350 m²", "12 mars 2021", "1 500 €/m²", "l'euro", "12 M"],
)
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    assert list(find_money(text)) == []


def test_several_sums_come_in_order() -> None:
    found = find_money(
        "Le coût (3,2 M€) est couvert par l'État (1,2 M€), la ville (900 000 €) et un don de 400 000 euros."
    )
    assert [money.amount for money in found] == [3_200_000, 1_200_000, 900_000, 400_000]
