"""Bodies in several parts (RFC 7578), of which none has parts in turn: read in time proportional to their length."""

from __future__ import annotations

import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from http import HTTPStatus

from grappe.web.problems import BadRequest

__all__ = ["MAX_PARTS", "Content", "parts_of"]

#: A body has at most so many parts, and each so many bytes of headers.
MAX_PARTS, _MAX_HEAD = 1000, 4096

_HEADERS = BytesHeaderParser(policy=email.policy.HTTP)


@dataclass(frozen=True, slots=True)
class Content:
    """One part: its media type, the name of its file (None: none), its bytes."""

    media_type: str
    name: str | None
    content: bytes


def parts_of(content_type: str, body: bytes) -> list[Content]:
    """Return the parts of a body.

    Raises:
        BadRequest: if it has none, too many, or is not whole.
    """
    boundary = _parsed(b"Content-Type: " + content_type.encode("latin-1", "replace")).get_boundary("")
    if not boundary:
        raise BadRequest("The Content-Type names no boundary.", remedy="Send it as it separates the parts.")
    mark = b"\r\n--" + boundary.encode("latin-1", "replace")
    pieces = (b"\r\n" + body).split(mark, MAX_PARTS + 1)
    if len(pieces) > MAX_PARTS + 1 and not pieces[-1].startswith(b"--"):
        raise BadRequest(
            f"The request has more than {MAX_PARTS} parts.",
            remedy="Send several requests, or load the files with 'grappe load'.",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    _, *inner = pieces
    if not inner or not inner[-1].startswith(b"--"):
        raise BadRequest("The request's parts do not end.", remedy="Send it whole, with the last boundary.")
    if len(inner) < 2:
        raise BadRequest("The request has no parts.", remedy="Send each file as a part with its Content-Type.")
    return [_part(piece) for piece in inner[:-1]]


def _part(piece: bytes) -> Content:
    head, gap, content = piece.partition(b"\r\n\r\n")
    if not gap or len(head) > _MAX_HEAD:
        raise BadRequest("A part of the request has no head, or too long a one.", remedy="Give each a Content-Type.")
    said = _parsed(head.lstrip(b" \t").removeprefix(b"\r\n"))
    if said.get("content-transfer-encoding", "binary").strip().casefold() not in ("binary", "8bit", "7bit"):
        raise BadRequest("A part of the request is encoded.", remedy="Send it as it is.")
    return Content(said.get_content_type(), said.get_filename(), content)


def _parsed(head: bytes) -> EmailMessage:
    message = _HEADERS.parsebytes(head + b"\r\n\r\n")
    assert isinstance(message, EmailMessage)
    return message
