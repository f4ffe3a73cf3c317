"""Money of which no sum is told: laureates of calls, aid that is kept secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Said, asserted
from grappe.extract.clauses import frames, frames_of
from grappe.extract.grants import funders_in, paid, topic
from grappe.extract.reading import Hit, Reading, Thing

__all__ = ["laureates", "listed_laureates", "undisclosed"]

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
    if near and not re.search(r"\b(?:par|avec|entre|auprès de) $", before[: near.start()]):
        thing = reading.thing_at(int(near[1]))
        return thing.id if paid(thing) else None
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
            if paid(winner):
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
