"""When bodies were founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import Frame, frames, frames_of
from grappe.extract.grants import topic
from grappe.extract.reading import Hit, Reading, Thing, pattern
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["founded"]


_FOUND = ("créer", "fonder", "naître", "lancer", "constituer", "essaimer", "immatriculer")
_FIRMS = ("Company", "Laboratory", "NonProfit", "Cluster", "Organization", "ResearchNetwork")
_NEVER = frozenset("Person Place Project Programme Building Facility Theme PublicAuthority".split())
_TOGETHER = re.compile(r"^(?:toutes|tous) (?:deux|trois)$", re.I)


def founded(reading: Reading) -> Iterator[Said]:
    """« Ciloa, biotech créée en 2011 », « A puis B, toutes deux nées en 1999 », « Immunotech (1982) »."""
    for frame in frames(reading, *_FOUND):
        when = next((p for p in frame.complements if p.letters[:1] == "D"), None)
        if when is None or not frame.stated:
            continue
        if frame.voice == "active" and frame.lemma != "naître":
            made = [t for p in frame.after("") for t in frame.things(p) if t.kind in _FIRMS]
            if not made and re.search(r"\b(?:l'|la |le )", frame.masked.text[frame.start : frame.end]):
                about = topic(reading, frame.masked, frame.start, (), never=_NEVER)  # « X et Y l'ont fondée en 2009 »
                made = (
                    [reading.things[about[0]]] if about is not None and reading.things[about[0]].kind in _FIRMS else []
                )
        else:
            made = _made(frame)
        date = reading.mentions[when.mentions[0]].value
        for thing in made:
            if isinstance(date, Date) and thing.kind not in ("PublicAuthority", "Project", "Place"):
                lexical, datatype = xsd(date)
                yield Claim(
                    thing.id,
                    "grp:foundedIn",
                    Literal(lexical, datatype),
                    frame.span(when, *frame.subjects[:1]),
                    f"founded-{frame.lemma}",
                    0.9,
                )
    for hit in reading.find(
        pattern(r"(?P<x>{O})(?:,? [^⟨⟩.;]{0,40}| à ⟨L\d+⟩){0,3} depuis sa (?:création|fondation|naissance) en {D:d}")
    ):
        yield from _founded(hit)
    for hit in reading.find(
        pattern(r"(?P<x>{O}) \((?:[^()]*[,;] )?(?:créée?|fondée?|née?|constituée?) (?:en |à ⟨L\d+⟩ en )?{D:d}")
    ):
        yield from _founded(hit)
    for hit in reading.find(pattern(r"[Dd]epuis sa (?:création|fondation) en {D:d}, (?P<x>{O})")):
        yield from _founded(hit)
    for hit in reading.find(
        pattern(
            r"(?P<x>{O})(?:, [^⟨⟩.;,]{0,40},?)? (?:qui )?(?:a vu le jour|voit le jour|existe depuis|existe|a été lancée?)(?: à ⟨L\d+⟩)? (?:en |depuis )?{D:d}"
        )
    ):
        yield from _founded(hit)
    for hit in reading.find(pattern(r"(?P<x>{O}) \({D:d}\)")):
        yield from _founded(hit, years_only=True)


def _made(frame: Frame) -> list[Thing]:
    """Return what was founded: the subject, of « toutes deux » the two before it."""
    if frame.subject is None:
        return []
    if _TOGETHER.match(frame.subject.lead) and not frame.subject.mentions:
        number = 3 if frame.subject.lead.endswith("trois") else 2
        found = [t for p in sorted(frame.others, key=lambda p: p.start) for t in frame.things(p)]
        return found[-number:]
    made = (
        [t for t in frame.things(frame.subject) if t.kind not in ("Person", "Place")] if not frame.subject.via else []
    )
    if not made and frame.mood == "participle":  # « Lancée en 2020 par deux sœurs, A et B, la société … »
        for later in frames_of(frame.reading, frame.masked):
            if later.start > frame.end and later.mood == "finite" and later.subject is not None:
                return [t for t in later.things(later.subject) if t.kind in _FIRMS][:1]
    return made


def _founded(hit: Hit, *, years_only: bool = False) -> Iterator[Said]:
    date = hit.mention("d")
    if (
        date is None
        or not isinstance(date.value, Date)
        or not asserted(hit)
        or (years_only and date.value.precision != "year")
    ):
        return
    lexical, datatype = xsd(date.value)
    for thing in hit.things("x")[-2:] if "toutes" in hit.match[0] else hit.things("x")[-1:]:
        if thing.kind not in ("PublicAuthority",):
            yield Claim(thing.id, "grp:foundedIn", Literal(lexical, datatype), hit.span, "founded-in")
