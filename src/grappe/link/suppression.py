"""People who are taken out: their names are known by keyed digests alone, and masked wherever a text has them.

A name is compared by its letters, folded: « Anne  GALY », « Galy, Anne » and a name broken over two lines are found.
The masked text has the length that it had, so every offset stays right, and no fact made from it can hold the name.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from grappe.iri import fold

__all__ = ["MASK", "Veil", "digests_of_names"]

MASK = "█"

_WORD = re.compile(r"[^\W\d_]+")
#: Between the words of a name: spaces, a hyphen, an initial's dot, a line end; and no more than this.
_WIDEST_GAP = 4
_MOST_WORDS = 7
_TITLES = frozenset(
    "dr pr prof professeur professeure docteur docteure m mr mme mlle madame monsieur maitre me".split()
)
_SHORTEST_FAMILY = 3


@dataclass(frozen=True, slots=True)
class Veil:
    """The digests of names that no text may show, and the key that they are made with.

    Digests of family names count only in a text that has the whole name.
    """

    key: bytes
    names: frozenset[str] = frozenset()

    def masked(self, content: str) -> str:
        """Return a text of the same length with each of the names masked."""
        if not self.names:
            return content
        words = [(m.start(), m.end(), _letters(m[0])) for m in _WORD.finditer(content)]
        hit = [span for span, letters in _runs(words) if _digest(self.key, letters) in self.names]
        if not hit:
            return content
        hit += [
            (start, end)
            for (start, end), letters in _runs(words)
            if len(letters) >= _SHORTEST_FAMILY and _digest(self.key, f"family {letters}") in self.names
        ]
        out = [*content]
        for start, end in hit:
            for place in range(start, end):
                if not out[place].isspace():
                    out[place] = MASK
        return "".join(out)


def digests_of_names(names: Iterable[str], key: bytes) -> tuple[str, ...]:
    """Return the digests by which a person's names are known: whole, turned round, with an initial; the family's."""
    out: set[str] = set()
    for name in names:
        words = [_letters(word) for word in _WORD.findall(name)]
        while len(words) > 1 and words[0] in _TITLES:
            words = words[1:]
        if not words:
            continue
        first, *rest = words
        whole = {"".join((*words[i:], *words[:i])) for i in range(len(words))}
        if rest:
            whole.add(first[0] + "".join(rest))
            families = {"".join(rest), rest[-1]}
            out |= {_digest(key, f"family {one}") for one in families if len(one) >= _SHORTEST_FAMILY}
        out |= {_digest(key, one) for one in whole}
    return tuple(sorted(out))


def _runs(words: list[tuple[int, int, str]]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the runs of words that stand close together, with their letters."""
    for i, (start, end, letters) in enumerate(words):
        yield (start, end), letters
        for after, until, more in words[i + 1 : i + _MOST_WORDS]:
            if after - end > _WIDEST_GAP:
                break
            end, letters = until, letters + more
            yield (start, end), letters


def _letters(word: str) -> str:
    return fold(word).replace(" ", "") or word.casefold()


def _digest(key: bytes, letters: str) -> str:
    return hmac.new(key, letters.encode(), sha256).hexdigest()[:32]
