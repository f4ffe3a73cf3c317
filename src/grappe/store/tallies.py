"""How often each term stands in one place of a pattern, and the queries that are answered from that.

A query on one pattern that says nothing of its terms but of one, and else only counts, has the same answer on the
distinct terms with their counts: FILTERs and expressions see each term once, and ``COUNT(*)`` becomes a sum. What a
count cannot stand for (``SAMPLE``, chance, an order of solutions) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

import pyoxigraph as ox

from grappe.store.plain_queries import PlainQuery, Token, text

__all__ = ["COUNTED", "MOST_TERMS", "Tally", "Told", "read_tally", "told"]

#: The variable that holds counts.
COUNTED = "?grappe_counted"

#: So many terms, and so many letters of them, are kept of a pattern.
MOST_TERMS, _MOST_BYTES = 5_000, 500_000

#: The engine reads a row of VALUES in the time of so many triples; of fewer rows, that does not matter.
_WORTH, _FEW = 3, 100

_AGGREGATES = ("count", "sum", "avg", "min", "max", "sample", "group_concat")

#: Where these have a say, one solution is not like another.
_CHANCE = re.compile(r"rand|uuid|bnode")

#: An address that is surely one: the engine reads ``?a<b&&c>?d`` and ``?a<b:c#>`` in another way.
_ADDRESS = re.compile(r"<\w+://[^?$*(),;|&]*>")

_XSD = re.escape("http://www.w3.org/2001/XMLSchema#")
_INTEGER = rf'"-?\d{{1,9}}"\^\^<{_XSD}integer>'
_DECIMAL = rf'"-?\d{{1,9}}(?:\.\d{{1,6}})?"\^\^<{_XSD}decimal>'

#: Of terms that are all of one of these kinds, no two are equal, and each two are ordered.
_ORDERED = [re.compile(kind) for kind in (_INTEGER, _DECIMAL, rf'"\d{{4}}-\d\d-\d\d"\^\^<{_XSD}date>', r'"[^"\\]*"')]

#: Terms of these kinds are multiplied and added up without a rest.
_EXACT = re.compile(f"{_INTEGER}|{_DECIMAL}")


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows of VALUES, a term and its count each (without a place: the count alone), and what may be said of them.

    ``ordered``: the terms have one least and one greatest; ``exact``: they can be multiplied and added up.
    """

    rows: str
    ordered: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A query that a tally by ``variable`` (None: a count of all) answers, in words that go around its rows.

    ``ordered`` and ``exact`` are what the tally has to be; ``held``: the engine would hold each term itself.
    """

    variable: str | None
    before: str
    after: str
    ordered: bool
    exact: bool
    held: bool

    def said(self, tally: Tally) -> str | None:
        """Return the query, or None where the terms are not as it wants them."""
        if (self.ordered and not tally.ordered) or (self.exact and not tally.exact):
            return None
        return f"{self.before} {tally.rows} {self.after}"


def told(query: PlainQuery) -> Told | None:
    """Return a query on one pattern as a tally can answer it, or None."""
    variables = {*query.patterns[0].variables}
    if not all(_clear(token) for part in (query.head, query.tail, *query.filters) for token in part):
        return None
    head, tail = _summed(query.head, variables), _summed(query.tail, variables)
    touched = {t.text[1:] for part in (head, tail, *query.filters) for t in part if _names(t, variables)}
    if len(touched) > 1:
        return None
    variable = next(iter(touched), None)
    others = _Others(variable)
    head, tail = others.read(head), others.read(tail)
    words = " ".join(token.text.casefold() for token in tail if token.kind == "word")
    aggregates = others.found or "group" in words or "having" in words
    cut = not aggregates and "order" not in words and ("limit" in words or "offset" in words)  # the engine ends early
    distinct = query.head[1].is_word("distinct")
    if others.strange or cut or query.head[1].is_word("reduced") or not (aggregates or distinct):
        return None
    filters = " ".join(map(text, query.filters))
    names = COUNTED if variable is None else f"?{variable} {COUNTED}"
    held = variable is not None and bool(
        re.match(rf"\s*GROUP BY [?$]{variable} *(?:$|[HOL])", text(tail), re.IGNORECASE)
    )
    return Told(
        variable,
        f"{query.prologue} {text(head)} {{ VALUES ({names}) {{",
        f"}} {filters} }} {text(tail)}",
        others.ordered,
        others.exact,
        held,
    )


def _clear(token: Token) -> bool:
    """Return whether it is sure what a token is, and the same for one solution as for the next."""
    folded = token.text.casefold()
    if token.kind == "word":
        return not _CHANCE.search(folded)
    return bool(_ADDRESS.fullmatch(folded)) if token.kind == "iri" else folded[1:] != COUNTED[1:]


def _summed(tokens: list[Token], variables: Set[str]) -> list[Token]:
    """Return tokens with a sum of counts for each count of solutions; the variables of a pattern are always bound."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        argument = _argument(tokens, at)
        counts = argument is not None and (argument.text == "*" or _names(argument, variables))
        if counts and tokens[at].is_word("count"):
            out.append(Token("sum", f"SUM({COUNTED})", tokens[at].start, tokens[at + 3].end))
            at += 4
        else:
            out.append(tokens[at])
            at += 1
    return out


def _argument(tokens: list[Token], at: int) -> Token | None:
    """Return what stands alone in the brackets that follow a word."""
    if at + 3 < len(tokens) and tokens[at + 1].text == "(" and tokens[at + 3].text == ")":
        return tokens[at + 2]
    return None


def _names(token: Token, variables: Set[str | None]) -> bool:
    return token.kind == "variable" and token.text[1:] in variables


@dataclass(slots=True)
class _Others:
    """Reads the aggregates that are no counts of solutions: those of the one variable may be said of a tally."""

    variable: str | None
    found: bool = False
    ordered: bool = False
    exact: bool = False
    strange: bool = False

    def read(self, tokens: list[Token]) -> list[Token]:
        """Return tokens with the sums of terms taken as often as these stand."""
        out = [*tokens]
        for at, token in enumerate(tokens):
            word = token.text.casefold()
            self.found |= token.kind == "sum"
            if token.kind != "word" or not word.endswith(_AGGREGATES):
                continue
            self.found = True
            argument = _argument(tokens, at)
            alone = argument is not None and _names(argument, {self.variable})
            if word in ("min", "max") and alone:
                self.ordered = True
            elif word == "sum" and alone:
                self.exact = True
                name, counted = tokens[at + 2], f"?{self.variable} * {COUNTED}"
                out[at + 2] = Token("sum", counted, name.start, name.end)
            elif not (word == "count" and tokens[at + 2].is_word("distinct") and tokens[at + 3].text != "*"):
                self.strange = True
        return out


def read_tally(solutions: ox.QuerySolutions, variable: str | None) -> Tally | None:
    """Return the tally of solutions with a term and a count each; None where it is too large or cannot be written."""
    rows: list[str] = []
    terms: list[str] = []
    triples = size = 0
    for solution in solutions:
        term = solution[variable] if variable else None
        if isinstance(term, ox.BlankNode | ox.Triple) or (isinstance(term, ox.Literal) and term.direction):
            return None
        number = solution[COUNTED[1:]]
        assert isinstance(number, ox.Literal)
        triples += int(number.value)
        terms.append("" if term is None else str(term))
        rows.append(f"({terms[-1]} {number.value})")
        size += len(rows[-1])
        if len(rows) > MOST_TERMS or size > _MOST_BYTES:
            return None
    if len(rows) > max(_FEW, triples // _WORTH):
        return None
    if not triples:
        return Tally("")
    ordered = any(all(map(kind.fullmatch, terms)) for kind in _ORDERED)
    return Tally(" ".join(rows), ordered, all(map(_EXACT.fullmatch, terms)))
