"""Facilities: how large they are, what they comprise, who has them, when they open, what is planned.

Sentences are read in order, for what is said of « le bâtiment » or « y » depends on what was said before. Each rule
sees one sentence as a :class:`~grappe.extract.walk.Walk` and what the text has told so far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from grappe.extract.claims import Claim, Said
from grappe.extract.facilities import clausal, enumerated, holders, openings, owned, parts, plans, sizes
from grappe.extract.facilities.scene import Scene, View
from grappe.extract.premises_words import PARTS
from grappe.extract.reading import Reading
from grappe.extract.walk import Walk

__all__ = ["RULES", "facilities"]

#: The rules about facilities, in the order in which each sentence is read.
RULES: tuple[Callable[[View], Iterator[Claim]], ...] = (
    sizes.in_phrase,
    sizes.counts,
    sizes.by_verb,
    sizes.beside,
    sizes.fronted,
    sizes.that_is,
    sizes.only,
    sizes.called,
    parts.fronted_place,
    enumerated.rest,
    parts.with_parts,
    parts.comprised,
    parts.composing,
    parts.detailed,
    parts.fronted_parts,
    parts.besides,
    parts.inside,
    parts.filling,
    parts.there,
    enumerated.found_there,
    enumerated.in_items,
    plans.announced,
    plans.by_clause,
    plans.listed,
    plans.to_come,
    plans.future,
    holders.by_verb,
    holders.of_owner,
    holders.run_by,
    holders.hosting,
    holders.on_site_of,
    holders.at_host,
    holders.moving_in,
    holders.joining,
    holders.working_in,
    holders.possessed,
    holders.with_in_front,
    owned.as_holder,
    owned.on_a_sheet,
    clausal.belonging,
    clausal.holding,
    clausal.entering,
    clausal.standing,
    openings.dated,
    openings.noun_dated,
    openings.called_by_area,
    openings.building,
    openings.in_service,
    openings.told,
)

#: What a facility has once: of several claims the surest stands, then the first.
_ONCE = frozenset({"grp:floorAreaM2", "grp:unitCount", "grp:openedIn", "grp:status", "grp:containedIn"})


def facilities(reading: Reading) -> Iterator[Said]:
    """« CiTHERA a ouvert en 2020 un laboratoire de 1200 m², avec 350 m² de salles blanches »: all that is said of premises."""
    scene = Scene(reading)
    claims: list[Claim] = []
    for index, masked in enumerate(reading.masked):
        if "⟨F" not in masked.text and not any(
            w in masked.text
            for w in (
                "y ",
                "emménag",
                "service",
                "⟨S",
                "urface",
                "travaux",
                "chantier",
                "quartiers",
                "uverture",
                "l'exploit",
                "l'occup",
                "là qu",
                "ici qu",
                "clés",
                "ivraison",
                "nauguration",
                "chèvement",
                "émarrage",
                "ropriét",
                "xploitant",
                "estionnaire",
            )
        ):
            continue
        view = View(scene, Walk(masked), index)
        for rule in RULES:
            for claim in rule(view):
                scene.learn(claim)
                claims.append(claim)
        if view.told:
            scene.leave(view)
    told = [c for c in claims if c.subject not in scene.sizes and c.object not in scene.sizes]
    yield from _settled(_of_members(reading, told))


def _of_members(reading: Reading, claims: list[Claim]) -> list[Claim]:
    """Tell of the members of a set what is told of the set: « inaugurent deux ateliers … Le premier … Le second … »."""
    begins = {reading.mentions[i].start: t.id for t in reading.things for i in t.mentions}
    members: dict[int, list[int]] = {}
    for thing in reading.things:
        shapes = [
            s
            for i in thing.mentions
            if (s := reading.mentions[i].facility) is not None and s.member_of is not None and s.determiner == "membre"
        ]
        whole = begins.get(shapes[0].member_of) if shapes and shapes[0].member_of is not None else None
        if whole is not None and whole != thing.id:
            members.setdefault(whole, []).append(thing.id)
    _detailed(reading, members)
    out: list[Claim] = []
    for claim in claims:
        if claim.subject in members:
            if claim.predicate not in ("grp:unitCount", "grp:floorAreaM2"):
                out.extend(replace(claim, subject=m, confidence=claim.confidence * 0.9) for m in members[claim.subject])
        elif isinstance(claim.object, int) and claim.object in members:
            if claim.predicate == "grp:hasFacility" or claim.predicate == "grp:plans":
                out.extend(replace(claim, object=m, confidence=claim.confidence * 0.9) for m in members[claim.object])
        else:
            out.append(claim)
    return out


_DETAILED = re.compile(r"⟨F(?P<f>\d+)⟩(?:[^⟨⟩.;:]|⟨[LD]\d+⟩){0,40}? ?: (?P<list>[^.]*⟨F\d+⟩.*)")


def _detailed(reading: Reading, members: dict[int, list[int]]) -> None:
    """« deux sites de production : une usine de … et un atelier de … »: the list after a colon details the plural."""
    for masked in reading.masked:
        found = _DETAILED.search(masked.text)
        if found is None:
            continue
        shape, whole = reading.mentions[int(found["f"])].facility, reading.thing_at(int(found["f"]))
        if whole is None or shape is None or not shape.count or shape.area or len(whole.mentions) > 1:
            continue
        inner = [reading.thing_at(int(n)) for n in re.findall(r"⟨F(\d+)⟩", found["list"])]
        things = [t.id for t in inner if t is not None and t.id != whole.id and t.kind not in PARTS]
        if len(things) == shape.count and whole.id not in members:
            members[whole.id] = things


def _settled(claims: list[Claim]) -> Iterator[Claim]:
    """Return the claims that stand beside each other: one area, one opening, one state; parts are had through the whole."""
    best: dict[tuple[int, str], Claim] = {}
    for claim in claims:
        place = (claim.subject, claim.predicate)
        if claim.predicate in _ONCE and (place not in best or best[place].confidence < claim.confidence):
            best[place] = claim
    container = {s: c.object for (s, p), c in best.items() if p == "grp:containedIn" and isinstance(c.object, int)}
    planned = {(c.subject, c.object) for c in claims if c.predicate == "grp:plans"}
    has = {(c.subject, c.object) for c in claims if c.predicate in ("grp:hasFacility", "grp:plans")}
    loose = {
        c.subject
        for c in claims
        if c.rule in ("count-of-laboratories", "count-of-fittings")
        and not any(_about(o, c.subject) for o in claims if o.rule != c.rule)
    }
    for claim in claims:
        if claim.subject in loose:
            continue  # « 19 laboratoires » are bodies as well as rooms, « 40 robots » stand somewhere in a group
        if claim.rule == "inaugurates" and any(
            o.predicate == "grp:hasFacility" and o.object == claim.object and o.rule != "inaugurates" for o in claims
        ):
            continue  # who inaugurates what is another's does not have it
        if claim.predicate in _ONCE:
            top = best[claim.subject, claim.predicate]
            if top.object != claim.object or _circular(claim, container):
                continue
        if claim.predicate in ("grp:hasFacility", "grp:plans") and isinstance(claim.object, int):
            if claim.predicate == "grp:hasFacility" and (claim.subject, claim.object) in planned:
                continue
            outer = container.get(claim.object)
            if outer is not None and (claim.subject, outer) in has and outer != claim.object:
                continue
        yield claim


def _about(claim: Claim, thing: int) -> bool:
    return claim.object == thing or (claim.subject == thing and claim.predicate != "grp:status")


def _circular(claim: Claim, container: dict[int, int]) -> bool:
    """Return whether a facility would lie within itself."""
    if claim.predicate != "grp:containedIn" or not isinstance(claim.object, int):
        return False
    seen, at = {claim.subject}, claim.object
    while at not in seen:
        seen.add(at)
        if at not in container:
            return False
        at = container[at]
    return at == claim.subject
