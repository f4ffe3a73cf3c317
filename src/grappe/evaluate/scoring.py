"""A document's graph against its gold: which things are the same, which facts are told, missed or false."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grappe.evaluate.drawn import Drawn, Shown, plain
from grappe.evaluate.gold import CLASSES, DESCRIBED, SLOTS, Fact, Gold, Named, Slot, Value

__all__ = ["Outcome", "score"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a document: the gold's facts that its graph tells, those that it misses, those it has beside them.

    ``told`` and ``missed`` name things by the gold's keys, ``false`` by the graph's addresses; ``pairs`` joins the two.
    ``right`` has the graph's own form of what is told.
    """

    told: tuple[Fact, ...]
    missed: tuple[Fact, ...]
    false: tuple[Fact, ...]
    right: tuple[Fact, ...]
    excused: tuple[Fact, ...]
    pairs: Mapping[str, str]


def score(gold: Gold, drawn: Drawn) -> Outcome:
    """Return what a graph tells of what a gold file says."""
    wanted = gold.all_facts
    pairs = _pairs(gold, (*wanted, *gold.optional), drawn)
    left = [*drawn.facts]
    told, missed, right, excused = [], [], [], []
    for fact in wanted:
        found = next((one for one in left if _same(fact, one, pairs)), None)
        if found is None:
            missed.append(fact)
        else:
            told.append(fact)
            right.append(found)
            left.remove(found)
    for fact in gold.optional:
        excused += [one for one in left if _same(fact, one, pairs)]
        left = [one for one in left if one not in excused]
    for name, given, made, same in (
        ("title", gold.title, drawn.title, _equal_words(gold.title, drawn.title)),
        ("publisher", gold.publisher, drawn.publisher, pairs.get(gold.publisher or "") == drawn.publisher),
        ("issued", gold.issued, drawn.issued, gold.issued == drawn.issued),
    ):
        if given is not None and made is not None and same:
            told.append((name, given))
            right.append((name, made))
            continue
        missed += [(name, given)] if given is not None else []
        left += [(name, made)] if made is not None else []
    return Outcome(tuple(told), tuple(missed), tuple(left), tuple(right), tuple(excused), pairs)


def _equal_words(left: str | None, right: str | None) -> bool:
    return left is not None and right is not None and plain(left) == plain(right)


def _same(gold: Fact, made: Fact, pairs: Mapping[str, str]) -> bool:
    """Return whether a fact of the graph says a fact of the gold."""
    if gold[0] != made[0]:
        return False
    slots = SLOTS[str(gold[0])]
    if all(_fits(slot, g, m, pairs) for slot, g, m in zip(slots, gold[1:], made[1:], strict=True)):
        return True
    turned = (made[0], *reversed(made[1:]))
    return gold[0] == "partner" and all(
        _fits(s, g, m, pairs) for s, g, m in zip(slots, gold[1:], turned[1:], strict=True)
    )


def _fits(slot: Slot, gold: Value, made: Value, pairs: Mapping[str, str]) -> bool:
    if gold is None or made is None:
        return gold is None and made is None
    match slot:
        case "thing" | "maybe":
            return pairs.get(str(gold)) == made
        case "name":
            return plain(str(gold)) == plain(str(made))
        case "words":
            left, right = plain(str(gold)).split(), plain(str(made)).split()
            return (Counter(left) & Counter(right)).total() >= 0.9 * max(len(left), len(right), 1)
        case "number" | "amount":
            return abs(float(gold) - float(made)) < (0.5 if slot == "amount" else 1e-6)
        case "exact":
            return str(gold) == str(made)


def _pairs(gold: Gold, facts: Iterable[Fact], drawn: Drawn) -> dict[str, str]:
    """Return which thing of the graph each of the gold's is, one to one: by a name that they share, the best first;
    then, of those that need no name, by what is said of both.
    """
    names = {key: {plain(n) for n in (thing.label, *thing.aliases)} - {""} for key, thing in gold.things.items()}
    likely = sorted(
        (
            (_likeness(thing, shown, shared), key, address)
            for key, thing in gold.things.items()
            for address, shown in drawn.things.items()
            if (shared := names[key] & shown.names)
        ),
        key=lambda one: one[0],
        reverse=True,
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, key, address in likely:
        if key not in pairs and address not in taken:
            pairs[key] = address
            taken.add(address)
    about: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact[0] != "type":
            for key in {v for v in fact[1:] if isinstance(v, str) and v in gold.things}:
                about[key].append(fact)
    by_relation: dict[Value, list[Fact]] = defaultdict(list)
    for fact in drawn.facts:
        by_relation[fact[0]].append(fact)
    while best := _best(gold, drawn, pairs, taken, about, by_relation):
        pairs[best[0]] = best[1]
        taken.add(best[1])
    return pairs


def _likeness(thing: Named, shown: Shown, shared: set[str]) -> tuple[bool, bool, bool, int]:
    alike = CLASSES[thing.kind] == CLASSES[shown.kind]
    return alike, thing.kind == shown.kind, plain(thing.label) in shared, len(shared)


def _best(
    gold: Gold,
    drawn: Drawn,
    pairs: dict[str, str],
    taken: set[str],
    about: Mapping[str, list[Fact]],
    by_relation: Mapping[Value, list[Fact]],
) -> tuple[str, str] | None:
    """Return the two things without a pair that most is said of both, and that may lack a name."""
    best: tuple[tuple[int, bool], str, str] | None = None
    for key, thing in gold.things.items():
        if key in pairs or CLASSES[thing.kind] not in DESCRIBED:
            continue
        for address, shown in drawn.things.items():
            if address in taken or CLASSES[shown.kind] != CLASSES[thing.kind]:
                continue
            trial = {**pairs, key: address}
            hits = sum(any(_same(fact, one, trial) for one in by_relation[fact[0]]) for fact in about[key])
            rank = hits, thing.kind == shown.kind
            if hits and (best is None or rank > best[0]):
                best = rank, key, address
    return best and (best[1], best[2])
