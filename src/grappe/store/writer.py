"""The writer: one process at a time changes the primary, and makes each change a whole generation.

A file, ``store/changing``, stands while the primary differs from the current generation. A writer that finds it (the
one before was killed, or the disk was full) puts the primary back from the generation before it does anything.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from grappe.errors import InputError, StoreCorrupt
from grappe.iri import Names, expand
from grappe.ontology import Schema, Triple
from grappe.store.derive import Base, apply
from grappe.store.generations import (
    beside_folder,
    copy_store,
    current_number,
    generation_folder,
    make_generation,
    own_folder,
    remove_unused,
)
from grappe.store.home import Home, disk_errors
from grappe.store.lock import exclusive
from grappe.store.users import Users

__all__ = ["Writer", "found_plain", "writing"]

_DEFAULT = ox.DefaultGraph()
_LABEL = ox.NamedNode(expand("rdfs:label"))
_SHA256 = ox.NamedNode(expand("grp:sha256"))


@dataclass(slots=True)
class Writer:
    """An open primary under its lock; what is published becomes readable together, when the block of :func:`writing`
    ends. ``edits`` counts what users changed, so that a change that fails halfway can be told; ``relabelled`` are the
    addresses of things whose labels have changed and whose links have not followed yet.
    """

    home: Home
    names: Names
    schema: Schema
    store: ox.Store
    base: Base
    users: Users
    changed: bool = field(default=False)
    edits: int = field(default=0)
    relabelled: set[str] = field(default_factory=set)
    _marked: bool = field(default=False)

    def publish(
        self, id: str, *, facts: Iterable[ox.Quad], evidence: Iterable[ox.Quad], catalogue: Iterable[ox.Quad]
    ) -> bool:
        """Replace all that the store holds of a document; return whether anything differed."""
        differed = [
            self._replace(ox.NamedNode(self.names.facts_graph(id)), facts),
            self._replace(ox.NamedNode(self.names.evidence_graph(id)), evidence),
            self._describe(id, catalogue),
        ]
        return any(differed)

    def withdraw(self, id: str) -> bool:
        """Take a document out of the store; return whether it held anything of it."""
        return self.publish(id, facts=(), evidence=(), catalogue=())

    def link(self, quads: Iterable[ox.Quad], *, state: str = "") -> bool:
        """Replace the graph of links; return whether anything differed. ``state`` stands for what it follows from."""
        differed = self._replace(self.base.links, quads)
        self._note_links(state)
        self.relabelled.clear()
        return differed

    def relink(self, held: Iterable[ox.Quad], wanted: Iterable[ox.Quad]) -> bool:
        """Bring a part of the graph of links from what it holds to what it should; return whether they differed."""
        held, wanted = {*held}, {*wanted}
        if wanted != held:
            wanted = _as_stored(wanted)
        return self._change(self.base.links, held - wanted, wanted - held)

    @property
    def links_state(self) -> str:
        """What the graph of links was last brought to, where that still holds but for what is :attr:`relabelled`."""
        held = self.store.quads_for_pattern(self.base.links, _SHA256, None, self.base.catalogue)
        return next((q.object.value for q in held if isinstance(q.object, ox.Literal)), "")

    def _note_links(self, state: str) -> None:
        held = {*self.store.quads_for_pattern(self.base.links, _SHA256, None, self.base.catalogue)}
        wanted = {ox.Quad(self.base.links, _SHA256, ox.Literal(state), self.base.catalogue)} if state else set()
        self._change(self.base.catalogue, held - wanted, wanted - held)

    def documents(self) -> frozenset[str]:
        """Return the identifiers of the documents that the store holds."""
        graphs = (g.value for g in self.store.named_graphs() if isinstance(g, ox.NamedNode))
        start = self.base.documents
        return frozenset(g[len(start) :] for g in graphs if g.startswith(start) and not g.endswith("/evidence"))

    def _replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> bool:
        wanted = {*quads}
        held = {*self.store.quads_for_pattern(None, None, None, graph)}
        if wanted != held:
            wanted = _as_stored(wanted)
        differed = self._change(graph, held - wanted, wanted - held)
        if differed and not wanted:
            self.store.remove_graph(graph)
        return differed

    def _change(self, graph: ox.NamedNode, gone: set[ox.Quad], come: set[ox.Quad]) -> bool:
        """Take quads out of a graph and put others in, and bring the derived graphs to it."""
        if not gone and not come:
            return False
        self.mark()
        self.changed = True
        for quad in gone:
            self.store.remove(quad)
        self.store.extend(come)
        if graph in (self.base.links, self.base.ontology) or (
            graph.value.startswith(self.base.documents) and not graph.value.endswith("/evidence")
        ):
            self.derive(_triples(gone), _triples(come))
        return True

    def derive(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Bring the derived graphs up to date, once triples have left and joined graphs of the base."""
        removed, added = [*removed], [*added]
        labels = (s for s, p, _ in itertools.chain(removed, added) if p == _LABEL and isinstance(s, ox.NamedNode))
        self.relabelled.update(s.value for s in labels if s.value.startswith(self.base.entities))
        apply(self.store, removed, added, base=self.base, schema=self.schema, keeps=self.users.keeps)

    def _describe(self, id: str, quads: Iterable[ox.Quad]) -> bool:
        wanted = {*quads}
        about = ox.NamedNode(self.names.document(id))
        held = {*self.store.quads_for_pattern(about, None, None, self.base.catalogue)}
        if held != wanted:
            wanted = _as_stored(wanted)
        if held == wanted:
            return False
        self.mark()
        self.changed = True
        for quad in held - wanted:
            self.store.remove(quad)
        self.store.extend(wanted - held)
        return True

    def mark(self) -> None:
        """Say that the primary may differ from the current generation, before it is touched."""
        if not self._marked:
            with disk_errors(self.home.store):
                self.home.changing.touch()
            self._marked = True

    def commit(self) -> None:
        """Make what changed the next generation, synced; the primary stays open."""
        if self.relabelled:  # nobody has looked at their links
            self._note_links("")
            self.relabelled.clear()
        if self.changed or current_number(self.home) is None:
            beside = self.users.kept
            self.store.flush()
            if beside is not None:
                beside.flush()
            make_generation(self.home, self.store, beside=beside)
            remove_unused(self.home)
        self.home.changing.unlink(missing_ok=True)
        self.changed = self._marked = False

    def adopt_schema(self) -> None:
        """Bring the ontology graph and all that follows from it up to the schema, where the store has an older one."""
        digest = ox.Quad(self.base.ontology, _SHA256, ox.Literal(self.schema.digest), self.base.catalogue)
        if digest in self.store:
            return
        self.mark()
        self.changed = True
        if not self.users.adopted and any(True for _ in self.store.quads_for_pattern(None, None, None, _DEFAULT)):
            self.users.begin()
        for quad in [*self.store.quads_for_pattern(self.base.ontology, _SHA256, None, self.base.catalogue)]:
            self.store.remove(quad)
        for graph in (self.base.ontology, self.base.inferred, _DEFAULT):
            self.store.remove_graph(graph)
        self.users.restore_default()
        self.store.extend(self.schema.graph(self.names))
        self.store.add(digest)
        rest = (ox.NamedNode(self.names.facts_graph(id)) for id in sorted(self.documents()))
        for graph in (self.base.ontology, self.base.links, *rest):
            self.derive((), _triples(self.store.quads_for_pattern(None, None, None, graph)))


@contextlib.contextmanager
def writing(home: Home, *, names: Names, schema: Schema, wait: float, plain: bool = False) -> Iterator[Writer]:
    """Open the primary for one write; when the block ends without an error, what changed is the next generation.

    Args:
        home: the folder of the graph.
        names: the addresses under the graph's base.
        schema: the ontology.
        wait: how many seconds to wait for another writer.
        plain: leave a store that has no ontology without one.

    Raises:
        StoreBusy: if another process is still writing after that time.
        StoreFull: if the disk is full; the store stays as it was.
        StoreCorrupt: if the primary cannot be opened.
    """
    with exclusive(home.store / "lock", wait=wait), disk_errors(home.store):
        _restore(home)
        primary = _open(home)
        base = Base.of(names)
        writer = Writer(home, names, schema, primary, base, Users(own_folder(home), primary, base))
        try:
            if not plain or writer.users.adopted:
                writer.adopt_schema()
            yield writer
            writer.commit()
        finally:
            # The engine frees its own lock when nothing refers to the store; an error's traceback must not keep it.
            del primary
            writer.store = writer.users.store = ox.Store()
            writer.users.close()


def renew(home: Home, *, wait: float) -> None:
    """Write the store anew, quad by quad: what was taken out of it is then in no file of it any more.

    Raises:
        StoreError: if another process is writing, or the store cannot be written; it stays as it was.
    """
    with exclusive(home.store / "lock", wait=wait), disk_errors(home.store):
        _restore(home)
        primary, fresh = home.store / "primary", home.store / "primary.new"
        shutil.rmtree(fresh, ignore_errors=True)
        old, new = ox.Store.read_only(str(primary)), ox.Store(str(fresh))
        new.bulk_extend(old)
        for graph in old.named_graphs():
            new.add_graph(graph)
        new.flush()
        del old, new
        home.changing.touch()
        shutil.rmtree(primary)
        fresh.rename(primary)
        own = own_folder(home)
        beside = ox.Store(str(own)) if own.is_dir() else None
        renewed = _open(home)
        make_generation(home, renewed, beside=beside)
        home.changing.unlink()
        del renewed, beside
        remove_unused(home)


def found_plain(home: Home, *, names: Names, schema: Schema, wait: float) -> None:
    """Make sure that a home holds a store without documents: an empty one, where it holds none yet.

    Raises:
        InputError: if the home has documents.
        StoreError: if the store cannot be written.
    """
    with writing(home, names=names, schema=schema, wait=wait, plain=True) as writer:
        if home.ids() or writer.users.adopted:
            raise InputError(f"{home.path} has documents.", remedy="Serve it without --plain, or name another --home.")


def _open(home: Home) -> ox.Store:
    try:
        with disk_errors(home.store):
            return ox.Store(str(home.store / "primary"))
    except OSError as error:
        raise StoreCorrupt(
            f"The store in {home.store} cannot be opened ({error}).",
            remedy=f"Delete {home.store} and run 'grappe rebuild'; originals and judgements are kept apart.",
        ) from error


def _triples(quads: Iterable[ox.Quad]) -> list[Triple]:
    return [(q.subject, q.predicate, q.object) for q in quads if not isinstance(q.subject, ox.Triple)]


def _as_stored(quads: set[ox.Quad]) -> set[ox.Quad]:
    """Return quads as the engine gives them back: it keeps numbers and dates by value ("0.90" becomes "0.9")."""
    store = ox.Store()
    store.extend(quads)
    return {*store}


def _restore(home: Home) -> None:
    """Put the primary back from the current generation, where a write before this one did not end."""
    if not home.changing.exists():
        return
    number = current_number(home)
    for folder, copy in (
        (home.store / "primary", generation_folder),
        (own_folder(home), beside_folder),
    ):
        shutil.rmtree(folder, ignore_errors=True)
        if number is not None and copy(home, number).is_dir():
            copy_store(copy(home, number), folder)
    home.changing.unlink(missing_ok=True)
