"""Which format and coding a client wants, and which answer it holds already (RFC 9110, sections 12.5 and 13.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grappe.errors import UnknownFormat
from grappe.store.formats import GRAPHS, Format

__all__ = ["PAGE", "accepted", "accepts_gzip", "content_type", "holds", "named", "wanted_graphs", "wants_page"]

#: An entity tag; what follows W/ is what tells answers apart.
_TAG = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*+"')

#: A page for people, as a format among the others.
PAGE = Format("html", ("text/html", "application/xhtml+xml"), "html")


def accepted(header: str | None, formats: Sequence[Format]) -> list[str]:
    """Return the names of the formats that an Accept header allows, the most welcome first.

    A format is weighed by its most welcome media type, a media type by the most specific range that covers it; of
    equals, one whose own media type (its first, which Grappe answers with) weighs as much wins, then the earlier.

    >>> from grappe.store.formats import RESULTS
    >>> accepted("text/csv, application/sparql-results+json;q=0.5", RESULTS)
    ['csv', 'json']
    """
    ranges = _ranges(header)
    if not ranges:
        return [f.name for f in formats]
    weighed = []
    for place, format in enumerate(formats):
        own, *others = (_weight(media_type, ranges) for media_type in format.media_types)
        weight = max(own, *others) if others else own
        if weight > 0:
            weighed.append((-weight, own < weight, place, format.name))
    return [name for *_, name in sorted(weighed)]


def wants_page(header: str | None) -> bool:
    """Return whether an Accept header asks for a page rather than for data: a browser's does, a client's of RDF not.

    >>> wants_page("text/html,application/xml;q=0.9,*/*;q=0.8"), wants_page("text/turtle, text/html;q=0.2")
    (True, False)
    """
    return accepted(header, (*GRAPHS, PAGE))[:1] == [PAGE.name]


def named(name: str, formats: Sequence[Format]) -> list[str]:
    """Return the format of a name, a file ending or a media type, as a list of one or none."""
    return [f.name for f in formats if name in (f.name, f.ending, *f.media_types)][:1]


def wanted_graphs(asked: str | None, accept: str | None, formats: Sequence[Format] = GRAPHS) -> list[str]:
    """Return the names of the formats of graphs that a request wants: the one it names or, without, those it accepts.

    Raises:
        UnknownFormat: if there is none that Grappe writes.
    """
    names = named(asked, GRAPHS) if asked else accepted(accept, formats)
    if not names:
        known = ", ".join(format.media_types[0] for format in GRAPHS)
        wanted = asked or accept or ""
        raise UnknownFormat(f"Grappe does not write '{wanted}'.", format=wanted, remedy=f"Ask for one of {known}.")
    return names


def content_type(media_type: str) -> str:
    """Return the Content-Type of an answer of a media type: text says that it is UTF-8.

    >>> content_type("text/turtle"), content_type("application/n-triples")
    ('text/turtle; charset=utf-8', 'application/n-triples')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def accepts_gzip(header: str | None) -> bool:
    """Return whether an Accept-Encoding header asks for gzip, and not rather for the answer as it is.

    >>> [accepts_gzip(said) for said in ("gzip;q=0.5", "gzip; q=0.000", "br, *", "identity, gzip;q=0.5", "", None)]
    [True, False, True, False, False, False]
    """
    weights: dict[str, float] = {}
    for part in (header or "").split(","):
        coding, *parameters = (piece.strip().casefold() for piece in part.split(";"))
        weights["gzip" if coding == "x-gzip" else coding] = _quality(parameters)
    weight = weights.get("gzip", weights.get("*", 0.0))
    return weight > 0 and weight >= weights.get("identity", 0.0)


def holds(header: str | None, etag: str, *, exists: bool = True) -> bool:
    """Return whether an If-None-Match header says that the client holds the answer of a tag, weak or strong.

    ``*`` says that it holds whatever there is: so it does where it is sure that the answer ``exists``.

    >>> holds('W/"a", "b"', '"a"'), holds('"xa"', '"a"'), holds("*", '"a"'), holds("*", '"a"', exists=False)
    (True, False, True, False)
    """
    if header is None:
        return False
    return exists if header.strip() == "*" else etag in _TAG.findall(header)


def _ranges(header: str | None) -> list[tuple[str, str, float]]:
    out = []
    for part in (header or "").split(","):
        range_, *parameters = (piece.strip().casefold() for piece in part.split(";"))
        kind, slash, subkind = range_.partition("/")
        if slash:
            out.append((kind, subkind, _quality(parameters)))
    return out


def _quality(parameters: Sequence[str]) -> float:
    """Return the weight that parameters give, 1 where they give none, 0 where it is no number."""
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = min(1.0, max(0.0, float(value)))
            except ValueError:
                weight = 0.0
    return weight


def _weight(media_type: str, ranges: list[tuple[str, str, float]]) -> float:
    kind, _, subkind = media_type.partition("/")
    best = (-1, 0.0)
    for range_kind, range_subkind, weight in ranges:
        if range_kind in ("*", kind) and range_subkind in ("*", subkind):
            best = max(best, ((range_kind != "*") + (range_subkind != "*"), weight))
    return best[1]
