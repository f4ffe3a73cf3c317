"""The targets of linking, on real registers: what is linked is right, and little that is there is missed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from grappe.config import Settings
from grappe.link.match import Matcher, settle
from grappe.link.profile import profiles
from grappe.model import Resolution
from grappe.store.facts_file import read_facts
from grappe.store.home import Home
from tests.links.measure import CASES, matcher, measure

#: The schemes that the pairs of the press release are counted in.
COUNTED = {"ror", "rnsr", "wikidata", "insee", "insee-departement", "insee-region"}
PAIRS = Path(__file__).parent / "genopole_pairs.csv"


@pytest.fixture(scope="module")
def using(shared: Path) -> Iterator[Matcher]:
    with matcher(shared / "authorities") as found:
        yield found


def test_the_press_release_is_linked_to_what_is_known_to_be_the_same(using: Matcher, genopole: Settings) -> None:
    """Pairs of an entity of the graph and a scheme, among what was verified by hand and a loaded excerpt holds.

    The municipality that the text names is not the territory of the same name: it has a SIREN and no INSEE code.
    """
    facts = read_facts(Home(genopole.home).facts("00-genopole"))
    every = profiles([facts], Resolution(), territories=using.territories)
    made = {
        (p.key, p.scheme, p.identifier)
        for p in settle(p for profile in every for p in using.match(profile))
        if p.outcome == "accepted"
    }
    with PAIRS.open(encoding="utf-8", newline="") as file:
        wanted = {(row["key"], row["scheme"], row["identifier"]) for row in csv.DictReader(file)}
    counted = {pair for pair in made if pair[1] in COUNTED}
    assert counted <= wanted  # precision 1.00
    assert len(counted & wanted) >= 0.9 * len(wanted)
    assert ("organization/ville-d-evry-courcouronnes", "siren", "200083525") in made


def test_names_as_texts_write_them(using: Matcher) -> None:
    with CASES.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) >= 400
    found = measure(CASES, using)
    assert found.precision >= 0.98, "\n".join(found.lines)
    assert found.recall >= 0.91, "\n".join(found.lines)
