"""How large a facility is, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Range
from grappe.extract.facilities.scene import OWNERS, View
from grappe.extract.premises_words import FITTINGS, GROUNDS
from grappe.extract.reading import Mention, Thing
from grappe.extract.values import Area
from grappe.model import Literal

__all__ = ["beside", "by_verb", "called", "counts", "floor_area", "fronted", "in_phrase", "only", "that_is"]

_W = r"[^⟨⟩.;:()«»]"
_EXTENT = re.compile(
    r"(?<![\w'])(?:s'éten(?:d|dra|dait)|occup(?:e|era|ait)|couvr(?:e|ira)|totalis(?:e|era)|représent(?:e|era)|mesur(?:e|era)|fait|fera|atteint|atteindra|affich(?:e|era)|développ(?:e|era)|offr(?:e|ira)|compt(?:e|era)|dispos(?:e|era)|bénéfici(?:e|era)|propos(?:e|era)|se déploi(?:e|era)|s'étal(?:e|era)|se répartit|dépass(?:e|era)|avoisin(?:e|era)|compren(?:d|dra)|réuni(?:t|ra)|regroup(?:e|era)|(?:n'en compt|n'offr|ne compt|n'occup|ne fais|ne mesur|ne dispos|ne représent)\w+ que(?: de)?|présent(?:e|era)|possèd(?:e|era)|est de|sera de|(?:est|sera) (?:bâti|construit|implanté|installé|réparti|déployé|édifié|aménagé)e?s? sur)(?![\w'])"
)
_FRONT = re.compile(
    rf"^(?:[Dd]'une (?:surface|superficie|emprise)|[Ss]ur(?: une (?:surface|superficie))?|[Aa]vec (?:ses|une (?:surface|superficie)|près de|plus de)?|[ÉE]tendue?s? sur|[Dd]éployée?s? sur|[Bb]âtie?s? sur|[Rr]épartie?s? sur|[Ii]mplantée?s? sur|[Tt]otalisant|[Oo]ffrant|[Ff]orte? de (?:ses)?|[Dd]e)(?:{_W}{{0,45}}?) ?⟨S(?P<a>\d+)⟩(?P<gap>(?:{_W}|⟨[LDF]\d+⟩|\([^()]*\)){{0,90}}?), (?=⟨F)"
)
_SURFACE = re.compile(
    rf"(?:[Ss]a|[Ll]eur|[Ll]a) (?:surface|superficie)(?: {_W}{{0,20}}?)?(?: de ⟨F(?P<f>\d+)⟩)? (?:est|sera|atteint|atteindra|s'élève|s'élèvera|avoisine|dépasse|représente|sera portée|a été portée|passe|passera)(?: {_W}{{0,20}}?)? ?⟨S(?P<a>\d+)⟩"
)
_THAT_IS = re.compile(rf"(?:, |\()soit (?:{_W}{{0,25}}? )?⟨S(?P<a>\d+)⟩")


_FITTING = re.compile(rf"(?:{FITTINGS})$")
#: A list after a colon that an area ends: « un atelier : trois robots, 1 100 m² ».
_LISTED = r"⟨F(\d+)⟩(?: (?:de|à) ⟨[OL]\d+⟩)? : (?:⟨F\d+⟩(?:, | et ))+$"


def in_phrase(view: View) -> Iterator[Claim]:
    """« un laboratoire de 1200 m² », « 350 m² de salles blanches »."""
    for i in view.mentions("F"):
        mention, thing = view.mention(i), view.thing(i)
        if not view.tells(i):
            continue
        if mention.facility and mention.facility.area and thing is not None and view.given(i):
            sure = {"facility-any-noun": 0.7, "premises-by-area": 0.85}.get(mention.rule, 0.97)
            yield floor_area(thing, mention.facility.area, view.span(i), f"area-in-{mention.rule}", sure)


def counts(view: View) -> Iterator[Claim]:
    """« 3 lignes de production », « un plateau divisé en cinq laboratoires »."""
    for i in view.mentions("F"):
        mention, thing = view.mention(i), view.thing(i)
        if mention.facility is None or mention.facility.count is None or thing is None or not view.given(i):
            continue
        if not view.tells(i):
            continue
        divided = re.search(
            r"⟨F(\d+)⟩,? (?:[^⟨⟩.;,]{0,25})?(?:sub)?(?:divisée?s?|répartie?s?|cloisonnée?s?|découpée?s?) en $",
            view.text[: view.word(i).start],
        )
        whole = view.scene.reading.thing_at(int(divided[1])) if divided else None
        number = Literal(str(mention.facility.count), "xsd:integer")
        if whole is not None:
            yield view.claim(whole, "grp:unitCount", number, view.span(i), "divided-into", 0.7)
        elif mention.kind == "LaboratoryFacility" and mention.facility.area is None:
            yield view.claim(thing, "grp:unitCount", number, view.span(i), "count-of-laboratories", 0.6)
        elif _FITTING.match(mention.facility.noun):
            yield view.claim(thing, "grp:unitCount", number, view.span(i), "count-of-fittings", 0.9)
        else:
            yield view.claim(thing, "grp:unitCount", number, view.span(i), "count-in-phrase", 0.93)


def by_verb(view: View) -> Iterator[Claim]:
    """« la plateforme occupe une surface de plancher de 620 m² », « il s'étend sur 3 000 m² »."""
    for found in _EXTENT.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        listed = [
            (i, m)
            for i, gap in view.walk.complements(found.end())
            for m in [view.mention(i)]
            if m.kind == "area" and re.search(r"(?:,| et) (?:de )?$", gap)
        ]
        area = next(((i, m) for i, gap in view.walk.complements(found.end()) for m in [view.mention(i)]), (None, None))
        i, mention = area
        if listed and mention is not None and mention.kind != "area":
            i, mention = listed[0]
        if i is None or mention is None or mention.kind != "area" or not (value := _whole(mention)):
            continue
        gap = view.text[found.end() : view.word(i).start]
        if re.match(
            r" (?:de |d')(?!plancher|surface|superficie|locaux|bâti|shon|espaces?\b)[a-zà-ÿ]",
            view.text[view.word(i).end :],
            re.I,
        ):
            continue  # « 3 700 m² de panneaux »
        if GROUNDS.search(gap) or re.match(r" (?:de )?⟨F", view.text[view.word(i).end :]):
            continue
        subjects = view.subjects(found.start())
        facilities = [t for j in subjects if view.word(j).letter == "F" and (t := view.thing(j)) is not None]
        if facilities:
            yield floor_area(facilities[0], value, view.span(subjects[0], i), "area-by-verb", 0.93)
        elif (
            not subjects
            and view.told
            and view.subjectless(found.start())
            and (spoken := view.scene.spoken_of(view.index, back=1)) is not None
        ):
            yield floor_area(spoken, value, view.span(found.span(), i), "area-by-verb-of-spoken", 0.6)


def beside(view: View) -> Iterator[Claim]:
    """« l'immeuble Nantes Biotech (3 800 m²) », « deux bâtiments, 15 000 m² en tout, », « le hall A de 300 m² »."""
    for i in view.mentions("S"):
        value = _whole(view.mention(i))
        if value is None:
            continue
        before, after = view.text[: view.word(i).start], view.text[view.word(i).end :]
        owned = r"(?:(?: \w+e?s?)? (?:de|à) ⟨[OJL]\d+⟩)?"
        loose = r"(?! (?:de |d')?⟨F)(?! (?:de |d')(?!plain-pied|plancher|surface|superficie|bâti|SHON)\w)"
        for rule, confidence, expression, follow in (
            ("area-in-brackets", 0.95, rf"⟨F(\d+)⟩{owned}(?: {_W}{{1,30}}?)? ?\((?:⟨[OLD]\d+⟩,? ?)*(?:{_W}{{0,30}}? )?(?:de )?$", loose),
            ("area-after-details", 0.85, _LISTED, loose),
            ("area-after-colon", 0.85, rf"⟨F(\d+)⟩{owned} : $", loose),
            ("area-that-it-is", 0.9, r"⟨F(\d+)⟩,? (?:c'est|ce sont|ce sera|ce seront|cela fait) (?:environ |plus de |près de )?$", loose),
            ("area-in-apposition", 0.85, rf"⟨F(\d+)⟩{owned}(?: [\w'-]+){{0,3}}, (?:(?:environ|plus de|près de|quelque) )?$", loose),
            ("area-of-surface", 0.93, rf"⟨F(\d+)⟩{owned}(?:{_W}|⟨[LDO]\d+⟩){{0,70}}?,? (?:d'une|sur une|offrant une|présentant une|représentant une|avec une|pour une|totalisant une|développant une) (?:surface|superficie){_W}{{0,40}}$", ""),
            ("area-after-de", 0.9, r"⟨F(\d+)⟩(?: (?!et |ou |dont |avec |qui |à |par )[\w'-]+){0,6},? (?:de|d'environ|de près de|de plus de|d'un total de|totalisant|représentant|offrant|couvrant|développant|occupant|mesurant) (?:(?:plus|près) de |environ |quelque )?$", ""),
            ("area-brought-to", 0.8, rf"⟨F(\d+)⟩{owned}(?:{_W}|⟨[LDO]\d+⟩){{0,40}},? (?:portée?s?|étendue?s?|agrandie?s?) à (?:environ |près de |quelque )?$", loose),
            ("area-after-dash", 0.8, rf"⟨F(\d+)⟩{owned} – (?:environ |plus de |près de |quelque )?$", loose),
            ("area-after-sur", 0.75, rf"⟨F(\d+)⟩(?:{_W}|⟨[LD]\d+⟩){{0,60}}? sur (?:environ |plus de |près de |quelque )?$", loose),
        ):  # fmt: skip
            found = re.search(expression, before)
            if found is None or GROUNDS.search(found[0][found[0].index("⟩") :]) or re.search(r"\bdont\b", found[0]):
                continue
            if follow and not re.match(follow, after):
                continue
            j = next(k for k, w in enumerate(view.walk.words) if w.number == int(found[1]))
            thing = view.thing(j)
            if thing is not None and (view.given(j)):
                yield floor_area(thing, value, view.span(j, i), rule, confidence)
                break


def fronted(view: View) -> Iterator[Claim]:
    """« D'une superficie totale d'environ 6 500 m², le bâtiment … », « Sa surface est de 900 m² »."""
    if (found := _FRONT.match(view.text)) and not GROUNDS.search(found[0]):
        value = _whole(view.scene.reading.mentions[int(found["a"])])
        i = view.walk.at(found.end())
        thing = view.thing(i)
        if value is not None and thing is not None:
            yield floor_area(thing, value, view.span(found.span(), i), "area-in-front", 0.9)
    for found in _SURFACE.finditer(view.text):
        value = _whole(view.scene.reading.mentions[int(found["a"])])
        named = view.scene.reading.thing_at(int(found["f"])) if found["f"] else None
        thing = named or view.scene.spoken_of(view.index, back=2)
        if value is not None and thing is not None and view.asserted(*found.span()):
            yield floor_area(thing, value, view.span(found.span()), "its-surface", 0.8)


def that_is(view: View) -> Iterator[Claim]:
    """« quatre salles blanches en environnement BPF, soit 140 m2 au total »."""
    for found in _THAT_IS.finditer(view.text):
        value = _whole(view.scene.reading.mentions[int(found["a"])])
        nearest = [i for i in view.mentions("F") if view.word(i).end <= found.start()]
        thing = view.thing(nearest[-1]) if nearest else None
        if value is None or thing is None or not view.given(nearest[-1]):
            continue
        if not re.search(r"[.;]|⟨[SM]", view.text[view.word(nearest[-1]).end : found.start()]):
            yield floor_area(thing, value, view.span(nearest[-1], found.span()), "that-is-area", 0.88)


_ONLY = re.compile(
    r"⟨F(?P<f>\d+)⟩[^⟨⟩.;]{0,30} n'en (?:compte|fait|mesure|occupe|offre|totalise)(?:ra)? que (?P<number>\d{1,3}(?:[ .]?\d{3})*)(?! ?(?:\w|%|⟨))"
)


def only(view: View) -> Iterator[Claim]:
    """« Son site actuel n'en compte que 1 500. » after an area: so many square metres."""
    for found in _ONLY.finditer(view.text):
        before = " ".join(m.text for m in view.scene.reading.masked[max(0, view.index - 1) : view.index])
        thing = view.scene.reading.thing_at(int(found["f"]))
        sized = "⟨S" in before or any(
            (s := view.scene.reading.mentions[int(n)].facility) is not None and s.area is not None
            for n in re.findall(r"⟨F(\d+)⟩", before)
        )
        if thing is not None and sized:
            number = Literal(re.sub(r"\D", "", found["number"]), "xsd:decimal")
            yield view.claim(thing, "grp:floorAreaM2", number, view.span(found.span()), "only-so-many", 0.75)


_CALLED = re.compile(
    r"^(?:[–•-] )?(?:Les |Ces |L'ensemble, )?⟨S(?P<a>\d+)⟩ (?:de plancher |supplémentaires )?(?:seront|sont|ont été|accueill\w+|abrit\w+|s'ouvr\w+|compt\w+|compren\w+|regroup\w+|héberg\w+|réuni\w+|se répart\w+)"
)


_THESE = re.compile(
    r"⟨O(?P<o>\d+)⟩(?:,? (?:qui )?| )(?:y )?(?:exploite|occupe|loue|gère|utilise|partage|possède)(?:nt|ra|ront)? (?:déjà |seule? )?⟨S(?P<a>\d+)⟩(?! de )"
)
_AREA_OF = re.compile(r"^(?:[–•-] )?(?:Les |Ces )?⟨S(?P<a>\d+)⟩ de (?=⟨F)")


def called(view: View) -> Iterator[Claim]:
    """« Les 1 900 m² seront livrés au début de 2024 »: the area of the facility just spoken of."""
    if front := _AREA_OF.match(view.text):
        i = view.walk.at(front.end())
        value, whole = _whole(view.scene.reading.mentions[int(front["a"])]), view.thing(i)
        if value is not None and whole is not None:
            yield floor_area(whole, value, view.span(front.span(), i), "area-of-it", 0.8)
    if found := _THESE.search(view.text):
        value = _whole(view.scene.reading.mentions[int(found["a"])])
        thing, body = view.scene.spoken_of(view.index, back=1), view.scene.reading.thing_at(int(found["o"]))
        these = _lead(view, int(found["a"])).endswith("ces ")
        if these and value is not None and thing is not None and body is not None and view.asserted(*found.span()):
            yield floor_area(thing, value, view.span(found.span()), "called-by-area", 0.8)
            if body.kind in OWNERS:
                yield view.claim(body, "grp:hasFacility", thing, view.span(found.span()), "has-these-metres", 0.8)
    if found := _CALLED.match(view.text):
        value = _whole(view.scene.reading.mentions[int(found["a"])])
        thing = view.scene.spoken_of(view.index, back=1)
        if value is not None and thing is not None:
            yield floor_area(thing, value, view.span(found.span()), "called-by-area", 0.7)


def _lead(view: View, number: int) -> str:
    """Return the words before a mention, its article among them, which masks leave out."""
    start = view.scene.reading.mentions[number].start
    return view.scene.reading.normal.text[max(0, start - 12) : start]


def _whole(mention: Mention) -> Area | None:
    value = mention.value
    return value if isinstance(value, Area) and not value.range and not value.each else None


def floor_area(thing: Thing, area: Area, span: Range, rule: str, confidence: float) -> Claim:
    """Return the claim that a facility has an area."""
    number = format(area.square_metres.normalize(), "f")
    return Claim(thing.id, "grp:floorAreaM2", Literal(number, "xsd:decimal"), span, rule, confidence)
