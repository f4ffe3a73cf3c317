"""What the ledger comes to."""

from __future__ import annotations

from collections.abc import Iterable

from grappe.model import Decision, FactJudgement, Judgement, Object, Resolution, Revocation, Suppression

__all__ = ["resolve", "standing"]


def standing(ledger: Iterable[Decision]) -> tuple[Judgement | FactJudgement, ...]:
    """Return the decisions that stand: not taken back, and the last on what they are about.

    A person's decision on a pair stands over a rule's, whichever came last.
    """
    ledger = [*ledger]
    revoked = {decision.revokes for decision in ledger if isinstance(decision, Revocation)}
    last: dict[tuple[str, ...], Judgement | FactJudgement] = {}
    for decision in ledger:
        if isinstance(decision, Revocation | Suppression) or decision.id in revoked:
            continue
        if isinstance(decision, FactJudgement):
            last[("fact", decision.document, decision.statement)] = decision
            continue
        before = last.get(decision.pair)
        if isinstance(before, Judgement) and decision.by_rule and not before.by_rule:
            continue
        last.pop(decision.pair, None)
        last[decision.pair] = decision
    return tuple(last.values())


def resolve(ledger: Iterable[Decision]) -> Resolution:
    """Return what the decisions that stand come to.

    Of the keys that are one, the shortest is canonical, then the first in order. Keys that are said to be different
    stay apart, even where a chain of others joins them: persons' joints are made first, then the surest. So neither the
    order of pairs nor of documents matters.

    >>> said = Judgement("place/evry", "place/evry-courcouronnes", "same", "ada", "2026-01-01", "one commune")
    >>> resolve([said]).of("place/evry-courcouronnes")
    'place/evry'
    """
    ledger = [*ledger]
    judgements = standing(ledger)
    facts = [one for one in judgements if isinstance(one, FactJudgement)]
    corrected: dict[str, tuple[Object, str]] = {
        one.statement: (one.object, one.by) for one in facts if one.verdict == "corrected" and one.object is not None
    }
    identity = [one for one in judgements if isinstance(one, Judgement)]
    return Resolution(
        canonical=_canonical([one for one in identity if not one.external]),
        links=tuple(sorted((one for one in identity if one.external and one.verdict == "same"), key=_order)),
        rejected=frozenset(one.statement for one in facts if one.verdict == "rejected"),
        corrected=corrected,
        suppressed=frozenset(one for line in ledger if isinstance(line, Suppression) for one in line.digests),
    )


def _order(judgement: Judgement) -> tuple[bool, float, tuple[str, ...]]:
    return judgement.by_rule, -(1.0 if judgement.score is None else judgement.score), judgement.pair


def _rank(key: str) -> tuple[bool, int, str]:
    """Order keys: one of a single document is never canonical, the shortest comes first."""
    return "@" in key, len(key), key


def _canonical(judgements: list[Judgement]) -> dict[str, str]:
    parent: dict[str, str] = {}
    apart: dict[str, set[str]] = {}

    def root(key: str) -> str:
        while (above := parent.get(key, key)) != key:
            parent[key] = parent.get(above, above)
            key = above
        return key

    for judgement in judgements:
        if judgement.verdict == "different":
            apart.setdefault(judgement.left, set()).add(judgement.right)
            apart.setdefault(judgement.right, set()).add(judgement.left)
    for judgement in sorted((one for one in judgements if one.verdict == "same"), key=_order):
        first, second = sorted((root(judgement.left), root(judgement.right)), key=_rank)
        if first == second or any(root(other) == second for other in apart.get(first, ())):
            continue
        parent[second] = first
        if second in apart:
            apart.setdefault(first, set()).update(apart[second])
    return {key: root(key) for key in parent}
