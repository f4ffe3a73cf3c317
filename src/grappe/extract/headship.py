"""Whom clauses tell to lead something: any verb of leading, or a verb of holding with what is held (« les rênes »)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim
from grappe.extract.clauses import Frame, Phrase, frames
from grappe.extract.reading import Masked, Reading, Thing
from grappe.extract.spoken_of import led_things, topic_of

__all__ = ["GOVERNED", "headed", "led_topic"]

_LEAD = frozenset(
    """diriger codiriger piloter copiloter coordonner animer coanimer présider coprésider conduire mener emmener
    chapeauter superviser encadrer""".split()
)
#: Verbs that bring a person to the head of something, by what they have for object or what follows them.
_HOLD = frozenset({"tenir", "assurer", "assumer", "exercer", "occuper", "prendre", "reprendre", "garder", "conserver"})
_REACH = frozenset({"succéder", "remplacer", "accéder", "porter", "nommer", "élire", "placer", "passer", "arriver"})
_GIVE = frozenset({"revenir", "confier", "échoir", "incomber", "assurer", "assumer", "exercer", "tenir"})
_HEADSHIP = re.compile(
    r"\b(?:direction|co-?direction|présidence|co-?présidence|coordination|responsabilité|tête|rênes|barre|commandes|gouvernail|manettes|gouvernance|animation|pilotage)\b",
    re.I,
)
_UNDER = re.compile(r"sous .*(?:direction|responsabilité|houlette|conduite|coordination|pilotage|présidence|autorité)$")
#: Nouns on which what is led may hang: « dirige le laboratoire de X »; not « dirige le développement de X ».
_PART = re.compile(
    r"équipes?|laboratoire|plateforme|plate-forme|centre|unité|réseau|pôle|institut|consortium|projet|programme|école"
)
_LETTERS = frozenset("OJFG")


GOVERNED = re.compile(r"(?:^|[ (])(?:de|à|par|avec|pour|chez|dans|sur|en|sous|au sein de) (?:⟨[OJFX]\d+⟩(?:, | et ))*$")


def led_topic(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return what a sentence is about, rather a unit or a project that the one before brings in than who founded it."""
    told = re.finditer(r"⟨[OJF]\d+⟩", masked.text[:before])
    if masked.sentence.index and all(GOVERNED.search(masked.text[: found.start()]) for found in told):
        earlier = reading.masked[masked.sentence.index - 1]
        for found in reversed([*re.finditer(r"⟨[OJF](\d+)⟩", earlier.text)]):
            thing = reading.thing_at(int(found[1]))
            if thing is not None and led_things(thing) and not GOVERNED.search(earlier.text[: found.start()]):
                return thing.id
    return topic_of(reading, masked, before)


def headed(reading: Reading) -> Iterator[tuple[int, Claim]]:
    """Return who leads what as clauses tell it, each with the number of its sentence.

    « X, qu'anime P », « codirigé par P et Q, X … », « P succède à Q à la présidence de X », « dont P tient les rênes »,
    « X est placé sous la houlette de P », « la présidence de X revient à P ».
    """
    for frame in frames(reading):
        if not frame.stated or frame.masked.sentence.kind not in ("paragraph", "item", "row", "heading"):
            continue
        if frame.lemma in _LEAD:
            yield from _leads(frame)
        if _EN.search(frame.masked.text[max(0, frame.start - 1) : frame.end]):
            yield from _leads_it(frame)
        if frame.lemma in _HOLD | _REACH and frame.voice != "noun":
            yield from _holds(frame)
        if frame.lemma in _GIVE:
            yield from _is_given(frame)
        yield from _is_under(frame)


def _leads(frame: Frame) -> Iterator[tuple[int, Claim]]:
    if frame.voice == "passive":
        by = frame.after("par", "conjointement par")
        yield from _claims(frame, by, frame.subjects, "clause-led-by")
    elif frame.voice == "active":
        whom = (*(p for p in frame.taken if p.preposition == ""), *frame.after(""))
        whom = tuple(p for p in whom if "P" not in p.letters and (not p.via or _PART.match(p.via)))
        if frame.masked.text[frame.start : frame.end].casefold() == "président":
            return  # « P, président de X »: the noun
        yield from _claims(frame, frame.subjects[:1], whom, "clause-leads")


#: « en » before a verb takes up what was spoken of.
_EN = re.compile(r"(?:^|[ '])[Ee]n ")
_ITS_HEAD = re.compile(r"^(?:la |le |l')?(?:direct|responsable|coordin|présid|animat|pilote|chef)", re.I)


def _leads_it(frame: Frame) -> Iterator[tuple[int, Claim]]:
    """« P en assure la direction », « la direction en est confiée à P », « en est chargée P », « qui en est la responsable »."""
    subject = frame.subject
    objects = frame.after("")
    if frame.lemma in _HOLD and any(_HEADSHIP.search(p.lead) and not p.mentions for p in objects):
        who = frame.subjects[:1]
    elif frame.lemma in _GIVE and subject is not None and not subject.mentions and _HEADSHIP.search(subject.lead):
        who = (*frame.after("par"), *frame.after("à"))
    elif frame.lemma == "charger" and frame.voice == "passive":
        who = (*frame.subjects[:1], *objects[:1])
    elif frame.lemma == "être" and any(_ITS_HEAD.match(p.lead) and not p.mentions for p in objects):
        who = frame.subjects[:1]
    else:
        return
    people = [(p, t) for p in who for t in frame.things(p) if t.kind == "Person"]
    topic = led_topic(frame.reading, frame.masked, frame.start) if people else None
    if frame.lemma == "être" and topic is not None and not led_things(frame.reading.things[topic]):
        return  # a title of a firm is an office in it
    for phrase, person in people if topic is not None else ():
        if topic is not None:
            claim = Claim(person.id, "org:headOf", topic, frame.span(phrase), "clause-leads-it", 0.8)
            yield frame.masked.sentence.index, claim


def _holds(frame: Frame) -> Iterator[tuple[int, Claim]]:
    """« P prend la tête de X », « dont P tient les rênes », « P succède à Q à la présidence de X »."""
    for phrase in frame.complements:
        if not (_HEADSHIP.search(phrase.lead) or _HEADSHIP.search(phrase.preposition)):
            continue
        if frame.lemma in _REACH and phrase.preposition == "":
            continue
        owners = (phrase,) if phrase.mentions else tuple(p for p in frame.taken if p.preposition in ("dont", "de"))
        yield from _claims(frame, frame.subjects[:1], owners, "clause-holds-the-reins")


def _is_given(frame: Frame) -> Iterator[tuple[int, Claim]]:
    """« La présidence de X revient à P », « la direction de X est assurée par P »."""
    if frame.subject is None or not frame.subject.via or not _HEADSHIP.search(frame.subject.lead):
        return
    who = frame.after("par") if frame.voice == "passive" else ()
    yield from _claims(frame, (*who, *frame.after("à")), (frame.subject,), "clause-headship-is")


def _is_under(frame: Frame) -> Iterator[tuple[int, Claim]]:
    """« X, placé sous la houlette de P », « X réunit, sous la direction de P, … »."""
    for phrase in (*frame.complements, *frame.front):
        under = _UNDER.match(phrase.preposition) or (phrase.preposition == "sous" and _HEADSHIP.search(phrase.via))
        if under and (frame.lemma in ("placer", "mettre", "être") or frame.mood != "noun"):
            yield from _claims(frame, (phrase,), frame.subjects[:1], "clause-under")


def _claims(frame: Frame, who: tuple[Phrase, ...], whom: tuple[Phrase, ...], rule: str) -> Iterator[tuple[int, Claim]]:
    people = [(p, t) for p in who for t in frame.things(p) if t.kind == "Person" and not _others(p)]
    owner = _led_of(frame, whom) if people else None
    if owner is None:
        return
    held = [p for p in whom if owner in frame.things(p)][:1]
    for phrase, person in people:
        claim = Claim(person.id, "org:headOf", owner.id, frame.span(phrase, *held), rule, 0.85)
        yield frame.masked.sentence.index, claim


def _others(phrase: Phrase) -> bool:
    """Return whether a phrase names a person only as the one to whom others belong: « les équipes de P »."""
    return bool(phrase.via) and not _HEADSHIP.search(phrase.via)


def _led_of(frame: Frame, phrases: tuple[Phrase, ...]) -> Thing | None:
    """Return what of some readings of an argument may be led: a unit or a project first, within the likeliest reading."""
    if any(p in frame.taken for p in phrases) or (phrases and phrases[0].preposition in ("de", "à")):
        unit = next((t for p in phrases for t in frame.things(p) if led_things(t)), None)
        if unit is not None:
            return unit  # « X, commune à A et à B, que dirige P », « X, unité de A et de B, dirigée par P »
        if phrases[0].preposition == "de" and phrases[0] not in frame.taken:
            return None
    for phrase in phrases:
        found = [t for t in frame.things(phrase) if t.kind not in ("Person", "Place", "Theme")]
        found = [t for t in found if set(phrase.letters) & _LETTERS or not phrase.letters]
        if found:
            return next((t for t in found if led_things(t)), found[0])
        if not phrase.mentions and phrase.lead and not phrase.anchor:
            return None  # « une délégation, conduite par P »: what is led has no name
    return None
