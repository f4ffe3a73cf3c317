"""Rounds of equity: who invests in the firm that has raised a sum, in the same sentence or in those after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Said, asserted
from grappe.extract.clauses import Frame, frames_of
from grappe.extract.grants import RECEIVING, Sum, funders_in, sum_at, sums, topic
from grappe.extract.reading import Masked, Reading, Thing

__all__ = ["aid_for", "rounds", "verbless_rounds"]

_INVESTORS = re.compile(
    r"tour de table|levée|opération|tour\b|round|investisseurs?|financement|série [A-E]\b|capital\b|actionnaires|au pot\b",
    re.I,
)
_ROUND = re.compile(r"levée|\btour|round|opération|capital|pot\b|investisseurs|actionnaires|table\b", re.I)


def rounds(reading: Reading) -> Iterator[Said]:
    """« X a bouclé un tour de table de 12 M€ … L'opération est menée par le fonds Y, avec la participation de Z »."""
    for place, masked in enumerate(reading.masked):
        if masked.sentence.kind in ("title", "heading", "row"):
            continue
        raised = _raised(reading, masked)
        if raised is None:
            continue
        firm, money = raised
        for part in reading.masked[place : place + 3]:
            if part.sentence.block > masked.sentence.block + 1 or (part is not masked and sums(reading, part)):
                break
            if not _INVESTORS.search(part.text):
                continue
            yield from _investors(reading, part, firm, money, masked)


def _raised(reading: Reading, masked: Masked) -> tuple[Thing, Sum] | None:
    """Return who has raised a sum of which this sentence names no giver, and the sum."""
    found = sums(reading, masked)
    for frame in frames_of(reading, masked):
        if (
            frame.lemma not in ("lever", "boucler", "réaliser", "sécuriser", "collecter", "annoncer", "finaliser")
            or not frame.stated
        ):
            continue
        held = [p for p in frame.complements if "M" in p.letters and (p.preposition == "" or p.via)]
        if not held or (
            frame.lemma not in RECEIVING and not re.search(r"levée|tour|round", held[0].lead + masked.text[frame.end :])
        ):
            continue
        if any(p.preposition in ("auprès", "de la part") for p in frame.complements):
            continue
        firm = next(
            (t for p in frame.subjects[:1] for t in frame.things(p) if t.kind in ("Company", "Organization")), None
        )
        if (
            firm is None
            and frame.subjects[:1]
            and re.match(
                r"(?:la|le|l'|cette) ?(?:société|start-?up|jeune|pépite|entreprise|PME|biotech)", frame.subjects[0].lead
            )
        ):
            about = topic(reading, masked, frame.subjects[0].start, ())
            named = [
                t
                for n in re.findall(r"⟨O(\d+)⟩", masked.text[: frame.start])
                if (t := reading.thing_at(int(n))) is not None
            ]
            firm = next(
                (t for t in named if t.kind in ("Company", "Organization")), reading.things[about[0]] if about else None
            )
        money = next((s for s in found if s.number in held[0].mentions), None)
        if firm is not None and money is not None:
            return firm, money
    return None


def _investors(reading: Reading, part: Masked, firm: Thing, money: Sum, masked: Masked) -> Iterator[Award]:
    scheme = re.match(r" en ⟨I(\d+)⟩", masked.text[money.end :])
    instrument = reading.thing_at(int(scheme[1])) if scheme else None
    givers: list[int] = []
    for frame in frames_of(reading, part):
        givers += _investing(reading, frame)
    for listed in re.finditer(
        r"(?:participation|auprès|aux côtés|soutien|\bavec|investisseurs [^⟨⟩.;:]{0,40}?(?: :)?|actionnaires [^⟨⟩.;:]{0,40}?(?: :)?)(?: de| d')? ?(?P<l>(?:de )?⟨[O]\d+⟩(?:(?:, | et |, et |, (?:et )?de [^⟨⟩.;,]{0,30}| et de [^⟨⟩.;,]{0,30})(?:de )?⟨[OP]\d+⟩)*)",
        part.text,
    ):
        givers += funders_in(reading, map(int, re.findall(r"⟨O(\d+)⟩", listed["l"])))
    kept = tuple(
        dict.fromkeys(
            g
            for g in givers
            if g != firm.id and reading.things[g].kind in ("FundingAgency", "Company", "NonProfit", "Organization")
        )
    )
    if kept:
        start = masked.origin(money.start, money.end, reading.mentions)[0]
        span = (start, masked.sentence.end if part is masked else part.sentence.end)
        yield Award(
            kept,
            firm.id,
            span,
            "round-investors",
            money.value.amount,
            money.value.currency,
            (instrument.id,) if instrument else (),
            None,
            0.75,
        )


def _investing(reading: Reading, frame: Frame) -> list[int]:
    """Return who a verb says invests: « menée par X », « X a mené l'opération », « X entre au capital », « X remet au pot »."""
    if not frame.stated:
        return []
    if frame.voice == "passive":
        led = frame.lemma in (
            "mener",
            "souscrire",
            "conduire",
            "réaliser",
            "rejoindre",
            "diriger",
            "piloter",
            "emmener",
        )
        return [g for p in frame.after("par") for g in funders_in(reading, p.mentions)] if led else []
    behind = frame.masked.text[frame.end : frame.end + 60]
    invests = frame.lemma in ("participer", "investir", "souscrire", "réinvestir", "suivre") or (
        frame.lemma
        in ("mener", "conduire", "emmener", "entrer", "remettre", "rejoindre", "accompagner", "faire", "compléter")
        and _ROUND.search(behind) is not None
    )
    return [g for p in frame.subjects[:1] for g in funders_in(reading, p.mentions)] if invests else []


#: « 800 000 euros de subvention X pour A et B », « Une aide X de 2 M€ pour A »: what pays has no verb.
_AID_FOR = re.compile(
    r"⟨M(?P<m>\d+)⟩ (?:d'|de )(?:aides?|subventions?|financements?|dotation|prêts?|crédits)(?: [a-zé]+)? ?(?:de )?⟨[GO](?P<f>\d+)⟩ (?:pour|à|en faveur de|au profit de) (?P<x>⟨[OJF]\d+⟩(?:(?:, | et )(?:à |pour )?⟨[OJF]\d+⟩)*)"
)


def aid_for(reading: Reading) -> Iterator[Said]:
    """« 800 000 euros de subvention Eurostars pour X et Y »."""
    for hit in reading.find(_AID_FOR, ("paragraph", "item")):
        money = sum_at(reading, hit.masked, int(hit.match["m"]))
        givers = funders_in(reading, [int(hit["f"] or -1)])
        for thing in hit.things("x") if money is not None and givers and asserted(hit) else ():
            if money is not None and thing.id not in givers:
                yield Award(
                    tuple(givers),
                    thing.id,
                    hit.span,
                    "aid-for",
                    money.value.amount,
                    money.value.currency,
                    confidence=0.8,
                )


_VERBLESS = re.compile(
    r"(?:levée de fonds|tour de table|augmentation de capital)(?: [^⟨⟩.;,]{0,30})? (?:de )?⟨M(?P<m>\d+)⟩(?: en ⟨I\d+⟩)?(?: (?:pour|de|chez) ⟨O(?P<x>\d+)⟩)?[^⟨⟩.;]{0,30}(?:menée?|conduite?|souscrite?|emmenée?|bouclée?)(?: [a-z]+)? (?:par|auprès de) (?P<l>⟨O\d+⟩(?:(?:, | et |, (?:et )?)(?:de |par )?⟨O\d+⟩)*)",
    re.I,
)


def verbless_rounds(reading: Reading) -> Iterator[Said]:
    """« Tour de table de 8 M€ pour la société X, mené par le fonds Y »."""
    for hit in reading.find(_VERBLESS, ("paragraph", "item")):
        money = sum_at(reading, hit.masked, int(hit.match["m"]))
        givers = funders_in(reading, map(int, re.findall(r"⟨O(\d+)⟩", hit["l"] or "")))
        firm = reading.thing_at(int(hit["x"])) if hit["x"] else None
        if firm is None:
            about = topic(reading, hit.masked, hit.match.start(), givers)
            firm = reading.things[about[0]] if about is not None else None
        if money is not None and givers and firm is not None and firm.id not in givers and asserted(hit):
            yield Award(
                tuple(givers),
                firm.id,
                hit.span,
                "round-verbless",
                money.value.amount,
                money.value.currency,
                (),
                None,
                0.8,
            )
