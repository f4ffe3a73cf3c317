"""Who goes together with whom, told without « avec »: pacts, work done « ensemble », lines of sheets, new members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted
from grappe.extract.clauses import frames
from grappe.extract.reading import Reading, Thing, pattern
from grappe.extract.relations import GROUPS

__all__ = ["consortia", "pacts", "together", "welcomed"]

_NO_ALLY = frozenset({"Person", "Place", "Theme", "PublicAuthority", "FundingAgency", "Programme"})
_PACT = re.compile(r"(?:partenariat|accord|collaboration|alliance|coopération|convention)\b")


def pacts(reading: Reading) -> Iterator[Said]:
    """« Un partenariat a été conclu entre A et B », « Un accord lie A à B »."""
    for frame in frames(reading, "conclure", "signer", "nouer", "sceller", "établir", "lier", "unir", "instaurer"):
        head = frame.subject
        if not frame.stated or head is None or head.mentions or not _PACT.search(head.lead.casefold()):
            continue
        if frame.voice == "passive":
            bodies = [t for p in frame.after("entre", "avec", "par") if not p.via for t in frame.things(p)]
        else:
            bodies = [t for p in frame.after("", "à") if not p.via for t in frame.things(p)]
        bodies = [t for t in bodies if t.kind not in ("Person", "Place", "Theme", "PublicAuthority", "FundingAgency")]
        for other in bodies[1:]:
            if other.id != bodies[0].id:
                yield Claim(
                    bodies[0].id, "grp:partner", other.id, frame.span(head, *frame.complements[-1:]), "pact", 0.75
                )
    for hit in reading.find(_PARTNER_FIRST, ("paragraph", "item")):
        for left in hit.things("x"):
            for right in hit.things("y"):
                if left.id != right.id and asserted(hit):
                    yield Claim(left.id, "grp:partner", right.id, hit.span, "partner-first", 0.75)


_PARTNER_FIRST = pattern(r"^Partenaires?(?: [a-zé]+){0,2}(?: de longue date)? (?P<y>de {O*}), (?P<x>{O})")


_LINE = re.compile(
    r"^(?:[–•›-] ?)?(?P<what>[Cc]onsortium|[Mm]embres(?: du consortium)?|[Éé]quipes?(?: impliquées)?|[Pp]articipants|[Pp]artenaires?) ?: (?P<list>.*)"
)


def consortia(reading: Reading) -> Iterator[Said]:
    """« Consortium : A ; B, start-up née en 2021 ; C », a line of a project's sheet."""
    project: Thing | None = None
    for masked in reading.masked:
        found = _LINE.match(masked.text)
        named = [t for n in re.findall(r"⟨J(\d+)⟩", masked.text) if (t := reading.thing_at(int(n))) is not None]
        project = named[0] if named else project
        if found is None or project is None:
            continue
        predicate = (
            "grp:partner"
            if found["what"].casefold().startswith("part") and "ici" not in found["what"]
            else "grp:involves"
        )
        for number in re.findall(r"(?:^|[;,] |et )⟨[OF](\d+)⟩", found["list"]):
            body = reading.thing_at(int(number))
            if body is not None and body.id != project.id and body.kind not in _NO_ALLY:
                span = masked.origin(found.start(), found.end(), reading.mentions)
                yield Claim(project.id, predicate, body.id, span, "sheet-consortium", 0.8)


def together(reading: Reading) -> Iterator[Said]:
    """« A et B développent ensemble un ingrédient »: partners."""
    for frame in frames(reading):
        words = frame.masked.text[frame.start : frame.end + 12]
        if not frame.stated or frame.voice != "active" or frame.subject is None or frame.subject.via:
            continue
        if frame.masked.sentence.kind not in ("paragraph", "item") or not re.search(r"\bensemble\b", words):
            continue
        if frame.lemma not in ("développer", "concevoir", "travailler", "élaborer", "mener", "étudier", "produire"):
            continue
        bodies = [t for t in frame.things(frame.subject) if t.kind not in _NO_ALLY]
        for other in bodies[1:]:
            yield Claim(bodies[0].id, "grp:partner", other.id, frame.span(frame.subject), "work-together", 0.8)


_WELCOME = re.compile(
    r"(?:nous (?:ont )?rejoi(?:nts?|gnent)|nouve(?:aux|lles) (?:adhérente?s?|membres?|entrants|arrivants)|bienvenue (?:à|aux)|nos adhérents)",
    re.I,
)


_ARRIVED = re.compile(
    r"(?:[Dd]ernières arrivées|[Nn]ouve(?:aux|lles) (?:adhérente?s|membres|venus)|[Bb]ienvenue à|[Nn]ous (?:rejoignent|ont rejoints?)(?: en ⟨D\d+⟩| cette année| ce mois-ci)?) ?:? ?(?P<list>(?:à )?⟨O\d+⟩(?:(?:, | et |, et )(?:à |(?:la |le |l'|une? )[a-zà-ÿ' -]{3,30} )?⟨O\d+⟩)*)"
)


def welcomed(reading: Reading) -> Iterator[Said]:
    """« ILS NOUS ONT REJOINTS », a heading, and the names below it: members of the body whose letter it is."""
    group = reading.things[reading.publisher] if reading.publisher is not None else None
    if group is None or group.kind not in GROUPS:
        return
    welcome = False
    for masked in reading.masked:
        if masked.sentence.kind in ("heading", "title"):
            welcome = bool(_WELCOME.search(masked.text))
        elif (arrived := _ARRIVED.search(masked.text)) is not None:
            for number in re.findall(r"⟨O(\d+)⟩", arrived["list"]):
                one = reading.thing_at(int(number))
                if one is not None and one.id != group.id and one.kind not in ("PublicAuthority", "FundingAgency"):
                    span = masked.origin(arrived.start(), arrived.end(), reading.mentions)
                    yield Claim(one.id, "grp:memberOf", group.id, span, "welcomed-list", 0.8)
        elif welcome and masked.sentence.kind in ("item", "row"):
            found = re.match(r"(?:[–•*-] ?)?(?:[\w'-]+ ){0,3}⟨O(\d+)⟩", masked.text)
            member = reading.thing_at(int(found[1])) if found else None
            if found and member is not None and member.id != group.id:
                span = masked.origin(found.start(), found.end(), reading.mentions)
                yield Claim(member.id, "grp:memberOf", group.id, span, "welcomed", 0.8)
