"""The formats that results and graphs are written in: name, media types, file ending."""

from __future__ import annotations

from dataclasses import dataclass

from grappe.errors import UnknownFormat

__all__ = ["GRAPHS", "RESULTS", "Format", "graph_format", "result_format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, its media types (the first is what Grappe answers with), its file
    ending, and whether it can hold named graphs.
    """

    name: str
    media_types: tuple[str, ...]
    ending: str
    datasets: bool = False


#: What a SELECT or ASK can be answered in.
RESULTS: tuple[Format, ...] = (
    Format("json", ("application/sparql-results+json", "application/json"), "srj"),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), "srx"),
    Format("csv", ("text/csv",), "csv"),
    Format("tsv", ("text/tab-separated-values",), "tsv"),
)

#: What a CONSTRUCT or DESCRIBE can be answered in, and what can be exported.
GRAPHS: tuple[Format, ...] = (
    Format("turtle", ("text/turtle", "application/x-turtle"), "ttl"),
    Format("ntriples", ("application/n-triples", "text/plain"), "nt"),
    Format("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), "rdf"),
    Format("jsonld", ("application/ld+json", "application/json"), "jsonld", datasets=True),
    Format("trig", ("application/trig", "application/x-trig"), "trig", datasets=True),
    Format("nquads", ("application/n-quads", "text/x-nquads"), "nq", datasets=True),
)


def result_format(name: str) -> Format:
    """Return the format of results of a name.

    Raises:
        UnknownFormat: if there is none.
    """
    return _named(name, RESULTS)


def graph_format(name: str) -> Format:
    """Return the format of graphs of a name.

    Raises:
        UnknownFormat: if there is none.
    """
    return _named(name, GRAPHS)


def _named(name: str, formats: tuple[Format, ...]) -> Format:
    for one in formats:
        if name in (one.name, one.ending):
            return one
    known = ", ".join(f.name for f in formats)
    raise UnknownFormat(
        f"'{name}' is no format that Grappe writes here.", format=name, remedy=f"Choose one of {known}."
    )
