"""The clauses of one sentence: each verb with its subject and complements, found by a shallow grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract import takings
from grappe.extract.frame import Frame
from grappe.extract.phrases import Phrase, Phrases
from grappe.extract.pieces import Group
from grappe.extract.reading import Reading

__all__ = ["FINITE", "Clauses"]

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
#: The moods of a verb that has a subject of its own.
FINITE = frozenset({"finite", "conditional"})
_PLURAL_PRONOUNS = frozenset({"ils", "elles"})
#: Verbs of which a phrase of place may stand in front and the subject behind.
_SETTLING = frozenset(
    """emménager installer implanter ouvrir naître siéger travailler prendre figurer trouver participer rejoindre côtoyer
    cohabiter coexister voisiner venir être""".split()
)


class Clauses:
    """The clauses of one sentence."""

    def __init__(self, reading: Reading, phrases: Phrases, several: Phrase | None = None) -> None:
        #: What « ils » at the head of this sentence are: the subject in the plural of one before it.
        self.several = several
        self.reading, self.phrases = reading, phrases
        self.line, self.groups = phrases.line, phrases.groups
        self.masked = phrases.pieces.masked
        self.subjects: dict[int, tuple[Phrase, ...]] = {}
        #: Where the relative clause of a verb begins, of « que », « où », « auquel », whose subject is another.
        self.relative: dict[int, int] = {}
        self.taken: dict[int, tuple[Phrase, ...]] = {}
        dashes = [k for k, piece in enumerate(self.line) if k and piece.text in ("–", "—", ":")]
        #: Where the head of an item ends: « PlastiLoop – Porté par l'IPC, ce projet … ».
        self.dash = dashes[0] if len(dashes) == 1 and dashes[0] <= 5 else -1

    def frames(self) -> Iterator[Frame]:
        """Return the clauses in order: of each verb, then of each noun that says what a verb would."""
        for number, group in enumerate(self.groups):
            before, taken = self._subject(number, group)
            behind = group.last + 1
            while group.restricted and behind < len(self.line) and self.line[behind - 1].low not in ("que", "qu'"):
                behind += 1
            complements = self.complements(behind, guard=not self._inside(number, group, before))
            if not before and group.mood in FINITE and (turned := self._turned(group, complements)) is not None:
                before = (turned,)
            self.subjects[number] = before
            self.taken[number] = taken
            complements = (*takings.taken(taken), *(c for c in complements if c not in before))
            if not complements and not before:
                continue
            lemma = group.lemma
            if number and group.mood == "infinitive" and lemma in _GIVEN:
                seen = self.groups[number - 1]
                if seen.lemma == "voir" and seen.reflexive and group.first - seen.last <= 2:
                    lemma = "recevoir"  # « X se voit attribuer 30 M€ »
            if lemma == "prendre" and _BEARS.match(self.masked.text, self.line[group.last].end):
                lemma = "financer"  # « X prend en charge 2 M€ », « en prend 24 à sa charge »
            yield self._frame(lemma, group, before, complements, taken)
        for i, piece in enumerate(self.line):
            if piece.sort == "word" and piece.low.rstrip("s") in NOUNS and i not in self.phrases.owner:
                complements = self.complements(i + 1)
                if complements:
                    noun = Group(i, i, piece.low.rstrip("s"), "noun", "noun", self._around(i))
                    yield self._frame(noun.lemma, noun, (), complements)

    def _frame(
        self,
        lemma: str,
        group: Group,
        before: tuple[Phrase, ...],
        after: tuple[Phrase, ...],
        taken: tuple[Phrase, ...] = (),
    ) -> Frame:
        start, end = self.line[group.first].start, self.line[group.last].end
        first, rest = (before[0], before[1:]) if before else (None, ())
        modality = group.modality or self._condition(group.first)
        return Frame(
            self.reading, self.masked, lemma, group.voice, modality, first, rest, after, start, end, group.mood,
            group.reflexive, taken, self._front(group), any(self.line[k].low == "y" for k in range(group.first, group.last)),
        )  # fmt: skip

    def _front(self, group: Group) -> tuple[Phrase, ...]:
        """Return the phrases of place, company and the like before the verb of a clause: « À Brest, avec X, Y ouvre »."""
        number = sum(g.first < group.first for g in self.groups)
        if group.mood == "infinitive":  # « C'est à Brest que X a choisi d'ouvrir … »
            main = self._main(number)
            return tuple(p for p in self.taken.get(main, ()) if p.preposition) if main is not None else ()
        if group.mood not in FINITE:
            return ()
        start, _ = self._start(number, group.first)
        inside = [
            (self.line[g.first].start, self.line[self.end_of(g.last + 1) - 1].end)
            for g in self.groups
            if start <= g.first < group.first
        ]  # « Implantée à Brest, la société ouvre … »: the place is the participle's
        return tuple(
            p
            for p, _ in self.left(start, group.first)
            if p.preposition and p.mentions and not any(a <= p.start < b for a, b in inside)
        )

    def _main(self, number: int) -> int | None:
        """Return the number of the last verb before one that has a subject of its own."""
        return next((k for k in range(number - 1, -1, -1) if self.groups[k].mood in FINITE), None)

    def _around(self, i: int) -> str:
        """Return what the verb that governs a noun makes of it: « négocie un prêt »."""
        held = [g for g in self.groups if g.last < i and not any(self.line[k].text in ";:" for k in range(g.last, i))]
        return takings.objective(held[-1]) if held else ""

    def _condition(self, first: int) -> str:
        for k in range(first - 1, -1, -1):
            word = self.line[k].low
            if word in (";", ":"):
                return ""
            if word == "si" or (word == "condition" and k and self.line[k - 1].low == "à"):
                return "conditional"
        return ""

    def _inside(self, number: int, group: Group, before: tuple[Phrase, ...]) -> bool:
        """Return whether a participle stands between a subject and its verb: « la convention signée par A et B prévoit … »."""
        if group.mood != "participle" or not before or any(g.mood in FINITE for g in self.groups[:number]):
            return False
        return before[0].end <= self.line[group.first].start and not before[0].preposition

    def complements(self, i: int, *, comma: bool = True, guard: bool = True) -> tuple[Phrase, ...]:
        """Return the phrases that follow a verb, up to the next clause; participles among them keep their own.

        With ``guard`` the last of a list is left to a verb that follows and may have it for its subject.
        """
        out: list[Phrase] = []
        n = len(self.line)
        while i < n:
            piece = self.line[i]
            if piece.text == ":" and out and (listed := self._list_after(i, out[-1])) is not None:
                out.append(listed[0])  # « réunit cinq partenaires : A, B et C »
                i = listed[1]
                continue
            if piece.low in _HALTS and out and (past := self._past_relative(i, out)):
                i = past
                continue
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
            found = self.phrases.phrase(i, guard=guard)
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

    def _past_relative(self, i: int, out: list[Phrase]) -> int:
        """Return where a verb that still wants its object goes on behind a relative clause: « accorde à X, dont le siège
        est à Lyon, une aide »; 0 if it does not.
        """
        if self.line[i - 1].text != "," or any(p.preposition == "" for p in out):
            return 0
        verb = next((g for g in self.groups if i < g.first <= i + 8 and g.mood in FINITE), None)
        if verb is None:
            return 0
        for k in range(verb.last + 1, min(verb.last + 12, len(self.line))):
            if self.line[k].sort == "stop":
                return k + 1 if self.line[k].text == "," and self.phrases.phrase(k + 1, guard=False) else 0
        return 0

    def _list_after(self, i: int, before: Phrase) -> tuple[Phrase, int] | None:
        """Return the names after a colon that a plural before it announces, and where they end."""
        if not before.plural or (before.mentions and not before.via):
            return None
        k = i + 2 if i + 1 < len(self.line) and self.line[i + 1].low == "notamment" else i + 1
        found = self.phrases.phrase(k, guard=False)
        if found is None or found[0].preposition or not found[0].letters.strip("DYSMQ"):
            return None
        return found if self.phrases.verb_after(found[1]) is None else None

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
            found = self.phrases.part(found, end) if found is not None and found[1] > end else found
            if found is None:
                i += 1
                continue
            phrase = found[0]
            if phrase.preposition == "" and i and self.line[i - 1].text in ",–-" and out:
                phrase = replace(phrase, anchor=takings.anchor(out[-1][0]))
            out.append((phrase, found[1]))
            i = found[1]
        return out

    def _start(self, number: int, at: int) -> tuple[int, int | None]:
        """Return where the clause of a verb begins, and the finite verb before it in the sentence if that bounds it."""
        verbs = {k: n for n, g in enumerate(self.groups[:number]) if g.mood in FINITE for k in (g.last,)}
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
            if (main := self._main(number)) is not None:
                return self.subjects.get(main, ()), ()
            ahead = self._ahead(group) if group.mood == "gerund" else None
            return ((ahead,) if ahead else ()), ()
        at = self.phrases.back(group.first)
        words = [self.line[k].low for k in range(group.first, group.last + 1)]
        if words[0] == "nous" and any(w.endswith("ons") for w in words):
            return (), ()  # « Nous avons versé 2 M€ à X »
        if at < 0 and group.mood == "finite" and group.lemma not in _SETTLING:
            return self._opening(group), ()
        if at >= 0 and self.line[at].low == "qui":
            return tuple(takings.one(p, plural=group.plural) for p in self._before_relative(number, at)), ()
        if (relative := self._relative(at)) is not None:  # « que dirige X », « auquel participent A et B »
            self.relative[number] = relative[1]
            ahead = self._inverted(group)
            return (ahead,) if ahead else (), self._antecedents(number, *relative)
        if at >= 0 and self.line[at].low in ("il", "elle", "ils", "elles", "celui-ci", "celle-ci"):
            main = self._main(number)
            before = self.line[at - 1].low if at else ""
            taken = takings.taken(self._before_relative(number, at - 1)) if before in ("que", "qu'") else ()
            if main is None and self.several is not None and self.line[at].low in _PLURAL_PRONOUNS:
                they = replace(self.several, start=self.line[at].start, end=self.line[at].end, anchor=())
                return (they,), tuple(takings.bare(p) for p in taken)
            return self.subjects.get(main, ()) if main is not None else (), tuple(takings.bare(p) for p in taken)
        start, earlier = self._start(number, group.first)
        left = self.left(start, group.first)
        bare = [p for p, _ in left if p.preposition == "" and takings.may_act(p)]
        if bare and (relative := self._relative(start - 1)) is not None:
            self.relative[number] = relative[1]
            subject = takings.spoken_of(bare)[0] if at >= 0 and self.line[at].text == "," else bare[-1]
            return (subject,), self._antecedents(number, *relative)
        if earlier is not None:
            joined = at >= 0 and self.line[at].low in ("et", ",", "puis", "ou")
            adjacent = [p for p, end in left if end == at + 1 and p.preposition == ""]
            if (joined or not bare) and self.line[at].text == "," and earlier in self.relative:
                return self._around_relative(earlier), ()  # « X, que dirige Y, recrute »
            if joined or not bare:
                return self.subjects.get(earlier, ()), ()
            return (tuple(adjacent[-1:]) or (bare[-1],)), ()
        if self.line[0].low == "quant" and len(left) > 1 and left[0][0].mentions:
            return (takings.bare(left[0][0]),), ()  # « Quant à la Région, elle a débloqué »
        if not bare and start and self.dash > 0 and (start - 1 == self.dash or self.line[start - 1].text == ";"):
            head = self.left(0, self.dash)  # « – X : emploie 40 personnes ; exploite une halle »
            return tuple(p for p, _ in head[:1] if p.mentions and not p.preposition), ()
        if at >= 0 and self.line[at].text in (",", "–") and bare:
            return takings.spoken_of(bare), ()
        return tuple(reversed(bare)), ()

    def _relative(self, k: int) -> tuple[str, int] | None:
        """Return the preposition that the relative pronoun at a place stands under, and where its clause begins."""
        low = self.line[k].low if k >= 0 else ""
        if low in ("que", "qu'"):
            return "", k
        if low == "où":
            return "dans", k
        if low == "dont":
            return "dont", k
        if low in ("auquel", "auxquels", "auxquelles"):
            return "à", k
        if low in ("duquel", "desquels", "desquelles"):
            return ("au sein", k - 2) if k > 1 and self.line[k - 1].low in ("sein", "cœur") else ("de", k)
        if low in ("lequel", "laquelle", "lesquels", "lesquelles") and k and self.line[k - 1].sort == "word":
            return self.line[k - 1].low, k - 1
        return None

    def _antecedents(self, number: int, preposition: str, at: int) -> tuple[Phrase, ...]:
        """Return the readings of what a relative pronoun takes up, as complements of its verb, the likeliest first."""
        if not preposition and (cleft := self._cleft(at)) is not None:
            return (cleft,)
        readings = self._before_relative(number, at)
        likeliest = takings.taken(readings)
        start, _ = self._start(number, at)
        further = [p for p, _ in reversed(self.left(start, at)) if p.preposition and p.mentions and not p.via]
        rest = (p for p in (*readings, *further) if p.mentions and all(p.mentions != q.mentions for q in likeliest))
        return tuple(replace(p, preposition=preposition) for p in (*likeliest, *rest))

    def _cleft(self, at: int) -> Phrase | None:
        """« C'est dans ce bâtiment que s'installera X »: what « c'est … que » sets in front, with its preposition."""
        if self.line[0].low != "c'" or not self.groups or self.groups[0].lemma != "être":
            return None
        found = self.phrases.phrase(self.groups[0].last + 1, guard=False)
        return found[0] if found is not None and found[0].preposition and found[1] <= at else None

    def _inverted(self, group: Group) -> Phrase | None:
        """Return the subject that follows its verb: « que dirige X », « où prendront place six cuves »."""
        bare = [p for p in self.complements(group.last + 1) if p.preposition == "" and takings.may_act(p)]
        bare = [p for p in bare if p.mentions or p.lead.lower() not in ("part", "place", "partie", "membre", "membres")]
        if bare and not group.plural and len(bare[0].mentions) > 1:  # « A, que dirige B, et C »
            return replace(bare[0], mentions=bare[0].mentions[:1], letters=bare[0].letters[:1])
        return bare[0] if bare else None

    def _opening(self, group: Group) -> tuple[Phrase, ...]:
        """Return the subject behind a verb that opens its sentence: « S'y ajoutent un prêt de X et … », « Ont aidé Y A et B »."""
        bare = [p for p in self.complements(group.last + 1) if p.preposition == "" and takings.may_act(p)]
        named = [p for p in bare if p.mentions]
        return tuple(named[-1:] or bare[-1:])

    def _turned(self, group: Group, complements: tuple[Phrase, ...]) -> Phrase | None:
        """Return the subject that follows a verb which has none before it, after « y », « en » or a phrase in front:
        « S'y installeront A et B », « Dans ce bâtiment emménagera X ».
        """
        clitics = {self.line[k].low for k in range(group.first, group.last)}
        front = self.left(self._start(len(self.groups), group.first)[0], group.first)
        if not (clitics & {"y", "s'", "se", "l'"} or any(p.preposition and p.mentions for p, _ in front)):
            return None
        if group.voice == "active" and not clitics & {"y", "s'", "se"} and group.lemma not in _SETTLING:
            return None
        return next((p for p in complements if p.preposition == "" and p.letters.strip("DYSM")), None)

    def _around_relative(self, number: int) -> tuple[Phrase, ...]:
        """Return what the clause around a relative clause is about: « X, que dirige Y, recrute »."""
        at = self.relative[number]
        start, _ = self._start(number, at)
        return takings.spoken_of([p for p, _ in self.left(start, at) if p.preposition == "" and takings.may_act(p)])

    def _ahead(self, group: Group) -> Phrase | None:
        """Return the subject that follows a participle at the head of a clause: « Porté par X, Y associe … »."""
        i = self.end_of(group.last + 1)
        while i < len(self.line) and self.line[i].text != "," and i not in self.phrases.begins:
            i += 1
        while i < len(self.line):
            if (
                self.line[i].low in ("dont", "que", "qu'", "où")
                and (comma := self._past_list(i) or self._comma_after(i)) is not None
                and comma > i + 1
            ):
                i = comma  # « Exploitée par X, dont Y dirige les équipes, la plateforme … »
                continue
            if self.line[i].low in _HALTS or (
                i in self.phrases.begins and self.groups[self.phrases.begins[i]].mood in FINITE
            ):
                return None
            found = self.phrases.phrase(i, guard=False)
            if found and _told_of_another(found[0]) and found[1] < len(self.line) and self.line[found[1]].text == ",":
                i = found[1]  # « Présidé par P, directeur de Y, X a voté … »
                continue
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

    def _past_list(self, i: int) -> int | None:
        """Return the place after a relative clause that ends with its subject: « que se partagent A, B et C, »."""
        verb = next((g for g in self.groups if i < g.first <= i + 4), None)
        found = self.phrases.phrase(verb.last + 1, guard=False) if verb is not None else None
        if found is None or found[0].preposition or found[1] >= len(self.line) or self.line[found[1]].text != ",":
            return None
        return found[1] + 1

    def _comma_after(self, i: int) -> int | None:
        """Return the place after the first comma behind a place, if no stop comes before it."""
        for k in range(i, len(self.line)):
            if self.line[k].text == ",":
                return k + 1
            if self.line[k].sort == "stop" and self.line[k].text in ";:.":
                return None
        return None

    def _patient(self, number: int, group: Group) -> tuple[Phrase, ...]:
        """Return what a bare participle is said of: what stands before it, or after it at the head of a clause."""
        at = self.phrases.back(group.first)
        joined = at >= 0 and self.line[at].low == "et"
        comma = at >= 0 and self.line[at].text == ","
        if joined and number and self.groups[number - 1].mood == "participle":
            return self.subjects.get(number - 1, ())
        if comma and number and takings.chained(self.line, self.groups[number - 1], group):
            return self.subjects.get(number - 1, ())  # « le projet X, porté par Y, doté de 2 M€ »
        if at < 0 or (self.line[at].sort == "stop" and not comma):
            ahead = self._ahead(group)
            if ahead is None and at == self.dash and (head := self.phrases.phrase(0, guard=False)) is not None:
                ahead = head[0]
            return (ahead,) if ahead else ()
        start, earlier = self._start(number, group.first)
        left = self.left(start, group.first)
        fronted = start == 0 and earlier is None and left and not left[0][0].preposition and not left[0][0].mentions
        if joined and fronted and self.line[0].pos in ("NOUN", "ADJ", "PROPN") and (ahead := self._ahead(group)):
            return (ahead,)  # « Spécialiste de la cobotique et implantée à X, la société Y … »
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
        return tuple(dict.fromkeys(takings.agreeing(ranked, plural=group.plural)))

    def _before_relative(self, number: int, at: int) -> tuple[Phrase, ...]:
        """Return the readings of what a relative pronoun at a place takes up."""
        k = at - 1
        if k >= 0 and self.line[k].low in ("et", ",") and number:
            # « qui a réuni … et que le FEDER a soutenu »: the same as the relative before.
            for j in range(k, -1, -1):
                if self.line[j].low in ("qui", "que", "qu'", "où", "dont", "auquel") and self.line[k].low == "et":
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
            if not comma or last.preposition in ("", "avec", "de", "à") or last.letters[:1] == "P"
            else [*reversed(tops), last]
        )
        return tuple(dict.fromkeys(takings.referent(p) for p in ranked))


def _told_of_another(phrase: Phrase) -> bool:
    """Return whether a phrase without an article says of what stands before it whose it is: « directeur de Y »."""
    return bool(phrase.via and not re.match(r"(?:l[ea]s?|une?|cet?|cette|ces|son|sa|ses)\b|l'", phrase.lead, re.I))
