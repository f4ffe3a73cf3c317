"""How sure each fact is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from grappe.extract.confidence import Scale, Sign, signs, weigh
from grappe.extract.extractor import state
from grappe.read import read_bytes

DATA = Path(__file__).resolve().parents[3] / "data"
SIGN = Sign("relations", "led-by", "ledBy", 0.9, again=1, spoken_of=3)


def test_without_anything_seen_a_rule_is_as_sure_as_it_states() -> None:
    assert Scale().sure(SIGN) == 0.9


def test_what_was_seen_pulls_the_more_the_more_was_seen() -> None:
    seldom, often = Scale({"led-by": (1, 4)}), Scale({"led-by": (25, 100)})
    assert 0.9 > seldom.sure(SIGN) > often.sure(SIGN) > 0.25


def test_a_rate_of_the_relation_counts_before_that_of_the_rule() -> None:
    right_here = Scale({"led-by": (50, 100), "led-by ledBy": (50, 50)})
    assert right_here.sure(SIGN) > right_here.sure(replace(SIGN, about="involves"))


def test_the_scale_that_grappe_comes_with_spreads_what_facts_are_worth() -> None:
    scale = Scale.load(DATA / "confidence.toml")
    assert {*scale.weights} == {"relations", "types"}
    path = DATA / "documents" / "00-genopole.txt"
    facts = state(read_bytes("x", path.read_bytes(), media_type=None, name=path.name), resources=DATA)
    sure = [e.confidence for s in weigh(facts, scale).statements for e in s.evidence]
    assert len({*sure}) > 10
    assert all(0 < one < 1 for one in sure)
    assert len(sure) == len([*signs(facts)])


def test_a_file_that_is_absent_leaves_what_rules_state(tmp_path: Path) -> None:
    assert Scale.load(tmp_path / "none.toml") == Scale()
