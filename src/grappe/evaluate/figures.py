"""Precision, recall and F1: of each relation, of each document, and of all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grappe.evaluate.backing import Held
from grappe.evaluate.scoring import Outcome

__all__ = ["Figures", "Rate", "figures"]

#: Not relations: the classes of things, and what a document says of itself.
_PLAIN = frozenset({"type", "title", "publisher", "issued"})


@dataclass(frozen=True, slots=True)
class Rate:
    """Counts of facts: told rightly, told falsely, missed."""

    told: int = 0
    false: int = 0
    missed: int = 0

    @property
    def gold(self) -> int:
        """How many facts the gold has."""
        return self.told + self.missed

    @property
    def precision(self) -> float:
        """The share of what is told that is right."""
        return self.told / (self.told + self.false) if self.told + self.false else 0.0

    @property
    def recall(self) -> float:
        """The share of what is stated that is told."""
        return self.told / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Rate(told=8, false=2, missed=2).f1
        0.8
        """
        whole = 2 * self.told + self.false + self.missed
        return 2 * self.told / whole if whole else 0.0

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.told + other.told, self.false + other.false, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Figures:
    """The measure of some documents."""

    relations: Mapping[str, Rate]
    documents: Mapping[str, Rate]
    evidence: Held = field(default_factory=Held)

    @property
    def micro(self) -> Rate:
        """Every fact counted alike."""
        return sum(self.relations.values(), Rate())

    @property
    def relations_alone(self) -> Rate:
        """Without the classes of things and what a document says of itself."""
        return sum((rate for name, rate in self.relations.items() if name not in _PLAIN), Rate())

    @property
    def held(self) -> float:
        """The share of facts that a passage holds."""
        return self.evidence.covered / self.evidence.facts if self.evidence.facts else 0.0


def figures(outcomes: Mapping[str, Outcome], evidence: Iterable[Held] = ()) -> Figures:
    """Return the figures of documents by their names."""
    told, false, missed = Counter[str](), Counter[str](), Counter[str]()
    documents = {}
    for name, one in outcomes.items():
        for counter, facts in ((told, one.told), (false, one.false), (missed, one.missed)):
            counter.update(str(fact[0]) for fact in facts)
        documents[name] = Rate(len(one.told), len(one.false), len(one.missed))
    relations = {name: Rate(told[name], false[name], missed[name]) for name in sorted({*told, *false, *missed})}
    held = [*evidence]
    whole = Held(
        sum(h.covered for h in held), sum(h.facts for h in held), sum(h.broken for h in held), sum(h.size for h in held)
    )
    return Figures(relations, documents, whole)
