"""From the bytes of a file to its plain text and the blocks of its layout."""

from __future__ import annotations

import hashlib

from grappe.model import Document, Text
from grappe.read.layout import blocks
from grappe.read.text import decode, pages

__all__ = ["ENDINGS", "read_bytes"]

#: The endings of the names of files that hold what Grappe reads.
ENDINGS = frozenset({".text", ".txt"})

_PLAIN = "text/plain"


def read_bytes(id: str, body: bytes, *, media_type: str | None, name: str) -> Text:
    """Return the text of a file, fixed once: every offset of every fact counts its code points.

    Args:
        id: The identifier of the document, a slug.
        body: The file as it came.
        media_type: What the file is said to be; plain text where nobody says.
        name: The name of the file, for messages.

    Raises:
        ReadError: The file is empty, is no text, or is in no known encoding.
    """
    content, starts = pages(decode(id, body, name=name))
    document = Document(id, hashlib.sha256(body).hexdigest(), media_type or _PLAIN, body)
    return Text(document, content, blocks(content, pages=starts), starts)
