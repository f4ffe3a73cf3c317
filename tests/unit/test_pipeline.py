"""The verbs on a home: what a document may do to the store, and what it may not."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.errors import ShapeViolation
from grappe.model import Origin
from grappe.store.facts_file import dump_facts, load_facts, read_facts
from grappe.store.generations import current_number, open_generation
from grappe.store.home import Home

FIRM = "La société Exemplum, basée à Lyon, emploie 12 salariés.\n"


def add(settings: Settings, text: str, *, id: str = "exemplum") -> pipeline.Added:
    source = pipeline.Source(id, text.encode(), Origin(f"{id}.txt"))
    (added,) = pipeline.add(settings, [source])
    return added


def everything(settings: Settings) -> list[str]:
    with open_generation(Home(settings.home)) as generation:
        return sorted(str(q) for q in generation.store)


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def test_a_changed_document_replaces_what_it_stated(empty: Settings) -> None:
    assert add(empty, FIRM).outcome == "added"
    assert add(empty, FIRM.replace("12", "15")).outcome == "replaced"
    count = ox.NamedNode("https://w3id.org/grappe/ontology#employeeCount")
    with open_generation(Home(empty.home)) as generation:
        values = {q.object.value for q in generation.store.quads_for_pattern(None, count, None, None)}  # type: ignore[union-attr]
    assert values == {"15"}


def test_a_document_that_goes_leaves_no_trace(empty: Settings) -> None:
    add(empty, FIRM)
    before = everything(empty)
    add(empty, "La société Secunda, basée à Nantes, emploie 20 salariés.\n", id="secunda")
    pipeline.remove(empty, "secunda")
    assert everything(empty) == before


def test_facts_that_break_a_shape_are_refused_whole(home: Settings, tmp_path: Path) -> None:
    strict = tmp_path / "strict"
    for folder in ("ontology", "data"):
        shutil.copytree(home.shared / folder, strict / folder)
    with (strict / "ontology" / "shapes.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "\n<https://example.org/few> a sh:NodeShape ; sh:targetClass grp:Company ; sh:property [\n"
            '  sh:path grp:employeeCount ; sh:maxInclusive 10 ; sh:message "At most ten."@en ] .\n'
        )
    before, number = everything(home), current_number(Home(home.home))
    added = add(replace(home, shared=strict), FIRM)
    assert added.outcome == "refused"
    assert isinstance(added.error, ShapeViolation)
    assert "Exemplum" in str(added.error)
    assert "At most ten." in str(added.error)
    assert (everything(home), current_number(Home(home.home))) == (before, number)
    assert Home(home.home).ids() == ("00-genopole",)


def test_facts_on_disk_read_back_as_they_were(genopole: Settings) -> None:
    facts = read_facts(Home(genopole.home).facts("00-genopole"))
    assert load_facts(dump_facts(facts)) == facts
    assert dump_facts(load_facts(dump_facts(facts))) == dump_facts(facts)


def test_every_statement_quotes_the_text_that_it_points_to(genopole: Settings) -> None:
    text = (genopole.data / "documents" / "00-genopole.txt").read_text(encoding="utf-8")
    facts = read_facts(Home(genopole.home).facts("00-genopole"))
    assert facts.statements
    for statement in facts.statements:
        assert statement.evidence
        for evidence in statement.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
            assert 0 <= evidence.confidence <= 1


def test_another_base_moves_entities_and_graphs_and_not_the_ontology(empty: Settings) -> None:
    moved = replace(empty, base="https://example.org/kg/")
    add(moved, FIRM)
    quads = everything(moved)
    assert any("<https://example.org/kg/id/organization/exemplum>" in q for q in quads)
    assert any("<https://example.org/kg/id/theme/" in q for q in quads)
    assert not any("https://w3id.org/grappe/id/" in q or "https://w3id.org/grappe/graph/" in q for q in quads)
    assert any("https://w3id.org/grappe/ontology#Company" in q for q in quads)


def test_a_writer_that_is_killed_leaves_the_last_whole_generation(home: Settings) -> None:
    before = everything(home)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from grappe.config import Settings; from grappe.ontology import Schema\n"
        "from grappe.store.home import Home; from grappe.store.writer import writing\n"
        "s = Settings(home=Path(sys.argv[1]))\n"
        "with writing(Home(s.home), names=s.names, schema=Schema.load(s.ontology), wait=1) as writer:\n"
        "    writer.withdraw('00-genopole'); writer.store.flush(); os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(home.home)], timeout=60, check=False)
    assert done.returncode == -9
    assert everything(home) == before
    # The next writer begins from that generation too.
    assert add(home, FIRM).outcome == "added"
    pipeline.remove(home, "exemplum")
    assert everything(home) == before


def test_a_full_disk_is_a_sentence_and_loses_nothing(home: Settings) -> None:
    before = everything(home)
    (home.home.parent / "new.txt").write_text(FIRM * 50, encoding="utf-8")

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = subprocess.run(
        [sys.executable, "-m", "grappe", "--home", str(home.home), "add", str(home.home.parent / "new.txt")],
        preexec_fn=small_files,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert everything(home) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_may_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    settings = Settings(home=tmp_path / "closed" / "home")
    with pytest.raises(Exception, match="may not be written"):
        add(settings, FIRM)
