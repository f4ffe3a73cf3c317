"""Verbs on judgements: what the ledger says, and a decision with all that it changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from grappe.config import Settings
from grappe.errors import InputError, NotFound
from grappe.iri import KINDS
from grappe.link import standing
from grappe.model import (
    NODE_IDENTITY,
    Decision,
    FactJudgement,
    FactVerdict,
    Judgement,
    Literal,
    Object,
    Ref,
    Revocation,
    Statement,
    Suppression,
    Term,
    Verdict,
)
from grappe.pipeline.publishing import writing_to
from grappe.pipeline.settling import bring, holding
from grappe.store.facts_file import read_facts
from grappe.store.home import Home
from grappe.store.ledger import read_ledger

__all__ = ["Noted", "Signed", "decide", "judge_fact", "judge_pair", "judgements", "undo"]

_JOINTS = {KINDS[kind] for kind in NODE_IDENTITY} | {"role", "document"}


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decides, when (ISO 8601), and why."""

    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the ledger, and whether it stands: it was not taken back, and nothing later was said."""

    decision: Decision
    stands: bool


def judgements(settings: Settings) -> tuple[Noted, ...]:
    """Return the ledger, oldest first."""
    ledger = read_ledger(Home(settings.home))
    stand = {decision.id for decision in standing(ledger)}
    return tuple(Noted(d, d.id in stand or isinstance(d, Revocation | Suppression)) for d in ledger)


def decide(settings: Settings, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """Add decisions to the ledger, and bring the store to them; return the documents whose facts are shown anew.

    Raises:
        ShapeViolation: if facts would break a shape then; nothing is written.
        StoreError: if the store cannot be written.
    """
    with writing_to(settings) as writer:
        return bring(settings, writer, decisions)


def judge_pair(
    settings: Settings, pair: tuple[str, str], verdict: Verdict, signed: Signed, *, relation: str = "owl:sameAs"
) -> Judgement:
    """Decide whether two things are one, or a thing and one of another graph.

    Raises:
        NotFound: if no document names one of them.
        InputError: if they are of kinds that cannot be one.
    """
    left, right = (_key(settings, name) for name in pair)
    if "://" in left:
        left, right = right, left
    judgement = Judgement(left, right, verdict, signed.by, signed.at, signed.reason, relation)
    # What a name stands for in one document may have a key that no document has.
    split = any("@" in key for key in (left, right))
    for key in (left,) if judgement.external else (left, right):
        if key.partition("/")[0] in _JOINTS:
            raise InputError(
                f"'{key}' is made from what it says.", remedy="Judge the facts that it joins, or the things in them."
            )
        if not split and not holding(Home(settings.home), {key}):
            raise NotFound(
                f"No document names '{key}'.",
                iri=settings.names.entity(key),
                remedy="'grappe query' finds the address of what you look for.",
            )
    if left == right:
        raise InputError("These two are one name already.", remedy="Give two different ones.")
    if not judgement.external and left.partition("/")[0] != right.partition("/")[0]:
        raise InputError(f"'{left}' and '{right}' are not of one kind.", remedy="Judge two things of one kind.")
    decide(settings, [judgement])
    return judgement


def judge_fact(
    settings: Settings, statement: str, verdict: FactVerdict, signed: Signed, *, value: str | None = None
) -> FactJudgement:
    """Reject a fact, or correct its object; ``value`` is a key, a term or a value, as the object was.

    Raises:
        NotFound: if no document states it.
        InputError: if the value cannot stand in its place.
    """
    home = Home(settings.home)
    for id in holding(home, {statement}):
        facts = read_facts(home.facts(id))
        found = next((s for s in facts.statements if s.id == statement), None)
        if found is not None:
            break
    else:
        raise NotFound(
            f"There is no fact '{statement}' here.",
            iri=statement,
            remedy="'grappe explain IRI' shows the facts about a thing, each with the id to judge it by.",
        )
    corrected = None
    if verdict == "corrected":
        corrected = _object(settings, found, value or "", {e.key for e in facts.entities})
    judgement = FactJudgement(id, statement, verdict, signed.by, signed.at, signed.reason, corrected)
    decide(settings, [judgement])
    return judgement


def undo(settings: Settings, about: tuple[str, ...], signed: Signed) -> Revocation:
    """Take back the decision that stands on a pair or on a fact, or the one with an id.

    Raises:
        NotFound: if none stands.
    """
    names = {*about} if len(about) == 1 else {_key(settings, name) for name in about}
    ledger = standing(read_ledger(Home(settings.home)))
    for decision in reversed(ledger):
        on = {decision.statement} if isinstance(decision, FactJudgement) else {*decision.pair}
        if names in (on, {decision.id}):
            revocation = Revocation(decision.id, signed.by, signed.at, signed.reason)
            decide(settings, [revocation])
            return revocation
    raise NotFound(
        f"No judgement on {' and '.join(about)} stands.",
        iri=" ".join(about),
        remedy="'grappe judgements' shows those that do.",
    )


def _key(settings: Settings, name: str) -> str:
    """Return the key that an address, or the last part of it, stands for; an address elsewhere is itself."""
    return settings.names.key_of(name) or name.removeprefix("id/")


def _object(settings: Settings, statement: Statement, value: str, keys: set[str]) -> Object:
    match statement.object:
        case Ref():
            key = _key(settings, value)
            if key not in keys:
                raise InputError(
                    f"The document '{statement.document}' does not name '{value}'.",
                    remedy="Give the address of a thing that it names, or reject the fact.",
                )
            return Ref(key)
        case Term():
            if not re.fullmatch(r"[a-z]+:\w+", value):
                raise InputError(f"'{value}' is no term.", remedy="Give one as grp:University.")
            return Term(value)
        case Literal(_, datatype, language):
            if datatype in ("xsd:gYear", "xsd:gYearMonth", "xsd:date"):
                datatype = {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(value), "xsd:date")
            return Literal(value, datatype, language)
