"""How many people the body spoken of employs: « treize personnes y travaillent », « Ses 58 collaborateurs », « Effectif : 72 »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, clause, not_stated
from grappe.extract.clauses import frames_of
from grappe.extract.reading import Masked, Reading, Thing
from grappe.extract.sections import head_of, is_field
from grappe.extract.skeleton import spoken_of
from grappe.extract.staff import PEOPLE
from grappe.extract.values import find_numbers, parse_number
from grappe.model import Literal

__all__ = ["staff_spoken"]

_BODIES = frozenset(
    "Company Laboratory NonProfit Organization Hospital University ResearchOrganization Cluster".split()
)
_PEOPLE = re.compile(
    rf"(?: (?:permanents?|jeunes|actuels))? (?:{PEOPLE}|techniciens et ingénieurs|chercheurs et ingénieurs|ingénieurs)(?![\w-])"
)
#: What « y » and « ses » are likely to take up: a national body has its staff told with its name.
_SPOKEN = _BODIES - {"University", "ResearchOrganization", "Hospital"}
#: People who are to come, or who are no staff: « recruter dix personnes », « formera 40 salariés ».
_NOT_STAFF = re.compile(
    r"recrut|embauch|cré(?:er|era|ation|ations)\b|form(?:er|era|eront|és)\b|accueill|héberg|d'ici|à terme|objectif|passer|porter|attein|supplémentaire|de plus\b|visit|réuni|logea?|destin|prévoi|compterai|devrai"
    r"|suppress|licenci|départ|perd",
    re.I,
)
_FILL = r"(?:(?:près|plus|quelque|environ|aujourd'hui|désormais|actuellement|déjà|au total|en tout|en propre|une équipe) ?(?:de )?)*"
_WORK_THERE = re.compile(
    r"^[^.;:,⟨⟩]{0,25}? (?:(?:y|s'y) (?:travaill|œuvr|exerc|opèr|pointe|sont (?:affect|employ|occup|attach|salari|aujourd'hui))|(?:la|le|l'|les) ?(?:compos|constitu|form|anim|font (?:tourner|vivre)))"
)
_WHOSE = re.compile(rf"(?:dont|et) (?:les|l'effectif|l'équipe|ses)(?: [a-zé' ]{{0,30}})? ?{_FILL}$")
_THEIR = re.compile(rf"(?:^|[ .;:])(?:[Ss]es|[Ll]eurs) {_FILL}$")
_STRENGTH = re.compile(
    rf"(?:^|[ .;:'])(?P<whose>dont )?(?:[Ll]')?[Ee]ffectifs?(?: (?:total|actuel|salarié))? ?(?:: ?|de |s'élève à |atteint |est de |(?:est )?porté à ){_FILL}$"
)
_BESIDE = re.compile(rf"⟨O(?P<x>\d+)⟩(?: \([^()]*\))?(?:, c'est| ?:| [–—-]) {_FILL}$")
_EMPLOYS = re.compile(
    rf"(?:emploi(?:e|ent|era)|rémunèr(?:e|ent)|salari(?:e|ent)|fai(?:t|sait) (?:\w+ )?(?:travailler|vivre)|font travailler|occup(?:e|ent)|dénombr(?:e|ent)|[Ff]orte?s? (?:aujourd'hui |désormais )?de) {_FILL}$"
)
_ALONE = re.compile(
    r"(?:^|[.;|] ?)(?:[•–-] ?)?(?:Effectifs?|Équipe|Salariés|Collaborateurs|Nombre de salariés)(?: (?:à|en|fin|de|total)? ?(?:⟨D\d+⟩)?)? ?: ?(?P<n>\d[\d ]*\d|\d|[a-zé]+(?:-[a-zé]+)*)(?=[ .,;|]|$)"
)


def staff_spoken(reading: Reading) -> Iterator[Said]:
    """« Treize personnes y travaillent », « dont les 17 salariés », « Ses 58 collaborateurs », « Effectif : 72 »."""
    for masked in reading.masked:
        if masked.sentence.kind == "title":
            continue
        yield from _counted(reading, masked)
        for found in _ALONE.finditer(masked.text):
            value = parse_number(found["n"])
            owner = _spoken(reading, masked, found.start()) if value is not None else None
            if owner is not None and value is not None and value == int(value):
                yield _claim(reading, masked, owner, found.span(), int(value), "staff-line")


def _counted(reading: Reading, masked: Masked) -> Iterator[Said]:
    for number in find_numbers(masked.text) if _PEOPLE.search(masked.text) else ():
        people = _PEOPLE.match(masked.text, number.end)
        start, end = number.start, people.end() if people else number.end
        said = clause(masked, start, end)
        if people is None or number.value != int(number.value) or _NOT_STAFF.search(said) or not_stated(said):
            continue
        owner, rule = _owner(reading, masked, start, end)
        if owner is not None and owner.kind in _BODIES:
            yield _claim(reading, masked, owner, (start, end), int(number.value), rule)


def _owner(reading: Reading, masked: Masked, start: int, end: int) -> tuple[Thing | None, str]:
    """Return whose people a count is of, by what stands about it, and the rule that tells."""
    before, after = masked.text[:start], masked.text[end:]
    if _WORK_THERE.match(after):
        return spoken_of(reading, masked, start, _SPOKEN), "staff-work-there"
    strength = _STRENGTH.search(before)
    if strength or _WHOSE.search(before):
        numbers = re.findall(r"⟨O(\d+)⟩", before)
        if numbers and (strength is None or strength["whose"]):
            return reading.thing_at(int(numbers[-1])), "staff-whose"
        return _spoken(reading, masked, start), "staff-strength"
    if _THEIR.search(before):
        return spoken_of(reading, masked, start, _SPOKEN), "staff-their"
    if beside := _BESIDE.search(before):
        return reading.thing_at(int(beside["x"])), "staff-beside"
    if _EMPLOYS.search(before):
        for frame in reversed(frames_of(reading, masked)):
            if frame.start < start <= frame.end + 30 and frame.subject is not None and not frame.subject.via:
                named = frame.things(frame.subject)
                if named:
                    return named[0], "staff-employs"
        return spoken_of(reading, masked, start, _SPOKEN), "staff-employs"
    if re.fullmatch(r"[-–•›] ?", before) and masked.sentence.kind == "item":
        return spoken_of(reading, masked, 0, _SPOKEN), "staff-item"
    return None, ""


def _spoken(reading: Reading, masked: Masked, at: int) -> Thing | None:
    """Return the body that a line is about: the one at the head of its section, else the one spoken of."""
    head = head_of(reading, masked, _SPOKEN) if is_field(masked) else None
    return head or spoken_of(reading, masked, at, _SPOKEN)


def _claim(reading: Reading, masked: Masked, owner: Thing, words: tuple[int, int], value: int, rule: str) -> Claim:
    span = masked.origin(*words, reading.mentions)
    return Claim(owner.id, "grp:employeeCount", Literal(str(value), "xsd:integer"), span, rule, 0.8)
