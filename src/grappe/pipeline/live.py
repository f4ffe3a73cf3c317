"""Ask live services what our things may be in their graphs; whatever they propose is left to a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from grappe.config import Settings
from grappe.errors import RemoteError
from grappe.fetch import Fetcher, Manners
from grappe.link import live, resolve, standing
from grappe.link.mappings import relation_of
from grappe.link.profile import profiles
from grappe.link.records import scheme_of
from grappe.link.score import REVIEW
from grappe.link.territories import Territories
from grappe.model import Candidate, Entity, Judgement, Target
from grappe.pipeline.judging import decide
from grappe.store.facts_file import read_facts
from grappe.store.home import Home
from grappe.store.ledger import read_ledger
from grappe.store.targets import keep_targets, read_targets

__all__ = ["link_live"]

#: So many proposals a thing and service; a person is asked about each.
_MOST = 3

_RESULTS = "application/sparql-results+json"


def link_live(
    settings: Settings,
    services: Iterable[str],
    *,
    at: str,
    dry_run: bool = False,
    manners: Manners | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> list[Candidate]:
    """Ask services for the things that documents name, and put what is new before `grappe review`.

    People are never asked for: their names stay here. A service is a reconciliation service if it answers with a
    manifest, a SPARQL endpoint otherwise.

    Args:
        settings: the graph; answers are kept in its folder.
        services: their addresses.
        at: when, for the ledger (ISO 8601).
        dry_run: decide nothing.
        manners: how to ask.
        progress: told the address of each service, and of how many things it has been asked.

    Raises:
        RemoteError: if a service does not answer, or not as its protocol says.
    """
    home = Home(settings.home)
    ledger = read_ledger(home)
    said = {one.pair for one in standing(ledger) if isinstance(one, Judgement) and one.external}
    facts = (read_facts(home.facts(id)) for id in home.ids())
    things = [
        Entity(thing.key, thing.kind, thing.names[0], thing.names[1:])
        for thing in profiles(facts, resolve(ledger), territories=Territories.load(settings.data))
        if thing.kind != "Person"
    ]
    kinds = {thing.key: thing.kind for thing in things}
    found: list[Candidate] = []
    with Fetcher(_cache(settings), manners) as fetcher:
        for service in services:
            found += _asked(fetcher, service, things, progress)
    new = [one for one in _best(found) if (one.entity, one.identifier) not in said]
    if new and not dry_run:
        known = read_targets(home)  # what a register says of a thing stands
        told = (Target(one.identifier, one.label, one.authority, at[:10]) for one in new)
        keep_targets(home, known, (target for target in told if target.address not in known))
        decide(settings, [_question(one, kinds[one.entity], at) for one in new])
    return new


def _cache(settings: Settings) -> Path:
    return settings.home / "live.sqlite"


def _asked(
    fetcher: Fetcher, address: str, things: Sequence[Entity], progress: Callable[[str], None]
) -> Iterator[Candidate]:
    service = _manifest(fetcher, address)
    asked = 0
    for batch in live.batches(things):
        progress(f"{address}  {asked}/{len(things)}")
        if service is not None:
            form = {"queries": live.reconciliation_batch(batch)}
            answer = fetcher.post(address, accept="application/json", form=form)
            yield from live.read_reconciliation(service, batch, answer.body)
        else:
            answer = fetcher.post(address, accept=_RESULTS, form={"query": live.sparql_query(batch)})
            yield from live.read_names(address, batch, answer.body)
        asked += len(batch)


def _manifest(fetcher: Fetcher, address: str) -> live.Service | None:
    """Return a reconciliation service, or None for what answers without a manifest: a SPARQL endpoint.

    Raises:
        RemoteError: if nobody answers at all.
    """
    try:
        answer = fetcher.get(address, accept="application/json")
        manifest = json.loads(answer.body)
    except RemoteError as error:
        if error.status is None:
            raise
        return None
    except ValueError:
        return None
    return live.read_manifest(address, answer.body) if "identifierSpace" in manifest else None


def _best(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the proposals worth a question, the surest first: of a thing and service so many at most."""
    taken: dict[tuple[str, str], int] = {}
    for one in sorted(found, key=lambda c: (-c.score, c.entity, c.identifier)):
        place = one.entity, one.authority
        if one.score >= REVIEW and taken.get(place, 0) < _MOST:
            taken[place] = taken.get(place, 0) + 1
            yield one


def _question(one: Candidate, kind: str, at: str) -> Judgement:
    scheme = scheme_of(one.identifier)
    relation = relation_of(kind, scheme[0]) if scheme else "owl:sameAs"
    return Judgement(
        one.entity, one.identifier, "unsure", "rule:link-live", at, "; ".join(one.reasons), relation, one.score
    )
