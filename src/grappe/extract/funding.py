"""Money: who gives, to whom, how much, under which instrument, for which years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract.claims import Award, Said, asserted_at
from grappe.extract.clauses import frames_of
from grappe.extract.givers import framed, paired
from grappe.extract.grants import Sum, funders_in, given, instruments, period, sums, topic
from grappe.extract.listed import announced_sums
from grappe.extract.pieces import WISHES
from grappe.extract.reading import Masked, Reading
from grappe.extract.receivers import Last, Told, receivers_of
from grappe.extract.sections import field_values, is_field
from grappe.extract.sheets import rows_of_beneficiaries
from grappe.extract.values import Period

__all__ = ["amounts"]

_PER_YEAR = re.compile(r" (?:par|chaque) (?:an|année|mois)\b|/an\b")
_YEARLY = re.compile(r"annuelle?(?:ment)?s? (?:de |d'environ )?$|chaque année[^.;]{0,30}$")
#: A line of a plan of financing that reading took for a heading.
_PART = r"(?:(?:Aide|Subvention|Participation) de )?⟨[OG]\d+⟩(?: \((?:[^()⟨⟩]|⟨\w+⟩)*\))? ?[:–-]? ?⟨M\d+⟩"
_LINE = re.compile(rf"{_PART}(?: [|;,–-] {_PART})*")
_TOTAL = re.compile(r"(?: [^⟨⟩;.:]{0,40})?(?: ?: |, dont|,? \(dont|, répartis|, soit)")


def amounts(reading: Reading) -> Iterator[Said]:
    """Every sum of money that somebody gives somebody, by the words about it.

    « La Région apporte 7 M€ à … », « il reçoit 96 M€ de l'État », « 6 M€ de la Région et 2 M€ de la Métropole ».
    """
    listed = {row.sentence.index for row in rows_of_beneficiaries(reading)}
    told_elsewhere = announced_sums(reading)
    last: Last | None = None
    for masked in reading.masked:
        found = [s for s in sums(reading, masked) if s.number not in told_elsewhere]
        if (
            found
            and (masked.sentence.kind not in ("title", "heading") or _LINE.fullmatch(masked.text) or is_field(masked))
            and masked.sentence.index not in listed
        ):
            for award in _of_sentence(reading, masked, found, last):
                last = Last(award.beneficiary, masked.sentence.index, masked.sentence.block)
                yield award


def _of_sentence(reading: Reading, masked: Masked, found: list[Sum], last: Last | None) -> Iterator[Award]:
    told: dict[int, Told] = {}
    for one in found:
        if _refused(reading, masked, one):
            continue
        answer = _completed(paired(reading, masked, one, told), framed(reading, masked, one, told))
        if (
            answer is not None
            and not _PER_YEAR.match(masked.text, one.end)
            and not _YEARLY.search(masked.text[: one.start])
            and (
                given(masked, one)
                or answer.rule.startswith(
                    ("share", "cost", "giver-agent", "noun", "part", "goes", "borrower", "aid-reaches")
                )
            )
        ):
            told[one.number] = answer
    _each_its_own(masked, found, told)
    shared = [t for t in told.values() if t.rule.startswith("share")]
    for place, one in enumerate(found):
        if one.number not in told:
            continue
        later = [s for s in found[place + 1 :] if s.number in told]
        if later and _TOTAL.match(masked.text, one.end) and later[0] is found[place + 1]:
            continue  # the parts are awards, their total is none
        answer = told[one.number]
        if shared and answer.rule == "cost-borne-by":
            yield from _rest(reading, masked, one, answer, shared)
            continue
        receivers, how, sure = receivers_of(reading, masked, one, found, answer, last)
        for receiver in receivers:
            if receiver not in answer.funders:
                last = Last(receiver, masked.sentence.index, masked.sentence.block)
                yield _award(reading, masked, one, answer, receiver, how, sure)


def _award(reading: Reading, masked: Masked, one: Sum, told: Told, receiver: int, how: str, sure: float) -> Award:
    start, end = min(one.start, told.start), max(one.end, told.end)
    under, years = instruments(reading, masked, one), period(reading, masked, one)
    if how in ("sheet", "section"):
        under, years = under or _of_sheet(reading, masked), years or _years_of_sheet(reading, masked)
    return Award(
        told.funders,
        receiver,
        masked.origin(start, end, reading.mentions),
        f"{told.rule}:{how}",
        one.value.amount,
        one.value.currency,
        under,
        years,
        round(told.confidence * sure, 2),
    )


_UNDER = re.compile(r"[^:]*\b(?:[Cc]adre|[Dd]ispositif|[Pp]rogramme|[Aa]ppel|[Gg]uichet|AAP|AMI|[Cc]ontrat)\b[^:]*:")
_YEARS = re.compile(r"[^:]*\b(?:[Dd]urée|[Dd]ates|[Pp]ériode|[Cc]alendrier|[Aa]nnées)\b[^:]*:")


def _of_sheet(reading: Reading, masked: Masked) -> tuple[int, ...]:
    """Return what another line of a sheet says its aid is given under: « Cadre : appel à projets X de France 2030 »."""
    found = [n for value in field_values(reading, masked, _UNDER) for n in re.findall(r"⟨[GI](\d+)⟩", value)]
    return tuple(dict.fromkeys(t.id for n in found if (t := reading.thing_at(int(n))) is not None))


def _years_of_sheet(reading: Reading, masked: Masked) -> tuple[int, int] | None:
    """Return the years that another line of a sheet gives: « Durée : 2022-2026 »."""
    for value in field_values(reading, masked, _YEARS):
        years = re.match(r"(?:de )?⟨Y(\d+)⟩", value)
        told = reading.mentions[int(years[1])].value if years else None
        if isinstance(told, Period):
            return told.start_year, told.end_year
    return None


def _completed(beside: Told | None, verb: Told | None) -> Told | None:
    """Return what stands beside a sum, with the receiver that its verb tells; else what the verb tells, if it has a giver."""
    if beside is None:
        return verb if verb is not None and verb.funders else None
    if verb is None or beside.frame is not None or beside.rule == "aid-label":
        return beside
    return replace(beside, frame=verb.frame, beneficiaries=beside.beneficiaries or verb.beneficiaries)


def _rest(reading: Reading, masked: Masked, one: Sum, told: Told, shared: list[Told]) -> Iterator[Award]:
    """« 5,3 M€, financés par l'État, par le CNRS et, pour 450 000 €, par la Ville »: of the others no share is told."""
    named = {f for t in shared for f in t.funders}
    by = [
        p for f in frames_of(reading, masked) if f.subject and one.number in f.subject.mentions for p in f.after("par")
    ]
    givers = [g for p in by for g in funders_in(reading, p.mentions) if g not in named]
    about = topic(reading, masked, one.start, {*told.funders, *givers, *named})
    if givers and about is not None:
        span = masked.origin(one.start, max(p.end for p in by), reading.mentions)
        yield Award(
            tuple(givers), about[0], span, "cost-shared-by", None, None, instruments(reading, masked, one), None, 0.75
        )


def _refused(reading: Reading, masked: Masked, one: Sum) -> bool:
    """Return whether a sum is asked for, wished, refused or negated."""
    return not asserted_at(masked, one.start, one.start + 1) or any(
        (f.modality not in ("", "purpose") or f.lemma in WISHES)
        and any(one.number in p.mentions for p in f.complements)
        for f in frames_of(reading, masked)
    )


def _each_its_own(masked: Masked, found: list[Sum], told: dict[int, Told]) -> None:
    """« A, B et C financent X à hauteur de 2 M€, 1 M€ et 500 k€ »: of as many sums as givers, each gives its own."""
    place = 0
    while place < len(found):
        run = [found[place]]
        while place + len(run) < len(found) and re.fullmatch(
            r"(?:,| et|, et) (?:de )?", masked.text[run[-1].end : found[place + len(run)].start]
        ):
            run.append(found[place + len(run)])
        first = told.get(run[0].number)
        if len(run) > 1 and first is not None and len(first.funders) == len(run):
            for one, giver in zip(run, first.funders, strict=True):
                told[one.number] = replace(first, funders=(giver,), rule="sums-in-turn")
        place += len(run)
