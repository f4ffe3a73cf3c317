"""Verbs on links: match things against registers, list what is open, hand mappings out and take them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import grappe
from grappe.config import Settings
from grappe.link import builtin, resolve, standing
from grappe.link.index import About
from grappe.link.mappings import relation_of
from grappe.link.match import Matcher, Proposal, settle
from grappe.link.profile import profiles
from grappe.link.records import scheme_of
from grappe.link.sssom import read_tsv, write_rdf, write_tsv
from grappe.link.territories import Territories
from grappe.model import Facts, Judgement, Target, Verdict
from grappe.pipeline.authorities import open_authorities
from grappe.pipeline.judging import decide
from grappe.pipeline.publishing import linked_now
from grappe.store.contents import label_of
from grappe.store.facts_file import read_facts
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.ledger import read_ledger
from grappe.store.targets import keep_targets, read_targets

__all__ = ["Identity", "Open", "export_links", "identity", "import_links", "link", "open_links"]


@dataclass(frozen=True, slots=True)
class Open:
    """A link that a rule leaves to a person: the thing with its names, the record, how sure, why."""

    key: str
    names: tuple[str, ...]
    address: str
    label: str
    relation: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What is said of a thing's identity: another of its addresses, or one of another graph; by whom, why, how sure."""

    other: str
    label: str
    relation: str
    by: str
    reason: str
    score: float | None


def link(
    settings: Settings, *, at: str, dry_run: bool = False, progress: Callable[[str], None] = lambda _: None
) -> list[Proposal]:
    """Match all things against the registers and publish what is sure; return what is new, accepted and open.

    What is in the ledger already is not said again. Where a register now gives a thing another record than the one that
    a rule linked it to, the old link is opened.

    Args:
        settings: the graph, and where the registers are.
        at: when, for the ledger (ISO 8601).
        dry_run: decide nothing.
        progress: told the key of each thing.
    """
    home = Home(settings.home)
    ledger = read_ledger(home)
    said = {one.pair: one for one in standing(ledger) if isinstance(one, Judgement) and one.external}
    territories = Territories.load(settings.data)
    things = profiles(_facts(home), resolve(ledger), territories=territories)
    refused = frozenset(pair for pair, one in said.items() if one.verdict == "different" and not one.by_rule)
    gazetteer = About("gazetteer", "data/gazetteer", builtin.DATE, "etalab-2.0", builtin.DATE)
    found: list[Proposal] = []
    with open_authorities(settings) as indexes:
        matcher = Matcher(indexes, territories, gazetteer, refused)
        for thing in things:
            progress(thing.key)
            found += matcher.match(thing)
    settled = settle(found)
    new = [p for p in settled if _is_new(p, said)]
    if not dry_run:
        decisions = [*_outdated(settled, said, at), *(_judgement(p, at) for p in new)]
        keep_targets(home, read_targets(home), (_target(p) for p in settled))
        decide(settings, decisions)
    return new


def _facts(home: Home) -> Iterator[Facts]:
    for id in home.ids():
        yield read_facts(home.facts(id))


def _is_new(p: Proposal, said: dict[tuple[str, ...], Judgement]) -> bool:
    before = said.get((p.key, p.address))
    if before is None:
        return True
    return before.by_rule and before.verdict != ("same" if p.outcome == "accepted" else "unsure")


def _outdated(settled: list[Proposal], said: dict[tuple[str, ...], Judgement], at: str) -> Iterator[Judgement]:
    """Yield, for each link of a rule that another record of its scheme takes the place of, that it is open."""
    now = {(p.key, p.scheme): p for p in settled if p.outcome == "accepted"}
    for one in said.values():
        scheme = scheme_of(one.right)
        better = now.get((one.left, scheme[0])) if scheme else None
        if better and better.address != one.right and one.by_rule and one.verdict == "same":
            reason = f"{better.address} fits better now"
            yield Judgement(one.left, one.right, "unsure", one.by, at, reason, one.relation, one.score)


def _judgement(p: Proposal, at: str) -> Judgement:
    rule = "context" if p.rule == "name" and len(p.reasons) > 1 else p.rule
    verdict: Verdict = "same" if p.outcome == "accepted" else "unsure"
    return Judgement(
        p.key, p.address, verdict, f"rule:link-{rule}", at, "; ".join(p.reasons), relation_of(p.kind, p.scheme), p.score
    )


def _target(p: Proposal) -> Target:
    point = p.record.point if p.record is not None else None
    return Target(p.address, p.label, p.source.kind, p.source.date, p.source.licence, point)


def open_links(settings: Settings) -> list[Open]:
    """Return what rules left to a person and nobody has decided, the surest first."""
    home = Home(settings.home)
    ledger, targets = read_ledger(home), read_targets(home)
    things = {t.key: t for t in profiles(_facts(home), resolve(ledger), territories=Territories.load(settings.data))}
    found = []
    for one in standing(ledger):
        if (
            isinstance(one, Judgement)
            and one.external
            and one.verdict == "unsure"
            and one.by_rule
            and one.left in things
        ):
            label = targets.get(one.right, Target(one.right)).label
            names = things[one.left].names
            found.append(Open(one.left, names, one.right, label, one.relation, one.score or 0.0, one.reason))
    return sorted(found, key=lambda o: (-o.score, o.key, o.address))


def identity(settings: Settings, key: str) -> list[Identity]:
    """Return why a thing bears the names it bears: which keys were made one with it, and what it is in other graphs."""
    home = Home(settings.home)
    ledger, targets = read_ledger(home), read_targets(home)
    resolution = resolve(ledger)
    canonical = resolution.of(key)
    found = []
    for one in standing(ledger):
        if not isinstance(one, Judgement) or one.verdict != "same" or resolution.of(one.left) != canonical:
            continue
        other = one.right if one.external or one.right != canonical else one.left
        label = targets.get(one.right, Target(one.right)).label
        found.append(Identity(other, label, one.relation, one.by, one.reason, one.score))
    return found


def export_links(settings: Settings, format: str = "tsv") -> str:
    """Return the links that stand as SSSOM: ``tsv`` (with what is said to be different), or RDF in a format's name."""
    with open_generation(Home(settings.home)) as generation:
        links = linked_now(settings, lambda key: label_of(generation.store, key, names=settings.names), refused=True)
    if format != "tsv":
        return write_rdf(links, format, names=settings.names, version=grappe.__version__)
    return write_tsv(links, names=settings.names, version=grappe.__version__)


def import_links(settings: Settings, text: str, *, by: str, at: str) -> tuple[list[Judgement], int]:
    """Take the mappings of an SSSOM file into the ledger; return the new decisions, and how many lines say nothing new.

    Lines are passed over that speak of things that no document names, of other relations, or say what the ledger says.

    Raises:
        InputError: if it is no SSSOM.
    """
    home = Home(settings.home)
    read = read_tsv(text, names=settings.names, by=by, at=at)
    ledger = read_ledger(home)
    said = {one.pair: one for one in standing(ledger) if isinstance(one, Judgement)}
    known = {e.key for facts in _facts(home) for e in facts.entities}
    new, passed = [], read.passed_over
    for one in read.judgements:
        before = said.get(one.pair)
        repeats = before is not None and before.verdict == one.verdict and before.relation == one.relation
        if one.left in known and (one.external or one.right in known) and not repeats:
            new.append(one)
        else:
            passed += 1
    decide(settings, new)
    return new, passed
