"""Which names of several documents are one thing, and which name stands for two: rules that write judgements.

Each rule is a function of what all documents name; none depends on the order of documents, and what it decides falls
when the documents that showed it go.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from grappe.iri import fold, slug
from grappe.model import Judgement

__all__ = ["RULES", "Named", "identify"]

#: The rules that decide here, as the ledger names them.
RULES = frozenset(f"rule:{name}" for name in ("same-identifier", "acronym", "same-name", "legal-form", "homonym"))

#: The kinds of keys that are compared; people of one name share a key, and nothing here tells them apart.
_COMPARED = frozenset({"organization", "project", "programme"})
_GENERAL = frozenset({"Organization"})
#: Classes that one body may well have in two texts.
_COUSINS = frozenset(
    frozenset(pair)
    for pair in (
        ("Cluster", "NonProfit"),
        ("Cluster", "ResearchNetwork"),
        ("NonProfit", "ResearchNetwork"),
        ("Laboratory", "ResearchNetwork"),
        ("Laboratory", "ResearchOrganization"),
        ("FundingAgency", "PublicAuthority"),
        ("Hospital", "Laboratory"),
    )
)
_LEGAL_FORMS = re.compile(r"\b(?:sa|sas|sasu|sarl|eurl|scop|scic|sca|snc|se|ag|gmbh|inc|ltd|llc|plc|bv|nv|spa)\b")
#: A name says who is meant if it has several words, or so many letters.
_LONG_NAME = 6


@dataclass(frozen=True, slots=True)
class Named:
    """What one document says of a thing that it names: enough to tell whether another names the same.

    ``places`` are the keys of the places that it is in; ``date`` is the document's (ISO 8601), empty where it has none.
    """

    document: str
    key: str
    kind: str
    names: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    date: str = ""


@dataclass(slots=True)
class _Thing:
    """A key with all that documents say of it."""

    key: str
    told: list[Named] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.told} - _GENERAL

    @property
    def forms(self) -> set[str]:
        return {form for one in self.told for name in one.names if (form := fold(name))}

    @property
    def identifiers(self) -> set[tuple[str, str]]:
        return {pair for one in self.told for pair in one.identifiers}

    @property
    def date(self) -> str:
        return max(one.date for one in self.told)


def identify(named: Iterable[Named]) -> tuple[Judgement, ...]:
    """Return what the rules decide of all that documents name, in order.

    A key that stands for several things is split: ``KEY@DOCUMENT`` is the same as a key of its own.
    """
    things: dict[str, _Thing] = {}
    for one in sorted(named, key=lambda n: (n.key, n.document)):
        if one.key.partition("/")[0] in _COMPARED:
            things.setdefault(one.key, _Thing(one.key)).told.append(one)
    out: dict[tuple[str, ...], Judgement] = {}
    split: set[str] = set()
    for thing in things.values():
        for judgement in _homonyms(thing):
            out[judgement.pair] = judgement
            split.add(thing.key)
    whole = {key: thing for key, thing in things.items() if key not in split}
    for rule in (_same_identifier, _acronym, _same_name, _legal_form):
        for judgement in rule(whole):
            out.setdefault(judgement.pair, judgement)
    return tuple(sorted(out.values(), key=lambda j: (j.by, j.pair)))


def _said(rule: str, left: _Thing, right: _Thing, score: float, reason: str) -> Judgement:
    first, second = sorted((left.key, right.key))
    return Judgement(first, second, "same", f"rule:{rule}", max(left.date, right.date), reason, score=score)


def _same_identifier(things: Mapping[str, _Thing]) -> Iterator[Judgement]:
    """« ANR » and « Agence nationale de la recherche » have one number in a public list."""
    holders: dict[tuple[str, str, str], list[_Thing]] = defaultdict(list)
    for thing in things.values():
        for scheme, value in thing.identifiers:
            holders[thing.key.partition("/")[0], scheme, value].append(thing)
    for (_, scheme, value), found in sorted(holders.items()):
        for left, right in combinations(found, 2):
            if _may_be_one(left, right):
                yield _said("same-identifier", left, right, 1.0, f"both have {scheme} {value}")


def _acronym(things: Mapping[str, _Thing]) -> Iterator[Judgement]:
    """One text says « Institut de génomique numérique (IGN) », another « l'IGN »."""
    expanded: dict[tuple[str, str], list[_Thing]] = defaultdict(list)
    alone: dict[tuple[str, str], list[_Thing]] = defaultdict(list)
    for thing in things.values():
        sort = thing.key.partition("/")[0]
        short = {form for form in thing.forms if _is_short(form)}
        for form in short:
            (alone if thing.forms <= short else expanded)[sort, form].append(thing)
    for (sort, form), found in sorted(alone.items()):
        known = [thing for thing in expanded.get((sort, form), ()) if any(_may_be_one(thing, one) for one in found)]
        if len(known) == 1:
            for one in found:
                if _may_be_one(known[0], one):
                    yield _said("acronym", known[0], one, 0.95, f"a document expands '{form.upper()}'")


def _same_name(things: Mapping[str, _Thing]) -> Iterator[Judgement]:
    """One text calls it « Genopole » and « biocluster Genopole », another « Biocluster Genopole » alone."""
    for form, found in sorted(_by_form(things, lambda form: None if _is_short(form) else form).items()):
        for left, right in combinations(found, 2):
            if _may_be_one(left, right):
                yield _said("same-name", left, right, 0.9, f"both are called '{form[1]}'")


def _legal_form(things: Mapping[str, _Thing]) -> Iterator[Judgement]:
    """« Exemplum » and « Exemplum SAS »."""
    firms = {key: thing for key, thing in things.items() if "Company" in thing.kinds}
    for form, found in sorted(_by_form(firms, _without_legal_form).items()):
        for left, right in combinations(found, 2):
            if _may_be_one(left, right):
                yield _said("legal-form", left, right, 0.9, f"both are '{form[1]}', but for the legal form")


def _by_form(things: Mapping[str, _Thing], form_of: Callable[[str], str | None]) -> dict[tuple[str, str], list[_Thing]]:
    out: dict[tuple[str, str], list[_Thing]] = defaultdict(list)
    for thing in things.values():
        for form in {form_of(form) for form in thing.forms} - {None}:
            out[thing.key.partition("/")[0], str(form)].append(thing)
    return {form: found for form, found in out.items() if len(found) > 1}


def _without_legal_form(form: str) -> str | None:
    bare = " ".join(_LEGAL_FORMS.sub(" ", form).split())
    return bare if len(bare) > 2 else None


def _is_short(form: str) -> bool:
    return " " not in form and len(form) < _LONG_NAME


def _may_be_one(left: _Thing, right: _Thing) -> bool:
    return _kinds_agree(left.kinds, right.kinds) and not _numbers_differ(left.identifiers, right.identifiers)


def _kinds_agree(left: set[str], right: set[str]) -> bool:
    if not left or not right or left & right:
        return True
    return any(frozenset((a, b)) in _COUSINS for a in left for b in right)


def _numbers_differ(left: set[tuple[str, str]], right: set[tuple[str, str]]) -> bool:
    a, b = _by_scheme(left), _by_scheme(right)
    return any(not a[scheme] & b[scheme] for scheme in a.keys() & b.keys())


def _by_scheme(pairs: set[tuple[str, str]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for scheme, value in pairs:
        out[scheme].add(value)
    return out


def _homonyms(thing: _Thing) -> Iterator[Judgement]:
    """« la société Horizon, basée à Lyon » and « l'association Horizon, basée à Brest »: one name, two things.

    Documents that disagree on an identifier, or on class and place alike, speak of different things.
    """
    told = thing.told
    if not any(_are_apart(a, b) for a, b in combinations(told, 2)):
        return
    groups: list[list[Named]] = []
    for one in told:
        if not any(_are_apart(one, other) for other in told):
            continue
        for group in groups:
            if not any(_are_apart(one, other) for other in group) and any(_are_alike(one, other) for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    for group in groups:
        own = f"{thing.key}-{_difference(group)}"
        for one in group:
            reason = "the name stands for several things"
            yield Judgement(f"{one.key}@{one.document}", own, "same", "rule:homonym", one.date, reason, score=0.8)


def _are_apart(a: Named, b: Named) -> bool:
    if _numbers_differ({*a.identifiers}, {*b.identifiers}):
        return True
    kinds = _kinds_agree({a.kind} - _GENERAL, {b.kind} - _GENERAL)
    return not kinds and bool(a.places) and bool(b.places) and not {*a.places} & {*b.places}


def _are_alike(a: Named, b: Named) -> bool:
    return bool({*a.identifiers} & {*b.identifiers}) or bool({*a.places} & {*b.places})


def _difference(group: list[Named]) -> str:
    """Return what sets a group apart, as a step of an address: its place, or else its identifier."""
    places = sorted({place for one in group for place in one.places})
    if places:
        return places[0].partition("/")[2]
    identifiers = sorted({pair for one in group for pair in one.identifiers})
    return slug("-".join(identifiers[0])) if identifiers else slug(group[0].kind)
