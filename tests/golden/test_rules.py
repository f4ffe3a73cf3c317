"""The catalogue of rules, the page that shows it, and the scale of confidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grappe.extract.confidence import Scale
from tests.rules import catalogue
from tests.rules.observed import Seen, gold_files, observe

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def seen() -> list[Seen]:
    return [*observe(gold_files([ROOT / "data" / "gold" / "dev", ROOT / "data" / "gold" / "held"]))]


def test_each_sentence_makes_its_rule_speak() -> None:
    silent = [rule for rule, text in catalogue.read_catalogue().items() if rule not in catalogue.rules_of(text)]
    assert not silent, "'make rules' looks for other sentences"


def test_every_rule_that_speaks_is_in_the_catalogue(seen: list[Seen]) -> None:
    spoke = {rule for one in seen for rule in one.rules}
    assert not spoke - {*catalogue.read_catalogue()}, "'make rules' adds new rules"


def test_the_page_lists_the_rules_that_exist() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE) == sorted(catalogue.read_catalogue())


def test_confidence_says_how_often_facts_are_right(seen: list[Seen]) -> None:
    scale = Scale.load(ROOT / "data" / "confidence.toml")
    sure = [(scale.sure(one.sign), one.right) for one in seen]
    assert sum(c < 0.7 for c, _ in sure) >= 0.08 * len(sure)
    assert sum(c > 0.95 for c, _ in sure) >= 0.1 * len(sure)
    rates = []
    for low, high in ((0.0, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.0)):
        band = [right for c, right in sure if low <= c < high]
        rates.append(sum(band) / len(band))
    assert rates == sorted(rates)
    assert rates[2] >= 0.8
    assert rates[3] >= 0.93
