"""Links as mappings: a decision of the ledger with what the register says of the thing that it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grappe.link.records import SCHEMES, scheme_of
from grappe.model import Judgement, Resolution, Target

__all__ = ["Linked", "linked", "relation_of"]

#: How a rule came to a link, in the terms of the mapping vocabulary SEMAPV.
_JUSTIFICATIONS: Mapping[str, str] = MappingProxyType(
    {
        "rule:link-name": "semapv:LexicalMatching",
        "rule:link-context": "semapv:CompositeMatching",
        "rule:link-identifier": "semapv:MappingChaining",
        "rule:link-chain": "semapv:MappingChaining",
    }
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing, what it is linked to, and how that came about. ``scheme`` is empty for an address of no scheme."""

    key: str
    label: str
    relation: str
    target: Target
    scheme: str
    identifier: str
    judgement: Judgement

    @property
    def justification(self) -> str:
        """How it came about, as a CURIE of SEMAPV."""
        if not self.judgement.by_rule:
            return "semapv:ManualMappingCuration"
        return _JUSTIFICATIONS.get(self.judgement.by, "semapv:UnspecifiedMatching")


def relation_of(kind: str, scheme: str) -> str:
    """Return the relation that says of a thing of a class that a record is of it.

    A theme or a programme matches a concept; the address of a register's page is a page about the thing.

    >>> relation_of("Company", "ror"), relation_of("Company", "siren"), relation_of("Theme", "wikidata")
    ('owl:sameAs', 'schema:sameAs', 'skos:exactMatch')
    """
    if kind in ("Theme", "Programme"):
        return "skos:exactMatch"
    return SCHEMES[scheme].relation


def linked(
    judgements: Iterable[Judgement], targets: Mapping[str, Target], labels: Mapping[str, str], resolution: Resolution
) -> Iterator[Linked]:
    """Yield the links of decisions, in order of keys and addresses; each key in its canonical form.

    Things that have no label here (no document names them any more) are left out.
    """
    seen = set()
    for one in sorted(judgements, key=lambda j: (resolution.of(j.left), j.right, j.relation)):
        key = resolution.of(one.left)
        if key not in labels or (key, one.right) in seen:
            continue
        seen.add((key, one.right))
        scheme, identifier = scheme_of(one.right) or ("", "")
        target = targets.get(one.right, Target(one.right))
        yield Linked(key, labels[key], one.relation, target, scheme, identifier, one)
