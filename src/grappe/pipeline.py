"""The verbs: the only file that knows the order of the stages."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from grappe import extract
from grappe.check import Report, check
from grappe.config import Settings
from grappe.errors import GrappeError, IdTaken, InputError, NotFound, NothingToRead, ReadError, ShapeViolation
from grappe.iri import slug
from grappe.link import resolve
from grappe.model import Document, Facts, Origin, Resolution, Text
from grappe.ontology import Schema
from grappe.project import Projection, Quads, catalogue, project
from grappe.read import ENDINGS, read_bytes
from grappe.store.contents import facts_of, holds
from grappe.store.facts_file import read_facts, write_facts
from grappe.store.generations import current_number, open_generation
from grappe.store.home import Home, Kept
from grappe.store.writer import Writer, writing

__all__ = [
    "Added",
    "Change",
    "Listed",
    "Source",
    "Stated",
    "add",
    "check_all",
    "demo_sources",
    "diff",
    "documents",
    "explain",
    "find_files",
    "rebuild",
    "remove",
    "sources",
]

#: So many documents become readable together; a run that is stopped loses at most as many.
BATCH = 50

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to add: its identifier, its bytes, and where it came from."""

    id: str
    body: bytes
    origin: Origin
    media_type: str | None = None


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
    """A fact about a thing, and a passage that states it (offsets in code points)."""

    subject: str
    predicate: str
    object: str
    document: str
    start: int
    end: int
    quote: str
    confidence: str
    extractor: str


@dataclass(frozen=True, slots=True)
class _Made:
    """A document on its way to the store."""

    document: Document
    origin: Origin
    facts: Facts
    projection: Projection = field(repr=False)
    catalogue: Quads = field(repr=False)


# --- what there is to add ---------------------------------------------------------------------------------------------


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name; of a folder, all that Grappe reads, in order.

    Raises:
        NothingToRead: if a path is absent, or a folder holds nothing that can be read.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.casefold() in ENDINGS and not _hidden(p, path)
            )
            if not found:
                endings = ", ".join(sorted(ENDINGS))
                message = f"The folder {path} holds no document."
                raise NothingToRead(message, remedy=f"Grappe reads files that end in {endings}.")
            files += found
        elif path.exists():
            files.append(path)
        else:
            raise NothingToRead(f"There is no file {path}.", remedy="Check the path.")
    return files


def sources(files: Iterable[Path], *, about: Origin, id: str | None = None) -> Iterator[Source]:
    """Yield files as sources, each read when it is its turn; ``about`` says what is known of them, the path apart.

    Raises:
        NothingToRead: if a file cannot be opened.
    """
    for file in files:
        try:
            body = file.read_bytes()
        except OSError as error:
            raise NothingToRead(
                f"{file} cannot be read ({error.strerror}).", remedy="Check its permissions."
            ) from error
        yield Source(id or slug(file.stem), body, replace(about, path=str(file.resolve())))


def demo_sources(settings: Settings) -> Iterator[Source]:
    """Yield the documents that Grappe comes with."""
    yield from sources(find_files([settings.data / "documents"]), about=Origin(""))


def _hidden(path: Path, under: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(under).parts)


# --- verbs that write -------------------------------------------------------------------------------------------------


def add(settings: Settings, given: Iterable[Source], *, progress: Progress = lambda _: None) -> Iterator[Added]:
    """Add documents, and yield what became of each, in order, once it can be read in the store.

    A document that has not changed changes nothing. One that is refused (it cannot be read, its identifier is taken,
    its facts break a shape) leaves the store as it was, and the others go on.

    Raises:
        StoreError: if the store cannot be written; what was yielded before stays.
    """
    batch: list[_Made | Added] = []
    for source in given:
        progress(source.id)
        batch.append(_prepared(settings, source))
        if sum(isinstance(one, _Made) for one in batch) >= BATCH:
            yield from _publish(settings, batch)
            batch = []
    yield from _publish(settings, batch)


def _prepared(settings: Settings, source: Source) -> _Made | Added:
    home = Home(settings.home)
    try:
        if not source.id:
            raise InputError("The file has no name to make an identifier from.", remedy="Give one with --id.")
        before = home.load(source.id) if source.id in home.ids() else None
        if before and before.origin.path != source.origin.path:
            raise IdTaken(
                f"The identifier '{source.id}' is taken by {before.origin.path}.",
                document=source.id,
                remedy="Give another with --id, or remove that document first.",
            )
        sha256 = hashlib.sha256(source.body).hexdigest()
        if before and before.document.sha256 == sha256 and before.extractor == _version(settings):
            origin = Origin(
                source.origin.path,
                source.origin.source_url or before.origin.source_url,
                source.origin.licence or before.origin.licence,
                source.origin.retrieved or before.origin.retrieved,
            )
            if origin == before.origin and _is_published(settings, source.id, before):
                return Added(source.id, "unchanged", *_counts(read_facts(home.facts(source.id))))
            source = Source(source.id, source.body, origin, source.media_type)
        text = read_bytes(source.id, source.body, media_type=source.media_type, name=Path(source.origin.path).name)
        return _made(settings, text, source.origin)
    except (InputError, ShapeViolation) as error:
        return Added(source.id, "refused", error=error)


def _made(settings: Settings, text: Text, origin: Origin) -> _Made:
    """Take a text through extraction, projection and the shapes.

    Raises:
        ShapeViolation: if its facts break a shape.
    """
    schema = Schema.load(settings.ontology)
    facts = extract.extract(text, resources=settings.data, themes=schema.themes)
    projection = project(facts, _resolution(settings), names=settings.names, text=text)
    report = check(projection.facts, schema=schema)
    if not report.conforms:
        raise _violation(text.document.id, report)
    document = text.document
    about = catalogue(document.id, origin, sha256=document.sha256, media_type=document.media_type, names=settings.names)
    return _Made(document, origin, facts, projection, about)


def _publish(settings: Settings, batch: list[_Made | Added]) -> Iterator[Added]:
    made = [one for one in batch if isinstance(one, _Made)]
    outcomes: dict[str, Added] = {}
    if made:
        home, version = Home(settings.home), _version(settings)
        with _writing(settings) as writer:
            for one in made:
                held = one.document.id in home.ids()
                home.keep(Kept(one.document, one.origin, version))
                write_facts(home.facts(one.document.id), one.facts)
                differed = _put(writer, one)
                outcome: Literal["added", "replaced", "unchanged"] = (
                    "added" if not held else "replaced" if differed else "unchanged"
                )
                outcomes[one.document.id] = Added(one.document.id, outcome, *_counts(one.facts))
    for each in batch:
        yield outcomes[each.document.id] if isinstance(each, _Made) else each


def rebuild(settings: Settings, *, progress: Progress = lambda _: None) -> Iterator[Added]:
    """Extract everything again from the kept originals and judgements, and bring the store to it.

    Yields what became of each document; one that is refused now keeps the facts that it had.
    """
    home = Home(settings.home)
    ids = home.ids()
    with _writing(settings) as writer:
        for id in sorted(writer.documents() - {*ids}):
            writer.withdraw(id)
    batch: list[_Made | Added] = []
    for id in ids:
        progress(id)
        batch.append(_again(settings, home, id))
        if len(batch) >= BATCH:
            yield from _publish(settings, batch)
            batch = []
    yield from _publish(settings, batch)


def _again(settings: Settings, home: Home, id: str) -> _Made | Added:
    kept = home.load(id)
    try:
        name = Path(kept.origin.path).name
        text = read_bytes(id, kept.document.body, media_type=kept.document.media_type, name=name)
        return _made(settings, text, kept.origin)
    except (ReadError, ShapeViolation) as error:
        return Added(id, "refused", error=error)


def remove(settings: Settings, id: str) -> None:
    """Withdraw a document: its original, its facts, and all that the store holds of it.

    Raises:
        NotFound: if the home keeps no such document.
    """
    home = Home(settings.home)
    if id not in home.ids():
        raise _no_document(settings, id)
    with _writing(settings) as writer:
        writer.withdraw(id)
    home.forget(id)


# --- verbs that read --------------------------------------------------------------------------------------------------


def diff(settings: Settings, *, progress: Progress = lambda _: None) -> Iterator[Change]:
    """Yield what a rebuild would change, document by document; nothing is written."""
    home = Home(settings.home)
    for id in home.ids():
        progress(id)
        made = _again(settings, home, id)
        if isinstance(made, Added):
            continue
        held = _held(settings, id)
        wanted = {str(q.triple) for q in made.projection.facts}
        if held != wanted:
            yield Change(id, tuple(sorted(held - wanted)), tuple(sorted(wanted - held)))


def _held(settings: Settings, id: str) -> set[str]:
    home = Home(settings.home)
    if current_number(home) is None:
        return set()
    with open_generation(home) as generation:
        return {str(q.triple) for q in facts_of(generation.store, id, names=settings.names)}


def documents(settings: Settings) -> Iterator[Listed]:
    """Yield the documents that the home keeps, in order of their identifiers."""
    home = Home(settings.home)
    for id in home.ids():
        facts = read_facts(home.facts(id))
        yield Listed(id, home.load(id), facts.metadata.title, facts.metadata.issued, len(facts.statements))


def check_all(settings: Settings, *, progress: Progress = lambda _: None) -> Iterator[tuple[str, Report]]:
    """Yield each document of the store with what the shapes find in its graph."""
    home, schema = Home(settings.home), Schema.load(settings.ontology)
    with open_generation(home) as generation:
        for id in home.ids():
            progress(id)
            yield id, check(facts_of(generation.store, id, names=settings.names), schema=schema)


def explain(settings: Settings, iri: str) -> tuple[Stated, ...]:
    """Return each fact about a thing with the passages that state it, nodes that join it with others included.

    Raises:
        NotFound: if no document speaks of it.
    """
    from grappe.store.explain import explain as explained

    with open_generation(Home(settings.home)) as generation:
        rows = explained(generation.store, iri, names=settings.names)
    return tuple(Stated(*row) for row in rows)


# --- what they share --------------------------------------------------------------------------------------------------


def _put(writer: Writer, one: _Made) -> bool:
    projection = one.projection
    return writer.publish(
        projection.document, facts=projection.facts, evidence=projection.evidence, catalogue=one.catalogue
    )


def _writing(settings: Settings) -> AbstractContextManager[Writer]:
    schema = Schema.load(settings.ontology)
    return writing(Home(settings.home), names=settings.names, schema=schema, wait=settings.lock_wait)


def _is_published(settings: Settings, id: str, kept: Kept) -> bool:
    """Return whether the store shows the document as it is kept: a run may have been stopped between the two."""
    home = Home(settings.home)
    if current_number(home) is None or not home.facts(id).is_file():
        return False
    document = kept.document
    wanted = catalogue(id, kept.origin, sha256=document.sha256, media_type=document.media_type, names=settings.names)
    with open_generation(home) as generation:
        return holds(generation.store, wanted)


def _resolution(settings: Settings) -> Resolution:
    return resolve(Home(settings.home).judgements())


def _counts(facts: Facts) -> tuple[int, int]:
    return len(facts.statements), len(facts.entities)


def _version(settings: Settings) -> str:
    """Return what facts depend on beside their text: the extractor, the gazetteers, the ontology."""
    return f"{extract.VERSION}+{_resources_digest(settings.data / 'gazetteer', settings.ontology)}"


@functools.lru_cache(maxsize=4)
def _resources_digest(gazetteer: Path, ontology: Path) -> str:
    whole = hashlib.sha256(Schema.load(ontology).digest.encode())
    for path in sorted(gazetteer.glob("*.csv")):
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


def _no_document(settings: Settings, id: str) -> NotFound:
    remedy = "'grappe list' shows those there are."
    return NotFound(f"There is no document '{id}' here.", iri=settings.names.document(id), remedy=remedy)
