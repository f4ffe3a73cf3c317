"""Money without a sum: who is supported by whom, and under what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Said
from grappe.extract.clauses import Frame, Phrase, frames
from grappe.extract.clitics import direct, taken_up
from grappe.extract.grants import funders_in, paid
from grappe.extract.reading import Reading

__all__ = ["supports"]


def supports(reading: Reading) -> Iterator[Said]:
    """Money without a sum: « financé par la Région », « a apporté son soutien à l'équipement de … »."""
    for frame in frames(reading):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading"):
            continue
        if frame.lemma in ("financer", "cofinancer", "subventionner", "soutenir", "préfinancer", "doter"):
            yield from _backed(reading, frame)
        if frame.lemma in ("apporter", "accorder", "renouveler", "confirmer", "renforcer", "annoncer"):
            yield from _support_given(reading, frame)
        yield from _with_support(reading, frame)


def _backed(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« un laboratoire financé par la Région », « que le FEDER a soutenu »: no sum belongs to the verb."""
    if any("M" in p.letters for p in frame.complements):
        return
    if frame.voice == "passive":
        by = frame.after("par")
        receivers = _receiving_of(frame, frame.subjects)
        if any("M" in p.letters for p in frame.subjects[:1]):
            return
    else:
        by = frame.subjects[:1]
        receivers = _receiving_of(frame, frame.after(""))
        if not receivers and (gender := direct(frame)) is not None:
            about = taken_up(reading, frame.masked, frame, gender, [t.id for p in by for t in frame.things(p)])
            receivers = [about[0]] if about is not None else []
    givers = [g for p in by if not p.via for g in funders_in(reading, p.mentions)]
    strict = frame.lemma in ("soutenir", "doter")
    public = [
        g for g in givers if reading.things[g].kind in ("PublicAuthority", "FundingAgency", "NonProfit", "Programme")
    ]
    if strict and not public:
        return
    if not givers or not receivers or _plural_of_body(frame):
        return
    for receiver in receivers[:1] if frame.voice == "passive" else receivers:
        if receiver not in givers:
            yield Award(
                tuple(givers),
                receiver,
                frame.span(*by),
                f"{'financed-by' if frame.voice == 'passive' else 'finances'}-{frame.lemma}",
                confidence=0.82,
            )


def _plural_of_body(frame: Frame) -> bool:
    """« les entreprises du cluster soutenues par … »: the plural participle goes with the noun before."""
    subject = frame.subject
    return bool(frame.mood == "participle" and subject and subject.via and subject.plural and subject.letters == "O")


def _receiving_of(frame: Frame, phrases: tuple[Phrase, ...]) -> list[int]:
    for phrase in phrases:
        found = [t.id for t in frame.things(phrase) if paid(t) and phrase.letters[:1] in ("O", "J", "F", "")]
        if found:
            return found
    return []


_HELP = re.compile(r"\b(?:soutien|appui|concours|aide|contribution|participation|financement)\b")


def _support_given(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« La Région a apporté son soutien à l'équipement des 650 m² de … »."""
    helped = [p for p in frame.after("") if _HELP.search(p.lead) and not p.letters]
    if not helped or frame.voice != "active" or any("M" in p.letters for p in frame.complements):
        return
    givers = funders_in(reading, frame.subject.mentions if frame.subject and not frame.subject.via else ())
    for phrase in frame.after("à", "pour", "en faveur", "au profit"):
        receivers = [t.id for t in frame.things(phrase) if paid(t) and t.id not in givers]
        if givers and receivers:
            yield Award(
                tuple(givers), receivers[0], frame.span(frame.subject, phrase), "gives-support", confidence=0.85
            )
            return


def _with_support(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« deux bâtiments acquis avec le soutien de l'État et de la Région »."""
    for phrase in frame.complements:
        if not phrase.preposition.startswith("avec ") or "M" in phrase.letters:
            continue
        givers = [
            g
            for g in funders_in(reading, phrase.mentions)
            if reading.things[g].kind in ("PublicAuthority", "FundingAgency", "NonProfit", "Programme")
        ]
        made = frame.subjects if frame.voice == "passive" else frame.after("")
        receivers = _receiving_of(frame, made) or _receiving_of(frame, frame.subjects)
        if givers and receivers and receivers[0] not in givers:
            yield Award(tuple(givers), receivers[0], frame.span(phrase), "with-support-of", confidence=0.82)
