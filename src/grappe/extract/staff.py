"""How many people a body that a sentence names employs: « emploie 45 salariés », « (28 personnes) »; counts that name none
are read by :mod:`grappe.extract.staff_spoken`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Range, Said, asserted
from grappe.extract.clauses import frames
from grappe.extract.reading import Reading, Thing
from grappe.extract.values import parse_number
from grappe.model import Literal

__all__ = ["PEOPLE", "headcounts"]

#: What people who are counted as staff are called.
PEOPLE = (
    r"salariée?s?|collaborat(?:eurs?|rices?)|employée?s?|personnes|agents|professionnels|permanents|équivalents temps plein|ETP|"
    r"ingénieurs et techniciens"
)
_STAFF = rf"(?:{PEOPLE}|emplois directs)(?!\w)"
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
_GIVERS = frozenset({"PublicAuthority", "FundingAgency"})
_VERBS = {
    **dict.fromkeys(("employer", "salarier", "rémunérer", "faire"), frozenset({"PublicAuthority"})),
    **dict.fromkeys(
        ("compter", "dénombrer", "rassembler", "regrouper", "totaliser", "appuyer"),
        _GIVERS | {"Cluster"},
    ),
}
_COUNTED = re.compile(rf"^(?: sur| travailler)?(?: une équipe de)? {_NUMBER} {_STAFF}(?! (?:à|en) (?:recruter|venir))")
_NO_STAFF = frozenset("Place Person Project Programme Building Facility Theme Event Conference".split())


def headcounts(reading: Reading) -> Iterator[Said]:
    """« Evotec emploie 4 900 personnes », « Voltéa (60 salariés) », « dont l'effectif s'élève à 21 salariés »."""
    yield from _by_verb(reading)
    for rule, expression in _NAMED:
        for hit in reading.find(re.compile(expression), _PROSE):
            if asserted(hit):
                yield from _claim(hit.thing("x"), hit["n"] or "", _GIVERS | {"Cluster"}, hit.span, rule, 0.86)


def _claim(
    thing: Thing | None, number: str, barred: frozenset[str], span: Range, rule: str, sure: float
) -> Iterator[Claim]:
    value = parse_number(number.lower())
    if thing is not None and thing.kind not in _NO_STAFF | barred and value is not None and value % 1 == 0:
        yield Claim(thing.id, "grp:employeeCount", Literal(str(int(value)), "xsd:integer"), span, rule, sure)


def _by_verb(reading: Reading) -> Iterator[Claim]:
    for frame in frames(reading, *_VERBS):
        subject = frame.subject
        if not frame.stated or frame.voice != "active" or subject is None or subject.via:
            continue
        counted = _COUNTED.match(frame.masked.text[frame.end :])
        if counted is None or (frame.lemma == "faire" and " travailler" not in counted[0]):
            continue
        span = frame.masked.origin(min(subject.start, frame.start), frame.end + counted.end(), reading.mentions)
        thing = next(iter(frame.things(subject)), None)
        yield from _claim(thing, counted["n"], _VERBS[frame.lemma], span, f"headcount-{frame.lemma}", 0.88)
