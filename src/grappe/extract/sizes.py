"""When bodies were founded, and how many people they employ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import Frame, frames
from grappe.extract.reading import Hit, Reading, Thing, pattern
from grappe.extract.values import Date, parse_number, xsd
from grappe.model import Literal

__all__ = ["founded", "headcounts"]


_FOUND = ("créer", "fonder", "naître", "lancer")
_TOGETHER = re.compile(r"^(?:toutes|tous) (?:deux|trois)$", re.I)


def founded(reading: Reading) -> Iterator[Said]:
    """« Ciloa, biotech créée en 2011 », « A puis B, toutes deux nées en 1999 », « Immunotech (1982) »."""
    for frame in frames(reading, *_FOUND):
        when = next((p for p in frame.complements if p.letters[:1] == "D"), None)
        if when is None or not frame.stated:
            continue
        if frame.voice == "active" and frame.lemma != "naître":
            made = [
                t
                for p in frame.after("")
                for t in frame.things(p)
                if t.kind in ("Company", "Laboratory", "NonProfit", "Cluster")
            ]
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
    for hit in reading.find(pattern(r"[Dd]epuis sa (?:création|fondation) en {D:d}, (?P<x>{O})")):
        yield from _founded(hit)
    for hit in reading.find(
        pattern(
            r"(?P<x>{O})(?:, [^⟨⟩.;,]{0,40},)? (?:a vu le jour|voit le jour|existe depuis|existe|a été lancée?) (?:en |depuis )?{D:d}"
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
    return list(frame.things(frame.subject)) if not frame.subject.via else []


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


_STAFF = r"(?:salariée?s?|professionnels|équivalents temps plein|ETP|collaborat(?:eurs?|rices?)|employée?s?|personnes|agents|emplois directs)"


_COUNTED = re.compile(
    rf"^(?:(?:aujourd'hui|désormais|actuellement|près de|plus de|environ|quelque|au total|déjà) )*(?P<n>\d{{1,3}}(?:[ .]\d{{3}})+|\d{{1,6}}|[a-zé-]+(?:[ -][a-zé-]+){{0,4}}?) {_STAFF}(?!\w)",
    re.I,
)


def headcounts(reading: Reading) -> Iterator[Said]:
    """« Evotec emploie 4 900 personnes », « cette société de 13 salariés », « l'institut … et compte 230 personnes »."""
    for frame in frames(reading, "employer", "compter", "dénombrer", "rassembler", "regrouper", "totaliser", "appuyer"):
        subject = frame.subject
        if not frame.stated or frame.voice != "active" or subject is None or subject.via:
            continue
        text = frame.masked.text[frame.end :]
        counted = _COUNTED.match(re.sub(r"^(?: sur)? (?:une équipe de )?", "", text))
        if counted is None or re.match(
            r" (?:à|en) (?:recruter|venir)", text[text.index(counted[0]) + len(counted[0]) :]
        ):
            continue
        value = parse_number(counted["n"])
        thing = next(iter(frame.things(subject)), None)
        if thing is not None and value is not None and value % 1 == 0 and thing.kind not in _NO_STAFF:
            end = frame.end + text.index(counted[0]) + len(counted[0])
            span = _span_of(frame, subject.start, end)
            yield Claim(
                thing.id,
                "grp:employeeCount",
                Literal(str(int(value)), "xsd:integer"),
                span,
                f"headcount-{frame.lemma}",
                0.88,
            )
    number = r"(?P<n>\d{1,3}(?:[ .]\d{3})+|\d{1,6})"
    for hit in reading.find(
        re.compile(
            rf"⟨O(?P<x>\d+)⟩(?:, créée (?:en )?⟨D\d+⟩ et|, (?:[a-zéè]+ ){{1,4}}⟨?)?,? (?:[\w-]+ ){{0,3}}(?:de|d'une équipe de|forte? de|employant|comptant) (?:près de |plus de |environ |quelque )?{number} {_STAFF}(?!\w)"
        ),
        ("paragraph", "item"),
    ):
        yield from _headcount(hit)


_NO_STAFF = frozenset("PublicAuthority FundingAgency Cluster Place Person Project Programme Building Facility".split())


def _span_of(frame: Frame, start: int, end: int) -> tuple[int, int]:
    """Return the range of the normalised text of a range of a frame's sentence."""
    return frame.masked.origin(start, end, frame.reading.mentions)


def _headcount(hit: Hit) -> Iterator[Said]:
    thing = hit.reading.thing_at(int(hit["x"] or 0))
    if thing is not None and asserted(hit) and thing.kind not in ("PublicAuthority", "FundingAgency"):
        digits = re.sub(r"\D", "", hit["n"] or "")
        yield Claim(thing.id, "grp:employeeCount", Literal(digits, "xsd:integer"), hit.span, "headcount")
