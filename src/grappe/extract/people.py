"""People: the offices that they hold, what they lead, what they are quoted with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Claim, Office, Range, Said, Speech
from grappe.extract.reading import Masked, Reading, Thing, pattern

__all__ = ["heads", "offices", "offices_before", "speeches"]

_STOP = (
    r"[,;:.()«»⟨⟩–]| (?:a|ont|est|sont|se|s'\w+|qui|que|dont|où|avait|avaient|était|étaient|en a|y a|lors|depuis|ce|pour qui|et (?=(?:la |le |l')?"
    + lexicon.ROLE
    + r")|et (?=[⟨A-ZÀ-Þ«])|et (?:le|la|les) |aux côtés|ainsi|en présence|entouré\w*|accompagné\w*|explique|souligne|précise|rappelle|estime|déclare|affirme|ajoute|résume|sourit|confie|observe|plaide)(?![\w-])"
)
_TITLE = re.compile(rf"(?:(?:la|le|l'|notre|son|sa|leur) ?)?(?P<head>{lexicon.ROLE})(?P<words>(?:(?!{_STOP}).)*)")
_COMPLEMENT = re.compile(r" ?(?:(?:de|à|chez|pour|du|auprès de|au sein de|,) )?⟨(?P<letter>[OFJLGI])(?P<org>\d+)⟩")
_REMIT = re.compile(
    rf" ?,? ?(?P<remit>(?:déléguée?|chargée?|en charge|responsable) (?:à |au |aux |de |du |des |d'|pour )(?:(?!{_STOP}).)+"
    rf"(?:, (?:à |au |aux |de la |de l'|du |des )(?:(?!{_STOP}).)+)*)"
)
_NEXT = re.compile(
    r" ?(?:,|et|ainsi que|, et|puis|/)? (?=(?:la |le |l')?"
    + lexicon.ROLE
    + r")|,? (?=(?:la |le |l')?"
    + lexicon.ROLE
    + r")"
)
_AFTER_PERSON = re.compile(
    r" ?(?:,|\(|–|:|, par ailleurs,|est|,? nommée?|, nouvel(?:le)?) ?(?=(?:(?:la|le|l'|notre|son|sa) ?)?"
    + lexicon.ROLE
    + r")| (?="
    + lexicon.ROLE
    + ")"
)
_FORMER = re.compile(r"^(?:l'|les )?(?:[Aa]ncien|ex-)|[Pp]rix ")
_TAIL = re.compile(r"(?:[ ,]+(?:de|du|des|d'|à|au|aux|la|le|l'|les|chez|pour|et|en|,))+$")
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
        inherited: int | None = None
        for found in person.finditer(masked.text):
            who = reading.thing_at(int(found[1]))
            at = found.end()
            opening = _AFTER_PERSON.match(masked.text, at)
            if who is None or opening is None:
                continue
            if opening[0] == " " and not re.search(r"nomm\w+ $", masked.text[: found.start()]):
                continue
            at = opening.end()
            while title := _TITLE.match(masked.text, at):
                text, body, at = _read_title(reading, masked, title)
                if text and not _FORMER.match(title["head"]) and not _FORMER.search(text):
                    organization = (
                        body
                        if body is not None
                        else inherited
                        if inherited is not None
                        else _speaker_body(reading, masked, found.start())
                    )
                    if organization is not None:
                        yield from _office(
                            who,
                            text,
                            reading.things[organization],
                            _range(reading, masked, found.start(), at),
                            "person-title",
                        )
                        inherited = organization
                following = _NEXT.match(masked.text, at)
                if following is None:
                    break
                at = following.end()


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


def _office(who: Thing, title: str, body: Thing, span: Range, rule: str) -> Iterator[Said]:
    title = re.sub(r"^(?:la|le|l'|notre|son|sa|leur) ?", "", title)
    if len(title) > 140:
        return
    yield Office(who.id, title, body.id, span, rule)
    if (
        _is_led(body)
        and _LEADING.match(title)
        and not re.match(r"\w+ (?:adjoint|commercial|de la communication|de recherche)", title)
    ):
        yield Claim(who.id, "org:headOf", body.id, span, rule)


def _speaker_body(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return the body that a title without one belongs to: the publisher or the body spoken of."""
    for found in reversed([*re.finditer(r"⟨O(\d+)⟩", masked.text[:before])]):
        between = masked.text[found.end() : before]
        if re.fullmatch(r" ?[:–] ?", between):
            thing = reading.thing_at(int(found[1]))
            return thing.id if thing else None
    return reading.publisher


def _range(reading: Reading, masked: Masked, start: int, end: int) -> Range:
    while end > start + 1 and masked.text[end - 1] in " ,":
        end -= 1
    return masked.origin(start, end, reading.mentions)


def offices_before(reading: Reading) -> Iterator[Said]:
    """« Le directeur de l'IBMC, Jean-Luc Imler », « la présidente du conseil régional Valérie Pécresse »."""
    for hit in reading.find(
        pattern(
            rf"(?:^|[ ,(«])(?P<title>{lexicon.ROLE}(?:(?!{_STOP}).)*?) (?:de |à |chez )?{{OJF:o}}(?: ⟨L\d+⟩)?,? {{P:p}}(?! (?:et|, {lexicon.ROLE}))"
        )
    ):
        who, body = hit.thing("p"), hit.thing("o")
        title = hit["title"] or ""
        if (
            who
            and body
            and not _FORMER.match(title)
            and not re.search(r"⟨P\d+⟩,? ?(?:\w+ )?$", hit.masked.text[: hit.match.start("title")])
        ):
            yield from _office(
                who, _TAIL.sub("", title.rstrip()), body, hit.span_of("title", "p"), "title-before-person"
            )


def heads(reading: Reading) -> Iterator[Said]:
    """« le Genoscope, que dirige Patrick Wincker », « dirigé par le Pr Jérôme Larghero », « CITHERA d'Annelise Bennaceur »."""
    led = r"(?:dirigée?|pilotée?|conduite?|animée?|menée?|présidée?|coordonnée?|portée?)s?"
    expressions = (
        (
            rf"{{OJFG:o}}(?P<gap>(?:, (?!⟨)[^⟨⟩.;:]*?)?(?:, (?:unité|laboratoire|projet)[^.;:]*?)?),? (?:et )?{led} (?:à ce jour |aujourd'hui )?par {{P:p}}",
            "led-by-person",
        ),
        (
            r"{OJFG:o}(?:[^⟨⟩.;]*?|, unité[^.;]*?),? que (?:dirige|pilote|préside|coordonne|anime) {P:p}",
            "whom-person-leads",
        ),
        (
            r"{OJFG:o}(?:[^⟨⟩.;]*?|, unité[^.;]*?) placée? sous (?:la direction|la responsabilité|l'autorité) de {P:p}",
            "under-direction",
        ),
        (r"{P:p},? à la tête de {OJFG:o}", "at-the-head"),
        (r"{P:p},? qui (?:dirige|pilote|préside|coordonne) {OJFG:o}", "who-leads"),
        (r"[Ss]ous la présidence de {P:p},? {OJFG:o}", "presidency-of"),
        (
            r"(?:[Pp]résidée?|[Dd]irigée?) par {P:p}(?:,[^⟨⟩]*?(?:⟨O\d+⟩)?)?,(?: et [^⟨⟩]*⟨P\d+⟩,)? {OJFG:o}",
            "led-by-person-first",
        ),
        (
            r"(?:[Pp]résidée?|[Dd]irigée?) par ⟨P\d+⟩,[^.;]*? et (?:dirigée?|présidée?) par {P:p},? {OJFG:o}",
            "led-by-person-second",
        ),
    )
    for expression, rule in expressions:
        for hit in reading.find(pattern(expression)):
            who, body = hit.thing("p"), hit.thing("o")
            if who and body:
                yield Claim(who.id, "org:headOf", body.id, hit.span_of("o", "p") if rule != "x" else hit.span, rule)
    for hit in reading.find(pattern(r"{OJ:o}(?: \([^()]*\))? de {P:p}")):
        who, body = hit.thing("p"), hit.thing("o")
        if who and body and _is_led(body):
            yield Claim(who.id, "org:headOf", body.id, hit.span, "genitive-of-leader", 0.8)
    for hit in reading.find(pattern(r"{P:p} et {P:q} (?:le|la|l'|les) ?(?:pilot|dirig|codirig|coordonn|anim)ent")):
        topic = _topic_before(reading, hit.span[0])
        for slot in ("p", "q"):
            if topic is not None and (who := hit.thing(slot)) is not None:
                yield Claim(who.id, "org:headOf", topic, hit.span, "they-lead-it", 0.75)


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
