"""Queries that add up, said in another way: the same answer, sooner.

The engine joins triple patterns by looking each solution of the first up in the index of the next. A query with an
aggregate and nothing that narrows it goes through all of them, and then reading each pattern once and joining by hash
takes a third to a sixth of the time. The engine does that for groups that share no scope, so each pattern becomes a
subquery. And how often each term stands in one place of one pattern (``?x a ?class``, ``?s ?p ?o`` by ``?p``) is what
explorers of a graph ask first: it is counted once for a generation, and kept.

Only queries of one plain group are understood: triples without literals, blank nodes and paths, and FILTERs. Any other,
and any that is not surely faster, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

__all__ = ["Planner"]

#: A pattern with more triples is not joined by hash: the engine would hold them all.
_MOST_TRIPLES = 250_000

#: One look into an index takes as long as reading so many triples one after the other.
_LOOK = 8

#: Counts of more terms are not kept, and of so many patterns.
_MOST_TERMS, _MOST_KEPT = 1_000, 256

_AGGREGATE = re.compile(r"\b(?:count|sum|avg|min|max|sample|group_concat)\s*\(", re.IGNORECASE)

_TOKEN = re.compile(
    r"""
      (?P<space>(?:\s|\#[^\n\r]*+)++)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    | (?P<text>"[^"\\\n\r]*+"(?!")|'[^'\\\n\r]*+'(?!'))
    | (?P<variable>[?$]\w++)
    | (?P<name>(?:[^\W\d_][\w-]*+)?:(?:[\w:%-]|\.(?=[\w:%-]))*+)
    | (?P<number>\d++)
    | (?P<word>[A-Za-z_]++)
    | (?P<mark>[{}().;,*=!<>&|+/^@-])
    """,
    re.VERBOSE,
)

#: What follows a group that is grouped by one variable.
_BY_ONE = re.compile(r"\s*GROUP\s+BY\s+[?$](\w+)\s*(?:$|(?:HAVING|ORDER|LIMIT|OFFSET)\b)", re.IGNORECASE)

_COUNTED = "?grappe_counted"


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.casefold() in words


class _Pattern(NamedTuple):
    """A triple pattern: the words of its three terms."""

    subject: str
    predicate: str
    object: str

    @property
    def variables(self) -> list[str]:
        return [term[1:] for term in self if term[0] in "?$"]

    @property
    def named_alike(self) -> _Pattern:
        """The pattern with variables by their places, so that what is known of it is known however it is written."""
        return _Pattern(*(f"?{place}" if term[0] in "?$" else term for place, term in zip("spo", self, strict=True)))


@dataclass(frozen=True, slots=True)
class _Query:
    """A query of one plain group, taken apart; what stands before and after it is kept as it is written."""

    prologue: str
    head: str
    patterns: list[_Pattern]
    filters: list[str]
    tail: str


@dataclass(slots=True)
class Planner:
    """Says queries on one store, which nobody writes, in another way."""

    store: ox.Store
    _counts: dict[tuple[object, ...], list[tuple[str, int]] | None] = field(default_factory=dict)

    def answer(self, query: str, *, prefixes: Mapping[str, str], base: str | None) -> ox.QuerySolutions | None:
        """Return the answer to a query said in another way; None where there is none, or the query is no good."""
        said = self.rewritten(query, prefixes=prefixes, base=base)
        if said is None:
            return None
        try:
            solutions = self.store.query(said, prefixes=dict(prefixes), base_iri=base)
        except SyntaxError:  # it is the query's own, and is told with its place there
            return None
        assert isinstance(solutions, ox.QuerySolutions)
        return solutions

    def rewritten(self, query: str, *, prefixes: Mapping[str, str], base: str | None) -> str | None:
        """Return a query with the same answer that takes less time; None where there is none that is known."""
        if "(" not in query or not _AGGREGATE.search(query):
            return None
        parsed = _parsed(query)
        if parsed is None:
            return None
        try:
            if len(parsed.patterns) == 1:
                return self._counted(parsed, prefixes, base)
            return self._hashed(parsed, prefixes, base)
        except SyntaxError:
            return None

    def _hashed(self, query: _Query, prefixes: Mapping[str, str], base: str | None) -> str | None:
        if any(_narrows(text) for text in query.filters) or _joinable(query.patterns) is None:
            return None
        sized = []
        for pattern in query.patterns:
            some = f"{{ SELECT * {{ {' '.join(pattern.named_alike)} }} LIMIT {_MOST_TRIPLES + 1} }}"
            counted = self._count(query.prologue, some, None, prefixes, base)
            if not counted or not 0 < counted[0][1] <= _MOST_TRIPLES:
                return None
            sized.append((counted[0][1], pattern))
        total, least = sum(size for size, _ in sized), min(size for size, _ in sized)
        if total > _LOOK * least * (len(sized) - 1):
            return None
        ordered = _joinable([pattern for _, pattern in sorted(sized, key=lambda one: one[0])])
        joined = ""
        for pattern in ordered or ():
            # The engine holds the first of two groups and reads the second: it never holds more than a pattern so.
            alone = f"{{ SELECT * {{ {' '.join(pattern)} }} }}"
            joined = f"{{ SELECT * {{ {alone} {joined} }} }}" if joined else alone
        return f"{query.prologue} {query.head} {{ {joined} {' '.join(query.filters)} }} {query.tail}"

    def _counted(self, query: _Query, prefixes: Mapping[str, str], base: str | None) -> str | None:
        pattern = query.patterns[0]
        grouped = _BY_ONE.match(query.tail)
        group = grouped[1] if grouped else None
        strange = re.search(r"[\"']|<\S|grappe_counted", query.head + query.tail)  # not ours to change a word in
        if query.filters or strange or (group is None and "group" in query.tail.casefold()):
            return None
        if group is not None and group not in pattern.variables:
            return None
        others = "|".join(re.escape(name) for name in pattern.variables if name != group)
        count = re.compile(rf"\bCOUNT\s*\(\s*(?:\*|[?$](?:{others or '(?!)'}))\s*\)", re.IGNORECASE)
        head, tail = (count.sub(f"SUM({_COUNTED})", text) for text in (query.head, query.tail))
        rest = re.sub(r"\bSUM\(\?grappe_counted\)", "", head + tail)
        if _AGGREGATE.search(rest) or (others and re.search(rf"[?$](?:{others})\b", rest)):
            return None
        alike = pattern.named_alike
        place = next(
            (one for one, term in zip("spo", pattern, strict=True) if group and term in ("?" + group, "$" + group)),
            None,
        )
        counts = self._count(query.prologue, " ".join(alike), place, prefixes, base)
        if counts is None:
            return None
        if group is None:
            return f"{query.prologue} {head} {{ VALUES {_COUNTED} {{ {counts[0][1]} }} }} {tail}"
        rows = " ".join(f"({term} {number})" for term, number in counts)
        return f"{query.prologue} {head} {{ VALUES (?{group} {_COUNTED}) {{ {rows} }} }} {tail}"

    def _count(
        self, prologue: str, words: str, group: str | None, prefixes: Mapping[str, str], base: str | None
    ) -> list[tuple[str, int]] | None:
        """Return how many triples fit a pattern, by the term that a variable stands for where ``group`` names one."""
        key = prologue, words, group, tuple(prefixes.items()), base
        if key in self._counts:
            return self._counts[key]
        text = (
            f"{prologue} SELECT (COUNT(*) AS {_COUNTED}) {{ {words} }}"
            if group is None
            else f"{prologue} SELECT ?{group} (COUNT(*) AS {_COUNTED}) {{ {words} }} GROUP BY ?{group}"
        )
        solutions = self.store.query(text, prefixes=dict(prefixes), base_iri=base)
        assert isinstance(solutions, ox.QuerySolutions)
        found = _read(solutions, group)
        if len(self._counts) >= _MOST_KEPT:
            self._counts.clear()
        self._counts[key] = found
        return found


def _read(solutions: ox.QuerySolutions, group: str | None) -> list[tuple[str, int]] | None:
    """Return terms as a query writes them, with their counts; None if they are many, or one cannot be written."""
    found: list[tuple[str, int]] = []
    for solution in solutions:
        term = solution[group] if group else None
        if isinstance(term, ox.BlankNode | ox.Triple) or (isinstance(term, ox.Literal) and term.direction):
            return None
        if len(found) == _MOST_TERMS:
            return None
        number = solution[_COUNTED[1:]]
        assert isinstance(number, ox.Literal)
        found.append((str(term), int(number.value)))
    return found


def _joinable(patterns: list[_Pattern]) -> list[_Pattern] | None:
    """Return patterns in the first order in which each shares a variable with those before it; None: there is none."""
    left, known = [*patterns], {*patterns[0].variables}
    ordered = []
    while left:
        following = next((one for one in left if known & {*one.variables}), None)
        if following is None:
            return None
        left.remove(following)
        known |= {*following.variables}
        ordered.append(following)
    return ordered


def _narrows(text: str) -> bool:
    """Return whether a FILTER may leave few solutions: then looking each of them up is the better way."""
    return bool(re.search(r"(?<![<>!])=|\bin\b|\bsameterm\b", text, re.IGNORECASE))


def _tokens(query: str) -> list[_Token] | None:
    tokens, place = [], 0
    while place < len(query):
        found = _TOKEN.match(query, place)
        if found is None:
            return None
        place = found.end()
        if found.lastgroup != "space":
            tokens.append(_Token(str(found.lastgroup), found[0], found.start(), place))
    return tokens


def _parsed(query: str) -> _Query | None:
    """Return a query taken apart, or None if it has more to it than one plain group."""
    tokens = _tokens(query)
    if tokens is None:
        return None
    opens = [i for i, token in enumerate(tokens) if token.text == "{"]
    closes = [i for i, token in enumerate(tokens) if token.text == "}"]
    if len(opens) != 1 or len(closes) != 1 or closes[0] < opens[0]:
        return None
    at = 0
    while at + 2 < opens[0] and tokens[at].is_word("prefix"):
        if tokens[at + 1].kind != "name" or tokens[at + 2].kind != "iri":
            return None
        at += 3
    if not tokens[at].is_word("select") or any(token.is_word("from") for token in tokens[at : opens[0]]):
        return None
    if tokens[at + 1].text == "*" or tokens[at + 1].is_word("distinct", "reduced"):
        return None
    if closes[0] + 1 < len(tokens) and not tokens[closes[0] + 1].is_word("group", "having", "order", "limit", "offset"):
        return None
    group = _group(tokens[opens[0] + 1 : closes[0]])
    if group is None:
        return None
    prologue, head, tail = tokens[:at], tokens[at : opens[0]], tokens[closes[0] + 1 :]
    return _Query(_text(prologue), _text(head), *group, _text(tail))


def _text(tokens: list[_Token]) -> str:
    """Return tokens as they were written, without comments."""
    pieces = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        pieces += ["" if before is not None and before.end == token.start else " ", token.text]
    return "".join(pieces)


def _group(tokens: list[_Token]) -> tuple[list[_Pattern], list[str]] | None:
    patterns: list[_Pattern] = []
    filters: list[str] = []
    at = 0
    while at < len(tokens):
        if tokens[at].is_word("filter"):
            end = _bracket(tokens, at + 1)
            if end is None:
                return None
            filters.append(_text(tokens[at : end + 1]))
            at = end + 1
            if at < len(tokens) and tokens[at].text == ".":
                at += 1
            continue
        subject = tokens[at]
        at += 1
        while True:
            if at + 1 >= len(tokens):
                return None
            predicate, object = tokens[at], tokens[at + 1]
            pattern = _Pattern(subject.text, predicate.text, object.text)
            terms = all(token.kind in ("variable", "iri", "name") for token in (subject, object))
            named = predicate.kind in ("variable", "iri", "name") or predicate.text == "a"
            if not terms or not named or len({*pattern.variables}) < len(pattern.variables) or not pattern.variables:
                return None
            patterns.append(pattern)
            at += 2
            if at < len(tokens) and tokens[at].text == ";":
                at += 1
                continue
            break
        if at < len(tokens) and tokens[at].text == ".":
            at += 1
        elif at < len(tokens) and not tokens[at].is_word("filter"):
            return None
    return (patterns, filters) if patterns else None


def _bracket(tokens: list[_Token], at: int) -> int | None:
    """Return the place of the bracket that closes the one that opens at a place."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[place].text, 0)
        if not depth:
            return place if tokens[place].text == ")" else None
    return None
