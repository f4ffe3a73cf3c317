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


def signs_of(content: str) -> dict[tuple[str, str], Sign]:
    """Return what the facts of a text show, by rule and by what they tell."""
    facts = state(read_bytes("x", content.encode(), media_type="text/plain", name="x.txt"), resources=DATA)
    return {(sign.about, sign.ends): sign for _, _, sign in signs(facts)}


def test_a_relation_shows_the_classes_of_its_ends_and_who_else_stands_there() -> None:
    told = signs_of("Le projet ALGOVAR, porté par l'Ifremer, réunit l'Inserm, le CNRS et la société Voltéa.")
    assert told["ledBy", "Project>ResearchOrganization"].rivals == 0
    joined = told["involves", "Project>ResearchOrganization"]
    assert joined.beside == 2
    assert joined.rivals >= 1
    assert told["involves", "Project>Company"].rivals == 0


def test_two_years_of_founding_contest_each_other() -> None:
    told = signs_of("La société Voltéa a été fondée en 2018. La société Voltéa a été créée en 2019 à Lyon.")
    assert told["foundedIn", "Company"].contested == 1
    told = signs_of("La société Voltéa a été fondée en 2018 à Lyon.")
    assert told["foundedIn", "Company"].contested == 0


def test_awards_of_one_passage_share_it() -> None:
    told = signs_of("La Région Bretagne verse 2 M€ à la société Voltéa. L'ADEME verse 3 M€ à la société Calixo.")
    assert told["FundingAward", "Company>PublicAuthority"].shared == 0
    told = signs_of("Voltéa et Calixo, deux sociétés de Lyon, reçoivent chacune 2 M€ de la Région Bretagne.")
    assert told["FundingAward", "Company>PublicAuthority"].shared == 1


def test_a_name_that_is_part_of_another_s_is_shown_and_so_is_a_listed_thing() -> None:
    told = signs_of("L'Institut Voltane recrute. L'Institut Voltane de Brumelle, à Lyon, recrute aussi.")
    assert told["Place", "listed"].contested == 0
    facts = state(
        read_bytes(
            "x",
            "Le laboratoire Brume recrute. La société Brume Calixo recrute.".encode(),
            media_type="text/plain",
            name="x.txt",
        ),
        resources=DATA,
    )
    shown = {sign.about: sign.contested for _, _, sign in signs(facts)}
    assert shown == {"Laboratory": 1, "Company": 0}
