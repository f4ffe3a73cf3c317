"""The query operation of the SPARQL 1.1 Protocol: what a request asks for."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote_to_bytes

from grappe.config import Settings
from grappe.errors import UnknownFormat
from grappe.store import query
from grappe.store.formats import GRAPHS, RESULTS
from grappe.web.bodies import graph_name, media_type
from grappe.web.negotiation import accepted, named
from grappe.web.problems import BadRequest

__all__ = ["Asked", "parameters_of", "posted", "read_query"]

#: A sign that begins an escape, and is none.
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")

#: A request has at most so many parameters.
_MAX_PARAMETERS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: the query, and the seconds that it may take."""

    request: query.Request
    timeout: float

    @property
    def key(self) -> tuple[str, str]:
        """What its answer depends on, on one generation: the query; dataset, formats and limits."""
        one = self.request
        best = (*one.results[:1], "|", *one.graphs[:1])
        if one.default_graphs is None and one.named_graphs is None:
            return one.query, _others(best, one.abbreviated, self.timeout, one.result_bytes)
        graphs = (one.default_graphs, one.named_graphs)
        return one.query, repr((graphs, best, one.abbreviated, self.timeout, one.result_bytes))


@lru_cache(maxsize=64)
def _others(best: tuple[str, ...], abbreviated: bool, timeout: float, result_bytes: int) -> str:
    return repr((best, abbreviated, timeout, result_bytes))


def read_query(
    parameters: Sequence[tuple[str, str]], accept: str | None, settings: Settings, *, mark: str = ""
) -> Asked:
    """Return the query that a request carries.

    Args:
        parameters: of the address and of the form together.
        accept: the Accept header.
        settings: what the query may take.
        mark: that of the generation to ask, empty for the current one.

    Raises:
        BadRequest: if it carries none, or several, or a parameter that cannot be used.
        UnknownFormat: if no format that the client accepts is one that Grappe writes.
    """
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        if name in values:
            values[name].append(value)
        else:
            values[name] = [value]
    queries = values.get("query", [])
    if len(queries) != 1 or not queries[0].strip():
        said = "carries several queries" if len(queries) > 1 else "carries no query"
        raise BadRequest(f"The request {said}.", remedy="Send one, as /sparql?query=… or as the body of a POST.")
    results, graphs = _formats(accept, values["format"][-1] if "format" in values else None)
    request = query.Request(
        queries[0],
        results,
        graphs,
        default_graphs=_dataset(values, "default-graph-uri"),
        named_graphs=_dataset(values, "named-graph-uri"),
        prefixes={} if settings.plain else None,
        result_bytes=settings.serving.result_bytes,
        mark=mark,
        base=settings.base,
        abbreviated="format" in values,
    )
    return Asked(request, _timeout(values.get("timeout"), settings.query_timeout))


def parameters_of(text: bytes) -> list[tuple[str, str]]:
    """Return the parameters of an address's query or of a form.

    Raises:
        BadRequest: if they cannot be read.
    """
    try:
        if text.startswith(b"query=") and b"&" not in text:  # the usual case, in a third of the time
            return [("query", _unquoted(text[6:]).decode("utf-8"))]
        return parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError:
        raise BadRequest("The request's parameters are no UTF-8.", remedy="Encode the query as UTF-8.") from None
    except ValueError:
        raise BadRequest(f"The request has more than {_MAX_PARAMETERS} parameters.", remedy="Send fewer.") from None


def _unquoted(text: bytes) -> bytes:
    """Return a form's value without its escapes, by the decoder of quoted-printable, which has ``=`` where forms have
    ``%`` and is ten times as fast as the library's own; it reads signs that escape nothing in another way.
    """
    text = text.replace(b"+", b" ")
    if _NO_ESCAPE.search(text):
        return unquote_to_bytes(text)
    return a2b_qp(text.replace(b"=", b"=3D").replace(b"%", b"="))


def posted(content_type: str | None, body: bytes) -> list[tuple[str, str]]:
    """Return the parameters that the body of a POST carries.

    Raises:
        BadRequest: if it is of a type that the protocol does not know, or no UTF-8.
    """
    kind = media_type(content_type)
    if kind == "application/x-www-form-urlencoded":
        return parameters_of(body)
    if kind == "application/sparql-query":
        try:
            return [("query", body.decode("utf-8"))]
        except UnicodeDecodeError:
            raise BadRequest("The request's body is no UTF-8.", remedy="Encode the query as UTF-8.") from None
    raise BadRequest(
        f"A query cannot be posted as '{kind or 'nothing'}'.",
        remedy="Use application/sparql-query or application/x-www-form-urlencoded.",
        status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )


def _dataset(values: Mapping[str, list[str]], name: str) -> Sequence[str] | None:
    iris = values.get(name)
    for iri in iris or ():
        graph_name(iri, name)
    return iris


def _timeout(given: Sequence[str] | None, limit: float) -> float:
    if not given:
        return limit
    try:
        seconds = float(given[-1])
    except ValueError:
        seconds = 0
    if not seconds > 0:
        raise BadRequest(f"'{given[-1]}' is no number of seconds.", remedy="Give timeout as a number such as 5.")
    return min(seconds, limit)


@lru_cache(maxsize=256)
def _formats(accept: str | None, asked: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if asked is not None:
        results, graphs = named(asked, RESULTS), named(asked, GRAPHS)
        if asked in ("json", "xml"):
            graphs = ["jsonld" if asked == "json" else "rdfxml"]
        wanted = asked
    else:
        results, graphs, wanted = accepted(accept, RESULTS), accepted(accept, GRAPHS), accept or ""
    if not results and not graphs:
        known = ", ".join(f.media_types[0] for f in (*RESULTS, *GRAPHS))
        raise UnknownFormat(f"Grappe does not write '{wanted}'.", format=wanted, remedy=f"Ask for one of {known}.")
    return tuple(results), tuple(graphs)
