"""What clauses tell of premises: who has, hosts or enters them, what they hold, where they stand.

The other rules walk along a sentence from a verb; these read its clause, and so see through relative clauses, subjects
that follow their verb, the passive and what stands in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract.claims import Claim
from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.facilities.scene import OWNERS, View
from grappe.extract.facilities.sizes import floor_area
from grappe.extract.premises_words import FEMININE
from grappe.extract.reading import Thing, letter

__all__ = ["belonging", "entering", "holding", "standing"]

#: Verbs by which a body has premises, with the preposition of what it has.
_HAVE = {
    **dict.fromkeys(("posséder", "exploiter", "occuper", "gérer", "détenir", "louer", "opérer", "partager"), ""),
    "disposer": "de",
}
#: Verbs by which a body gets what a relative clause speaks of: « la halle, que X a inaugurée ».
_GETS = frozenset({"inaugurer", "ouvrir", "acquérir", "mettre", "acheter", "reprendre"})
#: Verbs by which premises hold bodies or other premises; of the second sort only premises.
_HOST = frozenset("accueillir héberger abriter loger réunir regrouper rassembler recevoir".split())
_HOLD = frozenset("comprendre compter comporter intégrer contenir inclure offrir proposer aligner renfermer".split())
#: Verbs of being or coming to be in a place.
_SETTLE = frozenset(
    """installer implanter emménager loger héberger situer baser trouver prendre siéger aménager regrouper réunir
    rassembler accueillir établir déménager cohabiter dresser élever nicher construire bâtir édifier""".split()
)
_ENTER = frozenset({"rejoindre", "intégrer", "investir", "occuper"})
#: Verbs of which the object comes to be in a place: « X ouvre à Brest une halle ».
_MAKE = frozenset(
    """ouvrir inaugurer construire bâtir édifier implanter installer aménager exploiter posséder créer déployer louer
    occuper acquérir disposer""".split()
)
_IN = ("dans", "au sein", "au cœur", "à", "sur", "chez")
_HOSTS = frozenset({"Laboratory", "University", "Hospital", "Cluster", "ResearchOrganization", "Organization"})
#: Nouns that stand for the place that they are part of: « au rez-de-chaussée du bâtiment X ».
_PART_OF_PLACE = frozenset(
    "étage niveau rez-de-chaussée sous-sol sein cœur aile enceinte site locaux murs campus pied intérieur".split()
)


def _subjects(frame: Frame, letters: str) -> list[Thing]:
    phrase = frame.subject
    if phrase is None:
        return []
    # « X, unité mixte de A et de B, l'exploite »: the pronoun before the verb is no subject
    bare = not phrase.mentions and phrase.lead in ("l'", "la", "le", "les")
    return _named(frame, replace(phrase, mentions=phrase.anchor) if phrase.via or bare else phrase, letters)


def _named(frame: Frame, phrase: Phrase, letters: str) -> list[Thing]:
    """Return the things of some sorts that a phrase names."""
    reading = frame.reading
    return [
        t
        for n in phrase.mentions
        if (t := reading.thing_at(n)) is not None and letter(reading.mentions[n].kind) in letters
    ]


def _objects(frame: Frame, preposition: str, letters: str) -> Iterator[tuple[Phrase, Thing]]:
    for phrase in frame.complements:
        if phrase.preposition == preposition and not phrase.via and not (phrase.anchor and phrase.lead):
            for thing in _named(frame, phrase, letters):
                yield phrase, thing


def _places(frame: Frame, letters: str) -> Iterator[tuple[Phrase, Thing]]:
    """Return the things in which a clause says that something is."""
    for phrase in (*frame.complements, *frame.front):
        if phrase.preposition in _IN and (not phrase.via or phrase.via in _PART_OF_PLACE):
            for thing in _named(frame, phrase, letters)[:1]:
                yield phrase, thing


def _stated(view: View) -> Iterator[Frame]:
    if view.told:
        yield from (f for f in frames_of(view.scene.reading, view.masked) if f.stated and f.voice != "noun")


def belonging(view: View) -> Iterator[Claim]:
    """« le bâtiment, que se partagent A et B », « la plateforme appartient à X », « exploitée par X »."""
    for frame in _stated(view):
        yield from _whose(view, frame)
        if frame.lemma in _HAVE and frame.voice == "active":
            for body in _subjects(frame, "OJ"):
                may = body.kind in OWNERS or (frame.lemma == "posséder" and body.kind == "PublicAuthority")
                for phrase, premises in _objects(frame, _HAVE[frame.lemma], "F"):
                    if may:
                        span = frame.span(frame.subject, phrase)
                        yield view.claim(body, "grp:hasFacility", premises, span, "clause-has", 0.8)
                meant = _taken_back(view, frame) if may else None
                if meant is not None and _is_subject_before(view, meant):
                    yield view.claim(body, "grp:hasFacility", meant, frame.span(frame.subject), "clause-has-it", 0.78)
        elif frame.lemma in _GETS and frame.voice == "active" and (whom := frame.taken[:1]) and not whom[0].preposition:
            bodies = [b for b in _subjects(frame, "O") if b.kind in OWNERS]
            for premises in _named(frame, whom[0], "F") if len(bodies) == 1 else ():
                span = frame.span(frame.subject, whom[0])
                yield view.claim(bodies[0], "grp:hasFacility", premises, span, "clause-that-it-opened", 0.78)
        elif frame.lemma in _HAVE and frame.voice == "passive":
            for premises in _subjects(frame, "F"):
                for phrase, body in _objects(frame, "par", "OJ"):
                    if body.kind in OWNERS:
                        span = frame.span(frame.subject, phrase)
                        yield view.claim(body, "grp:hasFacility", premises, span, "clause-held-by", 0.8)
        elif frame.lemma == "appartenir":
            for premises in _subjects(frame, "F"):
                for phrase, body in _objects(frame, "à", "O"):
                    span = frame.span(frame.subject, phrase)
                    yield view.claim(body, "grp:hasFacility", premises, span, "clause-belongs", 0.85)


def _whose(view: View, frame: Frame) -> Iterator[Claim]:
    """« la PME Voltéa, dont la ligne pilote tourne déjà à Brest »: what a clause with « dont » is about is had."""
    whom = next((p for p in frame.taken if p.preposition == "dont"), None)
    subject = frame.subject
    if whom is None or subject is None or frame.masked.text[: subject.start].rstrip()[-4:] != "dont":
        return
    for premises in _subjects(frame, "F"):
        for owner in _named(frame, whom, "OJ")[-1:]:
            if owner.kind in OWNERS:
                span = frame.span(subject, whom)
                yield view.claim(owner, "grp:hasFacility", premises, span, "clause-whose", 0.85)


def holding(view: View) -> Iterator[Claim]:
    """« la Station accueillera une halle, où prendront place six cuves », « trois bancs équipent le bâtiment »."""
    for frame in _stated(view):
        yield from _on_a_floor(view, frame)
        if frame.voice != "active":
            continue
        if frame.lemma in _HOST | _HOLD:
            for phrase, inner in _objects(frame, "", "FO"):
                yield from _held(view, frame, phrase, inner)
        elif frame.lemma in ("disposer", "doter"):
            for phrase, inner in _objects(frame, "de", "F"):
                yield from _held(view, frame, phrase, inner)
        elif frame.lemma == "équiper":
            for phrase, whole in _objects(frame, "", "F"):
                for piece in _subjects(frame, "F"):
                    if piece.id != whole.id:
                        span = frame.span(frame.subject, phrase)
                        yield view.claim(piece, "grp:containedIn", whole, span, "clause-equips", 0.8)


_FLOOR = re.compile(
    r"(?:(?:premier|deuxième|second|troisième|quatrième|dernier) )?(?:étage|niveau)$|rez-de-chaussée$|sous-sol$"
)


def _on_a_floor(view: View, frame: Frame) -> Iterator[Claim]:
    """« X disposera au premier étage d'un laboratoire de 120 m² »: a part of the building spoken of."""
    floor = next((p for p in (*frame.complements, *frame.front) if not p.mentions and _FLOOR.search(p.lead)), None)
    held = [*_objects(frame, "", "F"), *_objects(frame, "de", "F")]
    for phrase in frame.complements if frame.lemma == "disposer" else ():
        # « disposera au premier étage d'un laboratoire »: the floor is not the laboratory's
        shape = frame.reading.mentions[phrase.mentions[0]].facility if phrase.letters[:1] == "F" else None
        if shape is not None and _FLOOR.search(re.sub(r" d[e']$", "", phrase.lead)) and "un" in shape.determiner:
            floor, held = phrase, [(phrase, t) for t in _named(frame, phrase, "F")]
    if floor is None or frame.lemma not in (*_HAVE, *_HOST, *_HOLD, *_MAKE):
        return
    whole = view.scene.spoken_of(view.index, back=12, buildings=True)
    for phrase, piece in held:
        if whole is not None and piece.id != whole.id and view.scene.root(whole.id) != piece.id:
            yield view.claim(piece, "grp:containedIn", whole, frame.span(floor, phrase), "clause-floor", 0.75)


def _held(view: View, frame: Frame, phrase: Phrase, inner: Thing) -> Iterator[Claim]:
    span = frame.span(frame.subject, phrase)
    premises = inner.kind not in OWNERS
    for whole in _subjects(frame, "F"):
        if whole.id == inner.id:
            continue
        if premises:
            yield view.claim(inner, "grp:containedIn", whole, span, "clause-holds", 0.8)
        elif frame.lemma in _HOST:
            yield view.claim(inner, "grp:hasFacility", whole, span, "clause-hosts", 0.75)
    for body in _subjects(frame, "OJ"):
        if premises and body.kind in _HOSTS and frame.lemma in ("accueillir", "héberger", "abriter"):
            yield view.claim(body, "grp:hasFacility", inner, span, "clause-body-holds", 0.75)


def entering(view: View) -> Iterator[Claim]:
    """« S'y installeront A et B », « C'est dans ce bâtiment que s'installera X », « X rejoindra le bâtiment »."""
    for frame in _stated(view):
        if frame.lemma in _ENTER and frame.voice == "active":
            for phrase, place in _objects(frame, "", "F"):
                if view.scene.reading.mentions[phrase.mentions[0]].rule == "premises-by-area":
                    yield from _size(view, frame, phrase, place)
                    continue
                yield from _is_in(view, frame, phrase, place)
        if frame.lemma not in _SETTLE or (frame.voice == "active" and not _of_itself(frame)):
            continue
        for phrase, place in _places(frame, "F"):
            yield from _is_in(view, frame, phrase, place)
        here = frame.there or _HERE.search(view.text[: frame.start]) is not None
        if here and not any(_places(frame, "FL")):
            spoken = view.there(frame.start)
            if spoken is not None:
                yield from _is_in(view, frame, None, spoken)


#: « C'est là que s'installe X ».
_HERE = re.compile(r"\b(?:là|ici) (?:que |qu')$")


def _size(view: View, frame: Frame, phrase: Phrase, area: Thing) -> Iterator[Claim]:
    """« elle occupe 360 m² à l'IHU », of a platform: its size, and who houses it."""
    shape = view.scene.reading.mentions[phrase.mentions[0]].facility
    for premises in _subjects(frame, "F")[:1]:
        if shape is None or shape.area is None or premises.id == area.id or len(area.mentions) > 1:
            continue
        view.scene.sizes.add(area.id)
        yield floor_area(premises, shape.area, frame.span(frame.subject, phrase), "clause-size", 0.85)
        for where, host in _places(frame, "O"):
            if host.kind in ("Hospital", "University", "Laboratory", "ResearchOrganization"):
                span = frame.span(frame.subject, where)
                yield view.claim(host, "grp:hasFacility", premises, span, "clause-housed-at", 0.75)


def _of_itself(frame: Frame) -> bool:
    """Return whether an active verb of settling is said of its subject: « s'installe », « emménage », « prend place »."""
    if frame.lemma == "prendre":
        return any(p.lead.split()[-1:] in (["place"], ["quartiers"]) for p in frame.after(""))
    if frame.lemma in ("aménager", "regrouper", "accueillir", "héberger", "construire", "bâtir"):
        return False
    return frame.reflexive or (
        frame.lemma in ("emménager", "siéger", "cohabiter", "déménager", "loger")
        and not any(p.mentions for p in frame.after(""))
    )


def _is_in(view: View, frame: Frame, phrase: Phrase | None, place: Thing) -> Iterator[Claim]:
    span = frame.span(frame.subject, phrase)
    for thing in _subjects(frame, "OJF"):
        if thing.id == place.id:
            continue
        if thing.kind in OWNERS:
            yield view.claim(thing, "grp:hasFacility", place, span, "clause-enters", 0.78)
        elif thing.kind not in ("Person", "PublicAuthority", "FundingAgency", "Programme"):
            yield view.claim(thing, "grp:containedIn", place, span, "clause-inside", 0.78)


#: Verbs that premises do by themselves in a place: « dont la ligne de défibrage tourne déjà à Niort ».
_RUN_THERE = frozenset({"tourner", "fonctionner", "ouvrir", "démarrer"})
#: Prepositions that narrow a town down: « à Talence, au sein de la Cité de la photonique ».
_NARROWER = ("au sein", "au cœur", "sur", "dans")


def standing(view: View) -> Iterator[Claim]:
    """« X ouvre à Brest une halle et deux fours », « le bâtiment se dresse sur le campus Y », « une usine construite à Niort »."""
    for frame in _stated(view):
        where = _towns(frame)
        if not where:
            continue
        if frame.voice == "active" and frame.lemma in _MAKE and not frame.reflexive and not _subjects(frame, "F"):
            held = [t for p in ("", "de") for _, t in _objects(frame, p, "F")]
            held = held or [t for t in (_taken_back(view, frame),) if t is not None]
        elif frame.lemma == "mettre" and re.match(
            r" en (?:service|production|exploitation|route|marche)", view.text[frame.end :]
        ):
            held = [t for _, t in _objects(frame, "", "F")] or _subjects(frame, "F")
        elif (frame.lemma in _SETTLE | _MAKE and (frame.voice == "passive" or _of_itself(frame))) or (
            frame.lemma in _RUN_THERE and frame.voice == "active" and not any(p.mentions for p in frame.after(""))
        ):
            held = _subjects(frame, "F")[:1]
        else:
            continue
        for phrase, place in where:
            for premises in held:
                span = frame.span(phrase, *frame.after("")[:1])
                yield view.claim(premises, "grp:locatedIn", place, span, "clause-stands", 0.8)


def _towns(frame: Frame) -> list[tuple[Phrase, Thing]]:
    """Return the place of a clause, and a narrower one told after it; none if its first place is other premises."""
    where = list(_places(frame, "LF"))
    where = where[:1] + [w for w in where[1:] if w[0].preposition in _NARROWER and not _wider(w[1])]
    sorts = [letter(frame.reading.mentions[p.mentions[0]].kind) for p, _ in where]
    if sorts[:1] != ["L"] or where[0][0].preposition in _NARROWER:
        return where[:1] if sorts[:1] == ["L"] else []
    return [w for w, sort in zip(where, sorts, strict=True) if sort == "L"]


def _wider(place: Thing) -> bool:
    return place.entry is not None and place.entry.id.startswith(("departement/", "region/"))


def _is_subject_before(view: View, premises: Thing) -> bool:
    """Return whether the sentence before is about premises, so that a pronoun can hardly mean anything else."""
    before = view.scene.reading.masked[view.index - 1].text if view.index else ""
    first = re.match(r"(?:[^⟨⟩]{3,60}, )?⟨F(?P<n>\d+)⟩", before)
    return first is not None and view.scene.reading.thing_at(int(first["n"])) == premises


def _taken_back(view: View, frame: Frame) -> Thing | None:
    """Return the premises that a pronoun before the verb takes up: « X la construira à Talence »."""
    found = re.search(r"\b(?:(?P<her>la) |le |l')(?=\w+$)", view.text[: frame.end])
    if found is None or found.start() < frame.start - 3 or "⟨F" in view.text[: frame.start]:
        return None
    spoken = view.scene.spoken_of(view.index, back=1)
    shapes = [s for m in spoken.mentions if (s := frame.reading.mentions[m].facility)] if spoken else []
    if found["her"] and shapes and not FEMININE.match(shapes[0].noun):
        return None
    return spoken
