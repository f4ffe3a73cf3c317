"""Who is given a sum: what the verb or the words about the sum say, else what the passage speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.clitics import described, direct, several, taken_up
from grappe.extract.grants import BACKING, GIVING, WORKS, Sum, item_head, most_told, paid, topic
from grappe.extract.reading import Masked, Reading, Thing
from grappe.extract.sections import FINANCED, head_of, is_field

__all__ = ["PLAIN", "TO", "Last", "Told", "receivers_of"]

#: Prepositions before who is given something: those that say nothing else, and all.
PLAIN = ("à", "au profit", "en faveur", "au bénéfice")
TO = (*PLAIN, "pour", "dans")
_AHEAD = re.compile(
    r"[^;.]*?\b(?:à|pour|au profit de|en faveur de|au bénéfice de|destinée?s? à) (?:(?:l'|la |le |les |ce |cette )?[a-zéèêç]+(?: [a-zéèêç]+){0,3} (?:de |à ))?(?:ce |cette )?⟨[OJF](?P<b>\d+)⟩"
)
_PARTIES = re.compile(r"⟨I\d+⟩ (?:de |entre )?⟨O(?P<a>\d+)⟩ ?(?:/|-|–|et|avec) ?⟨O(?P<b>\d+)⟩ ?\($")
#: « À ce soutien s'ajoutent 12 M€ de … »: the same receiver as of the sum before.
_MORE = re.compile(
    r"(?:À|A) (?:ce|cet|cette|ces) |S'y ajout|S'ajout|Ce (?:soutien|financement|montant|prêt|don)|Cette (?:aide|subvention|somme|enveloppe|dotation)|Le reste|Le solde|Le complément|En complément|En outre|Par ailleurs, (?:⟨O\d+⟩ (?:a |y )?(?:apport|complèt|ajout))"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who gives a sum, how that was read, how surely, and from which place of the masked sentence on."""

    funders: tuple[int, ...]
    rule: str
    confidence: float
    start: int
    end: int
    frame: Frame | None = None
    beneficiaries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Last:
    """Who was given the sum told before, and where that was told."""

    receiver: int
    sentence: int
    block: int


def receivers_of(
    reading: Reading, masked: Masked, one: Sum, found: list[Sum], told: Told, last: Last | None
) -> tuple[tuple[int, ...], str, float]:
    """Return who is given a sum, how that was read, and how surely. ``last`` is who was given the sum before."""
    if told.beneficiaries:
        return told.beneficiaries, "named", 1.0
    gapped = told.rule == "sum-gapped" and last is not None and last.sentence == masked.sentence.index
    apart = re.match(r" (?:à|pour|au profit de|en faveur de) ⟨", masked.text[one.end :])
    if gapped and last is not None and not apart and last.receiver not in told.funders:
        return (last.receiver,), "same", 0.95
    if told.frame is not None:
        first = next((p for p in told.frame.complements if p.preposition in PLAIN), None)
        if first is not None and not first.mentions and re.match(r"une? ", first.lead):
            return (), "", 0.0  # « accordé à une chaire de … »: it has no name
        phrase = _named(reading, one, [s.number for s in found], told, told.frame)
        if phrase is not None:
            things = [t.id for t in _payees(reading, masked, phrase, one) if t.id not in told.funders]
            return tuple(things), "named", 1.0 if phrase.preposition in PLAIN else 0.9
        if told.frame.lemma in BACKING and told.frame.voice == "active":
            if several(told.frame):
                return (), "", 0.0
            for phrase in told.frame.after(""):
                if (meant := described(reading, masked, phrase, told.funders)) is not None:
                    return meant, "taken-up", 0.8
        if told.frame.lemma in BACKING and told.frame.voice == "active" and (gender := direct(told.frame)) is not None:
            taken = taken_up(reading, masked, told.frame, gender, told.funders)
            return ((taken[0],), "taken-up", 0.88) if taken is not None else ((), "", 0.0)
        if (built := _built(reading, masked, told)) is not None:
            return (built,), "works", 0.8
        if (there := _there(reading, masked, told)) is not None:
            return (there,), "there", 0.75
        if _unnamed(told.frame, one):
            return (), "", 0.0
        if any(p.preposition in TO and not p.mentions and _GROUP.match(p.lead) for p in told.frame.complements):
            return (), "", 0.0  # « a investi 210 M€ dans 38 sociétés »: nobody that is named
        if (
            told.rule.startswith("backer-agent")
            and told.frame.subjects[:1]
            and told.frame.things(told.frame.subjects[0])
        ):
            return (), "", 0.0  # « le programme X est doté de 45 M€ par l'État »: an envelope
        if (beside := _of_main(masked, one, found, told)) is not None:
            return (beside,), "main", 0.85
    stop = min([s.start for s in found if s.start > one.start], default=len(masked.text))
    if not told.rule.startswith(("share", "row")) and (to := _AHEAD.match(masked.text[one.end : stop])):
        thing = reading.thing_at(int(to["b"]))
        if thing is not None and thing.id not in told.funders:
            return (thing.id,), "ahead", 0.9
    if told.rule.startswith("share"):
        for frame in frames_of(reading, masked):
            if frame.lemma == "permettre" and frame.voice == "active":
                enabled = [t.id for p in frame.after("à")[:1] for t in frame.things(p) if t.id not in told.funders]
                if enabled:
                    return tuple(enabled), "enabled", 0.85
    if (sheet := _of_sheet(reading, masked, one, told, r"[Bb]énéficiaire|[Ll]auréat")) is not None:
        return (sheet,), "sheet", 0.92
    if (section := _of_section(reading, masked, told)) is not None:
        return (section,), "section", 0.92
    if (sheet := _of_sheet(reading, masked, one, told, r"[Pp]orteur")) is not None:
        return (sheet,), "sheet", 0.92
    if (item := item_head(reading, masked, one.start, frozenset(told.funders))) is not None:
        return (item,), "item", 0.9
    before = masked.text[: one.start]
    if parties := _PARTIES.search(before):
        for number in (parties["b"], parties["a"]):
            if (thing := reading.thing_at(int(number))) is not None and thing.id not in told.funders:
                return (thing.id,), "party", 0.9
    for near in reversed([*re.finditer(r"\b(?:à|pour|[Bb]énéficiaire :) (?:ce |cette )?⟨[OJF](?P<b>\d+)⟩", before)]):
        thing = reading.thing_at(int(near["b"]))
        if thing is not None and thing.id not in told.funders and not re.search(r"[;.]", before[near.end() :]):
            return (thing.id,), "behind", 0.75
    never = WORKS if told.rule.startswith("round") else WORKS - {"Project"} if _to_him(masked, told) else _NONE
    about = topic(reading, masked, one.start, told.funders, never=never)
    elsewhere = about is None or about[1] != masked.sentence.index
    if (
        last is not None
        and last.sentence == masked.sentence.index
        and last.receiver not in told.funders
        and (elsewhere and told.rule.startswith(("sum-of", "aid-of", "share")))
    ):
        return (last.receiver,), "same", 0.85
    if about is None or reading.things[about[0]].kind not in WORKS:
        works = _near(reading, masked, one, told) if elsewhere else None
        works = _costed(reading, masked, told) if works is None else works
        if works is not None:
            return (works,), "works", 0.8
    if about is not None and _adrift(reading, masked, told, about[1]):
        about = None
    if last is not None and last.receiver not in told.funders:
        if told.rule == "sum-gapped" and last.sentence == masked.sentence.index:
            return (last.receiver,), "same", 0.95
        nearer = about is None or about[1] <= last.sentence < masked.sentence.index
        if _MORE.match(masked.text) or (nearer and last.block >= masked.sentence.block - 1):
            return (last.receiver,), "same", 0.82
    return ((about[0],), "topic", 0.8) if about is not None else ((), "", 0.0)


def _payees(reading: Reading, masked: Masked, phrase: Phrase, one: Sum) -> list[Thing]:
    """Return the things of a phrase, but those that have a sum of their own beside them: « à X, Y (2 M€) et Z (1 M€) »."""
    out: list[Thing] = []
    for number in phrase.mentions:
        own = re.search(rf"⟨[A-Z]{number}⟩ \((?:[^()⟨⟩]|⟨[GI]\d+⟩)*⟨M(\d+)⟩", masked.text)
        thing = reading.thing_at(number)
        if thing is not None and (own is None or int(own[1]) == one.number or not out):
            out.append(thing)
    return list(dict.fromkeys(out))


def _of_sheet(reading: Reading, masked: Masked, one: Sum, told: Told, label: str) -> int | None:
    """« Bénéficiaire : X … Aide de l'État : 640 000 € »: whom the sheet is about."""
    if not re.search(
        r"(?:[Aa]ides?|[Ss]ubventions?|[Ff]inancements?|[Ss]outiens?) ?(?:de ⟨[OG]\d+⟩ ?)?:[^.]*$",
        masked.text[: one.start],
    ):
        return None
    place = masked.sentence.index
    for text in (masked.text[: one.start], *(m.text for m in reversed(reading.masked[max(0, place - 6) : place]))):
        named = [*re.finditer(rf"(?:{label}) ?: (?:[^⟨⟩:]{{0,25}} )?⟨[OJ](\d+)⟩", text)]
        for found in reversed(named):
            thing = reading.thing_at(int(found[1]))
            if thing is not None and thing.id not in told.funders:
                return thing.id
    return None


def _of_section(reading: Reading, masked: Masked, told: Told) -> int | None:
    """« 3. Voltéa (Lyon) … Subvention de la Région : 420 000 € », « Le financement de la halle / – Région : 2 M€ »."""
    listed = masked.sentence.kind in ("row", "item", "heading") and told.rule.startswith(("row", "share", "aid"))
    if told.frame is not None or not (listed or is_field(masked)):
        return None
    head = head_of(reading, masked, FINANCED)
    return head.id if head is not None and paid(head) and head.id not in told.funders else None


def _of_main(masked: Masked, one: Sum, found: list[Sum], told: Told) -> int | None:
    """« Aux côtés de l'État, qui apporte 10 M€, la Région investit 5 M€ dans X »: the receiver of the main clause."""
    if told.frame is None or not re.search(r"\bqui (?:y |en |lui )?$", masked.text[: told.frame.start]):
        return None
    for frame in frames_of(told.frame.reading, masked):
        if frame.start > told.frame.end and frame.lemma in GIVING | BACKING and frame.stated:
            other = next(
                (s for s in found if s is not one and any(s.number in p.mentions for p in frame.complements)), one
            )
            phrase = _named(told.frame.reading, other, [s.number for s in found], told, frame)
            return next((t.id for t in frame.things(phrase) if t.id not in told.funders), None)
    return None


_WORKS = re.compile(
    r"\b(?:construction|réhabilitation|rénovation|travaux|chantier|aménagement|extension|édification|reconstruction|bâtiment|opération)\b",
    re.I,
)


def _built(reading: Reading, masked: Masked, told: Told) -> int | None:
    """« 7 M€ à la construction »: the building named last, whose construction it is."""
    held = told.frame.complements if told.frame is not None else ()
    works = [p for p in held if p.preposition in ("", *PLAIN, "pour") and not p.mentions and _WORKS.search(p.lead)]
    if not works:
        return None
    place = masked.sentence.index
    parts = [*reversed(reading.masked[max(0, place - 12) : place + 1])]
    numbers = [int(n) for part in parts for n in reversed(re.findall(r"⟨F(\d+)⟩", part.text))]
    buildings = [t.id for n in numbers if (t := reading.thing_at(n)) is not None and t.kind == "Building"]
    planned = [
        t.id
        for n in numbers
        if (t := reading.thing_at(n)) is not None
        and (shape := reading.mentions[n].facility) is not None
        and shape.determiner in ("un", "une")
    ]
    ranked = [*planned, *buildings] if "opération" in works[0].lead else [*buildings, *planned]
    return next(iter(ranked), None)


_COST = re.compile(
    r"^(?:le |la |l'|les |un |une |cet |cette |ce |ces |son |sa |ses )?(?:\w+ )?(?:opération|chantier|travaux|addition|facture|construction|réhabilitation|rénovation)\b",
    re.I,
)
_NONE: frozenset[str] = frozenset()
_OF_COST = re.compile(
    r"^[Ss]ur (?:un coût (?:total )?de |les )?⟨M\d+⟩ (?:du|de la|de l'|des|que co[ûu]\w+) ?(?:le |la |l')?(?:chantier|travaux|opération|construction|bâtiment)"
)


#: Words of what works cost and who pays, which are said of premises or of a project rather than of who has them.
_COSTS = re.compile(
    r"\b(?:(?:[Ss]on|[Ll]eur|[Ll]e|[Uu]n|[Aa]u|[Dd]u|[Ss]ur un|[Ss]ur le) (?:coût|financement|chantier|budget d'équipement)\b|[Cc]o-?financeurs?\b|[Ff]inanceurs?\b|[Ll]es travaux\b|[Ll]a (?:facture|construction|rénovation|réhabilitation)\b|[Ll]'(?:opération|addition|investissement)\b|[Qq]ui paie\b)"
)
#: A sentence that tells what stands in premises: those are parts.
_PARTS = re.compile(
    r"\b(?:y|abrit\w+|comprend\w*|comport\w+|compt\w+|accueil\w+|regroup\w+|dispos\w+|équip\w+)\b", re.I
)


def _near(reading: Reading, masked: Masked, one: Sum, told: Told) -> int | None:
    """« Sera créé le Hangar X : 1 750 m². Cofinanceurs : A (3 M€) … »: the premises or project told last, no part of them."""
    if not _COSTS.search(masked.text[: one.start]):
        return None
    here = masked.sentence
    for part in reversed(reading.masked[max(0, here.index - 5) : here.index + 1]):
        if part.sentence.block < here.block - 1:
            return None
        text = part.text[: one.start] if part is masked else part.text
        subjects = [n for f in frames_of(reading, part) for p in f.subjects[:1] for n in p.mentions]
        for number in map(int, re.findall(r"⟨[FJ](\d+)⟩", text)):
            thing = reading.thing_at(number)
            if thing is None or thing.kind not in WORKS | {"Biofoundry"} or thing.id in told.funders:
                continue
            shape = reading.mentions[thing.mentions[0]].facility
            single = shape is None or ((shape.count or 1) == 1 and shape.determiner not in ("des", "les"))
            if single and (number in subjects or not _PARTS.search(text)):
                return thing.id
    return None


def _costed(reading: Reading, masked: Masked, told: Told) -> int | None:
    """« L'addition s'élève à 92 M€. L'État en prend 24 … »: the works spoken of in the passage, or in the whole."""
    place = masked.sentence.index
    near = [m for m in reading.masked[max(0, place - 2) : place + 1] if m.sentence.block == masked.sentence.block]
    if not _OF_COST.search(masked.text) and not any(
        f.subject and not f.subject.mentions and _COST.match(f.subject.lead)
        for m in near
        for f in frames_of(reading, m)
    ):
        return None
    return most_told(reading, place + 1, lambda thing: thing.kind in WORKS and thing.id not in told.funders)


def _to_him(masked: Masked, told: Told) -> bool:
    """Return whether a sum is given to « lui »: to somebody, no premises."""
    frame = told.frame
    return (
        frame is not None
        and re.search(r"\b(?:lui|leur)\b", masked.text[max(0, frame.start - 6) : frame.end]) is not None
    )


def _adrift(reading: Reading, masked: Masked, told: Told, sentence: int) -> bool:
    """Return whether a verb that names no receiver, nor takes one up, stands in another passage than what that spoke of."""
    if told.rule != "giver-subject" or told.frame is None:
        return False
    group = masked.text[max(0, told.frame.start - 8) : told.frame.end]
    if re.search(r"(?:^|[ '])(?:y|lui|leur|l')[ ']?", group):
        return False
    place = masked.sentence.index
    if any(
        re.search(r"\bcoût|\bopération|\bbudget|\bchantier|\btravaux|financ|soutien|soutenu", m.text)
        for m in reading.masked[max(0, place - 2) : place]
        if m.sentence.block == masked.sentence.block
    ):
        return False
    spoken = next((m.sentence for m in reading.masked if m.sentence.index == sentence), masked.sentence)
    return spoken.block < masked.sentence.block


_GROUP = re.compile(
    r"(?:les |des |ces |plusieurs |certains |certaines |différents |ses |leurs )?(?:\d+|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|\w+aine de)? ?(?:autres |nouveaux |nouvelles )?"
    r"(?:projets|sociétés|entreprises|start-ups?|PME|laboratoires|équipes|lauréats|dossiers|opérations|communes|collectivités|structures|acteurs|établissements|associations|TPE|industriels|porteurs)\b",
    re.I,
)


_STANDS_FOR = re.compile(
    r"\b(?:projet|programme|opération|initiative|démarche|ensemble|investissement|financement|budget|équipement|dispositif|tour|moitié|totalité|tiers|quart|coût|reste|solde|soutien|aide|part|participation|concours|subvention|prêt|don|contribution|dossier|site|création|acquisition|achat|lancement|développement|fonctionnement)s?\b",
    re.I,
)
_ADVERBIAL = re.compile(
    r"^(?:parts?|ce (?:titre|jour|stade)|terme|hauteur|nouveau|l'époque|cette (?:occasion|date|fin)|(?:la|sa|leur) disposition|fonds|titre|son tour|leur tour)\b",
    re.I,
)


def _unnamed(frame: Frame, one: Sum) -> bool:
    """Return whether a verb has a receiver that has no name: « finance la thèse de X », « remis au service de … »."""
    for phrase in frame.complements:
        if one.number in phrase.mentions or "M" in phrase.letters:
            continue
        if frame.lemma in BACKING and phrase.preposition == "" and frame.voice == "active":
            said = phrase.lead and not phrase.mentions
        elif frame.lemma in GIVING and phrase.preposition in PLAIN:
            said = phrase.lead and not phrase.mentions and not _ADVERBIAL.match(phrase.lead)
        else:
            continue
        if said and not _STANDS_FOR.search(phrase.lead) and not _WORKS.search(phrase.lead):
            return True
        if (
            frame.lemma in BACKING
            and phrase.mentions
            and not phrase.preposition
            and phrase.letters[:1] in ("A", "T", "P", "L", "E", "G")
        ):
            return True
    return False


def _there(reading: Reading, masked: Masked, told: Told) -> int | None:
    """« L'université fait bâtir le bâtiment X. La Région y consacre 5 M€ »: *y* is what the sentence before builds."""
    if told.frame is None or (
        not re.search(r"(?:^|[ '])y $", masked.text[: told.frame.start + 2][-4:])
        and " y " not in masked.text[max(0, told.frame.start - 3) : told.frame.end]
    ):
        return None
    place = masked.sentence.index
    for part in reversed(reading.masked[max(0, place - 2) : place]):
        for number in re.findall(r"⟨[FJ](\d+)⟩", part.text):
            thing = reading.thing_at(int(number))
            if thing is not None and thing.kind in ("Building", "Project", "TechnologyPlatform", "Facility"):
                return thing.id
    return None


def _named(reading: Reading, one: Sum, numbers: list[int], told: Told, frame: Frame) -> Phrase | None:
    """Return the complement of a verb that names who is given a sum; after *à* rather than after *pour* or bare."""
    held = _with_taken(frame)
    mine = next((i for i, p in enumerate(held) if one.number in p.mentions), None)
    stops = [i for i, p in enumerate(held) if any(n in p.mentions for n in numbers) and i != mine]
    giving = frame.lemma in GIVING or frame.voice == "noun"
    fit: list[tuple[int, int, Phrase]] = []
    for place, phrase in enumerate(held):
        wanted = ("O", "J", "F", "G") if phrase.preposition in PLAIN and giving else ("O", "J", "F")
        if (phrase.letters or not phrase.mentions) and phrase.letters[:1] not in wanted:
            continue
        if phrase.preposition not in ("", "dont", *TO):
            continue
        if (
            phrase.preposition in ("", "dont")
            and giving
            and frame.lemma not in BACKING
            and "que" not in _opening(frame)
        ):
            continue  # what is given is the sum
        if all((t := reading.thing_at(n)) is None or t.id in told.funders for n in phrase.mentions):
            continue
        if phrase.preposition == "" and frame.voice == "active" and direct(frame) is not None:
            continue  # « A la soutient par un prêt de 2 M€ et B par un don de 1 M€ »
        if mine is not None and any(min(mine, place) < s < max(mine, place) for s in stops) and place > mine:
            continue
        after_bare_sum = (
            mine is not None
            and place > mine
            and phrase.preposition == ""
            and (not held[mine].preposition or any(p.preposition == "" for p in held[:mine]))
        )
        gapped = phrase.preposition == "" and (place + 1 in stops or place + 1 == mine)
        if after_bare_sum or (gapped and frame.lemma not in BACKING) or (gapped and place > min([*stops, place])):
            continue
        rank = 0 if phrase.preposition in PLAIN else 1
        distance = 2 * abs(place - mine) if mine is not None else place
        if mine is not None and stops and place < mine and min(stops) < place:
            distance += 3  # « 3 M€ pour X et 1 M€ pour Y »: each sum goes with what follows it
        behind = mine is not None and place < mine and any(place < s < mine for s in stops)
        fit.append((rank + 2 * behind, distance, phrase))
    return min(fit, key=lambda f: f[:2])[2] if fit else None


def _with_taken(frame: Frame) -> list[Phrase]:
    """Return the complements of a verb, of what a relative pronoun may take up the reading that may be given money: « un
    atelier à Lyon, pour lequel X accorde 2 M€ ».
    """
    fit = [p for p in frame.taken if p.mentions and (p.letters[:1] in ("O", "J", "F") or not p.letters)]
    if not fit or fit[0] in frame.complements:
        return list(frame.complements)
    return [fit[0], *(p for p in frame.complements if p not in frame.taken)]


def _opening(frame: Frame) -> str:
    """Return the words before a verb, back to the comma: « que X »."""
    return re.split(r"[,;:]", frame.masked.text[: frame.start])[-1]
