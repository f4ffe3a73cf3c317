"""People: the offices that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Claim, Office, Range, Said
from grappe.extract.reading import Masked, Reading, Thing, pattern
from grappe.extract.sections import TOLD, head_of
from grappe.extract.skeleton import last_named
from grappe.extract.spoken_of import beneficiary_before, body_spoken_of, led_things, topic_of

__all__ = ["FORMER", "lines", "office", "offices", "offices_before", "several", "stated"]

#: Verbs of saying and doing that end a title.
_VERBS = (
    r"a|ont|est|sont|se|s'\w+|qui|que|dont|où|avait|avaient|était|étaient|en a|y a|lors|depuis|ce|pour qui|aux côtés|ainsi|en présence|"
    r"entourée?s?|accompagnée?s?|explique|souligne|précise|rappelle|estime|déclare|affirme|ajoute|résume|sourit|confie|observe|plaide|"
    r"indique|note|conclut|insiste|détaille|assure|annonce|commente|analyse|raconte|salue|poursuit|lance|témoigne|avance|reconnaît|"
    r"justifie|prévient|signe|signent|inaugure|inaugurent|rejoint|pilote|dirige|coordonne|porte|participe|participent|présente|présentent|"
    r"passée? par|venue? de|issue? d[eu]|formée? (?:à|par)|diplômée? d[eu]|rejointe?|succède|remplace"
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
_NAMED = (
    r"(?:,? (?:a été |est |vient d'être |fut |sera )?(?:re)?(?:nommée?|élue?|désignée?|promue?)|,? (?:est|devient|reste|sera))"
    r"(?: (?:la |le |l')?(?:nouvel(?:le)?|nouveau|futur|future|actuel|actuelle)(?= ))?"
)
_AFTER_PERSON = re.compile(
    rf"(?: ?(?:,|\(|–|:|, par ailleurs,|, nouvel(?:le)?)|{_NAMED}) ?(?:à la fois |également |aussi |actuellement |par ailleurs |déjà |désormais )?(?={_A_ROLE})| (?={lexicon.ROLE})"
)
FORMER = re.compile(r"^(?:l'|les )?(?:[Aa]ncien|ex-)|[Pp]rix ")
_TAIL = re.compile(r"(?:[ ,]+(?:de|du|des|d'|à|au|aux|la|le|l'|les|chez|pour|et|en|,))+$")
#: The title before is somebody's already: « Maire de Besançon, Marie-Guite Dufay, Présidente … », « l'ancien maire ».
_SOMEBODYS = re.compile(r"⟨P\d+⟩,? ?(?:\w+ )?$|⟨P\d+⟩,[^⟨;.]*⟨O\d+⟩,? et $|[Aa]ncien(?:ne)? $|\bex-$")
_LEADING = re.compile(
    r"^(?:[Cc]o-?)?(?:[Dd]irect|[Rr]esponsable|[Cc]oord|[Pp]résident|[Cc]hef|[Aa]nimat|[Pp]ilote|DG$|PDG)"
)
#: « P, directeur de X, pilote par ailleurs Y »: the verb.
_PILOTS = re.compile(r"pilote (?:aussi |également |par ailleurs |en outre |désormais )?⟨")
_OF_UNREAD = re.compile(r"(?: ?(?:de|d'|du|des|chez|à|pour))? ?(?:⟨P|(?<=de )⟨L|[A-ZÀ-Þ«])")
_TERRITORIAL = re.compile(r"maire|[Cc]onseill\w+ municipal|[Pp]remi[eè]re? magistrat", re.I)


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
    while (title := _TITLE.match(masked.text, at)) and not _PILOTS.match(masked.text, title.start("head")):
        text, body, at = _read_title(reading, masked, title)
        former = FORMER.match(title["head"]) or FORMER.search(text)
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
        elif body is None and _OF_UNREAD.match(masked.text, end):
            continue  # of a body whose name was not read as one
        elif body is None:
            body, rule = body_spoken_of(reading, masked, start, text, whose), "office-of-body-spoken-of"
        if body is not None:
            yield from office(who, text, reading.things[body], _range(reading, masked, start, end), rule)


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
    "office-for-body": 0.9,
    "office-of-topic": 0.8,
    "office-and-body": 0.85,
    "office-whose": 0.9,
    "office-represented": 0.9,
    "office-has-for": 0.88,
    "office-relative": 0.88,
    "office-as": 0.85,
    "office-they-are": 0.8,
    "office-signed": 0.85,
    "office-of-board": 0.8,
}


def office(who: Thing, title: str, body: Thing, span: Range, rule: str) -> Iterator[Said]:
    """Return that a person holds an office, and that the person leads the body, where the title says so."""
    title = re.sub(r"^(?:la|le|l'|notre|son|sa|leur) ?", "", title)
    title = re.sub(
        r" (?:de l'|de la |du )(?:établissement|entreprise|société|organisme|start-up|structure)$", "", title
    )
    if len(title) > 140:
        return
    sure = _SURE[rule]
    yield Office(who.id, title, body.id, span, rule, sure)
    if (
        led_things(body)
        and _LEADING.match(title)
        and not re.match(r"\w+ (?:adjoint|commercial|de la communication|de recherche)", title)
    ):
        yield Claim(who.id, "org:headOf", body.id, span, rule)


def _range(reading: Reading, masked: Masked, start: int, end: int) -> Range:
    while end > start + 1 and masked.text[end - 1] in " ,":
        end -= 1
    return masked.origin(start, end, reading.mentions)


def offices_before(reading: Reading) -> Iterator[Said]:
    """« Le directeur de l'IBMC, Jean-Luc Imler », « la présidente du conseil régional Valérie Pécresse »."""
    for hit in reading.find(
        pattern(
            rf"(?:^|[ ,(«'])(?:(?P<more>{lexicon.ROLE}(?: [a-zà-ÿ'-]+){{0,2}}?) et (?:le |la |l')?)?(?P<title>{lexicon.ROLE}(?:(?!{_STOP}).)*?) (?:de |à |chez )?{{OJF:o}}(?: ⟨L\d+⟩)?(?P<remit>,? (?:déléguée?|chargée?|en charge) (?:de |d'|du |des |à |au )[^⟨⟩,;.]{{3,70}})?,? {{P:p}}(?! ?(?:et|,) (?:la |le )?{lexicon.ROLE})"
        )
    ):
        who, body = hit.thing("p"), hit.thing("o")
        title, before = hit["title"] or "", hit.masked.text[: hit.match.start("title")]
        if who and body and not FORMER.match(title) and not _SOMEBODYS.search(before):
            span = hit.span_of("title", "p")
            held = _TAIL.sub("", title.rstrip()) + (hit["remit"] or "").removeprefix(",")
            yield from office(who, held, body, span, "office-before-person")
            if (more := hit["more"]) and not FORMER.match(more):
                yield from office(who, more, body, hit.span_of("more", "p"), "office-before-person")
    for hit in reading.find(
        pattern(
            rf"(?:^|[ ,(«])(?P<whose>[Ll]e|[Ll]a|[Ss]on|[Ss]a|[Nn]otre) (?P<title>{lexicon.ROLE}(?: (?!{_VERBS})[a-zà-ÿ'-]+){{0,5}}?),? {{P:p}}"
        )
    ):
        who, title = hit.thing("p"), hit["title"] or ""
        before = hit.masked.text[: hit.match.start("title")]
        if who is None or FORMER.match(title) or _TERRITORIAL.match(title) or _SOMEBODYS.search(before):
            continue
        if re.search(r"(?:dont|représentée?s? par) $", hit.masked.text[: hit.match.start("whose")]):
            continue  # told with its body
        at, whose = hit.match.start("title"), (hit["whose"] or "").casefold()
        body_number = body_spoken_of(reading, hit.masked, at, title, whose)
        if body_number is not None:
            span = hit.span_of("title", "p")
            yield from office(who, title, reading.things[body_number], span, "office-before-person-alone")


_PROJECT = frozenset({"Project"})
_OF_PROJECT = re.compile(
    r"(?:[Rr]esponsable(?: scientifique| (?:du |de )?projet)?$|[Cc]hef(?:fe)? d[eu] projet|[Cc]oord|[Pp]orteu|[Pp]ilote|[Aa]nimat|[Dd]irect(?:eur|rice) scientifique)"
)


def lines(reading: Reading) -> Iterator[Said]:
    """« Responsable scientifique : Hélène Vaubertin. »: who holds the office of the project or body spoken of."""
    for hit in reading.find(
        pattern(rf"^(?P<title>{lexicon.ROLE}(?: (?!de ⟨)[a-zà-ÿ'-]+){{0,4}})(?: (?:de |à ){{OJF:o}})? ?: {{P:p}}")
    ):
        who, title, of = hit.thing("p"), hit["title"] or "", hit.thing("o")
        head = head_of(reading, hit.masked, TOLD) if of is None else of
        topic = head.id if head is not None else topic_of(reading, hit.masked, 0)
        if of is None and title.endswith("publication"):  # of a periodical: of who publishes it, if no office follows
            topic = None if re.match(r", ", hit.masked.text[hit.match.end() :]) else reading.publisher
        elif of is None and _OF_PROJECT.match(title) and (head is None or head.kind != "Project"):
            project = last_named(reading, hit.masked, 0, _PROJECT, back=8)  # « Chef de file : X », and then its leader
            topic = topic if project is None else project.id
        elif head is None and (sheet := beneficiary_before(reading, hit.masked)) is not None:
            topic = sheet
        if topic is None and re.match(r"[Cc]orrespondant", title):
            topic = reading.publisher
        if who is not None and topic is not None and not title.startswith("Représentant"):
            yield from office(who, title, reading.things[topic], hit.span, "office-line")


def stated(reading: Reading) -> Iterator[Said]:
    """« Voltéa a pour directrice Claire Morel », « Claire Morel en est la présidente », « le chercheur P, du CNRS »."""
    words = rf"(?P<title>{lexicon.ROLE}(?: (?!de ⟨|en |du )[a-zà-ÿ'-]+){{0,4}}?)"
    for hit in reading.find(
        pattern(
            rf"{{OJF:o}}(?: \([^()]*\))?(?:,? qui)? (?:a|avait|aura)(?P<all>(?:(?:,|,? et)? pour {lexicon.ROLE}(?: (?!de ⟨|en |du )[a-zà-ÿ'-]+){{0,4}}? {{P}})+)"
        )
    ):
        body = hit.thing("o")
        for held in re.finditer(rf"pour {words} ⟨P(?P<p>\d+)⟩", hit["all"] or ""):
            who, title = reading.thing_at(int(held["p"])), held["title"]
            if who and body:
                yield from office(who, title, body, hit.span, "office-for-body")
                if led_things(body) and not _LEADING.match(title):
                    yield Claim(who.id, "org:headOf", body.id, hit.span, "office-for-body")
    for hit in reading.find(
        pattern(
            rf"{{P:p}}(?:,? qui|(?:, (?:(?!⟨P)[^.;:«])+?)?,)? en est (?:aussi |également |aujourd'hui |désormais )?(?:le |la |l'){words}(?=[.,;]| et |$)"
        )
    ):
        who, title = hit.thing("p"), hit["title"] or ""
        topic = topic_of(reading, hit.masked, hit.match.start())
        if who and topic is not None:
            yield from office(who, title, reading.things[topic], hit.span, "office-of-topic")
    for hit in reading.find(
        pattern(
            rf"(?:^|[ ,(«])(?:[Ll]e|[Ll]a|[Ll]')\s?(?P<title>{lexicon.ROLE}(?: [a-zà-ÿ'-]+){{0,2}}?) {{P:p}},? (?:de |à |chez ){{OJ:o}}"
        )
    ):
        who, body, title = hit.thing("p"), hit.thing("o"), hit["title"] or ""
        if who and body and not FORMER.match(title) and not _TERRITORIAL.match(title):
            yield from office(who, title, body, hit.span, "office-before-person")
    for hit in reading.find(
        pattern(
            rf"{{P:p}}(?:, [A-Z]\w{{1,4}})?, (?P<title>{lexicon.ROLE}(?: [a-zà-ÿ'-]+)?), {{O:o}}(?=[.;)]|$|,? et ⟨P|, \d)"
        )
    ):
        who, body, title = hit.thing("p"), hit.thing("o"), hit["title"] or ""
        if who and body:
            yield from office(who, title, body, hit.span, "office-and-body")


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
                    yield from office(who, _singular(title or ""), body, hit.span, "office-of-several") if body else ()


def _singular(title: str) -> str:
    return re.sub(r"s\b", "", title)
