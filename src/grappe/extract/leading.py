"""Who leads what: « porté par », « que pilote », « chef de file de », « sous la coordination de »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import Frame, Phrase, frames
from grappe.extract.reading import Reading, Thing, pattern
from grappe.extract.sections import head_of
from grappe.extract.skeleton import last_named

__all__ = ["LED", "TEAMS", "chosen", "leaders_named", "led", "led_by_title", "led_under", "near"]

LED = frozenset(
    "Project Programme ResearchNetwork Laboratory Cluster TechnologyPlatform Biofoundry NonProfit Organization".split()
)
_PROJECT = frozenset({"Project"})
#: Nouns that stand for the body whose people they are: « porté par les équipes de X ».
TEAMS = re.compile(
    r"équipes?|chercheurs?|expertises?|compétences?|savoir-faire|laboratoires?|unités?|travaux|plateformes?|celles|ceux",
    re.I,
)
_LEAD = ("porter", "coordonner", "piloter", "conduire", "mener", "animer")


def led(reading: Reading) -> Iterator[Said]:
    """« projet MAGENTA, porté par l'INSERM », « Porté par l'Université de Tours, MAbImprove associe … », « X pilote Y »."""
    for frame in frames(reading, *_LEAD, "diriger"):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading"):
            continue
        if frame.lemma == "diriger" and frame.voice == "passive":
            continue  # read by a tie, which asks for a project
        if frame.voice == "passive":
            by = [p for p in frame.after("par", "conjointement par") if not (p.via and not TEAMS.search(p.via))]
            leaders = [t for p in by for t in frame.things(p)]
            owner = chosen(frame, frame.subjects, LED, but=leaders)
            rule, held = f"led-by-{frame.lemma}", by
        else:
            leaders = [t for p in frame.subjects[:1] if not p.via for t in frame.things(p)]
            leaders = [t for t in leaders if t.kind != "Person"]
            whom = [p for p in frame.taken if p.preposition == ""]  # « le projet X, que pilote Y »
            owner = chosen(frame, tuple(whom), LED, but=leaders) if whom else None
            objects = () if frame.lemma == "diriger" else frame.after("")
            owner = owner or next(
                (t for p in objects for t in frame.things(p) if t.kind == "Project" and not p.via), None
            )
            rule, held = f"leads-{frame.lemma}", [p for p in (*whom, *frame.after("")) if owner in frame.things(p)]
        if owner is not None:
            sure = 0.95 if owner.kind == "Project" else 0.85
            for leader in leaders:
                if leader.id != owner.id:
                    yield Claim(owner.id, "grp:ledBy", leader.id, frame.span(*near(frame, owner), *held), rule, sure)


_HEAD_OF_CHAIN = (
    r"(?:le |la |l')?(?:chef(?:fe)? de file|coordinat(?:eur|rice)|coordonnat(?:eur|rice)|porteu(?:r|se)|pilote)"
)
_WHOSE_LEADER = pattern(
    rf"⟨[JOG](?P<x>\d+)⟩(?: \([^()]*\))?,? dont {{O:y}} (?:est|assure|sera) (?:{_HEAD_OF_CHAIN}|la coordination|le pilotage|le portage)"
)
_IS_LEADER = pattern(rf"{{O:y}},? (?:est |sera |)?{_HEAD_OF_CHAIN} de (?:[a-zé]+ )?⟨[JG](?P<x>\d+)⟩")
_LEADER_LINE = pattern(
    r"(?:[Pp]orteur|[Cc]oordinat(?:eur|ion)|[Cc]oordonnateur|[Cc]hef de file|[Pp]ilote)(?: de ce projet| de ⟨J\d+⟩)? ?: ?{O:y}"
)


def led_by_title(reading: Reading) -> Iterator[Said]:
    """« le projet X, dont l'Université de Strasbourg est chef de file », « Coordinateur : CNRS »."""
    for expression, rule in ((_WHOSE_LEADER, "led-whose-leader"), (_IS_LEADER, "led-is-leader")):
        for hit in reading.find(expression, ("paragraph", "item")):
            owner, leader = hit.thing("x"), hit.thing("y")
            if owner and leader and owner.id != leader.id and owner.kind in LED and asserted(hit):
                yield Claim(owner.id, "grp:ledBy", leader.id, hit.span, rule, 0.85)
    for hit in reading.find(_LEADER_LINE, ("paragraph", "item", "row", "heading")):
        leader = hit.thing("y")
        project = head_of(reading, hit.masked, _PROJECT) or last_named(
            reading, hit.masked, hit.match.start(), _PROJECT, back=5
        )
        if leader and project and project.id != leader.id:
            yield Claim(project.id, "grp:ledBy", leader.id, hit.span, "led-line", 0.7)


_UNDER_LEAD = ("coordination", "pilotage", "houlette", "égide", "conduite", "responsabilité")


def led_under(reading: Reading) -> Iterator[Said]:
    """« le projet X réunit, sous la coordination de Y, A et B », « Sous la coordination de Y, X réunit … »."""
    for frame in frames(reading):
        if not frame.stated or frame.masked.sentence.kind in ("title", "heading"):
            continue
        for phrase in (*frame.complements, *frame.front):
            if not (phrase.preposition.startswith("sous") and phrase.preposition.endswith(_UNDER_LEAD)):
                continue
            owner = chosen(frame, frame.subjects[:2], frozenset({"Project", "ResearchNetwork"}), but=[])
            for leader in frame.things(phrase) if not phrase.via else ():
                if owner is not None and leader.id != owner.id and leader.kind != "Person":
                    yield Claim(
                        owner.id, "grp:ledBy", leader.id, frame.span(phrase, *near(frame, owner)), "led-under", 0.85
                    )


_WHO_LEADS = re.compile(
    rf"{_HEAD_OF_CHAIN} de ⟨[JG](?P<x>\d+)⟩(?:(?:,? (?:est|sera)|, c'est) ⟨O(?P<y>\d+)⟩|, ⟨O(?P<z>\d+)⟩)", re.I
)


def leaders_named(reading: Reading) -> Iterator[Said]:
    """« Le chef de file du projet X est Y », « Coordinatrice du projet X, Y s'est associée à … »."""
    for hit in reading.find(_WHO_LEADS, ("paragraph", "item")):
        project, body = hit.thing("x"), hit.thing("y") or hit.thing("z")
        if project is not None and body is not None and project.kind in LED and asserted(hit):
            yield Claim(project.id, "grp:ledBy", body.id, hit.span, "led-named", 0.85)


def near(frame: Frame, thing: Thing) -> list[Phrase]:
    """Return the phrase by which a clause names what it is about, for the passage that states it."""
    return [p for p in frame.subjects if thing in frame.things(p) and not p.anchor][:1]


def chosen(frame: Frame, phrases: tuple[Phrase, ...], kinds: frozenset[str], *, but: list[Thing]) -> Thing | None:
    """Return the first thing of some classes among readings of an argument; a project first where several readings fit."""
    found = [t for p in phrases for t in frame.things(p) if t.kind in kinds and t not in but]
    if (
        phrases
        and not frame.things(phrases[0])
        and re.match(r"(?:le|la|les|un|une|des|ce|cette|son|sa|ses|leurs?)\b|l'", phrases[0].lead, re.I)
        and not phrases[0].anchor
    ):
        return None  # « un projet … est porté par »: what is led has no name
    return next((t for t in found[:2] if t.kind == "Project"), found[0] if found else None)
