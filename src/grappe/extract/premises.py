"""Facilities that have no name: « un laboratoire de 1200 m² », « 350 m² de salles blanches », « 3 lignes de production »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract.coreference import GOVERNED
from grappe.extract.premises_words import BARE_AREA_ONLY, GROUNDS, NOT_PREMISES, NOUN, NOUNS, kind_of
from grappe.extract.reading import Facility, Mention
from grappe.extract.source import Held, Source
from grappe.extract.values import Area

__all__ = ["COUNTS", "find_premises"]

_UNITS = "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
COUNTS = {
    **{word: number for number, word in enumerate(_UNITS, 2)},
    "dix-sept": 17,
    "dix-huit": 18,
    "dix-neuf": 19,
    "vingt": 20,
    "vingt-cinq": 25,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
}
_ADJECTIVE = r"(?:futur|nouveau|nouvel|second|premier|deuxième|troisième|quatrième|ancien|grand|actuel|autre|propre|vaste|petit|véritable|prochain|même|seul|principal|double|tout|important|immense|ultime|dernier|vieux|vieil|imposant|large)(?:e|x|s|ve|le|lle|ne|es|elle|elles|ière|ières|ère|ères|les|aux)?"
_LEFT = re.compile(
    r"(?:(?P<determiner>\b(?:un|une|le|la|les|des|du|de la|de l'|d'un|d'une|ce|cet|cette|ces|son|sa|ses|leur|leurs|au|aux|à la|à l'|chaque|l'|d'|de)) ?)?"
    rf"(?P<count>\b(?:\d{{1,3}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))}) )?(?P<adjectives>(?:{_ADJECTIVE} ){{0,2}})$",
    re.I,
)
_ROUGHLY = r"(?:(?:(?:de |d')?(?:plus|près|moins|un peu plus|quelque|un total|environ) (?:de |d')?)|environ |quelque |quelques )?"
_AREA_BEFORE = re.compile(
    r"(?: (?:supplémentaires|de plancher|utiles|dédiés aux?|dédiés à (?:des |la |l')|bâtis))? ?(?:de |d')?(?:(?:nouveaux|nouvelles|futurs|grands) )?(?:(?P<count>\d{1,3}) )?"
)
_AREA_AFTER = re.compile(
    r"(?:,? qui (?:s'étend(?:ra)?|occupe(?:ra)?|totalise(?:ra)?|offre|offrira|représente(?:ra)?|mesure(?:ra)?|développe(?:ra)?|couvre)(?: sur)?(?: une (?:surface|superficie) (?:totale )?de)? |(?: ?,| qui)? ?(?:\(|soit |: |(?:(?:présentant|avec|offrant|totalisant|occupant|développant) )?(?:d'une |sur une |une |sa )?(?:surface|superficie|emprise(?: au sol)?)(?: \w+){0,3} (?:de |d')|(?:de |d')|sur (?:les )?|totalisant |représentant |offrant |couvrant |développant |occupant |déployée? sur |répartie?s? sur |étendue? sur |bâtie? sur |mesurant |faisant ))"
    + _ROUGHLY
    + "$"
)
_TAKEN_UP = frozenset(("le", "la", "l'", "ce", "cet", "cette", "du", "au", "de la", "de l'", "à la", "à l'"))
_FUTURE = re.compile(r"\b(?:futur|prochain)", re.I)


def find_premises(
    source: Source, names: tuple[Mention, ...], areas: tuple[Mention, ...], taken: tuple[Mention, ...] = ()
) -> tuple[Mention, ...]:
    """Find noun phrases of facilities beside the names; an area inside such a phrase is taken into it."""
    out: list[Mention] = []
    used: set[int] = set()
    held = Held((n.start, n.end) for n in names)
    closed = Held((n.start, n.end) for n in taken)
    for found in NOUN.finditer(source.text):
        if held.overlaps(*found.span()) or closed.overlaps(*found.span()):
            continue
        if any(
            o.start() <= found.start() < o.end()
            for o in NOT_PREMISES.finditer(source.text, max(0, found.start() - 12), found.end() + 30)
        ):
            continue
        mention = _phrase(source, found, names, areas, used, out)
        if mention is not None and not held.overlaps(mention.start, mention.end):
            held.add(mention.start, mention.end)
            out.append(mention)
    out.extend(_by_any_noun(source, (*names, *out), [a for i, a in enumerate(areas) if i not in used]))
    rest = [a for a in areas if not any(o.start <= a.start < o.end for o in out)]
    out.sort(key=lambda m: m.start)
    out.extend(_bare_areas(source, names, tuple(out), rest))
    out.extend(_ordinals(source, (*names, *taken), tuple(out)))
    return tuple(m for m in sorted(out, key=lambda m: m.start) if not _told_below(source, m, out))


def _told_below(source: Source, mention: Mention, premises: list[Mention]) -> bool:
    """Return whether a plural of a headline is told in detail by the text below it."""
    if mention.facility is None or not re.match(r"\w+s\b", mention.facility.noun) or mention.facility.noun == "locaux":
        return False
    here = source.sentence_of(mention.start)
    return (
        here is not None
        and here.kind in ("title", "heading")
        and any(o.kind == mention.kind and o.start > mention.end for o in premises)
    )


def _phrase(
    source: Source,
    found: re.Match[str],
    names: tuple[Mention, ...],
    areas: tuple[Mention, ...],
    used: set[int],
    earlier: list[Mention],
) -> Mention | None:
    text = source.text
    start, end = found.span()
    left = _LEFT.search(text, max(0, start - 60), start)
    determiner = (left["determiner"] or "").casefold() if left else ""
    count = _count(left["count"]) if left and left["count"] else None
    future = bool(left and _FUTURE.search(left["adjectives"] or ""))
    other = bool(
        left
        and re.search(
            r"\b(?:second|deuxième|troisième|quatrième|autre|nouve|ancien|actuel)", left["adjectives"] or "", re.I
        )
    )
    area: Area | None = None
    taken: int | None = None
    if left and (left["count"] or left["adjectives"]):
        start = left.start("count") if left["count"] else left.start("adjectives")
    for i, mention in enumerate(areas):
        if mention.end > start + 1:
            break
        before = _AREA_BEFORE.fullmatch(text, mention.end, start) if mention.end < start else None
        if before and isinstance(mention.value, Area):
            area, start, determiner, taken = mention.value, mention.start, "un", i
            article = re.search(r"\b(les|ces|ses|leurs|sa|son) $", text[max(0, start - 6) : start])
            determiner = article[1] if article else "un"
            break
    end = _modifiers(source, found.end(), names)
    label = text[found.start() : end].strip(" ,")
    for i, mention in enumerate(areas):
        if (
            area is None
            and mention.start >= end
            and mention.start - end <= 70
            and _AREA_AFTER.fullmatch(text, end, mention.start)
        ):
            if isinstance(mention.value, Area) and not mention.value.range and not mention.value.each:
                area, end, taken = mention.value, mention.end, i
                if text[end : end + 1] == ")":
                    end += 1
            break
    noun = text[found.start() : found.end()]
    if area is None and not determiner and _APPOSED_HEAD.match(text, end) and _begin(source, start) == start:
        return None  # « Ancien entrepôt de papeterie, le bâtiment … » says what the building was
    again = determiner in _TAKEN_UP and any(o.facility and _same_head(o.facility.noun, noun) for o in earlier)
    if (
        area is None
        and not again
        and BARE_AREA_ONLY.fullmatch(noun)
        and not (future and not noun.casefold().startswith(("espace", "bureaux")))
        and not (
            noun.casefold().startswith(
                ("irm", "scanner", "siège", "pépinière", "incubateur", "aile", "four", "cuve", "silo")
            )
            and (count or future)
        )
        and not (re.match(r"(?:incubateur|pépinière)", noun, re.I) and determiner in ("un", "une", "d'un", "d'une"))
        and not (noun.casefold() == "site" and determiner in ("son", "sa", "leur"))
    ):
        return None
    many = noun.split()[0].endswith(("s", "aux")) and kind_of(noun) not in ("CleanRoom", "ProductionLine")
    many = many and noun.casefold() != "locaux"
    if area is None and many and (count is None or _heads_a_list(end, names)):
        return None  # a loose plural is no node of its own, nor is the head of a list of names
    if (
        noun.casefold() in ("laboratoire", "laboratoires")
        and area is None
        and determiner == ""
        and text[max(0, start - 2) : start] == ", "
        and any(n.end == start - 2 and not n.kind.startswith(_FACILITY) for n in names)
    ):
        return None  # « X, laboratoire commun à … » says what X is
    if (
        noun.casefold() == "laboratoire"
        and determiner in _TAKEN_UP
        and area is None
        and count is None
        and label.casefold() == "laboratoire"
        and not again
    ):
        return None  # « le laboratoire » is the body, not its rooms
    if taken is not None:
        used.add(taken)
    shape = Facility(
        noun.casefold(), area if area and not area.range and not area.each else None, count, determiner, future, other
    )
    kind = kind_of(noun)
    if noun.casefold() == "extension" and any(
        n.kind == "Laboratory" and 0 < n.start - end < 9 and re.match(r" (?:du |de )", text[end : n.start])
        for n in names
    ):
        kind = "LaboratoryFacility"
    return Mention(start, end, (found.start(), found.end()), kind, label, "facility-noun", facility=shape)


_APPOSED_HEAD = re.compile(rf"[^.;:,]{{0,40}}, (?:le|la|l'|cet|cette|ce) ?(?:{NOUNS})(?![\w-])")


def _same_head(earlier: str, noun: str) -> bool:
    """Return whether a noun takes up an earlier one: « la station » a « station de recharge »."""
    word = noun.casefold()
    return word == "espace" or earlier.rstrip("s") == word.rstrip("s") or earlier.startswith(f"{word} ")


def _heads_a_list(end: int, names: tuple[Mention, ...]) -> bool:
    return any(n.rule == "list" and 0 <= n.start - end <= 40 for n in names)


def _count(words: str) -> int | None:
    word = words.strip().casefold()
    return int(word) if word.isdigit() else COUNTS.get(word)


_STOP = frozenset(
    "dans sur pour par avec qui que dont où et ou à au aux en sera est sont grâce afin lors devant chez depuis".split()
)
#: Participles that begin what is said of the facility, not what it is called.
_SAID = re.compile(
    r"(?:(?:accueill|abrit|héberg|compt|dispos|occup|propos|possèd|totalis|affich|bénéfici|constitu|complèt|intègr|regroup|rassembl|comport|représent|renferm)(?:e|ent|era|eront|ait)|offr(?:e|ent|ira)|compren(?:d|nent|dra)|réuni(?:t|ssent|ra)|couvr(?:e|ira)|attein(?:t|dra)|(?:tourn|fonctionn|démarr|appartien|assur|ferm|grandi|produi|fabriqu|permet|déménag|emménag)(?:e|ent|t|nent|sent|tra|ra)?|\w+(?:era|eront|ira|iront|dra|dront))$|(?:financ|situ|install|implant|dot|équip|ouvert|inaugur|mis|livr|construit|bât|aménag|log|héberg|occup|exploit|gér|réserv|dédi|destin|divis|répart|port|acquis|achet|rénov|réhabilit|compos|attend|prév|baptis|nomm|dénomm|appel|class|rattach|propriété|appartenant|comprenant|abritant|regroupant|capable|unique|certifi|labellis|entièrement|adoss|accol|jouxt|voisin|attenant)\w*$"
)


#: Nouns with which « à » says how, how much or when, not what a facility is for.
_ADVERBIAL = re.compile(
    r"(?:hauteur|horizon|terme|raison|partir|compter|destination|proximité|côté|disposition|titre|compte|part)$", re.I
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
        if word in {"de", "d'", "des", "du", "à"}:
            nxt = source.tokens[i + 1] if i + 1 < len(source.tokens) else None
            if (
                nxt is None
                or nxt.start >= limit
                or nxt.pos not in {"NOUN", "ADJ", "PROPN"}
                or not nxt.text[0].islower()
                or (word == "à" and _ADVERBIAL.match(nxt.text))
            ):
                break
            gap_end = token.end
        elif (
            word not in _STOP
            and (token.pos in {"NOUN", "ADJ", "PROPN"} or re.fullmatch(r"pilote|\w+elles?|\w+iques?|\w+aires?", word))
            and token.text[0].islower()
            and not _SAID.match(word)
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


_ANY_NOUN = re.compile(
    r"\b(?P<determiner>un|une|d'un|d'une|le|la|l'|son|sa|ce|cet|cette) ?(?P<adjectives>(?:"
    + _ADJECTIVE
    + r" ){0,2})(?P<noun>[a-zà-ÿ][a-zà-ÿ-]{3,})(?: (?!et |qui |que |dont |est |a |sur )[a-zà-ÿ][\w'-]*){0,6}?,? (?:d'une (?:surface|superficie)(?: \w+){0,2} )?(?:de |d'|sur )"
    + _ROUGHLY
    + r"$"
)
_NO_PREMISES_NOUN = re.compile(
    r"(?:surfaces?|superficies?|emprises?|total|totalité|ensemble|moyenne|minimum|maximum|rayon|périmètre|hauteur|quelque|plus|près|environ|tranche|partie|capacité|besoin|demande|projet|programme|investissement|opération|achat|vente|location|acquisition|construction|création|extension|ouverture|moitié|tiers|quart|offre|objectif|potentiel|réserve|équivalent|appartement|logement|maison|société|entreprise|dizaine|centaine)s?$"
)


def _by_any_noun(source: Source, known: tuple[Mention, ...], areas: list[Mention]) -> Iterator[Mention]:
    """« un simulateur de 120 m² »: any noun that an area follows is that of premises, grounds and measures apart."""
    for mention in areas:
        area = mention.value
        if not isinstance(area, Area) or area.range or area.each:
            continue
        found = _ANY_NOUN.search(source.text, max(0, mention.start - 90), mention.start)
        if found is None or _NO_PREMISES_NOUN.match(found["noun"]) or GROUNDS.search(found[0]):
            continue
        if any(k.start < mention.end and found.start("noun") < k.end for k in known):
            continue
        token = next(iter(source.tokens[_token_at(source, found.start("noun")) :]), None)
        if token is None or token.start != found.start("noun") or token.pos != "NOUN":
            continue
        end = mention.end
        shape = Facility(
            found["noun"], area, None, found["determiner"].casefold(), bool(_FUTURE.search(found["adjectives"]))
        )
        start = found.start("noun")
        label_end = min(end, _modifiers(source, found.end("noun"), known))
        yield Mention(
            start,
            end,
            found.span("noun"),
            "Facility",
            source.text[start:label_end].strip(),
            "facility-any-noun",
            facility=shape,
        )


_OWNED = re.compile(
    r"(?: (?:seront |sont |ont été )?\w+(?:és|ées|é|ée|s|us|ues))?(?: (?:exclusivement|notamment|entièrement))? (?:de la |de l'|du |des |d'|de |à la |à l'|au |aux |à |par (?:la |le |l'|les )?|pour (?:la |le |l'|les )?)$"
)
_HAS = re.compile(
    r"(?:dispos(?:e|era|ent|eront)|bénéfici(?:e|era)|s'install\w+ sur|exploite(?:ra)?|occup(?:e|era)\w*|loue(?:ra)?|partag\w+) (?:également |aussi |désormais |actuellement |déjà )?(?:de |d')?(?:(?:plus|près) de |environ |quelque )?$"
)


def _bare_areas(
    source: Source, names: tuple[Mention, ...], premises: tuple[Mention, ...], areas: list[Mention]
) -> Iterator[Mention]:
    """« les 650 m² de l'ART-TG », « X y dispose de 600 m² »: premises called by their area alone."""
    for area in areas:
        if not isinstance(area.value, Area) or area.value.range or area.value.each:
            continue
        owner = next((n for n in names if n.start >= area.end), None)
        owned = (
            owner is not None
            and owner.start - area.end < 40
            and owner.kind not in ("Place", "Person", "Theme")
            and _OWNED.fullmatch(source.text, area.end, owner.start)
        )
        share = _SHARE.search(source.text[max(0, area.start - 24) : area.start]) and _SET_APART.match(
            source.text, area.end
        )
        if share:
            yield _by_area(source, area, "Facility")
            continue
        has = _HAS.search(source.text, max(0, area.start - 60), area.start)
        if (
            has
            and has[0].startswith("occup")
            and _size_of(source, area, (*(n for n in names if n.kind.startswith(_FACILITY)), *premises))
        ):
            continue  # « la plateforme occupe 720 m² du bâtiment X »: its size
        holder = _subject_before(source, area.start, names, premises) if has else None
        if (
            has
            and holder is None
            and (somebody := _SOME_BODY.search(source.text[max(0, has.start() - 130) : has.start()]))
        ):
            yield _by_area(source, area, "LaboratoryFacility" if somebody["lab"] else "Facility")
            continue
        if owned or holder:
            body = owner if owned else holder
            kind = "LaboratoryFacility" if body is not None and body.kind == "Laboratory" else "Facility"
            yield _by_area(source, area, kind)


_SOME_BODY = re.compile(
    r"(?:\b[Cc]ette |\b[Cc]e |\b[Ll]a |\b[Ll]'|\b[Ll]e )(?:(?P<lab>équipe|unité|laboratoire|institut)|société|entreprise|start-up|jeune pousse|PME|association)(?: de \d+ [a-zé]+)?(?:, qui [^,;.]{3,60},)? $"
)
#: « dont 600 m² réservés à la production »: a share of premises that is for something.
_SHARE = re.compile(r"\bdont (?:environ |près de |plus de |quelque )?$")
_SET_APART = re.compile(
    r" (?:\w+ment )?(?:réservés|dédiés|consacrés|destinés|affectés|attribués|loués|aménagés) (?:à|aux?|pour)\b"
)


def _by_area(source: Source, area: Mention, kind: str) -> Mention:
    assert isinstance(area.value, Area)
    return replace(
        area, kind=kind, label=source.text[area.start : area.end], rule="premises-by-area", value=None,
        facility=Facility("m²", area.value, None, "un"),
    )  # fmt: skip


def _begin(source: Source, at: int) -> int:
    """Return where the sentence of a place begins."""
    here = source.sentence_of(at)
    return at if here is None else here.start


def _size_of(source: Source, area: Mention, premises: tuple[Mention, ...]) -> bool:
    """Return whether a facility stands at the head of the clause of an area: right before its verb, or after a comma."""
    begin = _begin(source, area.start)
    clause = max(begin, source.text.rfind(", ", begin, area.start - 10), source.text.rfind("; ", begin, area.start))
    inside = [m for m in premises if clause <= m.start < area.start]
    return bool(inside) and not GOVERNED.search(source.text[max(begin, inside[0].start - 24) : inside[0].start])


def _subject_before(
    source: Source, at: int, names: tuple[Mention, ...], premises: tuple[Mention, ...]
) -> Mention | None:
    """Return the organisation or project that comes first in the sentence of a place, if no facility does."""
    begin = _begin(source, at)
    inside = sorted((m for m in (*names, *premises) if begin <= m.start < at), key=lambda m: m.start)
    inside = [m for m in inside if not GOVERNED.search(source.text[max(begin, m.start - 24) : m.start])]
    if not inside and re.search(r"\b(?:[Ee]lle|[Ii]l)s? ", source.text[begin:at]):
        earlier = [s.start for s in source.sentences if s.start < begin]
        if earlier:  # « Elle occupe 1 500 m² »: who, the sentence before tells
            inside = sorted((m for m in (*names, *premises) if earlier[-1] <= m.start < begin), key=lambda m: m.start)
    first = next((m for m in inside if m.kind not in ("Person", "Place")), None)
    return first if first is not None and first not in premises and not first.kind.startswith(_FACILITY) else None


_FACILITY = ("Facility", "Building", "Clean", "Production", "TechnologyPlatform", "Biofoundry", "LaboratoryF")
_ORDINAL = re.compile(
    r"(?:(?<=[.;:!?] )|(?<=, )|(?<= et )|^)(?P<word>[Ll](?:e premier|a première|e second|a seconde|e deuxième|a deuxième|e troisième|a troisième|e dernier|a dernière|'une?|'autre|'un et l'autre)|[Tt]out(?:e?s) (?:les )?deux|[Ll]es deux|[Ll]e tout)(?=,? (?:\(|:|\d|d'une|de \d|est|sera|occupe|abrite|accueille|comprend|compte|offre|ouvr|situé|dédié|consacré|destiné|se |s'|seront|sont|ont|profite|réunit|héberge|dispose|livré|mesure|fait|mis|totalis)|,)"
)
_WHOLE = re.compile(r"l'un et l'autre|tou|les deux|le tout", re.I)


def _ordinals(source: Source, names: tuple[Mention, ...], premises: tuple[Mention, ...]) -> Iterator[Mention]:
    """« deux espaces de laboratoires … Le premier, 900 m² … Le second … »: the members of a set, each by itself."""
    for found in _ORDINAL.finditer(source.text):
        start, end = found.span("word")
        if any(n.start < end and start < n.end for n in (*names, *premises)):
            continue
        earlier = [
            m for m in premises if m.end <= start and start - m.end < 700 and m.facility and (m.facility.count or 0) > 1
        ]
        if not earlier:
            continue
        whole = next((m for m in reversed(earlier) if m.facility and m.facility.count == 2), earlier[-1])
        assert whole.facility is not None
        collective = bool(_WHOLE.match(found["word"]))
        shape = Facility(whole.facility.noun, None, None, "ensemble" if collective else "membre", member_of=whole.start)
        yield Mention(start, end, (start, end), whole.kind, whole.label, "facility-ordinal", facility=shape)
