"""Where a text stops to parse, said so that a person finds the place."""

from __future__ import annotations

import re

from grappe.errors import QuerySyntaxError

__all__ = ["said_of", "syntax_error"]

_PLACE = re.compile(r"\bat (\d+):(\d+)")
_REASON = re.compile(r"(?:one of |expected |, )([A-Z][a-z]+(?: [A-Za-z]+)+)")


def syntax_error(what: str, text: str, error: SyntaxError) -> QuerySyntaxError:
    """Return the error of a text that does not parse, with the place in code points from its beginning."""
    place, why = said_of(error)
    if place is None:
        return QuerySyntaxError(f"The {what} does not parse{why}.", remedy="Mend it and send it again.")
    lines, (line, column) = text.split("\n"), place
    offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    return QuerySyntaxError(
        f"The {what} does not parse (line {line}, column {column}){why}.", offset=offset, remedy="Mend it there."
    )


def said_of(error: SyntaxError) -> tuple[tuple[int, int] | None, str]:
    """Return the line and the column that the engine names, and the reason as it ends a sentence, where it has one.

    The engine lists every sign that could stand there; what helps is the place, and a sentence among them.
    """
    said = str(error)
    place, reason = _PLACE.search(said), _REASON.search(said)
    return place and (int(place[1]), int(place[2])), f": {reason[1].strip().lower()}" if reason else ""
