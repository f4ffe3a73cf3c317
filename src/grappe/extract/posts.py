"""Offices that are told away from the name: after *dont*, in a relative clause, as a quality, by a pronoun, in a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Range, Said, asserted
from grappe.extract.people import FORMER, office
from grappe.extract.reading import Hit, Masked, Reading, Thing, pattern
from grappe.extract.spoken_of import topic_of

__all__ = ["boards", "posts", "signed"]

_WORDS = r"(?: (?!de ⟨|est |sont |en est |et )[a-zà-ÿ'-]+){0,5}?"
_TITLE = rf"(?P<title>{lexicon.ROLE}{_WORDS})(?: et (?:le |la |l')?(?P<more>{lexicon.ROLE}{_WORDS}))?"
_ALSO = r"(?:aussi |également |par ailleurs |aujourd'hui |désormais |actuellement |en outre |d'ailleurs )?"
_OF = r"(?: (?:de |à |chez |au sein de |auprès de )(?P<o>{O}|⟨[JF]\d+⟩))"
_BODY = r"⟨[OJF](?P<b>\d+)⟩(?: \([^()]*\))?"
#: What may stand between a person and the clause that goes on about him: a function, a relative clause.
_INSIDE = r"(?:,? (?:(?!⟨P)[^.;:«])*?)?"
_TOLD = tuple(
    (rule, pattern(expression))
    for rule, expression in (
        # « Voltéa, dont le fondateur et directeur général est P », « l'université, dont la présidente, P, … »
        ("office-whose", rf"{_BODY}(?:, [^⟨⟩.;,]{{1,60}})?,? (?:et )?dont (?:le |la |l'){_TITLE}(?: (?:est|était|reste|s'appelle)|,) {{P:p}}"),
        # « l'École X, représentée par sa directrice, P »
        ("office-represented", rf"{_BODY}(?: \([^()]*\))?,? représentée?s? (?:ici |ce jour |à la signature )?par (?:son |sa |le |la |l'){_TITLE},? {{P:p}}"),
        # « que Voltéa a pour président », « Voltéa a P pour directeur »
        ("office-has-for", rf"{{P:p}},? que {_BODY} (?:a|avait) (?:pour|comme) {_TITLE}(?=[ ,.;]|$)"),
        ("office-has-for", rf"{_BODY}(?:,? (?:qui|laquelle|lequel))? (?:a|avait) {{P:p}} (?:pour|comme) {_TITLE}(?=[ ,.;]|$)"),
        # « P, qui préside X et qui est aussi directrice de Y »
        ("office-relative", rf"{{P:p}}{_INSIDE},? (?:et )?(?:qui|lequel|laquelle) (?:est|reste|demeure|devient) {_ALSO}(?:la |le |l')?{_TITLE}{_OF}"),
        # « P, qui suit le dossier comme chargée de projet chez X », « P, en sa qualité de trésorière de X »
        ("office-as", rf"{{P:p}}{_INSIDE} (?:comme|en (?:sa |)qualité de|en tant que|au titre de) {_TITLE}{_OF}"),
    )
)  # fmt: skip
#: « P en assure la direction ; elle est par ailleurs cheffe du service de néphrologie au CHU ».
_THEY_ARE = pattern(
    rf"(?:^|[;,] |et )(?:(?:[Ii]l|[Ee]lle)|⟨O(?P<they>\d+)⟩) (?:est|reste) {_ALSO}(?:la |le |l')?{_TITLE}{_OF}"
)
_IS_OF = re.compile(r"(?:^|[ (])(?:de|à|par|avec|chez|pour) $")


def posts(reading: Reading) -> Iterator[Said]:
    """« Voltéa, dont la directrice est P », « représentée par son maire, P », « P, qui est aussi présidente de Y »."""
    for rule, expression in _TOLD:
        for hit in reading.find(expression, ("paragraph", "item", "row")):
            who, body = hit.thing("p"), _body(hit)
            stated = rule == "office-as" or asserted(hit)  # « n'a pas voté, en sa qualité de présidente de X »
            if who is not None and body is not None and stated:
                yield from _held(hit, who, body, rule)
    for hit in reading.find(_THEY_ARE, ("paragraph", "item")):
        they = hit.mention("they")
        who, body = _person_before(reading, hit.masked, hit.match.start()), _body(hit)
        pronoun = they is None or they.rule == "pronoun"
        if pronoun and who is not None and body is not None and asserted(hit):
            yield from _held(hit, who, body, "office-they-are")


def _body(hit: Hit) -> Thing | None:
    groups = hit.match.groupdict()
    number = groups.get("b") or next(iter(re.findall(r"⟨[OJF](\d+)⟩", groups.get("o") or "")), None)
    return hit.reading.thing_at(int(number)) if number else None


def _held(hit: Hit, who: Thing, body: Thing, rule: str) -> Iterator[Said]:
    for title in (hit["title"], hit["more"]):
        if title and not FORMER.match(title):
            yield from office(who, title, body, hit.span, rule)


def _person_before(reading: Reading, masked: Masked, at: int) -> Thing | None:
    """Return whom the clause or the sentence before a pronoun is about: its first person that no preposition governs."""
    before = reading.masked[masked.sentence.index - 1] if masked.sentence.index else None
    texts = [masked.text[:at]]
    if before is not None and masked.sentence.block - before.sentence.block <= 1:
        texts.append(before.text)
    for text in texts:
        for found in re.finditer(r"⟨P(\d+)⟩", text):
            if not _IS_OF.search(text[: found.start()]):
                return reading.thing_at(int(found[1]))
    return None


_NAME_LINE = re.compile(r"^(?:(?:M\.|Mme|Dr|Pr) )?⟨P(?P<p>\d+)⟩(?P<rest>$| (?=[A-ZÀ-Þ]))")
_ENDS_IN_TITLE = re.compile(
    rf"(?:^|[,:.–-] ?)(?:[Ll]e |[Ll]a |[Ll]')?(?P<title>{lexicon.ROLE}(?: [a-zà-ÿ'-]+){{0,5}}?)(?: (?:de |à )⟨[OJ](?P<o>\d+)⟩)?,?$"
)
_TITLE_LINE = re.compile(
    rf"^(?:[Ll]e |[Ll]a |[Ll]')?(?P<title>{lexicon.ROLE}(?: (?!de ⟨)[a-zà-ÿ'-]+){{0,5}}?)(?: (?:de |à )⟨[OJ](?P<o>\d+)⟩)?(?: et {lexicon.ROLE}.*)?$"
)


def signed(reading: Reading) -> Iterator[Said]:
    """A name alone on its line, with the title on the line above or below: « La Présidente / Claire Morel »."""
    lines = reading.masked
    for place, masked in enumerate(lines):
        name = _NAME_LINE.match(masked.text)
        who = reading.thing_at(int(name["p"])) if name else None
        if who is None:
            continue
        if name is not None and name["rest"]:
            yield from _signed(reading, masked, who, masked, _TITLE_LINE.match(masked.text[name.end() :]), name.end())
            continue
        above = _ENDS_IN_TITLE.search(lines[place - 1].text) if place else None
        below = _TITLE_LINE.match(lines[place + 1].text) if place + 1 < len(lines) else None
        found, line = (above, lines[place - 1]) if above else (below, lines[place + 1] if below else masked)
        yield from _signed(reading, masked, who, line, found)


def _signed(
    reading: Reading, masked: Masked, who: Thing, line: Masked, found: re.Match[str] | None, shift: int = 0
) -> Iterator[Said]:
    if found is None or len(line.text) > 90 or "⟨P" in line.text[shift:]:
        return
    thing = reading.thing_of[int(found["o"])] if found["o"] else reading.publisher
    if thing is not None and thing >= 0:
        start, end = masked.origin(0, len(masked.text), reading.mentions)
        others = line.origin(found.start("title") + shift, found.end() + shift, reading.mentions)
        span: Range = (min(start, others[0]), max(end, others[1]))
        yield from office(who, found["title"], reading.things[thing], span, "office-signed")


_BOARD = re.compile(
    r"\b(?:bureau|conseil d'administration|conseil|comité|gouvernance|équipe|directoire|assemblée générale|élections?)\b"
)
_SEAT = re.compile(
    rf"(?:^|[:;,] |et )(?:(?:un|une|le|la|l') ?)?(?P<title>{lexicon.ROLE}(?: (?!de ⟨)[a-zà-ÿ'-]+){{0,2}}?)(?:,| :) ⟨P(?P<p>\d+)⟩(?: \([^()]*\))?(?= ?;| ?$| ?\.|,)"
)


def boards(reading: Reading) -> Iterator[Said]:
    """« … a renouvelé le bureau : présidente, P ; trésorier, Q ; secrétaire, R »: each is of the body spoken of."""
    for masked in reading.masked:
        seats = [*_SEAT.finditer(masked.text)]
        if len(seats) < 2 or not _BOARD.search(masked.text[: seats[0].start() + 2]):
            continue
        body = topic_of(reading, masked, seats[0].start())
        body = reading.publisher if body is None else body
        for seat in seats if body is not None else ():
            who = reading.thing_at(int(seat["p"]))
            if who is not None and body is not None:
                span = masked.origin(seat.start("title"), seat.end(), reading.mentions)
                yield from office(who, seat["title"], reading.things[body], span, "office-of-board")
