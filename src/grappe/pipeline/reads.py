"""Verbs that read: diff, documents, check, explain."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from grappe.check import Report, check
from grappe.config import Settings
from grappe.iri import Names
from grappe.link import corrected, judged
from grappe.model import Facts, Resolution
from grappe.ontology import Schema
from grappe.pipeline.making import make_again, resolved
from grappe.pipeline.values import Added, Change, Listed, Progress, Stated
from grappe.project import passages
from grappe.store.conflicts import Conflict
from grappe.store.conflicts import conflicts as store_conflicts
from grappe.store.contents import facts_of
from grappe.store.facts_file import read_facts
from grappe.store.generations import current_number, open_generation
from grappe.store.home import Home

__all__ = ["check_all", "conflicts", "diff", "documents", "explain"]


def diff(settings: Settings, *, progress: Progress = lambda _: None) -> Iterator[Change]:
    """Yield what a rebuild would change, document by document; nothing is written."""
    home = Home(settings.home)
    for id in home.ids():
        progress(id)
        made = make_again(settings, home, id)
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


def conflicts(settings: Settings) -> list[Conflict]:
    """Return what documents contradict each other about, with the passages and the dates of the documents."""
    with open_generation(Home(settings.home)) as generation:
        return [*store_conflicts(generation.store, names=settings.names)]


def explain(settings: Settings, iri: str) -> tuple[Stated, ...]:
    """Return each fact about a thing with the passages that state it, nodes that join it with others included.

    Raises:
        NotFound: if no document speaks of it.
    """
    from grappe.store.explain import explain as explained

    home, resolution = Home(settings.home), resolved(settings)
    with open_generation(home) as generation:
        rows = explained(generation.store, iri, names=settings.names)
    ids: dict[str, str] = {}
    pages: dict[str, tuple[int, ...]] = {}
    for id in {row[3] for row in rows}:
        facts = read_facts(home.facts(id))
        ids |= _ids_of_facts(facts, resolution, settings.names)
        pages[id] = facts.pages
    return tuple(Stated(*row[:9], ids.get(row[9], ""), bisect_right(pages[row[3]], row[4]) or None) for row in rows)


def _ids_of_facts(facts: Facts, resolution: Resolution, names: Names) -> dict[str, str]:
    """Return the id under which a fact is judged by the address of each piece of its evidence."""
    extracted = {corrected(s, resolution): s.id for s in facts.statements}
    stated = passages(judged(facts, resolution), resolution, names=names)
    return {address: extracted[statement] for address, statement in stated.items()}
