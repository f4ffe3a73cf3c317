"""Money: who gives, to whom, how much, under which instrument, for which years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.claims import Award, Claim, Said, asserted, clause
from grappe.extract.reading import Hit, Masked, Reading, pattern
from grappe.extract.values import Money, Period
from grappe.model import Literal

__all__ = ["amounts", "contract_periods", "sheets", "supports"]

#: Figures that are not given to anybody: cost, turnover, market, envelope, total.
_NO_GRANT = re.compile(
    r"chiffre d'affaires|march[ée]|valoris|estimé|évalué|coût|coûté|investissements? (?:de|total|s'élève|privé|d'environ)|pour un investissement|budget|enveloppe|"
    r"fonds propres|dot[ée]e? (?:de|d')(?! ⟨M\d+⟩ par)|assiette|dépens|cumul|porte(?:nt)? à|soit un total|au total|se sont partagé|a distribué|mobilise|base subventionnable|capitalis|export|salaire|attirer",
    re.I,
)
_FUNDER_KINDS = frozenset(
    {
        "PublicAuthority",
        "FundingAgency",
        "NonProfit",
        "Programme",
        "Company",
        "ResearchOrganization",
        "University",
        "Hospital",
        "Cluster",
        "Organization",
        "ResearchNetwork",
        "Laboratory",
    }
)
_GIVE = (
    r"(?:apport\w+|accord\w+|attribu\w+|vers\w+|allou\w+|octroi\w+|consacr\w+|vot\w+|financ\w+|cofinanc\w+|inject\w+|débloqu\w+|engag\w+|investi\w*|contribu\w+|"
    r"mobilis\w+|donn\w+|fait un don|fait don|dot\w+|subventionn\w+|particip\w+|soutien\w*|soutenu\w*|aid\w+|pay\w+|ajout\w+|abond\w+|affect\w+|prêt\w+|mett\w+)"
)
_RECEIVE = r"(?:reçu|reçoit|reçoivent|recevra|obtenu|obtient|bénéfici\w+|décroch\w+|lev[ée]\w*|lève|boucl\w+|remport\w+|perçoi\w+|perçu|touch\w+)"
_INSTRUMENT = re.compile(
    r"(?:au titre|dans le cadre|à travers|par le biais|via|grâce à|au moyen|à la faveur)(?: ?(?:de|du|des))?(?: [a-zé' ]{0,40}?)?(?: de)? ?⟨(?:G|I)(?P<i>\d+)⟩"
    r"|(?:en|d'|un|de) ?⟨I(?P<j>\d+)⟩|⟨O\d+⟩ \(⟨[GI](?P<k>\d+)⟩\)"
)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A masked mention in a sentence: its letter, its number, and where it stands in the masked text."""

    letter: str
    number: int
    start: int
    end: int


def _slots(masked: Masked) -> list[_Slot]:
    return [_Slot(m[1], int(m[2]), m.start(), m.end()) for m in re.finditer(r"⟨([A-Z])(\d+)⟩", masked.text)]


def amounts(reading: Reading) -> Iterator[Said]:
    """Every sum of money that somebody gives somebody, by the words about it.

    The funder stands in *de X* or *par X* after the sum, in *X (sum)*, or is the subject of a verb of giving; the
    beneficiary after *à* or *pour*, as the subject of a verb of receiving, or is what the passage speaks of.
    """
    for masked in reading.masked:
        slots = _slots(masked)
        for place, slot in enumerate(slots):
            mention = reading.mentions[slot.number]
            if slot.letter != "M" or not isinstance(mention.value, Money) or getattr(mention.value, "range", False):
                continue
            award = _award(reading, masked, slots, place, mention.value)
            if award is not None:
                yield award


def _award(reading: Reading, masked: Masked, slots: list[_Slot], place: int, money: Money) -> Award | None:
    slot = slots[place]
    before, after = masked.text[: slot.start], masked.text[slot.end :]
    piece = clause(masked, slot.start, slot.end)
    if not asserted(Hit(reading, masked, re.compile(r"(?s).").match(masked.text, slot.start))):  # type: ignore[arg-type]
        return None
    near = masked.text[max(0, slot.start - 60) : slot.start]
    if (
        _NO_GRANT.search(re.sub(r"^.*[,;:(] ", "", near))
        or re.match(r" ?(?:de|d') ?(?:chiffre|fonds propres|budget|chiffres|recettes|ventes|marché|plus)", after)
        or re.match(r" de ⟨L\d+⟩", after)
    ):
        return None
    funders, span_from = _funders(reading, masked, slots, place)
    if not funders:
        return None
    beneficiary = _beneficiary(reading, masked, slots, place, funders)
    if beneficiary is None or beneficiary in funders:
        return None
    instruments = _instruments(reading, masked, slot, slots)
    period = _period(reading, masked, slot)
    start = min([slot.start, span_from, *(_start_of(reading, slots, f, slot) for f in funders)])
    end = max([slot.end, *(_end_of(reading, slots, f, slot) for f in funders)])
    del before, piece
    return Award(
        tuple(dict.fromkeys(funders)),
        beneficiary,
        masked.origin(start, end, reading.mentions),
        "amount",
        money.amount,
        money.currency,
        instruments,
        period,
    )


def _start_of(reading: Reading, slots: list[_Slot], thing: int, around: _Slot) -> int:
    return min(
        (s.start for s in slots if reading.thing_of[s.number] == thing and abs(s.start - around.start) < 300),
        default=around.start,
    )


def _end_of(reading: Reading, slots: list[_Slot], thing: int, around: _Slot) -> int:
    near = [s for s in slots if reading.thing_of[s.number] == thing and abs(s.start - around.start) < 300]
    return min((s.end for s in near), key=lambda e: abs(e - around.end), default=around.end)


_LISTED = r"(?:(?:de |par |d')?⟨[OG]\d+⟩(?: \([^()]*\))?(?:(?:, | et |, et | ainsi que )(?:de |par |d')?⟨[OG]\d+⟩)*)"


def _funders(reading: Reading, masked: Masked, slots: list[_Slot], place: int) -> tuple[list[int], int]:
    slot = slots[place]
    text = masked.text
    after = text[slot.end :]
    direct = re.match(
        rf"\)?(?: (?:d'aides? publiques?|d'avances? remboursables?|de subventions?|de crédits|en fonds propres|HT|TTC|maximum|au total|en dette))*,?(?: \([^()]*\))?"
        rf"(?: (?:financée?s?|apportée?s?|versée?s?|attribuée?s?|accordée?s?|octroyée?s?|pris en charge)(?: à parts égales)?)?"
        rf"(?:(?: [^⟨⟩;.,]{{0,40}})? auprès)?(?: sur [^⟨⟩,.;]*)? (?P<list>(?:de|par) {_LISTED})",
        after,
    )
    if direct and not re.match(r"[^⟨]*par l'intermédiaire", direct[0]):
        found = _things(reading, direct["list"])
        if found:
            return found, slot.start
    bracket = re.search(
        r"⟨([OG])(\d+)⟩(?: (?:au titre|dans le cadre|via) [^⟨⟩()]*⟨[GI]\d+⟩)?,?(?: \(⟨[GI]\d+⟩\))? ?(?:\(|: |, pour |, à hauteur de |apporte |à hauteur de )?$",
        text[: slot.start],
    )
    thing = reading.thing_at(int(bracket[2])) if bracket else None
    if (
        bracket
        and thing is not None
        and thing.kind in _FUNDER_KINDS
        and (
            re.search(r"(?:\(|: |pour |hauteur de |apporte )$", text[: slot.start])
            or masked.sentence.kind in ("row", "item")
            or bracket.start() == 0
        )
    ):
        return [thing.id], bracket.start()
    by = re.search(rf"(?:(?:par|de) (?P<list>{_LISTED}))[^⟨⟩;.]*$", text[: slot.start])
    if (
        by
        and re.search(
            r"(?:financ|aid|soutien|subvention|prêt|don|avance)\w*[^⟨⟩;.]*(?:par|de) " + _LISTED + r"[^⟨⟩;.]*$",
            text[: slot.start],
            re.I,
        )
        and len(text[by.end("list") : slot.start]) < 60
    ):
        found = _things(reading, by["list"])
        if found:
            return found, by.start()
    subject = re.search(
        rf"(?P<subject>⟨[OG]\d+⟩)(?P<gap>(?:, [^⟨⟩.;]*(?:⟨[^P]\d+⟩)?[^⟨⟩.;]*,)?[^⟨⟩.;]*?(?:⟨[JFOPIDYG]\d+⟩[^⟨⟩.;]*?){{0,4}}\b{_GIVE}\b[^.;]*?)$",
        text[: slot.start],
    )
    if subject:
        found = _things(reading, subject["subject"])
        if (
            found
            and reading.things[found[0]].kind in _FUNDER_KINDS
            and not re.search(rf"\b{_RECEIVE}\b", subject["gap"])
        ):
            return found, subject.start()
    later = re.match(rf"[^⟨⟩;.]*(?:⟨[JFOGID]\d+⟩[^⟨⟩;.]*)?(?:par|auprès de) (?P<list>{_LISTED})", after)
    if later:
        found = _things(reading, later["list"])
        if found:
            return found, slot.start
    return [], slot.start


def _things(reading: Reading, text: str) -> list[int]:
    out = []
    outside = re.sub(r"\([^()]*\)", "", text)
    for number in re.findall(r"⟨[OGJFI](\d+)⟩", outside):
        thing = reading.thing_at(int(number))
        if thing is not None and thing.kind in _FUNDER_KINDS:
            out.append(thing.id)
    if len(out) > 1:
        out = [i for i in out if reading.things[i].kind != "Programme"] or out
    return out


def _beneficiary(reading: Reading, masked: Masked, slots: list[_Slot], place: int, funders: list[int]) -> int | None:
    slot, text = slots[place], masked.text
    after, before = text[slot.end :], text[: slot.start]
    parties = re.search(r"⟨I\d+⟩ (?:de |entre )?⟨O(?P<a>\d+)⟩ ?(?:/|-|–|et|avec) ?⟨O(?P<b>\d+)⟩ ?\($", before)
    if parties:
        for number in (parties["b"], parties["a"]):
            if (thing := reading.thing_at(int(number))) is not None and thing.id not in funders:
                return thing.id
    receiver = re.search(rf"⟨[OJFG](?P<b>\d+)⟩(?:, [^⟨⟩.;]*,)?[^.;⟨⟩]*?\b{_RECEIVE}\b", before)
    if receiver and (thing := reading.thing_at(int(receiver["b"]))) is not None and thing.id not in funders:
        return thing.id
    to = re.match(
        r"(?:(?! (?:par|de) ⟨)[^⟨⟩;.])*?(?:(?:⟨[OGDYLI]\d+⟩[^⟨⟩;.]*?){0,3})\b(?:à|pour|au profit de|en faveur de|au bénéfice de) (?:la construction de |l'équipement de |la rénovation de |la création de |le projet )?⟨(?P<l>[OJF])(?P<b>\d+)⟩",
        after,
    )
    if (
        to
        and (thing := reading.thing_at(int(to["b"]))) is not None
        and thing.id not in funders
        and not re.search(r"⟨M\d+⟩", to[0])
    ):
        return thing.id
    for found in reversed(
        [
            *re.finditer(
                r"(?:\bà|lui|pour|[Bb]énéficiaire :) (?:la construction de |la rénovation de |l'installation de |l'équipement de |ce )?⟨[OJFG](?P<b>\d+)⟩",
                before,
            )
        ]
    ):
        thing = reading.thing_at(int(found["b"]))
        if thing is not None and thing.id not in funders and not re.search(r"⟨M\d+⟩", before[found.end() :]):
            return thing.id
    return _topic(reading, masked, slot.start, funders)


def _topic(reading: Reading, masked: Masked, at: int, funders: list[int]) -> int | None:
    """Return what the passage is about: the nearest thing before that can be paid for and is no funder here."""
    here = masked.sentence
    rows = [m for m in reading.masked if m.sentence.index <= here.index and m.sentence.block >= here.block - 8]
    for part in reversed(rows):
        text = part.text[:at] if part is masked else part.text
        if (
            part is not masked
            and part.sentence.kind in ("heading", "row", "title")
            and not re.search(r"⟨[JF]\d+⟩", text)
        ):
            continue
        for letters in ("JF", "O"):
            for number in re.findall(rf"⟨[{letters}](\d+)⟩", text):
                thing = reading.thing_at(int(number))
                if thing is None or thing.id in funders or thing.kind in ("PublicAuthority", "FundingAgency"):
                    continue
                return thing.id
    return None


def _instruments(reading: Reading, masked: Masked, slot: _Slot, slots: list[_Slot]) -> tuple[int, ...]:
    stops = [s.start for s in slots if s.letter == "M" and s.start > slot.start]
    right = masked.text[slot.end : min(stops, default=len(masked.text))]
    stop = re.search(r"[;.]", right)
    right = right[: stop.start()] if stop else right
    earlier = [s.end for s in slots if s.letter == "M" and s.end <= slot.start]
    left = masked.text[max(earlier, default=0) : slot.start]
    out = []
    if carrier := re.search(r"⟨I(\d+)⟩(?: (?:de |entre )?⟨O\d+⟩ ?(?:/|-|–|et|avec) ?⟨O\d+⟩)? ?\($", left):
        thing = reading.thing_at(int(carrier[1]))
        out.extend([thing.id] if thing is not None else [])
    for found in [*_INSTRUMENT.finditer(left), *_INSTRUMENT.finditer(right)]:
        number = found["i"] or found["j"] or found["k"]
        thing = reading.thing_at(int(number))
        if thing is not None:
            out.append(thing.id)
    return tuple(dict.fromkeys(out))


def _period(reading: Reading, masked: Masked, slot: _Slot) -> tuple[int, int] | None:
    for found in re.finditer(r"⟨Y(\d+)⟩", masked.text):
        value = reading.mentions[int(found[1])].value
        between = masked.text[min(slot.end, found.end()) : max(slot.start, found.start())]
        if (
            isinstance(value, Period)
            and not re.search(r"[;.]|⟨M\d+⟩", between)
            and not re.search(r"⟨I\d+⟩ ?\(?$", masked.text[: found.start()])
        ):
            return value.start_year, value.end_year
    return None


def supports(reading: Reading) -> Iterator[Said]:
    """Money without a sum: « financé par la Région », « a apporté son soutien à l'équipement des 650 m² de … »."""
    financed = pattern(
        r"{OJF:b}(?:[^⟨⟩.;]|⟨[LDSYT]\d+⟩)*?,? (?:(?:co-?)?financée?s?|soutenue?s?|subventionnée?s?|acquise?s?(?: [^⟨⟩.;]*(?:⟨[DOL]\d+⟩[^⟨⟩.;]*?){0,4})? avec le soutien|réalisée?s? avec le soutien)"
        r"(?: [^⟨⟩.;,]{0,40})? (?:par|de) {O*:f}(?! ?\(⟨M)"
    )
    for hit in reading.find(financed):
        yield from _support(hit, "financed-by")
    gives = pattern(
        r"{O*:f}(?:, [^⟨⟩;.]*,)? (?:a|ont|avait|avaient)?(?: [^⟨⟩;.,]{0,20}?)? ?(?:apport\w+|accord\w+|confirm\w+|renouvel\w+) (?:également |aussi )?(?:leur|son|un) (?:soutien|appui|concours|aide)(?: financi\w+)? à "
        r"(?:(?:l'|la |le |les )\w+(?: et (?:à )?(?:l'|la |le |les )\w+)? de )?(?:[^⟨⟩.;,]{0,50}? (?:de|à) )?{OJF:b}(?![^⟨⟩.;]{0,30}⟨M)"
    )
    for hit in reading.find(gives):
        yield from _support(hit, "gives-support")
    active = pattern(
        r"{O*:f} (?:a |ont )?(?:également |aussi )?(?:soutien(?:t|nent)|financ(?:e|ent|era|eront|é)|cofinanc\w+|soutenu|subventionn\w+) (?:également |aussi )?{OJF:b}(?![^⟨⟩.;]{0,30}⟨M)"
    )
    for hit in reading.find(active):
        yield from _support(hit, "finances")


def _support(hit: Hit, rule: str) -> Iterator[Said]:
    if not asserted(hit) or hit.masked.sentence.kind in ("title", "heading"):
        return
    beneficiary = hit.thing("b")
    funders = [t.id for t in hit.things("f") if t.kind in _FUNDER_KINDS and t.kind != "Programme"]
    if beneficiary is None or not funders or beneficiary.id in funders:
        return
    if (
        rule == "financed-by"
        and re.search(r"\w[ées]s par ", hit.match[0])
        and beneficiary.named
        and re.search(r"\w+s (?:de |d')$", hit.masked.text[: hit.match.start()])
    ):
        return  # « les entreprises du cluster soutenues par … »: the plural participle goes with the noun before
    tail = hit.masked.text[hit.match.end() : hit.match.end() + 14]
    if re.match(r" ?\(?⟨M|(?:, |, et )", tail) and "⟨M" in tail:
        return
    yield Award(tuple(funders), beneficiary.id, hit.span, rule, confidence=0.8)


def sheets(reading: Reading) -> Iterator[Said]:
    """Project sheets of a deliberation: « Bénéficiaire : X », « Montant de la subvention … 1 000 000,00 € », « Période : 2022-2025 »."""
    beneficiary, span = None, (0, 0)
    given = next((t.id for t in reading.things if reading.publisher == t.id), None)
    scheme = None
    for hit in reading.find(
        pattern(r"[Dd]écide de (?:participer|financer|soutenir)[^.;]*?(?:au titre|dans le cadre)[^.;⟨]*{GI:i}")
    ):
        thing = hit.thing("i")
        scheme = thing.id if thing else None
    pending: tuple[Money, tuple[int, int]] | None = None
    for masked in reading.masked:
        if found := re.search(r"[Bb]énéficiaire(?:\(?s\)?)? ?: ?⟨O(\d+)⟩", masked.text):
            thing = reading.thing_at(int(found[1]))
            beneficiary = thing.id if thing else None
            span = masked.origin(found.start(), found.end(), reading.mentions)
            pending = None
        wanted = re.search(
            r"[Mm]ontant (?:de la |de l')?(?:subvention|aide)|[Ss]ubvention (?:attribuée|proposée)", masked.text
        )
        sums = [reading.mentions[int(n)] for n in re.findall(r"⟨M(\d+)⟩", masked.text)]
        if beneficiary is not None and given is not None and sums and (wanted or _labelled_before(reading, masked)):
            last = sums[-1]
            if isinstance(last.value, Money):
                pending = (last.value, (span[0], last.end))
                yield Award(
                    (given,),
                    beneficiary,
                    (span[0], last.end),
                    "sheet",
                    last.value.amount,
                    last.value.currency,
                    (scheme,) if scheme is not None else (),
                )
        if beneficiary is not None and pending and (found := re.search(r"[Pp]ériode[^:]*: ?⟨Y(\d+)⟩", masked.text)):
            years = reading.mentions[int(found[1])]
            if isinstance(years.value, Period) and given is not None:
                yield Award(
                    (given,),
                    beneficiary,
                    (span[0], years.end),
                    "sheet",
                    pending[0].amount,
                    pending[0].currency,
                    (),
                    (years.value.start_year, years.value.end_year),
                )


def _labelled_before(reading: Reading, masked: Masked) -> bool:
    earlier = reading.masked[masked.sentence.index - 1] if masked.sentence.index else None
    return bool(earlier and re.search(r"[Mm]ontant (?:de la |de l')?(?:subvention|aide)", earlier.text))


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
