"""Verbs that measure: evaluate, annotate."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from grappe.config import Settings
from grappe.errors import GrappeError, InputError, NothingToRead, ShapeViolation
from grappe.evaluate import Backing, Drawn, Gold, Outcome, annotation, backing, draw, read_gold, score
from grappe.iri import slug
from grappe.model import Origin
from grappe.pipeline.making import make
from grappe.pipeline.values import Progress
from grappe.read import ENDINGS, read_bytes

__all__ = ["Evaluated", "annotate", "evaluate", "gold_files"]

_GOLD = ".gold.json"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A document with its gold: what its graph says, what backs it, and what came of the two; why it was refused."""

    name: str
    gold: Gold
    drawn: Drawn
    backing: Backing
    outcome: Outcome
    error: GrappeError | None = None


def gold_files(folder: Path, *, only: Collection[str] = ()) -> list[Path]:
    """Return the gold files of a folder in order; ``only`` names those that are wanted.

    Raises:
        NothingToRead: if there is none.
    """
    found = sorted(folder.glob(f"*{_GOLD}")) if folder.is_dir() else [folder] if folder.name.endswith(_GOLD) else []
    wanted = [path for path in found if not only or _name(path) in only]
    missing = {*only} - {_name(path) for path in wanted}
    if missing or not wanted:
        what = f"no {', '.join(sorted(missing))}{_GOLD}" if missing else f"no file that ends in {_GOLD}"
        raise NothingToRead(f"{folder} holds {what}.", remedy="'grappe annotate' writes one to start from.")
    return wanted


def evaluate(
    settings: Settings, files: Collection[Path], *, progress: Progress = lambda _: None
) -> Iterator[Evaluated]:
    """Yield what comes of each document that has a gold file, extracted anew as the judgements of the home leave it.

    A document that cannot be read, or whose facts break a shape, states nothing and comes with its error.

    Raises:
        InputError: if a gold file is none, or its document is not beside it.
    """
    for path in files:
        progress(_name(path))
        gold, document = read_gold(path), _document(path)
        error: GrappeError | None = None
        drawn, held = draw(()), backing((), (), {})
        try:
            drawn, held = _drawn(settings, document)
        except (InputError, ShapeViolation) as reason:
            error = reason
        yield Evaluated(_name(path), gold, drawn, held, score(gold, drawn), error)


def annotate(settings: Settings, document: Path) -> str:
    """Return a gold file with what is extracted from a document, for a person to correct.

    Raises:
        InputError: if the document cannot be read.
        ShapeViolation: if its facts break a shape.
    """
    if not document.is_file():
        raise NothingToRead(f"There is no file {document}.", remedy="Check the path.")
    return annotation(_drawn(settings, document)[0])


def _drawn(settings: Settings, document: Path) -> tuple[Drawn, Backing]:
    text = read_bytes(slug(document.stem), document.read_bytes(), media_type=None, name=document.name)
    projection = make(settings, text, Origin(str(document))).projection
    drawn = draw(projection.facts)
    return drawn, backing(projection.facts, projection.evidence, drawn.things)


def _name(path: Path) -> str:
    return path.name.removesuffix(_GOLD)


def _document(gold: Path) -> Path:
    """Return the document that lies beside its gold file: NAME.txt, or NAME with another ending that Grappe reads."""
    for ending in sorted(ENDINGS, key=lambda ending: (ending != ".txt", ending)):
        path = gold.with_name(_name(gold) + ending)
        if path.is_file():
            return path
    raise NothingToRead(f"There is no document beside {gold}.", remedy=f"Put {_name(gold)}.txt there.")
