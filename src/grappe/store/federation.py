"""Does a query call another endpoint?"""

from __future__ import annotations

import re

__all__ = ["calls_service"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

#: The tokens in which the word may stand without being the keyword; whatever is left is code.
_NOT_CODE = re.compile(
    r"""
      <[^<>"{}|^`\\\x00-\x20]*>                       # an address
    | '''(?:[^'\\]|\\.|'(?!''))*''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
    | '(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*"   # strings
    | \#[^\n\r]*                                      # a comment
    | \\.                                             # an escaped sign in a name, which opens nothing
    | [?$]\w+                                         # a variable
    | @[A-Za-z]+(?:-[A-Za-z0-9]+)*                    # a language
    | [\w.-]*:(?:[\w.:%-]|\\.)*                       # a prefixed name
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def calls_service(query: str) -> bool:
    """Return whether a query or update holds the keyword SERVICE, in any spelling.

    Escapes of code points come first, as the recommendation has it (SPARQL 1.1 Query, section 19.2); a query that
    holds the keyword only before or only after they are resolved counts too.

    >>> calls_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_service("SELECT * { ?s ?p 'customer service' } # service")
    False
    """
    resolved = _ESCAPE.sub(lambda m: _character(int(m[1] or m[2], 16)), query)
    return any("service" in text.casefold() and _has_keyword(text) for text in {query, resolved})


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"


def _has_keyword(text: str) -> bool:
    return any((m["word"] or "").casefold() == "service" for m in _NOT_CODE.finditer(text))
