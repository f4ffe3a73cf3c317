"""What a rule about facilities sees: a sentence to walk along, and what the text has said of facilities before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal as OneOf

from grappe.extract.claims import Claim, Range, not_stated
from grappe.extract.clauses import frames_of
from grappe.extract.premises_words import DEFINITE, FEMININE, PARTS
from grappe.extract.reading import Masked, Mention, Reading, Thing
from grappe.extract.walk import Walk, Word
from grappe.model import Literal, Term

__all__ = ["OWNERS", "Scene", "View"]

#: Classes that have premises by the plain words of use; an authority or a fund that « opens » a building pays for it.
OWNERS = frozenset(
    {"Company", "Laboratory", "University", "Hospital", "ResearchOrganization", "Cluster", "Organization", "NonProfit", "ResearchNetwork", "Project"}
)  # fmt: skip

Status = OneOf["InOperation", "UnderConstruction", "Planned"]


@dataclass(slots=True)
class Scene:
    """A document as the rules about facilities read it, sentence by sentence; it remembers what was said."""

    reading: Reading
    container: dict[int, int] = field(default_factory=dict)
    holders: dict[int, list[int]] = field(default_factory=dict)
    spoken: list[tuple[int, int]] = field(default_factory=list)  # (sentence, thing)
    sizes: set[int] = field(default_factory=set)  # things that turned out to be the size of another

    def root(self, thing: int) -> int:
        """Return the outermost facility that holds a facility."""
        seen = {thing}
        while (outer := self.container.get(thing)) is not None and outer not in seen:
            thing = outer
            seen.add(outer)
        return thing

    def learn(self, claim: Claim) -> None:
        """Remember a claim of containment or possession for the sentences that follow."""
        if isinstance(claim.object, int):
            if claim.predicate == "grp:containedIn":
                self.container.setdefault(claim.subject, claim.object)
            elif claim.predicate in ("grp:hasFacility", "grp:plans"):
                self.holders.setdefault(claim.object, []).append(claim.subject)

    def leave(self, view: View) -> None:
        """Note which facilities a sentence spoke of, the one that it is about first."""
        places = sorted(view.mentions("F"), key=lambda i: bool(view.walk.governed(i)))  # what it is about comes first
        things = [t for i in places if (t := view.thing(i)) is not None]
        whole = [t for t in things if t.kind not in PARTS] or things
        for thing in reversed(whole):
            if (view.index, thing.id) not in self.spoken:
                self.spoken.append((view.index, thing.id))

    def spoken_of(
        self, index: int, *, back: int = 3, root: bool = True, far: bool = False, buildings: bool = False
    ) -> Thing | None:
        """Return the facility that a text is about at a sentence, by what the sentences before it speak of.

        Args:
            index: The number of the sentence.
            back: How many sentences back the facility may stand.
            root: Whether of a part the whole is meant.
            far: Whether otherwise the building of which the document says most will do.
            buildings: Whether only a building or premises that many share can be meant.
        """
        for there, thing in reversed(self.spoken):
            outer = self.reading.things[self.root(thing)]
            if buildings and not _shared(outer, self.reading):
                continue
            if there < index and index - there <= back:
                return self.reading.things[self.root(thing) if root else thing]
        if not far:
            return None
        wholes = [
            t
            for t in self.reading.things
            if t.kind in ("Building", "TechnologyPlatform", "LaboratoryFacility", "Facility")
            and any(i == t.id for _, i in self.spoken)
            and t.id not in self.container
            and (not buildings or _shared(t, self.reading))
        ]
        if not wholes:
            return None
        return max(wholes, key=lambda t: (t.named, t.kind == "Building", len(t.mentions), -t.id))


def _shared(thing: Thing, reading: Reading) -> bool:
    shapes = [s for i in thing.mentions if (s := reading.mentions[i].facility) is not None]
    return thing.kind == "Building" or any(
        re.match(r"hôtel|pépinière|locaux|village|incubateur|extension|centre|tiers", s.noun) for s in shapes
    )


_CUT = re.compile(
    r"[;:?!]| mais | alors que | tandis que | en revanche|,? et (?=(?:n'|ne |se |s'|l'|y |en )?(?:rêv|souhait|envisag|espèr|ambitionn|négoci|étudi|réfléchi|cherch|sollicit|pourr|devr|va\b|vont\b|a\b|ont\b|est\b|sont\b|sera\b|\w+era\b|dispos|emploi|compt|accueill))"
)
_ASIDE = re.compile(r", (?:qui|dont|où|que) [^,;]*,|\([^()]*\)")


@dataclass(frozen=True, slots=True)
class View:
    """One sentence of the scene."""

    scene: Scene
    walk: Walk
    index: int

    @property
    def masked(self) -> Masked:
        """The sentence with its mentions masked."""
        return self.walk.masked

    @property
    def text(self) -> str:
        """The text of the masked sentence."""
        return self.walk.masked.text

    @property
    def told(self) -> bool:
        """Whether it is a sentence, an item or a row: a headline announces what the text then tells."""
        return self.masked.sentence.kind in ("paragraph", "item", "row")

    def word(self, i: int) -> Word:
        """Return a word of the sentence by its index."""
        return self.walk.words[i]

    def mention(self, word: Word | int) -> Mention:
        """Return the mention that a word of the sentence stands for."""
        number = self.walk.words[word].number if isinstance(word, int) else word.number
        return self.scene.reading.mentions[number]

    def thing(self, word: Word | int) -> Thing | None:
        """Return the thing that a word of the sentence names, or None for a value."""
        number = self.walk.words[word].number if isinstance(word, int) else word.number
        return self.scene.reading.thing_at(number)

    def subjects(self, place: int) -> tuple[int, ...]:
        """Return the indices of the mentions that are the subject of the verb at a place.

        The clause tells where there is one: it sees past relative clauses and subjects behind their verb.
        """
        for frame in frames_of(self.scene.reading, self.masked):
            if frame.voice != "noun" and frame.start <= place < frame.end and frame.subject and frame.subject.mentions:
                if frame.subject.via or frame.subject.lead or not frame.subject.letters.strip("DLMSY"):
                    break
                numbers = frame.subject.mentions
                return tuple(i for i, w in enumerate(self.walk.words) if w.number in numbers)
        return self.walk.subjects(place)

    def mentions(self, letters: str) -> Iterator[int]:
        """Return the indices of the mentions of some sorts, in order."""
        return (i for i, w in enumerate(self.walk.words) if w.letter and w.letter in letters)

    def span(self, *places: int | Range) -> Range:
        """Return the smallest range of the normalised text that holds words (by index) and masked ranges."""
        ranges = [(self.walk.words[p].start, self.walk.words[p].end) if isinstance(p, int) else p for p in places]
        a, b = min(r[0] for r in ranges), max(r[1] for r in ranges)
        return self.masked.origin(a, b, self.scene.reading.mentions)

    def asserted(self, start: int, end: int) -> bool:
        """Return whether the clause that holds a range of the masked text is stated as true.

        A coordinate clause (« et rêve de … ») and a relative one (« , qui souhaite …, ») speak for themselves.
        """
        text = self.text
        if text.rstrip(" »").endswith("?"):
            return False
        aside = next((m for m in re.finditer(r"\([^()]*\)", text) if m.start() < start < m.end()), None)
        if aside is not None:
            return not not_stated(aside[0])
        cuts = [0, *(m.end() for m in _CUT.finditer(text)), len(text)]
        left = max(c for c in cuts if c <= start)
        right = min((c for c in cuts if c >= end), default=len(text))
        piece = text[left:right]
        for aside in _ASIDE.finditer(text):
            if left <= aside.start() and aside.end() <= right and not aside.start() < start < aside.end():
                piece = piece.replace(aside[0], " ", 1)
        return not not_stated(piece)

    def given(self, i: int) -> bool:
        """Return whether what a facility's own phrase says holds: a definite one is there whatever the clause denies."""
        mention = self.mention(i)
        word = self.word(i)
        if mention.facility is None or mention.facility.determiner in DEFINITE or self.determined(i):
            return True
        return self.asserted(word.start, word.end)

    def wholes(self, place: int) -> tuple[Thing | None, int | None]:
        """Return the facility that is the subject of a verb of comprising at a place, and its index if it is a word there.

        A pronoun that stands for a body elsewhere stands for premises before « comprend » or « abrite », if the
        sentence before speaks of premises of its gender.
        """
        if (front := re.match(r"(?:Les |Ces )?⟨S\d+⟩ de (?=⟨F)", self.text)) and place > front.end():
            i = self.walk.at(front.end())
            return self.thing(i), i
        subjects = self.subjects(place)
        if not subjects:
            return (self.scene.spoken_of(self.index, back=1), None) if self.subjectless(place) else (None, None)
        i = subjects[0]
        if self.word(i).letter == "F":
            return self.thing(i), i
        mention = self.mention(i)
        if mention.rule.startswith("pronoun") and self.told:
            spoken = self.scene.spoken_of(self.index, back=1, root=False)
            shapes = [s for m in spoken.mentions if (s := self.scene.reading.mentions[m].facility)] if spoken else []
            feminine = (
                self.scene.reading.normal.text[mention.start : mention.end].casefold().startswith(("elle", "celle"))
            )
            if spoken is not None and (not shapes or bool(FEMININE.match(shapes[0].noun)) == feminine):
                return spoken, None
        return None, None

    def subjectless(self, place: int) -> bool:
        """Return whether the verb at a place has a pronoun for its subject, or words like « l'ensemble », or none."""
        before = re.split(r"[,;:] | et ", self.text[:place])[-1]
        return (
            re.fullmatch(
                r"(?:⟨S\d+⟩|(?:[Ii]l|[Ee]lle)s?|[Cc]el(?:ui|le)-ci|[Ll]'ensemble|[Ll]e tout|[Cc]e dernier|[Cc]ette dernière|qui)? ?(?:y |en )?",
                before,
            )
            is not None
        )

    def tells(self, i: int) -> bool:
        """Return whether a facility is more than a loose phrase of a headline."""
        thing = self.thing(i)
        if self.told or thing is None:
            return True
        spans = [self.scene.reading.mentions[m] for m in thing.mentions]
        kinds = (s.kind for s in self.scene.reading.sentences for m in spans if s.start <= m.start < s.end)
        return any(kind not in ("title", "heading") for kind in kinds)

    def determined(self, i: int) -> bool:
        """Return whether a mention is the thing of an earlier, definite or named mention."""
        thing = self.thing(i)
        return thing is not None and thing.named

    def claim(
        self, subject: Thing, predicate: str, value: Thing | Term | Literal, span: Range, rule: str, confidence: float
    ) -> Claim:
        """Return a claim about a thing."""
        return Claim(subject.id, predicate, value.id if isinstance(value, Thing) else value, span, rule, confidence)

    def status(self, thing: Thing, status: Status, span: Range, rule: str, confidence: float) -> Claim:
        """Return a claim about how far a thing is."""
        return Claim(thing.id, "grp:status", Term(f"grp:{status}"), span, rule, confidence)

    def there(self, place: int) -> Thing | None:
        """Return what « y » means at a place: the facility of a relative clause's antecedent, else the one spoken of."""
        k = self.walk.at(place)
        for i in range(k - 1, -1, -1):
            if self.word(i).text in ("où", "qui", "dont"):
                for j in self.walk.antecedent(i):
                    if self.word(j).letter == "F":
                        return self.thing(j)
            if self.word(i).text in (";", ":"):
                break
        subjects = self.subjects(place)
        for i in range(k - 1, -1, -1):
            if self.word(i).letter == "F" and self.word(i).depth == 0 and i not in subjects:
                found = self.thing(i)
                if found is not None:
                    return self.scene.reading.things[self.scene.root(found.id)]
        return self.scene.spoken_of(self.index, far=True)
