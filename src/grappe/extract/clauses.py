"""Clauses: who does what to whom, read from a masked sentence by a shallow grammar.

A frame is a verb (or a noun made of one) with its subject and its complements by preposition. It sees through what
parts them: brackets, appositions, relative clauses, coordination, a subject that is not said again, the passive and
the bare participle. A dependency parser was tried on the same sentences: it loses appositions, coordinated sums and
every second relative clause of this genre, and takes « X finance » for a name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from grappe.extract.phrases import Phrase, Phrases
from grappe.extract.pieces import WISHES, Group, cut
from grappe.extract.reading import Masked, Reading, Thing

__all__ = ["Frame", "Phrase", "appositions", "frames", "frames_of"]

#: Nouns that say what verbs say: « le soutien de X à Y », « partenariat entre A et B ».
NOUNS = frozenset(
    """soutien appui financement cofinancement subvention aide prêt don avance participation contribution concours
    mécénat partenariat convention accord contrat signature création labellisation adhésion levée dotation
    investissement apport collaboration alliance attribution octroi versement allocation affectation obtention bourse
    enveloppe chèque crédit""".split()
)
_GIVEN = frozenset({"attribuer", "accorder", "octroyer", "allouer", "verser", "décerner", "remettre"})
_HALTS = frozenset(
    "auquel auxquels auxquelles qui que qu' dont où mais tandis lorsque car si quand lequel laquelle lesquels lesquelles".split()
)
_BEARS = re.compile(r"(?: [a-zé]+)? en charge\b|[^.;:]{0,40} à (?:sa|leur) charge\b")
_FINITE = frozenset({"finite", "conditional"})
#: Relative pronouns whose clause has a subject of its own.
_OF_ANOTHER = frozenset("que qu' dont où auquel auxquels auxquelles".split())
_PLURAL_PRONOUNS = frozenset({"ils", "elles"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb or deverbal noun with its arguments.

    ``subject`` of a passive is its patient. ``others`` are further readings of the subject, less likely ones last.
    ``modality`` is "" for what is stated as true, else negated, wished, conditional, question or purpose.
    """

    reading: Reading
    masked: Masked
    lemma: str
    voice: str
    modality: str
    subject: Phrase | None
    others: tuple[Phrase, ...]
    complements: tuple[Phrase, ...]
    start: int
    end: int
    mood: str = ""
    reflexive: bool = False

    @property
    def stated(self) -> bool:
        """Whether the clause states what it says as true."""
        return not self.modality

    @property
    def subjects(self) -> tuple[Phrase, ...]:
        """All readings of the subject, the likeliest first."""
        return ((self.subject,) if self.subject else ()) + self.others

    def after(self, *prepositions: str) -> tuple[Phrase, ...]:
        """Return the complements after one of some prepositions; "" is the direct object."""
        return tuple(c for c in self.complements if c.preposition in prepositions)

    def things(self, phrase: Phrase | None) -> tuple[Thing, ...]:
        """Return the things that a phrase names, in order, each once."""
        found = (self.reading.thing_at(n) for n in (phrase.mentions if phrase else ()))
        return tuple(dict.fromkeys(t for t in found if t is not None))

    def span(self, *phrases: Phrase | None) -> tuple[int, int]:
        """Return the range of the normalised text that holds the verb and some phrases."""
        held = [(self.start, self.end), *((p.start, p.end) for p in phrases if p is not None)]
        return self.masked.origin(min(a for a, _ in held), max(b for _, b in held), self.reading.mentions)


class _Same:
    """A reading as a key of the cache: itself and no equal one, for what it holds is long to compare."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.reading is self.reading


@functools.lru_cache(maxsize=2)
def _frames(same: _Same) -> Mapping[int, tuple[Frame, ...]]:
    """Return the frames of a reading by the index of their sentence."""
    out: dict[int, list[Frame]] = {}
    for frame in _read(same.reading):
        out.setdefault(frame.masked.sentence.index, []).append(frame)
    return {index: tuple(held) for index, held in out.items()}


def frames(reading: Reading, *lemmas: str) -> Iterator[Frame]:
    """Return the frames of a reading in order, those of some lemmas if any are given."""
    for held in _frames(_Same(reading)).values():
        yield from (frame for frame in held if not lemmas or frame.lemma in lemmas)


def frames_of(reading: Reading, masked: Masked) -> tuple[Frame, ...]:
    """Return the frames of one sentence."""
    return _frames(_Same(reading)).get(masked.sentence.index, ())


def appositions(reading: Reading) -> Iterator[tuple[Masked, Phrase]]:
    """Return each bare phrase that stands in apposition, its anchor being what it says something of."""
    for masked, held in _appositions(_Same(reading)):
        yield from ((masked, phrase) for phrase in held)


@functools.lru_cache(maxsize=2)
def _appositions(same: _Same) -> tuple[tuple[Masked, tuple[Phrase, ...]], ...]:
    tokens = {t.start: t for t in same.reading.tokens}
    out = []
    for masked in same.reading.masked:
        clauses = _Clauses(same.reading, Phrases(cut(masked, tokens), insertions=False))
        held = tuple(p for p, _ in clauses.left(0, len(clauses.line)) if p.anchor)
        if held:
            out.append((masked, held))
    return tuple(out)


def _read(reading: Reading) -> Iterator[Frame]:
    tokens = {t.start: t for t in reading.tokens}
    several: Phrase | None = None
    block = -9
    for masked in reading.masked:
        if masked.sentence.kind == "furniture":
            continue
        clauses = _Clauses(
            reading, Phrases(cut(masked, tokens)), several if masked.sentence.block <= block + 1 else None
        )
        for frame in clauses.frames():
            if frame.mood in _FINITE and frame.subject and frame.subject.plural and len(frame.subject.mentions) > 1:
                several, block = frame.subject, masked.sentence.block
            yield frame


class _Clauses:
    """The clauses of one sentence."""

    def __init__(self, reading: Reading, phrases: Phrases, several: Phrase | None = None) -> None:
        #: What « ils » at the head of this sentence are: the subject in the plural of one before it.
        self.several = several
        self.reading, self.phrases = reading, phrases
        self.line, self.groups = phrases.line, phrases.groups
        self.masked = phrases.pieces.masked
        self.subjects: dict[int, tuple[Phrase, ...]] = {}
        dashes = [k for k, piece in enumerate(self.line) if piece.text in ("–", "—", ":")]
        #: Where the head of an item ends: « PlastiLoop – Porté par l'IPC, ce projet … ».
        self.dash = dashes[0] if len(dashes) == 1 and dashes[0] <= 5 else -1

    def frames(self) -> Iterator[Frame]:
        for number, group in enumerate(self.groups):
            before, after = self._subject(number, group)
            self.subjects[number] = before
            behind = group.last + 1
            while group.restricted and behind < len(self.line) and self.line[behind - 1].low not in ("que", "qu'"):
                behind += 1
            complements = (*after, *self.complements(behind))
            if not complements and not before:
                continue
            lemma = group.lemma
            if number and group.mood == "infinitive" and lemma in _GIVEN:
                seen = self.groups[number - 1]
                if seen.lemma == "voir" and seen.reflexive and group.first - seen.last <= 2:
                    lemma = "recevoir"  # « X se voit attribuer 30 M€ »
            if lemma == "prendre" and _BEARS.match(self.masked.text, self.line[group.last].end):
                lemma = "financer"  # « X prend en charge 2 M€ », « en prend 24 à sa charge »
            yield self._frame(lemma, group, before, complements)
        for i, piece in enumerate(self.line):
            if piece.sort == "word" and piece.low.rstrip("s") in NOUNS and i not in self.phrases.owner:
                complements = self.complements(i + 1)
                if complements:
                    noun = Group(i, i, piece.low.rstrip("s"), "noun", "noun", self._around(i))
                    yield self._frame(noun.lemma, noun, (), complements)

    def _frame(self, lemma: str, group: Group, before: tuple[Phrase, ...], after: tuple[Phrase, ...]) -> Frame:
        start, end = self.line[group.first].start, self.line[group.last].end
        first, rest = (before[0], before[1:]) if before else (None, ())
        modality = group.modality or self._condition(group.first)
        return Frame(
            self.reading, self.masked, lemma, group.voice, modality, first, rest, after, start, end, group.mood,
            group.reflexive,
        )  # fmt: skip

    def _around(self, i: int) -> str:
        """Return what the verb that governs a noun makes of it: « négocie un prêt »."""
        held = [g for g in self.groups if g.last < i and not any(self.line[k].text in ";:" for k in range(g.last, i))]
        return _objective(held[-1]) if held else ""

    def _condition(self, first: int) -> str:
        for k in range(first - 1, -1, -1):
            word = self.line[k].low
            if word in (";", ":"):
                return ""
            if word == "si" or (word == "condition" and k and self.line[k - 1].low == "à"):
                return "conditional"
        return ""

    def complements(self, i: int, *, comma: bool = True) -> tuple[Phrase, ...]:
        """Return the phrases that follow a verb, up to the next clause; participles among them keep their own."""
        out: list[Phrase] = []
        n = len(self.line)
        while i < n:
            piece = self.line[i]
            if piece.low in _HALTS or (piece.sort == "stop" and piece.text in ";:.?!"):
                break
            if i in self.phrases.begins:
                group = self.groups[self.phrases.begins[i]]
                if group.mood != "participle":
                    break
                i = self.end_of(group.last + 1)
                continue
            if piece.text == "," and not comma:
                break
            found = self.phrases.phrase(i, guard=True)
            if found is None:
                i += 1
                continue
            phrase, after = found
            verb = self.phrases.verb_after(after)
            if phrase.preposition == "" and verb is not None and i and self.line[i - 1].low in (",", "et", "puis"):
                break
            if phrase.preposition == "" and i and self.line[i - 1].text == "," and out and out[-1].mentions:
                phrase = replace(phrase, anchor=out[-1].mentions)
            out.append(phrase)
            i = after
        return tuple(out)

    def end_of(self, i: int) -> int:
        """Return where the complements of a bare participle end: at a comma or the next verb."""
        n = len(self.line)
        while i < n:
            piece = self.line[i]
            if piece.low in _HALTS or piece.sort == "stop" or i in self.phrases.begins:
                break
            if piece.low == "et" and self.phrases.verb_after(i + 1) is not None:
                break
            found = self.phrases.phrase(i, guard=True)
            i = found[1] if found else i + 1
        return i

    def left(self, start: int, end: int) -> list[tuple[Phrase, int]]:
        """Return the phrases between two places, each with where it ends; participles' complements are inside."""
        out: list[tuple[Phrase, int]] = []
        i = start
        while i < end:
            if i in self.phrases.begins:
                i = self.groups[self.phrases.begins[i]].last + 1
                continue
            found = self.phrases.phrase(i, guard=False)
            if found is None or found[1] > end:
                i += 1
                continue
            phrase = found[0]
            if phrase.preposition == "" and i and self.line[i - 1].text in ",–-" and out:
                phrase = replace(phrase, anchor=_anchor(out[-1][0]))
            out.append((phrase, found[1]))
            i = found[1]
        return out

    def _start(self, number: int, at: int) -> tuple[int, int | None]:
        """Return where the clause of a verb begins, and the finite verb before it in the sentence if that bounds it."""
        verbs = {k: n for n, g in enumerate(self.groups[:number]) if g.mood in _FINITE for k in (g.last,)}
        for k in range(at - 1, -1, -1):
            if k in verbs:
                return k + 1, verbs[k]
            piece = self.line[k]
            if piece.low in _HALTS or (piece.sort == "stop" and piece.text in ";:.?!") or k == self.dash:
                return k + 1, None
        return 0, None

    def _subject(self, number: int, group: Group) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
        """Return the readings of a group's subject, and what stands before the verb and completes it (« que X dirige »)."""
        if group.mood == "participle":
            return self._patient(number, group), ()
        if group.mood == "gerund" and group.first and self.line[group.first - 1].low != "en":
            return self._patient(number, group), ()  # « le projet X, associant Y et Z »
        if group.mood in ("infinitive", "gerund"):
            for k in range(number - 1, -1, -1):
                if self.groups[k].mood in _FINITE:
                    return self.subjects.get(k, ()), ()
            ahead = self._ahead(group) if group.mood == "gerund" else None
            return ((ahead,) if ahead else ()), ()
        at = self.phrases.back(group.first)
        if at < 0 and group.mood == "finite":
            return self._inverted(group), ()
        if at >= 0 and self.line[at].low == "qui":
            return tuple(_one(p, plural=group.plural) for p in self._before_relative(number, at)), ()
        if (at >= 0 and self.line[at].low in ("auquel", "auxquels", "auxquelles")) or (
            at > 0 and self.line[at].low in ("laquelle", "lesquels", "lesquelles") and self.line[at - 1].low == "à"
        ):
            found = self.phrases.phrase(group.last + 1, guard=True)
            subject = (found[0],) if found and found[0].preposition == "" else ()
            taken = _taken(self._before_relative(number, at if self.line[at].low.startswith("au") else at - 1))
            return subject, tuple(replace(p, preposition="à") for p in taken)
        if at >= 0 and self.line[at].low in ("que", "qu'"):
            found = self.phrases.phrase(group.last + 1, guard=True)
            subject = (found[0],) if found and found[0].preposition == "" else ()
            return subject, tuple(_bare(p) for p in _taken(self._before_relative(number, at)))
        if at >= 0 and self.line[at].low in ("il", "elle", "ils", "elles", "celui-ci", "celle-ci"):
            main = next((k for k in range(number - 1, -1, -1) if self.groups[k].mood in _FINITE), None)
            before = self.line[at - 1].low if at else ""
            taken = _taken(self._before_relative(number, at - 1)) if before in ("que", "qu'") else ()
            if main is None and self.several is not None and self.line[at].low in _PLURAL_PRONOUNS:
                they = replace(self.several, start=self.line[at].start, end=self.line[at].end, anchor=())
                return (they,), tuple(_bare(p) for p in taken)
            return self.subjects.get(main, ()) if main is not None else (), tuple(_bare(p) for p in taken)
        start, earlier = self._start(number, group.first)
        left = self.left(start, group.first)
        opener = self.line[start - 1].low if start else ""
        bare = [p for p, _ in left if p.preposition == "" and _may_act(p)]
        if opener in ("laquelle", "lequel", "lesquels", "lesquelles", "auquel", "auxquels", "auxquelles") and bare:
            to = self.line[start - 2].low == "à"
            taken = tuple(replace(p, preposition="à") for p in _taken(self._before_relative(number, start - 1 - to)))
            return (bare[-1],), taken if opener.startswith("a") or to else ()
        if opener in ("que", "qu'") and bare:
            return (bare[-1],), tuple(_bare(p) for p in _taken(self._before_relative(number, start - 1)))
        if opener == "dont" and bare and earlier is None:
            taken = _taken(self._before_relative(number, start - 1))
            return tuple(reversed(bare)), tuple(replace(p, preposition="dont") for p in taken)
        if earlier is not None:
            joined = at >= 0 and self.line[at].low in ("et", ",", "puis", "ou")
            adjacent = [p for p, end in left if end == at + 1 and p.preposition == ""]
            if self.line[at].text == "," and (around := self._around_relative(earlier)):
                return around, ()
            if joined or not bare:
                return self.subjects.get(earlier, ()), ()
            return (tuple(adjacent[-1:]) or (bare[-1],)), ()
        if self.line[0].low == "quant" and len(left) > 1 and left[0][0].mentions:
            return (_bare(left[0][0]),), ()  # « Quant à la Région, elle a débloqué »
        if at >= 0 and self.line[at].text == "," and bare:
            named = [p for p in bare if p.mentions and not p.anchor]
            return tuple((named or bare)[:1]) + tuple(p for p in bare if p not in (named or bare)[:1]), ()
        return tuple(reversed(bare)), ()

    def _inverted(self, group: Group) -> tuple[Phrase, ...]:
        """Return the subject behind a verb that opens its sentence: « S'y ajoutent un prêt de X et … », « Ont aidé Y A et B »."""
        bare = [p for p in self.complements(group.last + 1) if p.preposition == "" and _may_act(p)]
        named = [p for p in bare if p.mentions]
        return tuple(named[-1:] or bare[-1:])

    def _around_relative(self, number: int) -> tuple[Phrase, ...]:
        """Return what a relative clause stands after, of which the verb behind its comma is said: « X, dont Y rit, dort »."""
        start, _ = self._start(number, self.groups[number].first)
        if start < 2 or self.line[start - 1].low not in _OF_ANOTHER or self.line[start - 2].text != ",":
            return ()
        return _taken(self._before_relative(number, start - 1))

    def _ahead(self, group: Group) -> Phrase | None:
        """Return the subject that follows a participle at the head of a clause: « Porté par X, Y associe … »."""
        i = self.end_of(group.last + 1)
        while i < len(self.line) and self.line[i].text != "," and i not in self.phrases.begins:
            i += 1
        while i < len(self.line):
            if self.line[i].low in _HALTS or (
                i in self.phrases.begins and self.groups[self.phrases.begins[i]].mood in _FINITE
            ):
                return None
            found = self.phrases.phrase(i, guard=False)
            if found and found[0].preposition == "" and found[0].letters.strip("DYSMQ"):
                return found[0]
            if (
                found
                and not found[0].preposition
                and re.match(r"l'|(?:le|la|les|cette|cet|ce|ces) ", found[0].lead, re.I)
                and self.phrases.verb_after(found[1]) is not None
            ):
                return found[0]
            i = found[1] if found else i + 1
        return None

    def _patient(self, number: int, group: Group) -> tuple[Phrase, ...]:
        """Return what a bare participle is said of: what stands before it, or after it at the head of a clause."""
        at = self.phrases.back(group.first)
        joined = at >= 0 and self.line[at].low == "et"
        comma = at >= 0 and self.line[at].text == ","
        if joined and number and self.groups[number - 1].mood == "participle":
            return self.subjects.get(number - 1, ())
        if at < 0 or (self.line[at].sort == "stop" and not comma):
            ahead = self._ahead(group) or (self.phrases.phrase(0, guard=False) or (None,))[0] if at == self.dash else self._ahead(group)  # fmt: skip
            return (ahead,) if ahead else ()
        start, earlier = self._start(number, group.first)
        left = self.left(start, group.first)
        if not left:
            if earlier is not None:
                return self.subjects.get(earlier, ())
            ahead = self._ahead(group) if start == 0 and comma else None
            return (ahead,) if ahead else ()
        last = left[-1][0]
        tops = [p for p, _ in left if p.preposition == "" and not (p.letters and not p.letters.strip("DYSQE"))]
        if earlier is not None and tops and self.groups[earlier].lemma == "être" and not tops[0].mentions:
            tops[0] = replace(
                tops[0], anchor=next((p.mentions for p in self.subjects.get(earlier, ()) if p.mentions), ())
            )
        ranked = (
            [last, *reversed(tops)]
            if not comma or last.preposition == ""
            else [*reversed(tops[-1:]), last, *reversed(tops[:-1])]
        )
        return tuple(dict.fromkeys(_agreeing(ranked, plural=group.plural)))

    def _before_relative(self, number: int, at: int) -> tuple[Phrase, ...]:
        """Return the readings of what a relative pronoun at a place takes up."""
        k = at - 1
        if k >= 0 and self.line[k].low in ("et", ",") and number:
            # « qui a réuni … et que le FEDER a soutenu »: the same as the relative before.
            for j in range(k, -1, -1):
                if self.line[j].low in ("qui", "que", "qu'") and self.line[k].low == "et":
                    return self._before_relative(number, j)
        comma = k >= 0 and self.line[k].text == ","
        start, earlier = self._start(number, at)
        left = self.left(start, at)
        if not left:
            return self.subjects.get(earlier, ()) if earlier is not None else ()
        last = left[-1][0]
        tops = [
            p for p, _ in left if (p.preposition == "" and p.letters.strip("DYSMQE")) or (not p.mentions and p.anchor)
        ]
        ranked = (
            [last, *reversed(tops)]
            if not comma or last.preposition in ("", "avec", "de", "à")
            else [*reversed(tops), last]
        )
        return tuple(dict.fromkeys(_referent(p) for p in ranked))


_TIME = re.compile(r"\b(?:jour|mois|année|an|semaine|matin|soir|automne|printemps|été|hiver|fois|temps)$", re.I)


def _may_act(phrase: Phrase) -> bool:
    """Return whether a bare phrase may be a subject: no date, sum, area or quotation, nor « le même jour »."""
    return bool(phrase.letters.strip("DYSQ") or (not phrase.mentions and phrase.lead and not _TIME.search(phrase.lead)))


def _one(phrase: Phrase, *, plural: bool) -> Phrase:
    """Return what « qui » takes up: of a list the last before a verb in the singular, never the noun that it hangs on."""
    if not plural and len(phrase.mentions) > 1:
        phrase = replace(phrase, mentions=phrase.mentions[-1:], letters=phrase.letters[-1:])
    return replace(phrase, via="") if phrase.mentions and not plural else phrase


def _taken(readings: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return the likeliest reading of what « que » takes up: the first that names something."""
    return tuple(p for p in readings if p.mentions)[:1] or readings[:1]


def _bare(phrase: Phrase) -> Phrase:
    return replace(phrase, preposition="")


def _objective(group: Group) -> str:
    if group.modality:
        return group.modality
    return "wished" if group.lemma in WISHES and group.voice == "active" else ""


def _anchor(before: Phrase) -> tuple[int, ...]:
    """Return what an apposition after a phrase is said of: the phrase, or what the phrase itself is an apposition to."""
    if before.anchor and (before.via or not before.mentions):
        return before.anchor
    return before.mentions


def _referent(phrase: Phrase) -> Phrase:
    """Return a phrase with what it stands for: « unité mixte de X et Y » after a comma is what stands before the comma."""
    if phrase.anchor and (not phrase.mentions or phrase.via or not phrase.letters.strip("DYS")):
        return replace(phrase, mentions=phrase.anchor, letters="", via="")
    return phrase


def _agreeing(phrases: list[Phrase], *, plural: bool) -> Iterator[Phrase]:
    """Return the phrases that agree in number with a participle, then the others."""
    yield from (_referent(p) for p in phrases if plural or not p.plural)
    yield from (_referent(p) for p in phrases if not (plural or not p.plural))
