"""Who was there, when and at whose invitation: read from the sentence of an occasion and from those that go on about it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, not_stated
from grappe.extract.gatherings import NO_DAY
from grappe.extract.reading import Masked, Reading, Thing, pattern
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["attendance"]

#: How far after its own sentence an occasion is still spoken of.
_REACH = 6
#: Sentences that tell who was there without naming the occasion again.
_THERE = re.compile(
    r"\b[Yy] (?:(?:a|ont) (?:aussi |également )?(?:assisté|participé|parlé)|assist|étai(?:t|ent)|participai|participer|prendr|ont pris|a pris|intervien|interviendr)|\b(?:l'|les |m'|nous |[Ll]')(?:accompagn|entour)\w+"
    r"|\b[Ll]a composai(?:t|ent)|^[Aa]utour de la table|\b(?:au micro|à la tribune|aux manettes|au programme)\b|\b[Pp]araphes? de\b"
    r"|\bguid(?:era|eront|ait|aient)\b|\b(?:matinée|soirée|journée|rencontre|table ronde|séance|délégation|discussion)\b[^.;]{0,25} animée?s? par"
    r"|\b(?:prendr(?:a|ont)|(?:a|ont) pris) (?:aussi |également )?la parole|^[Ii]nterviendr(?:a|ont)|^[ÉE]taient (?:aussi |également )?(?:présent|réuni)"
    r"|\b(?:[Àà]|[Aa]) (?:ses|leurs) côtés,? (?:se tenai|étai|figurai|avai)|\b(?:accueil|accueillie?s?|échange|rencontre|entretien) (?:par|avec) ⟨P"
    r"|\b(?:avait|avaient) pris place|\bassist(?:aient|ait|era|eront|ent) (?:aussi |également )?à (?:la |l'|cette )(?:signature|cérémonie|inauguration|visite|événement|rencontre|remise)|\b(?:a|ont) (?:ensuite |aussi |également )?(?:conduit|guidé|mené|animé|commenté) la visite|\bétai(?:t|ent) (?:aussi |également )?(?:du|de la) (?:déplacement|voyage|visite|cérémonie|fête|partie)|\bont (?:aussi |également )?fait le déplacement|\brépondr(?:a|ont) aux questions|\b(?:a|ont) (?:clos|ouvert|conclu|introduit) (?:les débats|la séance|la journée|la matinée|la cérémonie)"
)
#: A person after *de* is there only after these.
_OF_THOSE = re.compile(
    r"(?:présence|côtés|présidence|houlette|conduite|compagnie|accompagnée?s?|entourée?s?|autour|[Vv]isite|[Dd]éplacement|[Vv]enue|[Pp]araphes?|interventions?|témoignages?|allocutions?|participation|mots?|⟨E\d+⟩) (?:notamment )?de$"
)
#: What makes a person somebody's head, author or absent, and nobody's guest.
_ELSEWHERE = re.compile(
    r"(?:dirigée?s?|pilotée?s?|coordonnée?s?|présidée?s?|fondée?s?|créée?s?|conduite?s?|emmenée?s?|portée?s?|imaginée?s?|conçue?s?) (?:(?:en )?⟨D\d+⟩ )?par $"
    r"|(?:que|qu') ?(?:dirige|pilote|préside|anime|coordonne|conduit|codirigent|mène)(?:nt)? $|(?:absen|excus|empêch|succéd|succède à|remplac)[^⟨⟩]{0,20}$|(?:dont le|dont la) [^⟨⟩]{0,40}$"
)
#: A sentence that is a list of those who were there.
_LISTED = re.compile(r"(?:Paraphes?|Signatures?|Interventions?|Témoignages?|Prises? de parole|Allocutions?) de ⟨P")
_DE = re.compile(r"(?:^|[ '])de$")
_PEOPLE = re.compile(r"⟨P(\d+)⟩")
_STAND_FOR = re.compile(
    r"(?:représentante?s?|élue?s?|dirigeante?s?|ingénieur[es]*|responsables|délégations?|techniciens|agents|cadres) (?:de |d')(?P<list>⟨O\d+⟩(?:(?:, | et |, et )(?:de )?⟨O\d+⟩)*)"
)


def attendance(reading: Reading) -> Iterator[Said]:
    """« Y assistaient A et B », « À ses côtés se tenait A », « ont paraphé le contrat A et B »: who was at an occasion."""
    event: Thing | None = None
    at = -_REACH - 1
    for masked in reading.masked:
        numbers = [int(n) for n in re.findall(r"⟨E(\d+)⟩", masked.text)]
        held = [t for n in numbers if (t := reading.thing_at(n)) is not None]
        if held and not not_stated(masked.text):
            yield from _told(reading, masked, held[0])
            yield from _hosts(reading, masked, held[0])
            yield from _ours(reading, masked, held[0])
            yield from _dated(reading, masked, numbers)
        if event is not None and masked.sentence.index - at <= _REACH:
            yield from _goes_on(reading, masked, event)
        if held:
            event, at = held[-1], masked.sentence.index
        elif (
            event is not None
            and masked.sentence.index - at <= _REACH
            and _THERE.search(masked.text)
            and not not_stated(masked.text)
        ):
            yield from _told(reading, masked, event)


def _told(reading: Reading, masked: Masked, event: Thing) -> Iterator[Claim]:
    """Return those whom a sentence about an occasion names as doing something there, and bodies that people stand for."""
    listed = _LISTED.match(masked.text) is not None
    for found in _PEOPLE.finditer(masked.text):
        before = masked.text[: found.start()].rstrip()
        if _ELSEWHERE.search(masked.text[: found.start()]) or (
            _DE.search(before) and not listed and not _OF_THOSE.search(before)
        ):
            continue
        yield from _there(reading, masked, event, int(found[1]), found.span())
    for found in _STAND_FOR.finditer(masked.text):
        for number in re.findall(r"⟨O(\d+)⟩", found["list"]):
            yield from _there(reading, masked, event, int(number), found.span())


#: « à l'invitation de X », « pilotée par X », « petit-déjeuner « Y », chez X ».
_HOST = pattern(
    r"(?:à l'(?:invitation|initiative) (?:conjointe )?|⟨E\d+⟩,? (?:pilotée?|portée?|proposée?|coorganisée?|organisée?|montée?) (?:par|avec) |⟨E\d+⟩,? chez )(?P<who>{O*})"
)


def _hosts(reading: Reading, masked: Masked, event: Thing) -> Iterator[Claim]:
    """Return the bodies at whose invitation, or at whose place, an occasion is told to be."""
    for found in _HOST.finditer(masked.text):
        for number in re.findall(r"⟨O(\d+)⟩", found["who"]):
            host = reading.thing_at(int(number))
            if host is not None and host.kind not in ("Person", "Place"):
                span = masked.origin(*found.span(), reading.mentions)
                yield Claim(event.id, "grp:organizer", host.id, span, "at-invitation-of", 0.8)


#: Sentences that tell whose an occasion is that was named before: « Elle est organisée par X », « Organisateurs : X et Y ».
_HOST_AFTER = pattern(
    r"(?:^|[;,.] )(?:(?:Elle|Il|elle|il|⟨[A-Z](?P<it>\d+)⟩) (?:est|sera|a été|était) (?:conjointement )?(?:co-?)?organisée? [^⟨⟩.;]{0,20}?(?:par|avec) "
    r"|(?:[Cc]o-?)?(?:[Oo]rganisat(?:eur|rice)s?|[Oo]rganisation)(?: conjointe)? ?: |[Aa]ux manettes ?[,:] |[Nn]ous l'avi?ons (?:monté|organisé|conçu)e? avec )(?:le pôle et )?(?P<who>{O*})"
)
#: « nous organisons », « notre colloque », « le pôle » among those who organise: who publishes.
_OURS = re.compile(r"[Nn]otre (?:[a-zé]+ )?⟨E\d+⟩|\b[Nn]ous (?:co-?)?organis(?:ons|erons|ions)\b")
_OURS_AFTER = re.compile(r"[Nn]ous l'avi?ons (?:monté|organisé|conçu)|[Aa]ux manettes ?[,:] le pôle et ")


def _goes_on(reading: Reading, masked: Masked, event: Thing) -> Iterator[Claim]:
    """Return whose an occasion is that an earlier sentence named."""
    for found in _HOST_AFTER.finditer(masked.text):
        it = found["it"]
        if (it and reading.mentions[int(it)].rule != "pronoun") or not_stated(masked.text):
            continue
        span = masked.origin(*found.span(), reading.mentions)
        for number in re.findall(r"⟨O(\d+)⟩", found["who"]):
            host = reading.thing_at(int(number))
            if host is not None and host.kind not in ("Person", "Place"):
                yield Claim(event.id, "grp:organizer", host.id, span, "organised-further", 0.8)
        if reading.publisher is not None and _OURS_AFTER.search(found[0]):
            yield Claim(event.id, "grp:organizer", reading.publisher, span, "organised-by-us", 0.8)


def _ours(reading: Reading, masked: Masked, event: Thing) -> Iterator[Claim]:
    """« nous organisons la journée X », « notre colloque X s'est tenu »: who publishes organises it."""
    found = _OURS.search(masked.text)
    if found and reading.publisher is not None:
        span = masked.origin(*found.span(), reading.mentions)
        yield Claim(event.id, "grp:organizer", reading.publisher, span, "organised-by-us", 0.8)


def _there(reading: Reading, masked: Masked, event: Thing, mention: int, place: tuple[int, int]) -> Iterator[Claim]:
    who = reading.thing_at(mention)
    if who is not None and who.id != event.id:
        yield Claim(event.id, "grp:participant", who.id, masked.origin(*place, reading.mentions), "was-there", 0.75)


def _dated(reading: Reading, masked: Masked, numbers: list[int]) -> Iterator[Claim]:
    """Give each occasion of a sentence the day that stands nearest to it, if no other occasion stands between."""
    days = [
        (found.start(), value)
        for found in re.finditer(r"⟨D(\d+)⟩", masked.text)
        if isinstance(value := reading.mentions[int(found[1])].value, Date)
        and value.precision == "day"
        and not NO_DAY.search(masked.text[: found.start()])
    ]
    yesterday = re.search(r"(?<![\w-])hier(?![\w-])", masked.text)
    if not days and yesterday and reading.issued is not None:
        day_before = datetime.date.fromisoformat(str(reading.issued)) - datetime.timedelta(days=1)
        for event in (reading.thing_at(n) for n in numbers[:1]):
            if event is not None:
                span = masked.origin(*yesterday.span(), reading.mentions)
                literal = Literal(day_before.isoformat(), "xsd:date")
                yield Claim(event.id, "grp:eventDate", literal, span, "day-before", 0.8)
    places = {number: masked.text.find(f"⟨E{number}⟩") for number in numbers}
    named = [found.start() for found in re.finditer(r"⟨E\d+⟩", masked.text)]
    for number, place in places.items():
        event = reading.thing_at(number)
        if event is None or not days:
            continue
        day, value = min(days, key=lambda d: abs(d[0] - place))
        # « cette visite prépare les assises du 21 mai »: the day of what stands between is no day of the visit
        if any(min(day, place) < other < max(day, place) for other in named):
            continue
        lexical, datatype = xsd(value)
        low, high = sorted((day, place))
        span = masked.origin(low, masked.text.index("⟩", high) + 1, reading.mentions)
        yield Claim(event.id, "grp:eventDate", Literal(lexical, datatype), span, "day-beside", 0.75)
