"""People: the offices that they hold, what they lead, what they are quoted with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Claim, Office, Range, Said, Speech
from grappe.extract.reading import Masked, Reading, Thing, pattern
from grappe.iri import fold

__all__ = ["heads", "lines", "offices", "offices_before", "several", "speeches"]

#: Verbs of saying and doing that end a title.
_VERBS = (
    r"a|ont|est|sont|se|s'\w+|qui|que|dont|où|avait|avaient|était|étaient|en a|y a|lors|depuis|ce|pour qui|aux côtés|ainsi|en présence|"
    r"entourée?s?|accompagnée?s?|explique|souligne|précise|rappelle|estime|déclare|affirme|ajoute|résume|sourit|confie|observe|plaide|"
    r"indique|note|conclut|insiste|détaille|assure|annonce|commente|analyse|raconte|salue|poursuit|lance|témoigne|avance|reconnaît|"
    r"justifie|prévient|signe|signent|inaugure|inaugurent|rejoint|pilote|dirige|coordonne|porte|participe|participent|présente|présentent"
)
_A_ROLE = rf"(?:la |le |l'|notre |son |sa |leur )?{lexicon.ROLE}"
_STOP = rf"(?:[,;:.()«»⟨⟩–]| (?:{_VERBS})(?![\w-])| et (?={_A_ROLE})| et (?=[⟨A-ZÀ-Þ«]))"
_TITLE = re.compile(
    rf"(?:(?P<whose>la|le|l'|notre|nos|son|sa|leur) ?)?(?P<head>{lexicon.ROLE})(?P<words>(?:(?!{_STOP}).)*)"
)
_COMPLEMENT = re.compile(r" ?(?:(?:de|à|chez|pour|du|auprès de|au sein de|,) )?⟨(?P<letter>[OFJLGI])(?P<org>\d+)⟩")
_REMIT = re.compile(
    rf" ?,? ?(?P<remit>(?:déléguée?|chargée?|en charge|responsable) (?:à |au |aux |de |du |des |d'|pour )(?:(?!{_STOP}).)+"
    rf"(?:, (?:à |au |aux |de la |de l'|du |des )(?:(?!{_STOP}).)+)*)"
)
_NEXT = re.compile(rf" ?(?:,|et|ainsi que|, et|puis|/|;)? ?(?={_A_ROLE})")
_NAMED = r"(?:,? (?:a été |est |vient d'être |fut |sera )?(?:re)?(?:nommée?|élue?|désignée?|promue?)|,? (?:est|devient|reste|sera))"
_AFTER_PERSON = re.compile(
    rf"(?: ?(?:,|\(|–|:|, par ailleurs,|, nouvel(?:le)?)|{_NAMED}) ?(?:à la fois |également |aussi |actuellement )?(?={_A_ROLE})| (?={lexicon.ROLE})"
)
_FORMER = re.compile(r"^(?:l'|les )?(?:[Aa]ncien|ex-)|[Pp]rix ")
_TAIL = re.compile(r"(?:[ ,]+(?:de|du|des|d'|à|au|aux|la|le|l'|les|chez|pour|et|en|,))+$")
#: The title before is somebody's already: « Maire de Besançon, Marie-Guite Dufay, Présidente … », « l'ancien maire ».
_SOMEBODYS = re.compile(r"⟨P\d+⟩,? ?(?:\w+ )?$|⟨P\d+⟩,[^⟨;.]*⟨O\d+⟩,? et $|[Aa]ncien(?:ne)? $|\bex-$")
_LEADING = re.compile(
    r"^(?:[Cc]o-?)?(?:[Dd]irect|[Rr]esponsable|[Cc]oord|[Pp]résident|[Cc]hef|[Aa]nimat|[Pp]ilote|DG$|PDG)"
)
_TERRITORIAL = re.compile(r"maire|[Cc]onseill\w+ municipal|[Pp]remi[eè]re? magistrat", re.I)
#: Bodies of which any leading title says also who leads them.
_LED = ("Laboratory", "ResearchNetwork")


def _is_led(thing: Thing) -> bool:
    return (
        thing.kind in _LED
        or thing.kind in ("Project", "TechnologyPlatform", "Biofoundry", "Programme")
        or bool(
            thing.kind == "Organization"
            and re.match(r"Banque de tissus|Service|Département|Plateau|Direction", thing.label)
        )
    )


def offices(reading: Reading) -> Iterator[Said]:
    """« Stéphane Beaudet, Président de Genopole, Vice-président de la Région et maire d'Evry » holds three offices."""
    person = re.compile(r"⟨P(\d+)⟩")
    for masked in reading.masked:
        for found in person.finditer(masked.text):
            who = reading.thing_at(int(found[1]))
            at = found.end()
            opening = _AFTER_PERSON.match(masked.text, at)
            if who is None or opening is None:
                continue
            if opening[0] == " " and not re.search(r"nomm\w+ $", masked.text[: found.start()]):
                continue
            yield from _held(reading, masked, who, found.start(), opening.end())


def _held(reading: Reading, masked: Masked, who: Thing, start: int, at: int) -> Iterator[Said]:
    """Read titles in a row: one without a body shares that of the title before it, or, after « et », the next one's."""
    titles: list[tuple[str, int | None, str, int]] = []
    while title := _TITLE.match(masked.text, at):
        text, body, at = _read_title(reading, masked, title)
        former = _FORMER.match(title["head"]) or _FORMER.search(text)
        titles.append(("" if former else text, body, title["whose"] or "", at))
        following = _NEXT.match(masked.text, at)
        if following is None:
            break
        at = following.end()
    for place, (text, body, whose, end) in enumerate(titles):
        if not text:
            continue
        rule = "office-after-person"
        if body is None and (earlier := [b for _, b, _, _ in titles[:place] if b is not None]):
            body = earlier[-1]
        elif body is None and (later := [b for _, b, _, _ in titles[place + 1 :] if b is not None]):
            body = later[0]
        elif body is None:
            body, rule = _body_spoken_of(reading, masked, start, text, whose), "office-of-body-spoken-of"
        if body is not None:
            yield from _office(who, text, reading.things[body], _range(reading, masked, start, end), rule)


def _read_title(reading: Reading, masked: Masked, title: re.Match[str]) -> tuple[str, int | None, int]:
    """Return a title as written without its body, the body's thing, and where it ends in the masked text."""
    words, at = title["head"] + title["words"], title.end()
    body: int | None = None
    remit = _REMIT.match(masked.text, at) if not _COMPLEMENT.match(masked.text, at) else None
    complement = _COMPLEMENT.match(masked.text, at)
    if complement and not masked.text[at : complement.end()].startswith(","):
        thing = reading.thing_at(int(complement["org"]))
        if thing is not None and not (thing.kind == "Place" and not _TERRITORIAL.search(words)):
            body, at = thing.id, complement.end()
            remit = _REMIT.match(masked.text, at)
            more = re.match(r" ⟨L\d+⟩", masked.text[at:])
            if more:
                at += more.end()
                remit = _REMIT.match(masked.text, at)
        elif thing is not None:
            at = complement.end()
    if remit:
        words = f"{_TAIL.sub('', words.rstrip())} {remit['remit']}"
        at = remit.end()
        if body is None:
            complement = _COMPLEMENT.match(masked.text, at)
            if complement and (thing := reading.thing_at(int(complement["org"]))) is not None and thing.kind != "Place":
                body, at = thing.id, complement.end()
    return _TAIL.sub("", words.rstrip()).strip(), body, at


#: How sure each way of stating an office is.
_SURE = {
    "office-after-person": 0.94,
    "office-of-body-spoken-of": 0.65,
    "office-before-person": 0.88,
    "office-before-person-alone": 0.6,
    "office-of-several": 0.8,
    "office-line": 0.7,
}


def _office(who: Thing, title: str, body: Thing, span: Range, rule: str) -> Iterator[Said]:
    title = re.sub(r"^(?:la|le|l'|notre|son|sa|leur) ?", "", title)
    if len(title) > 140:
        return
    sure = _SURE[rule]
    yield Office(who.id, title, body.id, span, rule, sure)
    if (
        _is_led(body)
        and _LEADING.match(title)
        and not re.match(r"\w+ (?:adjoint|commercial|de la communication|de recherche)", title)
    ):
        yield Claim(who.id, "org:headOf", body.id, span, rule)


_OF_FIRM = re.compile(
    r"(?:PDG|CEO|CTO|COO|CFO|CSO|[Pp]résidente?-direct|[Cc]o-?[Ff]ond|[Ff]ond|[Gg]érant|[Dd]irigeant|[Cc]hief )"
)
_FIRMS = frozenset({"Company"})
_BODIES = frozenset(
    {"Company", "Laboratory", "Hospital", "University", "ResearchOrganization", "Cluster", "NonProfit", "Organization", "PublicAuthority", "ResearchNetwork", "FundingAgency"}
)  # fmt: skip


def _body_spoken_of(reading: Reading, masked: Masked, before: int, title: str, whose: str) -> int | None:
    """Return the body that a title without one belongs to: the one whose line it is, the firm spoken of, the publisher."""
    for found in reversed([*re.finditer(r"⟨O(\d+)⟩", masked.text[:before])]):
        if re.fullmatch(r" ?[:–] ?", masked.text[found.end() : before]):
            thing = reading.thing_at(int(found[1]))
            return thing.id if thing else None
    if re.search(r" (?:a|vient de) (?:re)?nomm\w+ $", masked.text[:before]):
        return _topic_of(reading, masked, before)
    if (office := _public_office(reading, title)) is not None:
        return office
    if re.match(r"(?:Représentante?|Contact|Responsable)\b[^⟨]*$", masked.text[:before]):
        sheet = _beneficiary_before(reading, masked)
        if sheet is not None:
            return sheet
    at = masked.offsets[before]
    publisher = reading.publisher
    if whose in ("son", "sa", "leur"):
        beside = [reading.thing_at(int(n)) for n in re.findall(r"⟨O(\d+)⟩", masked.text[:before])]
        if beside and beside[-1] is not None and re.search(r"⟨P\d+⟩,[^⟨⟩]*⟨O\d+⟩,?(?: et)? $", masked.text[:before]):
            return beside[-1].id
        topic = _topic_of(reading, masked, before)
        return topic if topic is not None else _body_before(reading, at, _BODIES)
    if _OF_PROJECT.match(title):
        topic = _topic_of(reading, masked, before)
        if topic is not None and _is_led(reading.things[topic]):
            return topic
    if _OF_FIRM.match(title):
        if publisher is not None and reading.things[publisher].kind in _FIRMS:
            return publisher
        nearest = _body_before(reading, at, _FIRMS)
        return _body_before(reading, at, _BODIES) if nearest is None else nearest
    if publisher is None or reading.things[publisher].kind in ("PublicAuthority", "FundingAgency"):
        earlier = _body_told_with(reading, masked, before)
        if earlier is not None:
            return earlier
    section = _subject_of_block(reading, masked, at)
    return (
        section if section is not None else publisher if publisher is not None else _body_before(reading, at, _BODIES)
    )


def _body_told_with(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return the firm or laboratory that an earlier sentence names before the person who speaks: « X, fondée par P »."""
    here = re.match(r"⟨P(\d+)⟩", masked.text[before:])
    who = reading.thing_at(int(here[1])) if here else None
    for piece in reading.masked[: masked.sentence.index] if who is not None else ():
        for found in re.finditer(r"⟨P(\d+)⟩", piece.text):
            if who is None or reading.thing_of[int(found[1])] != who.id:
                continue
            for number in reversed(re.findall(r"⟨O(\d+)⟩", piece.text[: found.start()])):
                thing = reading.thing_at(int(number))
                if thing is not None and thing.kind in _SECTION:
                    return thing.id
    return None


def _public_office(reading: Reading, title: str) -> int | None:
    """« secrétaire général pour l'investissement » holds office in the Secrétariat général pour l'investissement."""
    name = re.sub(r"^secretaire generale?", "secretariat general", fold(title))
    name = re.sub(r"^(?:haut )?commissaire(?: general)?", "commissariat general", name)
    if name == fold(title) or len(name.split()) < 3:
        return None
    return next((t.id for t in reading.things if any(fold(f).startswith(name) for f in (t.label, *t.aliases))), None)


_OF_PROJECT = re.compile(r"(?:[Cc]oord|[Rr]esponsable scientifique|[Pp]orteu|[Aa]nimat|[Pp]ilote)")


def _topic_of(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return what this sentence, else the one before, is about: its first body or project after no preposition."""
    for piece, limit in (
        (masked, before),
        *((m, len(m.text)) for m in reversed(reading.masked[: masked.sentence.index])),
    ):
        if masked.sentence.block - piece.sentence.block > 1 or masked.sentence.index - piece.sentence.index > 3:
            return None
        for found in re.finditer(r"⟨[OJ](\d+)⟩", piece.text[:limit]):
            follows = piece.text[found.end() : found.end() + 4]
            listed = r"(?:⟨[OJ]\d+⟩(?:, | et ))*" if re.match(r", |,? et ", follows) else r"(?:⟨[OJ]\d+⟩ et )?"
            governed = rf"(?:^|[ (])(?:de|à|par|avec|pour|chez|dans|sur|en|sous|selon|entre) {listed}$"
            if re.search(governed, piece.text[: found.start()], re.I):
                continue
            thing = reading.thing_at(int(found[1]))
            if thing is not None:
                return thing.id
    return None


def _subject_of_block(reading: Reading, masked: Masked, at: int) -> int | None:
    """Return the firm, laboratory or club that the paragraph of an item or section names first, before a place."""
    pieces = [m for m in reading.masked if m.sentence.block == masked.sentence.block and m.sentence.start <= at]
    for piece in pieces:
        for found in re.finditer(r"⟨O(\d+)⟩", piece.text):
            mention, thing = reading.mentions[int(found[1])], reading.thing_at(int(found[1]))
            if mention.start >= at:
                return None
            if thing is not None and thing.kind in _SECTION:
                return thing.id
    return None


_SECTION = frozenset({"Company", "Laboratory", "NonProfit", "Cluster"})


def _beneficiary_before(reading: Reading, masked: Masked) -> int | None:
    """Return whose sheet a line stands in: « Bénéficiaire : X … Représentant : Mme Y, directrice »."""
    for piece in reversed(reading.masked[: masked.sentence.index]):
        if found := re.match(r"Bénéficiaire ?: ?⟨O(\d+)⟩", piece.text):
            thing = reading.thing_at(int(found[1]))
            return thing.id if thing else None
    return None


def _body_before(reading: Reading, at: int, kinds: frozenset[str]) -> int | None:
    """Return the body of these classes that the text named last before a place."""
    for i in range(len(reading.mentions) - 1, -1, -1):
        mention, thing = reading.mentions[i], reading.thing_at(i)
        if mention.end <= at and thing is not None and thing.kind in kinds and thing.named:
            return thing.id
    return None


def _range(reading: Reading, masked: Masked, start: int, end: int) -> Range:
    while end > start + 1 and masked.text[end - 1] in " ,":
        end -= 1
    return masked.origin(start, end, reading.mentions)


def offices_before(reading: Reading) -> Iterator[Said]:
    """« Le directeur de l'IBMC, Jean-Luc Imler », « la présidente du conseil régional Valérie Pécresse »."""
    for hit in reading.find(
        pattern(
            rf"(?:^|[ ,(«'])(?P<title>{lexicon.ROLE}(?:(?!{_STOP}).)*?) (?:de |à |chez )?{{OJF:o}}(?: ⟨L\d+⟩)?,? {{P:p}}(?! ?(?:et|,) (?:la |le )?{lexicon.ROLE})"
        )
    ):
        who, body = hit.thing("p"), hit.thing("o")
        title, before = hit["title"] or "", hit.masked.text[: hit.match.start("title")]
        if who and body and not _FORMER.match(title) and not _SOMEBODYS.search(before):
            span = hit.span_of("title", "p")
            yield from _office(who, _TAIL.sub("", title.rstrip()), body, span, "office-before-person")
    for hit in reading.find(
        pattern(
            rf"(?:^|[ ,(«])(?P<whose>[Ll]e|[Ll]a|[Ss]on|[Ss]a|[Nn]otre) (?P<title>{lexicon.ROLE}(?: (?!{_VERBS})[a-zà-ÿ'-]+){{0,5}}?),? {{P:p}}"
        )
    ):
        who, title = hit.thing("p"), hit["title"] or ""
        before = hit.masked.text[: hit.match.start("title")]
        if who is None or _FORMER.match(title) or _TERRITORIAL.match(title) or _SOMEBODYS.search(before):
            continue
        at, whose = hit.match.start("title"), (hit["whose"] or "").casefold()
        body_number = _body_spoken_of(reading, hit.masked, at, title, whose)
        if body_number is not None:
            span = hit.span_of("title", "p")
            yield from _office(who, title, reading.things[body_number], span, "office-before-person-alone")


def lines(reading: Reading) -> Iterator[Said]:
    """« Responsable scientifique : Hélène Vaubertin. »: who holds the office of the project or body spoken of."""
    for hit in reading.find(pattern(rf"^(?P<title>{lexicon.ROLE}(?: [a-zà-ÿ'-]+){{0,4}}) ?: {{P:p}}")):
        who, title = hit.thing("p"), hit["title"] or ""
        topic = _topic_of(reading, hit.masked, 0)
        if who is not None and topic is not None and not title.startswith("Représentant"):
            yield from _office(who, title, reading.things[topic], hit.span, "office-line")


def several(reading: Reading) -> Iterator[Said]:
    """« Claire Morel et Paul Giraud, cofondateurs de Voltéa »: a title in the plural is each one's."""
    roles = rf"(?:les |deux |trois |ses |nos )*(?P<title>{lexicon.ROLE_PLURAL}(?: (?!et |de |chez )[a-zà-ÿ]+)?)(?: et (?P<more>{lexicon.ROLE_PLURAL}))?"
    for expression in (
        rf"(?P<who>{{P}}(?:, {{P}})*,? et {{P}}),? {roles} (?:respectifs? )?(?:de |chez ){{OJF:o}}",
        rf"(?<![\w-]){roles} (?:de |chez ){{OJF:o}},? (?P<who>{{P}}(?:, {{P}})*,? et {{P}})",
    ):
        for hit in reading.find(pattern(expression)):
            body = hit.thing("o")
            for title in (hit["title"], hit["more"]):
                for who in hit.things("who") if body and title else ():
                    yield from _office(who, _singular(title or ""), body, hit.span, "office-of-several") if body else ()


def _singular(title: str) -> str:
    return re.sub(r"s\b", "", title)


_LED_BY = r"(?:dirigée?s?|pilotée?s?|conduite?s?|animée?s?|menée?s?|présidée?s?|coordonnée?s?|portée?s?|emmenée?s?)"
_AFTER_BODY = (
    (rf"(?:,| et|,? est|,? a été)? ?{_LED_BY} (?:à ce jour |aujourd'hui |scientifiquement |depuis ⟨D\d+⟩ )?par {{P:p}}", "led-by-person"),
    (r",? que (?:dirige|pilote|préside|coordonne|anime|mène) {P:p}", "whom-person-leads"),
    (r",? placée? sous (?:la direction|la responsabilité|l'autorité|la présidence|la houlette) de {P:p}", "under-direction"),
)  # fmt: skip
_BEFORE_BODY = (
    (r"{P:p},? (?:à la tête|aux commandes) de {OJFG:o}", "at-the-head"),
    (r"{P:p}(?:, [^⟨⟩.;]{1,70},)?,? (?:qui )?(?:dirige|pilote|préside|coordonne|anime|a pris la tête de|prend la tête de|prend les rênes de)(?: aussi| également| par ailleurs)? {OJFG:o}", "who-leads"),
    (r"[Ss]ous la (?:présidence|direction|houlette|coordination) (?:scientifique )?de {P:p}(?:, [^⟨⟩.;]{1,60})?,? {OJFG:o}", "presidency-of"),
    (r"(?:^|[,;•–-] )(?:[Pp]résidée?|[Dd]irigée?|[Cc]oordonnée?|[Pp]ilotée?|[Pp]ortée?) par {P:p}(?:,[^⟨⟩]*?(?:⟨O\d+⟩)?)?,(?: et [^⟨⟩]*⟨P\d+⟩,)? {OJFG:o}", "led-by-person-first"),
    (r"(?:[Pp]résidée?|[Dd]irigée?) par ⟨P\d+⟩,[^.;]*? et (?:dirigée?|présidée?|animée?|coordonnée?) par {P:p},? {OJFG:o}", "led-by-person-second"),
)  # fmt: skip


def heads(reading: Reading) -> Iterator[Said]:
    """« le Genoscope, que dirige Patrick Wincker », « dirigé par le Pr Jérôme Larghero », « CITHERA d'Annelise Bennaceur »."""
    for expression, rule in _AFTER_BODY:
        for hit in reading.find(pattern(expression)):
            body, who = _led_before(reading, hit.masked, hit.match.start()), hit.thing("p")
            if body is not None and who is not None:
                thing, at = body
                start = hit.masked.origin(at, at + 1, reading.mentions)[0]
                yield Claim(who.id, "org:headOf", thing.id, (min(start, hit.span[0]), hit.span[1]), rule)
    for expression, rule in _BEFORE_BODY:
        for hit in reading.find(pattern(expression)):
            who, led = hit.thing("p"), hit.thing("o")
            if who and led:
                yield Claim(who.id, "org:headOf", led.id, hit.span_of("o", "p"), rule)
    for hit in reading.find(pattern(r"{OJ:o}(?: \([^()]*\))? de {P:p}")):
        who, led = hit.thing("p"), hit.thing("o")
        if who and led and _is_led(led):
            yield Claim(who.id, "org:headOf", led.id, hit.span, "genitive-of-leader", 0.8)
    for hit in reading.find(pattern(r"{P:p} et {P:q} (?:le|la|l'|les) ?(?:pilot|dirig|codirig|coordonn|anim)ent")):
        topic = _topic_before(reading, hit.span[0])
        for slot in ("p", "q"):
            if topic is not None and (who := hit.thing(slot)) is not None:
                yield Claim(who.id, "org:headOf", topic, hit.span, "they-lead-it", 0.75)


def _led_before(reading: Reading, masked: Masked, before: int) -> tuple[Thing, int] | None:
    """Return the body that a participle or relative clause attaches to, and where it stands in the masked text.

    « le centre X de thérapie de l'hôpital Y, que dirige Z »: the unit, not the body that it belongs to.
    """
    piece = masked.text[max(0, before - 220) : before]
    shift = max(0, before - 220)
    cut = max((m.end() for m in re.finditer(r"[;:.»]|⟨P\d+⟩(?:,| et)", piece)), default=0)
    found = [
        (thing, shift + m.start(), piece[m.end() :])
        for m in re.finditer(r"⟨[OJFG](\d+)⟩", piece)
        if m.start() >= cut and (thing := reading.thing_at(int(m[1]))) is not None
    ]
    if not found:
        return None
    near = [
        f for f in found if not re.search(r" (?:et|avec|ainsi que|puis) (?:le |la |l'|les )?⟨", f[2]) or f is found[-1]
    ]
    led = [f for f in near if _is_led(f[0])]
    thing, at, _ = led[-1] if led else found[-1]
    return thing, at


def _topic_before(reading: Reading, at: int) -> int | None:
    """Return the subject of the sentence that ends before, or of this one's first clause."""
    for masked in reversed([m for m in reading.masked if m.sentence.start <= at]):
        first = next((int(n) for n in re.findall(r"⟨[OJ](\d+)⟩", masked.text)), None)
        if first is not None and reading.mentions[first].start < at:
            thing = reading.thing_at(first)
            return thing.id if thing else None
    return None


def speeches(reading: Reading) -> Iterator[Said]:
    """« … », explique Ludivine Brossard. — Pour Marc Delrieu, président d'Eurobiomed, « … »"""
    for place, masked in enumerate(reading.masked):
        for found in re.finditer(r"⟨Q(\d+)⟩", masked.text):
            quoted = reading.mentions[int(found[1])]
            after = re.match(
                r"(?: ?[,.]? ?)(?P<verb>[^⟨⟩]{0,90}?(?:⟨[OFLGJE]\d+⟩[^⟨⟩]{0,40}?)?)⟨P(?P<p>\d+)⟩",
                masked.text[found.end() :],
            )
            before = [*re.finditer(r"⟨P(\d+)⟩", masked.text[: found.start()])]
            lead = masked.text[before[0].end() : found.start()] if before else ""
            if before and re.search(r"[:,»] ?$|^(?:[^.;]*)$", lead):
                speaker, start, end = int(before[0][1]), before[0].start(), found.end()
            elif after:
                speaker, start, end = int(after["p"]), found.start(), found.end() + after.end()
            elif (
                not before
                and place
                and re.search(r": ?$", reading.masked[place - 1].text)
                and (earlier := re.findall(r"⟨P(\d+)⟩", reading.masked[place - 1].text))
            ):
                speaker, start, end = int(earlier[0]), found.start(), found.end()
            else:
                continue
            who = reading.thing_at(speaker)
            if who is not None:
                yield Speech(who.id, quoted.core, masked.origin(start, end, reading.mentions), "quotation")
