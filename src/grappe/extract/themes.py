"""Themes: the field that a text says something works in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grappe.extract.claims import asserted
from grappe.extract.reading import Hit, Reading, pattern
from grappe.iri import fold

__all__ = ["Field", "fields"]


@dataclass(frozen=True, slots=True)
class Field:
    """A thing and the field it works in: the field's label, the words of the text, and the passage."""

    subject: int
    label: str
    words: tuple[int, int]
    span: tuple[int, int]
    rule: str
    confidence: float


_TRIGGER = (
    r"(?:spécialisée?s? (?:dans|en)|[Ss]pécialistes? (?:\w+ )?de|dédiée?s? à|[Cc]onsacrée?s? à|[Cc]entrée?s? sur|tournée?s? vers|portent? sur|port(?:era|ait) sur|travaille(?:nt)? sur|"
    r"focalisée?s? sur|axée?s? sur|fédère [^⟨⟩.;]{0,25} autour de|œuvre dans|actif dans|leader (?:\w+ )?de)"
)
_ARTICLE = re.compile(
    r"(?:(?:à |de |d')?(?:l'étude|la recherche|le développement) (?:de la |de l'|des |du |d'|de )|le domaine (?:de la |de l'|des |du |d'|de )|la |le |les |l'|des |du |de la |de l'|aux? |d')+",
    re.I,
)
_END = re.compile(
    r"[,;.:()«»⟨⟩–]| (?:est|sont|a|ont|qui|que|dont|où|pour|avec|dans|sur|en|afin|depuis|et (?:a|est|sont|ont|à|de|du|des|qui|son|sa|ses|membre|implant|installé|bas)|ouvre|se|s'\w+|va|lauréat\w*|basée?|implantée?|installée?|ont|il|elle|y|été|lors|;)(?![\w-])"
)


def fields(reading: Reading, themes: Mapping[str, str]) -> Iterator[Field]:
    """« CITHERA (Thérapie cellulaire) », « spécialisée dans la thérapie cellulaire », « plateforme de bioproduction ».

    ``themes`` maps a folded name to the preferred label of the theme that it names.
    """
    after = pattern(
        rf"{{OJFG:x}}(?P<gap>(?: \((?:[^()]|⟨\w+⟩)*\))?(?:[^⟨⟩.;]|⟨[LDPO]\d+⟩){{0,90}}?) ?(?P<trigger>{_TRIGGER}) "
    )
    for hit in reading.find(after):
        if asserted(hit):
            yield from _phrase(hit, hit.match.end(), themes, "works-on", 0.85)
    first = pattern(
        r"(?P<trigger>(?:^|(?<=\. )|(?<=– )|(?<=» ))(?:Spécialisée?|Spécialiste|Dédiée?|Consacrée?|Centrée?|Tournée?) (?:dans|de|des|à|sur|vers|en|aux|au|d')) ?(?P<rest>[^⟨⟩.;,]{3,70}), {OJFG:x}"
    )
    for hit in reading.find(first):
        yield from _phrase(hit, hit.match.start("rest"), themes, "works-on-first", 0.85)
    for hit in reading.find(pattern(r"{OJF:x} \((?P<rest>[A-Za-zÀ-ÿ][a-zà-ÿ' -]{5,50})\)")):
        yield from _phrase(
            hit,
            hit.match.start("rest"),
            themes,
            "field-in-brackets",
            0.85,
            known_or=r"(?i)thérapie|biologie|génomique|recherche|santé|énergie|ingénierie|numérique",
        )
    for i, mention in enumerate(reading.mentions):
        thing = reading.thing_at(i)
        if thing is None:
            continue
        text = reading.normal.text[mention.start : mention.end]
        if mention.facility and mention.kind in ("TechnologyPlatform", "Biofoundry", "LaboratoryFacility"):
            found = re.match(
                r"(?:\w+[ -])*?(?:plate-?formes?|laboratoires?) (?:de |d')(?P<field>[\w' -]+)", mention.label, re.I
            )
            if found:
                label = re.split(r" (?:de|d'|du|des|pour) ?", found["field"])[0].strip()
                whole = themes.get(fold(found["field"]))
                if whole or themes.get(fold(label)) or mention.kind == "TechnologyPlatform":
                    at = mention.core[0] + found.start("field")
                    words = (at, at + len(found["field"] if whole else label))
                    yield Field(
                        thing.id,
                        whole or themes.get(fold(label)) or label,
                        words,
                        (mention.start, mention.end),
                        "platform-of-field",
                        0.8,
                    )
        if thing.kind == "ResearchNetwork" and (
            found := re.search(
                r"(?:[Dd]omaine (?:de recherche et d'innovation|d'[Ii]ntérêt)(?: majeur| [Mm]ajeur)+(?: de recherche)?|DIM) (?P<field>[\w' -]+)",
                text,
            )
        ):
            name = themes.get(fold(found["field"]))
            if name:
                yield Field(
                    thing.id,
                    name,
                    (mention.start + found.start("field"), mention.start + found.end("field")),
                    (mention.start, mention.end),
                    "field-network",
                    0.8,
                )
    noun = r"(?P<noun>société|entreprise|start-up|laboratoire|équipes?|unité|centre|institut|pôle|cluster|plateforme)s? (?:de |d')(?P<rest>[a-zà-ÿ][a-zà-ÿ' -]{4,40})"
    for hit in reading.find(pattern(rf"{{OJ:x}},? (?:une? |la |le |l')?{noun}")):
        yield from _phrase(hit, hit.match.start("rest"), themes, "kind-of-body", 0.75, known=True)
    for hit in reading.find(pattern(rf"{noun} de {{O:x}}")):
        yield from _phrase(hit, hit.match.start("rest"), themes, "teams-of-body", 0.75, known=True)


def _phrase(
    hit: Hit,
    at: int,
    themes: Mapping[str, str],
    rule: str,
    confidence: float,
    *,
    known: bool = False,
    known_or: str = "",
) -> Iterator[Field]:
    subject = hit.thing("x")
    if subject is None or subject.kind in ("PublicAuthority",):
        return
    text = hit.masked.text
    found = _ARTICLE.match(text, at)
    start = found.end() if found else at
    end_match = _END.search(text, start)
    end = end_match.start() if end_match else len(text)
    whole = text[start:end].rstrip()
    pieces = [whole] if themes.get(fold(whole)) else re.split(r" et (?:le |la |l'|les |des )", whole)
    offset = start
    for piece in pieces:
        begin = text.index(piece, offset)
        offset = begin + len(piece)
        words = piece.split()
        label = themes.get(fold(piece))
        if label is None:
            for cut in range(len(words) - 1, 0, -1):
                if label := themes.get(fold(" ".join(words[:cut]))):
                    piece = " ".join(words[:cut])
                    break
        if label is None and (known or (known_or and not re.search(known_or, piece))):
            continue
        if not piece or len(words) > 7 or re.search(r"\d", piece):
            continue
        a, b = hit.masked.origin(begin, begin + len(piece), hit.reading.mentions)
        yield Field(
            subject.id,
            label or piece,
            (a, b),
            (min(hit.span[0], a), max(hit.span[1] if not text[hit.match.end() : begin].strip() else b, b)),
            rule,
            confidence,
        )
