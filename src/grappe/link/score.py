"""How well a record fits a thing: a score in [0, 1] and its reasons in words.

The score starts from how the names agree, and moves with the class, the place and the parents. It was set so that what
the name alone leaves open is left to a person; ``docs/links.md`` says how it was measured.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from grappe.iri import KINDS, fold
from grappe.link.normal import forms, is_acronym, lookup_key, words
from grappe.link.profile import Profile
from grappe.link.records import Name, Record
from grappe.link.territories import Territories

__all__ = ["ACCEPT", "REVIEW", "Scored", "may_be", "score"]

#: From here on a link is made; between the two it is left to a person; below there is none.
ACCEPT, REVIEW = 0.85, 0.55

_ORGANIZATIONS = frozenset(kind for kind, room in KINDS.items() if room == "organization")
_PLATFORMS = frozenset({"TechnologyPlatform", "Biofoundry"})
#: Classes that registers and texts draw the line between at different places.
_NEAR = (
    frozenset(
        {"Laboratory", "ResearchOrganization", "ResearchNetwork", "NonProfit", "TechnologyPlatform", "Biofoundry"}
    ),
    frozenset({"PublicAuthority", "FundingAgency", "NonProfit"}),
    frozenset({"University", "ResearchOrganization", "Laboratory"}),
    frozenset({"Cluster", "NonProfit", "ResearchNetwork", "PublicAuthority"}),
    frozenset({"FundingAgency", "Company"}),
    frozenset({"Hospital", "NonProfit"}),
)
#: Words that say what a body is, and little of which one it is.
_HEADS = frozenset(
    "universite ecole institut laboratoire centre unite equipe faculte fondation federation association societe "
    "hopital departement service plateforme plate forme groupe reseau agence conseil ministere direction region "
    "commune ville communaute metropole pole cluster academie observatoire college maison chaire comite "
    "delegation bibliotheque incubateur amis anciens eleves etudiants musee presses antenne filiale prefecture".split()
)
_WEAK = _HEADS | frozenset(
    "national superieure superieur recherche recherches etudes sciences technologie france francais francaise".split()
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A record with its score and the reasons, the weightiest first; ``against``: what is stated speaks against it."""

    record: Record
    score: float
    reasons: tuple[str, ...]
    against: bool = False


def may_be(kind: str, record: Record) -> bool:
    """Return whether a thing of a class can be what the record is of at all.

    A territory is never the body that governs it or has its seat there, a person no organisation.
    """
    theirs = {*record.kinds}
    if kind in ("Place", "Person", "Programme", "Theme"):
        return kind in theirs
    if kind in _PLATFORMS:
        return bool(theirs & (_PLATFORMS | {"Laboratory", "Organization"}))
    return kind in _ORGANIZATIONS and bool(theirs & (_ORGANIZATIONS | _PLATFORMS))


def score(
    profile: Profile,
    record: Record,
    *,
    territories: Territories,
    parents: Iterable[str] = (),
    national: bool = False,
) -> Scored | None:
    """Return the score of a record, or None if the names have too little in common.

    Args:
        profile: the thing.
        record: the record.
        territories: to compare places.
        parents: names of the record's parents.
        national: whether the record is of a short list of what everybody knows, where an acronym says more.
    """
    if not may_be(profile.kind, record):
        return None
    found = _names(profile, record, territories, national)
    if found is None:
        return None
    value, reasons, weak = found
    place = _place(profile, record, territories, weak)
    steps = (_kind(profile, record), place, _parents(profile, parents, weak))
    value += sum(moved for moved, _ in steps)
    reasons += [reason for _, reason in steps if reason]
    if place[0] <= 0 and _is_one_of_many(record, territories):
        value = min(value, ACCEPT - 0.01)
        reasons.append("several territories have that name")
    if record.status == "inactive":
        value = min(value - 0.1, ACCEPT - 0.01)
        reasons.append(
            "the record is of a body that has closed"
            + (f" (its successor there: {record.successor})" if record.successor else "")
        )
    return Scored(
        record, round(max(0.0, min(value, 0.99)), 3), tuple(reasons), any(moved <= -0.3 for moved, _ in steps)
    )


def _names(
    profile: Profile, record: Record, territories: Territories, national: bool
) -> tuple[float, list[str], bool] | None:
    """Return how well the names agree, why, and whether so weakly that the surroundings decide."""
    full: list[tuple[float, str]] = []
    short: list[tuple[float, str]] = []
    fuzzy: list[tuple[float, str]] = []
    ours = _forms(profile.names)
    for name in record.names:
        key = lookup_key(name.text)
        for form, how, folded, our_key in ours:
            if key != our_key:
                continue
            told = f"« {form} »" + (f" ({how})" if how else "")
            exact = folded == fold(name.text)
            same = f"{told} is {_called(name)}" + ("" if exact else f" « {name.text} » but for its spelling")
            if profile.kind == "Place":
                full.append((0.86 if territories.count(folded) < 2 else 0.7, same))
            elif profile.kind in ("Theme", "Programme"):
                full.append((0.9 if exact else 0.8, same))
            elif name.kind == "code":
                short.append((0.75, same))
            elif name.kind == "acronym" or (is_acronym(name.text) and is_acronym(form)) or _is_short(key):
                short.append((_acronym_weight(key) + (0.25 if national else 0.0), same))
            else:
                full.append((max(_name_weight(form, how, exact), 0.86 if national else 0.0), same))
    if full and short:
        return 0.97, [max(full)[1], max(short)[1]], False
    if full:
        value, reason = max(full)
        return value, [reason], value < 0.84 or _is_one_of_many(record, territories)
    for form, how, _, _ in ours:
        if not how or how == "without its brackets":
            for name in record.names:
                if name.kind in ("label", "alias") and (near := _likeness(form, name.text, territories)) is not None:
                    value, differs = near
                    fuzzy.append((value, f"« {form} » is like « {name.text} »{differs}"))
    if short:
        value, reason = max(short)
        if fuzzy and max(fuzzy)[0] >= 0.66:
            return min(0.95, value + 0.25), [reason, max(fuzzy)[1]], False
        return value, [reason], True
    if fuzzy:
        value, reason = max(fuzzy)
        return value, [reason], True
    return None


@functools.lru_cache(maxsize=1_000)
def _forms(names: tuple[str, ...]) -> tuple[tuple[str, str, str, str], ...]:
    """Return the forms of names, how each was got, folded, and its key."""
    found = [(form, how, fold(form), lookup_key(form)) for name in names for form, how in forms(name)]
    return tuple(one for one in found if one[3])


def _is_one_of_many(record: Record, territories: Territories) -> bool:
    """Return whether a record is of a municipality whose name is that of several territories."""
    if record.kinds != ("PublicAuthority",) or not any(place.startswith("commune:") for place in record.places):
        return False
    return territories.count(fold(record.label.partition(" ")[2].removeprefix("de "))) > 1


def _called(name: Name) -> str:
    return {"label": "its name", "alias": "another name of it", "acronym": "its acronym", "code": "its number"}[
        name.kind
    ]


def _is_short(key: str) -> bool:
    return len(key) <= 4


def _acronym_weight(key: str) -> float:
    return 0.5 if len(key) <= 3 else 0.6 if len(key) <= 5 else 0.7


def _name_weight(form: str, how: str, exact: bool) -> float:
    said = [word for word in words(form) if word not in _WEAK]
    if not said:
        return 0.6
    value = 0.78 if len(words(form)) == 1 else 0.86 if len(words(form)) == 2 else 0.92
    if how.startswith("without «"):
        value -= 0.04
    return value if exact else value - 0.01


@functools.lru_cache(maxsize=50_000)
def _near_words(one: str, other: str) -> bool:
    if one in _HEADS or other in _HEADS:
        return False
    if len(one) >= 4 and len(other) >= 4 and (one.startswith(other) or other.startswith(one)):
        return True
    if min(len(one), len(other)) < 5 or one.isdigit() or other.isdigit():
        return False
    return fuzz.ratio(one, other) >= 85


def _likeness(ours: str, theirs: str, territories: Territories) -> tuple[float, str] | None:
    """Return how alike two names are that are not the same, and in what they differ; None if hardly."""
    mine, other = words(ours), words(theirs)
    if len(mine) < 2 or len(other) < 2 or not 0.4 < len(mine) / len(other) < 2.5:
        return None
    rest = [word for word in other if word not in mine]
    left = [word for word in mine if word not in other]
    matched = sum(_weight(word) for word in mine if word in other)
    for word in [*left]:
        if near := next((candidate for candidate in rest if _near_words(word, candidate)), None):
            rest.remove(near)
            left.remove(word)
            matched += 0.9 * _weight(word)
    total = sum(map(_weight, mine)) + sum(map(_weight, other))
    value = 2 * matched / total
    if value < 0.66:
        return None
    apart = [*left, *rest]
    if any(word in _HEADS for word in left) and any(word in _HEADS for word in rest):
        return None  # an institute of a university is not the university
    out = 0.84 if value >= 0.92 else 0.76 if value >= 0.82 else 0.66 if value >= 0.74 else 0.58
    if any(any(c.isdigit() for c in word) for word in apart):
        out = 0.4
    elif left and rest:
        out = min(out, 0.5)
    elif any(word in _HEADS for word in apart) or any(territories.is_place(word) for word in apart):
        out = min(out, 0.55)
    return out, f" (without « {' '.join(apart)} »)" if apart else " but for the order or the spelling of its words"


def _weight(word: str) -> float:
    return 0.4 if word in _WEAK else 1.0


def _kind(profile: Profile, record: Record) -> tuple[float, str]:
    theirs = {*record.kinds}
    if profile.kind in theirs:
        return 0.05, ""
    if profile.kind == "Organization" or theirs == {"Organization"} or profile.kind == "Place":
        return 0.0, ""
    if any(profile.kind in group and theirs & group for group in _NEAR):
        return -0.03, ""
    return -0.3, f"there it is {_words(record.kinds[0])}, and {_words(profile.kind)} here"


def _words(kind: str) -> str:
    spaced = "".join(f" {c.casefold()}" if c.isupper() else c for c in kind).strip()
    return f"{'an' if spaced[0] in 'aeio' else 'a'} {spaced}"


def _place(profile: Profile, record: Record, territories: Territories, weak: bool) -> tuple[float, str]:
    theirs = territories.widened(record.places)
    where = next((place.split(":", 1)[1] for place in record.places if place.startswith("city:")), "")
    match territories.compare(profile.places, theirs):
        case "same":
            return (0.2 if weak else 0.1), f"both are in {where}" if where else "both are in the same place"
        case "within":
            return (0.15 if weak else 0.07), f"{where or 'its place'} is in the territory that is stated"
        case "elsewhere":
            return -0.4, f"it lies elsewhere ({where or 'another territory'})"
        case _:
            if weak and profile.near and territories.compare(profile.near, theirs) in ("same", "within"):
                return 0.07, f"the document speaks of the territory of {where or 'its place'}"
            return 0.0, ""


def _parents(profile: Profile, parents: Iterable[str], weak: bool) -> tuple[float, str]:
    theirs = {lookup_key(name): name for name in parents if name}
    if not theirs or profile.kind == "Place":
        return 0.0, ""
    stated = {lookup_key(name) for name in profile.parents}
    for key in stated & {*theirs}:
        return (0.25 if weak else 0.08), f"both are units of {theirs[key]}"
    around = {lookup_key(name) for name in profile.around}
    if weak and (common := sorted(around & {*theirs})):
        return 0.15, f"the document speaks of {theirs[common[0]]}, of which it is a unit"
    if stated and weak:
        return -0.1, "it is a unit of others"
    return 0.0, ""
