"""Contracts and agreements: who signs them, and for which years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import frames
from grappe.extract.reading import Hit, Reading, pattern
from grappe.extract.values import Period
from grappe.model import Literal

__all__ = ["contract_periods", "signatories"]


_SIGN = ("signer", "parapher", "conclure", "ratifier", "sceller", "nouer")


def signatories(reading: Reading) -> Iterator[Said]:
    """« convention entre A et B », « Contrat Région Île-de-France/Genopole », « X a signé le contrat », « signée par A et B »."""
    for hit in reading.find(pattern(r"{I:c}(?:[^⟨⟩.;]|⟨[DYGAMT]\d+⟩)*? entre (?P<y>{O*})")):
        if asserted(hit):
            yield from _signed(hit, "contract-between", 0.95)
    for hit in reading.find(pattern(r"{I:c},? (?:(?:de )?(?P<y>{O} ?(?:/|-|–|et) ?{O}))")):
        yield from _signed(hit, "parties-of-contract", 0.9)
    for hit in reading.find(
        pattern(r"{I:c}(?:[^⟨⟩.;]|⟨[DYGM]\d+⟩)*? (?:qui )?(?:lie|unit|liant|unissant)(?:ra)? (?P<y>{O*})")
    ):
        if asserted(hit):
            yield from _signed(hit, "contract-binds", 0.9)
    yield from _signing_events(reading)
    for frame in frames(reading, *_SIGN):
        if not frame.stated:
            continue
        if frame.voice == "passive":
            papers, parties = frame.subjects[:2], frame.after("par", "entre", "avec")
        else:
            people = [p for p in frame.subjects[1:] if "P" in p.letters and p.end < frame.start]
            papers, parties = frame.after(""), (*frame.subjects[:1], *people, *frame.after("avec"))
        contract = next(
            (
                t
                for p in papers
                for t in frame.things(p)
                if t.kind == "FundingContract" and (not p.via or "I" in p.letters)
            ),
            None,
        )
        for phrase in parties:
            for party in frame.things(phrase) if contract is not None and not phrase.via else ():
                rule = "signed-by" if frame.voice == "passive" else "has-signed"
                if contract is not None and phrase.letters.strip("DYMLGAJ"):
                    yield Claim(contract.id, "grp:signatory", party.id, frame.span(phrase), rule, 0.92)


def _signing_events(reading: Reading) -> Iterator[Claim]:
    """« X, préfet, et Y, président, ont signé ce lundi, à Bordeaux, le contrat … »: the verb is read as an event."""
    for hit in reading.find(
        pattern(r"^(?P<y>[^.;:«]*?)⟨E(?P<e>\d+)⟩[^.;:«⟨]{0,40}(?:⟨[DL]\d+⟩[^.;:«⟨]{0,25}){0,4}{I:c}"),
        ("paragraph", "item"),
    ):
        event, contract = hit.mention("e"), hit.thing("c")
        if (
            event is None
            or event.kind != "Signing"
            or contract is None
            or contract.kind != "FundingContract"
            or not asserted(hit)
        ):
            continue
        for found in re.finditer(r"(?:^|, |et |– )⟨[PO](\d+)⟩(?=,| et| ?$| ⟨E)", hit["y"] or ""):
            who = reading.thing_at(int(found[1]))
            if who is not None:
                yield Claim(contract.id, "grp:signatory", who.id, hit.span, "signing-event", 0.85)


def _signed(hit: Hit, rule: str, sure: float) -> Iterator[Claim]:
    contract = hit.thing("c")
    if contract is not None and contract.kind == "FundingContract":
        for party in hit.things("y"):
            yield Claim(contract.id, "grp:signatory", party.id, hit.span, rule, sure)


def contract_periods(reading: Reading) -> Iterator[Said]:
    """The years of a contract: « le CPER 2021-2027 », « Contrat … (… pour 2021/2023) »."""
    for hit in reading.find(
        pattern(
            r"{I:c}(?: ⟨O\d+⟩ ?/ ?⟨O\d+⟩)?(?: \((?:⟨G\d+⟩|[A-Z]+)\))?(?: ?\(?[^⟨⟩().;]*(?:⟨[MO]\d+⟩[^⟨⟩().;]*){0,2}(?:pour|sur|de) | ?\(?| pour (?:la période )?){Y:y}"
        )
    ):
        contract, years = hit.thing("c"), hit.mention("y")
        if contract and contract.kind == "FundingContract" and years and isinstance(years.value, Period):
            for predicate, year in (("grp:startYear", years.value.start_year), ("grp:endYear", years.value.end_year)):
                yield Claim(contract.id, predicate, Literal(f"{year:04d}", "xsd:gYear"), hit.span, "contract-years")
    for frame in frames(reading, "courir", "couvrir", "porter", "étendre", "conclure", "signer"):
        span_of_years = next(
            (reading.mentions[p.mentions[0]].value for p in frame.complements if p.letters[:1] == "Y"), None
        )
        contract = next((t for p in frame.subjects[:2] for t in frame.things(p) if t.kind == "FundingContract"), None)
        if contract is not None and isinstance(span_of_years, Period) and frame.stated:
            span = frame.span(*frame.subjects[:1], *frame.complements)
            for predicate, year in (
                ("grp:startYear", span_of_years.start_year),
                ("grp:endYear", span_of_years.end_year),
            ):
                yield Claim(contract.id, predicate, Literal(f"{year:04d}", "xsd:gYear"), span, "contract-runs", 0.85)
