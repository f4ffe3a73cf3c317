"""`grappe link`, `review` and `sssom`, on the press release and the built-in authority."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from grappe import pipeline
from grappe.config import Settings
from grappe.model import Judgement
from grappe.pipeline import publishing
from grappe.store.contents import links_of_named
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.ledger import read_ledger

Run = Callable[..., Result]
AT = "2026-01-02T03:04:05Z"
INSERM = "organization/inserm"
ROR_INSERM = "https://ror.org/02vjkv261"
LINKS = "https://w3id.org/grappe/graph/links"


@pytest.fixture(scope="module")
def linked_once(genopole: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("linked") / "home"
    shutil.copytree(genopole.home, folder)
    settings = replace(genopole, home=folder)
    pipeline.link(settings, at=AT)
    return settings


@pytest.fixture
def linked(linked_once: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(linked_once.home, tmp_path / "linked")
    return replace(linked_once, home=tmp_path / "linked")


def ask(settings: Settings, pattern: str) -> list[tuple[str, ...]]:
    """Return the rows of a pattern in the graph of links, in order."""
    with open_generation(Home(settings.home)) as generation:
        prefixes = {"owl": "http://www.w3.org/2002/07/owl#", "grp": "https://w3id.org/grappe/ontology#"}
        prefixes |= {
            "sssom": "https://w3id.org/sssom/",
            "void": "http://rdfs.org/ns/void#",
            "schema": "https://schema.org/",
        }
        prefixes |= {
            "geo": "http://www.opengis.net/ont/geosparql#",
            "geof": "http://www.opengis.net/def/function/geosparql/",
        }
        prefixes["dct"] = "http://purl.org/dc/terms/"
        answer = generation.store.query(
            f"SELECT * {{ GRAPH <{LINKS}> {{ {pattern} }} }}", prefixes=prefixes, base_iri="https://w3id.org/grappe/id/"
        )
        return sorted(tuple(getattr(term, "value", "") for term in row) for row in answer)  # type: ignore[union-attr]


def test_each_link_is_a_line_of_the_ledger_with_its_rule_score_and_reasons(linked: Settings) -> None:
    lines = [one for one in read_ledger(Home(linked.home)) if isinstance(one, Judgement)]
    (found,) = [one for one in lines if one.left == INSERM and one.right == ROR_INSERM]
    assert (found.verdict, found.by, found.at, found.relation) == ("same", "rule:link-context", AT, "owl:sameAs")
    assert found.score is not None
    assert found.score >= 0.9
    assert "« Inserm » is its name" in found.reason


def test_the_graph_has_links_identifiers_and_how_they_came_about(linked: Settings) -> None:
    assert (ROR_INSERM,) in ask(linked, f"<{INSERM}> owl:sameAs ?same")
    assert ask(linked, f"<{INSERM}> grp:rorId ?id") == [("02vjkv261",)]
    assert ask(linked, "<organization/region-ile-de-france> grp:siren ?siren") == [("237500079",)]
    (row,) = ask(
        linked,
        f"?m a owl:Axiom ; owl:annotatedSource <{INSERM}> ; owl:annotatedTarget <{ROR_INSERM}> ; dct:created ?date ; "
        "sssom:mapping_justification ?how ; sssom:object_source ?source ; sssom:object_source_version ?of",
    )
    assert "https://w3id.org/semapv/vocab/CompositeMatching" in row
    assert {"2026-01-02", "2026-11-23", "https://w3id.org/grappe/id/authority/built-in"} <= {*row}


def test_sets_of_links_are_described_with_their_counts(linked: Settings) -> None:
    described = ask(linked, "?s a void:Linkset ; void:triples ?n BIND(CONCAT(STR(?n), ' ', STR(?s)) AS ?both)")
    counted = {cell.rpartition("#")[2]: int(cell.split()[0]) for row in described for cell in row if " " in cell}
    assert counted["ror-sameAs"] == len(ask(linked, "?s owl:sameAs ?o FILTER(STRSTARTS(STR(?o), 'https://ror.org/'))"))


def test_places_have_coordinates_that_distances_are_measured_from(linked: Settings) -> None:
    paris = '"POINT(2.3522 48.8566)"^^geo:wktLiteral'
    metre = "<http://www.opengis.net/def/uom/OGC/1.0/metre>"
    pattern = f"<place/essonne> geo:hasGeometry ?g . ?g geo:asWKT ?w BIND(geof:distance(?w, {paris}, {metre}) AS ?d)"
    (row,) = ask(linked, pattern)
    (metres,) = [float(cell) for cell in row if cell.replace(".", "").isdigit()]
    assert 20_000 < metres < 60_000


def test_what_is_said_is_not_said_again_and_a_rebuild_gives_the_same(linked: Settings) -> None:
    ledger = read_ledger(Home(linked.home))
    assert pipeline.link(linked, at="2026-02-02T00:00:00Z") == []
    assert read_ledger(Home(linked.home)) == ledger
    before = ask(linked, "?s ?p ?o")
    list(pipeline.rebuild(linked))
    assert ask(linked, "?s ?p ?o") == before


def test_a_person_who_says_no_is_not_asked_again(linked: Settings, run: Run) -> None:
    home = linked.home
    assert run("judge", INSERM, ROR_INSERM, "different", "--reason", "no", "--by", "ada", home=home).exit_code == 0
    assert (ROR_INSERM,) not in ask(linked, f"<{INSERM}> owl:sameAs ?same")
    assert pipeline.link(linked, at=AT) == []
    assert run("judge", INSERM, ROR_INSERM, "--undo", home=home).exit_code == 0
    assert (ROR_INSERM,) in ask(linked, f"<{INSERM}> owl:sameAs ?same")


def test_links_of_what_no_document_names_leave_the_graph(linked: Settings) -> None:
    pipeline.remove(linked, "00-genopole")
    assert ask(linked, "?s ?p ?o") == []
    list(pipeline.add(linked, pipeline.demo_sources(linked)))
    assert (ROR_INSERM,) in ask(linked, f"<{INSERM}> owl:sameAs ?same")


def test_links_that_follow_documents_are_those_that_are_made_anew(linked: Settings, run: Run, tmp_path: Path) -> None:
    """Each change looks at the things that it names and at no other; what comes of it is the same."""
    long = "organization/secretariat-general-pour-l-investissement"
    pipeline.decide(linked, [Judgement(long, "organization/sgpi", "same", "ada", AT, "its acronym")])
    texts = {
        "a": "L'Inserm et le CNRS soutiennent Genopole. L'Université d'Évry s'installe à Évry-Courcouronnes.",
        "b": "LE GENOPOLE, à Paris, accueille l'INSERM et la Région Bretagne.",
    }
    for step in ("a", "b", "-00-genopole", "-a", "-b"):
        if step.startswith("-"):
            pipeline.remove(linked, step[1:])
        else:
            (tmp_path / f"{step}.txt").write_text(texts[step], encoding="utf-8")
            assert run("add", tmp_path / f"{step}.txt", home=linked.home).exit_code == 0
        with publishing.writing_to(linked) as writer:
            followed = {*writer.store.quads_for_pattern(None, None, None, writer.base.links)}
            assert writer.links_state
            writer.link(())
            publishing.put_links(linked, writer)
            assert followed == {*writer.store.quads_for_pattern(None, None, None, writer.base.links)}
    assert not followed


def test_a_merged_thing_keeps_its_former_address_and_explain_says_why(linked: Settings, run: Run) -> None:
    long = "organization/secretariat-general-pour-l-investissement"
    pipeline.decide(linked, [Judgement(long, "organization/sgpi", "same", "ada", AT, "its acronym")])
    assert ask(linked, "<organization/sgpi> owl:sameAs ?former") == [(f"https://w3id.org/grappe/id/{long}",)]
    shown = run("explain", "organization/sgpi", home=linked.home).stdout
    assert f"owl:sameAs  {long}\n    its acronym  (ada)" in shown


def test_a_theme_matches_a_concept_exactly(home: Settings, tmp_path: Path) -> None:
    file = tmp_path / "themes.csv"
    file.write_text(
        "item,itemLabel,kind\nhttp://www.wikidata.org/entity/Q213901,thérapie génique,Theme\n", encoding="utf-8"
    )
    pipeline.add_authority(home, "wikidata", file)
    pipeline.link(home, at=AT)
    found = ask(home, "<theme/therapie-genique> <http://www.w3.org/2004/02/skos/core#exactMatch> ?concept")
    assert found == [("http://www.wikidata.org/entity/Q213901",)]


def test_review_asks_for_what_is_open(home: Settings, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "result.csv"
    file.write_text("item,itemLabel\nhttp://www.wikidata.org/entity/Q1,Synsight\n", encoding="utf-8")
    pipeline.add_authority(home, "wikidata", file)
    new = pipeline.link(home, at=AT)
    assert [(p.key, p.identifier) for p in new if p.outcome == "open"] == [("organization/synsight", "Q1")]
    listed = run("review", "--list", home=home.home).stdout
    assert "organization/synsight" in listed
    assert "« Synsight » is its name" in listed
    assert run("review", "--by", "ada", home=home.home, input=b"y\n").exit_code == 0
    assert ("http://www.wikidata.org/entity/Q1",) in ask(home, "<organization/synsight> owl:sameAs ?same")
    assert run("review", home=home.home).stdout == ""


def test_a_dry_run_writes_nothing(home: Settings, run: Run) -> None:
    shown = run("link", "--dry-run", home=home.home).stdout
    assert f"linked  {INSERM}  ROR 02vjkv261" in shown
    assert read_ledger(Home(home.home)) == ()


def test_sssom_goes_out_and_comes_in_again(linked: Settings, home: Settings, run: Run, tmp_path: Path) -> None:
    pipeline.decide(linked, [Judgement("place/essonne", "https://ror.org/1", "different", "ada", AT, "a place")])
    text = run("sssom", "export", home=linked.home).stdout
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    rows = list(csv.DictReader(io.StringIO(body), delimiter="\t"))
    (row,) = [r for r in rows if r["subject_id"] == f"grappe:{INSERM}" and r["object_id"] == "ror:02vjkv261"]
    assert (row["predicate_id"], row["mapping_date"], row["mapping_tool"]) == ("owl:sameAs", "2026-01-02", "Grappe")
    (no,) = [r for r in rows if r["predicate_modifier"] == "Not"]
    assert (no["author_label"], no["mapping_justification"]) == ("ada", "semapv:ManualMappingCuration")
    file = tmp_path / "links.sssom.tsv"
    file.write_text(text, encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    taken = run("sssom", "import", file, home=home.home)
    assert taken.exit_code == 0
    assert ask(home, "?s owl:sameAs ?o") == ask(linked, "?s owl:sameAs ?o")
    again = run("sssom", "import", file, home=home.home)
    assert again.stdout == ""
    assert "0 decisions taken in" in again.stderr


def test_what_is_no_sssom_is_said_to_be_none(run: Run, home: Settings, tmp_path: Path) -> None:
    file = tmp_path / "other.tsv"
    file.write_text("a\tb\n1\t2\n", encoding="utf-8")
    result = run("sssom", "import", file, home=home.home)
    assert result.exit_code == 1
    assert "lacks mapping_justification, object_id" in result.stderr


def test_the_sssom_library_finds_it_valid(linked: Settings, tmp_path: Path) -> None:
    parsers = pytest.importorskip("sssom.parsers", reason="the library sssom is not installed (it is heavy)")
    validators = pytest.importorskip("sssom.validators")
    file = tmp_path / "links.sssom.tsv"
    file.write_text(pipeline.export_links(linked), encoding="utf-8")
    found = parsers.parse_sssom_table(str(file))
    validators.validate(found)
    turtle = tmp_path / "links.ttl"
    turtle.write_text(pipeline.export_links(linked, "turtle"), encoding="utf-8")
    assert len(parsers.parse_sssom_rdf(str(turtle)).df) == len(found.df)


def test_a_cut_graph_keeps_the_links_of_what_it_names(linked: Settings) -> None:
    pipeline.decide(linked, [Judgement("place/essonne", "place/departement-essonne", "same", "ada", AT, "one")])
    with open_generation(Home(linked.home)) as generation:
        held = links_of_named(generation.store, names=linked.names)
    assert len(held) == len(ask(linked, "?s ?p ?o"))
