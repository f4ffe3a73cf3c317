"""Facilities: areas, counts, openings, plans, owners, parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.reading import Hit, Reading, Thing, pattern
from grappe.extract.values import Area, Date, xsd
from grappe.model import Literal, Term

__all__ = ["facilities", "holders", "openings", "own_figures", "parts", "planned"]

_BODY = "OJ"
_OPEN = r"(?:ouv(?:ert|re|rira|riront|erte)\w*|inaugur\w+|mis(?:e|es)? en service|livr(?:é|ée|és|era|er)\w*|opérationnel\w*|attendu\w*|entr\w+ en service|achev\w+|mise en service|emménag\w+|démarr\w+|lancé\w*|terminé\w*|en service|En service)"
_PLANS = r"(?:prévoit|prévoient|prévoyant|comprend|vise|permettra|va|vont|projette|annonce|programme|doit|devra)"
_CREATE = r"(?:cré(?:er|ation)|construi(?:re|t)|construction|ouvrir|ouverture|bâtir|installer|installation|mettre en service|mettre en place|implanter|implantation|aménager|aménagement|développer|édifier|lancer|réalisation|extension)"


def own_figures(reading: Reading) -> Iterator[Said]:
    """« un laboratoire de 1200 m² », « 3 lignes de production »: what a facility's own noun phrase says of it."""
    for i, mention in enumerate(reading.mentions):
        shape, thing = mention.facility, reading.thing_at(i)
        if shape is None or thing is None or not _stated(reading, mention.start):
            continue
        span = (mention.start, mention.end)
        if shape.area is not None:
            yield _area(thing, shape.area, span, "area-in-phrase")
        if shape.count is not None:
            yield Claim(thing.id, "grp:unitCount", Literal(str(shape.count), "xsd:integer"), span, "count-in-phrase")


def _area(thing: Thing, area: Area, span: tuple[int, int], rule: str) -> Claim:
    number = format(area.square_metres.normalize(), "f")
    return Claim(thing.id, "grp:floorAreaM2", Literal(number, "xsd:decimal"), span, rule, 0.95)


def _stated(reading: Reading, at: int) -> bool:
    masked = next((m for m in reading.masked if m.sentence.start <= at < m.sentence.end), None)
    if masked is None:
        return False
    where = next((k for k, o in enumerate(masked.offsets) if o >= at), 0)
    match = re.compile(r"(?s).").match(masked.text, where)
    return match is not None and asserted(Hit(reading, masked, match))


def facilities(reading: Reading) -> Iterator[Said]:
    """« la plateforme occupe une surface de plancher de 620 m² », « l'immeuble Nantes Biotech (3 800 m²) »."""
    expression = pattern(
        r"{F:f}(?: ?\((?:⟨O\d+⟩,? ?)?|, (?!⟨)[^⟨⟩.;]{0,30}?|(?: [^⟨⟩.;]{0,12})? (?:occupe|occupera|compte|offre|offrira|totalise|représente|s'étend\w*|développe|couvre|mesure|dispose|fait|atteint|comprend|affiche)\b[^⟨⟩.;]{0,60}?"
        r"|,? (?:d'une|sur une) (?:surface|superficie)[^⟨⟩.;]{0,40}?|,? de ){S:a}(?! de ⟨F)"
    )
    for hit in reading.find(expression):
        thing, mention = hit.thing("f"), hit.mention("a")
        if (
            thing
            and mention
            and isinstance(mention.value, Area)
            and not mention.value.range
            and not mention.value.each
            and asserted(hit)
        ):
            yield _area(thing, mention.value, hit.span, "area-of-facility")
    for hit in reading.find(pattern(r"D'une (?:surface|superficie)[^⟨⟩.;]{0,40}? {S:a}[^⟨⟩.;]{0,40}?, {F:f}")):
        thing, mention = hit.thing("f"), hit.mention("a")
        if thing and mention and isinstance(mention.value, Area) and not mention.value.range:
            yield _area(thing, mention.value, hit.span, "area-of-facility")
    for hit in reading.find(pattern(r"{F:f}[^⟨⟩.;]{0,40}, soit {S:a}")):
        thing, mention = hit.thing("f"), hit.mention("a")
        if thing and mention and isinstance(mention.value, Area):
            yield _area(thing, mention.value, hit.span, "that-is-area")


def parts(reading: Reading) -> Iterator[Said]:
    """« un laboratoire de 1200 m² …, avec 350 m² de salles blanches et 3 lignes de production »; « dont » nests one deeper."""
    inside = pattern(
        r"{F:w}(?:(?: \([^()]*\))?,? (?:comprend|comprendra|compte|comptera|offre|réunit|abrite|abritera|accueille|accueillera|héberge|hébergera|regroupe|comportera|comporte|intègre|intégrera|comptant|comprenant|abritant|regroupant|dispose|est doté|sera doté|équipé)\w*"
        r"|[^.;⟨⟩]*?(?:(?:, | )(?:financ\w+|soutenu\w*|réalis\w+|livr\w+) (?:par|en) ⟨[ODY]\d+⟩)?,? (?:avec|doté de|dotée de|équipé de|équipée de))(?: ⟨S\d+⟩[^⟨⟩.;:]*:)?(?P<list>[^.;]*)"
    )
    for hit in reading.find(inside):
        whole = hit.thing("w")
        if whole is None or not asserted(hit):
            continue
        last: Thing | None = None
        for found in re.finditer(r"(?P<dont>dont )?(?:de )?⟨F(?P<n>\d+)⟩", hit["list"] or ""):
            piece = reading.thing_at(int(found["n"]))
            if piece is None or piece.id == whole.id:
                continue
            lead = (hit["list"] or "")[max(0, found.start() - 40) : found.start()]
            if re.search(r"⟨O\d+⟩[^,;]*$", lead) and "dont" not in lead and not re.search(r"(?:,|et) ?$", lead):
                continue
            parent = last if found["dont"] and last is not None else whole
            start = hit.masked.origin(hit.match.start(), hit.match.start() + 1, reading.mentions)[0]
            yield Claim(
                piece.id, "grp:containedIn", parent.id, (start, reading.mentions[int(found["n"])].end), "part-of-list"
            )
            last = piece if not found["dont"] else last
    located = pattern(
        r"{F:p}(?:[^⟨⟩.;]|⟨[SM]\d+⟩)*? (?:dans|au sein de|à l'intérieur de|logée? dans|aménagée? dans|hébergée? (?:dans|par)|au cœur de|située? dans|installée? dans) (?:le |la |l')?{F:w}"
    )
    for hit in reading.find(located):
        piece, whole = hit.thing("p"), hit.thing("w")
        if piece and whole and piece.id != whole.id and asserted(hit):
            yield Claim(piece.id, "grp:containedIn", whole.id, hit.span, "located-in-facility", 0.85)
    for hit in reading.find(pattern(r"[Aa]ménagée? dans {F:w}(?: de {O:o})?, {F:p}")):
        piece, whole, owner = hit.thing("p"), hit.thing("w"), hit.thing("o")
        if piece and whole and piece.id != whole.id:
            yield Claim(piece.id, "grp:containedIn", whole.id, hit.span_of("w", "p"), "fitted-out-in")
            if owner:
                yield Claim(owner.id, "grp:hasFacility", whole.id, hit.span_of("w", "o"), "of-owner")


def holders(reading: Reading) -> Iterator[Said]:
    """Who has a facility: « CiTHERA a ouvert un laboratoire », « les 650 m² de l'ART-TG », « X y dispose de 600 m² », « propriété de X »."""
    expressions = (
        (
            rf"{{{_BODY}:o}}(?:, [^⟨⟩.;]*(?:⟨[JTLO]\d+⟩[^⟨⟩.;]*)?,)? (?:a |ont |va |vient de |y |a déjà )?(?:ouv(?:ert|re|rir|rira)\w*|inaugur\w+|exploite\w*|dispose\w*|possède\w*|construi\w+|fait construire|bâti\w*|abrite|s'est doté\w*|est doté\w*|occup\w+|install\w+)(?: [^⟨⟩.;]{{0,40}}?)?(?:(?:en|depuis|le) ⟨D\d+⟩ ?)?(?:[^⟨⟩.;]{{0,25}}?)?{{F:f}}",
            "opens-or-has",
        ),
        (rf"{{F:f}}(?: \([^()]*\))?(?: \w+e?s?)? de {{{_BODY}:o}}", "of-owner"),
        (rf"{{F:f}} \((?:⟨S\d+⟩, ?)?propriété de {{{_BODY}:o}}", "property-of"),
        (rf"[Pp]ropriété de {{{_BODY}:o}}, {{F:f}}", "property-of"),
        (
            rf"{{F:f}}(?:[^⟨⟩.;]|⟨[SDL]\d+⟩)*?,? (?:est )?(?:exploitée?|opérée?|gérée?|détenue?|acquise?s?)(?: [^⟨⟩.;]*(?:⟨[DL]\d+⟩[^⟨⟩.;]*?)*)? par {{{_BODY}*:l}}",
            "run-by",
        ),
        (
            r"{F:f}(?:[^⟨⟩.;]|⟨[SDLM]\d+⟩)*? (?:accueille|accueillera|héberge|hébergera|abrite|abritera) (?:[^⟨⟩.;]{0,30} )?{O*:l}",
            "hosts",
        ),
        (r"{O:o} y (?:est|sera|sont)? ?(?:désormais )?(?:install|emménag|héberg|implant)\w+", "settles-there"),
        (r"{F:f},? [^⟨⟩.;]{0,60}?(?:à|sur le site de|au sein de) {O:o}", "on-site-of"),
    )
    for expression, rule in expressions:
        for hit in reading.find(pattern(expression)):
            if not asserted(hit):
                continue
            named = hit.match.re.groupindex
            bodies = hit.things("l") if "l" in named else tuple(t for t in (hit.thing("o"),) if t)
            facility = hit.thing("f") if "f" in named else _facility_before(reading, hit.span[0])
            if rule == "on-site-of" and (
                facility is None or (not facility.named and not re.search(r"site|hôpital|campus", hit.match[0]))
            ):
                continue
            for body in bodies:
                if facility is not None and (
                    body.kind not in ("PublicAuthority", "FundingAgency") or rule == "property-of"
                ):
                    yield Claim(body.id, "grp:hasFacility", facility.id, hit.span, rule, 0.8)


def _facility_before(reading: Reading, at: int) -> Thing | None:
    for i in range(len(reading.mentions) - 1, -1, -1):
        mention, thing = reading.mentions[i], reading.thing_at(i)
        if mention.start < at and thing is not None and thing.kind == "Building":
            return thing
    return None


def openings(reading: Reading) -> Iterator[Said]:
    """« CiTHERA a ouvert en 2020 un laboratoire », « mise en service fixée au second semestre 2024 »: dates and status."""
    expressions = (
        (
            rf"(?:a|ont|avait) (?:officiellement )?(?:{_OPEN})(?: [^⟨⟩.;]{{0,20}}?)? ?(?:(?:en|le|depuis|dès) )?{{D:d}}(?:,? [^⟨⟩.;]{{0,50}}?(?:⟨[LO]\d+⟩[^⟨⟩.;]{{0,20}}?){{0,2}})?{{F:f}}",
            True,
        ),
        (
            rf"{{F:f}}(?:[^.;⟨⟩]|⟨[SOLMY]\d+⟩)*?,? (?:(?:a été|est|sera|qui sera|fut|ouvre|à) ?)?(?:{_OPEN}|à livrer)(?: [^⟨⟩.;]{{0,30}}?)? ?{{D:d}}",
            None,
        ),
        (rf"(?:{_OPEN}),? (?:en |le |depuis |dès )?{{D:d}},? {{F:f}}", True),
        (r"[Mm]ise en service (?:de |à )?{F:f} ?: ?{D:d}", None),
    )
    for expression, opened in expressions:
        for hit in reading.find(pattern(expression)):
            thing, mention = hit.thing("f"), hit.mention("d")
            if thing and mention and isinstance(mention.value, Date) and asserted(hit):
                yield from _opened(reading, thing, mention.value, hit, opened)
    for hit in reading.find(
        pattern(
            r"(?:(?:[Ss]a|[Ll]a) )?mise en service (?:est |sera )?(?:fixée|prévue|attendue|prononcée|programmée|annoncée|envisagée)(?: [^⟨⟩.;]{0,20}?)? ?{D:d}"
        )
    ):
        thing, mention = _any_facility_before(reading, hit.span[0]), hit.mention("d")
        if thing and mention and isinstance(mention.value, Date) and asserted(hit):
            yield from _opened(reading, thing, mention.value, hit, None)
    for hit in reading.find(
        pattern(
            r"(?P<verb>ouvr(?:e|ent)|inaugur(?:e|ent)|(?:a|ont) (?:officiellement )?inauguré)(?: (?:aujourd'hui|officiellement))?(?: ?{D:d})?,?(?: [^⟨⟩.;]{0,40}?(?:⟨[LO]\d+⟩[^⟨⟩.;]{0,20}?){0,2})? ?(?P<f>⟨F(?P<g>\d+)⟩)"
        )
    ):
        thing, mention = hit.thing("g"), hit.mention("d")
        date = mention.value if mention is not None else None
        stated = thing is not None and asserted(hit) and hit.masked.sentence.kind == "paragraph"
        if thing is not None and stated and isinstance(date, Date) and date.precision == "day":
            yield from _opened(reading, thing, date, hit, True)


def _any_facility_before(reading: Reading, at: int) -> Thing | None:
    best: Thing | None = None
    for i, mention in enumerate(reading.mentions):
        if mention.start >= at:
            break
        thing = reading.thing_at(i)
        if thing is not None and thing.kind in ("Building", "TechnologyPlatform", "LaboratoryFacility", "Facility"):
            best = thing
    return best


def _opened(reading: Reading, thing: Thing, date: Date, hit: Hit, opened: bool | None) -> Iterator[Said]:
    lexical, datatype = xsd(date)
    yield Claim(thing.id, "grp:openedIn", Literal(lexical, datatype), hit.span, "opened-in")
    past = (
        opened
        if opened is not None
        else bool(reading.issued and lexical[:10] <= reading.issued[: len(lexical)])
        and not re.search(r"sera|attend|à livrer|fixée|prévu|rira\b", hit.match[0])
    )
    if past:
        yield Claim(thing.id, "grp:status", Term("grp:InOperation"), hit.span, "opened-in")


def planned(reading: Reading) -> Iterator[Said]:
    """« qui prévoit la création d'un Institut de Génomique numérique et la première biofonderie »."""
    listed = r"(?P<list>(?:de )?(?:la première |le premier )?⟨[FOJ]\d+⟩(?:[^⟨⟩.;,]|⟨S\d+⟩)*?(?:(?:, | et )(?:la création )?(?:de )?(?:la première |le premier )?⟨[FOJ]\d+⟩)*)"
    maker = r"{IOJ:x}(?: ⟨O\d+⟩ ?/ ?⟨O\d+⟩)?(?: \((?:[^()]|⟨\w+⟩)*\))?(?:, [^⟨⟩.;]*(?:⟨[OJTL]\d+⟩[^⟨⟩.;]*)?,)?"
    expressions = (
        rf"{maker} (?:qui )?(?:prévoi\w+|prévoyait|permettra|vise) (?:également |aussi |notamment )?(?:la |l'|à la )?{_CREATE} {listed}",
        rf"{maker} (?:va|vont|doit|devra|compte) (?:également |aussi )?{_CREATE}(?: (?:en )?⟨D\d+⟩)?,? (?:à ⟨L\d+⟩,? )?(?:[^⟨⟩.;]{{0,20}} )?{listed}",
        rf"{maker} (?:construira|ouvrira|créera|mettra en service|installera|y installera|bâtira|implantera)(?:,? (?:en )?⟨D\d+⟩)?(?:,? (?:à |sur [^⟨⟩,;.]*)?⟨[LF]\d+⟩)*,?(?: [^⟨⟩.;]{{0,30}}⟨F\d+⟩,)? {listed}",
    )
    for expression in expressions:
        for hit in reading.find(pattern(expression)):
            maker_thing = hit.thing("x")
            if maker_thing is None or not asserted(hit) or re.search(r"recruter|embaucher", hit.match[0]):
                continue
            for thing in hit.things("list"):
                if thing.id != maker_thing.id and (
                    not thing.named
                    or thing.kind
                    not in (
                        "PublicAuthority",
                        "FundingAgency",
                        "ResearchOrganization",
                        "Hospital",
                        "University",
                        "Company",
                    )
                ):
                    yield Claim(maker_thing.id, "grp:plans", thing.id, hit.span, "plans-creation")
                    yield Claim(thing.id, "grp:status", Term("grp:Planned"), hit.span, "plans-creation")
    for hit in reading.find(
        pattern(
            r"{F:f}[^⟨⟩.;]{0,40}?,? (?:est |sont )?(?P<s>en (?:cours de )?(?:construction|chantier|travaux)|en chantier)"
        )
    ):
        if (built := hit.thing("f")) and asserted(hit):
            yield Claim(built.id, "grp:status", Term("grp:UnderConstruction"), hit.span, "under-construction")
    for hit in reading.find(pattern(r"(?:construit|fait construire|[Pp]remière pierre de)(?: [^⟨⟩.;]{0,15})? ?{F:f}")):
        if (built := hit.thing("f")) and asserted(hit) and hit.masked.sentence.kind != "title":
            yield Claim(built.id, "grp:status", Term("grp:UnderConstruction"), hit.span, "under-construction", 0.8)
    for i, mention in enumerate(reading.mentions):
        future = reading.thing_at(i)
        if (
            mention.facility
            and mention.facility.future
            and future
            and _stated(reading, mention.start)
            and mention.facility.determiner
        ):
            yield Claim(
                future.id, "grp:status", Term("grp:Planned"), (mention.start, mention.end), "future-adjective", 0.8
            )
    for hit in reading.find(pattern(r"{O:o} (?:exploite|dispose) (?:déjà|d'ores et déjà) {F:f}")):
        if running := hit.thing("f"):
            yield Claim(running.id, "grp:status", Term("grp:InOperation"), hit.span, "already-runs")
