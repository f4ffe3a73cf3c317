"""The catalogue of rules: each with a sentence that makes it speak (``tests/rules/sentences.csv``).

The sentences are those that stand beside rules, those of the tests of extraction, or pieces of the documents in
``data/documents`` and ``data/gold/dev``; what none of these holds is written by hand. A rule that is
new gets a sentence by `make rules`, if there is one.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from grappe.config import Settings
from grappe.extract.extractor import state
from grappe.model import Facts
from grappe.ontology import Schema
from grappe.read import read_bytes

__all__ = ["FILE", "complete", "read_catalogue", "rules_of", "write_catalogue"]

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "sentences.csv"
_LONGEST = 1_200


def read_catalogue() -> dict[str, str]:
    """Return the sentence of each rule."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: row["sentence"] for row in csv.DictReader(file)}


def write_catalogue(catalogue: Mapping[str, str]) -> None:
    """Write the catalogue in order of names."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "sentence"))
        writer.writerows(sorted(catalogue.items()))


def rules_of(content: str) -> frozenset[str]:
    """Return the rules that speak of a text."""
    return frozenset(e.extractor for s in _facts(content).statements for e in s.evidence)


def _facts(content: str) -> Facts:
    text = read_bytes("essai", content.encode(), media_type=None, name="essai.txt")
    return state(text, resources=Settings().data, themes=_themes())


@cache
def _themes() -> Mapping[str, str]:
    """Return the themes that the ontology knows: some rules speak of those only."""
    return Schema.load(Settings().ontology).themes


def complete(catalogue: Mapping[str, str], wanted: Iterable[str]) -> dict[str, str]:
    """Return the catalogue of the rules that are wanted: rows that still hold stay, others get a sentence if one is
    found.
    """
    wanted = {*wanted}
    found = {rule: text for rule, text in catalogue.items() if rule in wanted and rule in rules_of(text)}
    for content in sorted(_written(), key=len):
        if wanted <= {*found}:
            return found
        for rule in sorted(rules_of(content) & wanted - {*found}):
            found[rule] = content
    for path in [
        *sorted((ROOT / "data" / "documents").glob("*.txt")),
        *sorted((ROOT / "data" / "gold" / "dev").glob("*.txt")),
    ]:
        whole = path.read_text(encoding="utf-8")
        missing = rules_of(whole) & wanted - {*found}
        for piece in sorted(_pieces(whole), key=len) if missing else ():
            for rule in sorted(rules_of(piece) & missing - {*found}):
                found[rule] = piece
    return found


def _written() -> Iterator[str]:
    """Yield the sentences that stand beside rules, and those that the tests of extraction are written on."""
    folders = ROOT / "src" / "grappe" / "extract", ROOT / "tests" / "unit" / "extract"
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value.strip()
                if (
                    15 < len(text) <= _LONGEST
                    and re.search(r"\w [^.]*[.»!?)]$|\n", text)
                    and re.match(r"[A-ZÀ-Ý«•\d-]", text)
                ):
                    yield text


def _pieces(whole: str) -> Iterator[str]:
    """Yield runs of one to six paragraphs, and of one to nine lines."""
    for unit, most in ((re.split(r"\n\s*\n", whole), 6), (whole.splitlines(), 9)):
        for size in range(1, most + 1):
            for i in range(len(unit) - size + 1):
                piece = ("\n\n" if most == 6 else "\n").join(part.strip() for part in unit[i : i + size]).strip()
                if 15 < len(piece) <= _LONGEST and re.search(r"[^\W\d_]{2}", piece):
                    yield piece
