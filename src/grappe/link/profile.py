"""What the graph knows of a thing, gathered from the documents that name it, to match it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from grappe.iri import KINDS
from grappe.link.territories import Territories
from grappe.model import Facts, Ref, Resolution

__all__ = ["LINKED_KINDS", "Profile", "profiles"]

#: Classes whose things an authority may hold; premises, events, contracts and nodes are nobody's record.
LINKED_KINDS = frozenset(
    {kind for kind, room in KINDS.items() if room == "organization"}
    | {"Person", "Place", "TechnologyPlatform", "Biofoundry", "Programme", "Theme"}
)

_PARENT = ("org:unitOf", "grp:partOf")
_PLACE = ("grp:locatedIn",)


@dataclass(frozen=True, slots=True)
class Profile:
    """A thing to match: its class, its names (the best first), and what surrounds it.

    ``places`` are codes of the territories it is stated to lie in; ``parents`` names of the bodies it is a unit of;
    ``around`` and ``near`` are the names of other bodies, and the territories, of the documents that name it.
    """

    key: str
    kind: str
    names: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    places: frozenset[str] = frozenset()
    parents: tuple[str, ...] = ()
    around: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


def profiles(every: Iterable[Facts], resolution: Resolution, *, territories: Territories) -> list[Profile]:
    """Return the profile of each thing that an authority may hold, in order of keys."""
    kinds: dict[str, Counter[str]] = {}
    labels: dict[str, Counter[str]] = {}
    others: dict[str, Counter[str]] = {}
    identifiers: dict[str, dict[tuple[str, str], None]] = {}
    places: dict[str, set[str]] = {}
    parents: dict[str, dict[str, None]] = {}
    around: dict[str, set[str]] = {}
    near: dict[str, set[str]] = {}
    for facts in every:
        held = {e.key: e for e in facts.entities}
        where = {
            e.key: territories.codes((e.label or "", *e.alt_labels), e.identifiers)
            for e in facts.entities
            if e.kind == "Place"
        }
        bodies = {
            n for e in facts.entities if KINDS.get(e.kind) == "organization" for n in (e.label, *e.alt_labels) if n
        }
        region = frozenset().union(*where.values()) if where else frozenset()
        for e in facts.entities:
            if e.kind not in LINKED_KINDS or not e.label:
                continue
            key = resolution.of(e.key)
            kinds.setdefault(key, Counter())[e.kind] += 1
            labels.setdefault(key, Counter())[e.label] += 1
            others.setdefault(key, Counter()).update(e.alt_labels)
            identifiers.setdefault(key, {}).update(dict.fromkeys(e.identifiers))
            around.setdefault(key, set()).update(bodies - {e.label, *e.alt_labels})
            near.setdefault(key, set()).update(region)
        for s in facts.statements:
            if not isinstance(s.object, Ref) or s.object.key not in held:
                continue
            key, value = resolution.of(s.subject), held[s.object.key]
            if s.predicate in _PLACE:
                places.setdefault(key, set()).update(where.get(s.object.key, ()))
            elif s.predicate in _PARENT:
                parents.setdefault(key, {}).update(dict.fromkeys(n for n in (value.label, *value.alt_labels) if n))
    out = []
    for key in sorted(kinds):
        best = [label for label, _ in labels[key].most_common()]
        rest = [label for label, _ in sorted(others[key].items(), key=lambda pair: (-pair[1], pair[0]))]
        out.append(
            Profile(
                key,
                kinds[key].most_common(1)[0][0],
                tuple(dict.fromkeys([*best, *rest])),
                tuple(identifiers[key]),
                frozenset(places.get(key, ())),
                tuple(parents.get(key, ())),
                frozenset(around[key]),
                frozenset(near[key]),
            )
        )
    return out
