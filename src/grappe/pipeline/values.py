"""What goes into the verbs and what comes out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from grappe.errors import GrappeError, InputError
from grappe.model import Document, Facts, Origin
from grappe.project import Projection, Quads
from grappe.store.home import Kept

__all__ = ["Added", "Change", "Listed", "Made", "Progress", "Source", "Stated"]

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to add: its identifier, its bytes, and where it came from; or why it could not be opened."""

    id: str
    body: bytes
    origin: Origin
    media_type: str | None = None
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: a count of its facts, or why it was not taken."""

    id: str
    outcome: Literal["added", "replaced", "unchanged", "refused"]
    facts: int = 0
    entities: int = 0
    error: GrappeError | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document that the home keeps."""

    id: str
    kept: Kept
    title: str | None
    issued: str | None
    facts: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a rebuild would change of one document, as N-Triples lines."""

    id: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact about a thing, and a passage that states it (offsets in code points); by ``id`` it is judged."""

    subject: str
    predicate: str
    object: str
    document: str
    start: int
    end: int
    quote: str
    confidence: str
    extractor: str
    id: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A document on its way to the store."""

    document: Document
    origin: Origin
    facts: Facts
    projection: Projection = field(repr=False)
    catalogue: Quads = field(repr=False)
