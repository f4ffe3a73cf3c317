"""Noun phrases of a masked sentence: their preposition, the words before the mention, the mentions that they list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from grappe.extract.pieces import Pieces

__all__ = ["Phrase", "Phrases"]

_LONG = (
    r"(?:au titre|dans le cadre|à hauteur|en faveur|au profit|au bénéfice|auprès|au sein|aux côtés|à l'aide|de la part|"
    r"avec (?:le (?:soutien|concours)|l'(?:appui|aide))(?: financier)?|par l'intermédiaire|par le biais|à travers|via|"
    r"sous (?:la |le |l')(?:\w+ )?(?:direction|tutelle|cotutelle|égide|pilotage|coordination|houlette|responsabilité|conduite)|sous (?:co-?)?tutelle|à la tête|en présence|autour|au moyen|"
    r"en (?:étroite? )?(?:partenariat|lien|collaboration|association|coopération|coordination|relation)(?: étroite?)?|"
    r"à l'issue|à la suite|grâce|lors|à partir|à compter|en vue|à raison)(?: (?:de|du|des|d'|à|au|aux|avec)(?= ?[\w⟨«]))?"
)
_SHORT = r"(?:de|d'|du|des|à|au|aux|par|pour|avec|sans|sous|sur|dans|en|chez|vers|entre|selon|depuis|dès|jusqu'|contre|parmi|outre)"
_PREPOSITION = re.compile(rf"(?P<long>{_LONG})(?!\w)|(?P<short>{_SHORT})(?:(?<=')|(?!\w))", re.I)
_ONE = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à"}
#: Prepositions that end in *de*, which a list repeats alone: « auprès de A, de B et de C ».
_ENDING_IN_DE = (
    "auprès", "au titre", "dans le cadre", "au profit", "au bénéfice", "en faveur", "aux côtés", "de la part", "lors",
    "autour", "en présence", "sous la tutelle", "par l'intermédiaire", "avec le soutien", "avec le concours", "avec l'appui", "avec l'aide",
    "avec le soutien financier", "avec le concours financier", "avec l'appui financier", "avec l'aide financière",
)  # fmt: skip
_LINKS = frozenset({"de", "d'", "du", "des"})
#: Nouns that are one with their verb: « prendre part », « prendre place ».
_LIGHT = frozenset("part place corps naissance effet fin forme possession connaissance acte appui".split())
_LEAD = frozenset({"DET", "ADJ", "NOUN", "NUM", "PROPN", "X", "SYM"})
_DETERMINERS = frozenset("le la l' les un une des ce cet cette ces son sa ses leur leurs".split())
_LIKE = ("OJFGIPA", "L", "M", "DY", "T", "S", "E")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its preposition ("" if none), the words before its first mention, and the mentions it lists.

    ``via`` is the noun on which the mention hangs by *de* (« l'équipement de ⟨F3⟩ »), "" where the mention is the head.
    ``anchor`` holds the mentions that it is an apposition to.
    """

    preposition: str
    lead: str
    mentions: tuple[int, ...]
    letters: str
    start: int
    end: int
    via: str = ""
    plural: bool = False
    anchor: tuple[int, ...] = ()


class Phrases:
    """Reads the noun phrases of one sentence."""

    def __init__(self, pieces: Pieces, *, insertions: bool = True) -> None:
        #: Whether a list goes on behind an insertion: « A, dirigé par B, et C ».
        self.insertions = insertions
        self.pieces, self.line, self.groups = pieces, pieces.line, pieces.groups
        self.begins = {g.first: n for n, g in enumerate(pieces.groups)}
        self.owner = {k: n for n, g in enumerate(pieces.groups) for k in range(g.first, g.last + 1)}

    def preposition(self, i: int) -> tuple[str, int]:
        """Return the preposition at a place, in one form, and where it ends."""
        piece = self.line[i]
        if piece.sort != "word" or i in self.owner:
            return "", i
        found = _PREPOSITION.match(self.pieces.masked.text, piece.start)
        if found is None or (found["short"] and found.end() < piece.end):
            return "", i
        if piece.low == "outre" and i and self.line[i - 1].low == "en":
            return "", i  # « prête en outre 2 M€ »
        j = i
        while j < len(self.line) and self.line[j].start < found.end():
            j += 1
        if found["long"]:
            words = found["long"].lower()
            words = re.sub(r" (?:de|du|des|d'|à|au|aux|avec)$", "", words)
            return re.sub(r"^sous .*(?=tutelle)", "sous la ", words), j
        word = found["short"].lower()
        if word == "des" and not self._after_noun(i):
            return "", i
        return _ONE.get(word, word), j

    def _after_noun(self, i: int) -> bool:
        return i > 0 and (self.line[i - 1].sort == "mention" or self.line[i - 1].pos in ("NOUN", "PROPN", "ADJ"))

    def phrase(self, i: int, *, guard: bool) -> tuple[Phrase, int] | None:
        """Return the noun phrase that begins at a place, and where it ends; None if none does.

        With ``guard``, the last of a list is left out if a verb follows that has it for its subject.
        """
        if i in self.owner or i >= len(self.line):
            return None
        preposition, j = self.preposition(i)
        head = self._lead(j)
        line = self.line
        if head > j and head < len(line) and line[head].letter == "M" and self._noun_at(head - 1):
            lead = self._words(j, head)  # « prend en charge ⟨M⟩ »: the sum hangs on no noun
            return Phrase(preposition, lead, (), "", line[i].start, line[head - 1].end, "", _plural(lead)), head
        if head < len(line) and line[head].sort == "mention":
            lead = self._words(j, head)
            if lead and self._apart(i, head, lead):
                return Phrase(preposition, lead, (), "", line[i].start, line[head - 1].end, "", _plural(lead)), head
            hung = "de" if lead and line[head - 1].low in _LINKS else preposition
            items, after = self._listed(head, hung, guard=guard)
            via = self._via(j, head)
            plural = len(items) > 1 if not lead else _plural(lead)
            letters = "".join(line[k].letter for k in items)
            numbers = tuple(line[k].number for k in items)
            return Phrase(preposition, lead, numbers, letters, line[i].start, line[items[-1]].end, via, plural), after
        if head > j:
            lead = self._words(j, head)
            return Phrase(preposition, lead, (), "", line[i].start, line[head - 1].end, "", _plural(lead)), head
        return None

    def _noun_at(self, k: int) -> bool:
        """Return whether a word is a noun, which a sum completes only by *de*."""
        word = self.line[k]
        return word.pos in ("NOUN", "PROPN") and word.low not in _LINKS | _DETERMINERS

    def _apart(self, i: int, head: int, lead: str) -> bool:
        """Tell « accueillera dans ses murs une halle », « prendront place six cuves » from « la société X »."""
        before = self.line[head - 1]
        if lead.lower() in _LIGHT and i - 1 in self.owner:
            return True
        return self.line[head].determined and before.pos in ("NOUN", "PROPN", "X") and before.low not in _LINKS

    def _words(self, first: int, last: int) -> str:
        if last <= first:
            return ""
        return self.pieces.masked.text[self.line[first].start : self.line[last - 1].end]

    def _via(self, first: int, head: int) -> str:
        if head - 1 < first or self.line[head - 1].low not in _LINKS:
            return ""
        nouns = [p.low for p in self.line[first : head - 1] if p.pos in ("NOUN", "PROPN") or len(p.text) > 4]
        return nouns[0] if nouns else ""

    def _lead(self, j: int) -> int:
        """Return the place after the words that may stand before a mention, from a place on."""
        start, noun = j, False
        while j < len(self.line) and j - start < 14:
            piece = self.line[j]
            if piece.sort != "word" or j in self.owner:
                break
            nxt = self.line[j + 1] if j + 1 < len(self.line) else None
            follows = nxt is not None and (nxt.sort == "mention" or (j + 1 not in self.owner and nxt.pos in _LEAD))
            if piece.low in _LINKS:
                if not (noun and follows) and not (piece.low == "des" and not noun and follows):
                    break
            elif piece.low in ("et", "en", "&"):
                if not (noun and nxt is not None and nxt.sort == "word" and follows):
                    break
            elif piece.low in ("celles", "ceux", "celle", "celui", "plus", "près", "environ", "non"):
                noun = noun or piece.low.startswith("c")
            elif piece.pos in _LEAD or piece.low in _DETERMINERS:
                noun = noun or piece.pos in ("NOUN", "PROPN", "X", "ADJ")
            else:
                break
            j += 1
        return j

    def _inner(self, k: int, letter: str) -> int:
        """Return the place after the complements in *de* of a mention; sums, dates and areas have none."""
        line = self.line
        while letter not in "MDYS" and k + 1 < len(line) and line[k].low in _LINKS and k not in self.owner:
            head = self._lead(k + 1)
            named = head < len(line) and line[head].sort == "mention"
            if named and line[head].letter not in "MDY" and head - k <= 11:
                k = head + 1
            elif not named and head > k + 1 and line[k].low != "des":
                k = head
            else:
                break
        return k

    def _listed(self, head: int, preposition: str, *, guard: bool) -> tuple[list[int], int]:
        """Return the mentions of a list that begins at a mention, and where the list ends."""
        line = self.line
        items = [head]
        if line[head].letter in "MDYS":
            return items, head + 1
        after = self._inner(head + 1, line[head].letter)
        kept, end, closed = [head], after, False
        repeated = False
        while (found := self._next(after, preposition, line[head].letter)) is not None:
            item, joined = found
            has = self._has_preposition(item, preposition)
            if (repeated or preposition.startswith("sous")) and not has:
                break  # « unité mixte de A, de B et de C, et l'entreprise D »: D is in the list around it
            repeated = has
            items.append(item)
            after = self._inner(item + 1, line[item].letter)
            alike = len({line[k].letter for k in items}) == 1
            if joined or (len(items) > 2 and alike and self.verb_after(after) is None):
                kept, end, closed = [*items], after, joined
            if joined:
                again = self._next(after, preposition, line[head].letter)
                if again is None or not again[1]:
                    break
        if len(items) > len(kept) == 1 and end < len(line) and after < len(line) and line[after].low == "et":
            kept, end = [*items], after  # « A, B et deux équipes de C »
        gapped = preposition and self.preposition(kept[-1] - 1)[0] != preposition and self._sum_at(end)
        if guard and len(kept) > 1 and closed and (self.verb_after(end) is not None or gapped):
            last = kept.pop()
            end = last
            while (
                end > 0
                and (line[end - 1].low in ("et", ",", "ainsi", "que", "puis") or line[end - 1].sort == "word")
                and end - 1 > kept[-1]
            ):
                end -= 1
        return kept, end

    def part(self, found: tuple[Phrase, int], end: int) -> tuple[Phrase, int] | None:
        """Return the part of a list that stands before a place: of « A, qui finance X, et B » what « qui » follows."""
        phrase = found[0]
        at = {self.line[k].number: k for k in range(end) if self.line[k].sort == "mention"}
        kept = [n for n in phrase.mentions if n in at]
        if not kept or len(kept) == len(phrase.mentions):
            return None
        last = at[kept[-1]]
        letters = phrase.letters[: len(kept)]
        several = phrase.plural and (len(kept) > 1 or bool(phrase.lead))
        return replace(phrase, mentions=tuple(kept), letters=letters, end=self.line[last].end, plural=several), last + 1

    def _has_preposition(self, item: int, preposition: str) -> bool:
        """Return whether an item of a list repeats the list's preposition."""
        k = item - 1
        while k > 0 and item - k < 6 and self.line[k].sort == "word":
            if self.preposition(k)[0] in (preposition, "de") and self.preposition(k)[0]:
                return bool(preposition)
            k -= 1
        return False

    def _sum_at(self, k: int) -> bool:
        """Return whether a sum follows a place at once: « à X, et Y pour 1,2 M€ »."""
        if k < len(self.line) and k not in self.owner:
            found, after = self.preposition(k)
            k = after if found in ("pour", "à hauteur") else k
        return k < len(self.line) and self.line[k].letter == "M"

    def _next(self, k: int, preposition: str, letter: str) -> tuple[int, bool] | None:
        """Return the next item of a list after a place, and whether *et* joins it."""
        line, n = self.line, len(self.line)
        joined, comma = False, False
        while (
            k < n and not joined and (line[k].text == "," or line[k].low in ("et", "ou", "puis", "&", "ainsi", "comme"))
        ):
            if line[k].low == "ainsi":
                if k + 1 < n and line[k + 1].low in ("que", "qu'"):
                    k += 1
                else:
                    return None
            joined = line[k].text != ","
            comma = comma or line[k].text == ","
            k += 1
        if not joined and not comma:
            return None
        if k < n and line[k].text == ",":  # « et, pour 450 000 €, par la Ville »
            k = self._past_insertion(k + 1)
        item = self._item(k, preposition, letter, joined=joined)
        if item is None and comma and not joined and self.insertions:
            again = k
            for _ in range(4):
                before, again = again, self._past_insertion(again)
                if again <= before or again >= n:
                    break
                if line[again].low in ("et", "ainsi", "puis"):
                    while again < n and line[again].low in ("et", "ainsi", "que", "puis"):
                        again += 1
                    joined = True
                    item = self._item(again, preposition, letter, joined=True)
                    break
        return None if item is None else (item, joined)

    def _past_insertion(self, k: int) -> int:
        """Return the place after the comma that closes an insertion; the place itself if none does."""
        for j in range(k, min(k + 14, len(self.line))):
            if self.line[j].text == ",":
                return j + 1
            if self.line[j].sort == "stop" or (j in self.begins and self.groups[self.begins[j]].mood == "finite" and self.line[j - 1].low not in ("que", "qui", "qu'")):  # fmt: skip
                return k
        return k

    def _item(self, k: int, preposition: str, letter: str, *, joined: bool) -> int | None:
        if k >= len(self.line):
            return None
        again, j = self.preposition(k)
        if again not in ("", preposition) and not (again == "de" and preposition in _ENDING_IN_DE):
            return None
        head = self._lead(j)
        if head >= len(self.line) or self.line[head].sort != "mention":
            return None
        if not any(letter in group and self.line[head].letter in group for group in _LIKE):
            return None
        if (
            joined
            and preposition == "de"
            and not again
            and k > 1
            and self.line[k - 2].text == ","
            and self.line[k - 1].low == "et"
        ):
            return None  # « X, institut de A, et B ont conclu »
        hung = bool(self._via(j, head))
        bare = head > j and self.line[j].low not in _DETERMINERS
        if (not joined and (bare or hung)) or (bare and hung):
            return None
        if head - j > 8:
            return None
        return head

    def back(self, i: int) -> int:
        """Return the last place before a verb that holds no adverb; -1 at the head of the sentence."""
        k = i - 1
        while k >= 0 and self.line[k].sort == "word" and self.line[k].pos == "ADV":
            k -= 1
        return k

    def verb_after(self, k: int) -> int | None:
        """Return the number of the finite verb group that follows a place at once, adverbs and a phrase apart."""
        while k < len(self.line) and self.line[k].sort == "word" and self.line[k].pos == "ADV" and k not in self.begins:
            k += 1
        number = self.begins.get(k)
        return number if number is not None and self.groups[number].mood in ("finite", "conditional") else None


def _plural(lead: str) -> bool:
    words = lead.lower().split()
    if not words:
        return False
    if words[0].startswith("l'") or words[0] in (
        "le",
        "la",
        "un",
        "une",
        "ce",
        "cet",
        "cette",
        "son",
        "sa",
        "leur",
        "notre",
    ):
        return False
    return words[0] in ("les", "des", "ces", "ses", "leurs", "deux", "trois", "quatre", "cinq", "plusieurs") or words[
        0
    ].endswith("s")
