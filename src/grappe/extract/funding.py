"""Money: who gives, to whom, how much, under which instrument, for which years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract.claims import Award, Claim, Said, asserted
from grappe.extract.clauses import Frame, Phrase, frames, frames_of
from grappe.extract.grants import (
    BACKING,
    GIVING,
    GRANT_WORDS,
    RECEIVING,
    Sum,
    deliberates,
    funders_in,
    given,
    instruments,
    paid,
    period,
    sums,
    topic,
)
from grappe.extract.listed import announced_sums
from grappe.extract.pieces import WISHES
from grappe.extract.reading import Hit, Masked, Reading, pattern
from grappe.extract.receivers import Last, Told, receivers_of
from grappe.extract.sheets import rows_of_beneficiaries
from grappe.extract.values import Period
from grappe.model import Literal

__all__ = ["amounts", "contract_periods", "supports"]

_BY = ("par", "auprès", "de la part", "grâce")
_LIST = r"(?:(?:de |par |d'|auprès de )?⟨[OG]\d+⟩(?: \([^()]*\))?(?:(?:, | et |, et | ainsi que |, puis )(?:de |par |d'|auprès de )?⟨[OG]\d+⟩)*)"
_AFTER = re.compile(
    r"\)?(?: (?:d'aides? publiques?|d'aides?|d'avances? (?:remboursables?|récupérables?)|de subventions?(?: [a-zé]+)?|de crédits(?: [a-zé]+)?|de prêts?(?: [a-zé]+)?|de fonds(?: [a-zé]+)?|de financements?(?: [a-zé]+)?|de dons?|"
    r"en (?:fonds propres|subventions?|prêts?|dette)|HT|TTC|maximum|au total|non dilutifs?|sous (?:la )?forme de [a-zé' ]+))*,?(?: \([^()]*\))?"
    r"(?: (?:financée?s?|apportée?s?|versée?s?|attribuée?s?|accordée?s?|octroyée?s?|allouée?s?|votée?s?|consentie?s?|pris(?:es?)? en charge|provenant|issus?|en provenance)(?: à parts égales)?)?"
    rf"(?:(?: [^⟨⟩;.,]{{0,40}})? auprès)? (?P<list>(?:de|par) {_LIST})"
)
_SHARE = re.compile(
    r"⟨[OG](?P<f>\d+)⟩(?: \((?:[^()⟨⟩]|⟨[GIYD]\d+⟩)*\))?(?: (?:au titre|dans le cadre|via) [^⟨⟩()]*⟨[GI]\d+⟩)?(?P<how> \(| ?[:=] ?| [–-] | ?, ?(?:pour|à hauteur de|à raison de) | (?:à hauteur de|pour|à raison de|apporte|apportant|versant) | ?: (?:une? )?(?:subvention|aide|prêt|don)[^⟨⟩;]{0,20} de | une? (?:subvention|aide|prêt|avance|don|dotation|participation|contribution|apport)(?: [a-zé]+){0,2} de |,? d'un montant (?:total |maximal |maximum |prévisionnel )?de |,? de l'ordre de | de | )$"
)
_AID_OF = re.compile(
    r"\b(?:aide|subvention|soutien|prêt|don|dotation|contribution|participation|apport|financement|avance|concours)s?(?: [a-zé]+){0,2} de $",
    re.I,
)
_PAIRS = re.compile(r"⟨[OG]\d+⟩(?: \((?:[^()⟨⟩]|⟨[GIYD]\d+⟩)*\))? ?(?:\(|:|,? pour|,? à hauteur de)? ?⟨M\d+⟩")
_FOR_BY = re.compile(r", par ⟨[OG](?P<f>\d+)⟩")
_PER_YEAR = re.compile(r" (?:par|chaque) (?:an|année|mois)\b|/an\b")
_YEARLY = re.compile(r"annuelle?(?:ment)?s? (?:de |d'environ )?$|chaque année[^.;]{0,30}$")
#: A line of a plan of financing that reading took for a heading.
_LINE = re.compile(r"⟨[OG]\d+⟩(?: \((?:[^()⟨⟩]|⟨\w+⟩)*\))? ?[:–-]? ?⟨M\d+⟩")
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
            and (masked.sentence.kind not in ("title", "heading", "furniture") or _LINE.fullmatch(masked.text))
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
        answer = _completed(_paired(reading, masked, one, told), _framed(reading, masked, one))
        if (
            answer is not None
            and not _PER_YEAR.match(masked.text, one.end)
            and not _YEARLY.search(masked.text[: one.start])
            and (given(masked, one) or answer.rule.startswith(("share", "cost", "giver-agent")))
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
    return Award(
        told.funders,
        receiver,
        masked.origin(start, end, reading.mentions),
        f"{told.rule}:{how}",
        one.value.amount,
        one.value.currency,
        instruments(reading, masked, one),
        period(reading, masked, one),
        round(told.confidence * sure, 2),
    )


def _completed(beside: Told | None, verb: Told | None) -> Told | None:
    """Return what stands beside a sum, with the receiver that its verb tells; else what the verb tells, if it has a giver."""
    if beside is None:
        return verb if verb is not None and verb.funders else None
    if verb is None or beside.frame is not None:
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
    point = re.compile(r"(?s).").match(masked.text, one.start)
    if point is None or not asserted(Hit(reading, masked, point)):
        return True
    return any(
        (f.modality not in ("", "purpose") or f.lemma in WISHES)
        and any(one.number in p.mentions for p in f.complements)
        for f in frames_of(reading, masked)
    )


def _paired(reading: Reading, masked: Masked, one: Sum, told: dict[int, Told]) -> Told | None:
    """Read who gives a sum from what stands beside it: « X (2 M€) », « X : 2 M€ », « 2 M€ de X », « et X 2 M€ »."""
    before, after = masked.text[: one.start], masked.text[one.end :]
    if re.search(r"(?:,|et) pour $", before) and (by := _FOR_BY.match(after)):
        givers = funders_in(reading, [int(by["f"])])
        if givers:
            return Told(tuple(givers), "share-before-funder", 0.88, one.start, one.end + by.end())
    if direct := _AFTER.match(after):
        givers = funders_in(reading, map(int, re.findall(r"⟨[OG](\d+)⟩", re.sub(r"\([^()]*\)", "", direct["list"]))))
        if givers and not re.match(r".*par l'intermédiaire", after[: direct.end() + 20]):
            borne = re.search(r"\b(?:financ|pris|apport|vers)\w*(?: en charge)?(?: à parts égales)? par ", direct[0])
            rule = "cost-borne-by" if borne else "sum-of-funder"
            return Told(tuple(givers), rule, 0.92, one.start, one.end + direct.end())
    share = _SHARE.search(before)
    if share is not None and re.search(
        r"(?:\bà|\bpour) $|(?:cadre|titre|via|travers|biais|concours|appel|programme|dispositif)[^⟨⟩,]{0,25}$",
        before[: share.start()],
    ):
        share = None
    if share is not None:
        givers = funders_in(reading, [int(share["f"])])
        row = masked.sentence.kind in ("row", "item", "heading") or share.start() <= 2
        many = len(_PAIRS.findall(masked.text)) > 1
        how = share["how"]
        if givers and how.endswith("de ") and _AID_OF.search(before[: share.start()]):
            return Told(tuple(givers), "aid-of-funder", 0.88, share.start(), one.end)
        if (
            givers
            and (how in (" ", " de ") or how.startswith(" un"))
            and told
            and re.search(r"(?:\bet|,|puis|;) $", before[: share.start()])
        ):
            earlier = [*told.values()][-1]
            return Told(tuple(givers), "sum-gapped", 0.85, share.start(), one.end, earlier.frame, earlier.beneficiaries)
        if (
            givers
            and row
            and not how.endswith("de ")
            and (many or how.strip() in (":", "", "–", "-", "="))
            and how != " ("
        ):
            return Told(tuple(givers), "row-of-funder", 0.85, share.start(), one.end)
        funded = GRANT_WORDS.search(masked.text) is not None
        if givers and how == " (" and (many or funded):
            return _bracketed(reading, masked, givers, int(share["f"]), share.start(), one.end)
        if givers and how.strip() not in ("", "(") and not how.endswith("de ") and (many or funded):
            return Told(tuple(givers), "share-of-funder", 0.88, share.start(), one.end)
    return None


def _bracketed(reading: Reading, masked: Masked, givers: list[int], number: int, start: int, end: int) -> Told:
    """« L'État (2 M€) et la Région (1 M€) financent X »: the verb of which the giver is a subject tells who is given."""
    for frame in frames_of(reading, masked):
        if frame.lemma not in GIVING | BACKING:
            continue
        if frame.voice == "active" and any(number in p.mentions for p in frame.subjects[:1]):
            return Told(tuple(givers), "share-in-bracket", 0.9, start, end, frame)
        if frame.voice == "passive" and any(number in p.mentions for p in frame.after("par")):
            return Told(tuple(givers), "share-in-bracket", 0.9, start, end, None, _payables(frame, frame.subjects[:1]))
    return Told(tuple(givers), "share-in-bracket", 0.88, start, end)


def _each_its_own(masked: Masked, found: list[Sum], told: dict[int, Told]) -> None:
    """« A, B et C financent X à hauteur de 2 M€, 1 M€ et 500 k€ »: of as many sums as givers, each gives its own."""
    place = 0
    while place < len(found):
        run = [found[place]]
        while place + len(run) < len(found) and re.fullmatch(
            r"(?:,| et|, et) ", masked.text[run[-1].end : found[place + len(run)].start]
        ):
            run.append(found[place + len(run)])
        first = told.get(run[0].number)
        if len(run) > 1 and first is not None and len(first.funders) == len(run):
            for one, giver in zip(run, first.funders, strict=True):
                told[one.number] = replace(first, funders=(giver,), rule="sums-in-turn")
        place += len(run)


def _framed(reading: Reading, masked: Masked, one: Sum) -> Told | None:
    """Read who gives a sum from the verb on which it depends."""
    for frame in frames_of(reading, masked):
        holder = next((p for p in frame.complements if one.number in p.mentions), None)
        patient = frame.subject if frame.subject and one.number in frame.subject.mentions else None
        if (holder is None and patient is None) or frame.voice == "noun" or _of_another(masked, frame, one):
            continue
        answer = _giving(reading, frame, patient) or _receiving(reading, frame)
        if answer is not None:
            return answer
    return None


_UNKNOWN_GIVER = re.compile(
    r"(?:,| et|, et|, puis) (?:le |la |l'|les )?(?!à |pour |de |dont |une? |en |dans |au |aux |par )[^\d⟨⟩;:]{3,70}$"
)


def _of_another(masked: Masked, frame: Frame, one: Sum) -> bool:
    """« X lui apporte 600 000 € et le DIM Y 150 k€ »: the second sum is of another giver, though no name is known there."""
    between = masked.text[frame.end : one.start]
    last = between.rfind("⟩")
    return "⟨M" in between and bool(_UNKNOWN_GIVER.match(between[last + 1 :]))


def _giving(reading: Reading, frame: Frame, patient: Phrase | None) -> Told | None:
    if frame.lemma not in GIVING | BACKING or (
        frame.lemma == "entrer" and "capital" not in frame.masked.text[frame.end :]
    ):
        return None
    rule = "giver-subject" if frame.lemma in GIVING else "backer-subject"
    if frame.voice == "passive":
        by = frame.after("par")
        givers = funders_in(reading, [n for p in by for n in p.mentions])
        if not givers or (frame.lemma in BACKING and patient is None and frame.subject is None):
            return None
        rule = rule.replace("subject", "agent")
        backed = () if patient or frame.lemma in GIVING else _payables(frame, frame.subjects[:1])
        return Told(tuple(givers), rule, 0.9, frame.start, max(p.end for p in by), frame, backed)
    for subject in frame.subjects[:2]:
        decided = deliberates(reading, subject)
        givers = [decided] if decided is not None else ([] if subject.via else funders_in(reading, subject.mentions))
        if givers:
            sure = 0.9 if subject is frame.subject else 0.7
            name = "deliberation" if decided is not None else rule
            return Told(tuple(givers), name, sure, subject.start, frame.end, frame)
    heads = re.fullmatch(
        r"(?:[Aa]rticle \d+\w* ?[:.–-]? ?)?[–•*-]? ?(?:(?:DÉCIDE|Décide|décide)\w* ?:? ?)?(?:[dD]')?(?:[dD]e )?",
        frame.masked.text[: frame.start],
    )
    if not frame.subjects and heads and frame.mood in ("finite", "infinitive"):
        decided = deliberates(reading, Phrase("", "commission permanente", (), "", 0, 0))
        if decided is not None:
            return Told((decided,), "deliberation-article", 0.85, frame.start, frame.end, frame)
    return None


def _receiving(reading: Reading, frame: Frame) -> Told | None:
    if frame.lemma not in RECEIVING or frame.voice != "active":
        return None
    sources = [p for p in frame.after("de", *_BY) if p.letters.strip("MDYS") and not p.via]
    givers = funders_in(reading, [n for p in sources for n in p.mentions])
    receivers = _payables(frame, frame.subjects[:2])
    if not givers and not receivers:
        return None
    end = max([frame.end, *(p.end for p in sources)])
    return Told(tuple(givers), "receiver-subject", 0.92, frame.start, end, frame, receivers)


def _payables(frame: Frame, phrases: tuple[Phrase, ...]) -> tuple[int, ...]:
    for phrase in phrases:
        found = [t.id for t in frame.things(phrase) if paid(t) or (t.kind == "PublicAuthority" and not phrase.via)]
        if found:
            return tuple(found)
    return ()


def supports(reading: Reading) -> Iterator[Said]:
    """Money without a sum: « financé par la Région », « a apporté son soutien à l'équipement de … »."""
    for frame in frames(reading):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading"):
            continue
        if frame.lemma in ("financer", "cofinancer", "subventionner", "soutenir", "préfinancer", "doter"):
            yield from _backed(reading, frame)
        if frame.lemma in ("apporter", "accorder", "renouveler", "confirmer", "renforcer", "annoncer"):
            yield from _support_given(reading, frame)
        yield from _with_support(reading, frame)


def _backed(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« un laboratoire financé par la Région », « que le FEDER a soutenu »: no sum belongs to the verb."""
    if any("M" in p.letters for p in frame.complements):
        return
    if frame.voice == "passive":
        by = frame.after("par")
        receivers = _receiving_of(frame, frame.subjects)
        if any("M" in p.letters for p in frame.subjects[:1]):
            return
    else:
        by = frame.subjects[:1]
        receivers = _receiving_of(frame, frame.after(""))
        if not receivers and re.search(r"\b(?:le|la|l'|les) ?\w+$", frame.masked.text[frame.start : frame.end]):
            about = topic(reading, frame.masked, frame.start, [t.id for p in by for t in frame.things(p)])
            receivers = [about[0]] if about is not None else []
    givers = [g for p in by if not p.via for g in funders_in(reading, p.mentions)]
    strict = frame.lemma in ("soutenir", "doter")
    public = [
        g for g in givers if reading.things[g].kind in ("PublicAuthority", "FundingAgency", "NonProfit", "Programme")
    ]
    if strict and not public:
        return
    if not givers or not receivers or _plural_of_body(frame):
        return
    for receiver in receivers[:1] if frame.voice == "passive" else receivers:
        if receiver not in givers:
            yield Award(
                tuple(givers),
                receiver,
                frame.span(*by),
                f"{'financed-by' if frame.voice == 'passive' else 'finances'}-{frame.lemma}",
                confidence=0.82,
            )


def _plural_of_body(frame: Frame) -> bool:
    """« les entreprises du cluster soutenues par … »: the plural participle goes with the noun before."""
    subject = frame.subject
    return bool(frame.mood == "participle" and subject and subject.via and subject.plural and subject.letters == "O")


def _receiving_of(frame: Frame, phrases: tuple[Phrase, ...]) -> list[int]:
    for phrase in phrases:
        found = [t.id for t in frame.things(phrase) if paid(t) and phrase.letters[:1] in ("O", "J", "F", "")]
        if found:
            return found
    return []


_HELP = re.compile(r"\b(?:soutien|appui|concours|aide|contribution|participation|financement)\b")


def _support_given(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« La Région a apporté son soutien à l'équipement des 650 m² de … »."""
    helped = [p for p in frame.after("") if _HELP.search(p.lead) and not p.letters]
    if not helped or frame.voice != "active" or any("M" in p.letters for p in frame.complements):
        return
    givers = funders_in(reading, frame.subject.mentions if frame.subject and not frame.subject.via else ())
    for phrase in frame.after("à", "pour", "en faveur", "au profit"):
        receivers = [t.id for t in frame.things(phrase) if paid(t) and t.id not in givers]
        if givers and receivers:
            yield Award(
                tuple(givers), receivers[0], frame.span(frame.subject, phrase), "gives-support", confidence=0.85
            )
            return


def _with_support(reading: Reading, frame: Frame) -> Iterator[Award]:
    """« deux bâtiments acquis avec le soutien de l'État et de la Région »."""
    for phrase in frame.complements:
        if not phrase.preposition.startswith("avec ") or "M" in phrase.letters:
            continue
        givers = [
            g
            for g in funders_in(reading, phrase.mentions)
            if reading.things[g].kind in ("PublicAuthority", "FundingAgency", "NonProfit", "Programme")
        ]
        made = frame.subjects if frame.voice == "passive" else frame.after("")
        receivers = _receiving_of(frame, made) or _receiving_of(frame, frame.subjects)
        if givers and receivers and receivers[0] not in givers:
            yield Award(tuple(givers), receivers[0], frame.span(phrase), "with-support-of", confidence=0.82)


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
