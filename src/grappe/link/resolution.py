"""What the ledger comes to."""

from __future__ import annotations

from collections.abc import Iterable

from grappe.model import Judgement, Resolution

__all__ = ["resolve"]


def resolve(judgements: Iterable[Judgement]) -> Resolution:
    """Return the canonical key of each entity that the ledger says is the same as another.

    Of each pair the last judgement stands. Of the keys that are one, the shortest is canonical, then the first in
    order; so neither the order of pairs nor of documents matters.

    >>> said = Judgement("place/evry", "place/evry-courcouronnes", "same", "ada", "2026-01-01", "one commune")
    >>> resolve([said]).of("place/evry-courcouronnes")
    'place/evry'
    """
    last: dict[frozenset[str], Judgement] = {}
    for judgement in judgements:
        last[frozenset((judgement.left, judgement.right))] = judgement
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := parent.get(key, key)) != key:
            key = above
        return key

    for judgement in last.values():
        if judgement.verdict != "same":
            continue
        first, second = sorted((root(judgement.left), root(judgement.right)), key=lambda key: (len(key), key))
        parent[second] = first
    return Resolution(canonical={key: root(key) for key in parent})
