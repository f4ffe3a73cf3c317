"""Themes: the field that a text says something works in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grappe.extract.claims import asserted
from grappe.extract.clauses import frames_of
from grappe.extract.grammar import FINITE
from grappe.extract.reading import Hit, Reading, Thing, pattern
from grappe.extract.sections import TOLD, head_of
from grappe.extract.spoken_of import topic_of
from grappe.extract.verbs import forms
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


_OF, _TO = r"(?:de la|de l'|des|du|d'|de)", r"(?:à la|à l'|aux|au|à)"
_TRIGGER = (
    rf"(?:[Ss]pécialisée?s? (?:dans|en)|[Ss]pécialistes?(?: (?!de )[a-zà-ÿ]+)? (?={_OF})|[Ee]xperte?s?(?: (?!de )[a-zà-ÿ]+)? (?:en|(?={_OF}))|trait(?:e|ent|era|eront) (?={_OF})|s'intéress(?:e|ent|era) (?={_TO})|consacr(?:e|ent|era|eront) (?={_TO})|[Dd]édiée?s? (?={_TO})|[Cc]onsacrée?s? (?={_TO})|"
    rf"[Cc]entrée?s? sur|[Tt]ournée?s? vers|port(?:e|ent|era|eront|ait) sur|travaill(?:e|ent|era|eront) sur|[Ff]ocalisée?s? sur|[Aa]xée?s? sur|"
    rf"fédère [^⟨⟩.;]{{0,25}} (?=autour )|œuvre dans|(?:acti|engagé|présent)[fve]+s? dans|(?:leader|référence|pionni(?:er|ère))(?: \w+)? (?={_OF}))"
)
#: What may stand between a thing and the words on its field: names that belong to complements, no other subject.
_GAP = r"(?: \((?:[^()]|⟨\w+⟩)*\))?(?:[^⟨⟩.;:]|(?:de|par|à|avec|en|chez|sur|dirige|pilote|conduit|,) ⟨[LDPO]\d+⟩(?! (?:est|a|ont|sont))|(?<=\w )⟨[LDP]\d+⟩){0,90}?"
_ARTICLE = re.compile(
    r"(?:(?:à |de |d'|aux? )?(?:l'étude|la recherche|le développement|le traitement) (?:de la |de l'|des |du |d'|de )|(?:le|les|du|au|aux|des) (?:domaine|secteur|champ)s? (?:de la |de l'|des |du |d'|de )|"
    r"(?:autour |notamment )?(?:à la |à l'|de la |de l'|la |le |les |l'|des |du |aux? |à |de |d'))+",
    re.I,
)
_COMPLEMENT = re.compile(r"(?:de|d'\w+|du|des|pour|par|à|au|aux|en|dans|sur|et|chez)$")
_END = re.compile(
    r"[,;.:()«»⟨⟩–]| (?:est|sont|a|ont|qui|que|dont|où|pour|avec|dans|sur|en|afin|depuis|et (?:a|est|sont|ont|à|de|du|des|qui|son|sa|ses|membre|implant|install|bas|propriété|dont|labellis|port|pilot|fond|cré|situ|financ)|et \w+ (?:de|du|par|à|au|dans|sur|en|chez) ?(?=⟨|la |le |l')|ouvre|se|s'\w+|va|lauréat\w*|basée?|implantée?|installée?|ont|il|elle|y|été|lors|;)(?![\w-])"
)


#: « Thème : la valorisation des sargasses », « Domaine : fermentation de précision ».
_LINE = pattern(
    r"^(?:[Tt]hèmes?|[Tt]hématiques?|[Dd]omaines?|[Ss]ujets?|[Cc]hamps?|[Ss]pécialités?|THÈME|DOMAINE|SUJET)(?: d'application| scientifique)? ?: (?P<rest>[^⟨⟩.;]{4,70})"
)
_DETERMINED = r"(?:la |le |les |l')"


def _told_by_clause(trigger: Hit) -> Thing | None:
    """Return what a finite verb, or a participle joined to another, says the field of: « X, liée à Y et tournée vers … »."""
    masked, at = trigger.masked, trigger.match.start("trigger")
    for frame in frames_of(trigger.reading, masked):
        if not frame.start <= at < frame.end or not frame.stated:
            continue
        joined = frame.mood == "participle" and masked.text[:at].endswith(" et ")
        fronted = frame.mood == "participle" and not masked.text[:at].strip("–•- ")
        if frame.mood in FINITE or joined or fronted:
            return next((t for p in frame.subjects for t in frame.things(p) if not _no_actor(p.letters)), None)
    return None


#: How the names of fields end: « radiochimie », « génétique végétale », « imagerie ».
_FIELD = re.compile(
    r"\w+(?:logie|nomie|chimie|onique|tique|étrie|graphie|thérapie|scopie|imagerie|additive)\b|imagerie"
)


def _no_actor(letters: str) -> bool:
    return not set(letters) & set("OJFG")


def fields(reading: Reading, themes: Mapping[str, str]) -> Iterator[Field]:
    """« CITHERA (Thérapie cellulaire) », « spécialisée dans la thérapie cellulaire », « plateforme de bioproduction ».

    ``themes`` maps a folded name to the preferred label of the theme that it names.
    """
    for trigger in reading.find(pattern(rf"(?:^|[ ,])(?P<trigger>{_TRIGGER}) ?")):
        subject = _told_by_clause(trigger)
        if subject is not None and asserted(trigger):
            yield from _phrase(trigger, trigger.match.end(), themes, "clause-works-on", 0.85, subject=subject)
            continue
        hit = _spoken_of(trigger)
        if hit is not None and asserted(hit):
            yield from _phrase(hit, hit.match.end(), themes, "works-on", 0.85)
    for line in reading.find(_LINE):
        head = head_of(reading, line.masked, TOLD)
        number = head.id if head is not None else topic_of(reading, line.masked, 0)
        if number is not None:
            at = line.match.start("rest")
            yield from _phrase(line, at, themes, "field-line", 0.75, subject=reading.things[number])
    for hit in reading.find(
        pattern(rf"{{JG:x}}(?: \([^()]*\))?, (?:sur|autour de) (?P<rest>{_DETERMINED}[^⟨⟩.;,]{{3,60}})")
    ):
        yield from _phrase(hit, hit.match.start("rest"), themes, "project-on-field", 0.75)
    first = pattern(
        rf"(?:^|(?<=\. )|(?<=– )|(?<=• )|(?<=» ))(?P<trigger>(?=[A-ZÀ-Þ]){_TRIGGER}) ?(?P<rest>[^⟨⟩.;,]{{3,70}}?)(?: et (?:[^⟨⟩.;,]|⟨[OFLD]\d+⟩){{3,60}})?, {{OJFG:x}}"
    )
    for hit in reading.find(first):
        yield from _phrase(hit, hit.match.start("rest"), themes, "works-on-first", 0.85)
    body = pattern(
        rf"{{O:x}}(?: \([^()]*\))?, (?:le |la |l'|une? )?(?:cluster|réseau|filière|pôle|groupement)(?: [a-zà-ÿ-]+)?? {_OF} ?(?P<rest>(?!(?:la |le |les |l')?(?:compétitivité|recherche|régions?|territoires?)\b)[a-zà-ÿ][^⟨⟩.;,]{{3,60}})"
    )
    for hit in reading.find(body):
        yield from _phrase(hit, hit.match.start("rest"), themes, "network-of-field", 0.75)
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
                r"(?:\w+[ -])*?(?:plate-?formes?|laboratoires?|plateaux?) (?:de |d')(?!(?:analyses?|essais?|contrôle|recherche|mesures?|tests?|préparation|prototypage|démonstration|qualité|formation|simulation)(?:$| (?:de|du|des)\b| d'))(?P<field>[\w' -]+)",
                mention.label,
                re.I,
            )
            if found:
                label = re.split(r" (?:de(?! la | l')|d'|pour) ?", found["field"])[0].strip()
                whole = themes.get(fold(found["field"]))
                if whole or themes.get(fold(label)) or mention.kind == "TechnologyPlatform" or _FIELD.match(label):
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
    noun = r"(?P<noun>société|entreprise|start-up|laboratoire|équipes?|unité|centre|institut|pôle|cluster|plateforme)s?(?: (?:régional|national|européen|français|mondial)e?)? (?:de la |de l'|des |du |de |d')(?P<rest>[a-zà-ÿ][a-zà-ÿ' -]{4,40})"
    for hit in reading.find(pattern(rf"{{OJ:x}},? (?:une? |la |le |l')?{noun}")):
        yield from _phrase(hit, hit.match.start("rest"), themes, "kind-of-body", 0.75, known=True)
    for hit in reading.find(pattern(rf"{noun} de {{O:x}}")):
        yield from _phrase(hit, hit.match.start("rest"), themes, "teams-of-body", 0.75, known=True)


def _plain(words: str) -> str:
    """Return a field's words as a label: a capital that only begins a title goes.

    >>> _plain("Thérapie cellulaire"), _plain("ARN messager")
    ('thérapie cellulaire', 'ARN messager')
    """
    return words[0].lower() + words[1:] if words[1:2].islower() else words


def _spoken_of(found: Hit) -> Hit | None:
    """Return the thing that a trigger is said of with what lies between: the nearest one that no other owns by *de*."""
    text, end = found.masked.text, found.match.end()
    expression = pattern(rf"{{OJFG:x}}(?P<gap>{_GAP})[ ,](?P<trigger>{_TRIGGER}) ?")
    hits = [
        Hit(found.reading, found.masked, match)
        for place in re.finditer(r"⟨[OJFG]", text[: found.match.start()])
        if (match := expression.match(text, place.start())) and match.end() == end
    ]
    owned = [hit for hit in hits if text[: hit.match.start()].endswith("de ")]
    return next(reversed([hit for hit in hits if hit not in owned] or owned), None)


def _before_another(words: str) -> str:
    """Return a field's words up to another clause or verb: « la propulsion verte et bénéficie », « l'eau et que ».

    >>> _before_another("propulsion verte et bénéficie d'une aide"), _before_another("air et eau")
    ('propulsion verte', 'air et eau')
    """
    for found in re.finditer(r",? et (?P<next>[\w']+)", words):
        form = forms().get(found["next"].lower())
        if found["next"] in ("que", "qu'", "dont", "auquel", "pour", "qui") or (
            form is not None and not form.ambiguous
        ):
            return words[: found.start()]
    return re.sub(r",? et$", "", words)


def _phrase(
    hit: Hit,
    at: int,
    themes: Mapping[str, str],
    rule: str,
    confidence: float,
    *,
    known: bool = False,
    known_or: str = "",
    subject: Thing | None = None,
) -> Iterator[Field]:
    subject = subject or hit.thing("x")
    if subject is None or subject.kind in ("PublicAuthority",):
        return
    text = hit.masked.text
    found = _ARTICLE.match(text, at)
    start = found.end() if found else at
    end_match = _END.search(text, start)
    end = end_match.start() if end_match else len(text)
    whole = _before_another(text[start:end].rstrip())
    pieces = [whole] if themes.get(fold(whole)) else re.split(r" et (?:le |la |l'|les |des )", whole)
    offset = start
    for piece in pieces:
        begin = text.index(piece, offset)
        offset = begin + len(piece)
        words = piece.split()
        label = themes.get(fold(piece))
        if label is None and known:
            for cut in range(len(words) - 1, 0, -1):
                # « la thérapie cellulaire du cancer » is of the field; « batteries sodium-ion » is a field of its own.
                if not _COMPLEMENT.match(words[cut]):
                    continue
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
            label or _plain(piece),
            (a, b),
            (min(hit.span[0], a), max(hit.span[1] if not text[hit.match.end() : begin].strip() else b, b)),
            rule,
            confidence,
        )
