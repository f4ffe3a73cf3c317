"""When a facility opens, and how far it is: planned, under construction, in operation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Range
from grappe.extract.facilities.scene import View
from grappe.extract.premises_words import PARTS
from grappe.extract.reading import Mention, Thing
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["building", "called_by_area", "dated", "in_service", "noun_dated", "told"]

_W = r"[^⟨⟩.;:()«»]"
_PAST = r"ouverte?s?|inaugurée?s?|livrée?s?|mise?s? en (?:service|exploitation|fonction|production|route|marche)|achevée?s?|terminée?s?|réceptionnée?s?|entrée?s? en (?:service|fonction|exploitation|production|activité)|démarrée?s?|lancée?s?|finalisée?s?|pleinement opérationnel(?:le)?s?"
_OPEN = re.compile(
    rf"(?<![\w'])(?:(?P<aux>(?:a|ont|avait|avaient) (?:été )?|(?:est|sont|était) |vient d'être |viennent d'être |sera (?:ainsi )?|seront |devrait être |doit être |doivent être |qui sera |(?:va|vont) être )?(?:(?:officiellement|entièrement|pleinement|enfin|finalement|définitivement|progressivement) )?(?P<past>{_PAST})"
    r"|(?P<now>ouvre|ouvrent|inaugure|inaugurent|⟨E\d+⟩|fonctionne|fonctionnent|tourne|entre en (?:service|production|fonction|exploitation))"
    r"|(?P<soon>ouvrira|ouvriront|mettra en (?:service|exploitation|production)|mettront en (?:service|exploitation|production)|inaugurera|inaugureront|livrera|(?:doit|doivent) (?:entrer en \w+|ouvrir|être livrée?s?|démarrer|voir le jour)|va mettre en service|vont mettre en service|va inaugurer|entrera en \w+|entreront en \w+|démarrera|sera opérationnel(?:le)?s?|seront opérationnel(?:le)?s|verra le jour|verront le jour|va ouvrir|vont ouvrir|accueillera ses premi\w+|accueilleront (?:leurs|ses) premi\w+|sera (?:prête?|disponible|fonctionnel(?:le)?)|sortira de terre|produira ses premi\w+)"
    r"|(?P<still>attendue?s?|prévue?s?|programmée?s?|annoncée?s?|à livrer|opérationnel(?:le)?s?|en service|en activité|en fonctionnement|en exploitation|livrable)|(?P<ing>ouvrant|qui ouvrait))(?![\w'])",
    re.I,
)
_NOUN = re.compile(
    r"(?<!\w)(?P<noun>(?:[Mm]ise en (?:service|exploitation|production|route)|[Oo]uverture(?: au public| officielle)?|[Ll]ivraison|[Ii]nauguration|⟨E\d+⟩|[Aa]chèvement|[Ee]ntrée en (?:service|production|fonction|exploitation)|[Rr]emise des clés|[Mm]ise à feu|[Cc]oup d'envoi de l'exploitation|[Aa]rrivée des premiers (?:occupants|locataires)|[Dd]émarrage(?: de la production| de l'exploitation| de l'activité| des activités)?|[Rr]éception))(?P<of>(?: (?:de la|des|du|de)? ?(?:travaux|chantier|production|premiers lots))? ?(?:de ⟨F(?P<f>\d+)⟩)?)(?P<rest>[^.;]*)"
)


def _date(mention: Mention) -> Date | None:
    return mention.value if isinstance(mention.value, Date) else None


def dated(view: View) -> Iterator[Claim]:
    """« CiTHERA a ouvert en 2020 un laboratoire », « la halle sera livrée en 2026 », « en service depuis 2019 »."""
    if not view.told:
        return
    for found in _OPEN.finditer(view.text):
        verb = found["now"] or ""
        if verb.startswith("⟨"):
            event = view.mention(view.walk.at(found.start()))
            if event.kind != "Inauguration" or event.rule != "event-verb":
                continue
        facilities = [*_opened(view, found)]
        if not facilities or not _affirmed(view, found, facilities):
            continue
        when = _when(view, found)
        for i in facilities:
            thing = view.thing(i)
            if thing is None:
                continue
            span: Range = view.span(i, (found.start(), found.end()), *([when[0]] if when else ()))
            future = bool(found["soon"]) or bool(
                re.match(r"(?:sera|seront|devrait|doit|doivent|qui sera|va|vont)", found["aux"] or "")
            )
            weak = bool(found["still"] and re.match(r"(?:attend|prév|program|annonc)", found["still"]))
            if when is not None:
                sure = 0.65 if weak and found["still"] != "attendu" else 0.9 if when[2] else 0.8
                rule = "opens-later" if future else "expected" if weak else "opened"
                yield from _claims(view, thing, when[1], span, rule, sure, future=future or weak)
            elif not future and not weak and not found["ing"]:
                near = verb.startswith(("ouvre", "fonction", "tourne", "⟨", "inaug")) or bool(found["aux"])
                if near or found["still"]:
                    yield view.status(thing, "InOperation", span, "opened-undated", 0.72)
            elif future:
                yield view.status(thing, "Planned", span, "opens-later-undated", 0.6)


def _affirmed(view: View, found: re.Match[str], facilities: list[int]) -> bool:
    if view.asserted(found.start(), found.end()):
        return True
    if view.word(facilities[0]).start > found.start() and not view.text[: found.start()].strip("– •-"):
        return True  # « Ouvert en 2017, l'immeuble X n'a plus … »
    # « le futur immeuble X (8 500 m²), attendu mi-2026, est évoqué mais … »: what stands in apposition is given
    i = facilities[-1]
    between = view.text[view.word(i).end : found.start()]
    return view.given(i) and bool(re.fullmatch(r"(?: ?\([^()]*\))?, ", between))


def _opened(view: View, found: re.Match[str]) -> Iterator[int]:
    """Return the facilities that a verb or participle of opening speaks of."""
    active = bool(
        found["now"] or found["soon"] or (found["past"] and re.match(r"(?:a|ont|avait|avaient) $", found["aux"] or ""))
    )
    subjects = view.subjects(found.start())
    mine = [i for i in subjects if view.word(i).letter == "F"]
    if mine and (active or found["aux"]):
        yield from mine if re.match(r"(?:sont|seront|ont) ", found["aux"] or "") else mine[:1]
        return
    if active:
        for i, gap in view.walk.complements(found.end()):
            letter = view.word(i).letter
            if letter in "DLOY":
                continue
            if (
                letter == "F"
                and view.walk.governed(i) == ""
                and not re.search(r"\b(?:dont|avec|dans|sur|au sein)\b", gap)
            ):
                yield i
                for j in view.walk.listed(i)[1:]:
                    if view.mention(j).kind not in ("CleanRoom", "ProductionLine"):
                        yield j
            return
        if found["soon"] and not subjects and (spoken := view.scene.spoken_of(view.index, back=1)):
            yield from (i for i in view.mentions("F") if view.thing(i) == spoken)
        return
    # a participle or « en service »: in apposition to the noun phrase before it, or its predicate
    place = found.start()
    if found["still"] and re.search(r"(?:est|sera|sont|seront|était) (?:\w+ )?$", view.text[:place]) and mine:
        yield mine[0]
        return
    cut = max(view.text.rfind(";", 0, place), 0)
    depth = view.word(view.walk.at(place)).depth
    for i in reversed([i for i in view.mentions("F") if cut <= view.word(i).start and view.word(i).end <= place]):
        if view.word(i).depth > depth:
            continue
        gap = view.text[view.word(i).end : place]
        bare = re.sub(r"\([^()]*\)", "", gap)
        if re.fullmatch(
            rf"(?:,? ?(?:et |puis |entièrement |\()?|(?:{_W}|⟨[OSLDT]\d+⟩|\(){{0,90}}?,? ?(?:et |\()?)", bare
        ) and not re.search(r"\b(?:est|sont|sera|seront|a|ont|va|permet\w*|accueil\w+|qui)\b", bare):
            head = view.walk.head(i)
            yield head if view.word(head).letter == "F" else i
        return
    ahead = re.match(r"[^⟨⟩.;,]*(?:⟨D\d+⟩)?[^⟨⟩.;,]*(?:⟨[OL]\d+⟩[^⟨⟩.;,]*)*, (?=⟨F)", view.text[found.end() :])
    if ahead is not None and view.text[:place].strip() in ("", "Déjà", "Officiellement"):
        yield view.walk.at(found.end() + ahead.end())


def _when(view: View, found: re.Match[str]) -> tuple[Range, Date, bool] | None:
    """Return the date of a verb: the first after it in its clause, else the one in front of the sentence."""
    end = found.end()
    for i in view.mentions("D"):
        word = view.word(i)
        date = _date(view.mention(i))
        if date is None or word.start < end:
            continue
        gap = view.text[end : word.start]
        bare = re.sub(r"⟨F\d+⟩|\([^()]*\)", "", gap)
        if (
            re.search(
                r"[;:.]|\b(?:et|qui|dont|mais|après|avant|puis|où|depuis son|créée?s?|fondée?s?|née?s?|construite?s?|acquise?s?|votée?s?|signée?s?)\b",
                bare,
            )
            or len(bare) > 75
        ):
            break
        if re.search(r"d'ici(?: à)? $|avant (?:la )?$", view.text[: word.start]):
            return (word.start, word.end), date, False
        return (word.start, word.end), date, len(bare) < 40
    for i in view.mentions("D"):
        word = view.word(i)
        date = _date(view.mention(i))
        if date is None or word.end > found.start() or word.depth:
            continue
        gap = view.text[word.end : found.start()]
        if (
            word.start <= 14
            and not re.search(r"[;:]|\b(?:et|mais|qui)\b", gap)
            and re.match(
                r"(?:[ÀA] (?:partir |compter )?(?:de )?|En |Le |Depuis |Dès |Au |Fin |Courant |D'ici |À la |C'est en |Ce |Cette |Début )?$",
                view.text[: word.start],
            )
        ):
            return (word.start, word.end), date, True
        if not re.sub(r"⟨F\d+⟩", "", gap).strip(" ,") and word.start > 0:
            return (word.start, word.end), date, True
    return None


def _claims(
    view: View, thing: Thing, date: Date, span: Range, rule: str, confidence: float, *, future: bool = False
) -> Iterator[Claim]:
    lexical, datatype = xsd(date)
    yield view.claim(thing, "grp:openedIn", Literal(lexical, datatype), span, rule, confidence)
    issued = view.scene.reading.issued
    if not future and (issued is None or lexical <= issued[: len(lexical)]):
        yield view.status(thing, "InOperation", span, rule, confidence)
    elif issued is not None and lexical > issued[: len(lexical)]:
        yield view.status(thing, "Planned", span, f"{rule}-to-come", 0.5)


def noun_dated(view: View) -> Iterator[Claim]:
    """« Sa mise en service est fixée au second semestre 2024 », « Mise en service des ZAC : janvier 2024 »."""
    if not view.told:
        return
    for found in _NOUN.finditer(view.text):
        if found["noun"].startswith("⟨"):
            event = view.mention(view.walk.at(found.start()))
            if event.kind != "Inauguration" or event.rule == "event-verb":
                continue
        when = re.match(
            rf"(?:(?:,| \(|:)?(?: ?:)?(?: ?(?:est|sera|a été|était|sont|a eu lieu|aura lieu|interviendra|intervenir|est intervenue|remonte (?:à|au)|se fera|en)\b)?(?: {_W}{{0,45}}?)? ?)⟨D(?P<d>\d+)⟩",
            found["rest"],
        )
        if when is None or not view.asserted(found.start(), found.start() + 3):
            continue
        if re.search(r"\b(?:est|sont|sera|seront|été|être) $", view.text[: found.start()]):
            continue  # the participle « mise en service » is read with its verb
        date = _date(view.scene.reading.mentions[int(when["d"])])
        thing = view.scene.reading.thing_at(int(found["f"])) if found["f"] else None
        sure = 0.9
        if thing is None:
            thing, sure = _meant(view, found.start()), 0.75
        if date is None or thing is None:
            continue
        end = found.start("rest") + when.end()
        future = bool(
            re.search(
                r"fixée|prévue|attendue|prononcée|programmée|annoncée|envisagée|aura|interviend|intervenir|se fera|espérée|sera\b|planifiée",
                found["rest"][: when.end()],
            )
        )
        yield from _claims(view, thing, date, view.span((found.start(), end)), "noun-of-opening", sure, future=future)


def _meant(view: View, place: int) -> Thing | None:
    """Return the facility whose « mise en service » is spoken of: in this sentence before it, else the one before."""
    before = [i for i in view.mentions("F") if view.word(i).end <= place]
    if before and re.search(r"\bdont (?:la |l'|le )$", view.text[:place]):
        return view.thing(before[-1])
    before = [i for i in before if not view.walk.governed(i)]
    if before and (thing := view.thing(before[0])) is not None:
        return view.scene.reading.things[view.scene.root(thing.id)]
    spoken = view.scene.spoken_of(view.index, back=4)
    return None if spoken is not None and spoken.kind in PARTS else spoken


def called_by_area(view: View) -> Iterator[Claim]:
    """« Les 1 900 m² seront livrés au début de l'année 2024 »: of the facility just spoken of."""
    found = re.match(
        r"(?:[–•-] )?(?:Les |Ces )?⟨S\d+⟩ (?:(?P<soon>seront)|sont|ont été) (?:livrés|ouverts|inaugurés|achevés|opérationnels|mis en service)[^⟨⟩.;]{0,40}⟨D(?P<d>\d+)⟩",
        view.text,
    )
    if found is None:
        return
    date, thing = _date(view.scene.reading.mentions[int(found["d"])]), view.scene.spoken_of(view.index, back=1)
    if date is not None and thing is not None:
        yield from _claims(
            view, thing, date, view.span(found.span()), "opened-by-area", 0.75, future=bool(found["soon"])
        )


_BUILDING = (
    (re.compile(rf"⟨F(?P<f>\d+)⟩(?:{_W}|⟨[OLDS]\d+⟩|\([^()]*\)){{0,60}}?,? (?:(?:est|sont|actuellement|est actuellement|toujours|est toujours|encore|déjà) )*(?:en (?:cours de |pleine )?(?:construction|chantier|travaux|aménagement|réalisation|rénovation|finition|finalisation|édification)|sort(?:ent)? de terre)\b"), "under-construction", 0.88),
    (re.compile(rf"^(?:[–•-] )?En (?:construction|chantier|travaux)\b(?:{_W}|⟨[DL]\d+⟩|\([^()]*\)){{0,70}}, ⟨F(?P<f>\d+)⟩"), "under-construction", 0.88),
    (re.compile(r"⟨F(?P<f>\d+)⟩ (?:prend forme|sort(?:ent)? (?:déjà |enfin |peu à peu )?du sol|s'élève peu à peu|monte peu à peu)\b"), "under-construction", 0.88),
    (re.compile(rf"(?:fait|font) sortir de terre(?:{_W}|⟨[DL]\d+⟩){{0,40}}? ⟨F(?P<f>\d+)⟩"), "under-construction", 0.85),
    (re.compile(rf"⟨F(?P<f>\d+)⟩(?:{_W}|⟨[LDS]\d+⟩|\([^()]*\)){{0,40}}?,? que ⟨O\d+⟩(?: et ⟨O\d+⟩)? (?:fait|font) (?:sortir de terre|construire|bâtir|édifier)\b"), "under-construction", 0.85),
    (re.compile(rf"(?:[Pp]remière pierre|⟨E(?P<e>\d+)⟩|[Cc]hantier|[Tt]ravaux de construction|[Cc]onstruction) (?:{_W}{{0,25}}? )?de ⟨F(?P<f>\d+)⟩(?P<then>[^.;]{{0,60}})"), "works-of", 0.8),
    (re.compile(rf"(?:construit|construisent|fait (?:construire|bâtir|édifier)|bâtit|bâtissent|édifie|érige)(?: (?:actuellement|aujourd'hui|en ce moment|(?:{_W}|⟨[LD]\d+⟩){{0,30}}?))? ?⟨F(?P<f>\d+)⟩"), "builds", 0.78),
    (re.compile(rf"⟨F(?P<f>\d+)⟩(?:{_W}|⟨[OLDS]\d+⟩|\([^()]*\)){{0,40}}?,? dont (?:la construction|le chantier|les travaux|la première pierre)(?: de construction)? (?:a|ont|est|sont|vien\w+) (?:\w+ )?(?:posée|débuté|commencé|démarré|lancée?s?|en cours|entamée?s?|engagée?s?)"), "works-begun", 0.88),
)  # fmt: skip
_WORKS = re.compile(
    r"(?:[Ll]es travaux|[Ll]e chantier|[Ss]a construction|[Ll]a construction|[Ll]e gros œuvre)(?: de construction)? (?:(?:a|ont|est|sont|vien\w+ de|vien\w+ d')(?: \w+){0,2} ?(?:débuté|débuter|commencé|commencer|démarré|démarrer|lancée?s?|en cours|entamée?s?|engagée?s?|été lancée?s?)|se poursui(?:t|vent)|bat(?:tent)? son plein|s'achèv\w+|avan\w+)"
)


#: « un bassin, dont la construction, à Brest, a débuté en janvier ».
_GOING_UP = re.compile(
    r"⟨F(?P<f>\d+)⟩(?: [^⟨⟩.;:,]{1,30})?,? (?:dont (?:la construction|les travaux|le chantier|l'édification)(?:,[^,.;:]{2,40},)? (?:a|ont|vient|viennent) (?:été |d'être |de )?(?:début|commenc|démarr|lanc|entam)\w+)"
)


def building(view: View) -> Iterator[Claim]:
    """« est en chantier », « La première pierre de l'usine a été posée », « X y construit un bâtiment »."""
    if not view.told:
        return
    for expression, rule, sure in _BUILDING:
        for found in expression.finditer(view.text):
            thing = view.scene.reading.thing_at(int(found["f"]))
            if thing is None or not view.asserted(*found.span()):
                continue
            laid = found[0].casefold().startswith("première pierre")
            if rule == "works-of" and found["e"]:
                laid = "première pierre" in view.scene.reading.mentions[int(found["e"])].label
                if not laid:
                    continue
            if (
                rule == "works-of"
                and not laid
                and not re.search(
                    r"(?:a|ont|est|sont|vien\w+ de) (?:\w+ )?(?:débuté|commencé|démarré|lancée?s?|en cours|entamé)",
                    found["then"],
                )
            ):
                continue
            if re.search(r"première pierre\b[^.;]*\bsera\b", found[0], re.I):
                continue
            yield view.status(thing, "UnderConstruction", view.span(found.span()), rule, 0.86 if laid else sure)
    for found in _GOING_UP.finditer(view.text):
        thing = view.scene.reading.thing_at(int(found["f"]))
        if thing is not None and view.asserted(*found.span()):
            yield view.status(thing, "UnderConstruction", view.span(found.span()), "going-up", 0.93)
    for found in _WORKS.finditer(view.text):
        thing = view.scene.spoken_of(view.index, back=2)
        inner = [i for i in view.mentions("F") if view.word(i).end <= found.start()]
        thing = view.thing(inner[0]) if inner else thing
        if thing is not None and view.asserted(*found.span()):
            yield view.status(thing, "UnderConstruction", view.span(found.span()), "works-going-on", 0.7)


_RUNS = re.compile(rf"(?<![\w'])(?:exploite|exploitent)(?: (?:{_W}|⟨[LD]\d+⟩){{0,30}}?)? ?(?=⟨F)")


def in_service(view: View) -> Iterator[Claim]:
    """« X exploite déjà une ligne », « L'équipement, opérationnel depuis 2019 »."""
    for found in re.finditer(
        r"(?:exploite|dispose|produit|utilise|possède|opère)(?:nt)? (?:déjà|d'ores et déjà|actuellement) (?:de )?⟨F(?P<f>\d+)⟩",
        view.text,
    ):
        thing = view.scene.reading.thing_at(int(found["f"]))
        if thing is not None and view.asserted(*found.span()):
            yield view.status(thing, "InOperation", view.span(found.span()), "already-runs", 0.85)
    for found in _RUNS.finditer(view.text):
        i = view.walk.at(found.end())
        thing = view.thing(i)
        if thing is not None and not view.walk.governed(i) and view.told and view.asserted(*found.span()):
            yield view.status(thing, "InOperation", view.span(found.span(), i), "runs", 0.6)


_GAP = r"(?:[^⟨⟩.;:«»]|⟨[OLSTPY]\d+⟩|\([^()]*\))"
_START = r"(?:démarrer|ouvrir|inaugurer|livrer|exploiter|mettre en (?:service|route|production|exploitation)|achever|terminer|occuper)"
#: Other wordings of a day of opening, told of premises in the same sentence.
_TOLD = tuple(
    (re.compile(expression), future)
    for expression, future in (
        (rf"⟨F(?P<f>\d+)⟩{_GAP}{{0,50}}? qu(?:e |')(?:⟨O\d+⟩|elle|il|elles|ils) (?:compte|prévoit|espère bien|entend|doit|va|comptent|prévoient) (?:de |d')?{_START}{_GAP}{{0,40}}?⟨D(?P<d>\d+)⟩", True),
        (rf"⟨F(?P<f>\d+)⟩{_GAP}{{0,30}}?,? qui (?:tournera|fonctionnera|produira|démarrera|entrera en \w+|sera en service)(?: dès| à partir de| en| début| fin)? ?⟨D(?P<d>\d+)⟩", True),
        (r"⟨F(?P<f>\d+)⟩[^⟨⟩.]{0,60}(?:⟨[OLD]\d+⟩[^⟨⟩.]{0,60}){0,3} l'attend(?:ent)? (?:pour|en|d'ici(?: à)?|dès|courant) ?⟨D(?P<d>\d+)⟩", True),
        (rf"^[Dd]'ici (?:à |fin )?⟨D(?P<d>\d+)⟩, (?:⟨O\d+⟩|[\w' ]{{2,30}}) (?:montera|ouvrira|se dotera de|s'équipera de|installera|aménagera){_GAP}{{0,40}}? (?:de )?⟨F(?P<f>\d+)⟩", True),
        (r"(?:se dotera|s'équipera|disposera) (?:(?:courant|en|dès|à partir de|début|fin|au cours de) ?)?⟨D(?P<d>\d+)⟩ de ⟨F(?P<f>\d+)⟩", True),
        (r"⟨F(?P<f>\d+)⟩,? (?:c'est|soit|\() ?⟨S\d+⟩,? (?:ouverte?s?|livrée?s?|inaugurée?s?|mise?s? en service)(?: en| depuis| le)? ⟨D(?P<d>\d+)⟩", False),
        (rf"^⟨E\d+⟩(?: officiellement)?(?: le| en)? ⟨D(?P<d>\d+)⟩(?:{_GAP}|,){{0,120}}?, ⟨F(?P<f>\d+)⟩", False),
        (rf"⟨F(?P<f>\d+)⟩(?:{_GAP}|,){{0,80}}[;,–] (?:réception|livraison|ouverture|mise en service|achèvement|inauguration)(?: est| étant)? (?:prévue?|attendue?|programmée?|annoncée?|espérée?|fixée?|visée?)(?: pour| en| à| au| courant| dès| d'ici)? ?⟨D(?P<d>\d+)⟩", True),
    )
)  # fmt: skip


def told(view: View) -> Iterator[Claim]:
    """« une usine qu'elle compte démarrer en 2027 », « X l'attend pour 2025 », « ; réception prévue en 2026 »."""
    if not view.told:
        return
    for expression, future in _TOLD:
        for found in expression.finditer(view.text):
            thing = view.scene.reading.thing_at(int(found["f"]))
            mention = view.scene.reading.mentions[int(found["d"])]
            date = _date(mention)
            if thing is None or date is None or not view.asserted(found.start("d") - 1, found.end("d")):
                continue
            yield from _claims(view, thing, date, view.span(found.span()), "opening-told", 0.82, future=future)
