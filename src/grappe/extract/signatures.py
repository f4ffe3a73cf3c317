"""Which classes may stand on either side of a relation; what rules say against it is dropped, not the document.

The same constraints as the shapes of the ontology: a slip of one rule costs its own claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from grappe.extract.claims import Award, Claim, Honour, Office, Said, Speech
from grappe.extract.reading import Reading
from grappe.extract.themes import Field
from grappe.iri import KINDS

__all__ = ["SIGNATURES", "sound", "sound_fields"]

_BY_STEP: dict[str, frozenset[str]] = {
    step: frozenset(kind for kind, other in KINDS.items() if other == step) for step in {*KINDS.values()}
}
_PERSON, _ORGANIZATION, _FACILITY = _BY_STEP["person"], _BY_STEP["organization"], _BY_STEP["facility"]
_PROJECT, _PROGRAMME, _PLACE = _BY_STEP["project"], _BY_STEP["programme"], _BY_STEP["place"]
_INSTRUMENT, _EVENT, _LABEL = _BY_STEP["instrument"], _BY_STEP["event"], _BY_STEP["accreditation"]
_ACTOR = _PERSON | _ORGANIZATION
_LED = _ORGANIZATION | _PROJECT | _FACILITY | _PROGRAMME
_DOER = _ACTOR | _PROJECT | _PROGRAMME | _FACILITY
_VALUE: frozenset[str] = frozenset()

#: Of each predicate: who may be its subject, and its object (nobody where it is a value).
SIGNATURES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "org:headOf": (_PERSON, _LED),
    "org:unitOf": (_ORGANIZATION, _ORGANIZATION),
    "grp:ledBy": (_LED, _ORGANIZATION),
    "grp:involves": (_LED, _ACTOR | _PROJECT | _FACILITY),
    "grp:partner": (_DOER, _ORGANIZATION | _PROJECT | _FACILITY),
    "grp:memberOf": (_ACTOR | _PROJECT, _ORGANIZATION),
    "grp:locatedIn": (_DOER | _EVENT | _PLACE, _PLACE),
    "grp:hasFacility": (_DOER, _FACILITY),
    "grp:containedIn": (_FACILITY, _FACILITY),
    "grp:plans": (_DOER | _INSTRUMENT, _FACILITY | _ORGANIZATION | _PROJECT),
    "grp:signatory": (_INSTRUMENT, _ACTOR),
    "grp:organizer": (_EVENT, _ACTOR),
    "grp:participant": (_EVENT, _ACTOR),
    "grp:floorAreaM2": (_FACILITY, _VALUE),
    "grp:unitCount": (_FACILITY, _VALUE),
    "grp:openedIn": (_FACILITY, _VALUE),
    "grp:status": (_LED, _VALUE),
    "grp:eventDate": (_EVENT, _VALUE),
    "grp:foundedIn": (_ORGANIZATION, _VALUE),
    "grp:employeeCount": (_ORGANIZATION, _VALUE),
    "grp:startYear": (_INSTRUMENT, _VALUE),
    "grp:endYear": (_INSTRUMENT, _VALUE),
}

#: What a thing has once: of several claims the surest stands, then the first.
_ONCE = frozenset({"grp:startYear", "grp:endYear"})


def sound(reading: Reading, said: Iterable[Said]) -> list[Said]:
    """Return what of the rules' claims can be true of things of their classes."""
    kinds = [thing.kind for thing in reading.things]
    out: list[Said] = []
    for one in said:
        match one:
            case Claim():
                out.extend(_claim(one, kinds))
            case Award():
                out.extend(_award(one, kinds))
            case Honour():
                out.extend(_honour(one, kinds))
            case Office() if kinds[one.person] in _PERSON and kinds[one.organization] in _LED:
                out.append(one)
            case Speech() if kinds[one.speaker] in _PERSON:
                out.append(one)
    return _once(out)


def sound_fields(reading: Reading, fields: Iterable[Field]) -> list[Field]:
    """Return the themes that are said of what may have one."""
    return [field for field in fields if reading.things[field.subject].kind in _DOER | _EVENT]


def _claim(claim: Claim, kinds: list[str]) -> Iterator[Claim]:
    subjects, objects = SIGNATURES[claim.predicate]
    if kinds[claim.subject] not in subjects:
        return
    inside = kinds[claim.subject] in _FACILITY and isinstance(claim.object, int) and kinds[claim.object] in _FACILITY
    if claim.predicate == "grp:involves" and inside:
        return  # a platform that gathers halls contains them
    if not isinstance(claim.object, int) or (claim.object != claim.subject and kinds[claim.object] in objects):
        yield claim


def _award(award: Award, kinds: list[str]) -> Iterator[Award]:
    funders = tuple(
        f for f in award.funders if kinds[f] in _ACTOR | _PROGRAMME | _INSTRUMENT and f != award.beneficiary
    )
    instruments = tuple(i for i in award.instruments if kinds[i] in _INSTRUMENT | _PROGRAMME)
    if not (funders or instruments) or kinds[award.beneficiary] not in _DOER | _EVENT:
        return
    period = award.period if award.period and award.period[0] <= award.period[1] else None
    yield replace(award, funders=funders, instruments=instruments, period=period)


def _honour(honour: Honour, kinds: list[str]) -> Iterator[Honour]:
    if kinds[honour.recipient] not in _ACTOR | _PROJECT | _FACILITY or kinds[honour.accreditation] not in _LABEL:
        return
    awarder, programme = honour.awarder, honour.programme
    yield replace(
        honour,
        awarder=awarder if awarder is not None and kinds[awarder] in _ACTOR else None,
        programme=programme if programme is not None and kinds[programme] in _PROGRAMME else None,
    )


def _once(said: list[Said]) -> list[Said]:
    best: dict[tuple[int, str], Claim] = {}
    for one in said:
        if isinstance(one, Claim) and one.predicate in _ONCE:
            place = (one.subject, one.predicate)
            if place not in best or best[place].confidence < one.confidence:
                best[place] = one
    return [
        one
        for one in said
        if not isinstance(one, Claim) or one.predicate not in _ONCE or best[one.subject, one.predicate] is one
    ]
