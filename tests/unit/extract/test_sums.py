"""Sums that leave to the words before what these have said."""

from __future__ import annotations

import pytest

from grappe.extract.sums import find_sums


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Elle coûtera 20 M€. L'État en finance 12 millions, la Région 5 millions.", [20_000_000, 12_000_000, 5_000_000]),
        ("L'addition atteint 6,3 M€. La Région en a pris 2,2 à sa charge.", [6_300_000, 2_200_000]),
        ("Le Département y a consacré 350 000 € et la Communauté (CASA) 120 000.", [350_000, 120_000]),
        ("Un budget de 3 M€. Le site compte 2 millions de visiteurs et 12 000 adhérents.", [3_000_000]),
        ("Elle a vendu pour 3 M€. La ville compte 2 millions d'habitants.", [3_000_000]),
        ("Ils ont reçu 350 000 €. Le laboratoire compte 120 000.", [350_000]),
    ],
)  # fmt: skip
def test_what_the_words_before_have_said(text: str, amounts: list[int]) -> None:
    assert [int(m.amount) for m in find_sums(text)] == amounts
