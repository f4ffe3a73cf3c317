"""Occasions as clauses tell them: who organises them, when and where they are held."""

from __future__ import annotations

from collections.abc import Iterator

from grappe.extract.claims import Claim, Said
from grappe.extract.clauses import Frame, Phrase, frames
from grappe.extract.reading import Reading, Thing
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["occasions"]

_ORGANISE = frozenset({"organiser", "coorganiser", "accueillir", "proposer", "animer", "programmer"})
_HELD = frozenset({"tenir", "dérouler", "avoir", "réunir", "rassembler", "programmer", "prévoir", "ouvrir"})
_HOSTS = ("Person", "Place", "Theme", "Event", "Visit", "Conference", "Inauguration", "Signing")


def occasions(reading: Reading) -> Iterator[Said]:
    """« le forum X, que Y organise à Rennes le 12 juin 2025 », « la journée, organisée avec Y, aura lieu à Metz »."""
    for frame in frames(reading):
        if not frame.stated or frame.voice == "noun" or frame.masked.sentence.kind not in ("paragraph", "item"):
            continue
        yield from _taking_part(frame)
        found = _event(frame)
        if found is None:
            continue
        event, said = found
        active = frame.voice == "active" and (
            frame.lemma in ("organiser", "coorganiser", "tenir", "animer") and not frame.reflexive
        )
        if active or frame.lemma in ("organiser", "coorganiser"):
            hosts = (
                frame.after("par", "avec") if frame.voice == "passive" else (*frame.subjects[:1], *frame.after("avec"))
            )
            for phrase in hosts:
                for host in frame.things(phrase) if not phrase.via else ():
                    if host.kind not in _HOSTS:
                        span = frame.span(said, phrase)
                        yield Claim(event.id, "grp:organizer", host.id, span, "clause-organises", 0.85)
        yield from _when_and_where(frame, event, said)


_PARTAKE = frozenset({"participer", "assister", "intervenir", "prendre", "convier", "inviter", "associer"})


def _taking_part(frame: Frame) -> Iterator[Claim]:
    """« une matinée, à laquelle participeront A et B », « A a assisté à l'inauguration »."""
    if frame.lemma not in _PARTAKE or (frame.lemma in ("convier", "inviter", "associer") and frame.voice == "active"):
        return
    for phrase in (*frame.after("à", "lors"), *(p for p in frame.taken if p.preposition == "à")):
        for event in frame.things(phrase) if phrase.letters[:1] == "E" and not phrase.via else ():
            for who in frame.things(frame.subject):
                if who.kind not in ("Place", "Theme", "Project", "Programme") and event.id != who.id:
                    span = frame.span(phrase, frame.subject)
                    yield Claim(event.id, "grp:participant", who.id, span, "clause-takes-part", 0.85)
            return


def _event(frame: Frame) -> tuple[Thing, Phrase] | None:
    """Return the occasion that a clause is about: what is organised, or what is held."""
    if (frame.lemma in _ORGANISE or (frame.lemma == "tenir" and not frame.reflexive)) and frame.voice == "active":
        phrases = frame.after("")
    elif frame.lemma in _ORGANISE | _HELD:
        phrases = frame.subjects[:1]
    else:
        return None
    for phrase in phrases:
        if phrase.letters[:1] == "E" and not phrase.via:
            for thing in frame.things(phrase):
                return thing, phrase
    return None


def _when_and_where(frame: Frame, event: Thing, said: Phrase) -> Iterator[Claim]:
    for phrase in (*frame.complements, *frame.front):
        value = frame.reading.mentions[phrase.mentions[0]].value if phrase.letters[:1] == "D" else None
        if isinstance(value, Date) and value.precision != "year":
            lexical, datatype = xsd(value)
            span = frame.span(said, phrase)
            yield Claim(event.id, "grp:eventDate", Literal(lexical, datatype), span, "clause-held-on", 0.85)
        if phrase.letters[:1] == "L" and phrase.preposition in ("à", "dans", "en", "sur", "au cœur") and not phrase.via:
            place = frame.things(phrase)[0]
            yield Claim(event.id, "grp:locatedIn", place.id, frame.span(said, phrase), "clause-held-at", 0.8)
