"""One document through the stages, from its bytes to quads that conform: the order of the stages is here alone."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace
from pathlib import Path

from grappe import extract
from grappe.check import Report, check
from grappe.config import Settings
from grappe.errors import NotFound, ReadError, ShapeViolation, StoreCorrupt
from grappe.link import Veil, judged, resolve
from grappe.model import Facts, Origin, Resolution, Text
from grappe.ontology import Schema
from grappe.pipeline.values import Added, Made
from grappe.project import catalogue, project
from grappe.read import read_bytes
from grappe.store.home import Home, Kept, stamp
from grappe.store.ledger import read_ledger, suppression_key

__all__ = ["counts", "make", "make_again", "no_document", "read_again", "resolved", "show", "veil", "veiled", "version"]


def make(settings: Settings, text: Text, origin: Origin) -> Made:
    """Take a text through extraction, the judgements, projection and the shapes.

    Raises:
        ShapeViolation: if its facts break a shape.
    """
    schema = Schema.load(settings.ontology)
    text = veiled(settings, text)
    facts = extract.extract(text, resources=settings.data, themes=schema.themes)
    return show(settings, text, origin, facts, resolved(settings))


def show(settings: Settings, text: Text, origin: Origin, facts: Facts, resolution: Resolution) -> Made:
    """Take facts through the judgements, projection and the shapes.

    Raises:
        ShapeViolation: if what is left of them breaks a shape.
    """
    projection = project(judged(facts, resolution), resolution, names=settings.names, text=text)
    report = check(projection.facts, schema=Schema.load(settings.ontology))
    if not report.conforms:
        raise _violation(text.document.id, report)
    document = text.document
    about = catalogue(document.id, origin, sha256=document.sha256, media_type=document.media_type, names=settings.names)
    return Made(document, origin, facts, projection, about)


def make_again(settings: Settings, home: Home, id: str) -> Made | Added:
    """Take a kept original through the stages again."""
    kept = home.load(id)
    try:
        return make(settings, read_again(kept), kept.origin)
    except (ReadError, ShapeViolation) as error:
        return Added(id, "refused", error=error)


def read_again(kept: Kept) -> Text:
    """Return the text of a kept original."""
    document = kept.document
    return read_bytes(document.id, document.body, media_type=document.media_type, name=Path(kept.origin.path).name)


def veiled(settings: Settings, text: Text) -> Text:
    """Return a text in which the names of suppressed people are masked."""
    resolution = resolved(settings)
    if not resolution.suppressed:
        return text
    return replace(text, content=veil(settings, resolution).masked(text.content))


def veil(settings: Settings, resolution: Resolution) -> Veil:
    """Return what masks the names of the people who are suppressed in a home.

    Raises:
        StoreCorrupt: if the key of their digests is gone.
    """
    key = suppression_key(Home(settings.home))
    if key is None:
        raise StoreCorrupt(
            f"{settings.home / 'suppression.key'} is not there, and with it what the names of suppressed people are.",
            remedy="Put it back from a copy; without it no document can be added.",
        )
    return Veil(key, resolution.suppressed)


def resolved(settings: Settings) -> Resolution:
    """Return what the judgements of a home come to."""
    home = Home(settings.home)
    return _resolved(home, stamp(home.ledger))


@functools.lru_cache(maxsize=2)
def _resolved(home: Home, changed: tuple[int, int, int]) -> Resolution:
    """Read the ledger once for all documents between two decisions."""
    del changed
    return resolve(read_ledger(home))


def counts(facts: Facts) -> tuple[int, int]:
    """Return how many facts and how many things a document states."""
    return len(facts.statements), len(facts.entities)


def version(settings: Settings) -> str:
    """Return what facts depend on beside their text: the extractor, the gazetteers, the ontology."""
    return f"{extract.VERSION}+{_resources_digest(settings.data, settings.ontology)}"


@functools.lru_cache(maxsize=4)
def _resources_digest(data: Path, ontology: Path) -> str:
    whole = hashlib.sha256(Schema.load(ontology).digest.encode())
    for path in (*sorted((data / "gazetteer").glob("*.csv")), data / "confidence.toml"):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def _violation(id: str, report: Report) -> ShapeViolation:
    shown = "\n".join(f"  {line}" for line in report.lines)
    return ShapeViolation(
        f"The facts of '{id}' break the shapes of the ontology, so nothing of it was stored:\n{shown}\n",
        document=id,
        report=report.lines,
        remedy="This is a fault of the extractor; please report it with the document.",
    )


def no_document(settings: Settings, id: str) -> NotFound:
    """Return the error for a document that the home does not keep."""
    remedy = "'grappe list' shows those there are."
    return NotFound(f"There is no document '{id}' here.", iri=settings.names.document(id), remedy=remedy)
