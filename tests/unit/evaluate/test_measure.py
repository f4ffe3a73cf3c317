"""The measure of a graph against a gold file."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.errors import InputError
from grappe.evaluate import Rate, annotation, draw, figures, likely_passage, read_gold, score
from grappe.iri import expand

GRAPH = ox.NamedNode("https://w3id.org/grappe/graph/document/x")


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://w3id.org/grappe/id/{name}")


def quads(*triples: tuple[str, str, ox.NamedNode | ox.Literal]) -> list[ox.Quad]:
    return [ox.Quad(node(s), ox.NamedNode(expand(p)), o, GRAPH) for s, p, o in triples]


def term(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def thing(name: str, kind: str, label: str) -> list[ox.Quad]:
    return quads((name, "rdf:type", term(f"grp:{kind}")), (name, "rdfs:label", ox.Literal(label)))


def award(amount: int | None, funder: str = "organization/etat", beneficiary: str = "project/p") -> list[ox.Quad]:
    sums = [("award/1", "grp:amount", ox.Literal(str(amount), datatype=term("xsd:decimal")))] if amount else []
    return quads(
        ("award/1", "rdf:type", term("grp:FundingAward")),
        ("award/1", "grp:funder", node(funder)),
        ("award/1", "grp:beneficiary", node(beneficiary)),
        ("award/1", "grp:currency", ox.Literal("EUR")),
        *sums,
    )


ACTORS = [*thing("organization/etat", "PublicAuthority", "État"), *thing("project/p", "Project", "PILOTE")]
ENTITIES = {
    "etat": {"type": "PublicAuthority", "label": "l'État", "aliases": ["Etat"]},
    "p": {"type": "Project", "label": "Pilote", "aliases": []},
}


def gold(tmp_path: Path, facts: list[object], *, optional: list[object] | None = None, **more: object) -> Path:
    entities = {**ENTITIES, **more}
    path = tmp_path / "x.gold.json"
    path.write_text(json.dumps({"entities": entities, "facts": facts, "optional": optional or []}), encoding="utf-8")
    return path


def measured(path: Path, graph: list[ox.Quad]) -> dict[str, Rate]:
    return dict(figures({"x": score(read_gold(path), draw(graph))}).relations)


def test_an_amount_is_told_as_a_number_with_its_currency(tmp_path: Path) -> None:
    path = gold(tmp_path, [["funding", "etat", "p", 3600000]])
    assert measured(path, [*ACTORS, *award(3600000)])["funding"] == Rate(told=1)
    assert measured(path, [*ACTORS, *award(3500000)])["funding"] == Rate(false=1, missed=1)
    without_currency = [q for q in award(3600000) if not q.predicate.value.endswith("currency")]
    assert measured(path, [*ACTORS, *without_currency])["funding"] == Rate(false=1, missed=1)


def test_things_are_found_by_their_folded_names_and_their_class_is_a_fact(tmp_path: Path) -> None:
    wrong_class = [*thing("organization/etat", "Organization", "ETAT"), *thing("project/p", "Project", "pilote")]
    assert measured(gold(tmp_path, []), wrong_class)["type"] == Rate(told=1, false=1, missed=1)


def test_what_has_no_name_is_known_by_what_is_said_of_it(tmp_path: Path) -> None:
    line = {"type": "ProductionLine", "label": "lignes de P", "aliases": []}
    path = gold(tmp_path, [["hasFacility", "p", "line"], ["unitCount", "line", 3]], line=line)
    three = ox.Literal("3", datatype=term("xsd:integer"))
    graph = [
        *ACTORS,
        *thing("facility/other", "ProductionLine", "trois chaînes"),
        *quads(("project/p", "grp:hasFacility", node("facility/other")), ("facility/other", "grp:unitCount", three)),
    ]
    told = measured(path, graph)
    assert (told["hasFacility"], told["unitCount"], told["type"]) == (Rate(told=1), Rate(told=1), Rate(told=3))


def test_a_partner_may_stand_on_either_side_and_a_leader_may_not(tmp_path: Path) -> None:
    path = gold(tmp_path, [["partner", "p", "etat"], ["ledBy", "p", "etat"]])
    turned = quads(
        ("organization/etat", "grp:partner", node("project/p")), ("organization/etat", "grp:ledBy", node("project/p"))
    )
    told = measured(path, [*ACTORS, *turned])
    assert (told["partner"], told["ledBy"]) == (Rate(told=1), Rate(false=1, missed=1))


def test_an_optional_fact_is_neither_rewarded_nor_punished(tmp_path: Path) -> None:
    path = gold(tmp_path, [], optional=[["funding", "etat", "p", 5]])
    assert "funding" not in measured(path, [*ACTORS, *award(5)])
    assert "funding" not in measured(path, ACTORS)


def test_one_graph_fact_tells_one_gold_fact(tmp_path: Path) -> None:
    path = gold(tmp_path, [["quotation", "etat", "un deux trois"], ["quotation", "etat", "un deux trois !"]])
    said = quads(
        ("quotation/1", "rdf:type", term("grp:Quotation")),
        ("quotation/1", "grp:speaker", node("organization/etat")),
        ("quotation/1", "grp:text", ox.Literal("Un, deux, trois")),
    )
    assert measured(path, [*ACTORS, *said])["quotation"] == Rate(told=1, missed=1)


@pytest.mark.parametrize(
    ("fact", "complaint"),
    [
        (["funding", "etat", "nobody", 1], "names 'nobody'"),
        (["funding", "etat"], "has not the 3 values"),
        (["funding", "etat", "p", "much"], "where a number belongs"),
        (["owns", "etat", "p"], "no fact of a known relation"),
        (["ledBy", "p", None], "has not the 2 values"),
    ],
)
def test_a_gold_file_that_cannot_be_scored_is_refused_with_its_line(
    tmp_path: Path, fact: list[object], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        read_gold(gold(tmp_path, [fact]))


def test_a_miss_is_shown_with_the_sentence_that_names_most_of_it() -> None:
    text = "L'État existe.\nL'État donne 3 600 000 € au projet Pilote. Pilote est un projet."
    found = likely_passage(text, [["État"], ["Pilote"]], ["3600000"])
    assert found == "L'État donne 3 600 000 € au projet Pilote."


names = st.text(st.sampled_from("abcé -'"), min_size=1, max_size=6).map(lambda s: f"x{s}")
kinds = st.sampled_from(["Company", "Laboratory", "Project", "Building", "Place", "Person", "Visit", "AidScheme"])
things = st.lists(st.tuples(kinds, names, st.lists(names, max_size=3)), min_size=1, max_size=6)
relations = st.sampled_from(["grp:partner", "grp:locatedIn", "grp:hasFacility", "org:headOf", "grp:theme"])
links = st.lists(st.tuples(st.integers(0, 5), relations, st.integers(0, 5)), max_size=8)
areas = st.lists(st.tuples(st.integers(0, 5), st.floats(1, 1e6)), max_size=4)


@given(things=things, links=links, areas=areas)
def test_a_graph_against_its_own_annotation_is_right_in_all(
    tmp_path_factory: pytest.TempPathFactory,
    things: list[tuple[str, str, list[str]]],
    links: list[tuple[int, str, int]],
    areas: list[tuple[int, float]],
) -> None:
    graph: list[ox.Quad] = []
    for number, (kind, label, others) in enumerate(things):
        graph += thing(f"thing/{number}", kind, label)
        graph += quads(*((f"thing/{number}", "skos:altLabel", ox.Literal(other)) for other in others))
    count = len(things)
    graph += quads(*((f"thing/{a % count}", p, node(f"thing/{b % count}")) for a, p, b in links))
    graph += quads(
        *(
            (f"thing/{a % count}", "grp:floorAreaM2", ox.Literal(repr(m2), datatype=term("xsd:decimal")))
            for a, m2 in areas
        )
    )
    drawn = draw({*graph})
    path = tmp_path_factory.mktemp("own") / "x.gold.json"
    path.write_text(annotation(drawn), encoding="utf-8")
    outcome = score(read_gold(path), drawn)
    assert (outcome.missed, outcome.false) == ((), ())
    assert len(outcome.told) == len(drawn.facts)
