"""Of which body a title is that names none: the one spoken of, the publisher, the council or the ministry."""

from __future__ import annotations

import re

from grappe.extract.reading import Masked, Reading, Thing
from grappe.iri import fold

__all__ = ["beneficiary_before", "body_spoken_of", "led_things", "topic_of"]

#: Bodies of which any leading title says also who leads them.
_LED = ("Laboratory", "ResearchNetwork")


def led_things(thing: Thing) -> bool:
    """Return whether any leading title of a thing says also who leads it."""
    return (
        thing.kind in _LED
        or thing.kind in ("Project", "TechnologyPlatform", "Biofoundry", "Programme")
        or bool(
            thing.kind == "Organization"
            and re.match(r"Banque de tissus|Service|Département|Plateau|Direction", thing.label)
        )
    )


_OF_FIRM = re.compile(
    r"(?:PDG|CEO|CTO|COO|CFO|CSO|[Pp]résidente?-direct|[Cc]o-?[Ff]ond|[Ff]ond|[Gg]érant|[Dd]irigeant|[Cc]hief )"
)
_FIRMS = frozenset({"Company"})
_BODIES = frozenset(
    {"Company", "Laboratory", "Hospital", "University", "ResearchOrganization", "Cluster", "NonProfit", "Organization", "PublicAuthority", "ResearchNetwork", "FundingAgency"}
)  # fmt: skip


def body_spoken_of(reading: Reading, masked: Masked, before: int, title: str, whose: str) -> int | None:
    """Return the body that a title without one belongs to: the one whose line it is, the firm spoken of, the publisher."""
    for found in reversed([*re.finditer(r"⟨O(\d+)⟩", masked.text[:before])]):
        if re.fullmatch(r"(?:, ⟨L\d+⟩)? ?[:–—-] ?", masked.text[found.end() : before]):
            thing = reading.thing_at(int(found[1]))
            return thing.id if thing else None
    if _MINISTER.match(title):
        return _ministry(reading)
    if re.match(r"[Pp]réf(?:et|ète)\b", title):
        return None  # of a prefecture that the text does not name
    if elected := _ELECTED.search(title):
        return _council(reading, elected["of"])
    if _OF_ANOTHER.search(title) or (not whose and _TRADE.match(title)):
        return None  # « vice-présidente de la Région »: of one that the text does not name; « la chercheuse »: of none
    if re.search(r" (?:a|vient de) (?:re)?nomm\w+ $", masked.text[:before]):
        return topic_of(reading, masked, before)
    if (office := _public_office(reading, title)) is not None:
        return office
    if _STATE_OFFICE.match(title):
        return (
            next((t.id for t in reading.things if re.match(r"(?:région )?académi|rector", fold(t.label))), None)
            if title[0] in "rR"
            else None
        )
    if re.match(r"(?:Représentante?|Contact|Responsable)\b[^⟨]*$", masked.text[:before]):
        sheet = beneficiary_before(reading, masked)
        if sheet is not None:
            return sheet
    at = masked.offsets[before]
    publisher = reading.publisher
    if whose in ("notre", "nos") and publisher is not None:
        return publisher
    if whose in ("son", "sa", "leur"):
        beside = [reading.thing_at(int(n)) for n in re.findall(r"⟨O(\d+)⟩", masked.text[:before])]
        if beside and beside[-1] is not None and re.search(r"⟨P\d+⟩,[^⟨⟩]*⟨O\d+⟩,?(?: et)? $", masked.text[:before]):
            return beside[-1].id
        topic = topic_of(reading, masked, before)
        if topic is None or (reading.things[topic].kind in _GIVERS and not _PUBLIC.match(title)):
            section = _subject_of_section(reading, masked)  # « le fonds X l'a dotée », says who directs the firm
            topic = section if section is not None else topic
        return topic if topic is not None else _body_before(reading, at, _BODIES)
    if _OF_PROJECT.match(title):
        topic = topic_of(reading, masked, before)
        if topic is not None and led_things(reading.things[topic]):
            return topic
    if _OF_FIRM.match(title):
        if publisher is not None and reading.things[publisher].kind in _FIRMS:
            return publisher
        nearest = _body_before(reading, at, _FIRMS)
        return _body_before(reading, at, _BODIES) if nearest is None else nearest
    if publisher is None or reading.things[publisher].kind in ("PublicAuthority", "FundingAgency"):
        earlier = _body_told_with(reading, masked, before)
        if earlier is not None:
            return earlier
    section = _subject_of_block(reading, masked, at)
    return (
        section if section is not None else publisher if publisher is not None else _body_before(reading, at, _BODIES)
    )


_GIVERS = frozenset({"FundingAgency", "PublicAuthority"})
#: Titles of those who hold a public office.
_PUBLIC = re.compile(
    r"(?:[Vv]ice-)?[Pp]résident|[Mm]aire|[Aa]djoint|[Cc]onseill|[Éé]lu|[Dd]élégué|[Dd]irect(?:eur|rice) général"
)
_MINISTER = re.compile(r"[Mm]inistre|[Ss]ecrétaire d'État")
_ELECTED = re.compile(
    r"(?:[Cc]onseill(?:er|ère)|[Éé]lue?) (?P<of>régional|départemental|municipal|métropolitain|communautaire|territorial)e?\b"
)
#: What a title's own complement names, so that it is of no other body.
_OF_ANOTHER = re.compile(
    r" (?:de la |de l'|du |des |de |d')(?:[Rr]égion|[Dd]épartement|[Mm]étropole|[Vv]ille|[Aa]gglo\w*|commune|académie|intercommunalité|collectivité|[Cc]onseil (?:régional|départemental|municipal)|P-O|Pays)\b"
)
_TRADE = re.compile(
    r"(?:[Pp]rofesseure?|[Cc]hercheu\w+|[Ii]ngénieure?|[Mm]édecin|[Tt]echnicien|[Dd]octorante?|[Pp]ost-?doc|[Pp]harmacien|[Bb]iologiste|\w+logue|\w+iatre|[Cc]hirurgien|[Aa]rchitecte|[Cc]onsultante?|[Ii]nfirmi|[Dd]éputée?|[Ss]énat|[Ee]nseignante?|[Mm]aître)"
)
#: Offices of the State, which are of no other body that the text happens to speak of.
_STATE_OFFICE = re.compile(
    r"[Ss]ecrétaire générale? (?:pour|à) l'investissement|(?:[Hh]aut-)?[Cc]ommissaire générale?|[Rr]ect(?:eur|rice)$"
)
_COUNCILS = {
    "régional": r"(?:région|conseil régional)\b",
    "départemental": r"(?:département|conseil départemental)\b",
    "municipal": r"(?:ville|commune|mairie)\b",
    "métropolitain": r".*métropole",
    "communautaire": r".*(?:agglo|communauté)",
    "territorial": r"collectivité",
}


def _ministry(reading: Reading) -> int | None:
    """Return the ministry whose text it is, or the only one that the text names."""
    publisher = reading.publisher
    if publisher is not None and "minist" in fold(reading.things[publisher].label):
        return publisher
    named = [t.id for t in reading.things if t.kind == "PublicAuthority" and fold(t.label).startswith("minist")]
    return named[0] if len(named) == 1 else None


def _council(reading: Reading, of: str) -> int | None:
    """Return the council whose member a title says somebody is, if the text names one."""
    named = [
        t.id
        for t in reading.things
        if t.kind == "PublicAuthority" and any(re.match(_COUNCILS[of], f, re.I) for f in (t.label, *t.aliases))
    ]
    return named[0] if len(named) == 1 else None


def _body_told_with(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return the firm or laboratory that an earlier sentence names before the person who speaks: « X, fondée par P »."""
    here = re.match(r"⟨P(\d+)⟩", masked.text[before:])
    who = reading.thing_at(int(here[1])) if here else None
    for piece in reading.masked[: masked.sentence.index] if who is not None else ():
        for found in re.finditer(r"⟨P(\d+)⟩", piece.text):
            if who is None or reading.thing_of[int(found[1])] != who.id:
                continue
            for number in reversed(re.findall(r"⟨O(\d+)⟩", piece.text[: found.start()])):
                thing = reading.thing_at(int(number))
                if thing is not None and thing.kind in _SECTION:
                    return thing.id
    return None


def _public_office(reading: Reading, title: str) -> int | None:
    """« secrétaire général pour l'investissement » holds office in the Secrétariat général pour l'investissement."""
    name = re.sub(r"^secretaire generale?", "secretariat general", fold(title))
    name = re.sub(r"^(?:haut )?commissaire(?: general)?", "commissariat general", name)
    if name == fold(title) or len(name.split()) < 3:
        return None
    return next((t.id for t in reading.things if any(fold(f).startswith(name) for f in (t.label, *t.aliases))), None)


_OF_PROJECT = re.compile(r"(?:[Cc]oord|[Rr]esponsable scientifique|[Pp]orteu|[Aa]nimat|[Pp]ilote)")


def topic_of(reading: Reading, masked: Masked, before: int) -> int | None:
    """Return what this sentence, else the one before, is about: its first body, project or platform after no preposition."""
    for piece, limit in (
        (masked, before),
        *((m, len(m.text)) for m in reversed(reading.masked[: masked.sentence.index])),
    ):
        if masked.sentence.block - piece.sentence.block > 1 or masked.sentence.index - piece.sentence.index > 3:
            return None
        for found in re.finditer(r"⟨[OJF](\d+)⟩", piece.text[:limit]):
            follows = piece.text[found.end() : found.end() + 4]
            listed = r"(?:⟨[OJF]\d+⟩(?:, | et ))*" if re.match(r", |,? et ", follows) else r"(?:⟨[OJF]\d+⟩ et )?"
            governed = rf"(?:^|[ (])(?:de|à|par|avec|pour|chez|dans|sur|en|sous|selon|entre) {listed}$"
            if re.search(governed, piece.text[: found.start()], re.I):
                continue
            thing = reading.thing_at(int(found[1]))
            if thing is not None and (found[0][1] != "F" or led_things(thing)):
                return thing.id
    return None


def _subject_of_block(reading: Reading, masked: Masked, at: int) -> int | None:
    """Return the firm, laboratory or club that the paragraph of an item or section names first, before a place."""
    pieces = [m for m in reading.masked if m.sentence.block == masked.sentence.block and m.sentence.start <= at]
    for piece in pieces:
        for found in re.finditer(r"⟨O(\d+)⟩", piece.text):
            mention, thing = reading.mentions[int(found[1])], reading.thing_at(int(found[1]))
            if mention.start >= at:
                return None
            if thing is not None and thing.kind in _SECTION:
                return thing.id
    return None


def _subject_of_section(reading: Reading, masked: Masked) -> int | None:
    """Return the firm, laboratory or club that the heading above names first, or the sentence after it."""
    above = [m for m in reading.masked[: masked.sentence.index] if m.sentence.kind in ("heading", "title")]
    if not above or masked.sentence.index - above[-1].sentence.index > 12:
        return None
    for piece in reading.masked[above[-1].sentence.index : above[-1].sentence.index + 2]:
        for number in re.findall(r"⟨O(\d+)⟩", piece.text):
            thing = reading.thing_at(int(number))
            if thing is not None and thing.kind in _SECTION:
                return thing.id
    return None


_SECTION = frozenset({"Company", "Laboratory", "NonProfit", "Cluster"})


def beneficiary_before(reading: Reading, masked: Masked) -> int | None:
    """Return whose sheet a line stands in: « Bénéficiaire : X … Représentant : Mme Y, directrice »."""
    for piece in reversed(reading.masked[: masked.sentence.index]):
        if found := re.match(r"Bénéficiaire ?: ?⟨O(\d+)⟩", piece.text):
            thing = reading.thing_at(int(found[1]))
            return thing.id if thing else None
    return None


def _body_before(reading: Reading, at: int, kinds: frozenset[str]) -> int | None:
    """Return the body of these classes that the text named last before a place."""
    for i in range(len(reading.mentions) - 1, -1, -1):
        mention, thing = reading.mentions[i], reading.thing_at(i)
        if mention.end <= at and thing is not None and thing.kind in kinds and thing.named:
            return thing.id
    return None
