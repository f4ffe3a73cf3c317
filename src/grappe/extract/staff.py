"""How many people bodies employ: « emploie 45 salariés », « (28 personnes) », « dont l'effectif s'élève à 21 », « treize
personnes y travaillent ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import Frame, frames, frames_of
from grappe.extract.grants import topic
from grappe.extract.reading import Hit, Reading, Thing
from grappe.extract.values import parse_number
from grappe.model import Literal

__all__ = ["headcounts"]

_STAFF = (
    r"(?:salariée?s?|collaborat(?:eurs?|rices?)|employée?s?|personnes|agents|professionnels|permanents|équivalents temps plein|ETP|"
    r"emplois directs|ingénieurs et techniciens)(?!\w)"
)
_ABOUT = r"(?:aujourd'hui |désormais |actuellement |quelque |environ |près de |plus de |au total |déjà )*"
_NUMBER = rf"{_ABOUT}(?P<n>\d{{1,3}}(?:[ .]\d{{3}})+|\d{{1,6}}|[A-Za-zéû]+(?:(?:-| et | )[a-zéû]+){{0,3}}?)"
_PROSE = ("paragraph", "item", "row")
_BODY = r"⟨O(?P<x>\d+)⟩(?: \([^()]*\))?"

#: Wordings that name the body.
_NAMED = (
    # « La société Voltéa (Lyon ; 60 salariés) grandit. »
    ("headcount-bracket", rf"⟨O(?P<x>\d+)⟩ \((?:[^()]*[,;] )?{_NUMBER} {_STAFF}(?:[,;][^()]*)?\)"),
    # « La PME Voltéa (Lyon), 85 salariés, filiale de … »
    ("headcount-beside", rf"{_BODY}, {_NUMBER} {_STAFF}(?=[,.;)]| et |$)"),
    # « L'effectif de la société Voltéa atteint 80 salariés », « … est passé de 12 à 80 »
    (
        "headcount-effectif",
        rf"[Ee]ffectifs? de ⟨O(?P<x>\d+)⟩,? (?:atteint|atteignent|est de|sont de|s'élève à|compte|comptent|est passé de \S+ à)(?: désormais| aujourd'hui)? {_NUMBER}(?: {_STAFF})?(?=[,.; ])",
    ),
    # « L'association Voltéa, dont l'effectif s'élève à 21 salariés », « dont les 17 salariés »
    (
        "headcount-whose",
        rf"{_BODY},?(?: que [^⟨⟩,;.]{{0,30}} ⟨P\d+⟩ et)? dont (?:l'effectif (?:s'élève à|est de|atteint|compte)|les) {_NUMBER} {_STAFF}",
    ),
    # « La société Voltéa, forte de 45 salariés, … », « Avec ses 45 salariés, la société Voltéa … »
    ("headcount-with", rf"(?:[Aa]vec|[Ff]orte? de) (?:ses )?{_NUMBER} {_STAFF}, ⟨O(?P<x>\d+)⟩"),
    ("headcount-with", rf"{_BODY}, (?:[\w-]+ ){{0,3}}forte? de (?:ses )?{_NUMBER} {_STAFF}"),
    # « Voltéa, société de 45 salariés », « cette société de 13 salariés »
    (
        "headcount",
        rf"{_BODY}(?:, créée (?:en )?⟨D\d+⟩ et)?,? (?:[\w-]+ ){{0,4}}(?:de|d'une équipe de|employant|comptant) {_NUMBER} {_STAFF}",
    ),
    # « Voltéa, c'est quatorze salariés »
    ("headcount-is", rf"{_BODY},? c'est {_NUMBER} {_STAFF}"),
)
#: Wordings that say it of whoever is spoken of.
_SPOKEN = (
    # « Treize personnes y travaillent », « Quinze personnes y travaillent à … », « … la composent »
    (
        "headcount-there",
        rf"(?:^|[.;:] |, ){_NUMBER} {_STAFF} (?:y (?:travaillent|œuvrent|sont (?:affectée?s|employée?s))|(?:la|le|les?) composent|l'animent)",
    ),
    # « Ses 58 collaborateurs déposent dix brevets par an. »
    ("headcount-its", rf"(?:^|[.;:] |, |avec )[Ss]es {_NUMBER} {_STAFF}"),
    # « Effectif au 31 décembre 2021 : 41 », « effectif de 73 personnes »
    (
        "headcount-sheet",
        rf"[Ee]ffectifs?(?: (?:au|en|fin) [^:.;]{{0,25}})? ?: {_NUMBER}(?= {_STAFF}|[.;,|]|$| [A-ZÀ-Þ])",
    ),
    ("headcount-sheet", rf"(?:^|[;:.] ?)[Ee]ffectif de {_NUMBER} {_STAFF}"),
)
_SHEET = re.compile(r"(?:[Bb]énéficiaire|[Ss]ociété|[Ee]ntreprise) ?: (?:[^⟨⟩:]{0,25} )?⟨O(\d+)⟩")
_VERBS = {
    **dict.fromkeys(("employer", "salarier", "rémunérer", "faire"), frozenset({"PublicAuthority"})),
    **dict.fromkeys(
        ("compter", "dénombrer", "rassembler", "regrouper", "totaliser", "appuyer"),
        frozenset({"PublicAuthority", "FundingAgency", "Cluster"}),
    ),
}
_COUNTED = re.compile(rf"^(?: sur| travailler)?(?: une équipe de)? {_NUMBER} {_STAFF}(?! (?:à|en) (?:recruter|venir))")
_NO_STAFF = frozenset("Place Person Project Programme Building Facility Theme Event Conference".split())


def headcounts(reading: Reading) -> Iterator[Said]:
    """« Evotec emploie 4 900 personnes », « Voltéa (60 salariés) », « dont l'effectif s'élève à 21 salariés »."""
    yield from _by_verb(reading)
    for rule, expression in _NAMED:
        for hit in reading.find(re.compile(expression), _PROSE):
            yield from _claim(hit, reading.thing_at(int(hit["x"] or -1)), rule, 0.86)
    for rule, expression in _SPOKEN:
        for hit in reading.find(re.compile(expression), (*_PROSE, "heading")):
            there = _just_named(reading, hit) if rule == "headcount-there" else None
            yield from _claim(hit, there or _spoken_of(reading, hit), rule, 0.75)


def _claim(hit: Hit, thing: Thing | None, rule: str, sure: float) -> Iterator[Claim]:
    value = parse_number((hit["n"] or "").lower())
    if thing is None or value is None or value % 1 or not asserted(hit):
        return
    if thing.kind not in _NO_STAFF | {"PublicAuthority", "FundingAgency", "Cluster"}:
        yield Claim(thing.id, "grp:employeeCount", Literal(str(int(value)), "xsd:integer"), hit.span, rule, sure)


def _just_named(reading: Reading, hit: Hit) -> Thing | None:
    """« Alba, parlons-en. Treize personnes y travaillent »: the one body that the sentence before names."""
    place = reading.masked.index(hit.masked)
    text = hit.masked.text[: hit.match.start()] or (reading.masked[place - 1].text if place else "")
    named = {t.id: t for n in re.findall(r"⟨O(\d+)⟩", text) if (t := reading.thing_at(int(n))) is not None}
    return next(iter(named.values())) if len(named) == 1 else None


def _spoken_of(reading: Reading, hit: Hit) -> Thing | None:
    """Return the body that a passage speaks of at a place: what a sheet is of, the subject before, else the topic."""
    before = hit.masked.text[: hit.match.start()]
    place = reading.masked.index(hit.masked)
    for text in (before, *(m.text for m in reversed(reading.masked[max(0, place - 5) : place]))):
        if "ffectif" in hit.match[0] and (found := _SHEET.search(text)):
            return reading.thing_at(int(found[1]))
    for frame in reversed(frames_of(reading, hit.masked)):
        if frame.start < hit.match.start() and frame.mood == "finite" and frame.subject is not None:
            bodies = [t for t in frame.things(frame.subject) if t.kind not in _NO_STAFF]
            if bodies and not frame.subject.via:
                return bodies[0]
    about = topic(reading, hit.masked, hit.match.start(), (), never=_NO_STAFF)
    return reading.things[about[0]] if about is not None else None


def _by_verb(reading: Reading) -> Iterator[Claim]:
    for frame in frames(reading, *_VERBS):
        subject = frame.subject
        if not frame.stated or frame.voice != "active" or subject is None or subject.via:
            continue
        counted = _COUNTED.match(frame.masked.text[frame.end :])
        if counted is None or (frame.lemma == "faire" and " travailler" not in counted[0]):
            continue
        value = parse_number(counted["n"].lower())
        thing = next(iter(frame.things(subject)), None)
        if thing is None or value is None or value % 1 or thing.kind in _NO_STAFF | _VERBS[frame.lemma]:
            continue
        span = _span(frame, min(subject.start, frame.start), frame.end + counted.end())
        number = Literal(str(int(value)), "xsd:integer")
        yield Claim(thing.id, "grp:employeeCount", number, span, f"headcount-{frame.lemma}", 0.88)


def _span(frame: Frame, start: int, end: int) -> tuple[int, int]:
    """Return the range of the normalised text of a range of a frame's sentence."""
    return frame.masked.origin(start, end, frame.reading.mentions)
