"""Names that premises have of their own: « une halle … baptisée La Passerelle », « Le Fil, c'est 4 200 m² », « le Hangar Nérée »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.premises_words import FEMININE, NOT_PREMISES, NOUN, NOUNS, kind_of
from grappe.extract.reading import Mention, letter
from grappe.extract.source import Source
from grappe.extract.words import NOT_NAMES, UPPER
from grappe.iri import fold

__all__ = ["with_own_names"]

_WORD = rf"[{UPPER}](?:[\w-]|'(?=\w))*"
_NAME = rf"{_WORD}(?: (?:(?:de la |de l'|des |du |de |d'|à )?{_WORD}|\d{{1,3}}\b)){{0,3}}"
_ARTICLE = r"(?:[Ll]e |[Ll]a |[Ll]'|[Ll]es )"
#: « baptisé X », with or without quotation marks, with who gave the name.
_CALLED = re.compile(
    rf"(?P<verb>[Bb]aptis|[Dd]énomm|[Nn]omm|[Ss]urnomm|[Aa]ppel)é(?P<e>e?)s? (?:par [^,.;«»]{{3,30}} )?(?:« ?|\")?(?P<name>{_ARTICLE}?{_NAME})"
)
_ROUGHLY = r"(?:(?:environ|plus de|près de|quelque) )?"
_SIZED = re.compile(rf"(?:, | : | \(| – |,? c'est |,? ce sont |,? ce seront |, soit ){_ROUGHLY}$")
#: Nouns that begin names of premises; bodies have such names too, so that more must be told of them.
_HEADS = r"(?:Halles?|Hall|Hangar|Ateliers?|Labo|Pavillon|Usine|Serre|Hub|Tour|Fabrique|Manufacture|Grange)"
_NAMED = re.compile(
    rf"(?<![\w'])(?P<article>{_ARTICLE}|[Dd]u |[Aa]u )(?:« ?|\")?(?P<name>{_HEADS} (?:de la |de l'|des |du |de |d')[a-zà-ÿ-]{{4,}}|{_NAME})(?: ?»|\")?(?![\w'])"
)
_SOLID = r"bâtiment|immeuble|édifice|halle|hangar|usine|entrepôt|serre|gigafactory"
_APPOSED = re.compile(
    rf"(?: \([^()]*\))?, (?:un |une |le |la |l'|ce |cet |cette )?(?:(?:future?|nouve(?:au|l|lle)|ancien(?:ne)?) )?(?P<noun>{_SOLID})(?: industrielle?| pilote| partagée?)?(?= de \d|,| de [a-z]+ de \d| que | qui | dont | situé| construit| bâti| implanté)"
)
_APPOSED_SIZED = re.compile(
    rf"(?: \([^()]*\))?, (?:un |une )?(?P<noun>{NOUNS})(?: [^.,;:()]{{1,40}})? de \d[\d .]* ?(?:m²|m2|mètres carrés)"
)
_PRESENTED = re.compile(rf"[^.;:«»]{{0,80}}? : (?P<name>{_ARTICLE}{_NAME})(?=[.;,]| –|$)")
_ROOF = re.compile(r"(?:halles?|halls?|hangars?|hubs?|entrepôts?|pavillon|ateliers?|locaux|centres?|tiers-lieux?)\b")
_HEADED = re.compile(rf"{_HEADS}\b ")
_TOLD_AFTER = re.compile(
    r",? que [^.;,]{3,60} (?:a|ont) (?:mis en service|inauguré|ouvert|construit|livré)|(?:[,)]? ?(?:,? (?:que|qui|où|dont) [^.;,]{0,60})?,?)? ?(?:(?:a été|est|sera|fut|ont été|seront) (?:officiellement |enfin )?(?:inauguré|livré|construit|bâti|édifié|achevé|réhabilité|mis en service|mise en service)|(?:a|va) (?:ouvert|ouvrir|mis en service)|comporte|abrite|renferme|s'étend|s'élève|ouvr(?:e|ira) ses portes|sort de terre|compte(?:ra)? (?:\w+ )?(?:salles|ateliers|étages|lignes|m²))"
)
_TOLD_BEFORE = re.compile(
    r"(?:(?:sera|a été|est) (?:créé|édifié|construit|bâti|inauguré|érigé|aménagé|livré)e?|(?:construction|inauguration|chantier|ouverture|livraison|murs|toit|réhabilitation) (?:de|du|des)|inaugur\w+|construi\w+|bâti\w*|édifi\w+|mise? en service|couper le ruban|loge(?:ra)?|emménag\w+|(?:[Ii]mplanté|[Ss]itué|[Ii]nstallé|[Nn]iché|[Bb]âti|[Oo]uvert|[Ii]nauguré|[Ll]ivré)e?s? [^.;]{3,80},|dans|au rez-de-chaussée)(?: (?:de |d')?| du| de la| à)? ?$"
)
_HOUSE_HEADS = lexicon.HEADS | frozenset(
    (
        "etat",
        "region",
        "ville",
        "metropole",
        "departement",
        "agglomeration",
        "prefecture",
        "ministere",
        "france",
        "europe",
    )
)
_BODIES = frozenset({"Laboratory", "Organization", "Company", "Cluster", "NonProfit", "Facility", ""})


def with_own_names(source: Source, names: tuple[Mention, ...], areas: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the names of a text with those that premises have of their own, wherever each is said again."""
    found: dict[str, str] = {}
    for start, end, kind in _witnessed(source, areas):
        label = source.text[start:end]
        short = re.sub(rf"^{_ARTICLE}", "", label)
        if _can_name(short, start, end, names) and fold(short) not in {fold(n) for n in found}:
            found[short] = kind
    if not found:
        return names
    added = [m for label, kind in found.items() for m in _everywhere(source, label, kind, names)]
    added = [m for m in added if not any(o is not m and o.start <= m.start and m.end <= o.end for o in added)]
    kept = [n for n in names if not any(a.start < n.end and n.start < a.end for a in added)]
    return tuple(sorted((*kept, *added), key=lambda m: m.start))


def _witnessed(source: Source, areas: tuple[Mention, ...]) -> Iterator[tuple[int, int, str]]:
    """Return where a name stands that the words around it give to premises, and their class."""
    text = source.text
    for found in _CALLED.finditer(text):
        noun = _noun_before(source, found.start(), feminine=bool(found["e"]))
        if noun is not None:
            yield *found.span("name"), _house(noun)
    for noun_found in NOUN.finditer(text):
        if NOT_PREMISES.match(text, noun_found.start()) or not re.search(
            r"\b(?:une?|le|la|l'|ce|cet|cette|nouve\w+|future?) ?$",
            text[max(0, noun_found.start() - 12) : noun_found.start()],
        ):
            continue
        presented = _PRESENTED.match(text, noun_found.end())
        if presented and not any(s.start == presented.start("name") for s in source.sentences):
            yield *presented.span("name"), _house(noun_found["noun"])
    sized = [a for a in areas if not re.search(r"hectares?|\bha\b", a.label)]
    for found in _NAMED.finditer(text):
        start, end = found.span("name")
        headed = _HEADED.match(text, start, end)
        kind = _house(headed[0].strip()) if headed and NOUN.fullmatch(headed[0].strip()) else "Building"
        if any(0 < a.start - found.end() < 24 and _SIZED.fullmatch(text, found.end(), a.start) for a in sized):
            yield start, end, kind
        elif apposed := _APPOSED.match(text, found.end()) or _APPOSED_SIZED.match(text, found.end()):
            yield start, end, _house(apposed["noun"])
        elif headed and (
            _TOLD_AFTER.match(text, found.end())
            or _TOLD_BEFORE.search(text[max(0, found.start() - 110) : found.start()])
        ):
            yield start, end, kind


def _house(noun: str) -> str:
    """Return the class of premises that have a name of their own: a halle or a hangar with one is a house."""
    kind = kind_of(noun.casefold())
    return "Building" if kind == "Facility" and _ROOF.match(noun.casefold()) else kind


def _noun_before(source: Source, at: int, *, feminine: bool) -> str | None:
    """Return the noun of premises of which a participle at a place speaks: of its sentence, or of the one before."""
    held = [s for s in source.sentences if s.start <= at]
    if not held:
        return None
    begin = held[-1].start
    if at - begin < 2 and len(held) > 1:
        begin = held[-2].start
    nouns = [
        n["noun"]
        for n in NOUN.finditer(source.text, begin, at)
        if not NOT_PREMISES.match(source.text, n.start())
        and not re.search(r"\bdont (?:l'|le |la |les )$", source.text[begin : n.start()])  # said of the one that has it
    ]
    between = re.search(
        r"\b(?:sociétés?|entreprises?|start-up|projets?|programmes?|réseaux?|associations?|filiales?)\b[^,]*, ?$",
        source.text[begin:at],
    )
    fitting = [n for n in nouns if bool(FEMININE.match(n.casefold())) == feminine]
    return fitting[-1] if fitting and between is None else None


def _can_name(short: str, start: int, end: int, names: tuple[Mention, ...]) -> bool:
    folded = fold(short)
    if not folded or folded in _HOUSE_HEADS or short in NOT_NAMES or len(folded) < 3:
        return False
    over = [n for n in names if n.start < end and start < n.end]
    return not any(
        n.entry is not None or (n.kind not in _BODIES and letter(n.kind) != "F") or n.core[0] < start or n.core[1] > end
        for n in over
    )


def _everywhere(source: Source, short: str, kind: str, names: tuple[Mention, ...]) -> Iterator[Mention]:
    """Return each place where a name is said: one word alone only behind an article, for it may be a common one."""
    lead = (
        r"(?<![\w'-])"
        if " " in short
        else rf"(?:(?<![\w'])(?:{_ARTICLE}|[Dd]u |[Aa]u |[Dd]e la |[Àà] la )(?:« ?)?|(?<=baptisée )|(?<=baptisé )|(?<=« ))"
    )
    for found in re.finditer(rf"{lead}(?P<name>{re.escape(short)})(?![\w'-])", source.text):
        start, end = found.span("name")
        if any(n.entry is not None and n.start < end and start < n.end for n in names):
            continue
        if any(
            n.start < end and start < n.end and (n.kind == "Person" or n.core[1] - n.core[0] > end - start)
            for n in names
        ):
            continue
        article = re.search(
            r"(?:^|(?<=[^\w.!?] )|(?<=\w ))(?:Le |La |Les |L')$", source.text[max(0, start - 5) : start]
        )
        begins = any(s.start == start - len(article[0]) for s in source.sentences) if article else True
        label = short if begins or article is None else article[0] + short
        yield Mention(start, end, (start, end), kind, label, "premises-own-name")
