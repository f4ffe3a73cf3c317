"""Sums that hang on a noun, or whose verb says where they go rather than who gives: « l'octroi par X d'une aide de 2 M€ à
Y », « la participation de X à Y s'élève à 2 M€ », « 2 M€ vont à Y », « 2 M€ : c'est l'aide que X apporte à Y ».
"""

from __future__ import annotations

import re

from grappe.extract.announced import giver_before
from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.grants import BACKING, GIVING, RECEIVING, Sum, funders_in, paid
from grappe.extract.reading import Masked, Reading
from grappe.extract.receivers import PLAIN, Told

__all__ = ["cleft", "going", "nominal", "reaching"]

_ACTS = frozenset({"attribution", "octroi", "versement", "allocation", "affectation", "obtention"})
_AIDS = (
    frozenset(
        """soutien appui financement cofinancement subvention aide prêt don avance participation contribution concours
    mécénat dotation apport bourse enveloppe chèque crédit""".split()
    )
    | _ACTS
)
_AMOUNTS = frozenset({"élever", "monter", "chiffrer", "atteindre", "établir", "fixer", "porter", "être", "représenter"})
_GOES = frozenset({"aller", "revenir", "échoir", "destiner", "bénéficier", "attribuer", "réserver"})


def nominal(reading: Reading, masked: Masked, one: Sum) -> Told | None:
    """Read who gives a sum from the noun on which it hangs."""
    frames = frames_of(reading, masked)
    for frame in frames:
        if frame.voice == "noun" and frame.lemma in _AIDS and frame.stated:
            if not any(one.number in p.mentions for p in frame.complements) and not _reached(frame, frames, one):
                continue
            givers = _givers(frame)
            if not givers and frame.lemma in _ACTS and (main := _main(frame, frames)) is not None:
                givers = funders_in(reading, main.mentions)
            if givers:
                end = max([one.end, *(p.end for p in frame.complements if p.letters[:1] in ("O", "J", "F"))])
                payees = tuple(
                    t.id for p in frame.after("pour", *PLAIN)[:1] if not p.via for t in frame.things(p) if paid(t)
                )
                return Told(tuple(givers), f"noun-{frame.lemma}", 0.88, frame.start, end, frame, payees)
    return None


_THE_AID = re.compile(
    r"(?:l'|cette |ce |son |sa |leur |le |la )(?:aide|subvention|soutien|concours|dotation|avance|prêt|financement|apport|enveloppe)(?: [a-zà-ÿ]+)?$",
    re.I,
)


def reaching(reading: Reading, masked: Masked, one: Sum) -> Told | None:
    """« X a été retenu par l'ANR ; l'aide se monte à 1,2 M€ »: given by who was said just before to back somebody."""
    for frame in frames_of(reading, masked):
        subject = frame.subject
        if (
            frame.lemma not in _AMOUNTS
            or not frame.stated
            or subject is None
            or subject.mentions
            or not _THE_AID.fullmatch(subject.lead)
            or not any(one.number in p.mentions for p in frame.after("", "à", "à hauteur", "de"))
        ):
            continue
        earlier = [f for f in frames_of(reading, masked) if f.start < subject.start]
        if not earlier and masked.sentence.index:
            before = reading.masked[masked.sentence.index - 1]
            near = before.sentence.block == masked.sentence.block
            earlier = [*frames_of(reading, before)] if near else []
        for backer in reversed(earlier):
            if backer.lemma not in BACKING or not backer.stated or backer.voice not in ("passive", "active"):
                continue
            passive = backer.voice == "passive"
            by, to = (backer.after("par"), backer.subjects[:1]) if passive else (backer.subjects[:1], backer.after(""))
            givers = funders_in(reading, [n for p in by for n in p.mentions])
            payees = tuple(t.id for p in to for t in backer.things(p) if paid(t) and t.id not in givers)
            if givers and payees and not any("M" in p.letters for p in backer.complements):
                return Told(tuple(givers), "aid-reaches", 0.85, subject.start, one.end, frame, payees[:1])
    return None


def _givers(frame: Frame) -> list[int]:
    """Return who gives: after *par*, else after *de* where no sum stands."""
    by = frame.after("par", "de la part") or tuple(
        p for p in frame.after("de") if p.letters[:1] in ("O", "G") and not p.via
    )
    return funders_in(frame.reading, [n for p in by for n in p.mentions if "M" not in p.letters])


def _main(frame: Frame, frames: tuple[Frame, ...]) -> Phrase | None:
    """« Avec l'attribution de 2 M€ à X, l'État confirme … »: the subject of the clause that the noun opens."""
    if not re.match(r"(?:[Aa]vec|[Pp]ar|[Gg]râce à|[Ee]n) ", frame.masked.text):
        return None
    return next((f.subject for f in frames if f.mood == "finite" and f.start > frame.end), None)


def _reached(noun: Frame, frames: tuple[Frame, ...], one: Sum) -> bool:
    """Return whether a sum is what a noun is said to come to: « la participation de X à Y s'élève à 2 M€ »."""
    return any(
        f.lemma in _AMOUNTS
        and f.voice != "noun"
        and f.stated
        and f.subject is not None
        and f.subject.start <= noun.start < f.subject.end <= f.start
        and any(one.number in p.mentions for p in f.after("", "à", "à hauteur"))
        for f in frames
    )


def going(reading: Reading, masked: Masked, one: Sum, told: dict[int, Told]) -> Told | None:
    """« L'ADEME y consacre 11 M€ : 8 M€ vont à X »; « Le premier concours, d'un montant de 2,6 M€, va à X »."""
    for frame in frames_of(reading, masked):
        if frame.lemma not in _GOES or not frame.stated or frame.start < one.end or frame.voice == "noun":
            continue
        if frame.lemma not in ("aller", "revenir", "échoir") and frame.voice != "passive":
            continue
        between = [f for f in frames_of(reading, masked) if one.end <= f.start < frame.start and f.mood == "finite"]
        if between or re.search(r"[;:]|⟨M\d+⟩", masked.text[one.end : frame.start]):
            continue
        payees = tuple(t.id for p in frame.after("à")[:1] if not p.via for t in frame.things(p) if paid(t))
        givers = funders_in(reading, [n for p in frame.after("par") for n in p.mentions])
        if payees and (givers or (givers := list(_source(reading, masked, told)))):
            return Told(tuple(givers), f"goes-{frame.lemma}", 0.82, one.start, frame.end, frame, payees)
    return _part(reading, masked, one, told)


#: « …, dont 4 M€ pour X et 2 M€ à Y »: the parts of a sum by who is given them.
_PART = re.compile(r"(?:\bdont|:|\bsoit|\(|,|\bet|;) (?:environ |près de )?$")
_PART_TO = re.compile(
    r" (?:[^⟨⟩.,;]{0,30} )?(?:à|pour|au profit de|en faveur de|destinée?s à|versée?s à|attribuée?s à) (?:de )?⟨[OFJ](?P<b>\d+)⟩"
)


def _part(reading: Reading, masked: Masked, one: Sum, told: dict[int, Told]) -> Told | None:
    if not _PART.search(masked.text[: one.start]) or (to := _PART_TO.match(masked.text, one.end)) is None:
        return None
    thing = reading.thing_at(int(to["b"]))
    opened = re.search(r"⟨M\d+⟩[^⟨⟩;]{0,60}(?:\(?\bdont|:|\bsoit|répartis?e?s?) ", masked.text[: one.start])
    again = any(t.rule == "part-to" for t in told.values())
    row = masked.sentence.kind == "item" and re.fullmatch(r"[–—•*▪-]? ?[^⟨⟩.,;:]{3,40} : ", masked.text[: one.start])
    if not paid(thing) or not (opened or again or row):
        return None
    givers = _source(reading, masked, told)
    return Told(givers, "part-to", 0.8, one.start, to.end(), None, (thing.id,)) if givers else None


def _source(reading: Reading, masked: Masked, told: dict[int, Told]) -> tuple[int, ...]:
    """Return who gives what is spoken of: the giver told last in the sentence, else the one announced before it."""
    if told:
        return [*told.values()][-1].funders
    return giver_before(reading, masked)


_CLEFT = re.compile(r" ?[:,] c'est (?:là )?(?:ce|(?:l'|le |la )[a-zé]+(?: [a-zé]+)?) qu[e'] ?")


def cleft(masked: Masked, frame: Frame, one: Sum) -> bool:
    """Return whether a sum is what a verb is said of by « 4 M€ : c'est ce que X vient de réunir »."""
    found = _CLEFT.match(masked.text, one.end)
    return (
        found is not None
        and one.start < 12
        and frame.lemma in GIVING | BACKING | RECEIVING
        and not any(
            f.start < frame.start and f.start >= found.end() and f.voice != "noun"
            for f in frames_of(frame.reading, masked)
        )
    )
