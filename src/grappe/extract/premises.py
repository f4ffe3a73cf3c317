"""Facilities that have no name: « un laboratoire de 1200 m² », « 350 m² de salles blanches », « 3 lignes de production »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.reading import Facility, Mention
from grappe.extract.source import Source
from grappe.extract.values import Area

__all__ = ["COUNTS", "find_premises"]

COUNTS = {
    **{
        w: i
        for i, w in enumerate(
            [
                "deux",
                "trois",
                "quatre",
                "cinq",
                "six",
                "sept",
                "huit",
                "neuf",
                "dix",
                "onze",
                "douze",
                "treize",
                "quatorze",
                "quinze",
                "seize",
            ],
            2,
        )
    },
    "vingt": 20,
    "trente": 30,
}
_NOUN = re.compile(
    r"(?<![\w-])(?P<noun>" + "|".join(sorted(lexicon.FACILITY_NOUNS, key=len, reverse=True)) + r")(?![\w-])", re.I
)
_KINDS = tuple(
    (re.compile(noun + "$", re.I), kind)
    for noun, kind in sorted(lexicon.FACILITY_NOUNS.items(), key=lambda i: -len(i[0]))
)
_ADJECTIVE = r"(?:futur|nouveau|nouvel|second|premier|deuxième|troisième|ancien|grand|actuel|autre|propre|vaste|petit|véritable)(?:e|x|s|ve|le|lle|ne|es|elle|elles|ière|ières)?"
_LEFT = re.compile(
    r"(?:(?P<determiner>\b(?:un|une|le|la|les|des|du|de la|de l'|d'un|d'une|ce|cet|cette|ces|son|sa|ses|leur|leurs|au|aux|à la|à l'|chaque|l'|d'|de)) ?)?"
    rf"(?P<count>\b(?:\d{{1,3}}|{'|'.join(COUNTS)}) )?(?P<adjectives>(?:{_ADJECTIVE} ){{0,2}})$",
    re.I,
)
_AREA_BEFORE = re.compile(
    r"(?:m²|m2|carrés?|hectares?|ares?)(?: (?:supplémentaires|de plancher))? (?:de |d')(?:(?P<count>\d{1,3}) )?$"
)
_AREA_AFTER = re.compile(
    r"(?: ?,| qui)? ?(?:\(|soit |(?:d'une |sur une |offrant une )?(?:surface|superficie)(?: \w+){0,3} (?:de |d')|(?:de |d')|sur |totalisant |représentant |offrant |couvrant )"
    r"(?:(?:plus |près |environ |quelque |un total |près )(?:de |d')?|environ )?$"
)
_FUTURE = re.compile(r"\bfutur", re.I)


def find_premises(
    source: Source, names: tuple[Mention, ...], areas: tuple[Mention, ...], taken: tuple[Mention, ...] = ()
) -> tuple[Mention, ...]:
    """Find noun phrases of facilities beside the names; an area inside such a phrase is taken into it."""
    out: list[Mention] = []
    used: set[int] = set()
    for found in _NOUN.finditer(source.text):
        if any(n.start < found.end() and found.start() < n.end for n in (*names, *out, *taken)):
            continue
        mention = _phrase(source, found, names, areas, used)
        if mention is not None and not any(o.start < mention.end and mention.start < o.end for o in (*names, *out)):
            out.append(mention)
    out.extend(_bare_areas(source, names, [a for i, a in enumerate(areas) if i not in used]))
    return tuple(sorted(out, key=lambda m: m.start))


def kind_of(noun: str) -> str:
    """Return the class of a facility by its noun."""
    return next(kind for expression, kind in _KINDS if expression.match(noun))


def _phrase(
    source: Source, found: re.Match[str], names: tuple[Mention, ...], areas: tuple[Mention, ...], used: set[int]
) -> Mention | None:
    text = source.text
    start, end = found.span()
    left = _LEFT.search(text, max(0, start - 50), start)
    determiner = (left["determiner"] or "").casefold() if left else ""
    count = _count(left["count"]) if left and left["count"] else None
    future = bool(left and _FUTURE.search(left["adjectives"] or ""))
    area: Area | None = None
    if left and (left["count"] or left["adjectives"]):
        start = left.start("count") if left["count"] else left.start("adjectives")
    for i, mention in enumerate(areas):
        if mention.end > start + 1:
            break
        if (
            start - mention.end <= 14
            and _AREA_BEFORE.search(text, mention.start, start)
            and isinstance(mention.value, Area)
        ):
            area, start, determiner = mention.value, mention.start, "un"
            used.add(i)
            break
    end = _modifiers(source, found.end(), names)
    for i, mention in enumerate(areas):
        if (
            area is None
            and mention.start >= end
            and mention.start - end <= 60
            and _AREA_AFTER.fullmatch(text, end, mention.start)
        ):
            if isinstance(mention.value, Area) and not mention.value.range and not mention.value.each:
                area, end = mention.value, mention.end
                used.add(i)
                if text[end : end + 1] == ")":
                    end += 1
            break
    noun = text[found.start() : found.end()]
    many = noun.endswith("s") and kind_of(noun) not in ("CleanRoom", "ProductionLine") and noun.casefold() != "locaux"
    if area is None and many and (count is None or any(n.rule == "list" and 0 <= n.start - end <= 3 for n in names)):
        return None  # a loose plural is no node of its own, nor is the head of a list of names
    label = text[found.start() : _modifiers(source, found.end(), names)].strip(" ,")
    shape = Facility(
        noun.casefold(), area if area and not area.range and not area.each else None, count, determiner, future
    )
    return Mention(start, end, (found.start(), found.end()), kind_of(noun), label, "facility-noun", facility=shape)


def _count(words: str) -> int | None:
    word = words.strip().casefold()
    return int(word) if word.isdigit() else COUNTS.get(word)


_STOP = frozenset(
    {
        "dans",
        "sur",
        "pour",
        "par",
        "avec",
        "qui",
        "que",
        "dont",
        "où",
        "et",
        "ou",
        "à",
        "au",
        "aux",
        "en",
        "sera",
        "est",
    }
)


def _modifiers(source: Source, end: int, names: tuple[Mention, ...]) -> int:
    """Return where the adjectives and complements in *de* of a noun end; never inside a name, nor past an area."""
    limit = next((n.start for n in names if n.start >= end), len(source.text))
    i = _token_at(source, end)
    gap_end = end
    while i < len(source.tokens):
        token = source.tokens[i]
        if token.start >= limit or token.start - gap_end > 1 or token.end > limit:
            break
        word = token.text.casefold()
        if word in {"de", "d'", "des", "du"}:
            nxt = source.tokens[i + 1] if i + 1 < len(source.tokens) else None
            if (
                nxt is None
                or nxt.start >= limit
                or nxt.pos not in {"NOUN", "ADJ", "PROPN"}
                or not nxt.text[0].islower()
            ):
                break
            gap_end = token.end
        elif (
            word not in _STOP
            and token.pos in {"NOUN", "ADJ", "PROPN"}
            and token.text[0].islower()
            and not token.text.startswith("m²")
        ):
            end = gap_end = token.end
        else:
            break
        i += 1
    return end


def _token_at(source: Source, start: int) -> int:
    low, high = 0, len(source.tokens)
    while low < high:
        middle = (low + high) // 2
        if source.tokens[middle].start < start:
            low = middle + 1
        else:
            high = middle
    return low


_OWNED = re.compile(r"(?: \w+(?:és|ées|é|ée|s))? (?:de la |de l'|du |des |d'|de |à la |à l'|au |aux |à )$")
_HAS = re.compile(
    r"(?:dispos(?:e|era|ent|eront)|bénéfici(?:e|era)|s'install\w+ sur|s'étend\w* sur|exploite(?:ra)?|occup(?:e|era)\w*) (?:également |aussi |désormais )?(?:de |d')?(?:(?:plus|près) de |environ )?$"
)


def _bare_areas(source: Source, names: tuple[Mention, ...], areas: list[Mention]) -> Iterator[Mention]:
    """« les 650 m² de l'ART-TG », « X y dispose de 600 m² »: premises called by their area alone."""
    for area in areas:
        if not isinstance(area.value, Area) or area.value.range or area.value.each:
            continue
        owner = next((n for n in names if n.start >= area.end), None)
        owned = (
            owner is not None
            and owner.start - area.end < 26
            and owner.kind not in ("Place", "Person", "Theme")
            and _OWNED.fullmatch(source.text, area.end, owner.start)
        )
        has = _HAS.search(source.text, max(0, area.start - 60), area.start)
        holder = next((n for n in reversed(names) if n.end <= area.start), None) if has and "disp" in has[0] else None
        held = holder is not None and holder.kind not in ("Person", "Place")
        if owned or held:
            body = owner if owned else holder
            kind = "LaboratoryFacility" if body is not None and body.kind == "Laboratory" else "Facility"
            yield replace(
                area, kind=kind, label=source.text[area.start : area.end], rule="premises-by-area", value=None,
                facility=Facility("m²", area.value, None, "un"),
            )  # fmt: skip
