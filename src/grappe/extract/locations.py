"""Where things are: brackets, seats, addresses, adjectives of places, places in places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import Frame, Phrase, frames
from grappe.extract.reading import Hit, Masked, Reading, Thing, letter, pattern

__all__ = ["addresses", "adjectives", "brackets", "by_clause", "nested", "seats", "within"]

_HEAD = rf"(?:{lexicon.alternatives(list(lexicon.DESCRIBING_HEADS))})"
_HEADS = rf"(?:{lexicon.alternatives(list(lexicon.LIST_HEADS))})"
_PROSE = ("paragraph", "item")
#: Bodies that act everywhere: a bare « à Lyon » beside one of them says where something happens, not where it is.
_EVERYWHERE = frozenset({"PublicAuthority", "FundingAgency", "Company", "ResearchOrganization", "NonProfit"})
_SEATED = (
    r"(?:basée?s?|implantée?s?|installée?s?|située?s?|sise?s?|établie?s?|localisée?s?|domiciliée?s?|hébergée?s?|accueillie?s?|organisée?s?|construite?s?|ouverte?s?|"
    r"présente?s?|tenue?s?|réunie?s?|logée?s?|née?s?|créée?s?|fondée?s?|lancée?s?|inaugurée?s?|aménagée?s?|érigée?s?|bâtie?s?|nichée?s?)"
)
#: What is said of premises only: « en service depuis 2012 à L », « attendue fin 2027 sur L ».
_STANDING = r"(?:attendue?s?|livrée?s?|posée?s?|opérationnel(?:le)?s?|prévue?s?|en (?:service|construction|chantier|travaux|activité|fonctionnement|exploitation))"
_SETTLES = (
    r"(?:s'installe(?:ra|nt|ront)?|s'implante(?:ra|nt|ront)?|s'établi\w+|se situe|se trouve(?:nt)?|siège|emménage(?:ra)?|a emménagé|"
    r"s'est (?:installée?|implantée?|établie?)|a (?:élu domicile|posé ses valises|pris ses quartiers)|se tiendra|se tient|s'est tenue?|aura lieu|a eu lieu|se déroule(?:ra)?|s'élève(?:ra)?|ouvrira ses portes)"
)
_AT = r"(?:à|dans|en|sur|au cœur de|au sein de|près de|au nord de|au sud de|à l'est de|à l'ouest de|aux portes de)"
_ASIDE = r"(?: \((?:[^()]|⟨\w+⟩)*\))?"
_WHEN = r"(?:,? (?:(?:en|le|depuis|au|dès|fin|début|pour|courant|d'ici) ?)?⟨[DY]\d+⟩,?)?"
_LINK = r"(?:[^⟨⟩.;,:]{0,25} )?"


def brackets(reading: Reading) -> Iterator[Said]:
    """« le biocluster Genopole (91) », « Netri (Lyon, Rhône) »."""
    for hit in reading.find(
        pattern(
            r"{OFLEJ:x} \((?:[^()⟨⟩]{0,20}|[^()⟨⟩]{0,40}(?:siège|base) (?:social )?à )?{L:l}(?:(?:, | – | - ){L:m})?(?: et {L:n})?(?: \d\w*)?\)"
        )
    ):
        thing, place, wider = hit.thing("x"), hit.thing("l"), hit.thing("m")
        other = hit.thing("n")
        if thing and other and thing.id != other.id:
            yield Claim(thing.id, "grp:locatedIn", other.id, hit.span, "place-in-brackets", 0.9)
        if thing and place and thing.id != place.id:
            yield Claim(thing.id, "grp:locatedIn", place.id, hit.span, "place-in-brackets", 0.93)
        if place and wider and place.id != wider.id:
            yield Claim(place.id, "grp:locatedIn", wider.id, hit.span_of("l", "m"), "place-in-brackets", 0.93)

    for hit in reading.find(_BODY_AND_PLACE):
        thing, place = hit.thing("x"), hit.thing("l")
        if thing and place and thing.kind not in _EVERYWHERE - {"Company", "NonProfit"}:
            yield Claim(thing.id, "grp:locatedIn", place.id, hit.span, "place-in-brackets", 0.88)


_BODY_AND_PLACE = pattern(r"\({O:x}, (?:à |basée? à )?{L:l}(?=[);])")


def seats(reading: Reading) -> Iterator[Said]:
    """« la société Affilogic, basée à Nantes », « le laboratoire s'installe à Évry », « NeuroSpin, à Gif-sur-Yvette »."""
    forms = (
        (rf"{{OFEJ:x}}{_ASIDE}(?:,? [^⟨⟩.;]{{3,70}}?)?,? {_LINK}(?:et )?(?:est |sont |sera |a été )?{_SEATED}{_WHEN} {_LINK}{_AT} {_LINK}{{L:l}}", "seated-in", 0.88),
        (rf"{{OFJ:x}}{_ASIDE} ?: {_SEATED}{_WHEN} {_AT} {_LINK}{{L:l}}", "seated-in", 0.85),
        (rf"{{OF:x}}{_ASIDE},? (?:est |sont |sera |qui (?:est|sera) )?(?:située?s?|installée?s?|logée?s?|sise?s?|se dresse|se situe|s'élève),? (?:\d+,? )?{{L:l}}", "seated-in", 0.8),
        (r"{OF:x}[^⟨⟩.;:]{0,25}(?:, [^⟨⟩.;:]{3,40})? : l'une? (?:à|au sein de|sur|dans) {L:l}[^⟨⟩.;:]{0,25}, l'autre (?:à|au sein de|sur|dans) {L:m}", "one-here-one-there", 0.85),
        (r"{OF:x}[^⟨⟩.;:]{0,12},? (?:a|compte|dispose de|possède|exploite) (?:deux|trois|quatre|plusieurs|ses|des) (?:implantations|antennes|adresses|agences|succursales)[^⟨⟩.;:]{0,20},? (?:à|de|:) {L:l}(?:, ⟨L\d+⟩){0,3} et (?:à |de )?{L:m}", "one-here-one-there", 0.85),
        (rf"{{O:x}}{_ASIDE},? c'est [^⟨⟩.;:]{{3,30}}, à {{L:l}}", "aside-at-place", 0.85),
        (rf"{{F:x}}{_ASIDE},? (?:est |sont |sera |qui (?:est|sera) )?{_STANDING}{_WHEN} {_AT} {_LINK}{{L:l}}", "seated-in", 0.88),
        (rf"(?:^|[;:] )(?i:{_STANDING}){_WHEN} {_AT} {_LINK}{{L:l}}(?:, à {{L:m}})?(?: \(⟨L\d+⟩\))?, {{FO:x}}", "seated-first", 0.85),
        (rf"{{OFEJ:x}}{_ASIDE}(?:, [^⟨⟩.;]{{3,60}}(?=,))?,? {_LINK}{_SETTLES}{_WHEN} {_LINK}{_AT} {_LINK}{{L:l}}", "settles-in", 0.88),
        (rf"{{OFE:x}}{_ASIDE},? (?:à|sur|dans|au cœur de) {{L:l}}", "name-at-place", 0.82),
        (rf"{{OFE:x}}{_ASIDE}, (?:à|sur|dans) {{L:l}}(?: \(⟨L\d+⟩\))?(?=[,.;:)]| et | :)", "aside-at-place", 0.85),
        (r"(?:siège|locaux|antenne|bureaux) (?:social )?de {O:x},? (?:est |sont |située?s? |installée?s? )?(?:à|dans|en) {L:l}", "seat-of", 0.9),
        (r"{O:x}(?:,[^⟨⟩.;]{1,60})?,? (?:dont (?:le siège|les (?:bureaux|locaux|ateliers|laboratoires|équipes|quartiers))|a son siège|a établi son siège)[^⟨⟩.;]{0,25} (?:à|dans|en) {L:l}", "seat-of", 0.9),
        (r"(?:^|[;:] )[Àà] {L:l}(?: \(⟨L\d+⟩\))?, (?:⟨O\d+⟩)?[^⟨⟩.;]*(?:⟨[DO]\d+⟩[^⟨⟩.;]*){0,2}(?:ouv|inaugur|constru|bât|implant|install|exploit|dispos|cré|regroup)\w+[^⟨⟩.;]*(?:⟨D\d+⟩[^⟨⟩.;]*)?{F:x}", "fronted-place", 0.8),
        (r"(?:ouv|inaugur|constru|bât|implant|install|exploit|dispos|cré)\w+,?(?: [^⟨⟩.;]{0,20})?(?:(?:en|le) ⟨D\d+⟩,? )?(?:,? ?à|dans|sur) {L:l}(?: \(⟨L\d+⟩\))?,? (?:de )?(?:⟨S\d+⟩ de )?{F:x}", "verb-place-facility", 0.82),
        (r"(?:^|[–|] ){O:x}, {L:l} (?:–|-|\|)", "footer-seat", 0.8),
        (rf"(?:^|[,;] |« | et )(?i:{_SEATED}){_WHEN} (?:à|dans|en|sur|au cœur de) {_LINK}{{L:l}}(?: \(⟨L\d+⟩\))?(?:,? (?:et )?(?:à|dans|en|sur|au cœur de) {{L:m}})?(?:,[^⟨⟩.;]{{1,60}})?, (?:[^⟨⟩.;,:]{{0,50}} )?{{OF:x}}", "seated-first", 0.85),
        (rf"{{O:x}}{_ASIDE},? (?:une? |la |le |l')?{_HEAD} (?:[a-zé]+ )?de {{L:l}}(?=[,.;)(]| (?:\(|qui|créée?|fondée?|née?|spécialisée?|et |a |est )|$)", "firm-of-place", 0.85),
        (r"{O:x} de {L:l}", "firm-of-definite", 0.85),
        (r"{O:x}, de {L:l}(?= \(|[,.;)]| et |$)", "firm-from-place", 0.85),
        (rf"(?:^|[,;:] |une? |et )(?i:(?:jeune |petite )?{_HEAD}) de {{L:l}}(?: \(⟨L\d+⟩\))?, {{O:x}}", "firm-of-place-first", 0.85),
        (r"(?:[Bb]énéficiaire|[Ee]ntreprise|[Pp]orteur|[Ll]auréate?) ?: {O:x}(?: \([^()]*\))?, {L:l}", "sheet-place", 0.85),
        (r"{F:x} de {L:l}", "facility-of-place", 0.82),
        (rf"{{OE:x}}{_ASIDE},? (?:le |du )?⟨D\d+⟩(?: au ⟨D\d+⟩)?,? à {{L:l}}(?! : [^⟨⟩]{{0,30}}⟨E)", "event-at", 0.85),
        (r"⟨D\d+⟩(?: au ⟨D\d+⟩)?(?:,? à|,) {L:l}(?: \([^()]*\))?(?: ?[:–-]|,| pour) (?:[^⟨⟩.;,]{0,25} )?{E:x}", "event-at", 0.85),
        (r"(?:^|⟨D\d+⟩,? )(?:C'est )?[àÀ] {L:l}(?: \([^()]*\))?,? (?:que )?(?:(?:[^⟨⟩.;]|⟨[DF]\d+⟩){0,30}?⟨[OP]\d+⟩){1,5} {E:x}", "event-in-front", 0.85),
        (r"{E:x}[^⟨⟩.;:]{0,30}(?:,? ⟨D\d+⟩)?, (?:à )?{L:l}(?=\.?$|, )", "event-at", 0.85),
        (r"{E:x}(?:[^⟨⟩.;]|⟨[DOF]\d+⟩){0,60}? à {L:l}", "event-at", 0.75),
    )  # fmt: skip
    for expression, rule, confidence in forms:
        for hit in reading.find(
            pattern(expression), () if rule in ("sheet-place", "footer-seat") or "⟨D" in expression[:4] else _PROSE
        ):
            thing, place = hit.thing("x"), hit.thing("l")
            if thing is None or place is None or not asserted(hit):
                continue
            if rule == "settles-in" and letter(thing.kind) != "E" and _HELD.search(hit.match[0]):
                continue  # « la journée, organisée avec X, aura lieu à L »
            if rule in ("name-at-place", "aside-at-place"):
                thing = _head_of(reading, hit, thing)
            if rule == "name-at-place" and thing.kind in _EVERYWHERE:
                continue
            if rule == "aside-at-place" and thing.kind == "PublicAuthority":
                continue
            if rule == "facility-of-place" and (thing.named or reading.mentions[int(hit["x"] or 0)].facility is None):
                continue
            if rule == "event-in-front" and reading.mentions[int(hit["x"] or 0)].rule != "event-verb":
                continue
            if rule == "firm-from-place" and thing.kind not in ("Company", "Laboratory", "NonProfit", "Organization"):
                continue
            if rule == "firm-of-definite" and not _told_by_head(reading, int(hit["x"] or 0)):
                continue
            if rule == "seated-in":
                thing = _agreed(reading, hit, thing)
            fund = thing.kind == "FundingAgency" and not _HOUSED.search(hit.match[0])
            if rule in ("seated-in", "seated-first") and (fund or thing.kind == "PublicAuthority"):
                continue
            if rule == "seated-first" and _GOVERNING.search(hit.masked.text[: hit.match.start("x") - 2]):
                continue  # « X, installée à L, appartient à Y »
            yield Claim(thing.id, "grp:locatedIn", place.id, hit.span, rule, confidence)
            if (
                rule in ("seated-first", "one-here-one-there")
                and (other := hit.thing("m")) is not None
                and other.id != place.id
            ):
                yield Claim(thing.id, "grp:locatedIn", other.id, hit.span, rule, confidence)


#: Of a fund, the words that say that it has its offices there.
_HOUSED = re.compile(r"\b(?:bas|implant|établi|install|domicili)\w+|\bsise?\b")
_GOVERNING = re.compile(r"\b(?:de|à|par|avec|pour|chez|dans|sur|en|entre) (?:la |le |l'|les )?$")
_HEADED = re.compile(
    r"(?:unité|équipe|laboratoire|centre|site|antenne|société|entreprise|start-up|cabinet|studio|coopérative)\b"
)


def _told_by_head(reading: Reading, number: int) -> bool:
    """Return whether a mention is a description, or a common noun and a name: « la société », « son unité STLO »."""
    mention = reading.mentions[number]
    head = reading.normal.text[mention.start : mention.core[0]]
    return mention.rule.startswith("definite") or bool(_HEADED.match(head))


_HELD = re.compile(r"\b(?:se tien|s'est ten|aura lieu|a eu lieu|se déroul)")


def _head_of(reading: Reading, hit: Hit, thing: Thing) -> Thing:
    """« la plateforme d'essais de X, à L »: what stands there is the platform."""
    lead = re.search(r"⟨F(\d+)⟩(?: [\w'-]+){0,3} de $", hit.masked.text[: hit.match.start()])
    return (reading.thing_at(int(lead[1])) or thing) if lead else thing


def _agreed(reading: Reading, hit: Hit, thing: Thing) -> Thing:
    """« X, coentreprise de A et de B installée à L »: a participle without a comma is of the one it describes."""
    between = hit.match[0][hit.match[0].index("⟩") + 1 :]
    lead = hit.masked.text[: hit.match.start()]
    if between.startswith((",", " (")) or not re.search(r"(?:^| )(?:de|à|avec) (?:⟨O\d+⟩(?:, | et )(?:de )?)*$", lead):
        return thing
    first = re.search(rf"⟨O(\d+)⟩,[^⟨⟩.;]*{_HEAD}", lead)
    return (reading.thing_at(int(first[1])) or thing) if first else thing


_AREA = re.compile(
    r"[Cc]ité|[Cc]ampus|[Pp]arc|[Qq]uartier|[Tt]echno|[Zz]one|[Pp]ort|[Pp]lateau|[Pp]resqu'île|[Vv]allée|[Îî]le"
)


def nested(reading: Reading) -> Iterator[Said]:
    """« sur le Campus Curie, à Toulouse », « le campus 2 de Genopole, à Évry-Courcouronnes »."""
    for hit in reading.find(pattern(r"{L:a}(?: de ⟨O\d+⟩)?,? (?:à|dans|de) (?:[^⟨⟩.;]{0,12})?{L:b}"), _PROSE):
        inner, outer, mention = hit.thing("a"), hit.thing("b"), hit.mention("a")
        if inner and outer and mention and inner.id != outer.id:
            shown = reading.normal.text[mention.start : mention.end] + inner.label
            if _AREA.search(shown):
                yield Claim(inner.id, "grp:locatedIn", outer.id, hit.span, "place-in-place", 0.85)


#: « à Colomiers, en Haute-Garonne », « Saint-Étienne, dans la Loire ».
_WITHIN = re.compile(r"(?:à|de|sur) ⟨L(?P<a>\d+)⟩,? (?:en|dans) ⟨L(?P<b>\d+)⟩")


def within(reading: Reading) -> Iterator[Said]:
    """« à Colomiers, en Haute-Garonne »: a town told with what it lies in."""
    for hit in reading.find(_WITHIN, _PROSE):
        inner, outer = reading.thing_at(int(hit["a"] or -1)), reading.thing_at(int(hit["b"] or -1))
        if inner is not None and outer is not None and inner.id != outer.id:
            yield Claim(inner.id, "grp:locatedIn", outer.id, hit.span, "place-within", 0.88)


#: Between a name and an adjective that its apposition holds: « , spécialiste girondin », « , société lyonnaise ».
_APPOSED = re.compile(
    rf"(?: ?\([^()]*\))?(?:,| –| est| \() ?(?:une? |le |la |l'|cette |ce )?(?:jeune |petite? |grande? )?{_HEAD}s?(?: [a-zà-ÿ' -]{{0,30}})? $"
)
_BEFORE = re.compile(
    rf"(?:(?<![\w-]){_HEAD}s?|(?<![\w-]){_HEADS}|(?<![\w-])[Ll]es?|(?<![\w-])[Ll]a)(?: [a-zà-ÿ-]+)? $|(?<![\w-])[Ll]'$"
)
_THEN_NAME = re.compile(r" ?(?:(?:spécialisée?s?|[a-zà-ÿ-]+) ){0,2}(?:: |, (?:dont |parmi lesquel(?:le)?s )?)?$")
_QUARTER = re.compile(r", (?:un |une |le |la |l')?(?:quartier|commune|parc|zone|port|campus|faubourg|village) $")
_SEAT = re.compile(r"\b(?:son siège|ses locaux|sa base|son site|son usine|ses ateliers) $")


def adjectives(reading: Reading) -> Iterator[Said]:
    """« Ciloa, biotech montpelliéraine », « les start-up franciliennes Astraveus et … », « I2S, spécialiste girondin »."""
    for i, mention in enumerate(reading.mentions):
        if mention.rule != "demonym":
            continue
        place = reading.thing_at(i)
        sentence = next((m for m in reading.masked if m.sentence.start <= mention.start < m.sentence.end), None)
        if place is None or sentence is None or sentence.sentence.kind not in _PROSE:
            continue
        quarter = reading.mentions[i - 1] if i else None
        between = reading.normal.text[quarter.end : mention.start] if quarter and quarter.kind == "Place" else ""
        if quarter and _QUARTER.fullmatch(between) and (inner := reading.thing_at(i - 1)) is not None:
            span = (quarter.start, mention.end)
            yield Claim(inner.id, "grp:locatedIn", place.id, span, "adjective-of-place", 0.85)
        for thing, start, end in _owners(reading, i, sentence):
            if thing.kind not in ("PublicAuthority", "Place"):
                yield Claim(thing.id, "grp:locatedIn", place.id, (start, end), "adjective-of-place", 0.85)


def _owners(reading: Reading, i: int, sentence: Masked) -> Iterator[tuple[Thing, int, int]]:
    """Find what an adjective of a place belongs to: the mention round it, before it, or the names after it."""
    text, adjective = reading.normal.text, reading.mentions[i]
    inside = [
        j
        for j in range(max(0, i - 12), min(len(reading.mentions), i + 12))
        if j != i
        and reading.mentions[j].rule != "demonym"
        and letter(reading.mentions[j].kind) in "OFJ"
        and sentence.sentence.start <= reading.mentions[j].start < sentence.sentence.end
    ]
    for j in inside:
        m, thing = reading.mentions[j], reading.thing_at(j)
        if thing is not None and m.start <= adjective.start and adjective.end <= m.end and adjective.end <= m.core[0]:
            yield from ((t, m.start, e) for t, e in _with_coordinates(reading, sentence, j, thing))
            return
    before = [j for j in inside if reading.mentions[j].end <= adjective.start]
    if before and (thing := reading.thing_at(before[-1])) is not None:
        m = reading.mentions[before[-1]]
        between = text[m.end : adjective.start]
        definite = m.rule.startswith("definite") and between == " "
        if definite or _APPOSED.match(between):
            yield thing, m.start, adjective.end
            return
        first = reading.thing_at(before[0])
        if _SEAT.search(text[: adjective.start]) and first is not None:
            yield first, reading.mentions[before[0]].start, adjective.end
            return
    after = [j for j in inside if reading.mentions[j].start >= adjective.end]
    if after and (thing := reading.thing_at(after[0])) is not None:
        m = reading.mentions[after[0]]
        if _BEFORE.search(text[: adjective.start]) and _THEN_NAME.fullmatch(text[adjective.end : m.start]):
            yield from ((t, adjective.start, e) for t, e in _with_coordinates(reading, sentence, after[0], thing))


def _with_coordinates(reading: Reading, sentence: Masked, j: int, thing: Thing) -> Iterator[tuple[Thing, int]]:
    """Return a thing and those listed after it, each with the end of its mention; only after a plural head."""
    yield thing, reading.mentions[j].end
    lead = reading.normal.text[max(0, reading.mentions[j].start - 45) : reading.mentions[j].core[0]]
    found = re.search(
        rf"⟨[OJF]{j}⟩(?P<more>(?:(?:, | et |, et ){{OJF}})+)".replace("{OJF}", r"⟨[OJF]\d+⟩"), sentence.text
    )
    if found and re.search(rf"(?<![\w-])(?:[Ll]es|[Dd]es|aux|[Dd]eux|[Tt]rois|quatre|ses|ces) {_HEADS}(?![\w-])", lead):
        for number in re.findall(r"⟨[OJF](\d+)⟩", found["more"]):
            if (other := reading.thing_at(int(number))) is not None:
                yield other, reading.mentions[int(number)].end


_AT_PLACE = ("à", "dans", "en", "sur", "au cœur", "au sein")
_SETTLE = frozenset(
    "installer implanter emménager déménager siéger baser établir domicilier situer trouver loger naître nicher grandir créer fonder".split()
)
_CARRIED_OUT = frozenset("expérimenter déployer tester implanter installer".split())
_SEATED_AT = re.compile(r"(?:siège|locaux|bureaux|ateliers|laboratoires|quartiers)\b")
_STAFF = re.compile(r"\b(?:salarié|collaborat|personne|employé|agent|chercheur|emploi|permanent)\w*")


def by_clause(reading: Reading) -> Iterator[Said]:
    """« X, née à Brest, déménage à Lorient », « X emploie 40 personnes à Metz », « Z sera expérimenté dans le Gers »."""
    for frame in frames(reading):
        if not frame.stated or frame.voice == "noun" or frame.masked.sentence.kind not in _PROSE:
            continue
        letters = _settled(frame)
        subject = next((p for p in frame.subjects if p.mentions and not p.via), None)
        if (
            not letters
            or subject is None
            or not frame.things(subject)
            or letter(frame.things(subject)[0].kind) not in letters
        ):
            continue
        inside = [p for p in (*frame.complements, *frame.front) if p.preposition in _AT_PLACE and not _timely(p)]
        for phrase in (p for p in inside[:1] if p.letters[:1] == "L"):
            for thing in frame.things(subject)[:1]:
                place = frame.things(phrase)[0]
                if thing.kind not in ("PublicAuthority", "FundingAgency") and not phrase.via and thing.id != place.id:
                    span = frame.span(subject, phrase)
                    yield Claim(thing.id, "grp:locatedIn", place.id, span, "clause-settled", 0.8)


def _timely(phrase: Phrase) -> bool:
    """Return whether a phrase says when: « en mars », « à la rentrée 2027 »."""
    return not phrase.mentions or not phrase.letters.strip("DY")


def _settled(frame: Frame) -> str:
    """Return the letters of what a verb puts in a place: bodies, projects; none if it does not say where they are."""
    if frame.lemma in ("avoir", "établir", "fixer", "transférer", "prendre"):
        return "O" if any(_SEATED_AT.search(p.lead) for p in frame.after("")) else ""
    if frame.lemma in ("employer", "compter") and frame.voice == "active":
        return "O" if any(_STAFF.search(p.lead) for p in frame.after("")) else ""
    if frame.lemma in _CARRIED_OUT and frame.voice == "passive":
        return "OJ"
    moves = (
        frame.reflexive or frame.voice == "passive" or frame.lemma in ("emménager", "déménager", "siéger", "grandir")
    )
    return "O" if frame.lemma in _SETTLE and moves else ""


_STREET = (
    r"(?:rue|avenue|av\.|boulevard|bd|quai|impasse|chemin|route|place|allées?|cours|esplanade|square|passage|voie)"
)
#: With a street and no code, with a building between body and street, with a code, and before the body.
_ADDRESSES = (
    pattern(
        rf"{{O:o}}(?:,(?:[^⟨⟩;:.]|⟨A\d+⟩){{1,60}}?| [–-] ⟨\w+⟩)?(?:,| [–-]) (?:\d+ ?(?:bis|ter)?,? )?{_STREET} [^⟨⟩;:]{{2,50}}?(?:,| [–-]) (?:\d{{5}} )?{{L:l}}"
    ),
    pattern(r"{O:o} ?[–,-] (?:[^⟨⟩]|⟨[LPO]\d+⟩){3,90}?\b\d{5} {L:l}"),
    pattern(
        rf"(?:^|[.;:] |\b)Sise?s? (?:au )?\d[^⟨⟩;:]{{0,12}}{_STREET} [^⟨⟩;:]{{2,50}}?{{L:l}}(?: \(⟨L\d+⟩\))?, {{OF:o}}"
    ),
)


def addresses(reading: Reading) -> Iterator[Said]:
    """« Région Occitanie – 22, boulevard … – 31406 Toulouse Cedex 9 », « Adresse administrative : 55 … 75012 PARIS »."""
    told: set[str | None] = set()
    for hit in (h for form in _ADDRESSES for h in reading.find(form)):
        body, place = hit.thing("o"), hit.thing("l")
        if body and place and hit["l"] not in told:
            told.add(hit["l"])
            yield Claim(body.id, "grp:locatedIn", place.id, hit.span, "postal-address", 0.92)
    yield from _sheet_addresses(reading)
    yield from _publishers_address(reading, told)


_STREET_AND_CODE = re.compile(rf"(?:^|[ ,–])(?:\d+ ?(?:bis|ter)?,? )?{_STREET} .{{2,60}}\b\d{{5}} ⟨L(?P<l>\d+)⟩")


def _publishers_address(reading: Reading, told: set[str | None]) -> Iterator[Said]:
    """« Service de presse – 5 place du 6-Juin-1944, 45000 Orléans » at the end: where the one whose text it is sits."""
    for masked in reading.masked[-8:] if reading.publisher is not None else ():
        found = _STREET_AND_CODE.search(masked.text)
        if found is None or found["l"] in told or "⟨O" in masked.text[: found.start()]:
            continue
        place = reading.thing_at(int(found["l"]))
        if place is not None and reading.publisher is not None:
            span = masked.origin(*found.span(), reading.mentions)
            yield Claim(reading.publisher, "grp:locatedIn", place.id, span, "publishers-address", 0.8)


def _sheet_addresses(reading: Reading) -> Iterator[Said]:
    beneficiary: tuple[Thing, int] | None = None
    for masked in reading.masked:
        if found := re.search(
            r"(?:[Bb]énéficiaire|[Ee]ntreprise|[Ss]ociété|[Pp]orteur|[Oo]rganisme) ?: ?⟨O(\d+)⟩", masked.text
        ):
            thing = reading.thing_at(int(found[1]))
            beneficiary = (thing, masked.offsets[0]) if thing else None
        found = re.search(
            r"[Aa]dresse[^:]*: [^⟨⟩]*\d{5} ⟨L(\d+)⟩|(?:[Ll]ocalisation|[Ss]iège(?: social)?|[Vv]ille|[Cc]ommune|[Ii]mplantation) ?: ?⟨L(\d+)⟩",
            masked.text,
        )
        if found and beneficiary:
            number = int(found[1] or found[2])
            if (place := reading.thing_at(number)) is not None:
                span = (beneficiary[1], reading.mentions[number].end)
                yield Claim(beneficiary[0].id, "grp:locatedIn", place.id, span, "sheet-address", 0.9)
