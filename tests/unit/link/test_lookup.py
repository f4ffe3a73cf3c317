"""Names looked up in an index of the graph's entities."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.link.lookup import Lookup, Record

RECORDS = (
    Record("organization/inserm", ("Inserm", "Institut national de la santé et de la recherche médicale"), ("Body",)),
    Record("organization/inserm-transfert", ("Inserm Transfert",), ("Company",)),
    Record("organization/universite-d-evry", ("Université d'Évry", "UEVE"), ("University",)),
    Record("place/evry", ("Évry",), ("Place",)),
)
INDEX = Lookup.of(RECORDS)


@pytest.mark.parametrize(
    ("name", "key", "least"),
    [
        ("INSERM", "organization/inserm", 100),
        ("L'Inserm", "organization/inserm", 100),
        ("universite d’Evry", "organization/universite-d-evry", 100),
        ("Universite Evry", "organization/universite-d-evry", 90),
        ("Evry, université d'", "organization/universite-d-evry", 90),
        ("Insrem", "organization/inserm", 80),
        ("Institut national de la sante et de la recherche medicle", "organization/inserm", 95),
    ],
)
def test_a_name_as_somebody_wrote_it_finds_its_entity(name: str, key: str, least: float) -> None:
    best = INDEX.find(name)[0]
    assert best.record.key == key
    assert best.score >= least


def test_a_name_within_a_longer_one_is_only_a_hint() -> None:
    inserm, transfert = INDEX.find("Inserm")
    assert (inserm.score, transfert.record.key) == (100, "organization/inserm-transfert")
    assert transfert.score < 85


def test_a_type_leaves_the_others_out() -> None:
    assert [f.record.key for f in INDEX.find("Évry", types=frozenset({"Place"}))] == ["place/evry"]


@pytest.mark.parametrize("name", ["", "   ", "Laboratoire sans réponse", "«»"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    assert INDEX.find(name) == ()


def test_a_prefix_finds_names_and_words_of_names_page_by_page() -> None:
    assert [r.key for r in INDEX.starting("év")] == ["place/evry", "organization/universite-d-evry"]
    assert [r.key for r in INDEX.starting("év", skip=1, limit=1)] == ["organization/universite-d-evry"]


@given(seed=st.integers(0, 1000), name=st.text(max_size=30))
def test_the_order_of_the_records_does_not_matter(seed: int, name: str) -> None:
    shuffled = list(RECORDS)
    random.Random(seed).shuffle(shuffled)
    assert Lookup.of(shuffled).find(name) == INDEX.find(name)


@given(name=st.text(max_size=60))
def test_every_score_is_a_share_and_the_best_comes_first(name: str) -> None:
    scores = [f.score for f in INDEX.find(name)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
