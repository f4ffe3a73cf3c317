"""The project's own gold files are well formed: what they say can be found in the text and can be scored."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grappe.iri import fold
from tests.conftest import Run

GOLD = Path(__file__).parents[2] / "data" / "gold"
FILES = sorted(GOLD.glob("*/*.gold.json"))


# Relations whose values are all keys, and how many are where they are not all.
KEYS_ONLY = {
    "headOf", "unitOf", "ledBy", "involves", "partner", "memberOf", "locatedIn", "hasFacility", "containedIn",
    "instrument", "signatory", "plans", "accreditation", "organizer", "participant", "theme",
}  # fmt: skip
FIRST = {"funding": 2}


def _plain(text: str) -> str:
    """Return a text with one kind of apostrophe and of space: a gold file may have others than its document."""
    return " ".join(text.replace("’", "'").split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_keys_resolve_and_words_stand_in_the_text(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
    words = _plain(text)
    folded = f" {fold(text)} "

    assert f" {fold(gold['document']['title'])} " in folded
    for key, entity in gold["entities"].items():
        names = [entity["label"], *entity["aliases"]]
        named = any(f" {fold(name)} " in folded for name in names)
        described = entity["type"] in {"PublicAuthority", "Place", "FundingContract"} or any(
            key in fact[1:] for fact in [*gold["facts"], *gold.get("optional", [])]
        )
        assert named or described, f"{key} is neither named nor used"
    for relation, *values in [*gold["facts"], *gold.get("optional", [])]:
        if relation == "quotation":
            assert _plain(values[1]) in words
        elif relation != "role":
            keys = values if relation in KEYS_ONLY else values[: FIRST.get(relation, 1)]
            assert all(key is None or key in gold["entities"] for key in keys), (relation, values)


def test_no_fact_is_listed_twice() -> None:
    for path in FILES:
        facts = [json.dumps(fact) for fact in json.loads(path.read_text("utf-8"))["facts"]]
        assert len(facts) == len(set(facts)), path.name


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.70), ("held", 0.78)])
def test_no_change_of_rules_costs_what_was_reached(run: Run, half: str, floor: float) -> None:
    said = run("evaluate", GOLD / half, "--format", "json")
    assert said.exit_code == 0, said.stderr
    figures = json.loads(said.stdout)
    assert figures["f1"] >= floor
    assert (figures["evidence"], figures["not_holding"]) == (1.0, 0)


def test_a_document_against_its_own_annotation_is_right_in_all(run: Run, tmp_path: Path) -> None:
    document = GOLD / "dev" / "ifremer-halle-kelpia.txt"
    shutil.copy(document, tmp_path)
    written = run("annotate", document, "-o", tmp_path / "ifremer-halle-kelpia.gold.json")
    assert written.exit_code == 0, written.stderr
    figures = json.loads(run("evaluate", tmp_path, "--format", "json").stdout)
    assert (figures["p"], figures["r"], figures["f1"]) == (1.0, 1.0, 1.0)


def test_show_gives_each_difference_its_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "firm.txt").write_text("La société Exemplum, basée à Lyon, emploie 12 salariés.\n", encoding="utf-8")
    gold = {
        "entities": {"x": {"type": "Company", "label": "Exemplum"}, "lyon": {"type": "Place", "label": "Lyon"}},
        "facts": [["employeeCount", "x", 13], ["locatedIn", "x", "lyon"]],
    }
    (tmp_path / "firm.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    shown = run("evaluate", tmp_path, "--show").stdout
    missed, false = shown.index("- employeeCount | Exemplum | 13"), shown.index("+ employeeCount | Exemplum | 12")
    assert shown.count("La société Exemplum, basée à Lyon, emploie 12 salariés.") >= 2
    assert missed < false


def test_a_folder_without_gold_says_how_to_start(run: Run, tmp_path: Path) -> None:
    said = run("evaluate", tmp_path)
    assert said.exit_code == 1
    assert "grappe annotate" in said.stderr
