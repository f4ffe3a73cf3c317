"""From things and indexes to proposals: which records are the thing, in each scheme, how sure, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from grappe.link.builtin import TITLE
from grappe.link.index import About, Index
from grappe.link.normal import forms, hashed, lookup_key, words
from grappe.link.profile import Profile
from grappe.link.records import SCHEMES, Record
from grappe.link.score import ACCEPT, REVIEW, Scored, may_be, score
from grappe.link.territories import Territories

__all__ = ["Matcher", "Outcome", "Proposal", "settle"]

#: ``accepted``: a link is made; ``open``: a person is asked.
Outcome = Literal["accepted", "open"]
#: Two records of one scheme whose scores lie closer than this cannot be told apart.
_MARGIN = 0.06
#: Most records that are scored for one thing in one index.
_MOST = 60
#: Most records that are scored because they share rare words with it.
_MOST_BY_WORDS = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that may be made: which record, by which rule, how sure, and why.

    ``rule`` is ``name`` (the record was found by its names), ``identifier`` (the gazetteer or another link gives the
    identifier) or ``chain`` (a record that was found gives the identifier of another scheme).
    """

    key: str
    kind: str
    scheme: str
    identifier: str
    label: str
    score: float
    reasons: tuple[str, ...]
    rule: Literal["name", "identifier", "chain"]
    outcome: Outcome
    source: About
    record: Record | None = field(default=None, compare=False)
    against: bool = field(default=False, compare=False)

    @property
    def address(self) -> str:
        """The address of the record."""
        return SCHEMES[self.scheme].address.format(self.identifier)


@dataclass(slots=True, eq=False)
class Matcher:
    """Matches things against open indexes; ``refused`` are pairs of a key and an address that a person said no to."""

    indexes: Sequence[Index]
    territories: Territories
    gazetteer: About
    refused: frozenset[tuple[str, ...]] = frozenset()
    _names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def match(self, profile: Profile) -> tuple[Proposal, ...]:
        """Return what may be linked to a thing: of each scheme one accepted record, or the open ones, or none."""
        found: dict[tuple[str, str], Proposal] = {}
        for scheme, value in profile.identifiers:
            if scheme in SCHEMES:
                reason = f"the gazetteer gives it {SCHEMES[scheme].title} {value}"
                _keep(
                    found,
                    Proposal(
                        profile.key,
                        profile.kind,
                        scheme,
                        value,
                        profile.names[0],
                        0.97,
                        (reason,),
                        "identifier",
                        "accepted",
                        self.gazetteer,
                    ),
                )
        for index in self.indexes:
            for scored, why in self._candidates(profile, index):
                _keep(found, self._proposal(profile, scored, why, index.about))
        for pair in [pair for pair, p in found.items() if (p.key, p.address) in self.refused]:
            del found[pair]
        for proposal in [*_chains(found.values())]:
            if (proposal.key, proposal.address) not in self.refused:
                _keep(found, proposal)
        return tuple(_settled(found.values()))

    def _candidates(self, profile: Profile, index: Index) -> Iterator[tuple[Scored, Literal["name", "identifier"]]]:
        known: dict[int, str] = {}
        for scheme, value in profile.identifiers:
            for n in index.identified(scheme, value):
                known.setdefault(n, f"the gazetteer and {index.about.kind} both have {scheme} {value}")
        keys = {hashed(lookup_key(form)) for name in profile.names for form, _ in forms(name)}
        numbers = {n for held in index.named([*keys]).values() for n, _ in held}
        records = index.records([*known, *list(numbers)[:_MOST]])
        strong = False
        for n, record in records.items():
            if n in known:
                if may_be(profile.kind, record):
                    yield (
                        self._followed(self._identified(profile, record, index, known[n]), profile, index),
                        "identifier",
                    )
                    strong = True
                continue
            scored = self._score(profile, record, index)
            if scored is not None:
                strong = strong or scored.score >= ACCEPT
                yield self._followed(scored, profile, index), "name"
        if strong or not index.has_words:
            return
        shared = index.with_words({word for name in profile.names for word in words(name)})
        best = sorted((n for n in shared if n not in records), key=lambda n: (-shared[n], n))[:_MOST_BY_WORDS]
        for record in index.records(best).values():
            scored = self._score(profile, record, index)
            if scored is not None:
                yield self._followed(scored, profile, index), "name"

    def _identified(self, profile: Profile, record: Record, index: Index, reason: str) -> Scored:
        """Return how sure a shared identifier is: schools of one body share its SIREN, and a new body its old item."""
        ours = self._score(profile, record, index)
        shared = len({*record.identifiers, (record.scheme, record.identifier)} & {*profile.identifiers})
        value = 0.98 if shared > 1 or (ours is not None and ours.score >= REVIEW) else 0.88
        if ours is not None and record.status == "inactive":
            value = ACCEPT - 0.01
        return Scored(record, value + (0.01 if shared > 1 and ours is not None else 0.0), (reason,))

    def _score(self, profile: Profile, record: Record, index: Index) -> Scored | None:
        if not may_be(profile.kind, record):
            return None
        return score(
            profile,
            record,
            territories=self.territories,
            parents=self._parents(record, index),
            national=index.about.kind == TITLE,
        )

    def _parents(self, record: Record, index: Index) -> Iterator[str]:
        for parent in record.parents:
            scheme, _, value = parent.partition(":")
            if scheme not in SCHEMES or not value:
                yield parent
                continue
            if parent not in self._names:
                held = index.records(index.identified(scheme, value)[:1])
                self._names[parent] = tuple(name.text for one in held.values() for name in one.names)
            yield from self._names[parent]

    def _followed(self, scored: Scored, profile: Profile, index: Index) -> Scored:
        """Follow a withdrawn record to what stands in its place; a record that leads nowhere links to nothing."""
        record, seen = scored.record, set[str]()
        while record.status == "withdrawn" and record.successor and record.identifier not in seen:
            seen.add(record.identifier)
            following = index.records(index.identified(record.scheme, record.successor)[:1])
            record = next(iter(following.values()), record)
        if record.status == "withdrawn":
            return replace(scored, score=0.0)
        if record is scored.record:
            return scored
        told = f"{record.identifier} (« {record.label} ») stands in its place"
        reason = f"its record {scored.record.identifier} is withdrawn, and {told}"
        ours = self._score(profile, record, index)
        # What was merged under another name is for a person to see.
        value = scored.score if ours is not None and ours.score >= ACCEPT else min(scored.score, ACCEPT - 0.01)
        return Scored(record, value, (*scored.reasons, reason))

    def _proposal(
        self, profile: Profile, scored: Scored, rule: Literal["name", "identifier"], about: About
    ) -> Proposal:
        r = scored.record
        outcome: Outcome = "accepted" if scored.score >= ACCEPT else "open"
        return Proposal(
            profile.key,
            profile.kind,
            r.scheme,
            r.identifier,
            r.label,
            scored.score,
            scored.reasons,
            rule,
            outcome,
            about,
            r,
            scored.against,
        )


def _keep(found: dict[tuple[str, str], Proposal], new: Proposal) -> None:
    """Keep the surer of two proposals for one record; one that something speaks against stands, whoever is surer."""
    held = found.get((new.scheme, new.identifier))
    if held is None or (new.against, new.score) > (held.against, held.score):
        found[new.scheme, new.identifier] = new


def _chains(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield what accepted records say of the same thing in other schemes."""
    for p in _settled(found):
        if p.outcome != "accepted" or p.record is None:
            continue
        for scheme, value in p.record.identifiers:
            if scheme in SCHEMES and not (
                p.kind != "Place" and scheme in ("geonames", "nuts", "insee", "insee-region", "insee-departement")
            ):
                reason = f"{SCHEMES[p.scheme].title} {p.identifier} gives it {SCHEMES[scheme].title} {value}"
                yield replace(
                    p,
                    scheme=scheme,
                    identifier=value,
                    score=min(p.score, 0.97),
                    reasons=(reason, *p.reasons),
                    rule="chain",
                    record=None,
                )


def _settled(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Decide scheme by scheme: one record that stands out is accepted, rivals are left to a person."""
    schemes: dict[str, list[Proposal]] = {}
    for p in found:
        if p.score >= REVIEW:
            schemes.setdefault(p.scheme, []).append(p)
    for scheme in sorted(schemes):
        ranked = sorted(schemes[scheme], key=lambda p: (-p.score, p.identifier))
        best = ranked[0]
        rivals = [p for p in ranked[1:] if best.score - p.score < _MARGIN]
        if best.score >= ACCEPT and not rivals:
            yield best
        elif rivals:
            told = ", ".join(f"{p.identifier} (« {p.label} »)" for p in rivals[:3])
            for p in (best, *rivals):
                reason = f"{told} fits as well" if p is best else f"{best.identifier} (« {best.label} ») fits as well"
                yield replace(p, outcome="open", score=min(p.score, ACCEPT - 0.01), reasons=(*p.reasons, reason))
        else:
            yield replace(best, outcome="open")


def settle(every: Iterable[Proposal]) -> list[Proposal]:
    """Let no record be two things: where two keys claim one, the surer keeps it and the others are left to a person."""
    ranked = sorted(every, key=lambda p: (p.outcome != "accepted", -p.score, p.key))
    taken: dict[tuple[str, str], Proposal] = {}
    out: list[Proposal] = []
    for p in ranked:
        first = taken.setdefault((p.scheme, p.identifier), p) if p.outcome == "accepted" else p
        if first is not p:
            reason = f"{first.key} is linked to it too"
            p = replace(p, outcome="open", score=min(p.score, ACCEPT - 0.01), reasons=(*p.reasons, reason))
        out.append(p)
    return sorted(out, key=lambda p: (p.key, p.scheme, -p.score, p.identifier))
