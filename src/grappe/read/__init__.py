"""From the bytes of a file to its plain text and the blocks of its layout."""

from __future__ import annotations

import hashlib

from grappe.model import Document, Text
from grappe.read.archive import ARCHIVES, Member, how_many, is_archive, members
from grappe.read.docx import is_docx, read_docx
from grappe.read.html import read_html
from grappe.read.layout import blocks
from grappe.read.pdf import read_pdf
from grappe.read.text import decode, is_html, pages

__all__ = ["ARCHIVES", "ENDINGS", "Member", "how_many", "is_archive", "members", "read_bytes"]

#: The endings of the names of files that hold what Grappe reads.
ENDINGS = frozenset({".docx", ".htm", ".html", ".pdf", ".text", ".txt", ".xhtml"})

_PLAIN = "text/plain"
_HTML = "text/html"
_PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_bytes(id: str, body: bytes, *, media_type: str | None, name: str) -> Text:
    """Return the text of a file, fixed once: every offset of every fact counts its code points.

    What a file is, its own bytes say: names and media types are often wrong.

    Args:
        id: The identifier of the document, a slug.
        body: The file as it came.
        media_type: What the file is said to be, where its bytes do not tell; plain text where nobody says.
        name: The name of the file, for messages.

    Raises:
        ReadError: The file is empty, damaged, a scan, no text, or in no known encoding.
    """
    starts: tuple[int, ...] = ()
    sort = _sort(body) or (_HTML if _is_fragment(body, name) else media_type or _PLAIN)
    match sort:
        case "application/pdf":
            content, starts = read_pdf(id, body, name=name)
        case "text/html" | "application/xhtml+xml":
            content = read_html(id, body, name=name)
        case _ if sort == _DOCX:
            content = read_docx(id, body, name=name)
        case _:
            content, starts = pages(decode(id, body, name=name))
    document = Document(id, hashlib.sha256(body).hexdigest(), sort, body)
    return Text(document, content, blocks(content, pages=starts), starts)


def _is_fragment(body: bytes, name: str) -> bool:
    """Return whether a file that is called a web page is a piece of one: « <div>… »."""
    return (
        name.casefold().endswith((".html", ".htm", ".xhtml")) and body[:512].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
    )


def _sort(body: bytes) -> str | None:
    """Return the media type that bytes show by themselves."""
    if b"%PDF-" in body[:1024]:
        return _PDF
    if body.startswith(b"PK\x03\x04") and is_docx(body):
        return _DOCX
    return _HTML if is_html(body) else None
