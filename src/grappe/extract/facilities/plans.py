"""What is to be created, and who plans it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim
from grappe.extract.clauses import Phrase, frames_of
from grappe.extract.facilities.scene import View
from grappe.extract.premises_words import DEFINITE, POSSESSIVE
from grappe.extract.reading import Thing

__all__ = ["announced", "by_clause", "future", "listed", "to_come"]

_MAKE = r"(?:créer|construire|faire construire|ouvrir|bâtir|installer|implanter|aménager|édifier|mettre en service|mettre en place|lancer|développer|déployer|acquérir|ériger|réaliser|se doter d[e']|s'équiper d[e']|étendre|inaugurer)"
_MAKING = r"(?:création|construction|ouverture|installation|implantation|aménagement|mise en (?:service|place|œuvre)|réalisation|acquisition|édification|déploiement)"
_WILL = r"(?:créera|créeront|construira|construiront|ouvrira|ouvriront|bâtira|installera|installeront|implantera|implanteront|aménagera|édifiera|mettra en (?:service|place)|mettront en (?:service|place)|lancera|déploiera|développera|se dotera d[e']|s'équipera d[e']|érigera|réalisera|acquerra)"
_PLAN = re.compile(
    rf"(?<![\w'])(?:(?P<aux>va|vont|doit|doivent|devra|devront|compte|comptent|entend|entendent|prévoit d[e']|prévoient d[e']|projette d[e']|projettent d[e']|s'apprête à|s'apprêtent à|permettra d[e']|a décidé d[e']|ont décidé d[e']|s'engage à|s'est engagée? à|annonce (?:vouloir )?) ?(?:également |aussi |prochainement |ensuite |notamment )?(?:y )?{_MAKE}"
    rf"|(?P<noun>(?:prévoi(?:t|ent|ra)|prévoyait|prévoyant|comprend|inclut|porte sur|vise(?: à)?|permettra|permettront|financera|annonce(?:nt)?|a annoncé|ont annoncé|programme|projette(?:nt)?|lance(?:nt)?|prépare(?:nt)?|passe(?:ra)? par) (?:également |aussi |notamment |ainsi |à terme )?(?:à )?(?:la |l'|une )?(?:future )?{_MAKING})"
    rf"|(?P<will>{_WILL}))(?![\w])"
)
_NOT_PLANNED = frozenset(
    ("PublicAuthority", "FundingAgency", "ResearchOrganization", "Hospital", "University", "Person", "Place", "Cluster")
)


def announced(view: View) -> Iterator[Claim]:
    """« qui prévoit la création d'un Institut de Génomique numérique et la première biofonderie », « X va ouvrir un laboratoire »."""
    for found in _PLAN.finditer(view.text):
        if not view.told or not view.asserted(*found.span()):
            continue
        subjects = view.subjects(found.start())
        makers = [t for i in subjects if view.word(i).letter in "IOJF" and (t := view.thing(i)) is not None]
        contract = _contract(view, found.start()) if re.search(r"(?:qui|\)),? ?$", view.text[: found.start()]) else []
        makers = contract or makers
        previous = -1
        for i, gap in view.walk.complements(found.end()):
            word = view.word(i)
            if word.letter in "DLYTSM":
                continue
            if word.letter not in "FOJ":
                break
            govern = view.walk.governed(i)
            if previous < 0:
                if govern not in ("", "de") or len(gap) > 60 or re.search(r"\b(?:avec|dans|sur|par|pour)\b", gap):
                    if word.letter == "O":
                        continue
                    break
                if (
                    govern == "de"
                    and found["noun"] is None
                    and not re.search(r"d[e']$", found[0])
                    and not re.match(r" ?(?:près |plus )?de $", gap)
                ):
                    break
            elif not re.fullmatch(
                rf"[^⟨⟩.;]{{0,45}}?(?:,| et| ainsi que|, ainsi que|, et)(?: (?:la |l'|une )?(?:{_MAKING} )?)?(?: ?(?:de |la première |le premier |enfin |également ))*",
                gap,
            ) or re.search(r"\b(?:dont|comprenant|avec|équipée?s?|dotée?s?|abritant|par|dans)\b", gap):
                break
            previous = i
            thing, mention = view.thing(i), view.mention(i)
            if (
                thing is None
                or (thing.kind in _NOT_PLANNED and thing.named)
                or (word.letter != "F" and thing.kind == "Company")
            ):
                continue
            if word.letter == "O" and found["noun"] is None and not re.match(r"(?:va|vont|créera|prévoi)", found[0]):
                continue
            if mention.rule.startswith(("definite", "pronoun")):
                continue
            span = view.span(found.span(), i, *subjects)
            how = "planned-making" if found["noun"] else "going-to-make" if found["aux"] else "will-make"
            sure = {"planned-making": 0.9, "going-to-make": 0.9, "will-make": 0.88}[how]
            if found["aux"] and found["aux"].startswith(("compt", "entend", "doi")):
                sure = 0.65
            for maker in makers:
                if maker.id != thing.id and maker.kind not in ("FundingAgency",):
                    yield view.claim(maker, "grp:plans", thing, span, how, sure)
            yield view.status(thing, "Planned", span, how, sure)


def _contract(view: View, place: int) -> list[Thing]:
    """Return the contract that « qui prévoit » after a bracket speaks of."""
    before = [i for i in view.mentions("I") if view.word(i).end <= place and view.word(i).depth == 0]
    if not before or re.search(r"[;:.]|⟨F", view.text[view.word(before[-1]).end : place]):
        return []
    thing = view.thing(before[-1])
    return [thing] if thing is not None else []


_CREATES = frozenset(
    "créer construire ouvrir bâtir installer implanter aménager édifier monter ériger réaliser déployer".split()
)
_WANTS = frozenset(
    "annoncer prévoir porter projeter programmer permettre engager lancer décider inclure comprendre viser aboutir".split()
)
_MADE = re.compile(rf"(?:{_MAKING})(?: de)?$")


def by_clause(view: View) -> Iterator[Claim]:
    """« X se dotera, pour ce projet, d'un atelier », « X a annoncé la construction à Crolles d'une usine »."""
    for frame in frames_of(view.scene.reading, view.masked) if view.told else ():
        if not frame.stated or frame.voice != "active":
            continue
        words = view.text[frame.start : frame.end]
        future = re.search(r"\w+(?:ra|ront|rons)\b|\b(?:va|vont|allons)\b", words) is not None
        made: list[Phrase] = []
        if future and frame.lemma in _CREATES and not frame.reflexive:
            made = [p for p in frame.after("") if not p.via]
        elif future and frame.reflexive and frame.lemma in ("doter", "équiper"):
            made = [p for p in frame.after("de") if not p.via]
        elif frame.lemma in _WANTS:
            making = False
            for phrase in frame.complements:
                if _MADE.search(phrase.lead) and (phrase.mentions or phrase.preposition in ("", "à")):
                    made += [phrase] if phrase.mentions else []
                    making = not phrase.mentions
                elif making and phrase.preposition == "de" and phrase.letters[:1] == "F":
                    made.append(phrase)
        makers = [t for t in frame.things(frame.subject) if t.kind not in _NO_MAKER]
        if frame.subject is not None and frame.subject.via:
            makers = []
        for phrase in made:
            shape = view.scene.reading.mentions[phrase.mentions[0]].facility if phrase.letters[:1] == "F" else None
            if shape is None or shape.determiner in DEFINITE | POSSESSIVE:
                continue
            for thing in frame.things(phrase):
                span = frame.span(frame.subject, phrase)
                for maker in makers:
                    if maker.id != thing.id:
                        yield view.claim(maker, "grp:plans", thing, span, "clause-plans", 0.78)
                yield view.status(thing, "Planned", span, "clause-plans", 0.75)


_NO_MAKER = frozenset({"FundingAgency", "Person", "Place", "Theme", "Event"})
_OPERATIONS = re.compile(
    r"(?:opérations|projets|actions|investissements|chantiers|équipements)\b[^⟨⟩.;:]{0,60}(?:retenue?s|inscrite?s|prévue?s|programmée?s|financée?s|soutenue?s)[^⟨⟩.;:]{0,30}⟨(?P<sort>[IGJ])(?P<n>\d+)⟩[^.;]{0,25}:$"
)
_OPERATION = re.compile(
    rf"^(?:[–•-] )?(?:à ⟨[OL]\d+⟩(?: \([^()]*\))?, )?(?:la |l'|une )?(?:{_MAKING}|(?=⟨F\d+⟩))(?: et [\w' ]{{3,25}})?(?: de )?(?=⟨[FO])"
)


def listed(view: View) -> Iterator[Claim]:
    """« Parmi les opérations retenues au CPER : – la création d'une plateforme … »: the contract plans each item."""
    found = _OPERATION.match(view.text)
    if found is None or view.masked.sentence.kind != "item":
        return
    for masked in reversed(view.scene.reading.masked[max(0, view.index - 12) : view.index]):
        head = _OPERATIONS.search(masked.text)
        if head is None:
            if masked.sentence.kind != "item":
                return
            continue
        contract = view.scene.reading.thing_at(int(head["n"]))
        i = view.walk.at(found.end())
        thing = view.thing(i)
        made = view.word(i).letter == "F" and (found[0].endswith("de ") or "extension" in view.mention(i).label)
        if contract is not None and thing is not None and made:
            yield view.claim(contract, "grp:plans", thing, view.span(found.span(), i), "listed-operation", 0.75)
            yield view.status(thing, "Planned", view.span(found.span(), i), "listed-operation", 0.7)
        return


_PASSIVE = re.compile(
    r"(?<![\w'])(?:(?:sera|seront|va être|vont être|doit être|devrait être) (?:également |aussi |ainsi |prochainement )?(?:créé|construit|bâti|édifié|installé|implanté|aménagé|réalisé|érigé|déployé|développé|mis en place|acquis)e?s?|verra le jour|verront le jour|sortira de terre|sortiront de terre)(?![\w'])(?P<by>(?:[^⟨⟩.;]|⟨[LD]\d+⟩){0,40}? par (?=⟨O))?"
)


def to_come(view: View) -> Iterator[Claim]:
    """« un second atelier sera construit par X », « la halle verra le jour en 2027 »."""
    for found in _PASSIVE.finditer(view.text):
        if not view.told or not view.asserted(*found.span()):
            continue
        subjects = [i for i in view.subjects(found.start()) if view.word(i).letter == "F"]
        for i in subjects:
            thing = view.thing(i)
            if thing is None:
                continue
            yield view.status(thing, "Planned", view.span(i, found.span()), "will-be-made", 0.82)
            if found["by"]:
                k = view.walk.at(found.end())
                maker = view.thing(k)
                if maker is not None:
                    yield view.claim(maker, "grp:plans", thing, view.span(i, k), "will-be-made-by", 0.75)
    for found in re.finditer(
        r"(?:[Uu]ne?|[Dd]eux|[Tt]rois) ?⟨F(\d+)⟩[^⟨⟩.;]{0,30}(?:est|sont) (?:prévue?s?|programmée?s?|planifiée?s?)\b",
        view.text,
    ):
        thing = view.scene.reading.thing_at(int(found[1]))
        if thing is not None and view.told and view.asserted(*found.span()):
            yield view.status(thing, "Planned", view.span(found.span()), "is-planned", 0.7)


def future(view: View) -> Iterator[Claim]:
    """« pour le futur bâtiment », « sa future usine »: an adjective tells that a thing is to come."""
    for i in view.mentions("F"):
        mention, thing = view.mention(i), view.thing(i)
        ahead = mention.facility is not None and mention.facility.future
        if mention.facility is None:
            ahead = bool(
                re.search(r"\bfutur", view.scene.reading.normal.text[max(0, mention.start - 22) : mention.core[0]])
            )
        if ahead and thing is not None and (view.given(i)):
            yield view.status(thing, "Planned", view.span(i), "future-adjective", 0.8)
