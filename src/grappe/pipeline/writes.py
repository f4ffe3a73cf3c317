"""Verbs that write: add, rebuild, remove."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from grappe.config import Settings
from grappe.errors import IdTaken, InputError
from grappe.model import Origin
from grappe.pipeline.making import counts, no_document, version
from grappe.pipeline.publishing import put, put_links, writing_to
from grappe.pipeline.settling import settle, unsettled
from grappe.pipeline.values import Added, Made, Progress, Source
from grappe.pipeline.working import in_order
from grappe.project import catalogue
from grappe.store.contents import holds
from grappe.store.facts_file import read_facts, write_facts
from grappe.store.generations import Generation, current_number, open_generation
from grappe.store.home import Home, Kept

__all__ = ["add", "rebuild", "remove"]

#: So many documents, or those of so many seconds, become readable together; a run that is stopped loses no more.
BATCH, SECONDS = 50, 5.0


def add(
    settings: Settings, given: Iterable[Source], *, jobs: int = 1, progress: Progress = lambda _: None
) -> Iterator[Added]:
    """Add documents, and yield what became of each, in order, once it can be read in the store.

    A document that has not changed changes nothing. One that is refused (it cannot be read, its identifier is taken,
    its facts break a shape) leaves the store as it was, and the others go on. A run that is stopped and started again
    goes on where it was.

    Args:
        settings: the home and the resources.
        given: the files, each asked for when it is its turn.
        jobs: how many processes read and extract; the graph is the same for any number.
        progress: told of each document when it has been read.

    Raises:
        StoreError: if the store cannot be written; what was yielded before stays.
    """
    with _Intake.open(settings) as intake:
        made = in_order(settings, (intake.admit(source) for source in given), jobs=jobs)
        for batch in _batches(made, progress):
            yield from _publish(settings, batch)
            intake.release(batch)
    settle(settings)


def _batches(made: Iterable[Made | Added], progress: Progress) -> Iterator[list[Made | Added]]:
    """Yield what is made together: so many, or what came in so much time."""
    batch: list[Made | Added] = []
    begun = time.monotonic()
    for one in made:
        progress(one.document.id if isinstance(one, Made) else one.id)
        batch.append(one)
        if len(batch) >= BATCH or time.monotonic() - begun > SECONDS:
            yield batch
            batch, begun = [], time.monotonic()
    yield batch


@dataclass(slots=True)
class _Intake:
    """What decides whether a file is to be read: its identifier, and whether the store shows it as it is already.

    ``pending`` has the paths of the documents that are on their way, by identifier.
    """

    settings: Settings
    home: Home
    store: Generation | None
    pending: dict[str, str] = field(default_factory=dict)

    @classmethod
    @contextlib.contextmanager
    def open(cls, settings: Settings) -> Iterator[_Intake]:
        """Open the generation that is current now, for as long as the run takes."""
        home = Home(settings.home)
        with contextlib.ExitStack() as stack:
            built = current_number(home) is not None
            yield cls(settings, home, stack.enter_context(open_generation(home)) if built else None)

    def admit(self, source: Source) -> Source | Added:
        try:
            return self._admitted(source)
        except InputError as error:
            return Added(source.id, "refused", error=error)

    def release(self, batch: Iterable[Made | Added]) -> None:
        for one in batch:
            self.pending.pop(one.document.id if isinstance(one, Made) else one.id, None)

    def _admitted(self, source: Source) -> Source | Added:
        if source.error is not None:
            raise source.error
        if not source.id:
            raise InputError("The file has no name to make an identifier from.", remedy="Give one with --id.")
        before = self.home.load(source.id) if self.home.has(source.id) else None
        taken = before.origin.path if before else self.pending.get(source.id)
        if taken is not None and taken != source.origin.path:
            raise IdTaken(
                f"The identifier '{source.id}' is taken by {taken}.",
                document=source.id,
                remedy="Give another with --id, or remove that document first.",
            )
        sha256 = hashlib.sha256(source.body).hexdigest()
        if before and before.document.sha256 == sha256 and before.extractor == version(self.settings):
            origin = Origin(
                source.origin.path,
                source.origin.source_url or before.origin.source_url,
                source.origin.licence or before.origin.licence,
                source.origin.retrieved or before.origin.retrieved,
            )
            if origin == before.origin and self._is_published(source.id, before):
                return Added(source.id, "unchanged", *counts(read_facts(self.home.facts(source.id))))
            source = replace(source, origin=origin)
        self.pending[source.id] = source.origin.path
        return source

    def _is_published(self, id: str, kept: Kept) -> bool:
        """Return whether the store shows the document as it is kept: a run may have been stopped between the two."""
        if self.store is None or not self.home.facts(id).is_file():
            return False
        document, names = kept.document, self.settings.names
        wanted = catalogue(id, kept.origin, sha256=document.sha256, media_type=document.media_type, names=names)
        return holds(self.store.store, wanted)


def _publish(settings: Settings, batch: list[Made | Added]) -> Iterator[Added]:
    made = [one for one in batch if isinstance(one, Made)]
    outcomes: dict[str, Added] = {}
    if made:
        home, made_by = Home(settings.home), version(settings)
        with writing_to(settings) as writer:
            unsettled(home).touch()
            for one in made:
                held = home.has(one.document.id)
                home.keep(Kept(one.document, one.origin, made_by))
                write_facts(home.facts(one.document.id), one.facts)
                differed = put(writer, one)
                outcome: Literal["added", "replaced", "unchanged"] = (
                    "added" if not held else "replaced" if differed else "unchanged"
                )
                outcomes[one.document.id] = Added(one.document.id, outcome, *counts(one.facts))
            put_links(settings, writer)
    for each in batch:
        yield outcomes[each.document.id] if isinstance(each, Made) else each


def rebuild(settings: Settings, *, jobs: int = 1, progress: Progress = lambda _: None) -> Iterator[Added]:
    """Extract everything again from the kept originals and judgements, and bring the store to it.

    Yields what became of each document; one that is refused now keeps the facts that it had.
    """
    home = Home(settings.home)
    ids = home.ids()
    with writing_to(settings) as writer:
        for id in sorted(writer.documents() - {*ids}):
            writer.withdraw(id)
        put_links(settings, writer)
    for batch in _batches(in_order(settings, ids, jobs=jobs), progress):
        yield from _publish(settings, batch)
    settle(settings)


def remove(settings: Settings, id: str) -> None:
    """Withdraw a document: its original, its facts, and all that the store holds of it.

    Raises:
        NotFound: if the home keeps no such document.
    """
    home = Home(settings.home)
    if not home.has(id):
        raise no_document(settings, id)
    with writing_to(settings) as writer:
        unsettled(home).touch()
        writer.withdraw(id)
        put_links(settings, writer)
    home.forget(id)
    settle(settings)
