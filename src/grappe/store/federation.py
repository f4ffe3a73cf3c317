"""What a query's words tell before it is evaluated: whether it calls another endpoint, and whether its answer lasts.

The engine wants no space between words: ``SERVICE:x{…}``, ``SERVICESILENT<…>{…}`` and ``1SERVICE<…>{…}`` all call. So
the word counts wherever it stands in a query, whatever it is glued to, except where the grammar has something that is
no code: strings, addresses, comments, variables, languages, and what follows the colon of a prefixed name.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from functools import lru_cache

from grappe.errors import QueryError

__all__ = [
    "ServiceRefused",
    "calls_service",
    "is_allowed",
    "is_lasting",
    "may_load",
    "redirected",
    "restored",
    "uncalled",
]

#: A query without these letters needs no closer look; an escape may hide them.
_SUSPECT = ("service", "load", "now", "rand", "uuid", "bnode", "\\u")

#: Where these have a say, the same query has another answer on the same graph.
_PASSING = ("service", "now", "rand", "uuid", "bnode")

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

#: One token. Repetitions are possessive, and what is not closed ends with the text, so that reading is linear.
_TOKEN = re.compile(
    r"""
      (?P<address><[^<>"{}|^`\\\x00-\x20]*+>)
    | '''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z) | \"\"\"(?:[^"\\]|\\.|"(?!""))*+(?:\"\"\"|\Z)
    | '(?:[^'\\\n\r]|\\.)*+'? | "(?:[^"\\\n\r]|\\.)*+"?  # strings
    | \#[^\n\r]*+                                        # a comment
    | \\.                                                # an escaped sign in a name, which opens nothing
    | [?$]\w++                                           # a variable
    | @[A-Za-z]++(?:-[A-Za-z0-9]++)*+                    # a language
    | :(?:[\w.:%-]|\\.)*+                                # a prefixed name without a prefix
    | (?P<words>[\w.-]++)(?P<local>:(?:[\w.:%-]|\\.)*+)? # words or numbers, or the prefix of a name
    """,
    re.VERBOSE | re.DOTALL,
)

#: What may stand between a name and the bracket that makes it the name of a service.
_BRACE = re.compile(r"(?:\s++|\#[^\n\r]*+)*+\{")


class ServiceRefused(QueryError):
    """A query calls another endpoint, and may not."""


def calls_service(query: str) -> bool:
    """Return whether a query or update may call another endpoint, in whatever spelling.

    Escapes of code points count too, before and after they are resolved (SPARQL 1.1 Query, section 19.2).

    >>> calls_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_service("SELECT * { ?s ?p 'customer service' } # service")
    False
    """
    words = _words(query)
    return bool(words) and any("service" in word for word in words)


def may_load(update: str) -> bool:
    """Return whether an update may hold the keyword LOAD, in whatever spelling.

    >>> may_load("LOAD <http://example.org/>"), may_load("INSERT DATA { <x:load> <x:b> 'load' }")
    (True, False)
    """
    return any("load" in word for word in _words(update))


def is_lasting(query: str) -> bool:
    """Return whether a query has the same answer as long as the graph is the same.

    >>> is_lasting("SELECT * { ?s ?p ?o }"), is_lasting("SELECT (NOW() AS ?now) {}")
    (True, False)
    """
    words = _words(query)
    return not words or not any(name in word for word in words for name in _PASSING)


@lru_cache(maxsize=4)
def _words(query: str) -> frozenset[str]:
    """Return what is code in a query, folded, as it stands and with its escapes resolved."""
    folded = query.casefold()
    for one in _SUSPECT:
        if one in folded:
            break
    else:
        return frozenset()
    resolved = _ESCAPE.sub(lambda m: _character(int(m[1] or m[2], 16)), query)
    return frozenset(word for text in {query, resolved} for word in _code(text))


def _code(text: str) -> Iterator[str]:
    for token, said in _spoken(text):
        yield (said if token["words"] else said.partition(")")[2]).casefold()


def _spoken(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the tokens that are code, or hold some, and their words or their address."""
    for token in _TOKEN.finditer(text):
        if words := token["words"]:
            # The prefix of a name is no code, unless the engine could read "SERVICE :name {".
            if token["local"] is None or _BRACE.match(text, token.end()):
                yield token, words
        elif (address := token["address"]) and ")" in address:
            # What looks like an address may be "less than", an expression's end, and a comment that holds ">".
            yield token, address


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


#: SERVICE as it has to be written where services are allowed: an absolute address in angle brackets, without escapes.
_CALL = re.compile(
    r"(?:\s|\#[^\n\r]*+[\n\r])*+(?:silent(?:\s|\#[^\n\r]*+[\n\r])*+)?(?P<open><)(?P<iri>https?://[^<>\"{}|^`\\\x00-\x20]++)>",
    re.IGNORECASE,
)


def is_allowed(iri: str, allowed: Sequence[str]) -> bool:
    """Return whether an endpoint is one of those allowed; one that ends in ``*`` stands for all that begin so.

    >>> is_allowed("https://example.org/sparql", ["https://example.org/*"])
    True
    """
    return any(iri.startswith(one[:-1]) if one.endswith("*") else iri == one for one in allowed)


def redirected(query: str, *, allowed: Sequence[str], proxy: str) -> str:
    """Return a query whose calls of other endpoints go to a proxy, as its address and theirs, encoded.

    Raises:
        ServiceRefused: if one is not allowed, or written so that it cannot be known which one it is.
    """
    out, done = [], 0
    for _, call in _calls(query):
        iri = call["iri"]
        if not is_allowed(iri, allowed):
            raise ServiceRefused(f"SERVICE <{iri}> is not allowed here.", remedy="Ask the operator to allow it.")
        out += [query[done : call.start("open")], "<", proxy, urlsafe_b64encode(iri.encode()).decode(), ">"]
        done = call.end()
    return "".join([*out, query[done:]])


def uncalled(query: str) -> str:
    """Return a query of the same length that calls nobody, and parses where this one does: SERVICE becomes GRAPH.

    Raises:
        ServiceRefused: if a call is written so that it cannot be known what it calls.

    >>> uncalled("ASK { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }")
    'ASK { GRAPH          <http://example.org/> { ?s ?p ?o } }'
    """
    out, done = [], 0
    for start, call in _calls(query):
        words = query[start : call.start("open")]
        out += [query[done:start], "GRAPH", re.sub(r"[^\n]", " ", words[len("GRAPH") :])]
        done = call.start("open")
    return "".join([*out, query[done:]])


def _calls(query: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield where each call begins, and what follows the keyword.

    Raises:
        ServiceRefused: if one is written so that it cannot be known what it calls.
    """
    if _ESCAPE.search(query):
        raise ServiceRefused("A query with SERVICE may hold no escapes.", remedy="Write the characters themselves.")
    for token, said in _spoken(query):
        code = said.casefold()
        if "service" not in code:
            continue
        call = _CALL.match(query, token.end())
        if code != "service" or call is None:
            raise ServiceRefused(
                "SERVICE is allowed here only before the address of an endpoint, in full.",
                remedy="Write it as SERVICE <https://example.org/sparql> { … }.",
            )
        yield token.start(), call


def restored(message: str, proxy: str) -> str:
    """Return what the engine says of a call with the endpoint's own address in it, not the proxy's."""
    if not proxy:
        return message
    return re.sub(re.escape(proxy) + r"([\w=-]+)", lambda m: urlsafe_b64decode(m[1]).decode(), message)
