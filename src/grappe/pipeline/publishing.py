"""What is made goes into the store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from grappe.config import Settings
from grappe.link import resolve, standing
from grappe.link.mappings import Linked, linked
from grappe.link.sssom import links_graph
from grappe.model import Judgement
from grappe.ontology import Schema
from grappe.pipeline.values import Made
from grappe.store.contents import label_of
from grappe.store.home import Home
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
    """Bring the graph of links to what the ledger says of what the store names; return whether it differed."""
    home, names = Home(settings.home), settings.names
    links = linked_now(settings, lambda key: label_of(writer.store, key, names=names))
    judgements = [one for one in standing(read_ledger(home)) if isinstance(one, Judgement)]
    said = {key: one for one in judgements if not one.external and one.verdict == "same" for key in one.pair}
    canonical = resolve(judgements).canonical
    merged = [
        (now, former, said.get(former))
        for former, now in sorted(canonical.items())
        if former != now and "@" not in former and label_of(writer.store, now, names=names) is not None
    ]
    return writer.link(links_graph(links, merged, names=names))


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
