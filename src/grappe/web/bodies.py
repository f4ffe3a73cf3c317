"""Bodies of requests: read within a limit, unpacked within the same one, put into files where they are large."""

from __future__ import annotations

import asyncio
import os
import tempfile
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pyoxigraph as ox
from fastapi import Request

from grappe.store.formats import GRAPHS, Format
from grappe.store.home import disk_errors
from grappe.web.asgi import BODY_SECONDS, too_slow
from grappe.web.multipart import parts_of
from grappe.web.problems import BadRequest

__all__ = ["MAX_UPDATE", "MAX_UPLOAD", "Part", "format_sent", "graph_name", "media_type", "read_text", "spooled"]

#: An update is at most so many bytes, an upload at most so many.
MAX_UPDATE, MAX_UPLOAD = 16 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Part:
    """What a client uploaded: the file that it was put in, and the name of its format."""

    path: str
    format: str


def media_type(header: str | None) -> str:
    """Return a Content-Type without its parameters."""
    return (header or "").partition(";")[0].strip().casefold()


async def read_text(request: Request, *, limit: int = MAX_UPDATE) -> str:
    """Return a body as text.

    Raises:
        BadRequest: if it is too large, too slow, packed in an unknown way, or no UTF-8.
    """
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = b"".join([piece async for piece in _pieces(request, limit)])
    except TimeoutError:
        raise too_slow() from None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("The request's body is no UTF-8.", remedy="Encode it as UTF-8.") from None


@contextmanager
def _file(folder: Path) -> Iterator[tuple[int, str]]:
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=folder)
    try:
        yield descriptor, path
    finally:
        Path(path).unlink(missing_ok=True)


async def spooled(request: Request, folder: Path) -> AsyncGenerator[list[Part], None]:
    """Give the RDF that a request carries as files in a folder, for as long as the iterator is open; once.

    Raises:
        BadRequest: if it is too large, or in no format that Grappe reads.
    """
    kind = media_type(request.headers.get("content-type"))
    if kind == "multipart/form-data":
        body = b"".join([piece async for piece in _pieces(request, MAX_UPDATE)])
        parts = parts_of(request.headers["content-type"], body)
        formats = [_format(part.media_type, part.name) for part in parts]
        with _file(folder) as (first, path):
            os.close(first)
            paths = [f"{path}.{place}" for place in range(len(parts))]
            try:
                for name, part in zip(paths, parts, strict=True):
                    with disk_errors(folder):
                        Path(name).write_bytes(part.content)
                yield [Part(name, format) for name, format in zip(paths, formats, strict=True)]
            finally:
                for name in paths:
                    Path(name).unlink(missing_ok=True)
        return
    format = _format(kind, None)
    with _file(folder) as (descriptor, path):
        with disk_errors(folder), os.fdopen(descriptor, "wb") as file:
            async for piece in _pieces(request, MAX_UPLOAD):
                file.write(piece)
        yield [Part(path, format)]


def format_sent(kind: str, name: str) -> Format | None:
    """Return the format of a graph that is sent: by its media type or, where that says nothing, by its ending."""
    by_type = next((format for format in GRAPHS if kind in format.media_types), None)
    if by_type is not None or kind not in ("", "text/plain", "application/octet-stream"):
        return by_type
    ending = name.rpartition(".")[2].casefold()
    return next((format for format in GRAPHS if format.ending == ending), None)


def _format(kind: str, name: str | None) -> str:
    if (format := format_sent(kind, name or "")) is not None:
        return format.name
    known = ", ".join(format.media_types[0] for format in GRAPHS)
    raise BadRequest(
        f"Grappe does not read '{kind or 'a body without Content-Type'}'.",
        remedy=f"Send one of {known}.",
        status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )


async def _pieces(request: Request, limit: int) -> AsyncIterator[bytes]:
    """Yield a body, unpacked; what is sent and what it unpacks to are both held to the limit."""
    coding = request.headers.get("content-encoding", "identity").strip().casefold()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise BadRequest(
            f"Grappe does not unpack '{coding}'.", remedy="Use gzip.", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        )
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise _too_large(limit)
    unpack = None if coding == "identity" else zlib.decompressobj(wbits := 31 if "gzip" in coding else 15)
    total = 0
    try:
        async for piece in request.stream():
            rest = piece
            while rest:
                out, rest = rest, b""
                if unpack is not None:
                    if unpack.eof:  # a file of gzip may have several members, one after the other
                        unpack = zlib.decompressobj(wbits)
                    out = unpack.decompress(out, 1 << 20)
                    rest = unpack.unconsumed_tail or unpack.unused_data
                total += len(out)
                if total > limit:
                    raise _too_large(limit)
                yield out
        if unpack is not None and not unpack.eof:
            raise zlib.error("it ends too early")
    except zlib.error as error:
        raise BadRequest(f"The body cannot be unpacked: {error}.", remedy="Send it whole, or unpacked.") from None


def _too_large(limit: int) -> BadRequest:
    return BadRequest(
        f"The request is larger than {limit} bytes.",
        remedy="Send it in pieces, or load the file with 'grappe load'.",
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    )


def graph_name(iri: str, parameter: str) -> str:
    """Return the address of a graph that a client gave.

    Raises:
        BadRequest: if it is no absolute IRI.
    """
    try:
        ox.NamedNode(iri)
    except ValueError:
        raise BadRequest(f"'{iri}' is no address of a graph.", remedy=f"Give {parameter} as an absolute IRI.") from None
    return iri
