"""Money of which no sum is told: laureates of calls, aid that is kept secret, rounds whose investors are named later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Said, asserted
from grappe.extract.clauses import frames, frames_of
from grappe.extract.grants import RECEIVING, funders_in, paid, sums, topic
from grappe.extract.reading import Hit, Masked, Reading, Thing

__all__ = ["laureates", "listed_laureates", "rounds", "undisclosed", "verbless_rounds"]

_WON = re.compile(
    r"\b[Ll]auréate?s?(?: (?:en|depuis|le) ⟨D\d+⟩)? (?:de|à|pour)(?: [^⟨⟩.;,]{0,40}?(?:de )?)? ?⟨[GI](?P<g>\d+)⟩"
)


def laureates(reading: Reading) -> Iterator[Said]:
    """« Lauréat en mai 2023 de l'appel à manifestation d'intérêt X, il … », « retenu dans le cadre de l'appel Y »."""
    for hit in reading.find(_WON, ("paragraph", "item")):
        instrument = hit.thing("g")
        owner = _laureate(reading, hit)
        if instrument is not None and owner is not None and asserted(hit):
            yield Award((), owner, hit.span, "laureate", instruments=(instrument.id,), confidence=0.85)
    for frame in frames(reading, "retenir", "sélectionner", "distinguer", "désigner", "récompenser"):
        if not frame.stated or frame.voice != "passive" or frame.masked.sentence.kind in ("title", "heading"):
            continue
        calls = [
            t
            for p in frame.after("dans le cadre", "au titre", "par", "à", "lors", "à l'issue", "à la suite")
            for t in frame.things(p)
            if t.kind in ("Programme", "AidScheme") and not p.via
        ]
        winner = next((t for p in frame.subjects[:1] if not p.via for t in frame.things(p) if paid(t)), None)
        if winner is not None and calls:
            yield Award(
                (),
                winner.id,
                frame.span(frame.subject, *frame.complements[:1]),
                f"selected-{frame.lemma}",
                instruments=(calls[0].id,),
                confidence=0.75,
            )


def _laureate(reading: Reading, hit: Hit) -> int | None:
    """Return who is laureate: what the word is an apposition to, or the subject of its clause."""
    before = hit.masked.text[: hit.match.start()]
    near = re.search(
        r"⟨[OJF](\d+)⟩(?: \([^()]*\))?,? (?:est |a été |sont |désormais |récemment |aussi |)*(?:désignée? |déclarée? )?$",
        before,
    )
    if near:
        thing = reading.thing_at(int(near[1]))
        return thing.id if paid(thing) and thing is not None else None
    if re.search(
        r"\b(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|les|des|nouveaux) (?:nouveaux |premiers )?$",
        before,
        re.I,
    ):
        return None  # « annoncent douze nouveaux lauréats »
    for frame in frames_of(reading, hit.masked):
        for phrase in frame.subjects:
            for thing in frame.things(phrase):
                if paid(thing) and phrase.letters[:1] in ("O", "J", "F", ""):
                    return thing.id
    about = topic(reading, hit.masked, hit.match.start(), ())
    return about[0] if about is not None else None


def listed_laureates(reading: Reading) -> Iterator[Said]:
    """« … douze lauréats de l'appel à projets X … LES LAURÉATS … • NETRI (Lyon) – … »: each head of the list has won X."""
    call: Thing | None = None
    listing = False
    for masked in reading.masked:
        text = masked.text
        if found := _WON.search(text):
            call = reading.thing_at(int(found["g"]))
        if masked.sentence.kind == "heading" or (masked.sentence.kind != "item" and text.rstrip().endswith(":")):
            listing = bool(re.search(r"lauréat|LAURÉAT", text))
        head = re.match(r"^[–—•*▪-] ?⟨[OJ](\d+)⟩(?: \((?:[^()]|⟨\w+⟩)*\))?(?: ?[–—:,;.]|$)", text)
        if listing and call is not None and masked.sentence.kind == "item" and head:
            winner = reading.thing_at(int(head[1]))
            if winner is not None and paid(winner):
                span = masked.origin(head.start(), head.end(), reading.mentions)
                yield Award((), winner.id, span, "listed-laureate", instruments=(call.id,), confidence=0.75)


_SECRET = re.compile(
    r"\b(?:aide|subvention|soutien|apport|participation|contribution|prêt|don)s? (?:financière? |public |publique )?de ⟨O(?P<f>\d+)⟩[^.;⟨⟩]{0,30} (?:n'est|n'a|ne sont|n'ont) pas (?:été )?(?:rendue?s? publi\w+|communiquée?s?|précisée?s?|divulguée?s?|dévoilée?s?|connue?s?)"
)


def undisclosed(reading: Reading) -> Iterator[Said]:
    """« Le montant de l'aide de l'État n'est pas rendu public »: the aid is stated, its sum is not."""
    for hit in reading.find(_SECRET, ("paragraph", "item")):
        givers = funders_in(reading, [int(hit["f"] or -1)])
        about = topic(reading, hit.masked, hit.match.start(), givers)
        if givers and about is not None:
            yield Award(tuple(givers), about[0], hit.span, "undisclosed-sum", confidence=0.7)


_INVESTORS = re.compile(r"tour de table|levée|opération|tour\b|round|investisseurs?|financement|série [A-E]\b", re.I)


def rounds(reading: Reading) -> Iterator[Said]:
    """« X a bouclé un tour de table de 12 M€ … L'opération est menée par le fonds Y, avec la participation de Z »."""
    for place, masked in enumerate(reading.masked):
        if masked.sentence.kind in ("title", "heading", "row"):
            continue
        raised = _raised(reading, masked)
        if raised is None:
            continue
        firm, number = raised
        for part in reading.masked[place : place + 3]:
            if part.sentence.block > masked.sentence.block + 1 or (part is not masked and sums(reading, part)):
                break
            if not _INVESTORS.search(part.text):
                continue
            yield from _investors(reading, part, firm, number, masked)


def _raised(reading: Reading, masked: Masked) -> tuple[Thing, int] | None:
    """Return who has raised a sum of which this sentence names no giver, and the number of the sum."""
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
        number = next((s.number for s in found if s.number in held[0].mentions), None)
        if firm is not None and number is not None:
            return firm, number
    return None


def _investors(reading: Reading, part: Masked, firm: Thing, number: int, masked: Masked) -> Iterator[Award]:
    money = next(s for s in sums(reading, masked) if s.number == number)
    scheme = re.match(r" en ⟨I(\d+)⟩", masked.text[money.end :])
    instrument = reading.thing_at(int(scheme[1])) if scheme else None
    givers: list[int] = []
    for frame in frames_of(reading, part):
        if (
            frame.lemma in ("mener", "souscrire", "conduire", "réaliser", "rejoindre", "diriger", "piloter")
            and frame.voice == "passive"
        ):
            givers += [g for p in frame.after("par") for g in funders_in(reading, p.mentions)]
        if frame.lemma in ("participer", "investir", "entrer", "souscrire", "mener") and frame.voice == "active":
            givers += [g for p in frame.subjects[:1] for g in funders_in(reading, p.mentions)]
    for listed in re.finditer(
        r"(?:participation|auprès|aux côtés|soutien|\bavec|investisseurs [^⟨⟩.;]{0,40}?)(?: de| d')? ?(?P<l>(?:de )?⟨[O]\d+⟩(?:(?:, | et |, et |, (?:et )?de [^⟨⟩.;,]{0,30}| et de [^⟨⟩.;,]{0,30})(?:de )?⟨[OP]\d+⟩)*)",
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


_VERBLESS = re.compile(
    r"(?:levée de fonds|tour de table|augmentation de capital)(?: [^⟨⟩.;,]{0,30})? (?:de )?⟨M(?P<m>\d+)⟩(?: en ⟨I\d+⟩)?(?: (?:pour|de|chez) ⟨O(?P<x>\d+)⟩)?[^⟨⟩.;]{0,30}(?:menée?|conduite?|souscrite?|emmenée?|bouclée?)(?: [a-z]+)? (?:par|auprès de) (?P<l>⟨O\d+⟩(?:(?:, | et |, (?:et )?)(?:de |par )?⟨O\d+⟩)*)",
    re.I,
)


def verbless_rounds(reading: Reading) -> Iterator[Said]:
    """« Tour de table de 8 M€ pour la société X, mené par le fonds Y »."""
    for hit in reading.find(_VERBLESS, ("paragraph", "item")):
        money = next((s for s in sums(reading, hit.masked) if s.number == int(hit["m"] or -1)), None)
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
