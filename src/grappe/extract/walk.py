"""A masked sentence as a row of words and mentions, along which the subject and the complements of a verb are found.

No parse of the sentence is needed: in the French of communiqués the subject is the first noun phrase of the clause
that no preposition governs, and complements follow their verb until another clause begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract.reading import Masked

__all__ = ["Walk", "Word"]

_TOKEN = re.compile(r"⟨(?P<letter>[A-Z])(?P<number>\d+)⟩|[^\W_](?:[\w.²'-]*\w)?'?|[^\w\s]")
_PREPOSITIONS = frozenset(
    "de d' à dans sur par avec pour en chez sous vers entre depuis dès parmi via selon hors sans contre après avant "
    "auprès grâce lors outre près autour sein dont durant pendant malgré voisin face suite jusqu'à".split()
)
_SKIPPED = frozenset(
    "y en lui leur se s' ne n' l' les la le ainsi aussi également désormais déjà donc enfin alors notamment toutefois "
    "aujourd'hui actuellement bientôt prochainement officiellement encore ensuite ailleurs d'ores ici".split()
)
_BREAKS = frozenset(("qui", "que", "qu'", "où", "dont", "mais", "tandis", "alors", "lorsque", "puisque", "car", "si"))
_LIST = re.compile(r"^(?: ?\([^()]*\))? ?(?:,|et|ou|, et|ainsi que|, ainsi que|comme|&|/) ?(?:de |à |avec |par )?$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a mark or a mention of a masked sentence; ``letter`` is empty for words, ``depth`` counts brackets."""

    text: str
    letter: str
    number: int
    start: int
    end: int
    depth: int


class Walk:
    """A masked sentence, to be walked along from any place in it."""

    def __init__(self, masked: Masked) -> None:
        self.masked = masked
        words: list[Word] = []
        depth = 0
        for found in _TOKEN.finditer(masked.text):
            if found[0] == "(":
                depth += 1
            words.append(
                Word(
                    found[0] if found["letter"] else found[0].casefold(),
                    found["letter"] or "",
                    int(found["number"]) if found["number"] else -1,
                    found.start(),
                    found.end(),
                    depth,
                )
            )
            if found[0] == ")":
                depth = max(0, depth - 1)
        self.words = tuple(words)

    def at(self, place: int) -> int:
        """Return the index of the first word that starts at or after a place in the masked text."""
        return next((i for i, w in enumerate(self.words) if w.start >= place), len(self.words))

    def governed(self, i: int) -> str:
        """Return the preposition that governs the mention at an index, or an empty string.

        In a list, the last of « avec A, B et C » is governed as the first is.
        """
        k, steps = i - 1, 0
        while k >= 0 and steps < 3:
            word = self.words[k]
            if word.letter or word.depth != self.words[i].depth:
                break
            if word.text == "en" and steps:
                break  # « X en occupe 600 m² »
            if word.text in _PREPOSITIONS:
                return word.text
            if word.text in ("et", "ou", ",", "que"):
                if steps:
                    break
                earlier = k - 1
                while earlier >= 0 and (
                    self.words[earlier].depth > self.words[i].depth or self.words[earlier].text == ")"
                ):
                    earlier -= 1
                if (
                    earlier >= 0
                    and self.words[earlier].letter == self.words[i].letter
                    and (word.text != "," or self._goes_on(i))
                ):
                    return self.governed(earlier)
                break
            if not re.fullmatch(r"[\w'-]+", word.text) or word.text in _SKIPPED:
                break
            k -= 1
            steps += 1
        return ""

    def _goes_on(self, i: int) -> bool:
        after = self.words[i + 1 : i + 3]
        return (
            len(after) == 2 and after[0].text in (",", "et") and bool(after[1].letter or after[1].text in ("de", "à"))
        )

    def listed(self, i: int, *, step: int = 1) -> list[int]:
        """Return the indices of a list of mentions of one sort that begins (or, with step -1, ends) at an index."""
        out = [i]
        while True:
            here = out[-1]
            there = here + step
            while 0 <= there < len(self.words) and (
                not self.words[there].letter or self.words[there].depth > self.words[i].depth
            ):
                there += step
            if not 0 <= there < len(self.words) or self.words[there].letter != self.words[i].letter:
                return out
            low, high = sorted((here, there))
            if not _LIST.match(self.masked.text[self.words[low].end : self.words[high].start]):
                return out
            out.append(there)

    def subjects(self, place: int) -> tuple[int, ...]:
        """Return the indices of the mentions that are the subject of the verb at a place; none if it has none there."""
        k = self.at(place) - 1
        depth = self.words[k + 1].depth if k + 1 < len(self.words) else 0
        while k >= 0 and self.words[k].text in _SKIPPED:
            k -= 1
        if (k >= 0 and self.words[k].text in ("qui", "où", "dont")) or (
            k >= 1 and self.words[k].text == "," and self.words[k - 1].text == "qui"
        ):
            return self.antecedent(k)
        if k >= 0 and self.words[k].letter and self.words[k].letter not in "DYMS":
            head = self.head(k)
            if not self.governed(head) and self.words[head - 1].text not in (",",):
                return tuple(sorted(self.listed(head, step=-1)))
        start = self._clause_start(k, depth)
        free = [
            i
            for i in range(start, k + 1)
            if self.words[i].letter
            and self.words[i].letter not in "DYMSQGI"
            and self.words[i].depth == depth
            and not self.governed(i)
        ]
        if not free:
            return ()
        return tuple(i for i in self.listed(free[0]) if i <= k)

    def antecedent(self, k: int) -> tuple[int, ...]:
        """Return what a relative pronoun at an index stands for: the head of the noun phrase before it."""
        j, depth = k - 1, self.words[k].depth
        while j >= 0 and (not self.words[j].letter or self.words[j].letter in "DYMSQ" or self.words[j].depth > depth):
            if self.words[j].text in (".", ";", ":") and self.words[j].depth == depth:
                return ()
            j -= 1
        if j > 0 and self.words[j].letter == "L" and self.governed(j):
            before = [i for i in range(j) if self.words[i].letter in ("F", "O", "J") and self.words[i].depth == depth]
            if before and not re.search(r"[.;:]", self.masked.text[self.words[before[-1]].end : self.words[j].start]):
                return (self.head(before[-1]),)  # « une plateforme à Rennes, qui ouvrira »
        return (self.head(j),) if j >= 0 else ()

    def head(self, i: int) -> int:
        """Return the head of the noun phrase in which a mention stands: of « ⟨F⟩ de ⟨O⟩ » the first."""
        while True:
            k, words = i - 1, 0
            if k < 0 or self.words[k].text != "de":
                return i
            k -= 1
            while k >= 0 and not self.words[k].letter and re.fullmatch(r"[\w-]+", self.words[k].text) and words < 2:
                if self.words[k].text in _PREPOSITIONS:
                    return i
                k -= 1
                words += 1
            if k < 0 or not self.words[k].letter or self.words[k].letter not in "FOJ":
                return i
            i = k

    def _clause_start(self, k: int, depth: int) -> int:
        for i in range(k, -1, -1):
            word = self.words[i]
            if word.depth != depth:
                continue
            if word.text in (";", ":", "?", "«", "»", "–", "—", "tandis", "si"):
                return i + 1
            if word.text in ("que", "qu'") and not (
                i and (self.words[i - 1].letter or self.words[i - 1].text == ")") and self._has_verb(i + 1, k)
            ):
                return i + 1
        return 0

    def _has_verb(self, first: int, last: int) -> bool:
        """Return whether the words of a range hold a finite verb: then a relative clause is over at its end."""
        return any(_VERBAL.fullmatch(self.words[i].text) for i in range(first, min(last + 1, len(self.words))))

    def complements(self, place: int, *, far: int = 40) -> Iterator[tuple[int, str]]:
        """Walk right from the end of a verb: each mention with what stands before it, until another clause begins."""
        i = self.at(place)
        if i >= len(self.words):
            return
        depth = self.words[i].depth
        last = i
        for j in range(i, min(len(self.words), i + far)):
            word = self.words[j]
            joins = word.text in ("que", "qu'") and self.words[j - 1].text in ("ainsi", "tels", "telles")
            if (
                word.depth < depth
                or word.text in (";", ".", "?", "!", "«", "»", "–")
                or (word.text in _BREAKS - {"dont"} and not joins)
            ):
                return
            if word.text == "et" and j + 1 < len(self.words) and _FINITE.fullmatch(self.words[j + 1].text):
                return
            if _ANOTHER.fullmatch(word.text) and j > i:
                return
            if word.letter:
                yield j, self.masked.text[self.words[last - 1].end if last > i else place : word.start]
                last = j + 1


_VERBAL = re.compile(
    r"est|sont|a|ont|va|vont|(?:constru|bâti)(?:it|t|ssent|isent)|(?:exploit|possèd|gèr|occup|inaugur|ouvr|opèr|lou|aménag|financ|port|pilot|coordonn|dirig|accompagn)(?:e|ent)|soutien(?:t|nent)|détien(?:t|nent)|\w+(?:era|eront|ira|iront)"
)
_FINITE = re.compile(
    r"(?!(?:trois|quatre)$)(?:est|sont|sera|seront|a|ont|va|vont|doit|peut|\w+(?:era|eront|ira|iront|ra|ront)|"
    r"(?:accueill|abrit|héberg|emploi|compt|dispos|propos|offr|développ|produi|permet|réuni|regroup|poursui|prévoi|souhait|conserv|recrut|vise|port)\w*)"
)
_ANOTHER = re.compile(r"(?:est|sont|sera|seront|a|ont|va|vont|permettr\w+|permett\w+|pourr\w+)")
