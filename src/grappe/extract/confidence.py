"""How sure each fact is, from how often facts like it were right where people have read the documents.

A rule states how sure it is of what it says; that is where the figure starts. Counts of how often the rule was right
(``data/confidence.toml``, written by ``make rules``) pull it towards what was seen, the more the more was seen. Then
signs move it: how often facts of this relation are right at all, and between things of these classes; how often the
document says it, how much it says of the things that are named; whether it says otherwise as well (a sum that goes to
two, two years of opening), and how many others of the kind stand in the passage.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from grappe.extract.told import Told
from grappe.model import NODE_IDENTITY, Evidence, Facts, Statement

__all__ = ["SIGNS", "Scale", "Sign", "signs", "weigh"]

#: What moves the figure, in the order of the weights.
SIGNS = ("seen", "relation", "ends", "stated", "again", "spoken_of", "contested", "rivals", "beside", "shared")

#: What was seen counts as much as what is stated after so many cases.
_PRIOR = 20.0
#: How often facts are right, where nothing was seen of a relation.
_USUAL = 0.85
_LEAST, _MOST = 0.05, 0.99
_TYPE = "rdf:type"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a piece of evidence shows of how sure its fact is.

    ``about`` is the relation that it tells, or the class; ``stated`` is how sure the rule is; ``again`` counts the
    passages (of a class, the mentions), ``spoken_of`` the facts about the thing of which least is said.

    ``ends`` are the classes of the things that it joins; of a class, whether a public list has the thing.
    ``contested`` counts what is told that does not go with it: of a class, whether the name is part of another's.
    ``rivals`` counts the other things of these classes in the passage, ``beside`` the others that the relation is told of,
    ``shared`` the other awards that its passage tells.
    """

    group: Literal["relations", "types"]
    rule: str
    about: str
    stated: float
    again: int
    spoken_of: int
    ends: str = ""
    contested: int = 0
    rivals: int = 0
    beside: int = 0
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Scale:
    """What was seen: of each rule (``RULE``), of each relation (``* RELATION``), of this between things of some classes
    (``* RELATION CLASS>CLASS``) and of rule and relation (``RULE RELATION``), how often it was right and how often it was
    told; of each group, a constant and the weights of the signs.
    """

    rates: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    weights: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Scale:
        """Return the scale of a file; an empty one, which leaves what rules state, if there is none."""
        return _load(path)

    def seen(self, sign: Sign) -> float:
        """Return how often the rule is right about this: what was seen, shrunk towards what it states."""
        of_rule = self._rate(sign.rule, sign.stated)
        return self._rate(f"{sign.rule} {sign.about}", of_rule)

    def values(self, sign: Sign) -> tuple[float, ...]:
        """Return the signs as numbers, in the order of :data:`SIGNS`."""
        of_relation = self._rate(f"* {sign.about}", _USUAL)
        return (
            logit(self.seen(sign)),
            logit(of_relation),
            logit(self._rate(f"* {sign.about} {sign.ends}", of_relation)),
            logit(sign.stated),
            math.log(sign.again),
            math.log1p(sign.spoken_of),
            math.log1p(sign.contested),
            math.log1p(sign.rivals),
            math.log1p(sign.beside),
            math.log1p(sign.shared),
        )

    def sure(self, sign: Sign) -> float:
        """Return how sure a fact is, in [0, 1], to two places."""
        weights = self.weights.get(sign.group)
        if weights is None:
            return round(self.seen(sign), 2)
        total = weights[0] + sum(w * v for w, v in zip(weights[1:], self.values(sign), strict=True))
        return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), 2)

    def _rate(self, name: str, towards: float) -> float:
        right, told = self.rates.get(name, (0, 0))
        return (right + _PRIOR * towards) / (told + _PRIOR)


def weigh(facts: Facts, scale: Scale) -> Facts:
    """Return facts with the confidence of each piece of evidence on a scale."""
    sure = {(statement, evidence): scale.sure(sign) for statement, evidence, sign in signs(facts)}
    statements = (
        replace(s, evidence=tuple(replace(e, confidence=sure[s, e]) for e in s.evidence)) for s in facts.statements
    )
    return replace(facts, statements=tuple(statements))


def signs(facts: Facts) -> Iterator[tuple[Statement, Evidence, Sign]]:
    """Yield each piece of evidence with what it shows; the parts of an award, an office … show the same."""
    told = Told(facts)
    for s in facts.statements:
        kind = told.kinds[s.subject]
        if s.predicate == _TYPE and kind not in NODE_IDENTITY:
            again, spoken_of = max(1, told.named[s.subject]), told.spoken_of[s.subject]
            ends, part = told.listed(s.subject), told.is_part(s.subject)
            for e in s.evidence:
                yield s, e, Sign("types", e.extractor, kind, e.confidence, again, spoken_of, ends, part)
            continue
        joins = kind in NODE_IDENTITY
        keys = told.parts[s.subject] if joins else {s.subject, *told.object(s)}
        about = kind if joins else s.predicate.partition(":")[2]
        least = min((told.spoken_of[key] for key in keys), default=0)
        for e in s.evidence:
            yield (
                s,
                e,
                Sign(
                    "relations",
                    e.extractor,
                    about,
                    e.confidence,
                    len(s.evidence),
                    least,
                    told.ends(s, keys, joins=joins),
                    told.contested(s),
                    told.rivals(keys, e.span),
                    told.beside(s),
                    told.shared(s, e.span),
                ),
            )


def logit(share: float) -> float:
    """Return the logarithm of the odds of a share.

    >>> logit(0.5)
    0.0
    """
    share = min(0.995, max(0.005, share))
    return math.log(share / (1 - share))


@functools.lru_cache(maxsize=4)
def _load(path: Path) -> Scale:
    if not path.is_file():
        return Scale()
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    rates = {name: (right, told) for name, (right, told) in given["rates"].items()}
    weights = {group: (one["constant"], *(one[sign] for sign in SIGNS)) for group, one in given["weights"].items()}
    return Scale(rates, weights)
