"""Where a text stops to parse, said so that a person finds the place."""

from __future__ import annotations

import re

from grappe.errors import QuerySyntaxError

__all__ = ["syntax_error"]

_PLACE = re.compile(r"\bat (\d+):(\d+)")
_REASON = re.compile(r"(?:one of |expected |, )([A-Z][a-z]+(?: [A-Za-z]+)+)")


def syntax_error(what: str, text: str, error: SyntaxError) -> QuerySyntaxError:
    """Return the error of a text that does not parse, with the place in code points from its beginning.

    The engine lists every sign that could stand there; what helps is the place, and a sentence where it has one.
    """
    said = str(error)
    place, reason = _PLACE.search(said), _REASON.search(said)
    why = f": {reason[1].strip().lower()}" if reason else ""
    if not place:
        return QuerySyntaxError(f"The {what} does not parse{why}.", remedy="Mend it and send it again.")
    lines, line, column = text.split("\n"), int(place[1]), int(place[2])
    offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    return QuerySyntaxError(
        f"The {what} does not parse (line {line}, column {column}){why}.", offset=offset, remedy="Mend it there."
    )
