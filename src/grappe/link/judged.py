"""The facts of a document as the judgements leave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from grappe.model import NODE_IDENTITY, Facts, Ref, Resolution, Statement, Term

__all__ = ["corrected", "judged", "without"]

#: Classes that say little: of things that are one, the class of another is kept.
_GENERAL = frozenset({"grp:Organization", "grp:Facility", "grp:FundingInstrument", "grp:Event"})
#: What a node may lack and still say something; of these two, neither says anything alone.
_OPTIONAL = frozenset({"grp:amount", "grp:currency", "grp:awardedBy"})
_TOGETHER = frozenset({"grp:amount", "grp:currency"})
_TYPE = "rdf:type"


def judged(facts: Facts, resolution: Resolution) -> Facts:
    """Return facts without what is rejected, with what is corrected, and with one class for what is one thing."""
    wrong = {s for s in facts.statements if s.id in resolution.rejected}
    merged = {e.key for e in facts.entities if resolution.of(e.key, facts.document) != e.key}
    if merged:
        wrong |= {s for s in facts.statements if _of_itself(s, resolution)}
        wrong |= _other_classes(facts, merged, resolution)
    out = without(facts, wrong, resolution) if wrong else facts
    if not any(s.id in resolution.corrected for s in out.statements):
        return out
    return replace(out, statements=tuple(corrected(s, resolution) for s in out.statements))


def without(facts: Facts, wrong: Iterable[Statement], resolution: Resolution) -> Facts:
    """Return facts without some statements, and without what falls with them.

    What loses what makes it (its class; of a node that joins several things, one of those) goes with all that is said
    of it, and so does a thing that loses the last that is said of it.
    """
    wrong = {*wrong}
    statements = [s for s in facts.statements if s not in wrong]
    kinds = {e.key: e.kind for e in facts.entities}
    before = _said(statements, facts, resolution, more=wrong)
    gone: set[str] = set()
    while True:
        now = _said(statements, facts, resolution)
        halves = {key for key, said in now.items() if len(said & _TOGETHER) == 1}
        lost = {key for key in before if key not in gone and not _stands(kinds.get(key), before[key], now[key])}
        if not lost and not halves:
            break
        gone |= lost
        statements = [
            s
            for s in statements
            if s.subject not in gone
            and not (isinstance(s.object, Ref) and s.object.key in gone)
            and not (s.subject in halves and s.predicate in _TOGETHER)
        ]
    metadata = facts.metadata
    return replace(
        facts,
        metadata=metadata if metadata.publisher not in gone else replace(metadata, publisher=None),
        entities=tuple(e for e in facts.entities if e.key not in gone),
        mentions=tuple(m for m in facts.mentions if m.key not in gone),
        statements=tuple(statements),
    )


def _said(
    statements: Iterable[Statement], facts: Facts, resolution: Resolution, *, more: Iterable[Statement] = ()
) -> dict[str, set[str]]:
    """Return by which predicates each key is spoken of; of keys that are one, each has the class that one has."""
    said: dict[str, set[str]] = defaultdict(set)
    for s in (*statements, *more):
        said[s.subject].add(s.predicate)
        if isinstance(s.object, Ref):
            said[s.object.key].add(f"^{s.predicate}")
    if facts.metadata.publisher:
        said[facts.metadata.publisher].add("^dct:publisher")
    typed = {resolution.of(key, facts.document) for key, predicates in said.items() if _TYPE in predicates}
    for key, predicates in said.items():
        if resolution.of(key, facts.document) in typed:
            predicates.add(_TYPE)
    return said


def _stands(kind: str | None, before: set[str], now: set[str]) -> bool:
    if _TYPE in before and _TYPE not in now:
        return False
    if kind is not None and kind in NODE_IDENTITY:
        return ({*NODE_IDENTITY[kind]} & before) - _OPTIONAL <= now
    return now - {_TYPE} != set() or before <= {_TYPE}


def _of_itself(statement: Statement, resolution: Resolution) -> bool:
    """Return whether a statement joins a thing to itself, now that two are one."""
    if not isinstance(statement.object, Ref) or statement.object.key == statement.subject:
        return False
    subject, value = (resolution.of(key, statement.document) for key in (statement.subject, statement.object.key))
    return subject == value


def _other_classes(facts: Facts, merged: set[str], resolution: Resolution) -> set[Statement]:
    """Return the statements of classes that things lose to the one with which they are one."""
    whole = {resolution.of(key, facts.document) for key in merged}
    classes: dict[str, list[Statement]] = defaultdict(list)
    for statement in facts.statements:
        canonical = resolution.of(statement.subject, facts.document)
        if statement.predicate == _TYPE and canonical in whole:
            classes[canonical].append(statement)
    out: set[Statement] = set()
    for canonical, stated in classes.items():
        best = min(stated, key=lambda s: (_class(s) in _GENERAL, s.subject != canonical, s.subject, _class(s)))
        out |= {s for s in stated if _class(s) != _class(best)}
    return out


def _class(statement: Statement) -> str:
    return statement.object.curie if isinstance(statement.object, Term) else ""


def corrected(statement: Statement, resolution: Resolution) -> Statement:
    """Return a statement with the object that a judgement gives it, if one does; who decided is its extractor then."""
    found = resolution.corrected.get(statement.id)
    if found is None:
        return statement
    value, by = found
    evidence = tuple(replace(e, extractor=f"judgement:{by}", confidence=1.0) for e in statement.evidence)
    return replace(statement, object=value, evidence=evidence)
