"""Relations between bodies and projects: who leads, who takes part, with whom, who is a member of what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.belonging import unites
from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import Frame, Phrase, frames, frames_of
from grappe.extract.leading import LED, TEAMS, chosen, near
from grappe.extract.reading import Hit, Reading, Thing, pattern
from grappe.extract.skeleton import last_named

__all__ = [
    "GROUPS",
    "among_them",
    "composed",
    "involved",
    "listed_partners",
    "members",
    "partners",
    "taking_part",
]

_FUNDERS_ONLY = frozenset({"PublicAuthority", "FundingAgency"})
_GATHER = ("associer", "réunir", "rassembler", "fédérer", "regrouper", "impliquer", "mobiliser", "unir")
_REST_ON = ("appuyer", "reposer", "adosser")
_NO_MEMBER = frozenset(
    "Place Person Programme Theme Accreditation Facility Building LaboratoryFacility CleanRoom ProductionLine Event Visit".split()
)
#: Bodies that have members.
GROUPS = frozenset({"Cluster", "ResearchNetwork", "NonProfit", "Organization"})


_PARTNERS_LIST = pattern(r"\b[Pp]artenaires? [^.;:⟨⟩]{0,40}: ?(?P<y>{O*})")


def listed_partners(reading: Reading) -> Iterator[Said]:
    """« Quatre partenaires l'accompagnent : l'IMFT, le LAPLACE et Tisséo »."""
    for hit in reading.find(_PARTNERS_LIST, ("paragraph", "item", "row")):
        place = hit.masked.sentence.index
        subjects = [
            t
            for m in reversed(reading.masked[max(0, place - 3) : place])
            for f in frames_of(reading, m)
            for t in f.things(f.subject)
            if t.kind in ("Project", "ResearchNetwork", "Programme")
        ]
        for other in hit.things("y"):
            if subjects and subjects[0].id != other.id and asserted(hit):
                yield Claim(subjects[0].id, "grp:partner", other.id, hit.span, "partners-listed", 0.65)


def involved(reading: Reading) -> Iterator[Said]:
    """« Il s'appuie sur les expertises de ses deux laboratoires, CITHERA (…) et ART-TG », « associe l'Université de … »."""
    for frame in frames(reading, *_GATHER, *_REST_ON):
        rest = frame.lemma in _REST_ON
        if (
            not frame.stated
            or (rest and not (frame.reflexive or frame.lemma != "appuyer"))
            or frame.masked.sentence.kind in ("title", "heading")
        ):
            continue
        if frame.voice == "passive":
            continue
        owner = chosen(frame, frame.subjects[:2], LED, but=[])
        if owner is None or (frame.subject is not None and frame.subject.via and frame.subject.letters == "P"):
            continue
        for phrase in _gathered(frame, ("sur", "autour") if rest else ("", "autour")):
            if not rest and unites(frame, owner, phrase):
                for body in frame.things(phrase):
                    span = frame.span(phrase, *near(frame, owner))
                    yield Claim(owner.id, "org:unitOf", body.id, span, "unit-unites", 0.8)
                continue
            for member in frame.things(phrase):
                if member.id != owner.id and member.kind not in (
                    "Place",
                    "Person",
                    "Programme",
                    "Theme",
                    "Accreditation",
                ):
                    yield Claim(
                        owner.id,
                        "grp:involves",
                        member.id,
                        frame.span(phrase, *near(frame, owner)),
                        f"involves-{frame.lemma}",
                        0.9 if not phrase.via else 0.8,
                    )
        yield from _among(frame, owner)
        for phrase in frame.front:
            if phrase.preposition == "outre" and not phrase.via:  # « Outre A et B, le projet réunit C »
                for member in frame.things(phrase):
                    if member.id != owner.id and member.kind not in _NO_MEMBER:
                        yield Claim(owner.id, "grp:involves", member.id, frame.span(phrase), "involves-besides", 0.8)


def taking_part(reading: Reading) -> Iterator[Said]:
    """« Y participent aussi le CHU de Poitiers et X », « A et B participent au projet Y »."""
    for frame in frames(
        reading, "participer", "contribuer", "prendre", "associer", "collaborer", "impliquer", "engager", "retrouver"
    ):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading"):
            continue
        if frame.lemma == "prendre" and not any(p.lead.startswith("part") for p in frame.after("")):
            continue
        if frame.lemma in ("associer", "impliquer", "engager") and frame.voice == "active" and not frame.there:
            continue
        if frame.lemma == "retrouver" and not frame.taken:
            continue
        into = [
            t
            for p in (*frame.after("à", "dans"), *(p for p in frame.taken if p.preposition in ("à", "dans")))
            if not p.via
            for t in frame.things(p)
            if t.kind in ("Project", "ResearchNetwork", "Programme")
        ]
        members = [t for p in frame.subjects[:1] if not p.via for t in frame.things(p)]
        if frame.lemma == "retrouver":  # « projet où l'on retrouve A, B et C »
            members = [t for p in frame.after("", "outre") if not p.via for t in frame.things(p)]
        if frame.there:
            spoken = last_named(reading, frame.masked, frame.start, frozenset({"Project"}))
            into = [spoken] if spoken is not None else []
            if frame.lemma == "associer" and frame.voice == "active" and not frame.reflexive:
                members = [t for p in frame.after("") if not p.via for t in frame.things(p)]
        for member in members:
            for owner in into[:1]:
                if member.id != owner.id and member.kind not in _NO_MEMBER | {"PublicAuthority", "FundingAgency"}:
                    yield Claim(
                        owner.id,
                        "grp:involves",
                        member.id,
                        frame.span(*frame.complements[:1], *frame.subjects[:1]),
                        "involves-taking-part",
                        0.75,
                    )


_AMONG_THEM = pattern(
    r"[Pp]armi (?:eux|elles|ces (?:équipes|partenaires|laboratoires|membres|unités)|ses (?:membres|partenaires)),? (?:figurent? |on compte |celles de |ceux de |notamment )*(?P<y>{O*})"
)


def among_them(reading: Reading) -> Iterator[Said]:
    """« Il fédère 28 équipes … Parmi ces équipes, celles du Centre d'étude des pathologies respiratoires »."""
    for hit in reading.find(_AMONG_THEM, ("paragraph", "item")):
        place = hit.masked.sentence.index
        earlier = [
            f for f in frames(reading, *_GATHER, *_REST_ON) if place - 3 <= f.masked.sentence.index < place and f.stated
        ]
        owner = chosen(earlier[-1], earlier[-1].subjects[:2], LED, but=[]) if earlier else None
        for member in hit.things("y"):
            if owner is not None and member.id != owner.id and member.kind not in _NO_MEMBER and asserted(hit):
                yield Claim(owner.id, "grp:involves", member.id, hit.span, "involves-among-them", 0.75)


def composed(reading: Reading) -> Iterator[Said]:
    """« Le consortium DELTA, composé de l'Inria, du CNRS et de la société Voltéa »."""
    for frame in frames(reading, "composer", "constituer", "former"):
        owner = chosen(frame, frame.subjects[:2], LED, but=[]) if frame.voice == "passive" and frame.stated else None
        for phrase in frame.after("de", "par", "autour") if owner is not None else ():
            for member in frame.things(phrase) if not phrase.via else ():
                if owner is not None and member.id != owner.id and member.kind not in _NO_MEMBER and member.named:
                    yield Claim(
                        owner.id,
                        "grp:involves",
                        member.id,
                        frame.span(phrase, *near(frame, owner)),
                        "involves-composed",
                        0.85,
                    )


def _gathered(frame: Frame, prepositions: tuple[str, ...]) -> Iterator[Phrase]:
    """Return the phrases that name who is gathered: the members that follow a plural, not who owns them."""
    kept = list(frame.complements)
    for place, phrase in enumerate(kept):
        if phrase.preposition not in prepositions or not (phrase.letters.strip("DYSMLQT") or not phrase.mentions):
            continue
        following = [p for p in kept[place + 1 :] if p.preposition == "" and p.letters.strip("DYSMLQT")]
        counted = phrase.letters == "F" and (phrase.via == "" or phrase.plural)
        if ((phrase.plural and (phrase.via or not phrase.mentions)) or counted) and following and not following[0].via:
            yield following[0]
            return
        if phrase.mentions and (not phrase.via or TEAMS.search(phrase.lead)) and not (phrase.anchor and phrase.lead):
            yield phrase


_AMONG = re.compile(
    r"^(?:[^⟨⟩.;]|⟨O\d+⟩){0,120}?,? (?:dont|parmi lesquel(?:le)?s) (?:celles? de |ceux de |notamment )?(?P<y>⟨O\d+⟩(?:(?:, | et )(?:celles? de |ceux de |de )?⟨O\d+⟩)*)(?=[,.;)]|$)"
)


def _among(frame: Frame, owner: Thing) -> Iterator[Claim]:
    """« s'appuie sur 18 équipes de recherche, dont celles du CRCL »."""
    found = _AMONG.match(frame.masked.text[frame.end :])
    if found is None:
        return
    for number in re.findall(r"⟨O(\d+)⟩", found["y"]):
        member = frame.reading.thing_at(int(number))
        if member is not None and member.id != owner.id:
            span = frame.masked.origin(frame.start, frame.end + found.end("y"), frame.reading.mentions)
            yield Claim(owner.id, "grp:involves", member.id, span, "involves-among", 0.8)


_WITH = re.compile(
    r"^en (?:étroite? )?(?:partenariat|lien|collaboration|association|coopération|coordination|relation)|^aux côtés"
)
_WORKING = (
    "travailler",
    "collaborer",
    "coopérer",
    "développer",
    "nouer",
    "concevoir",
    "élaborer",
    "codévelopper",
    "conduire",
    "mener",
    "lancer",
)
_ALLYING = ("associer", "allier", "unir", "rapprocher")


def partners(reading: Reading) -> Iterator[Said]:
    """« en lien avec l'Université Paris-Saclay et l'Université d'Évry », « en partenariat avec I2S », « s'allie à Y »."""
    seen: set[tuple[int, int]] = set()
    for frame in frames(reading):
        if not frame.stated or frame.voice == "noun" or frame.masked.sentence.kind in ("title", "heading"):
            continue
        along = [(-1, p) for p in frame.front if p.preposition == "avec"]  # « Avec X, elle développe des capteurs »
        for place, phrase in (*along, *enumerate(frame.complements)):
            together = bool(_WITH.match(phrase.preposition))
            point = frame.lemma == "mettre" and "au point" in frame.masked.text[frame.end : frame.end + 12]
            works = phrase.preposition == "avec" and (frame.lemma in _WORKING or point)
            allied = frame.reflexive and frame.lemma in _ALLYING and phrase.preposition in ("à", "avec")
            if not (together or works or allied) or (phrase.via and not TEAMS.search(phrase.via)):
                continue
            named = [*frame.things(phrase)]
            for later in frame.complements[place + 1 :]:
                if later.preposition != "avec":
                    if later.preposition == "" and later.mentions and not later.anchor:
                        break
                    continue
                named.extend(frame.things(later))
            owner = _owner(frame, phrase)
            for other in named:
                if owner is not None and other.id != owner.id and other.kind not in ("Place", "Person", "Theme"):
                    rule = "partner-together" if together else "partner-works-with" if works else "partner-allied"
                    if (owner.id, other.id) not in seen:
                        seen.add((owner.id, other.id))
                        yield Claim(
                            owner.id,
                            "grp:partner",
                            other.id,
                            frame.span(phrase, *near(frame, owner)),
                            rule,
                            0.85 if together else 0.75,
                        )


def _owner(frame: Frame, phrase: Phrase) -> Thing | None:
    """Return what a phrase of partnership attaches to: what the verb is said of; of premises, who holds them."""
    before = [p for p in frame.complements if p.end <= phrase.start]
    owned = re.search(r"⟨F\d+⟩(?:[^⟨⟩]|⟨S\d+⟩)*? de ⟨O(\d+)⟩(?!.*⟨[OJ])", frame.masked.text[: phrase.start])
    if owned and frame.voice == "active":
        return frame.reading.thing_at(int(owned[1]))
    readings = frame.subjects[:1] if frame.voice == "passive" else frame.subjects
    for subject in readings:
        for thing in frame.things(subject):
            if thing.kind == "Person":
                break
            if frame.voice == "passive" and not thing.named and subject.letters[:1] in ("F", ""):
                holder = _holder(frame)
                return holder if holder is not None else thing
            if thing.kind not in _FUNDERS_ONLY:
                return thing
    objects = [
        t
        for p in before
        if p.preposition == "" and not p.via
        for t in frame.things(p)
        if t.kind in ("Project", "Laboratory")
    ]
    if objects:
        return objects[0]
    main = _holder(frame) if frame.mood == "participle" or not frame.subjects else None
    return main if main is not None and main.kind not in _FUNDERS_ONLY else None


def _holder(frame: Frame) -> Thing | None:
    """Return the subject of the finite verb before a participle in its sentence."""
    earlier = [
        f for f in frames_of(frame.reading, frame.masked) if f.start < frame.start and f.mood == "finite" and f.subject
    ]
    for other in reversed(earlier):
        for thing in other.things(other.subject):
            if thing.named and thing.kind not in ("Person", "Place"):
                return thing
    return None


_OF_GROUP = re.compile(
    r"\b(?P<noun>[Mm]embres?|[Aa]dhérente?s?)(?: (?:fondat(?:eur|rice)s?|actifs?|active|associée?s?|historique))? (?:(?:à la fois )?de|à) (?:⟨A\d+⟩ )?(?P<y>⟨[OP]\d+⟩(?:(?:, | et |, et )(?:de |à )(?:⟨A\d+⟩ )?⟨[OP]\d+⟩)*)"
)
_FIRM_OF = re.compile(
    r"(?P<x>⟨O\d+⟩)(?:, [^⟨⟩.;]{0,60}(?:⟨[LT]\d+⟩[^⟨⟩.;]{0,20})?)?,? (?:une )?(?:jeune )?(?:entreprise|société|start-up|PME|pépite|pousse)s? (?:[a-zé]+ )?de (?:⟨A\d+⟩ )?(?P<y>⟨O\d+⟩)"
)


def members(reading: Reading) -> Iterator[Said]:
    """« membre du pôle de compétitivité Eurobiomed », « viennent d'y adhérer », « entreprise du cluster »."""
    for hit in reading.find(_OF_GROUP, ("paragraph", "item", "row")):
        owner = _member(reading, hit)
        if owner is not None and asserted(hit):
            for group in hit.things("y"):
                if group.kind in GROUPS and group.id != owner.id:
                    yield Claim(owner.id, "grp:memberOf", group.id, hit.span, "member-of", 0.9)
    for hit in reading.find(_FIRM_OF, ("paragraph", "item")):
        for firm in hit.things("x"):
            for group in hit.things("y"):
                if group.kind in ("Cluster", "ResearchNetwork") and firm.id != group.id and asserted(hit):
                    yield Claim(firm.id, "grp:memberOf", group.id, hit.span, "firm-of-cluster", 0.75)
    for frame in frames(
        reading,
        "rejoindre",
        "intégrer",
        "adhérer",
        "appartenir",
        "affilier",
        "faire",
        "implanter",
        "installer",
        "héberger",
    ):
        if frame.stated and frame.masked.sentence.kind not in ("title", "heading"):
            yield from _joined(frame)


def _joined(frame: Frame) -> Iterator[Claim]:
    """« X a rejoint le pôle Y », « X vient d'y adhérer », « X, implantée au sein du biocluster Y »."""
    if frame.lemma in ("rejoindre", "intégrer"):
        groups = [
            t
            for p in frame.after("")
            if not p.via
            for t in frame.things(p)
            if t.kind in ("Cluster", "ResearchNetwork", "NonProfit")
        ]
        rule, sure = f"joins-{frame.lemma}", 0.88
        if (
            not groups
            and frame.voice == "active"
            and re.search(r"\b(?:l'|la |le |les )\w+$", frame.masked.text[: frame.end])
        ):
            groups, rule, sure = _last_group(frame), "joins-it", 0.7
    elif frame.lemma == "faire":
        part = (
            any(p.lead.startswith("partie") for p in frame.after(""))
            or "partie" in frame.masked.text[frame.end : frame.end + 14]
        )
        whose = [p for p in frame.taken if p.preposition == "dont"] if part else []
        groups = [t for p in whose[:1] for t in frame.things(p) if t.kind in GROUPS]
        rule, sure = "joins-is-part", 0.85
    elif frame.lemma in ("adhérer", "appartenir", "affilier"):
        groups = [t for p in frame.after("à") if not p.via for t in frame.things(p) if t.kind in GROUPS]
        rule, sure = f"joins-{frame.lemma}", 0.88
        if not groups and re.search(r"\by\b|d'y", frame.masked.text[max(0, frame.start - 3) : frame.end]):
            groups, rule, sure = _last_group(frame), "joins-it", 0.75
    else:
        groups = [t for p in frame.after("au sein") for t in frame.things(p) if t.kind == "Cluster"]
        rule, sure = "settled-in-cluster", 0.7
    for subject in frame.subjects[:1]:
        for member in frame.things(subject) if not subject.via else ():
            for group in groups:
                if member.id != group.id and member.kind not in ("Person", "Place", "PublicAuthority"):
                    yield Claim(
                        member.id,
                        "grp:memberOf",
                        group.id,
                        frame.span(subject, *(p for p in frame.complements if group in frame.things(p))),
                        rule,
                        sure,
                    )


def _last_group(frame: Frame) -> list[Thing]:
    """Return the cluster or network named last before a clause: what « y » and « la » in it take up."""
    kinds = frozenset({"Cluster", "ResearchNetwork", "NonProfit"})
    found = last_named(frame.reading, frame.masked, frame.start, kinds)
    return [found] if found is not None else []


def _member(reading: Reading, hit: Hit) -> Thing | None:
    """Return who is a member: what the word is an apposition to, or the subject of « est membre »."""
    masked, at = hit.masked, hit.match.start()
    held = frames_of(reading, masked)
    before = masked.text[:at]
    if re.search(
        r"(?:est|sont|était|devient|deviennent|reste) (?:(?:aussi|également|désormais) )?(?:un |une |)(?:des )?$",
        before,
    ) or re.search(r"\bet $", before):
        verbs = [
            f for f in held if f.start < at and (f.lemma in ("être", "devenir", "rester") or f.mood == "participle")
        ]
        for frame in reversed(verbs):
            for subject in frame.subjects:
                for thing in frame.things(subject):
                    if thing.kind not in ("Person", "Place"):
                        return thing
    near = re.search(
        r"⟨[OJ](\d+)⟩(?: \((?:[^()]|⟨\w+⟩)*\))?(?:, (?!et )[^⟨⟩.;]{0,80}(?:⟨[LTDY]\d+⟩[^⟨⟩.;]{0,40})?)?,? (?:et )?$",
        before,
    )
    if near:
        return reading.thing_at(int(near[1]))
    if re.fullmatch(r"[^⟨⟩]{0,12}", before):
        ahead = re.match(r"(?:[^⟨⟩]|⟨[DLAT]\d+⟩){0,140}?, ⟨[OJ](\d+)⟩", masked.text[hit.match.end() :])
        return reading.thing_at(int(ahead[1])) if ahead else None
    subjects = [
        t for f in held if f.start < at for p in f.subjects for t in f.things(p) if t.kind not in ("Person", "Place")
    ]
    return subjects[0] if subjects else None
