"""What is made goes into the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache

from grappe.config import Settings
from grappe.iri import Names
from grappe.link import resolve, standing
from grappe.link.mappings import Linked, linked
from grappe.link.sssom import counted, links_graph, sets_graph, sets_of, things_graph
from grappe.model import Judgement, Resolution, Target
from grappe.ontology import Schema
from grappe.pipeline.values import Made
from grappe.store.contents import label_of, link_sets, links_of, links_to
from grappe.store.home import Home, stamp
from grappe.store.ledger import read_ledger
from grappe.store.targets import read_targets
from grappe.store.writer import Writer, writing

__all__ = ["linked_now", "put", "put_links", "writing_to"]


def writing_to(settings: Settings) -> AbstractContextManager[Writer]:
    """Open the store of a home for one write (see :func:`grappe.store.writer.writing`)."""
    schema = Schema.load(settings.ontology)
    return writing(Home(settings.home), names=settings.names, schema=schema, wait=settings.lock_wait)


def put(writer: Writer, one: Made) -> bool:
    """Replace all that the store holds of a document; return whether anything differed."""
    projection = one.projection
    return writer.publish(
        projection.document, facts=projection.facts, evidence=projection.evidence, catalogue=one.catalogue
    )


def put_links(settings: Settings, writer: Writer) -> bool:
    """Bring the graph of links to what the ledger says of what the store names; return whether it differed.

    Where neither ledger nor registers' records have changed, only things whose labels have are looked at.
    """
    known, names = _known_now(settings), settings.names
    if writer.links_state != known.digest:
        links = known.links({*known.by_key}, writer, names)
        return writer.link(
            links_graph(links, known.merged(known.former, writer, names), names=names), state=known.digest
        )
    keys = (names.key_of(iri) for iri in writer.relabelled)
    touched = sorted(key for key in keys if key is not None and (key in known.by_key or key in known.former))
    writer.relabelled.clear()
    if not touched:
        return False
    held = {quad for key in touched for quad in links_of(writer.store, key, names=names)}
    wanted = things_graph(known.links(touched, writer, names), known.merged(touched, writer, names), names=names)
    differed = writer.relink(held, wanted)
    if differed:
        held_sets = link_sets(writer.store, names=names)
        counts, registers = sets_of(held_sets, names=names)
        (less, left), (more, come) = counted(held, names=names), counted(wanted, names=names)
        counts.subtract(less)
        counts.update(more)
        unused = {one for one in left - come if not links_to(writer.store, *one, names=names)}
        writer.relink(held_sets, sets_graph(counts, (registers | come) - unused, names=names))
    writer.relabelled.clear()
    return differed


@dataclass(frozen=True, slots=True)
class _Known:
    """What the graph of links follows from, beside labels: the links that stand by thing, what registers say of them,
    the former keys of each thing, and the digest of it all.
    """

    resolution: Resolution
    by_key: Mapping[str, list[Judgement]]
    targets: Mapping[str, Target]
    former: Mapping[str, list[tuple[str, Judgement | None]]]
    digest: str

    def links(self, keys: Iterable[str], writer: Writer, names: Names) -> list[Linked]:
        """Return the links of things that have a label."""
        labels = {key: found for key in keys if (found := label_of(writer.store, key, names=names)) is not None}
        judgements = (one for key in labels for one in self.by_key.get(key, ()))
        return [*linked(judgements, self.targets, labels, self.resolution)]

    def merged(self, keys: Iterable[str], writer: Writer, names: Names) -> list[tuple[str, str, Judgement | None]]:
        """Return what has become one of these things, where they have a label."""
        shown = (key for key in keys if key in self.former and label_of(writer.store, key, names=names) is not None)
        return [(key, former, judgement) for key in shown for former, judgement in self.former[key]]


def _known_now(settings: Settings) -> _Known:
    home = Home(settings.home)
    return _read_known(home, stamp(home.ledger), stamp(home.targets))


@lru_cache(maxsize=1)
def _read_known(home: Home, *stamps: tuple[int, int, int]) -> _Known:
    """Return what is known; ``stamps`` tell the files apart that it is read from."""
    del stamps
    ledger = read_ledger(home)
    resolution = resolve(ledger)
    judgements = [one for one in standing(ledger) if isinstance(one, Judgement)]
    said = {key: one for one in judgements if not one.external and one.verdict == "same" for key in one.pair}
    by_key: dict[str, list[Judgement]] = {}
    for one in resolution.links:
        by_key.setdefault(resolution.of(one.left), []).append(one)
    former: dict[str, list[tuple[str, Judgement | None]]] = {}
    for key, now in sorted(resolution.canonical.items()):
        if key != now and "@" not in key:
            former.setdefault(now, []).append((key, said.get(key)))
    targets = read_targets(home)
    told: list[tuple[str, ...]] = [
        *sorted((key, repr(one), repr(targets.get(one.right))) for key, held in by_key.items() for one in held)
    ]
    told += [(key, *map(repr, held)) for key, held in sorted(former.items())]
    digest = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest() if told else ""
    return _Known(resolution, by_key, targets, former, digest)


def linked_now(settings: Settings, label: Callable[[str], str | None], *, refused: bool = False) -> list[Linked]:
    """Return the links that stand, of the things that have a label; ``refused`` adds what is said to be different."""
    home = Home(settings.home)
    ledger = read_ledger(home)
    if not ledger:
        return []
    resolution = resolve(ledger)
    judgements = [*resolution.links]
    if refused:
        external = (one for one in standing(ledger) if isinstance(one, Judgement) and one.external)
        judgements += [one for one in external if one.verdict == "different"]
    labels = {
        key: found for key in {resolution.of(one.left) for one in judgements} if (found := label(key)) is not None
    }
    return [*linked(judgements, read_targets(home), labels, resolution)]
