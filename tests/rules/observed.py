"""Facts that the rules told of documents with gold files, each with whether it was right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grappe.config import Settings
from grappe.evaluate import draw, read_gold, score
from grappe.extract.confidence import Sign, signs
from grappe.extract.extractor import state
from grappe.iri import expand, slug
from grappe.model import Evidence, Resolution, Statement
from grappe.ontology import Schema
from grappe.project import passages, project
from grappe.read import read_bytes

__all__ = ["Seen", "gold_files", "observe"]


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact that was told: in which document, by which rules, of which relation, with what signs, and if rightly."""

    document: str
    relation: str
    rules: tuple[str, ...]
    sign: Sign
    right: bool


def gold_files(folders: Iterable[Path]) -> list[Path]:
    """Return the gold files of folders, in order."""
    return [path for folder in folders for path in sorted(folder.glob("*.gold.json"))]


def observe(files: Iterable[Path]) -> Iterator[Seen]:
    """Yield every fact that is told of the documents of gold files, those that are optional apart."""
    settings = Settings()
    themes = Schema.load(settings.ontology).themes
    for path in files:
        name = path.name.removesuffix(".gold.json")
        source = path.with_name(f"{name}.txt")
        text = read_bytes(slug(name), source.read_bytes(), media_type=None, name=source.name)
        facts = state(text, resources=settings.data, themes=themes)
        projection = project(facts, Resolution(), names=settings.names, text=text)
        drawn = draw(projection.facts)
        outcome = score(read_gold(path), drawn)
        at = passages(facts, Resolution(), names=settings.names)
        told: dict[tuple[str, str, str], Statement] = {}
        parts: dict[str, dict[str, str]] = {}
        for quad in projection.evidence:
            parts.setdefault(str(quad.subject)[1:-1], {})[quad.predicate.value] = getattr(quad.object, "value", "")
        for address, statement in at.items():
            said = parts[address]
            told[said[expand("rdf:subject")], said[expand("rdf:predicate")], said[expand("rdf:object")]] = statement
        shown: dict[Statement, list[tuple[Evidence, Sign]]] = {}
        for statement, evidence, sign in signs(facts):
            shown.setdefault(statement, []).append((evidence, sign))
        for fact in (*outcome.right, *outcome.false):
            statements = [told[t] for t in reversed(drawn.made_of.get(fact, ())) if t in told]
            if statements:
                best = max(shown[statements[0]], key=lambda one: one[0].confidence)
                rules = tuple(sorted({e.extractor for e in statements[0].evidence}))
                yield Seen(name, str(fact[0]), rules, best[1], fact in outcome.right)
