"""The project's own gold files are well formed: what they say can be found in the text and can be scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grappe.iri import fold

GOLD = Path(__file__).parents[2] / "data" / "gold"
FILES = sorted(GOLD.glob("*/*.gold.json"))


# Relations whose values are all keys, and how many are where they are not all.
KEYS_ONLY = {
    "headOf", "unitOf", "ledBy", "involves", "partner", "memberOf", "locatedIn", "hasFacility", "containedIn",
    "instrument", "signatory", "plans", "accreditation", "organizer", "participant", "theme",
}  # fmt: skip
FIRST = {"funding": 2}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_keys_resolve_and_words_stand_in_the_text(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
    words = " ".join(text.replace("’", "'").split())
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
            assert values[1].replace("’", "'") in words
        elif relation != "role":
            keys = values if relation in KEYS_ONLY else values[: FIRST.get(relation, 1)]
            assert all(key is None or key in gold["entities"] for key in keys), (relation, values)


def test_no_fact_is_listed_twice() -> None:
    for path in FILES:
        facts = [json.dumps(fact) for fact in json.loads(path.read_text("utf-8"))["facts"]]
        assert len(facts) == len(set(facts)), path.name
