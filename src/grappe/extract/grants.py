"""What the rules of money share: who may give, which sums are given, what a passage speaks of, under what and for when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard

from grappe.extract.claims import clause, not_stated
from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.reading import Masked, Reading, Thing
from grappe.extract.values import Money, Period

__all__ = [
    "BACKING",
    "FUNDERS",
    "GIVING",
    "GRANT_WORDS",
    "HEAD",
    "RECEIVING",
    "WORKS",
    "Sum",
    "authority",
    "deliberates",
    "funders_in",
    "given",
    "instruments",
    "item_head",
    "most_told",
    "ours",
    "paid",
    "period",
    "sum_at",
    "sums",
    "topic",
]

#: Classes of who may give money.
FUNDERS = frozenset(
    """PublicAuthority FundingAgency NonProfit Programme Company ResearchOrganization University Hospital Cluster
    Organization ResearchNetwork Laboratory""".split()
)
_NOT_PAID = frozenset(
    """Person Place Theme Accreditation PublicAuthority FundingAgency Programme AidScheme FundingContract
    FundingInstrument Event Visit Signing Inauguration Conference""".split()
)
#: Verbs of who gives a sum to somebody.
GIVING = frozenset(
    """apporter accorder attribuer verser allouer octroyer consacrer voter injecter débloquer engager mobiliser donner
    affecter prêter léguer ajouter mettre investir contribuer participer remettre fournir garantir approuver décider
    annoncer confirmer faire payer consentir valider renforcer débourser dédier réserver offrir prendre
    """.split()
)
#: Verbs of who finances something.
BACKING = frozenset(
    """financer cofinancer préfinancer soutenir doter subventionner aider abonder compléter accompagner couvrir retenir
    sélectionner régler assumer supporter épauler appuyer payer
    """.split()
)
#: Verbs of who is given a sum.
RECEIVING = frozenset(
    """recevoir obtenir bénéficier décrocher lever boucler remporter percevoir toucher empocher sécuriser collecter
    récolter réunir encaisser refermer clôturer emprunter""".split()
)
GRANT_WORDS = re.compile(
    r"\b(?:co-?)?financ|subvention|compl[éè]t|\bsouten|soutien|\baid(?:e|es|é)\b|\bprêt|\bavance|\bdon\b|\bdons\b|dotation|couver|particip|contribu|apport|abond|mécénat|"
    r"tour de table|levée|investisseurs|\bparts?\b",
    re.I,
)
#: Words before a figure that nobody is given: cost, turnover, market, envelope, own funds, target.
_NO_GRANT = re.compile(
    r"chiffre d'affaires|\bCA\b|march[ée]s?\b|valoris|estimé|évalué|coût|coûté|coûte|budget|enveloppe|investissements? (?:de|total|s'élève|privé|d'environ|global)|pour un investissement|"
    r"fonds propres|autofinancement|emprunt|\bsolde\b|assiette|dépens|cumul|porte(?:nt|ra)? (?:à|ainsi)|se sont partagé|a distribué|base subventionnable|capitalis|export|salaire|attirer|loyer|amende|"
    r"recettes|bénéfices? (?:net|de)|pertes?|ventes?|vendu|facture|prix|pèse|représent|génér|économ|seuil|plafond|s'élève|opération de|programme de travaux|demande de|dossier de|objectif|"
    r"mobiliser? au total|capital (?:social )?de",
    re.I,
)
_NO_GRANT_AFTER = re.compile(
    r" ?(?:HT |TTC )?(?:de|d'|en) ?(?:chiffre|fonds propres|budget|recettes|ventes|marché|plus\b|travaux|pertes|bénéfices|capital|loyers?|investissements?(?! de ⟨O)(?! par ⟨O))"
    r"|[^⟨⟩.;,]{0,30} (?:depuis (?:sa|leur) création|depuis l'origine|sur ses? (?:crédits|fonds|ressources) propres)"
    r"| par an et par| de ⟨L\d+⟩| de (?:commandes|contrats|dettes)"
)
_AID_BEFORE = re.compile(
    r"\b(?:subvention|aide|avance|prêt|don|dotation|contribution|participation|soutien|apport|bourse|financement)s?(?: (?!plafonn)(?:d'|de |à l'|en )?[a-zé]+){0,2} (?:d'un montant )?d[e'] ?$"
)
_DELIBERATING = re.compile(
    r"\b(?:commission permanente|conseil (?:régional|municipal|départemental|communautaire|métropolitain|d'administration|de métropole|syndical)|assemblée (?:plénière|régionale|départementale)|"
    r"élus|collectivité|exécutif|bureau)\b",
    re.I,
)


#: An organ of an authority, which decides for it.
_ORGAN = re.compile(r"(?:commission permanente|assemblée|bureau|exécutif)\b", re.I)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money in a masked sentence: its mention's number, its value, its range in the masked text."""

    number: int
    value: Money
    start: int
    end: int


def sums(reading: Reading, masked: Masked) -> list[Sum]:
    """Return the sums of a sentence, in order; a range is none."""
    out = []
    for found in re.finditer(r"⟨M(\d+)⟩", masked.text):
        value = reading.mentions[int(found[1])].value
        if isinstance(value, Money) and not value.range:
            out.append(Sum(int(found[1]), value, found.start(), found.end()))
    return out


def sum_at(reading: Reading, masked: Masked, number: int) -> Sum | None:
    """Return the sum of a sentence that a mention is; None if the mention is a range."""
    return next((s for s in sums(reading, masked) if s.number == number), None)


def given(masked: Masked, one: Sum) -> bool:
    """Return whether the words about a sum let it be given: no cost, turnover, market, envelope or target."""
    before = masked.text[max(0, one.start - 70) : one.start]
    if masked.sentence.kind not in ("row", "item"):
        before = re.sub(r"(?s)^.*(?:[,;:]|⟨M\d+⟩) ", "", before) if not before.rstrip().endswith(":") else ""
    if aid := _AID_BEFORE.search(before):
        before = before[: aid.start()]  # « une subvention d'investissement de 2 M€ » is no investment
    return not _NO_GRANT.search(before) and not _NO_GRANT_AFTER.match(masked.text, one.end)


def funders_in(reading: Reading, numbers: Iterable[int]) -> list[int]:
    """Return the things that may give money among mentions, each once, « la Région et le FEDER » alike."""
    found = (t for n in numbers if (t := reading.thing_at(n)) is not None and t.kind in FUNDERS)
    return list(dict.fromkeys(t.id for t in found))


def paid(thing: Thing | None) -> TypeGuard[Thing]:
    """Return whether a thing is of those that a passage may speak of as paid for."""
    return thing is not None and thing.kind not in _NOT_PAID


def deliberates(reading: Reading, phrase: Phrase | None) -> int | None:
    """Return the authority for which « la commission permanente » or an unnamed council decides: the publisher."""
    if phrase is None:
        return None
    mentions = [reading.mentions[n] for n in phrase.mentions[:1] if phrase.letters[:1] == "O"]
    if not _DELIBERATING.search(phrase.lead + " ".join(reading.normal.text[m.start : m.end] for m in mentions)):
        return None
    found = (t for n in phrase.mentions if (t := reading.thing_at(n)) is not None and t.kind == "PublicAuthority")
    named = [t.id for t in found if not _ORGAN.match(t.label)]
    return named[0] if named else authority(reading)


def ours(reading: Reading, phrase: Phrase | None, frame: Frame | None = None) -> int | None:
    """Return who publishes, if « notre fondation » or « nous avons versé » means a body that gives; else None."""
    words = phrase.lead if phrase is not None else ""
    if frame is not None:
        words = frame.masked.text[frame.start : frame.end]
        words = words if re.search(r"\w+ons\b", words) else ""
    if reading.publisher is None or not re.match(r"(?:notre|nous)\b", words, re.I) or (phrase and phrase.mentions):
        return None
    return reading.publisher if reading.things[reading.publisher].kind in FUNDERS - {"Company"} else None


def authority(reading: Reading) -> int | None:
    """Return the public authority that publishes a document; of a document without publisher the one named first."""
    if reading.publisher is not None:
        return reading.publisher if reading.things[reading.publisher].kind in FUNDERS else None
    return next((t.id for t in reading.things if t.kind == "PublicAuthority" and not _ORGAN.match(t.label)), None)


def topic(
    reading: Reading,
    masked: Masked,
    at: int,
    funders: Iterable[int],
    *,
    never: frozenset[str] = frozenset(),
    gender: str = "",
) -> tuple[int, int] | None:
    """Return what a passage speaks of, and in which sentence: the subject of this sentence, else of one before it.

    Nothing of the classes of ``never`` fits, nor of another ``gender``, nor premises in the plural, which are parts.
    """
    barred = frozenset(funders)

    def fits(thing: Thing | None) -> TypeGuard[Thing]:
        return (
            paid(thing)
            and thing.id not in barred
            and thing.kind not in never
            and not (gender and thing.gender and thing.gender != gender)
            and not _several(reading, thing)
        )

    if masked.sentence.kind in ("row", "heading") and (spoken := _spoken_of(reading, masked, barred)) is not None:
        return spoken, masked.sentence.index
    if (item := item_head(reading, masked, at, barred)) is not None:
        return item, masked.sentence.index
    for part in _back(reading, masked):
        heading = part.sentence.kind in ("heading", "title", "row")
        subjects = [
            phrase
            for frame in (() if heading else frames_of(reading, part))
            if part is masked or not (frame.modality or not_stated(clause(part, frame.start, frame.end)))
            if part is not masked or not re.search(r"[;:]", part.text[at : frame.start])
            if frame.subject is None or not _RELATIVE.search(part.text[: frame.subject.start])
            for phrase in frame.subjects[:2]
            if phrase.letters[:1] in ("O", "J", "F") and not (phrase.via and phrase.letters[0] == "O")
            if part is masked or phrase.letters[0] != "O" or phrase.start < frame.start  # « Y prennent part X et Y »
        ]
        for phrase in subjects:
            thing = reading.thing_at(phrase.mentions[0])
            former = re.match(
                r"anciens? |anciennes? ", reading.normal.text[reading.mentions[phrase.mentions[0]].start :][:12], re.I
            )
            if fits(thing) and not former:
                return thing.id, part.sentence.index
        if part is masked and not subjects:
            for number in re.findall(r"⟨[JF](\d+)⟩", part.text[:at]):
                thing = reading.thing_at(int(number))
                if fits(thing) and thing.named:
                    return thing.id, part.sentence.index
        if part is masked or (not heading and any(f.voice != "noun" for f in frames_of(reading, part))):
            continue
        for number in re.findall(r"⟨[JF](\d+)⟩" if heading else r"⟨[OJF](\d+)⟩", part.text):
            thing = reading.thing_at(int(number))
            if fits(thing):
                return thing.id, part.sentence.index
    return None


def _several(reading: Reading, thing: Thing) -> bool:
    """Return whether a thing is told in the plural: « deux salles blanches », « des laboratoires »."""
    shape = reading.mentions[thing.mentions[0]].facility
    return shape is not None and ((shape.count or 0) > 1 or shape.determiner in ("des", "les"))


#: Before the subject of a relative clause, which is not what a sentence is about.
_RELATIVE = re.compile(r"(?:\bque|\bdont|\boù|\bauxquel(?:le)?s|\bauquel|\bqu') ?$")
HEAD = re.compile(
    r"^[–—•*▪-]? ?⟨(?P<letter>[OJF])(?P<n>\d+)⟩(?: \((?:[^()]|⟨\w+⟩)*\))?(?:,(?:[^⟨⟩:]|⟨[LDTYO]\d+⟩){0,110})? ?[–—:.]"
)


def item_head(reading: Reading, masked: Masked, at: int, barred: frozenset[int]) -> int | None:
    """Return what an item of a list is about: what stands before its colon or dash, premises and projects first."""
    if masked.sentence.kind != "item":
        return None
    first = next(m for m in reading.masked if m.sentence.block == masked.sentence.block)
    if head := HEAD.match(first.text):
        thing = reading.thing_at(int(head["n"]))
        return thing.id if paid(thing) and thing.id not in barred else None
    colon = masked.text.find(" : ")
    if not 0 < colon < at:
        return None
    for letters in ("[FJ]", "O"):
        for number in re.findall(rf"⟨{letters}(\d+)⟩", masked.text[:colon]):
            thing = reading.thing_at(int(number))
            if paid(thing) and thing.id not in barred:
                return thing.id
    return None


#: Premises and projects, on which money is spent.
WORKS = frozenset({"Building", "Project", "Facility", "TechnologyPlatform", "LaboratoryFacility"})


def _spoken_of(reading: Reading, row: Masked, barred: frozenset[int]) -> int | None:
    """Return what a document speaks of before a row: what its title names, the project or premises named most."""
    but = barred if reading.publisher is None else barred | {reading.publisher}
    return most_told(reading, row.sentence.index, lambda thing: paid(thing) and thing.id not in but)


def most_told(reading: Reading, end: int, fits: Callable[[Thing], bool]) -> int | None:
    """Return what the sentences before one name most of all that fits: titles, named works and projects weigh more."""
    counts: Counter[int] = Counter()
    for masked in reading.masked[:end]:
        weight = {"title": 4, "heading": 2}.get(masked.sentence.kind, 1)
        for number in re.findall(r"⟨[OJF](\d+)⟩", masked.text):
            thing = reading.thing_at(int(number))
            if thing is not None and fits(thing):
                counts[thing.id] += weight * (3 if thing.named and thing.kind in WORKS else 1)
    return max(counts, key=lambda t: (counts[t], -t)) if counts else None


def _back(reading: Reading, masked: Masked) -> Iterator[Masked]:
    """Return a sentence and those before it, as far back as a passage reaches."""
    here = masked.sentence
    place = masked.sentence.index
    for part in reversed(reading.masked[max(0, place - 14) : place + 1]):
        if part.sentence.block < here.block - 9:
            return
        yield part


_UNDER = re.compile(
    r"(?:au titre|dans le cadre|aux termes|en application|en vertu|à travers|par le biais|via|grâce à|au moyen|à la faveur|issus?|relevant|prévus?)(?: ?(?:de|du|des|à|par))?(?: [a-zé' ]{0,40}?)?(?: de)? ?⟨(?:G|I)(?P<i>\d+)⟩"
    r"|(?:\ben|d'|\bun|\bde) ?⟨I(?P<j>\d+)⟩|⟨O\d+⟩ ?\((?:[^()⟨⟩]{0,20} )?⟨[GI](?P<k>\d+)⟩|⟨O\d+⟩,? (?:au titre|dans le cadre|via|[-–]) [^⟨⟩()]{0,20}⟨[GI](?P<l>\d+)⟩"
)


def instruments(reading: Reading, masked: Masked, one: Sum) -> tuple[int, ...]:
    """Return what a sum is given under: the words about it up to the next sum on either side."""
    others = sums(reading, masked)
    right = masked.text[one.end : min([s.start for s in others if s.start > one.start], default=len(masked.text))]
    stop = re.search(r"[;.]|, (?:et |puis )?(?=⟨O\d+⟩)", right)
    right = right[: stop.start()] if stop else right
    verbs = [f.start - one.end for f in frames_of(reading, masked) if f.start > one.end and f.mood == "finite"]
    right = right[: min(verbs, default=len(right))]
    left = masked.text[max([s.end for s in others if s.end <= one.start], default=0) : one.start]
    left = re.sub(r"(?s)^.*; ", "", left)
    out = []
    if carrier := re.search(r"⟨I(\d+)⟩(?: (?:de |entre )?⟨O\d+⟩ ?(?:/|-|–|et|avec) ?⟨O\d+⟩)? ?\($", left):
        thing = reading.thing_at(int(carrier[1]))
        out.extend([thing.id] if thing is not None else [])
    for found in [*_UNDER.finditer(left), *_UNDER.finditer(right)]:
        thing = reading.thing_at(int(next(g for g in found.groups() if g)))
        if thing is not None:
            out.append(thing.id)
    if not out and masked.sentence.kind == "item" and (common := _announced(reading, masked)) is not None:
        out.append(common)
    return tuple(dict.fromkeys(out))


_INTRODUCED = re.compile(
    r"(?:retenu|inscrit|prévu|financé|soutenu|sélectionné|programmé)e?s? (?:à|par|dans|au titre de|dans le cadre de|sur) ⟨[IG](\d+)⟩[^.]*:$|(?:au titre|dans le cadre) de ⟨[IG](\d+)⟩[^.;]*:$"
)


def _announced(reading: Reading, masked: Masked) -> int | None:
    """Return what the sentence that announces a list says its items are given under: « retenues au CPER : »."""
    for part in reversed(reading.masked[: masked.sentence.index]):
        if part.sentence.kind != "item":
            found = _INTRODUCED.search(part.text.rstrip())
            thing = reading.thing_at(int(found[1] or found[2])) if found else None
            return thing.id if thing is not None else None
    return None


def period(reading: Reading, masked: Masked, one: Sum) -> tuple[int, int] | None:
    """Return the years for which a sum is given, if the words about it tell them: the nearest, rather after the sum."""
    told: list[tuple[int, Period]] = []
    for found in re.finditer(r"⟨Y(\d+)⟩", masked.text):
        value = reading.mentions[int(found[1])].value
        between = masked.text[min(one.end, found.end()) : max(one.start, found.start())]
        if (
            isinstance(value, Period)
            and not re.search(r"[;.]|⟨M\d+⟩", between)
            and not re.search(r"⟨[IG]\d+⟩ ?\(?$", masked.text[: found.start()])
        ):
            told.append((len(between) + 200 * (found.start() < one.start), value))
    if not told:
        return None
    value = min(told, key=lambda t: t[0])[1]
    return value.start_year, value.end_year
