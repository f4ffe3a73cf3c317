"""Queries of one plain group taken apart: triples without literals, blank nodes and paths, and FILTERs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Pattern", "PlainQuery", "Token", "parsed", "text"]

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


class Token(NamedTuple):
    """A word or mark of a query, and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Return whether it is one of some words, given in small letters."""
        return self.kind == "word" and self.text.casefold() in words


class Pattern(NamedTuple):
    """A triple pattern: the words of its three terms."""

    subject: str
    predicate: str
    object: str

    @property
    def variables(self) -> list[str]:
        """The names of its variables."""
        return [term[1:] for term in self if term[0] in "?$"]

    @property
    def named_alike(self) -> Pattern:
        """The pattern with variables by their places, so that what is known of it is known however it is written."""
        return Pattern(*(f"?{place}" if term[0] in "?$" else term for place, term in zip("spo", self, strict=True)))


@dataclass(frozen=True, slots=True)
class PlainQuery:
    """A query of one plain group, taken apart: what stands before the group, in it and after it."""

    prologue: str
    head: list[Token]
    patterns: list[Pattern]
    filters: list[list[Token]]
    tail: list[Token]


def _tokens(query: str) -> list[Token] | None:
    tokens, place = [], 0
    while place < len(query):
        found = _TOKEN.match(query, place)
        if found is None:
            return None
        place = found.end()
        if found.lastgroup != "space":
            tokens.append(Token(str(found.lastgroup), found[0], found.start(), place))
    return tokens


def parsed(query: str) -> PlainQuery | None:
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
    star = at + 2 if tokens[at + 1].is_word("distinct", "reduced") else at + 1
    if tokens[star].text == "*":
        return None
    if closes[0] + 1 < len(tokens) and not tokens[closes[0] + 1].is_word("group", "having", "order", "limit", "offset"):
        return None
    group = _group(tokens[opens[0] + 1 : closes[0]])
    if group is None:
        return None
    return PlainQuery(text(tokens[:at]), tokens[at : opens[0]], *group, tokens[closes[0] + 1 :])


def text(tokens: Sequence[Token]) -> str:
    """Return tokens as they were written, without comments."""
    pieces = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        pieces += ["" if before is not None and before.end == token.start else " ", token.text]
    return "".join(pieces)


def _group(tokens: list[Token]) -> tuple[list[Pattern], list[list[Token]]] | None:
    patterns: list[Pattern] = []
    filters: list[list[Token]] = []
    at = 0
    while at < len(tokens):
        if tokens[at].is_word("filter"):
            end = _bracket(tokens, at + 1)
            if end is None:
                return None
            filters.append(tokens[at : end + 1])
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
            pattern = Pattern(subject.text, predicate.text, object.text)
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


def _bracket(tokens: list[Token], at: int) -> int | None:
    """Return the place of the bracket that closes the one that opens at a place."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[place].text, 0)
        if not depth:
            return place if tokens[place].text == ")" else None
    return None
