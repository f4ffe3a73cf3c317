"""Contracts and agreements: who signs them, and for which years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.claims import Claim, Range, Said, asserted
from grappe.extract.clauses import frames
from grappe.extract.contracts import RULE
from grappe.extract.reading import Hit, Mention, Reading, Thing, pattern
from grappe.extract.values import Period
from grappe.model import Literal

__all__ = ["contract_periods", "signatories"]


_SIGN = ("signer", "cosigner", "parapher", "conclure", "ratifier", "sceller", "nouer", "passer", "établir")


def signatories(reading: Reading) -> Iterator[Said]:
    """Return who signs what, and who is thereby a partner; of a contract without a name, at least two sign, or a person."""
    found = [*_signatories(reading)]
    kept = []
    for claim in found:
        parties = {c.object for c in found if c.subject == claim.subject}
        alone = len(parties) == 1 and all(isinstance(p, int) and reading.things[p].kind != "Person" for p in parties)
        if not (alone and _described(reading, claim.subject)):
            kept.append(claim)
    yield from kept
    yield from _bound(reading, kept)
    yield from _allies(reading, kept)


#: « P, directrice générale de X »: for whom a person signs. A prefect signs for the State.
_FOR = re.compile(
    rf",? (?!préf|sous-préf|ministre)(?:(?:la |le |l')?{lexicon.ROLE}[^⟨⟩,;.]{{0,40}}?(?:de|à|chez)|qui (?:dirige|préside)|représentant) ⟨O(?P<o>\d+)⟩"
)


def _bound(reading: Reading, signatures: list[Claim]) -> Iterator[Claim]:
    """Whoever signs by office signs for the body, where no body is told to be a party."""
    signed: dict[int, list[Claim]] = {}
    for claim in signatures:
        signed.setdefault(claim.subject, []).append(claim)
    for contract, claims in signed.items():
        people = [c.object for c in claims if isinstance(c.object, int) and reading.things[c.object].kind == "Person"]
        if len(people) != len(claims):
            continue
        for masked in reading.masked if len({*people}) > 1 else ():
            start, end = masked.sentence.start, masked.sentence.end
            here = next((c for c in claims if start <= c.span[0] and c.span[1] <= end), None)
            for found in re.finditer(r"⟨P(\d+)⟩", masked.text) if here else ():
                office = _FOR.match(masked.text, found.end())
                body = reading.thing_at(int(office["o"])) if office else None
                if here and body is not None and reading.thing_of[int(found[1])] in people:
                    yield Claim(contract, "grp:signatory", body.id, here.span, "signs-for", 0.75)


_TOGETHER = re.compile(r"\b(?:partenariat|collaboration|coopération|recherche)\b")
_ALLIES = frozenset(
    "Company Laboratory University ResearchOrganization Hospital Organization NonProfit Cluster".split()
)


def _allies(reading: Reading, signatures: list[Claim]) -> Iterator[Claim]:
    """« X et Y ont signé un accord de partenariat »: those who sign one are partners."""
    signed: dict[int, list[Claim]] = {}
    for claim in signatures:
        after = reading.normal.text[claim.span[1] : claim.span[1] + 80].split(".")[0]
        if _TOGETHER.search(reading.things[claim.subject].label) or re.search(r"\b(?:ensemble|en commun)\b", after):
            signed.setdefault(claim.subject, []).append(claim)
    for claims in signed.values():
        parties = list(dict.fromkeys(c.object for c in claims if isinstance(c.object, int)))
        if len(parties) == 2 and all(reading.things[p].kind in _ALLIES for p in parties):
            yield Claim(parties[0], "grp:partner", parties[1], claims[0].span, "signed-partnership", 0.7)


def _described(reading: Reading, thing: int) -> bool:
    return all(
        reading.mentions[n].rule == RULE or reading.mentions[n].rule.startswith(("definite", "pronoun"))
        for n in reading.things[thing].mentions
    )


def _signatories(reading: Reading) -> Iterator[Claim]:
    """« convention entre A et B », « Contrat Région Île-de-France/Genopole », « X a signé le contrat », « signée par A et B »."""
    for hit in reading.find(pattern(r"{I:c}(?:[^⟨⟩.;]|⟨[DYGAMT]\d+⟩)*? entre (?P<y>{O*})")):
        if asserted(hit):
            yield from _signed(hit, "contract-between", 0.95)
    for hit in reading.find(pattern(r"{I:c},? (?:(?:de )?(?P<y>{O} ?(?:/|-|–|et) ?{O}))")):
        yield from _signed(hit, "parties-of-contract", 0.9)
    for hit in reading.find(
        pattern(r"{I:c}(?:[^⟨⟩.;]|⟨[DYGM]\d+⟩)*? (?:qui )?(?:lie|unit|liant|unissant)(?:ra)? (?P<y>{O*}(?: à {O})?)")
    ):
        if asserted(hit):
            yield from _signed(hit, "contract-binds", 0.9)
    yield from _signing_events(reading)
    yield from _signed_events(reading)
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
        pattern(r"^(?P<y>(?:[^.;:«(]|\([^()]*\))*?)⟨E(?P<e>\d+)⟩[^.;:«⟨]{0,40}(?:⟨[DLF]\d+⟩[^.;:«⟨]{0,45}){0,4}{I:c}"),
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
        named = re.sub(r" ?\([^()]*\)", "", hit["y"] or "")
        other = re.match(
            r" avec (?P<y>⟨[PO]\d+⟩(?: \([^()]*\))?(?:(?:, |,? et )⟨[PO]\d+⟩)*)", hit.masked.text[hit.match.end() :]
        )
        parties = [f[1] for f in re.finditer(r"(?:^(?:[–•›*>-] ?)?|, |et |– )⟨[PO](\d+)⟩(?=,| et| ?$| ⟨E)", named)]
        for number in (*parties, *re.findall(r"⟨[PO](\d+)⟩", other["y"] if other else "")):
            who = reading.thing_at(int(number))
            if who is not None:
                yield Claim(contract.id, "grp:signatory", who.id, hit.span, "signing-event", 0.85)


def _signed_events(reading: Reading) -> Iterator[Claim]:
    """« Le protocole a été signé ce jour, à Rouen, par X, directeur de Y, et Z »: the verb is read as an event."""
    for hit in reading.find(
        pattern(r"{I:c}[^.;:«⟨]{0,20}⟨E(?P<e>\d+)⟩(?:[^.;:«⟨]|⟨[DLO]\d+⟩){0,60}? par (?P<y>⟨[PO]\d+⟩[^.;:«]*)"),
        ("paragraph", "item"),
    ):
        event, contract = hit.mention("e"), hit.thing("c")
        if event is None or event.kind != "Signing" or contract is None or not asserted(hit):
            continue
        people = re.split(r",? en présence", hit["y"] or "")[0]
        for found in re.finditer(r"(?:^|, (?:et )?(?:par )?|et (?:par )?)⟨[PO](\d+)⟩(?=,| et|$)", people):
            who = reading.thing_at(int(found[1]))
            if who is not None and contract.kind == "FundingContract":
                yield Claim(contract.id, "grp:signatory", who.id, hit.span, "signed-event", 0.85)


def _signed(hit: Hit, rule: str, sure: float) -> Iterator[Claim]:
    contract = hit.thing("c")
    if contract is not None and contract.kind == "FundingContract":
        for party in hit.things("y"):
            yield Claim(contract.id, "grp:signatory", party.id, hit.span, rule, sure)


#: « Valable de 2024 à 2029, la convention prévoit … ».
_FRONTED = pattern(r"^(?:Valable|Conclue?|Signée?|Établie?|En vigueur|Prévue?)(?: pour| sur)? ?{Y:y}, {I:c}")


def contract_periods(reading: Reading) -> Iterator[Said]:
    """The years of a contract: « le CPER 2021-2027 », « Contrat … (… pour 2021/2023) »."""
    for hit in reading.find(
        pattern(
            r"{I:c}(?: ⟨O\d+⟩ ?/ ?⟨O\d+⟩)?(?: \((?:⟨G\d+⟩|[A-Z]+)\))?(?: ?\(?[^⟨⟩().;]*(?:⟨[MO]\d+⟩[^⟨⟩().;]*){0,2}(?:pour|sur|de) | ?\(?| pour (?:la période )?){Y:y}"
        )
    ):
        contract, years = hit.thing("c"), hit.mention("y")
        if contract and contract.kind == "FundingContract" and years:
            yield from _runs(contract, years, hit.span, "contract-years", 0.9)
    for hit in reading.find(_FRONTED):
        contract, years = hit.thing("c"), hit.mention("y")
        if contract and years:
            yield from _runs(contract, years, hit.span, "contract-valid", 0.85)
    for frame in frames(reading, "courir", "couvrir", "porter", "étendre", "conclure", "signer"):
        years = next((reading.mentions[p.mentions[0]] for p in frame.complements if p.letters[:1] == "Y"), None)
        papers = (*frame.subjects[:2], *frame.after(""))
        contract = next((t for p in papers for t in frame.things(p) if t.kind == "FundingContract"), None)
        if contract and years and frame.stated:
            span = frame.span(*frame.subjects[:1], *frame.complements)
            yield from _runs(contract, years, span, "contract-runs", 0.85)


def _runs(contract: Thing, years: Mention, span: Range, rule: str, sure: float) -> Iterator[Claim]:
    if isinstance(years.value, Period):
        for predicate, year in (("grp:startYear", years.value.start_year), ("grp:endYear", years.value.end_year)):
            yield Claim(contract.id, predicate, Literal(f"{year:04d}", "xsd:gYear"), span, rule, sure)
