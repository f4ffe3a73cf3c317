"""Verbs that write: add, rebuild, remove."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from grappe.config import Settings
from grappe.errors import IdTaken, InputError, ShapeViolation
from grappe.model import Origin
from grappe.pipeline.making import counts, make, make_again, no_document, version
from grappe.pipeline.publishing import put, writing_to
from grappe.pipeline.values import Added, Made, Progress, Source
from grappe.project import catalogue
from grappe.read import read_bytes
from grappe.store.contents import holds
from grappe.store.facts_file import read_facts, write_facts
from grappe.store.generations import current_number, open_generation
from grappe.store.home import Home, Kept

__all__ = ["add", "rebuild", "remove"]

#: So many documents become readable together; a run that is stopped loses at most as many.
BATCH = 50


def add(settings: Settings, given: Iterable[Source], *, progress: Progress = lambda _: None) -> Iterator[Added]:
    """Add documents, and yield what became of each, in order, once it can be read in the store.

    A document that has not changed changes nothing. One that is refused (it cannot be read, its identifier is taken,
    its facts break a shape) leaves the store as it was, and the others go on.

    Raises:
        StoreError: if the store cannot be written; what was yielded before stays.
    """
    batch: list[Made | Added] = []
    for source in given:
        progress(source.id)
        batch.append(_prepared(settings, source))
        if sum(isinstance(one, Made) for one in batch) >= BATCH:
            yield from _publish(settings, batch)
            batch = []
    yield from _publish(settings, batch)


def _prepared(settings: Settings, source: Source) -> Made | Added:
    home = Home(settings.home)
    try:
        if source.error is not None:
            raise source.error
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
        if before and before.document.sha256 == sha256 and before.extractor == version(settings):
            origin = Origin(
                source.origin.path,
                source.origin.source_url or before.origin.source_url,
                source.origin.licence or before.origin.licence,
                source.origin.retrieved or before.origin.retrieved,
            )
            if origin == before.origin and _is_published(settings, source.id, before):
                return Added(source.id, "unchanged", *counts(read_facts(home.facts(source.id))))
            source = Source(source.id, source.body, origin, source.media_type)
        text = read_bytes(source.id, source.body, media_type=source.media_type, name=Path(source.origin.path).name)
        return make(settings, text, source.origin)
    except (InputError, ShapeViolation) as error:
        return Added(source.id, "refused", error=error)


def _publish(settings: Settings, batch: list[Made | Added]) -> Iterator[Added]:
    made = [one for one in batch if isinstance(one, Made)]
    outcomes: dict[str, Added] = {}
    if made:
        home, made_by = Home(settings.home), version(settings)
        with writing_to(settings) as writer:
            for one in made:
                held = one.document.id in home.ids()
                home.keep(Kept(one.document, one.origin, made_by))
                write_facts(home.facts(one.document.id), one.facts)
                differed = put(writer, one)
                outcome: Literal["added", "replaced", "unchanged"] = (
                    "added" if not held else "replaced" if differed else "unchanged"
                )
                outcomes[one.document.id] = Added(one.document.id, outcome, *counts(one.facts))
    for each in batch:
        yield outcomes[each.document.id] if isinstance(each, Made) else each


def rebuild(settings: Settings, *, progress: Progress = lambda _: None) -> Iterator[Added]:
    """Extract everything again from the kept originals and judgements, and bring the store to it.

    Yields what became of each document; one that is refused now keeps the facts that it had.
    """
    home = Home(settings.home)
    ids = home.ids()
    with writing_to(settings) as writer:
        for id in sorted(writer.documents() - {*ids}):
            writer.withdraw(id)
    batch: list[Made | Added] = []
    for id in ids:
        progress(id)
        batch.append(make_again(settings, home, id))
        if len(batch) >= BATCH:
            yield from _publish(settings, batch)
            batch = []
    yield from _publish(settings, batch)


def remove(settings: Settings, id: str) -> None:
    """Withdraw a document: its original, its facts, and all that the store holds of it.

    Raises:
        NotFound: if the home keeps no such document.
    """
    home = Home(settings.home)
    if id not in home.ids():
        raise no_document(settings, id)
    with writing_to(settings) as writer:
        writer.withdraw(id)
    home.forget(id)


def _is_published(settings: Settings, id: str, kept: Kept) -> bool:
    """Return whether the store shows the document as it is kept: a run may have been stopped between the two."""
    home = Home(settings.home)
    if current_number(home) is None or not home.facts(id).is_file():
        return False
    document = kept.document
    wanted = catalogue(id, kept.origin, sha256=document.sha256, media_type=document.media_type, names=settings.names)
    with open_generation(home) as generation:
        return holds(generation.store, wanted)
