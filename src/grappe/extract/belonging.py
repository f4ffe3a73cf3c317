"""What belongs to what, and what is granted: units of bodies, labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Honour, Said, asserted, pairs
from grappe.extract.clauses import Frame, Phrase, appositions, frames, frames_of
from grappe.extract.reading import Hit, Masked, Reading, Thing, pattern
from grappe.extract.skeleton import last_named

__all__ = ["honours", "unites", "units"]

_PARENTS = frozenset(
    "ResearchOrganization University Hospital Laboratory Organization NonProfit ResearchNetwork Company PublicAuthority".split()
)
_LABORATORY = frozenset({"Laboratory"})
_TUTELLES = frozenset({"ResearchOrganization", "University", "Hospital"})
_UNITS = frozenset(
    "Laboratory University Organization ResearchNetwork Hospital NonProfit TechnologyPlatform ResearchOrganization".split()
)
_UNIT_NOUN = re.compile(
    r"^(?:une? |le |la |l'|les |(?:deux|trois|quatre|cinq|six) )?(?:unités?|laboratoires?|équipes?|centres?|instituts?|écoles?(?:-membres?)?|composantes?|services?|départements?|UMR|UAR|UMS|plateformes?|structures?|facultés?|fédérations?|antennes?|filiales? de recherche)\b",
    re.I,
)


def units(reading: Reading) -> Iterator[Said]:
    """« unité mixte de l'Inserm, du CNRS et de l'ENS », « laboratoire commun à », « le Genoscope du CEA »."""
    yield from _unit_appositions(reading)
    yield from _unit_verbs(reading)
    for hit in reading.find(
        pattern(r"(?P<x>{O})(?: \((?:[^()]|⟨\w+⟩)*\))?,? (?:est )?(?:(?:un |une )?(?:laboratoire|unité|équipe|structure|plateforme|institut|centre|service)(?: [^⟨⟩.;,]{0,40})? )?(?:mixte )?(?:communs?|communes?|partagée?s?|conjointe?s?) (?P<y>à ⟨O\d+⟩(?:(?:, |,? et )à ⟨O\d+⟩)*)")
    ):  # fmt: skip
        yield from _units(hit, "unit-common-to", 0.92)
    for hit in reading.find(
        pattern(r"(?:^|[«;:,] )(?:(?:[Uu]nité|[Éé]cole-membre|[Éé]cole|[Ll]aboratoire|[Cc]omposante|[Cc]entre)(?: [a-zéè]+){0,3} de (?P<y>⟨O\d+⟩(?:(?:, | et )de ⟨O\d+⟩)*)), (?P<x>{O})")
    ):  # fmt: skip
        yield from _units(hit, "unit-of-first", 0.85)
    for hit in reading.find(
        pattern(r"(?P<x>{O})(?: \((?:[^()⟨⟩])*\))?(?: de [a-zéèêç' ]{3,50})?,? de (?P<y>{O})(?! et de ⟨[PO])")
    ):
        for left, right in pairs(hit.things("x"), hit.things("y")):
            if _hangs(left, right):
                yield Claim(left.id, "org:unitOf", right.id, hit.span, "unit-genitive", 0.8)
    yield from _swallowed(reading)
    yield from _fronted(reading)
    for hit in reading.find(
        pattern(
            r"(?P<n>(?:deux|trois|quatre|cinq|six|ses|plusieurs) (?:laboratoires|unités|instituts|centres(?: nationaux| de recherche)?|équipes|plateformes)|{F}) (?P<d>de) (?P<y>{O})(?: de (?P<z>{O}))?(?P<x>,[^.:;]*|(?: ?: ).*)"
        )
    ):
        yield from _laboratories(reading, hit)


def _hangs(left: Thing, right: Thing) -> bool:
    """Return whether « X de Y » makes X a unit of Y, by what both are."""
    bodies = ("ResearchOrganization", "University", "Hospital", "Laboratory")
    if left.kind in ("Laboratory", "University"):
        return right.kind in bodies
    unknown = left.kind == "Organization" and left.label[:1].isupper() and left.entry is None
    return unknown and right.kind in ("Hospital", "University", "ResearchOrganization")


def _units(hit: Hit, rule: str, sure: float) -> Iterator[Claim]:
    if asserted(hit):
        for left, right in pairs(hit.things("x"), hit.things("y")):
            if left.kind in _UNITS and right.kind in _PARENTS:
                yield Claim(left.id, "org:unitOf", right.id, hit.span, rule, sure)


def _unit_appositions(reading: Reading) -> Iterator[Claim]:
    """« le CIRI, unité mixte de l'Inserm, du CNRS et de l'École normale supérieure de Lyon »."""
    for masked, phrase in appositions(reading):
        if not phrase.via or not _UNIT_NOUN.match(phrase.lead):
            continue
        parents = [t for n in phrase.mentions if (t := reading.thing_at(n)) is not None and t.kind in _PARENTS]
        several = re.match(r"(?:les |des )?(?:deux|trois|quatre|cinq|six|\w+s)\b", phrase.lead) and phrase.plural
        anchor = phrase.anchor if several else phrase.anchor[-1:]
        if not several and (near := re.search(r"⟨O(\d+)⟩(?: \((?:[^()]|⟨\w+⟩)*\))?, $", masked.text[: phrase.start])):
            anchor = (int(near[1]),)  # « l'extension du laboratoire X, unité mixte de … »
        for left in (t for n in anchor if (t := reading.thing_at(n)) is not None):
            for right in parents if left.kind in _UNITS else ():
                if left.id != right.id:
                    span = _hull(reading, masked, phrase, anchor[-1])
                    yield Claim(left.id, "org:unitOf", right.id, span, "unit-apposition", 0.93)


def _hull(reading: Reading, masked: Masked, phrase: Phrase, mention: int) -> tuple[int, int]:
    start, end = masked.origin(phrase.start, phrase.end, reading.mentions)
    return min(start, reading.mentions[mention].start), max(end, reading.mentions[mention].end)


def _unit_verbs(reading: Reading) -> Iterator[Claim]:
    """« X est une unité mixte de A et B », « rattaché à », « dépend de », « placé sous la tutelle de »."""
    for frame in frames(reading):
        if not frame.stated or not frame.subject:
            continue
        if frame.lemma in ("créer", "lancer", "fonder", "inaugurer", "ouvrir") and frame.voice == "active":
            yield from _created(frame)
            continue
        if frame.taken and (frame.lemma in _SHARE or _tutelle(frame)):
            yield from _shared(frame)
            continue
        subject = next((p for p in frame.subjects if p.mentions and not p.via), None)
        if frame.voice == "active":
            subject = frame.subject if not frame.subject.via else None
        if subject is None:
            continue
        if frame.lemma in ("être", "constituer", "devenir"):
            held = [p for p in frame.after("") if p.via and _UNIT_NOUN.match(p.lead)]
            rule, sure = "unit-is", 0.92
        elif frame.lemma == "rattacher":
            held, rule, sure = [p for p in frame.after("à") if not p.via], "unit-attached", 0.85
        elif frame.lemma in ("dépendre", "relever"):
            both = [p for p in frame.after("à") if p.lead.startswith("la fois")]
            held, rule, sure = [*(p for p in frame.after("de") if not p.via), *both], "unit-depends", 0.8
        elif frame.lemma == "appartenir" and subject.mentions:
            listed = [p for p in frame.after("") if len(p.mentions) > 1]  # « appartient à deux maisons : A et B »
            held, rule, sure = [*(p for p in frame.after("à") if not p.via), *listed], "unit-belongs", 0.8
        else:
            held, rule, sure = (
                [p for p in frame.complements if p.preposition.endswith(("la tutelle", "tutelle"))],
                "unit-under",
                0.85,
            )
        for phrase in held:
            for left, right in pairs(frame.things(subject)[:1], frame.things(phrase)):
                fits = right.kind in _PARENTS and (rule != "unit-belongs" or right.kind in _TUTELLES)
                if left.kind in _UNITS and fits:
                    yield Claim(left.id, "org:unitOf", right.id, frame.span(subject, phrase), rule, sure)


_SHARE = frozenset(
    "partager codiriger cogérer copiloter former constituer composer exercer posséder concourir veiller".split()
)


def _tutelle(frame: Frame) -> bool:
    """Return whether a clause says who is a tutelle: « dont A et B sont les tutelles », « auquel A sert de tutelle »."""
    return any(re.search(r"\btutelles?\b", p.lead) for p in frame.complements)


_JOINT = re.compile(
    r"\b(?:laboratoire|unité|équipe|centre|institut)s?(?: [a-zé]+){0,2} (?:commune?s?|mixtes?|conjointe?s?)\b", re.I
)


def _created(frame: Frame) -> Iterator[Claim]:
    """« A et B ont créé X, unité mixte de recherche », « A et B inaugurent le laboratoire commun X »."""
    parents = [t for t in frame.things(frame.subject) if t.kind in _PARENTS]
    for phrase in frame.after("") if len(parents) > 1 and frame.subject and not frame.subject.via else ():
        for unit in frame.things(phrase)[:1]:
            start, end = frame.masked.origin(phrase.start, phrase.end, frame.reading.mentions)
            if unit.kind == "Laboratory" and _JOINT.search(frame.reading.normal.text[max(0, start - 30) : end + 60]):
                for parent in parents:
                    if parent.id != unit.id:
                        span = frame.span(frame.subject, phrase)
                        yield Claim(unit.id, "org:unitOf", parent.id, span, "unit-created", 0.85)
            return


def _shared(frame: Frame) -> Iterator[Claim]:
    """« l'unité X, que se partagent A et B », « laboratoire dont A partage la tutelle avec B »."""
    tutelle = _tutelle(frame)
    joint = tutelle or frame.lemma != "posséder" or "commun" in frame.masked.text[frame.end : frame.end + 20]
    for whom in frame.taken[:1]:
        held = [*frame.things(frame.subject)]
        held += [t for p in frame.after("avec") if not p.via for t in frame.things(p)]
        for left, right in pairs(frame.things(whom)[:1], tuple(held)):
            if (
                (whom.preposition in ("", "à", "sur") or tutelle)
                and joint
                and left.kind == "Laboratory"
                and right.kind in _PARENTS
            ):
                yield Claim(left.id, "org:unitOf", right.id, frame.span(frame.subject, whom), "unit-shared", 0.85)


_FRONTED = re.compile(
    r"^(?:Communs?|Communes?|Rattachée?|Partagée?|Adossée?) (?P<y>à ⟨O\d+⟩(?:(?:, |,? et )à ⟨O\d+⟩)*), (?:⟨O(?P<x>\d+)⟩|(?:cette|ce|l'|le|la) ?(?:unité|laboratoire|équipe|institut))"
)


def _fronted(reading: Reading) -> Iterator[Claim]:
    """« Commune à l'Université de La Réunion, au CNRS et à l'IRD, cette unité est dirigée par … »."""
    for hit in reading.find(_FRONTED, ("paragraph", "item")):
        unit = hit.thing("x") if hit["x"] else last_named(reading, hit.masked, 0, _LABORATORY, back=3)
        for parent in hit.things("y"):
            if (
                unit is not None
                and unit.kind in _UNITS
                and parent.kind in _PARENTS
                and parent.id != unit.id
                and asserted(hit)
            ):
                yield Claim(unit.id, "org:unitOf", parent.id, hit.span, "unit-fronted", 0.85 if hit["x"] else 0.7)


_COMMON = re.compile(
    r"\b(?:laboratoires?|unités?|équipes?|structures?|centres?|plateformes?)\b.*\b(?:communs?|communes?|mixtes?|partagée?s?|conjointe?s?)\b",
    re.I,
)


def _swallowed(reading: Reading) -> Iterator[Claim]:
    """« l'IGBMC, laboratoire commun au CNRS, à l'Inserm et à l'Université de Strasbourg », where « laboratoire commun »
    was read as premises, or as the noun of the name after it.
    """
    listed = r"(?:,|,? et) à ⟨O\d+⟩"
    for hit in reading.find(
        re.compile(
            rf"⟨O(?P<x>\d+)⟩(?: \([^()]*\))?, (?:⟨F(?P<f>\d+)⟩ (?:commune? )?(?P<y>à ⟨O\d+⟩(?:{listed})*)|(?P<z>⟨O\d+⟩(?:{listed})+))"
        )
    ):
        unit = hit.thing("x")
        held = hit["f"] or (hit["z"] or "")[2:].split("⟩")[0]
        noun = reading.mentions[int(held)]
        words = reading.normal.text[noun.start : noun.end if hit["f"] else noun.core[0]]
        if (
            unit is None
            or unit.kind not in _UNITS
            or not _COMMON.search(words + (" commun" if "⟩ commun" in hit.match[0] else ""))
        ):
            continue
        for parent in (*hit.things("y"), *hit.things("z")):
            if parent.kind in _PARENTS and parent.id != unit.id:
                yield Claim(unit.id, "org:unitOf", parent.id, hit.span, "unit-common-to", 0.88)


def _laboratories(reading: Reading, hit: Hit) -> Iterator[Claim]:
    """« deux laboratoires du CEA, le SHFJ, à Orsay, et NeuroSpin », « deux centres de l'institut X du CEA : … »."""
    if hit["n"] and hit["n"].startswith("⟨F"):
        noun = reading.mentions[int(hit["n"][2:-1])]
        if not re.match(
            r"(?:les |ses |des )?(?:deux|trois|quatre|cinq|six|plusieurs) (?:laboratoires|plateformes|unités|centres)",
            reading.normal.text[noun.start : noun.end],
            re.I,
        ):
            return
    holder = hit.things("y")
    for above in hit.things("z"):
        yield Claim(holder[0].id, "org:unitOf", above.id, hit.span_of("y", "z"), "unit-genitive", 0.8)
    text = re.sub(r"\((?:[^()])*\)", "", hit["x"] or "")
    text = re.split(r", (?:en|avec|ainsi que des|qui) |\. ", text)[0] if text.startswith(",") else text
    for number in re.findall(r"(?:^|, |et |: )(?:et )?(?:(?:le|la|l'|du) ?)?(?:[A-Z]\w+ )?⟨O(\d+)⟩", text):
        unit = reading.thing_at(int(number))
        if (
            unit is not None
            and unit.kind in ("Laboratory", "Organization", "Hospital")
            and holder
            and unit.id != holder[0].id
            and holder[0].kind in _PARENTS
        ):
            yield Claim(unit.id, "org:unitOf", holder[0].id, hit.span, "laboratories-of", 0.8)


_CALLED_UNIT = re.compile(r"(?:cette |ce |l'|la |le )?(?:unité|UMR|équipe|laboratoire)\b", re.I)


def unites(frame: Frame, owner: Thing, phrase: Phrase) -> bool:
    """« Cette unité réunit l'Université de X et le CNRS »: whose it is, and not who takes part in it."""
    reading = frame.reading
    words = (reading.normal.text[reading.mentions[n].start : reading.mentions[n].end] for n in owner.mentions)
    called = owner.kind == "Laboratory" and (
        any(_CALLED_UNIT.match(w) for w in words) or any(_CALLED_UNIT.match(p.lead) for p in frame.subjects[:2])
    )
    return called and all(t.kind in _TUTELLES for t in frame.things(phrase))


_LABEL = (
    "labelliser", "certifier", "agréer", "homologuer", "distinguer", "sélectionner", "désigner", "retenir", "reconnaître",
    "accréditer",
)  # fmt: skip
_GRANTED = ("obtenir", "recevoir", "décrocher", "remporter")
_GRANTS = ("attribuer", "décerner", "accorder", "octroyer", "délivrer")


def honours(reading: Reading) -> Iterator[Said]:
    """« récemment labellisé "intégrateur industriel" par le SGPI (défi biomédicaments) », « a obtenu le label X »."""
    for frame in frames(reading, *_LABEL, *_GRANTED, *_GRANTS):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading"):
            continue
        label = next(
            (
                p
                for p in frame.complements
                if p.letters[:1] == "A" and p.preposition in ("", "en", "de") and not p.anchor
            ),
            None,
        )
        if label is None:
            label = (
                frame.subject if frame.lemma in _GRANTS and frame.subject and frame.subject.letters[:1] == "A" else None
            )
        if label is None:
            continue
        if frame.lemma in _LABEL and frame.voice == "passive":
            winners, givers, rule = frame.subjects, frame.after("par"), f"labelled-{frame.lemma}"
        elif frame.lemma in _GRANTED and frame.voice == "active":
            winners, givers, rule = frame.subjects, frame.after("de", "auprès", "par"), f"label-{frame.lemma}"
        else:
            givers = frame.after("par") if frame.voice == "passive" else frame.subjects[:1]
            winners, rule = (
                frame.after("à") if frame.lemma in _GRANTS else frame.after(""),
                f"label-granted-{frame.lemma}",
            )
        yield from _honour(frame, winners, label, givers, rule)


def holders(reading: Reading) -> Iterator[Said]:
    """« Titulaire du label X depuis 2011, Y … », « Y, détenteur du label X »."""
    first = pattern(r"(?:[Tt]itulaires?|[Dd]étent(?:eur|rice)s?) de {A:a}(?: depuis ⟨D\d+⟩)?, {OJF:x}")
    after = pattern(r"{OJF:x}(?: \([^()]*\))?, (?:titulaire|détent(?:eur|rice)) de {A:a}")
    for hit in (*reading.find(first, ("paragraph", "item")), *reading.find(after, ("paragraph", "item"))):
        holder, label = hit.thing("x"), hit.thing("a")
        if holder is not None and label is not None and asserted(hit):
            yield Honour(holder.id, label.id, hit.span, "label-holder", None, None, 0.88)


def _honour(
    frame: Frame, winners: tuple[Phrase, ...], label: Phrase, givers: tuple[Phrase, ...], rule: str
) -> Iterator[Honour]:
    reading = frame.reading
    winner = next(
        (t for p in winners for t in frame.things(p) if t.kind not in ("Person", "Place", "Accreditation")), None
    )
    granted = next(iter(frame.things(label)), None)
    if winner is None or granted is None:
        return
    # « le label du pôle X », « le label « Y » délivré par X »
    own = re.match(r" de ⟨O(\d+)⟩", frame.masked.text[label.end :])
    given = next(
        (
            f
            for f in frames_of(reading, frame.masked)
            if f.lemma in _GRANTS and f.mood == "participle" and f.start >= label.end
        ),
        None,
    )
    givers = (*givers, *(given.after("par") if given is not None else ()))
    giver_phrase = next((p for p in givers if p.letters[:1] == "O" and not p.via), None)
    giver = reading.thing_at(int(own[1])) if own else next(iter(frame.things(giver_phrase)), None)
    under = next((p for p in frame.after("dans le cadre", "au titre", "à travers", "via") if "G" in p.letters), None)
    programme = next((t for t in frame.things(under) if t.kind == "Programme"), None)
    end = max([frame.end, label.end, *(p.end for p in (giver_phrase, under) if p)])
    bracket = re.match(r" ?\((?:[^()⟨⟩]*)⟨G(\d+)⟩\)", frame.masked.text[end:])
    if programme is None and bracket:
        programme, end = reading.thing_at(int(bracket[1])), end + bracket.end()
    start = min([frame.start, *(p.start for p in winners[:1]), label.start])
    span = frame.masked.origin(start, end, reading.mentions)
    yield Honour(
        winner.id, granted.id, span, rule, giver.id if giver else None, programme.id if programme else None, 0.92
    )
