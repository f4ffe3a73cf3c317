"""DOCX: paragraphs, list items, tables, headers, footers and boxes of a Word document, by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grappe.errors import ReadError
from grappe.read.text import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["is_docx", "read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: A file that unpacks to more than this, or so many times its size, is no document.
_MOST_BYTES, _MOST_TIMES = 200_000_000, 200
_HEADING = re.compile(r"(?:title|titre|heading|subtitle|sous-titre)", re.I)


def is_docx(body: bytes) -> bool:
    """Return whether bytes are a Word document: an archive with the part that holds its text."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return False


def read_docx(id: str, body: bytes, *, name: str) -> str:
    """Return the text of a Word document; what was struck out with changes tracked is not in it.

    Raises:
        ReadError: The file is damaged, or unpacks to more than any document.
    """
    import docx

    def refuse(why: str, remedy: str) -> ReadError:
        return ReadError(f"{name} {why}.", document=id, remedy=remedy)

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > _MOST_BYTES or unpacked > _MOST_TIMES * max(len(body), 10_000):
            raise refuse("unpacks to more than any document", "Save it as plain text and read that file.")
        document = docx.Document(io.BytesIO(body))
        headers = [s.header._element for s in document.sections if not s.header.is_linked_to_previous]
        footers = [s.footer._element for s in document.sections if not s.footer.is_linked_to_previous]
        parts = [*headers, document.element.body, *footers]
        lines = [line for part in parts for line in _blocks(part)]
    except ReadError:
        raise
    except Exception as error:  # what a damaged file makes of the libraries below has no common root
        raise refuse("is a Word document that cannot be opened", "Save it again, or as plain text.") from error
    text = plain("".join(lines).strip() + "\n")
    if not any(c.isalnum() for c in text):
        raise refuse("is a Word document without text", "Give a file that holds text.")
    return text


def _blocks(part: _Element) -> Iterator[str]:
    """Yield the paragraphs, items and tables of a part, each with the line ends that set it apart."""
    for element in part:
        if element.tag == f"{_W}p":
            text = _words(element)
            if text.strip():
                yield f"- {text.strip()}\n" if _is_item(element) else f"\n{text.strip()}\n"
            for box in element.iter(f"{_W}txbxContent"):
                if next(box.iterancestors(f"{_MC}Fallback"), None) is None:
                    yield from _blocks(box)
        elif element.tag == f"{_W}tbl":
            yield from _table(element)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(element)


def _table(table: _Element) -> Iterator[str]:
    """Yield a table row by row; one of a single column is a frame around paragraphs."""
    rows = [[*row.iter(f"{_W}tc")] for row in table.iterchildren(f"{_W}tr")]
    if all(len(row) < 2 for row in rows):
        for row in rows:
            for cell in row:
                yield from _blocks(cell)
        return
    yield "\n"
    for row in rows:
        cells = [" ".join("".join(_blocks(cell)).split()) for cell in row]
        yield "   ".join(filter(None, cells)) + "\n"
    yield "\n"


def _is_item(paragraph: _Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = style.get(f"{_W}val", "") if style is not None else ""
    if _HEADING.match(named):
        return False
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if number is not None:
        return bool(number.get(f"{_W}val") != "0")
    return re.match(r"list|liste|puce", named, re.I) is not None


def _words(element: _Element) -> str:
    """Return the words of a paragraph as they stand after all changes; a box in it is no part of it."""
    out = ""
    for child in element:
        match str(child.tag).removeprefix(_W):
            case "t":
                out += child.text or ""
            case "tab" | "ptab":
                out += "\t" if child.getparent().tag == f"{_W}r" else ""
            case "br" | "cr":
                out += "\n"
            case "noBreakHyphen":
                out += "\u2011"
            case "softHyphen":
                out += "\u00ad"
            case "del" | "moveFrom" | "txbxContent" | "instrText" | "pPr" | "rPr" | "delText":
                pass
            case _ if child.tag == f"{_MC}Fallback":
                pass
            case _:
                out += _words(child)
    return out
