"""Money that a sentence announces for the items of a list: « quatre projets reçoivent 14,2 M€ de l'ANR : • X (5,2 M€) »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.announced import announcing
from grappe.extract.claims import Award, Said
from grappe.extract.clauses import frames_of
from grappe.extract.grants import HEAD, RECEIVING, funders_in, instruments, paid, period, sum_at, sums
from grappe.extract.reading import Masked, Reading, Thing

__all__ = ["announced", "announced_sums", "received"]

_CALL = re.compile(
    r"(?:lauréate?s?(?: [a-zé]+)? (?:de|pour)|[Aa]ppel(?: à [a-z ]{4,30})?|retenue?s? (?:à|par)|résultats de) (?:[^⟨⟩.;,]{0,40}?)?⟨[GI](?P<g>\d+)⟩"
)
_CALL_NOUN = re.compile(r"(?:l')?(?:appels?|AAP|AMI|concours|dispositif)\b", re.I)
_UNDER = re.compile(r"(?:au titre de|dans le cadre de) (?:[^⟨⟩.;,]{0,40}?)?⟨[GI](?P<g>\d+)⟩")
_BULLET = r"^(?:[–—•*▪-]|\d{1,2}[.)])? ?"
_FIRST = re.compile(
    _BULLET
    + r"⟨[OJF]\d+⟩(?:[^⟨⟩(:]|⟨[LDTYO]\d+⟩){0,120}?(?: \(| : |, | – | (?:reçoit|recevra|obtient|obtiendra|décroche|touche|percevra|remporte|bénéficie|bénéficiera) )(?:[^⟨⟩:.]{0,20} )?⟨M(?P<m>\d+)⟩(?P<for> pour (?:(?:son|sa|ses|leur|le projet) )?⟨[JF](?P<t>\d+)⟩)?"
)
#: The head of a section on one of those that are given something: « X (Lyon), 4,1 M€ », « • X – Hambach (57) ».
_SECTION = re.compile(
    _BULLET
    + r"(?:PROJET |Projet )?⟨[OJF](?P<x>\d+)⟩(?: \((?:[^()⟨⟩]|⟨[LTD]\d+⟩)*\))?(?: ?[–—,-] ⟨L\d+⟩(?: \((?:[^()⟨⟩]|⟨L\d+⟩)*\))?)?(?:,? \(?⟨M(?P<m>\d+)⟩\)?)?[ .:]*$"
)
#: « Aide : 3,1 M€ » in such a section.
_AID_LINE = re.compile(
    r"^(?:(?:Le )?[Mm]ontant (?:de l'|de la |du ))?(?:[Aa]ide|[Ss]ubvention|[Ff]inancement|[Ss]outien|[Dd]otation)(?: (?:accordée?|attribuée?|obtenue?|versée?|publique?|demandée?|de l'État))?(?: ?: ?|,? (?:est|s'élève) (?:de|à) )(?:⟨M(?P<m>\d+)⟩|(?P<none>non (?:communiqu|publi|divulgu|précis)))"
    r"|^Le montant de (?:l'aide|la subvention|ce soutien)[^.;:]{0,60} (?P<secret>n'est pas (?:publi|communiqu|divulgu|rendu public))"
)
#: Before a list of those who pay, not of those who are paid.
_PAYERS = re.compile(
    r"financeurs|financement|cofinanc|coût|budget|recettes|ressources|contribu|participations|tour de table|investisseurs",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Announcement:
    """Who gives to each item of the list that follows, and under what."""

    funders: tuple[int, ...]
    instrument: int | None


def announced_sums(reading: Reading) -> frozenset[int]:
    """Return the sums that a list tells of what a sentence before it announces."""
    return frozenset(number for number, _ in _announced(reading))


def announced(reading: Reading) -> Iterator[Said]:
    """« L'État et la Région apportent 3,1 M€ à quatre projets. • Fibralor : 1,4 M€ pour Celluforte … », « Aide : 2 M€ »."""
    yield from (award for _, award in _announced(reading) if award is not None)


def _announced(reading: Reading) -> Iterator[tuple[int, Award | None]]:
    held: _Announcement | None = None
    call: int | None = None
    section: Thing | None = None
    begun = False
    for place, masked in enumerate(reading.masked):
        kind = masked.sentence.kind
        if kind != "item":
            call = _call(reading, masked) or call
        if kind == "title":
            continue
        head = _SECTION.match(masked.text) if kind in ("heading", "item") else None
        line = _AID_LINE.match(masked.text) if section is not None else None
        if kind != "item" and head is None and line is None:
            if (new := _announcement(reading, masked, call)) is not None:
                held, section, begun = new, None, False
            elif (begun and section is None) or (kind == "heading" and section is not None):
                held, section = None, None
        if held is None or (kind == "item" and not begun and _PAYERS.search(_opening(reading, place))):
            continue
        begun = begun or kind == "item"
        if head is not None:
            thing = reading.thing_at(int(head["x"]))
            fit = paid(thing) and thing.named and thing.id not in held.funders
            section = thing if fit else section
            if section is not None and head["m"]:
                yield from _award(reading, masked, held, call, section, int(head["m"]), head.end(), "announced-section")
        elif line is not None and section is not None:
            number = int(line["m"]) if line["m"] else None
            yield from _award(reading, masked, held, call, section, number, line.end(), "announced-aid")
        elif kind == "item":
            yield from _item(reading, masked, held, call)
        elif section is not None and kind == "paragraph":
            yield from _received_by(reading, masked, held, call, section)


#: « Elle reçoit 275 000 € », « L'établissement se voit attribuer … », « Lui revient une avance de … ».
_COMES_TO = re.compile(
    r"(?:^|[.;] )(?:[Ll]ui (?:revient|reviendra|échoit)|⟨[OJ]\d+⟩ (?:emporte|remporte|rafle|hérite de|se voit (?:attribuer|accorder|octroyer|allouer|confier))) (?:[^⟨⟩.;]{0,40} (?:de )?)?⟨M(?P<m>\d+)⟩"
)


def _received_by(
    reading: Reading, masked: Masked, held: _Announcement, call: int | None, section: Thing
) -> Iterator[tuple[int, Award | None]]:
    """« 3. X / La start-up … Elle reçoit 275 000 € »: given by who was said to give to all sections."""
    if found := _COMES_TO.search(masked.text):
        yield from _award(reading, masked, held, call, section, int(found["m"]), found.end(), "announced-received")
        return
    for frame in frames_of(reading, masked):
        if frame.lemma not in RECEIVING or frame.voice != "active" or not frame.stated:
            continue
        if any(
            p.preposition in ("de", "auprès", "par", "de la part") and p.letters[:1] in ("O", "G", "P")
            for p in frame.complements
        ):
            continue
        money = next((s for s in sums(reading, masked) for p in frame.complements if s.number in p.mentions), None)
        named = [t for p in frame.subjects[:1] for t in frame.things(p)]
        told = money is not None and re.search(
            r"(?:par|auprès de|de la part de) [^⟨⟩]{0,20}⟨[OG]", masked.text[money.end :]
        )
        if money is not None and not told and (not named or section in named):
            yield from _award(reading, masked, held, call, section, money.number, money.end, "announced-received")
            return


def _opening(reading: Reading, place: int) -> str:
    """Return the sentence that opens the list of which an item is the first."""
    return reading.masked[place - 1].text if place else ""


def _call(reading: Reading, masked: Masked) -> int | None:
    """Return the call, or whatever aid is given under, that a sentence names."""
    found = _CALL.search(masked.text)
    for number in [found["g"]] if found else re.findall(r"⟨G(\d+)⟩", masked.text):
        mention = reading.mentions[int(number)]
        if found or _CALL_NOUN.match(reading.normal.text, mention.start, mention.end):
            thing = reading.thing_at(int(number))
            return thing.id if thing is not None else None
    return None


def _item(
    reading: Reading, masked: Masked, held: _Announcement, call: int | None
) -> Iterator[tuple[int, Award | None]]:
    first = _FIRST.match(masked.text)
    head = HEAD.match(masked.text) or re.match(_BULLET + r"⟨(?P<letter>[OJF])(?P<n>\d+)⟩", masked.text)
    if first is None or head is None:
        return
    parts = re.search(
        r"(?:à savoir|dont|soit|répartie?s? (?:entre|en)) ⟨M\d+⟩ (?:pour|à|au profit de) ⟨", masked.text[first.end() :]
    )
    if parts is not None:
        yield int(first["m"]), None  # the parts are awards, their total is none
        for found in re.finditer(r"⟨M(\d+)⟩ (?:pour|à|au profit de) ⟨[OJF](\d+)⟩", masked.text[first.end() :]):
            thing = reading.thing_at(int(found[2]))
            if paid(thing):
                at = first.end() + found.end()
                yield from _award(reading, masked, held, call, thing, int(found[1]), at, "announced-part")
        return
    thing = reading.thing_at(int(first["t"] or head["n"]))
    if thing is not None and (paid(thing) or thing.kind == "PublicAuthority") and thing.id not in held.funders:
        yield from _award(reading, masked, held, call, thing, int(first["m"]), first.end(), "announced-list")


def _award(
    reading: Reading,
    masked: Masked,
    held: _Announcement,
    call: int | None,
    thing: Thing,
    number: int | None,
    end: int,
    rule: str,
) -> Iterator[tuple[int, Award | None]]:
    money = sum_at(reading, masked, number) if number is not None else None
    if number is not None and money is None:
        return
    under = instruments(reading, masked, money) if money is not None else ()
    default = held.instrument if held.instrument is not None else call
    award = Award(
        held.funders,
        thing.id,
        masked.origin(0, end, reading.mentions),
        rule,
        money.value.amount if money else None,
        money.value.currency if money else None,
        under or ((default,) if default is not None else ()),
        period(reading, masked, money) if money else None,
        0.82,
    )
    yield (number if number is not None else -1), award


_SUPPORT_TO = re.compile(
    r"\b(?:soutien|aide|appui|concours|financement)s?(?: financier)? de (?P<l>⟨O\d+⟩(?:(?:, | et )de ⟨O\d+⟩)*) (?:à|pour) (?:les |des |ces )?(?:\w+ )?(?:nouveaux |nouvelles )?"
    r"(?:projets|entreprises|sociétés|lauréats|dossiers|start-ups?|laboratoires|opérations|équipes|PME|associations)"
)


def received(reading: Reading) -> Iterator[Said]:
    """« … le soutien de l'État à quatre projets. … Le premier, X, recevra 45 M€ »: given by who was said to support them."""
    givers: list[int] = []
    block = -10
    for masked in reading.masked:
        if found := _SUPPORT_TO.search(masked.text):
            givers = funders_in(reading, map(int, re.findall(r"⟨O(\d+)⟩", found["l"])))
            block = masked.sentence.block
        if not givers or masked.sentence.kind in ("title", "heading") or masked.sentence.block > block + 6:
            continue
        for frame in frames_of(reading, masked):
            if frame.lemma not in RECEIVING or frame.voice != "active" or not frame.stated:
                continue
            if any(
                p.letters[:1] in ("O", "G", "P") and p.preposition in ("de", "auprès", "par", "de la part")
                for p in frame.complements
            ):
                continue
            money = next((s for s in sums(reading, masked) for p in frame.complements if s.number in p.mentions), None)
            winner = next((t for p in frame.subjects[:1] if not p.via for t in frame.things(p) if paid(t)), None)
            if money is not None and winner is not None and winner.id not in givers:
                span = frame.span(frame.subject, *(p for p in frame.complements if money.number in p.mentions))
                yield Award(
                    tuple(givers),
                    winner.id,
                    span,
                    "received-as-announced",
                    money.value.amount,
                    money.value.currency,
                    (),
                    None,
                    0.65,
                )


def _announcement(reading: Reading, masked: Masked, call: int | None) -> _Announcement | None:
    """Return what a sentence announces for the list after it: who gives to a group whose members are named there."""
    found = _UNDER.search(masked.text) if call is None else None
    thing = reading.thing_at(int(found["g"])) if found else None
    under = thing.id if thing is not None else call
    for givers in announcing(reading, masked):
        return _Announcement(givers, under)
    return None
