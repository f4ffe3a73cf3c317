"""What is inside what: parts that a facility comprises, and the facility in which another lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim
from grappe.extract.facilities.scene import View
from grappe.extract.premises_words import PARTS
from grappe.extract.reading import Thing

__all__ = [
    "besides",
    "composing",
    "comprised",
    "detailed",
    "filling",
    "fronted_parts",
    "fronted_place",
    "in_list",
    "inside",
    "there",
    "with_parts",
]

#: Verbs by which premises have parts, and the preposition that each takes.
_COMPRISE = re.compile(
    r"(?<![\w'])(?P<verb>compren(?:d|dra|nent|dront)|compte(?:ra|nt|ront)?|offr(?:e|ira|ent)|réuni(?:t|ra|ssent)|abrit(?:e|era|ent|eront)|accueill(?:e|era|ent|eront)|héberg(?:e|era|ent|eront)|regroup(?:e|era|ent|eront)|comport(?:e|era|ent|eront)|intègr(?:e|era|ent)|rassembl(?:e|era|ent)|inclu(?:t|ra|ent)|possèd(?:e|era|ent)|propos(?:e|era|ent)|concentr(?:e|era)|conti(?:ent|endra)|renferm(?:e|era|ent)|align(?:e|era)|totalis(?:e|era)|réserv(?:e|era)|ménag(?:e|era)|associ(?:e|era)"
    r"|(?P<de>dispos(?:e|era|ent|eront) (?:également |aussi |désormais |déjà )?de|(?:est|sont|sera|seront|a été|ont été) (?:également |aussi |entièrement )?(?:doté|équipé|composé|constitué|pourvu|muni)e?s? de|se compos(?:e|era) de|s'articul(?:e|era) autour de|s'organis(?:e|era) (?:en|autour de)|bénéfici(?:e|era) de|se dot(?:e|era) de|s'équip(?:e|era) de))(?![\w'])"
)
#: What after a noun phrase of premises begins its parts.
_WITH = re.compile(
    r"(?<![\w'])(?:(?P<plain>comprenant|abritant|regroupant|comptant|offrant|intégrant|incluant|réunissant|accueillant|hébergeant|comportant|rassemblant|renfermant|totalisant|y compris|proposant)|(?P<de>dotée?s? de|équipée?s? de|composée?s? de|constituée?s? de|munie?s? de|pourvue?s? de|disposant de|organisée?s? autour de|complétée?s? (?:par|de)|flanquée?s? de|(?:répartie?s?|ventilée?s?|partagée?s?) entre)|(?P<avec>avec)|(?P<dont>dont))(?![\w'])"
)
_IN = re.compile(
    r"(?<![\w'])(?:dans|au sein de|à l'intérieur de|au cœur de|dans l'enceinte de|dans les murs de|au (?:\w+ )?(?:étage|niveau|rez-de-chaussée|sous-sol) de|sous le toit de|sur le toit de|au rez-de-chaussée de|attenante?s? à|accolée?s? à) (?:[a-zà-ÿ]+ ){0,2}?(?=⟨F)"
)
_NOT_IN = re.compile(
    r"\b(?:invest\w*|inject\w*|engagé\w*|euros|M€|entr\w+ dans|intégr\w+ dans|transform\w+|visit\w*|fabriqu\w*|produi\w*|utilis\w*|particip\w*|impliqu\w*|mettre|mise? à|embauch\w*|recrut\w*|emploi\w*|personnes|salariés|travaill\w*|travaux)\b"
)


def comprised(view: View) -> Iterator[Claim]:
    """« L'usine comprendra deux lignes de production et 1800 m² de salles blanches »; « dont » nests one deeper."""
    for found in _COMPRISE.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        whole, at = view.wholes(found.start())
        if (
            at is None
            and re.match(r"dispos|compt|possèd|bénéfici|propos", found["verb"])
            and view.subjects(found.start())
        ):
            continue  # « Elle dispose de … » may be the body as well
        if whole is None or (at is None and not view.told):
            continue
        sure = 0.92 if at is not None else 0.65
        start = view.word(at).start if at is not None else found.start()
        yield from in_list(view, whole, found.end(), start, "part-by-verb", sure)


def with_parts(view: View) -> Iterator[Claim]:
    """« un laboratoire de 1200 m² …, avec 350 m² de salles blanches et 3 lignes de production »."""
    for found in _WITH.finditer(view.text):
        k = view.walk.at(found.start())
        before = [
            i
            for i in view.mentions("F")
            if view.word(i).end <= found.start() and view.word(i).depth <= view.word(k).depth
        ]
        if not before:
            continue
        i = before[-1]
        gap = view.text[view.word(i).end : found.start()]
        if re.search(r"[;:.]", re.sub(r"^ : (?=⟨S)", " ", gap)) or len(gap) > 120:
            continue
        if found["avec"] and gap.strip() == "," and len(before) > 1:
            nested = view.text[view.word(before[-2]).end : view.word(i).start]
            if "dont" in nested:
                i = before[-2]  # « une usine de 900 m², dont 50 m² de laboratoires, avec deux lignes »
        if found["dont"] and not re.match(r" (?:(?:environ|près de|plus de|notamment) )?⟨F", view.text[found.end() :]):
            continue
        if not found["dont"]:
            while len(before) > 1 and view.mention(i).kind in PARTS and not gap.strip(" ,"):
                before.pop()  # « … et 3 lignes, avec un hall » is said of the whole
                i = before[-1]
        whole = view.thing(i)
        if whole is None or not view.given(i):
            continue
        name = "dont" if found["dont"] else "avec" if found["avec"] else "participle"
        sure = {"dont": 0.93, "avec": 0.85, "participle": 0.9}[name]
        yield from in_list(view, whole, found.end(), view.word(i).start, f"part-after-{name}", sure)


#: « totalise 1 350 m², parmi lesquels une halle et quatre chambres froides ».
_SHARED_OUT = re.compile(
    r"⟨S\d+⟩[^⟨⟩.;:]{0,25},? (?:parmi lesquels|(?:répartis|partagés|ventilés|distribués) entre|qui se répartissent entre|divisés en|soit) $"
)


def in_list(view: View, whole: Thing, place: int, start: int, rule: str, confidence: float) -> Iterator[Claim]:
    """Return the parts in the list that begins at a place."""
    first = True
    for i, gap in view.walk.complements(place):
        word = view.word(i)
        lead = view.text[max(place, word.start - 60) : word.start]
        if word.letter != "F":
            if word.letter in "OJP" and first:
                return
            continue
        if first:
            direct = re.fullmatch(
                r"(?:,? (?:sur|à|en|dès|d'ici(?: à)?) (?:⟨[SLD]\d+⟩,?|[^⟨⟩.;:,]{2,25},))? (?:également |aussi |notamment |désormais |à terme |au total |déjà )*(?:de |environ |plus de |près de |entre autres )*(?:⟨S\d+⟩[^⟨⟩.;:]*: ?)?",
                view.text[place : word.start],
            )
            wide = re.search(r"⟨S\d+⟩[^⟨⟩.;]*: ?$|: ?$", lead) or _SHARED_OUT.search(lead)
            if re.search(r"⟨S\d+⟩[^⟨⟩.;]{0,30}, dont $", lead):
                first = False  # « offre 1 450 m², dont 620 m² de laboratoires, un atelier et … »
                continue
            after_others = re.fullmatch(
                r" (?!.*\b(?:dans|sur|pour|par|avec|grâce|qui|que)\b)[^⟨⟩.;:]{3,60}(?:,| et| ainsi que) (?:de )?",
                view.text[place : word.start],
            )
            if not direct and not wide and not after_others:
                return
        elif not re.search(
            r"(?:,|et|ainsi qu(?:e |')|puis|mais aussi|ou|sans oublier|plus|comme|\() ?(?:de |enfin |aussi |également |notamment |surtout )*(?:[a-zà-ÿ]+ ){0,1}$",
            lead,
        ):
            first = False
            continue
        opening, first = first, False
        if rule == "part-after-dont" and "," in gap:
            return  # « dont A, B et C »: B and C are said of the whole again
        if (
            not opening
            and not re.search(r": ?$", lead)
            and re.search(
                r"\b(?:dont|équipée?s? de|dotée?s? de|comprenant|abritant|dans|au sein de|sur|avec)\b[^⟨⟩]*$", lead
            )
        ):
            continue  # another branch speaks of what nests here
        piece = view.thing(i)
        if piece is None or piece.id == whole.id:
            continue
        yield view.claim(piece, "grp:containedIn", whole, view.span((start, word.end)), rule, confidence)


_AFTER_COLON = re.compile(r"(?: (?:de|à|sur) ⟨[OL]\d+⟩)? ?(?::|–|\() ?(?:⟨S\d+⟩[^⟨⟩.;:–]{0,30}, )?")
_AFTER_AREA = re.compile(r"(?: [^⟨⟩.;:–,]{1,30})?, ")
_NEXT_DETAIL = re.compile(r"[^⟨⟩.;:–()]{0,45}(?:, |,? et |, ainsi que )(?:⟨S\d+⟩[^⟨⟩.;:–]{0,30}, )?")
_FILLED = re.compile(
    r"[^⟨⟩.;:]{0,40}(?:⟨[OLD]\d+⟩[^⟨⟩.;:]{0,5})?, que (?:remplissent|composent|constituent|forment|se partagent) "
)


def detailed(view: View) -> Iterator[Claim]:
    """« un atelier : trois robots de drapage, 1 100 m² », « un bâtiment, que remplissent un hall et dix cellules »."""
    places = list(view.mentions("F"))
    for k, i in enumerate(places[:-1]):
        shape, whole = view.mention(i).facility, view.thing(i)
        if whole is None or not view.given(i) or whole.kind in PARTS or (shape is not None and shape.count):
            continue
        after = view.text[view.word(i).end : view.word(places[k + 1]).start]
        own = view.scene.reading.normal.text[view.mention(i).start : view.mention(i).end]
        told = _AFTER_COLON.fullmatch(after) or _FILLED.fullmatch(after)
        if not told and not (" : " in own and _AFTER_AREA.fullmatch(after)):
            continue
        end = view.word(i).end
        for n, j in enumerate(places[k + 1 :]):
            if n and not _NEXT_DETAIL.fullmatch(view.text[end : view.word(j).start]):
                break
            end = view.word(j).end
            piece, said = view.thing(j), view.mention(j).facility
            if piece is None or said is None or piece.id == whole.id or piece.kind == "Building":
                break
            if said.count or said.area or said.determiner in ("un", "une"):
                yield view.claim(piece, "grp:containedIn", whole, view.span(i, j), "part-in-detail", 0.8)


_FRONT_PARTS = re.compile(r"^(?:[ÉE]quipée?|[Dd]otée?|[Pp]ourvue?|[Cc]omposée?|[Mm]unie?|[Ff]orte?) de (?=⟨F)")


def fronted_parts(view: View) -> Iterator[Claim]:
    """« Équipée de vingt colonnes de filtration et d'un laboratoire, la plateforme X … »: the parts come first."""
    if (found := _FRONT_PARTS.match(view.text)) is None:
        return
    pieces = view.walk.listed(view.walk.at(found.end()))
    comma = re.match(r"[^⟨⟩.;:]{0,60}, (?=⟨F)", view.text[view.word(pieces[-1]).end :])
    if comma is not None:
        k = view.walk.at(view.word(pieces[-1]).end + comma.end())
    elif len(pieces) > 1 and view.text[: view.word(pieces[-1]).start].endswith("⟩, "):
        k = pieces[-1]  # the comma after the parts looks like one more of the list
    else:
        return
    whole = view.thing(k)
    for i in pieces:
        piece = view.thing(i)
        if whole is not None and piece is not None and piece.id != whole.id and view.word(i).letter == "F":
            yield view.claim(piece, "grp:containedIn", whole, view.span(i, k), "part-in-front", 0.85)


_FILLS = re.compile(
    r"(?<![\w'])(?:occup(?:e|era|ent)|(?:prend|prendra|prennent) place dans|rejoin(?:t|dra)|s'install(?:e|era) dans) (?=⟨F)"
)


def filling(view: View) -> Iterator[Claim]:
    """« L'équipement occupe un bâtiment de 2 300 m² », « elle occupe 1 500 m² à la plateforme X »."""
    for found in _FILLS.finditer(view.text):
        i = view.walk.at(found.end())
        whole = view.thing(i)
        for j in view.subjects(found.start())[:1]:
            piece = view.thing(j)
            if view.word(j).letter != "F" or piece is None or whole is None or not view.asserted(*found.span()):
                continue
            if view.mention(i).rule != "premises-by-area" and piece.id != whole.id:
                yield view.claim(piece, "grp:containedIn", whole, view.span(j, i), "occupies", 0.8)
    for found in re.finditer(
        r"⟨F(?P<p>\d+)⟩ occup\w+ (?:[a-zé]+ ){0,2}⟨S\d+⟩ (?:de|dans|à|au sein de) (?=⟨F)", view.text
    ):
        i = view.walk.at(found.end())
        piece, whole = view.scene.reading.thing_at(int(found["p"])), view.thing(i)
        if piece is not None and whole is not None and piece.id != whole.id and view.asserted(*found.span()):
            yield view.claim(piece, "grp:containedIn", whole, view.span(found.span(), i), "occupies-part", 0.85)
    for found in re.finditer(r"⟨F(?P<p>\d+)⟩ (?:à|dans|au sein de) (?=⟨F)", view.text):
        mention = view.scene.reading.mentions[int(found["p"])]
        i = view.walk.at(found.end())
        piece, whole = view.scene.reading.thing_at(int(found["p"])), view.thing(i)
        if mention.rule == "premises-by-area" and piece is not None and whole is not None and piece.id != whole.id:
            yield view.claim(piece, "grp:containedIn", whole, view.span(found.span(), i), "area-at", 0.75)


def inside(view: View) -> Iterator[Claim]:
    """« une plateforme installée dans le pavillon S », « X installera une ligne dans la salle blanche »."""
    for found in _IN.finditer(view.text):
        i = view.walk.at(found.end())
        whole = view.thing(i)
        if whole is None or not view.asserted(*found.span()):
            continue
        outer = whole
        before = [
            j
            for j in view.mentions("F")
            if view.word(j).end <= found.start() and view.walk.governed(j) not in ("dans", "sein")
        ]
        piece, start = None, 0
        for j in reversed(before):
            gap = view.text[view.word(j).end : found.start()]
            if re.search(r"[;:.]|⟨[OJP]\d+⟩(?! ?\()", gap) or _NOT_IN.search(gap):
                break
            piece, start = view.thing(j), j
            break
        if piece is not None and piece.id != outer.id and view.mention(i).kind not in ("ProductionLine",):
            yield view.claim(piece, "grp:containedIn", outer, view.span(start, i), "inside-of", 0.85)
            gap = view.text[view.word(start).end : found.start()]
            for j in (
                view.walk.listed(start, step=-1)[1:]
                if re.match(r",? (?:tous|toutes|\w+(?:és|ées|us|ues)\b)", gap)
                else ()
            ):
                other = view.thing(j)
                if other is not None and other.id != outer.id:
                    yield view.claim(other, "grp:containedIn", outer, view.span(j, i), "inside-of-all", 0.75)


_PLACED = re.compile(
    r"^(?:[Aa]ménag|[Ii]nstall|[Hh]éberg|[Ll]og|[Ss]itu|[Ii]mplant|[Ii]ntégr|[Ii]nsér)ée?s? (?:dans|au sein de|au cœur de|sur|à|au (?:\w+ )?(?:étage|niveau|rez-de-chaussée|sous-sol) de) "
)


def fronted_place(view: View) -> Iterator[Claim]:
    """« Aménagée dans le pavillon S de l'hôpital, la plateforme occupe … »."""
    if (found := _PLACED.match(view.text)) is None:
        return
    i = view.walk.at(found.end())
    comma = view.text.find(", ⟨F", found.end())
    if (
        i >= len(view.walk.words)
        or view.word(i).letter != "F"
        or comma < 0
        or "⟨F" in view.text[view.word(i).end : comma]
    ):
        return
    j = view.walk.at(comma + 2)
    whole, piece = view.thing(i), view.thing(j)
    if whole is not None and piece is not None and whole.id != piece.id:
        yield view.claim(piece, "grp:containedIn", whole, view.span(i, j), "fitted-out-in", 0.92)


_THERE = re.compile(
    r"(?<![\w'])y (?:(?:est|sont|sera|seront|a été|ont été) (?:aussi |également |ainsi |désormais )?(?:hébergé|installé|implanté|aménagé|regroupé|accueilli|logé|intégré|construit|créé|réalisé|déployé|prévu)|(?:prend|prendra|prennent|prendront) place|côtoi|trouv|figur|voisin|install|aménag|implant|dispos|exploit|héberg|déploi|ouvr|constru|occup|lou|(?P<does>accueill|reçoi|produi|fabriqu|tourn|fonctionn|assembl))"
)


def there(view: View) -> Iterator[Claim]:
    """« une plateforme y sera hébergée », « le projet y installera une ligne pilote », « X y dispose de 600 m² »."""
    for found in _THERE.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        whole = view.there(found.start())
        if whole is None:
            continue
        subjects = view.subjects(found.start())
        pieces = [i for i in subjects if view.word(i).letter == "F"]
        if not pieces and not found["does"]:
            for i, gap in view.walk.complements(found.end()):
                if view.word(i).letter == "F" and not re.search(r"\b(?:dans|sur|dont|avec|au sein)\b", gap):
                    pieces.append(i)
        pieces = [i for i in pieces if view.thing(i) is not None]
        for i in pieces:
            piece = view.thing(i)
            if piece is None or (piece.kind == "Building" and re.search(r"constru|ouvr|install", found[0])):
                continue  # « X y construit une usine »: there is a town or a site
            if view.scene.root(whole.id) != piece.id and whole.id != piece.id:
                yield view.claim(piece, "grp:containedIn", whole, view.span(found.span(), i), "is-there", 0.75)


_COMPOSE = re.compile(r"(?:composent|constituent|forment|équipent|complètent) ⟨F(?P<w>\d+)⟩ ?: (?=⟨F)")


_BESIDES = re.compile(r"^(?:Outre|En plus de|En sus de|Hormis|À côté de) (?=⟨F)")
_OF_IT = re.compile(
    r"(?<![\w'])en (?:occupe|loue|utilise|partage|exploite|détient|réserve|consacre)(?:ra|nt|ront)? (?=⟨F)"
)


def besides(view: View) -> Iterator[Claim]:
    """« Outre l'atelier, l'usine dispose de … », « X en occupe 1 300 m² »: a part of what is spoken of."""
    if found := _BESIDES.match(view.text):
        i = view.walk.at(found.end())
        comma = re.search(
            r", (?=⟨F\d+⟩ (?:dispos|compren|compt|abrit|accueill|offr|possèd|est |sera |réuni|regroup))",
            view.text[view.word(i).end :],
        )
        piece = view.thing(i)
        if comma is not None and piece is not None:
            k = view.walk.at(view.word(i).end + comma.end())
            whole = view.thing(k)
            if whole is not None and whole.id != piece.id:
                yield view.claim(piece, "grp:containedIn", whole, view.span(i, k), "besides", 0.8)
    for found in _OF_IT.finditer(view.text):
        i = view.walk.at(found.end())
        piece, whole = view.thing(i), view.scene.spoken_of(view.index, back=2)
        if (
            piece is not None
            and whole is not None
            and whole.id != piece.id
            and view.mention(i).rule == "premises-by-area"
        ):
            yield view.claim(piece, "grp:containedIn", whole, view.span(found.span(), i), "part-of-it", 0.8)


def composing(view: View) -> Iterator[Claim]:
    """« Trois équipements composent la plateforme : un séquenceur, un microscope et … »."""
    for found in _COMPOSE.finditer(view.text):
        whole = view.scene.reading.thing_at(int(found["w"]))
        for i in view.walk.listed(view.walk.at(found.end())):
            piece = view.thing(i)
            if whole is not None and piece is not None and piece.id != whole.id:
                yield view.claim(piece, "grp:containedIn", whole, view.span(found.span(), i), "composes", 0.85)
