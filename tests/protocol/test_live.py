"""Live services asked for our things: this project's own endpoint stands for theirs, on loopback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.errors import RemoteError
from grappe.fetch import Manners
from tests.conftest import Run

QUICK = Manners(per_second=500, tries=1, timeout=20)
AT = "2026-01-31T12:00:00Z"
THEIRS = "https://w3id.org/grappe/id/organization/genopole"


@pytest.fixture
def ours(genopole: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A graph of the same document under another base, so that its things are others' to the endpoint's."""
    settings = replace(genopole, home=tmp_path_factory.mktemp("ours") / "home", base="https://example.org/graph/")
    assert [one.outcome for one in pipeline.add(settings, pipeline.demo_sources(settings))] == ["added"]
    return settings


@pytest.mark.parametrize("path", ["/reconcile", "/sparql"])
def test_what_a_service_proposes_is_left_to_a_person(ours: Settings, endpoint: str, path: str) -> None:
    proposed = pipeline.link_live(ours, [endpoint + path], at=AT, manners=QUICK)
    best = {one.entity: one.identifier for one in reversed(proposed)}
    assert best["organization/genopole"] == THEIRS
    assert not {key for key in best if key.startswith("person/")}
    assert THEIRS in {one.address for one in pipeline.open_links(ours)}
    # The same question is not put to anybody twice: answers are kept, and so is what they proposed.
    assert pipeline.link_live(ours, [endpoint + path], at=AT, manners=QUICK) == []


def test_a_dry_run_decides_nothing_and_what_is_not_there_is_a_sentence(ours: Settings, endpoint: str) -> None:
    assert pipeline.link_live(ours, [f"{endpoint}/reconcile"], at=AT, dry_run=True, manners=QUICK)
    assert pipeline.open_links(ours) == []
    with pytest.raises(RemoteError, match="does not answer"):
        pipeline.link_live(ours, ["http://127.0.0.1:9/"], at=AT, manners=QUICK)


def test_the_verb_asks_a_service_only_where_it_is_named(home: Settings, endpoint: str, run: Run) -> None:
    without = run("link", "--dry-run", "--at", AT, home=home.home)
    assert without.exit_code == 0
    assert not (home.home / "live.sqlite").exists()
    asked = run("link", "--dry-run", "--at", AT, "--live", f"{endpoint}/health", home=home.home)
    assert (asked.exit_code, "answers 405" in asked.stderr) == (1, True)
