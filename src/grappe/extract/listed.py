"""Money that a sentence announces for the items of a list: « quatre projets reçoivent 14,2 M€ de l'ANR : • X (5,2 M€) »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.claims import Award, Said
from grappe.extract.clauses import frames_of
from grappe.extract.grants import BACKING, GIVING, HEAD, RECEIVING, funders_in, paid, sums
from grappe.extract.reading import Masked, Reading

__all__ = ["announced", "announced_sums", "received"]

_CALL = re.compile(
    r"(?:lauréate?s?(?: [a-zé]+)? de|[Aa]ppel(?: à [a-z ]{4,30})?|retenue?s? (?:à|par)|résultats de) (?:[^⟨⟩.;,]{0,40}?)?⟨[GI](?P<g>\d+)⟩"
)
_UNDER = re.compile(r"(?:au titre de|dans le cadre de) (?:[^⟨⟩.;,]{0,40}?)?⟨[GI](?P<g>\d+)⟩")
_GROUP = re.compile(
    r"\b(?:projets|entreprises|sociétés|lauréats|dossiers|start-ups?|laboratoires|opérations|équipes|PME|structures|associations)\b"
)
_FIRST = re.compile(
    r"^[^⟨⟩]{0,4}⟨[OJF]\d+⟩(?:[^⟨⟩(:]|⟨[LDTYO]\d+⟩){0,120}?(?: \(| : |, | – | (?:reçoit|recevra|obtient|obtiendra|décroche|touche|percevra|remporte|bénéficie|bénéficiera) )(?:[^⟨⟩:.]{0,20} )?⟨M(?P<m>\d+)⟩(?P<for> pour (?:(?:son|sa|ses|leur|le projet) )?⟨[JF](?P<t>\d+)⟩)?"
)


@dataclass(frozen=True, slots=True)
class _Announcement:
    """Who gives to each item of the list that follows, and under what."""

    funders: tuple[int, ...]
    instrument: int | None
    start: int


def announced_sums(reading: Reading) -> frozenset[int]:
    """Return the sums that a list tells of what a sentence before it announces."""
    return frozenset(number for number, _ in _announced(reading))


def announced(reading: Reading) -> Iterator[Said]:
    """« L'État et la Région apportent 3,1 M€ à quatre projets. • Fibralor : 1,4 M€ pour Celluforte … »."""
    yield from (award for _, award in _announced(reading))


def _announced(reading: Reading) -> Iterator[tuple[int, Award]]:
    held: _Announcement | None = None
    call: int | None = None
    named = False
    for masked in reading.masked:
        if masked.sentence.kind != "item":
            found = _CALL.search(masked.text)
            named = named or found is not None
            if found is None and not named:
                found = _UNDER.search(masked.text)
            if found:
                thing = reading.thing_at(int(found["g"]))
                call = thing.id if thing is not None else call
            if masked.sentence.kind not in ("title",):
                held = _announcement(reading, masked, call)
            continue
        first = _FIRST.match(masked.text)
        head = HEAD.match(masked.text) or re.match(r"^[^⟨⟩]{0,4}⟨(?P<letter>[OJF])(?P<n>\d+)⟩", masked.text)
        if held is None or first is None or head is None:
            continue
        thing = reading.thing_at(int(first["t"] or head["n"]))
        money = next((s for s in sums(reading, masked) if s.number == int(first["m"])), None)
        if thing is None or not paid(thing) or money is None or thing.id in held.funders:
            continue
        span = masked.origin(0, first.end(), reading.mentions)
        under = (held.instrument,) if held.instrument is not None else ()
        yield (
            money.number,
            Award(
                held.funders,
                thing.id,
                span,
                "announced-list",
                money.value.amount,
                money.value.currency,
                under,
                None,
                0.85,
            ),
        )


_SUPPORT_TO = re.compile(
    r"\b(?:soutien|aide|appui|concours|financement)s?(?: financier)? de (?P<l>⟨O\d+⟩(?:(?:, | et )de ⟨O\d+⟩)*) (?:à|pour) (?:les |des |ces )?(?:\w+ )?(?:nouveaux |nouvelles )?"
    r"(?:projets|entreprises|sociétés|lauréats|dossiers|start-ups?|laboratoires|opérations|équipes|PME|associations)"
)


def received(reading: Reading) -> Iterator[Said]:
    """« … le soutien de l'État à quatre projets. … Le premier, X, recevra 45 M€ »: given by who was said to support them."""
    givers: list[int] = []
    block = -10
    for masked in reading.masked:
        if found := _SUPPORT_TO.search(masked.text):
            givers = funders_in(reading, map(int, re.findall(r"⟨O(\d+)⟩", found["l"])))
            block = masked.sentence.block
        if not givers or masked.sentence.kind in ("title", "heading") or masked.sentence.block > block + 6:
            continue
        for frame in frames_of(reading, masked):
            if frame.lemma not in RECEIVING or frame.voice != "active" or not frame.stated:
                continue
            if any(
                p.letters[:1] in ("O", "G", "P") and p.preposition in ("de", "auprès", "par", "de la part")
                for p in frame.complements
            ):
                continue
            money = next((s for s in sums(reading, masked) for p in frame.complements if s.number in p.mentions), None)
            winner = next((t for p in frame.subjects[:1] if not p.via for t in frame.things(p) if paid(t)), None)
            if money is not None and winner is not None and winner.id not in givers:
                span = frame.span(frame.subject, *(p for p in frame.complements if money.number in p.mentions))
                yield Award(
                    tuple(givers),
                    winner.id,
                    span,
                    "received-as-announced",
                    money.value.amount,
                    money.value.currency,
                    (),
                    None,
                    0.65,
                )


def _announcement(reading: Reading, masked: Masked, call: int | None) -> _Announcement | None:
    """Return what a sentence announces for the list after it: who gives to a group whose members are named there."""
    opens = masked.text.rstrip().endswith(":")
    if not _GROUP.search(masked.text) or not (opens or sums(reading, masked)):
        return None
    for frame in frames_of(reading, masked):
        told = any("M" in p.letters for p in frame.complements)
        if not frame.stated or not (told or (opens and frame.lemma in BACKING)):
            continue
        if frame.lemma in GIVING | BACKING and frame.voice == "active":
            givers = [g for p in frame.subjects[:1] if not p.via for g in funders_in(reading, p.mentions)]
        elif frame.lemma in RECEIVING and not (frame.subject and frame.subject.mentions):
            givers = [
                g
                for p in frame.after("de", "auprès", "de la part")
                if not p.via
                for g in funders_in(reading, p.mentions)
            ]
        else:
            continue
        named = [t for p in frame.after("", "à", "pour", "en faveur", "au profit") for t in frame.things(p)]
        if givers and not named:
            return _Announcement(tuple(givers), call, masked.sentence.start)
    return None
