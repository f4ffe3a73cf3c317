"""The graph cut by confidence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.errors import StoreError
from grappe.evaluate import backing, draw
from grappe.iri import expand
from grappe.store.contents import facts_of
from grappe.store.export import select_all
from grappe.store.facts_file import read_facts, write_facts
from grappe.store.generations import open_generation
from grappe.store.home import Home
from tests.conftest import Run


def quads(settings: Settings) -> list[ox.Quad]:
    with open_generation(Home(settings.home)) as generation:
        return select_all(generation.store, names=settings.names, evidence=True)


def confidences(settings: Settings) -> list[float]:
    wanted = ox.NamedNode(expand("grp:confidence"))
    return [float(q.object.value) for q in quads(settings) if q.predicate == wanted]  # type: ignore[union-attr]


def test_what_is_left_is_as_sure_as_asked_and_stands_by_itself(home: Settings) -> None:
    whole = sorted(confidences(home))
    threshold = whole[len(whole) // 2]
    cut = pipeline.confident(home, threshold)
    left = confidences(cut)
    assert left
    assert len(left) < len(whole)
    with open_generation(Home(cut.home)) as generation:
        facts = facts_of(generation.store, "00-genopole", names=home.names)
        evidence = [
            *generation.store.quads_for_pattern(
                None, None, None, ox.NamedNode(home.names.evidence_graph("00-genopole"))
            )
        ]
        drawn = draw(facts)
        backed = backing(facts, evidence, drawn.things)
        said = {(q.subject, q.predicate, q.object) for q in facts}
        default = {
            (q.subject, q.predicate, q.object)
            for q in generation.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        }
    assert backed.held.covered == backed.held.facts
    assert all(max(p.confidence for p in found) >= threshold for found in backed.passages.values())
    assert {t for t in said if t[1].value not in (expand("rdfs:label"), expand("skos:altLabel"))} <= default
    funded = [s for s, p, _ in default if p.value == expand("grp:funder")]
    assert all(any(s == f and p.value == expand("grp:beneficiary") for s, p, _ in default) for f in funded)
    assert {f[1] for f in drawn.facts if f[0] != "type"} <= {*drawn.things}


def test_nothing_is_cut_at_zero_and_the_home_stays_as_it_was(home: Settings) -> None:
    before = quads(home)
    assert quads(pipeline.confident(home, 0.0)) == before
    assert quads(home) == before


def test_a_changed_graph_is_cut_anew(home: Settings) -> None:
    first = pipeline.confident(home, 0.5).home
    assert pipeline.confident(home, 0.5).home == first
    pipeline.remove(home, "00-genopole")
    second = pipeline.confident(home, 0.5)
    assert second.home != first
    assert not first.exists()
    assert confidences(second) == []


def test_a_thing_of_which_nothing_sure_is_said_goes(home: Settings) -> None:
    path = Home(home.home).facts("00-genopole")
    facts = read_facts(path)
    doubtful = [s for s in facts.statements if s.predicate == "org:headOf"]
    assert doubtful
    weak = tuple(
        replace(s, evidence=tuple(replace(e, confidence=0.1 if s in doubtful else 1.0) for e in s.evidence))
        for s in facts.statements
    )
    write_facts(path, replace(facts, statements=weak))
    left = quads(pipeline.confident(home, 0.5))
    assert not [q for q in left if q.predicate.value == expand("org:headOf")]
    assert [q for q in left if q.predicate.value == expand("org:member")]


def test_export_cuts_by_confidence(home: Settings, run: Run) -> None:
    whole = run("export", "--format", "ntriples", home=home.home).stdout.splitlines()
    cut = run("export", "--format", "ntriples", "--min-confidence", "0.9", home=home.home).stdout.splitlines()
    assert 0 < len(cut) < len(whole)
    assert {*cut} <= {*whole}


def test_without_a_graph_there_is_nothing_to_cut(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        pipeline.confident(Settings(home=tmp_path / "none"), 0.5)
