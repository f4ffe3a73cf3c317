"""Who has a facility: owner, operator, occupant, host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Range
from grappe.extract.facilities.scene import OWNERS, View
from grappe.extract.premises_words import POSSESSIVE
from grappe.extract.reading import Thing

__all__ = [
    "at_host",
    "by_verb",
    "hosting",
    "joining",
    "moving_in",
    "of_owner",
    "on_site_of",
    "possessed",
    "run_by",
    "with_in_front",
    "working_in",
]

_W = r"[^⟨⟩.;:()«»]"
#: Verbs that say by themselves that their subject has the thing, with the preposition of their object.
_HAS = re.compile(
    r"(?<![\w'])(?P<verb>dispos(?:e|era|ent|eront|ait|ant)(?: [a-zà-ÿ']+){0,2} d[e']?|possèd(?:e|era|ent)|exploit(?:e|era|ent|eront)|occup(?:e|era|ent|eront)|gèr(?:e|era|ent)|détien(?:t|nent|dra)|lou(?:e|era|ent)|opèr(?:e|era|ent)|héberg(?:e|era|ent)|abrit(?:e|era|ent)"
    r"|s'est (?:également |aussi |récemment )?(?:doté|équipé)e?s?|se sont dotée?s|se dotent|se dote|s'équipent|s'équipe|(?:est|sont) (?:également |désormais )?(?:doté|équipé)e?s?|(?:a|ont|vient d'|viennent d')(?: [a-zà-ÿ]+){0,2} ?(?:ouvert|ouvrir|inauguré|inaugurer|installé|acquis|acquérir|acheté|racheté|construit|mis en (?:service|route|marche|exploitation)|aménagé|repris|investi(?= ⟨F))"
    r"|ouvr(?:e|ent)|inaugur(?:e|ent)|met en service|mettent en service|construi(?:t|sent)|(?:fait|font|fera) (?:construire|bâtir|édifier)|dispos(?:e|era|ent)(?=[^⟨⟩.;]{0,40}(?:⟨L\d+⟩,?)? de ⟨F)|bâti(?:t|ssent)|érige|édifie|aménage|élèv(?:e|ent)(?= ⟨F)|install(?:e|ent)|⟨E\d+⟩)(?![\w'])"
)
_MAKES = re.compile(r"constru|bâti|érige|édifie|aménag|élèv|install")


def by_verb(view: View) -> Iterator[Claim]:
    """« CiTHERA a ouvert en 2020 un laboratoire », « X dispose d'une salle blanche », « X y construit un bâtiment »."""
    for found in _HAS.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        verb = found["verb"]
        if verb.startswith("⟨"):
            event = view.mention(view.walk.at(found.start()))
            if event.kind != "Inauguration" or event.rule != "event-verb":
                continue
        subjects = view.subjects(found.start())
        bodies = [t for i in subjects if view.word(i).letter in "OJ" and (t := view.thing(i)) is not None]
        if not bodies or len(bodies) != len(subjects):
            continue
        previous = -1
        for i, gap in view.walk.complements(found.end()):
            word = view.word(i)
            if word.letter != "F":
                if word.letter in "OJP" and previous < 0 and not view.walk.governed(i):
                    break
                continue
            if (
                view.walk.governed(i) not in ("", "de")
                or re.search(r"\b(?:dont|avec|dans|sur|au sein|pour)\b", gap)
                or re.search(r"équipée?s? de|dotée?s? de|comprenant|abritant", gap)
            ):
                previous = i if previous < 0 else previous
                continue
            if previous >= 0 and not re.search(r"(?:,|et|ainsi que) (?:de )?$", gap):
                break
            previous = i
            facility = view.thing(i)
            if facility is None:
                continue
            for body in bodies:
                if body.kind not in OWNERS:
                    continue
                if (
                    _MAKES.match(verb)
                    and not verb.startswith("f")
                    and body.kind not in ("Company", "Laboratory", "Hospital")
                ):
                    continue
                if verb.startswith(("⟨", "inaugur", "a inaug", "ont inaug")) and len(bodies) > 1:
                    continue
                rule, sure = (
                    ("inaugurates", 0.75)
                    if verb.startswith(("⟨", "inaugur", "a inaug"))
                    else ("builds-for-itself", 0.8)
                    if _MAKES.match(verb)
                    else ("opens", 0.85)
                    if re.search(r"ouv", verb)
                    else ("has-by-verb", 0.93)
                )
                yield view.claim(body, "grp:hasFacility", facility, view.span(*subjects, i), rule, sure)


def of_owner(view: View) -> Iterator[Claim]:
    """« les 650 m² de l'ART-TG », « le spectromètre de masse de l'institut », « propriété de X », « 4 700 m² à l'IHU »."""
    for i in view.mentions("F"):
        after = view.text[view.word(i).end :]
        mention, facility = view.mention(i), view.thing(i)
        if facility is None:
            continue
        found = re.match(
            r"(?: \([^()]*\))?(?: (?!et |ou |dont |avec |qui |sur |dans )[\w'-]+){0,2} (?P<link>de|à|pour|chez) ⟨(?P<sort>[OJ])\d+⟩",
            after,
        )
        if found is None:
            continue
        k = view.walk.at(view.word(i).end + found.start("sort") - 1)
        body = view.thing(k)
        if body is None or (found["link"] != "de" and mention.rule != "premises-by-area"):
            continue
        if not view.given(i) or body.kind not in OWNERS:
            continue
        if mention.facility and mention.facility.noun == "locaux" and not mention.facility.area:
            continue  # « dans les locaux de X »: a place to meet
        if (
            mention.kind == "LaboratoryFacility"
            and mention.facility
            and mention.facility.count
            and not mention.facility.area
        ):
            continue
        for j in view.walk.listed(k):
            other = view.thing(j)
            if other is not None and other.kind in OWNERS and (j == k or view.walk.governed(j) == "de"):
                yield view.claim(
                    other,
                    "grp:hasFacility",
                    facility,
                    view.span(i, j),
                    "of-owner",
                    0.88 if mention.rule == "premises-by-area" else 0.8,
                )


_RUN = re.compile(
    rf"(?:,? (?:qui )?(?:est |sont |sera |seront |a été |ont été )?(?:également |aujourd'hui |désormais |entièrement |conjointement )?(?P<verb>exploit|opér|gér|déten|acqui|achet|rachet|lou|occup|utilis|hébergé|partag|anim)(?:ée?s?|u|ue|ues|us|s|se|ses)?(?:{_W}|⟨[DLY]\d+⟩|\([^()]*\)){{0,40}}? par |,? communs? à |,? communes? à |,? mutualisée?s? (?:entre|avec) |,? (?:\()?propriété de |,? appartenant (?:à|aux) |,? qui appartient à )(?=⟨[OJ])"
)
_RESERVED = re.compile(
    rf"(?<![\w'])(?:réserv|attribu|affect|destin|lou|confi|cédé|rattach|mise?s? à (?:la )?disposition|profit|dédi)(?:ée?s?|e|era|eront|ent)? (?:exclusivement )?(?:à|de|par)(?: {_W}{{0,50}}?)? ?(?:de )?(?=⟨[O]\d+⟩)"
)
_FRONT = re.compile(r"^(?:[Pp]ropriété|[Pp]atrimoine) de (?=⟨O\d+⟩)")


def run_by(view: View) -> Iterator[Claim]:
    """« un laboratoire exploité par X », « deux bâtiments acquis en 2014 par A et B », « propriété de X »."""
    for expression, rule, sure in ((_RUN, "run-by", 0.9), (_RESERVED, "reserved-to", 0.75)):
        for found in expression.finditer(view.text):
            if not view.asserted(*found.span()):
                continue
            k = view.walk.at(found.end())
            facility = _facility_of(view, found.start())
            shared = re.match(r",? (?:communs?|communes?|mutuali)", found[0]) is not None
            if shared and not re.search(r"⟨F\d+⟩(?: \([^()]*\))?$", view.text[: found.start()]):
                continue  # « gérée par l'unité X, commune à A et B »: the unit is
            if facility is None or k >= len(view.walk.words):
                continue
            for j in view.walk.listed(k):
                body = view.thing(j)
                if body is None or (
                    body.kind not in OWNERS and not (body.kind == "PublicAuthority" and rule == "run-by")
                ):
                    continue
                name = "property-of" if "propri" in found[0] or "appart" in found[0] else rule
                yield view.claim(
                    body, "grp:hasFacility", facility[1], view.span(facility[0], found.span(), j), name, sure
                )
    if front := _FRONT.match(view.text):
        k = view.walk.at(front.end())
        comma = view.text.find(", ⟨F", front.end())
        body = view.thing(k)
        if comma > 0 and body is not None:
            i = view.walk.at(comma + 2)
            owned = view.thing(i)
            if owned is not None:
                yield view.claim(body, "grp:hasFacility", owned, view.span(k, i), "property-of", 0.92)


def _facility_of(view: View, place: int) -> tuple[Range, Thing] | None:
    """Return the facility that a participle or verb at a place speaks of: the subject, or the nearest before it."""
    subjects = view.subjects(place)
    if re.match(r",? (?:qui )?(?:est|sont|sera|a été|ont été)\b", view.text[place:]) or re.match(
        r"(?:profit|est|sont|sera)", view.text[place:]
    ):
        for i in subjects:
            thing = view.thing(i)
            if view.word(i).letter == "F" and thing is not None:
                return (view.word(i).start, view.word(i).end), thing
    cut = max(view.text.rfind(";", 0, place), view.text.rfind(":", 0, place), 0)
    before = [i for i in view.mentions("F") if cut <= view.word(i).start and view.word(i).end <= place]
    if before:
        i = before[-1]
        gap = view.text[view.word(i).end : place]
        thing = view.thing(i)
        if thing is not None and not re.search(r"⟨[OJP]\d+⟩(?! ?\))[^,]*$", gap):
            return (view.word(i).start, view.word(i).end), thing
    ahead = re.match(r"[^⟨⟩.;]*(?:⟨[OL]\d+⟩[^⟨⟩.;]{0,60}){1,2}, (?=⟨F)", view.text[place:])
    if ahead is not None and not before:
        i = view.walk.at(place + ahead.end())
        thing = view.thing(i)
        if thing is not None:
            return (view.word(i).start, view.word(i).end), thing
    return None


_HOST = re.compile(
    r"(?<![\w'])(?:accueill(?:e|era|ent|eront|ant)|héberg(?:e|era|ent|eront|eant)|abrit(?:e|era|ent|eront|ant)|regroup(?:e|era|ent|eront|ant)|réuni(?:t|ra|ssant)|logera|loge)(?![\w'])"
)


def hosting(view: View) -> Iterator[Claim]:
    """« le bâtiment qui accueillera l'institut », « ces bâtiments abritent A et B »."""
    for found in _HOST.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        subjects = view.subjects(found.start())
        if found[0].endswith("ant"):
            pair = _facility_of(view, found.start())
            facility, where = (pair[1], pair[0]) if pair else (None, (0, 1))
        else:
            facility = view.thing(subjects[0]) if subjects and view.word(subjects[0]).letter == "F" else None
            where = (view.word(subjects[0]).start, view.word(subjects[0]).end) if subjects else (0, 1)
        if facility is None:
            continue
        for i in _after_colon(view, found.end()):
            body = view.thing(i)
            if body is not None and body.kind in OWNERS:
                yield view.claim(body, "grp:hasFacility", facility, view.span(where, i), "hosts-listed", 0.8)
        for i, gap in view.walk.complements(found.end()):
            word, body = view.word(i), view.thing(i)
            if word.letter in "FP" or re.search(r"\b(?:financ|soutenu|grâce|avec|dans|sur|par|en lien|pour)\w*\b", gap):
                break
            if word.letter != "O" or body is None or body.kind not in OWNERS:
                continue
            if view.walk.governed(i) not in ("", ":") and not re.search(
                r"(?:équipes?|chercheurs|activités|services|laboratoires|bureaux|siège|locaux)(?: [\w'-]+){0,4} de $",
                gap,
            ):
                continue
            yield view.claim(body, "grp:hasFacility", facility, view.span(where, i), "hosts", 0.85)


def _after_colon(view: View, place: int) -> Iterator[int]:
    """« abritent deux centres de X : A, que dirige P, tourné vers …, et B »: the members of the list."""
    colon = re.search(r"^[^.;:]*? : ", view.text[place:])
    if colon is None:
        return
    begin = place + colon.end()
    for i in view.mentions("O"):
        start = view.word(i).start
        between = view.text[begin:start]
        if start == begin or (
            start > begin and re.search(r"(?:, et|, ainsi que| et) $", between) and not re.search(r"[.;]", between)
        ):
            yield i


_AT = re.compile(r"⟨F(?P<f>\d+)⟩(?: [\w'-]+){0,2},? à (?=⟨O)")
_MADE_AT = re.compile(
    r"^(?:[–•-] )?[àÀ] (?=⟨O)[^⟨⟩]*⟨O\d+⟩(?: \([^()]*\))?, (?:la |l')?(?:création|construction|extension|installation|acquisition|ouverture|rénovation|réhabilitation|restructuration)(?: et [\w' ]{3,25})? de (?=⟨F)"
)


_HOUSED_AT = re.compile(
    r"^(?:[–•-] )?(?:[Ii]nstallée?|[Hh]ébergée?|[Ll]ogée?|[Aa]britée?|[Ii]mplantée?|[Aa]ccueillie?|[Nn]ichée?) (?:à|au sein de|par|chez|dans|dans les (?:locaux|murs) de|sur le (?:site|campus) de) ⟨O(?P<o>\d+)⟩(?: \([^()]*\))?(?:,? à ⟨L\d+⟩)?, (?=⟨F)"
)
_HOUSING = frozenset({"Hospital", "University", "Laboratory", "ResearchOrganization", "Cluster"})


def at_host(view: View) -> Iterator[Claim]:
    """« la plateforme X, à l'hôpital Y », « à l'université Y, la création d'une plateforme »: the host has it."""
    for found in _AT.finditer(view.text):
        k = view.walk.at(found.end())
        body, facility = view.thing(k), view.scene.reading.thing_at(int(found["f"]))
        if body is not None and facility is not None and body.kind in ("Hospital", "University") and view.told:
            yield view.claim(body, "grp:hasFacility", facility, view.span(found.span(), k), "at-host", 0.65)
    if front := _HOUSED_AT.match(view.text):
        k, i = view.walk.at(front.start("o") - 2), view.walk.at(front.end())
        body, facility = view.thing(k), view.thing(i)
        if body is not None and facility is not None and body.kind in _HOUSING:
            yield view.claim(body, "grp:hasFacility", facility, view.span(k, i), "housed-at", 0.8)
    if front := _MADE_AT.match(view.text):
        k = next(view.mentions("O"))
        i = view.walk.at(front.end())
        body, facility = view.thing(k), view.thing(i)
        if body is not None and facility is not None and body.kind in OWNERS:
            yield view.claim(body, "grp:hasFacility", facility, view.span(k, i), "made-at-host", 0.75)


_SITE = re.compile(
    r"(?<![\w'])(?:sur|dans|au sein de|à proximité immédiate de|au cœur de)(?: [a-zà-ÿ]+)?,? ?(?:(?:site|campus|enceinte|locaux|murs|emprise|terrains?|terres) (?:[a-zà-ÿ]+ )?de )(?=⟨O)|(?<![\w'])(?:au sein de|dans|au cœur de) (?=⟨O)|(?<![\w'])(?:installée?s?|hébergée?s?|implantée?s?|située?s?|logée?s?) (?:au sein de|chez|à|dans) (?=⟨O)"
)


def on_site_of(view: View) -> Iterator[Claim]:
    """« sur le site de l'hôpital », « au sein du centre X »: the host has what is there."""
    for found in _SITE.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        k = view.walk.at(found.end())
        body = view.thing(k)
        if body is None or body.kind not in (
            "Hospital",
            "University",
            "Laboratory",
            "ResearchOrganization",
            "Company",
            "Cluster",
        ):
            continue
        before = [i for i in view.mentions("F") if view.word(i).end <= found.start()]
        if not before:
            continue
        i = before[-1]
        gap = view.text[view.word(i).end : found.start()]
        facility = view.thing(i)
        if facility is not None and not re.search(r"[;:.]", gap) and len(gap) < 110:
            site = bool(re.search(r"site|campus|enceinte|locaux|murs", found[0]))
            yield view.claim(body, "grp:hasFacility", facility, view.span(i, k), "on-site-of", 0.8 if site else 0.65)


_MOVES = re.compile(
    r"(?<![\w'])(?P<y>y |s'y |en )?(?:(?:est|sont|sera|seront|s'est|se sont|a|ont) (?:également |désormais |aussi |bientôt |déjà )?(?:installée?s?|hébergée?s?|implantée?s?|logée?s?|emménagé|regroupée?s?|pris (?:ses|leurs) quartiers|investi|accueillie?s?|basée?s?)|emménag(?:e|era|ent|eront)|install(?:e|era|ent|eront)|s'install(?:e|era|ent|eront)|s'implant(?:e|era|ent)|dispos(?:e|era|ent|eront)|développ(?:e|era)|occup(?:e|era|ent)|prendra ses quartiers|rejoin(?:t|dra)|poursuit|mèn(?:e|era|ent)|conduit|exploit(?:e|era|ent))(?![\w'])"
)


def moving_in(view: View) -> Iterator[Claim]:
    """« elle emménagera en juin », « X y est installé », « X a pris ses quartiers au deuxième étage »."""
    for found in _MOVES.finditer(view.text):
        there = bool(found["y"] and found["y"].strip() in ("y", "s'y"))
        verb = found[0]
        if not there and not re.search(r"emménag|quartiers|s'install", verb):
            continue
        if not view.asserted(*found.span()):
            continue
        subjects = view.subjects(found.start())
        bodies = [
            t for i in subjects if view.word(i).letter in "OJ" and (t := view.thing(i)) is not None and t.kind in OWNERS
        ]
        rest = view.text[found.end() :]
        ahead = next(((i, gap) for i, gap in view.walk.complements(found.end()) if view.word(i).letter in "FL"), None)
        if re.match(r" (?:[\w']+ ){0,3}?(?:à|sur|en) ⟨L", rest) and not there:
            continue
        if ahead is not None and view.word(ahead[0]).letter == "F":
            continue
        if re.search(r"dispos|développ|mèn|conduit|poursuit|exploit", verb):
            continue
        place = (
            view.there(found.start()) if there else view.scene.spoken_of(view.index, back=6, far=True, buildings=True)
        )
        if place is None:
            continue
        for body in bodies:
            yield view.claim(
                body,
                "grp:hasFacility",
                place,
                view.span(*subjects, found.span()),
                "moves-in-there" if there else "moves-in",
                0.8 if there else 0.6,
            )


_JOINED = re.compile(
    r"(?:[Ll]'y (?:rejoint|rejoignent|rejoindra)|[Ss]'y (?:ajoute|trouve|installe)(?:nt)?(?: aussi| également)?|[Yy] (?:est|sont) (?:aussi |également )?(?:installée?s?|hébergée?s?|accueillie?s?)) (?=⟨O)"
)


def joining(view: View) -> Iterator[Claim]:
    """« L'y rejoint la jeune pousse X »: the subject comes after the verb."""
    for found in _JOINED.finditer(view.text):
        k = view.walk.at(found.end())
        place = view.there(found.start())
        if place is None or not view.asserted(*found.span()):
            continue
        for j in view.walk.listed(k):
            body = view.thing(j)
            if body is not None and body.kind in OWNERS:
                yield view.claim(body, "grp:hasFacility", place, view.span(found.span(), j), "joins-there", 0.7)


_WORKS = re.compile(
    r"(?<![\w'])(?:(?:est|sont|sera|seront|a été|ont été) (?:également |désormais |actuellement |aujourd'hui )?(?:installée?s?|implantée?s?|hébergée?s?|logée?s?|basée?s?|située?s?|conduite?s?|menée?s?|réalisée?s?|produite?s?|accueillie?s?|mise?s? en œuvre|déployée?s?)|(?:a|ont) (?:emménagé|pris (?:ses|leurs) quartiers)|s'(?:est|install|implant)\w*(?: installée?)?|emménag\w+|se trouv\w+|(?:travaill|produi|fabriqu|assembl|mèn|condui|développ|exerc|install)\w*)(?![\w'])(?:[^⟨⟩.;:]|⟨[DL]\d+⟩){0,60}? (?:dans|au sein de|sur) (?:[a-zà-ÿ]+ ){0,2}?(?=⟨F)"
)


def _teams(view: View, place: int) -> tuple[int, ...]:
    """« Les équipes de l'unité X seront hébergées dans … »: the body whose people are the subject."""
    found = re.search(
        r"(?:équipes?|chercheurs|scientifiques|activités|services|étudiants|salariés|personnels) (?:[\w'-]+ ){0,3}de (?=⟨O\d+⟩[^⟨⟩]*$)",
        view.text[:place],
    )
    return tuple(view.walk.listed(view.walk.at(found.end()))) if found else ()


def working_in(view: View) -> Iterator[Claim]:
    """« le projet sera conduit dans un laboratoire de 320 m² », « X est installé dans un bâtiment de 900 m² »."""
    for found in _WORKS.finditer(view.text):
        if not view.asserted(*found.span()):
            continue
        i = view.walk.at(found.end())
        facility = view.thing(i)
        subjects = view.subjects(found.start()) or _teams(view, found.start())
        for j in subjects:
            body = view.thing(j)
            if facility is not None and body is not None and view.word(j).letter in "OJ" and body.kind in OWNERS:
                yield view.claim(body, "grp:hasFacility", facility, view.span(j, i), "works-in", 0.8)


def possessed(view: View) -> Iterator[Claim]:
    """« Sa plateforme de bioproduction », « X ouvre son laboratoire »: the facility of the one spoken of."""
    if not view.told:
        return
    for i in view.mentions("F"):
        mention, facility = view.mention(i), view.thing(i)
        if facility is None or mention.facility is None or not view.given(i):
            continue
        if mention.facility.determiner not in POSSESSIVE:
            phrase = view.scene.reading.normal.text[mention.start : mention.end]
            whose = re.match(r"(?:ancien|actuel)(?:le)? (?:site|siège|usine|bâtiment|atelier|laboratoire)$", phrase)
            if whose and (owner := _spoken_body(view)) is not None:
                yield view.claim(owner, "grp:hasFacility", facility, view.span(i), "former-of-spoken", 0.65)
            continue
        many = mention.facility.determiner in ("leur", "leurs")
        bodies = [j for j in view.subjects(view.word(i).start) if j < i]
        if bodies and all(view.word(j).letter in "OJ" for j in bodies) and (len(bodies) > 1) == many:
            for j in bodies:
                body = view.thing(j)
                if body is not None and body.kind in OWNERS:
                    yield view.claim(body, "grp:hasFacility", facility, view.span(j, i), "possessive", 0.8)
        elif not bodies and (ahead := _subject_after(view, i)) is not None:
            yield view.claim(ahead[1], "grp:hasFacility", facility, view.span(i, ahead[0]), "possessive-in-front", 0.8)
        elif not bodies and not many and (owner := _spoken_body(view)) is not None:
            yield view.claim(owner, "grp:hasFacility", facility, view.span(i), "possessive-of-spoken", 0.7)


def _subject_after(view: View, i: int) -> tuple[int, Thing] | None:
    """« Au sein de ses 1 100 m² de locaux, X développe … »: the subject after a phrase in front."""
    if not view.walk.governed(i) or ", " not in view.text[view.word(i).end :]:
        return None
    for j in view.mentions("OJ"):
        if j > i:
            body = view.thing(j)
            plain = re.search(r", $", view.text[: view.word(j).start])
            return (j, body) if plain and body is not None and body.kind in OWNERS else None
    return None


_FRONTED = re.compile(
    r"^(?:[Aa]vec|[Ff]orte? de|[Dd]otée?s? de|[Éé]quipée?s? de|[Pp]ropriétaire de|[Ii]nstallée?s? (?:dans|sur|au sein de)|[Ii]mplantée?s? (?:dans|sur)|[Hh]ébergée?s? (?:dans|sur|au sein de)|[Dd]ans) (?:[a-zà-ÿ]+ ){0,2}?(?=⟨F)"
)
_THAT_HAS = re.compile(
    rf"⟨F(?P<f>\d+)⟩(?:{_W}|⟨[LDS]\d+⟩){{0,40}}?,? que (?:(?=⟨O\d+⟩ (?:loue|exploite|possède|occupe|gère|utilise|a (?:acquis|acheté|ouvert|construit))\b)|(?P<verb>construit|exploite|possède|gère|occupe|inaugure|ouvre|opère|loue|détient|bâtit|aménage|vient d'ouvrir|partagent|exploitent|possèdent|construisent)(?: (?:actuellement|aujourd'hui|déjà))? )(?=⟨O)"
)


def with_in_front(view: View) -> Iterator[Claim]:
    """« Avec 2 400 m² de serres, X … », « le data center que construit X »."""
    if front := _FRONTED.match(view.text):
        i = view.walk.at(front.end())
        facility, ahead = view.thing(i), _subject_after(view, i)
        if facility is not None and ahead is not None and not front[0].startswith("Dans"):
            yield view.claim(ahead[1], "grp:hasFacility", facility, view.span(i, ahead[0]), "with-in-front", 0.75)
    for found in _THAT_HAS.finditer(view.text):
        k = view.walk.at(found.end())
        facility = view.scene.reading.thing_at(int(found["f"]))
        for j in view.walk.listed(k):
            body = view.thing(j)
            if facility is None or body is None or body.kind not in OWNERS or not view.asserted(*found.span()):
                continue
            if re.match(r"constru|bâti|aménag", found["verb"] or "") and body.kind not in (
                "Company",
                "Laboratory",
                "Hospital",
            ):
                continue
            yield view.claim(body, "grp:hasFacility", facility, view.span(found.span(), j), "that-it-has", 0.85)
        if facility is not None and re.match(r"constru|bâti", found["verb"] or ""):
            yield view.status(facility, "UnderConstruction", view.span(found.span()), "that-it-builds", 0.8)


def _spoken_body(view: View) -> Thing | None:
    """Return the organisation or project that is the subject of the sentence before."""
    reading = view.scene.reading
    for masked in reversed(reading.masked[max(0, view.index - 2) : view.index]):
        if masked.sentence.kind != "paragraph":
            continue
        for found in re.finditer(r"⟨([OJ])(\d+)⟩", masked.text):
            if re.search(r"\b(?:de|à|par|avec|dans|pour|en|sur|entre|et) $", masked.text[: found.start()]):
                continue
            thing = reading.thing_at(int(found[2]))
            if thing is not None and thing.kind in OWNERS:
                return thing
        return None
    return None
