"""Who comes into a firm's capital: « le fonds X entre au capital de Y », « Y a vu entrer à son capital X pour 2 M€ »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Said
from grappe.extract.clauses import Frame, frames
from grappe.extract.grants import Sum, funders_in, instruments, sums, topic
from grappe.extract.reading import Masked, Reading, Thing

__all__ = ["stakes"]

_FIRMS = frozenset({"Company", "Organization"})
_OWN = re.compile(r"\b(?:son|leur|sa|ses) (?:capital|tour de table|actionnariat)\b")
_CAPITAL = re.compile(r"\b(?:capital|tour de table|actionnariat)\b")
#: What a firm does with those who come in, and what they do; « sort du capital » is neither.
_LETS_IN = frozenset({"accueillir", "ouvrir", "entrer", "intégrer", "faire", "rejoindre", "associer", "réunir"})
_COMES_IN = frozenset({"entrer", "rejoindre", "intégrer", "participer", "souscrire", "monter"})
_SUM_BEHIND = re.compile(
    r"⟨O\d+⟩(?:,? (?:\(|pour|à hauteur de|avec|moyennant|à raison de|contre)|,? qui (?:y |lui )?(?:apporte|investit|a apporté|a investi|injecte|met)|,? en y? ?(?:apportant|injectant|investissant)) ?(?:un apport de |une mise de |un ticket de )?⟨M(?P<m>\d+)⟩"
)


def stakes(reading: Reading) -> Iterator[Said]:
    """Money with which somebody comes into a firm's capital, its sum if one is told."""
    for frame in frames(reading):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading") or frame.voice == "noun":
            continue
        if frame.lemma in _COMES_IN and frame.voice == "active":
            yield from _comes_in(reading, frame)
        if frame.lemma in _LETS_IN:
            yield from _lets_in(reading, frame)


def _comes_in(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« X entre au capital de Y », « X a rejoint le tour de table de Y »."""
    of = [p for p in frame.complements if p.mentions and _CAPITAL.search(p.lead)]
    givers = funders_in(reading, frame.subject.mentions if frame.subject and not frame.subject.via else ())
    firm = next((t for p in of for t in frame.things(p) if t.kind in _FIRMS), None)
    if firm is not None and givers:
        yield from _award(reading, frame, givers, firm)


def _lets_in(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« Y accueille X à son capital », « Y ouvre son capital à X », « le capital de Y s'ouvre à X »."""
    text = frame.masked.text
    stop = re.search(r"[;.]", text[frame.end :])
    words = text[frame.start - 30 if frame.start > 30 else 0 : frame.end + (stop.start() if stop else len(text))]
    own = _OWN.search(words)
    if own is None:
        return
    opens = frame.lemma == "ouvrir"
    comers = [
        p
        for p in frame.complements
        if p.letters[:1] == "O" and not p.via and p.preposition in (("à",) if opens else ("", "de", "avec", "par"))
    ]
    givers = funders_in(reading, [n for p in comers[:1] for n in p.mentions])
    firm = next((t for p in frame.subjects for t in frame.things(p) if t.kind in _FIRMS and t.id not in givers), None)
    if firm is None and givers and (about := topic(reading, frame.masked, frame.start, givers)) is not None:
        firm = reading.things[about[0]] if reading.things[about[0]].kind in _FIRMS else None
    if firm is not None and givers:
        yield from _award(reading, frame, givers, firm)


def _award(reading: Reading, frame: Frame, givers: list[int], firm: Thing) -> Iterator[Award]:
    kept = tuple(g for g in givers if g != firm.id and reading.things[g].kind not in ("Programme", "Laboratory"))
    if not kept:
        return
    money = _sum(reading, frame.masked, frame)
    spans = [frame.subject, *frame.complements]
    yield Award(
        kept,
        firm.id,
        frame.span(*spans),
        "comes-into-capital",
        money.value.amount if money else None,
        money.value.currency if money else None,
        instruments(reading, frame.masked, money) if money else (),
        None,
        0.82,
    )


def _sum(reading: Reading, masked: Masked, frame: Frame) -> Sum | None:
    """Return the sum with which somebody comes in: beside the name, or after *pour* and *à hauteur de*."""
    found = {s.number: s for s in sums(reading, masked)}
    numbers = [n for p in frame.after("pour", "à hauteur", "avec", "à raison") for n in p.mentions]
    numbers += [int(m["m"]) for m in _SUM_BEHIND.finditer(masked.text)]
    return next((found[n] for n in numbers if n in found), None)
