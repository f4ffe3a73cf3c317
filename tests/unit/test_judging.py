"""Decisions: what they change at once, that they stay, and that they can be taken back."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.errors import InputError, NotFound, ShapeViolation, StoreCorrupt
from grappe.model import Origin
from grappe.store.facts_file import read_facts
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.ledger import read_ledger
from tests.conftest import Run

ADA = pipeline.Signed("ada", "2026-01-01T00:00:00Z", "seen in the register")
LATER = pipeline.Signed("bob", "2026-01-02T00:00:00Z", "asked")
TWO = (
    "La société Exemplum, basée à Lyon, emploie 12 salariés.\n",
    "La société Novexandre, basée à Lyon, emploie 15 salariés.\n",
)


def everything(settings: Settings) -> list[str]:
    with open_generation(Home(settings.home)) as generation:
        return sorted(str(q) for q in generation.store)


def facts(settings: Settings, thing: str, predicate: str) -> dict[str, str]:
    """Return the ids of the facts about a thing by their objects."""
    stated = pipeline.explain(settings, settings.names.entity(thing))
    return {one.object: one.id for one in stated if one.predicate == predicate}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("two") / "home")
    given = [pipeline.Source(f"d{i}", text.encode(), Origin(f"d{i}.txt")) for i, text in enumerate(TWO)]
    assert {one.outcome for one in pipeline.add(settings, given)} == {"added"}
    return settings


@pytest.fixture
def two(built: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(built.home, tmp_path / "home")
    return replace(built, home=tmp_path / "home")


def test_two_keys_become_one_thing_and_two_again(two: Settings) -> None:
    before = everything(two)
    pipeline.judge_pair(two, ("organization/novexandre", "organization/exemplum"), "same", ADA)
    merged = everything(two)
    former = "<https://w3id.org/grappe/id/organization/novexandre>"
    assert not any(quad.startswith(former) for quad in merged)
    assert any(f"owl#sameAs> {former}" in quad for quad in merged)
    assert {*facts(two, "organization/exemplum", "grp:employeeCount")} == {"12", "15"}
    assert all(one.outcome == "unchanged" for one in pipeline.rebuild(two))
    assert everything(two) == merged
    pipeline.undo(two, ("organization/exemplum", "organization/novexandre"), LATER)
    assert everything(two) == before
    assert [noted.stands for noted in pipeline.judgements(two)] == [False, True]


def test_a_fact_that_is_rejected_stays_away_until_that_is_taken_back(two: Settings) -> None:
    before = everything(two)
    wrong = facts(two, "organization/exemplum", "grp:employeeCount")["12"]
    pipeline.judge_fact(two, wrong, "rejected", ADA)
    assert not facts(two, "organization/exemplum", "grp:employeeCount")
    assert [*pipeline.rebuild(two)]
    assert not facts(two, "organization/exemplum", "grp:employeeCount")
    pipeline.undo(two, (wrong,), LATER)
    assert everything(two) == before


def test_a_fact_that_is_corrected_says_who_did_it_and_keeps_its_passage(two: Settings) -> None:
    wrong = facts(two, "organization/exemplum", "grp:employeeCount")["12"]
    pipeline.judge_fact(two, wrong, "corrected", ADA, value="21")
    stated = pipeline.explain(two, two.names.entity("organization/exemplum"))
    (fact,) = (one for one in stated if one.predicate == "grp:employeeCount")
    assert (fact.object, fact.extractor, fact.confidence, fact.id) == ("21", "judgement:ada", "1", wrong)
    assert "12 salariés" in fact.quote
    pipeline.undo(two, (wrong,), LATER)
    assert {*facts(two, "organization/exemplum", "grp:employeeCount")} == {"12"}


def test_a_thing_without_its_class_goes_with_all_that_is_said_of_it(two: Settings) -> None:
    (class_,) = facts(two, "organization/exemplum", "rdf:type").values()
    pipeline.judge_fact(two, class_, "rejected", ADA)
    assert not any("id/organization/exemplum>" in quad for quad in everything(two))


def test_a_node_that_loses_what_it_joins_goes(home: Settings) -> None:
    (funder, *_) = (
        one
        for one in pipeline.explain(home, home.names.entity("organization/genopole"))
        if one.predicate == "org:member"
    )
    pipeline.judge_fact(home, funder.id, "rejected", ADA)
    left = pipeline.explain(home, home.names.entity("organization/genopole"))
    assert not any(one.subject == funder.subject for one in left)
    assert all(report.conforms for _, report in pipeline.check_all(home))


def test_a_correction_that_breaks_a_shape_is_refused_and_not_written(two: Settings) -> None:
    before = everything(two)
    fact = facts(two, "organization/exemplum", "grp:employeeCount")["12"]
    with pytest.raises(ShapeViolation):
        pipeline.judge_fact(two, fact, "corrected", ADA, value="douze")
    assert everything(two) == before
    assert not read_ledger(Home(two.home))


@pytest.mark.parametrize(
    ("pair", "error"),
    [
        (("organization/exemplum", "organization/exemplum"), InputError),
        (("organization/exemplum", "place/lyon"), InputError),
        (("organization/exemplum", "organization/nobody"), NotFound),
        (("organization/exemplum", "document/d0"), InputError),
    ],
)
def test_what_cannot_be_one_is_a_sentence(two: Settings, pair: tuple[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        pipeline.judge_pair(two, pair, "same", ADA)
    assert not read_ledger(Home(two.home))


def test_a_link_to_another_graph_is_kept_in_the_ledger(two: Settings) -> None:
    iri = "http://www.wikidata.org/entity/Q42"
    pipeline.judge_pair(two, (iri, "organization/exemplum"), "same", ADA, relation="skos:closeMatch")
    (noted,) = pipeline.judgements(two)
    assert (noted.decision.left, noted.decision.right) == ("organization/exemplum", iri)  # type: ignore[union-attr]


def test_a_line_cut_off_by_a_crash_does_not_count_and_is_cut_away(two: Settings) -> None:
    ledger = Home(two.home).ledger
    pipeline.judge_pair(two, ("organization/exemplum", "organization/novexandre"), "different", ADA)
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"record":"identity","left":"organi')
    assert len(read_ledger(Home(two.home))) == 1
    pipeline.judge_pair(two, ("organization/exemplum", "organization/novexandre"), "unsure", ADA)
    assert ledger.read_bytes().startswith(whole)
    assert len(read_ledger(Home(two.home))) == 2
    ledger.write_bytes(whole + b"{}\n")
    with pytest.raises(StoreCorrupt, match="Line 2"):
        read_ledger(Home(two.home))


def test_the_command_line_judges_lists_and_takes_back(run: Run, two: Settings) -> None:
    signed = ["--reason", "same register number", "--by", "ada", "--at", "2026-01-01T00:00:00Z"]
    pair = ["organization/exemplum", two.names.entity("organization/novexandre")]
    done = run("judge", *pair, "same", *signed, home=two.home)
    assert done.stdout == "same       organization/exemplum  organization/novexandre\n"
    (listed,) = json.loads(run("judgements", "--format", "json", home=two.home).stdout)
    assert (listed["verdict"], listed["by"], listed["reason"]) == ("same", "ada", "same register number")
    assert run("judge", *pair, "--undo", home=two.home).stdout.startswith("taken back")
    assert "Nobody has judged" in run("judgements", home=two.home).stderr
    assert run("judgements", "--all", home=two.home).stdout.count("ada") == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["organization/exemplum", "place/lyon", "same"], 2),
        (["organization/exemplum", "maybe", "--reason", "x"], 2),
        (["0123456789abcdef", "reject", "--reason", "x"], 6),
        (["organization/exemplum", "place/lyon", "--undo"], 6),
    ],
)
def test_a_judgement_that_cannot_be_made_says_what_to_do(
    run: Run, two: Settings, arguments: list[str], code: int
) -> None:
    result = run("judge", *arguments, home=two.home)
    assert result.exit_code == code
    assert "Traceback" not in result.stderr


def written(home: Path) -> dict[str, bytes]:
    """Return every file of a home but the originals."""
    return {str(p): p.read_bytes() for p in home.rglob("*") if p.is_file() and p.name != "original"}


def test_a_person_who_is_suppressed_leaves_no_trace_and_does_not_come_back(home: Settings) -> None:
    key, galy = "person/anne-galy", re.compile(r"galy", re.I)
    before = {one.predicate for one in pipeline.explain(home, home.names.entity(key))}
    assert before >= {"rdf:type", "org:headOf"}
    said = pipeline.Signed("ada", "2026-01-01T00:00:00Z", "Anne Galy asked")
    pipeline.judge_pair(home, (key, "http://www.wikidata.org/entity/Q42"), "same", said)
    assert pipeline.suppress(home, key, said) == ("00-genopole",)

    def gone() -> None:
        assert not galy.search("\n".join(everything(home)))
        with pytest.raises(NotFound):
            pipeline.explain(home, home.names.entity(key))
        facts = read_facts(Home(home.home).facts("00-genopole"))
        text = next(o for o in everything(home) if "plainText" in o)
        assert "████ ████" in text
        assert {e.label for e in facts.entities} >= {"ART-TG", "Annelise Bennaceur", "Genopole"}
        assert all(report.conforms for _, report in pipeline.check_all(home))
        files = written(home.home)
        assert not [name for name, body in files.items() if re.search(rb"anne.{0,3}galy", body, re.I)]

    gone()
    assert [noted.decision.reason for noted in pipeline.judgements(home)] == ["████ ████ asked"]
    assert [one.outcome for one in pipeline.rebuild(home)] == ["unchanged"]
    gone()
    again = "Pr Anne GALY, directrice du laboratoire ART-TG, a reçu la ministre à Évry. Mme Galy dirige ART-TG."
    (added,) = pipeline.add(home, [pipeline.Source("autre", again.encode(), Origin("autre.txt"))])
    assert added.outcome == "added"
    gone()


def test_only_people_who_are_named_can_be_suppressed(home: Settings) -> None:
    with pytest.raises(InputError, match="no person"):
        pipeline.suppress(home, "organization/genopole", ADA)
    with pytest.raises(NotFound):
        pipeline.suppress(home, "person/nobody", ADA)


def test_without_the_key_of_the_digests_nothing_is_added(home: Settings) -> None:
    pipeline.suppress(home, "person/anne-galy", ADA)
    (home.home / "suppression.key").unlink()
    with pytest.raises(StoreCorrupt, match="suppressed"):
        list(pipeline.add(home, [pipeline.Source("un", b"Bonjour \xc3\xa0 tous.", Origin("un.txt"))]))


def test_the_command_line_suppresses_and_tells_no_name(run: Run, home: Settings) -> None:
    result = run("suppress", "person/anne-galy", "--reason", "asked by letter", "--by", "ada", home=home.home)
    assert result.stdout == "suppressed a person in 1 document: 00-genopole\n"
    (listed,) = json.loads(run("judgements", "--format", "json", home=home.home).stdout)
    assert (listed["record"], listed["reason"]) == ("suppression", "asked by letter")
    assert "galy" not in json.dumps(listed).casefold()


def test_rules_join_names_of_several_documents_in_any_order_and_let_go(tmp_path: Path) -> None:
    texts = {
        "a": "La société Exemplum, basée à Lyon, emploie 12 salariés.\n",
        "b": "La société Exemplum SA, basée à Lyon, emploie 15 salariés.\n",
    }
    own = "<https://w3id.org/grappe/id/organization/exemplum-sa>"
    homes = []
    for name, order in (("one", "ab"), ("two", "ba")):
        settings = Settings(home=tmp_path / name)
        for id in order:
            list(pipeline.add(settings, [pipeline.Source(id, texts[id].encode(), Origin(f"{id}.txt"))]))
        homes.append(settings)
    one, two = homes
    assert everything(one) == everything(two)
    assert not any(quad.startswith(own) for quad in everything(one))
    (noted,) = pipeline.judgements(one)
    assert (noted.decision.by, noted.stands) == ("rule:legal-form", True)
    # A person's word stands over the rule's, also after a rebuild.
    pair = ("organization/exemplum", "organization/exemplum-sa")
    pipeline.undo(one, pair, ADA)
    assert any(quad.startswith(own) for quad in everything(one))
    assert {added.outcome for added in pipeline.rebuild(one)} == {"unchanged"}
    assert any(quad.startswith(own) for quad in everything(one))
    # What no document shows any more falls.
    pipeline.remove(two, "a")
    assert any(quad.startswith(own) for quad in everything(two))
    assert not any(noted.stands for noted in pipeline.judgements(two) if hasattr(noted.decision, "verdict"))
