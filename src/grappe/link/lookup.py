"""Names to the entities of a graph: an index in memory, for those who reconcile their tables against it.

Candidates share a folded name or a rare word with the query (a word that the graph does not know stands for those that
are spelled almost as it is); they are scored by edit similarity of their best name (Levenshtein and token sort ratios
of rapidfuzz, 0 to 100).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from grappe.iri import fold

__all__ = ["Found", "Lookup", "Record"]

#: So many candidates are scored for a query at most, those that share its rarest words first.
_SCORED = 200

#: How alike, of 100, a word of the graph must be to stand for a word of the query that the graph lacks.
_ALIKE = 80

#: Words that so many records hold tell nothing, unless a query has no other.
_COMMON = 2_000


@dataclass(frozen=True, slots=True)
class Record:
    """An entity as it is looked up: its key, its names (the best first), its classes (local names, the most specific
    first), and a few words that tell it from its namesakes.
    """

    key: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that may be meant, and how alike its best name is (0 to 100; 100 is the same folded name)."""

    record: Record
    score: float
    name: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """An index of records by their names; built once, then only read.

    >>> index = Lookup.of([Record("organization/genopole", ("Genopole",), ("Cluster", "Organization"))])
    >>> [found.record.key for found in index.find("GÉNOPOLE")]
    ['organization/genopole']
    """

    records: tuple[Record, ...]
    by_key: Mapping[str, Record] = field(repr=False)
    _exact: Mapping[str, tuple[int, ...]] = field(repr=False)
    _words: Mapping[str, tuple[int, ...]] = field(repr=False)
    _folded: tuple[tuple[str, ...], ...] = field(repr=False)
    _initials: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Lookup:
        """Return the index of records; their order does not matter."""
        kept = tuple(sorted(records, key=lambda r: r.key))
        exact: dict[str, list[int]] = defaultdict(list)
        words: dict[str, list[int]] = defaultdict(list)
        folded = []
        for number, record in enumerate(kept):
            forms = tuple(dict.fromkeys(fold(name) for name in record.names))
            folded.append(forms)
            for form in forms:
                exact[form].append(number)
            for word in dict.fromkeys(word for form in forms for word in form.split()):
                words[word].append(number)
        initials: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            initials[word[0]].append(word)
        return cls(
            kept,
            {record.key: record for record in kept},
            {form: tuple(numbers) for form, numbers in exact.items()},
            {word: tuple(numbers) for word, numbers in words.items()},
            tuple(folded),
            {initial: tuple(of) for initial, of in initials.items()},
        )

    def find(self, name: str, *, types: frozenset[str] = frozenset(), limit: int = 10) -> tuple[Found, ...]:
        """Return the records that a name may mean, the best first; of equals, in order of their keys.

        Args:
            name: A name as somebody wrote it.
            types: Classes (local names) of which a record must have one; empty for any.
            limit: So many at most.
        """
        query = fold(name)
        if not query:
            return ()
        found = []
        for number in self._candidates(query):
            record = self.records[number]
            if types and types.isdisjoint(record.types):
                continue
            score, place = max((_alike(query, form), -place) for place, form in enumerate(self._folded[number]))
            found.append(Found(record, round(score, 1), record.names[min(-place, len(record.names) - 1)]))
        found.sort(key=lambda f: (-f.score, f.record.key))
        return tuple(found[:limit])

    def starting(self, prefix: str, *, limit: int = 10, skip: int = 0) -> tuple[Record, ...]:
        """Return the records one of whose names, or of its words, starts as given; shortest names first."""
        start = fold(prefix)
        if not start:
            return ()
        found = [
            (min(len(form) for form in forms if form.startswith(start) or f" {start}" in form), number)
            for number, forms in enumerate(self._folded)
            if any(form.startswith(start) or f" {start}" in form for form in forms)
        ]
        return tuple(self.records[number] for _, number in sorted(found)[skip : skip + limit])

    def _candidates(self, query: str) -> Sequence[int]:
        weights: dict[int, float] = defaultdict(float)
        for number in self._exact.get(query, ()):
            weights[number] = math.inf
        held = [self._words.get(word) or self._near(word) for word in query.split()]
        telling = [numbers for numbers in held if 0 < len(numbers) <= _COMMON] or [
            numbers[:_COMMON] for numbers in held
        ]
        for numbers in telling:
            rarity = math.log(1 + len(self.records) / (1 + len(numbers)))
            for number in numbers:
                weights[number] += rarity
        return sorted(weights, key=lambda number: (-weights[number], number))[:_SCORED]

    def _near(self, word: str) -> tuple[int, ...]:
        alike = process.extract(word, self._initials.get(word[0], ()), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
        return tuple(sorted({number for other, *_ in alike for number in self._words[other]}))


def _alike(query: str, name: str) -> float:
    """Return how alike two folded names are; the same words in another order are a little less than the same."""
    if query == name:
        return 100.0
    whole, sorted_words = fuzz.ratio(query, name), fuzz.token_sort_ratio(query, name)
    # A name within a longer one is a hint and no more: « Inserm » and « Inserm Transfert » are two bodies.
    within = 0.8 * fuzz.token_set_ratio(query, name) if " " in query or " " in name else 0.0
    return min(99.0, max(whole, 0.98 * sorted_words, within))
