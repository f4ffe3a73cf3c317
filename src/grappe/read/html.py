"""HTML: the article of a page, without its menus, by trafilatura."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grappe.errors import ReadError
from grappe.iri import fold
from grappe.read.text import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_html"]

_MONTHS = (
    "janvier", "f[ée]vrier", "mars", "avril", "mai", "juin",
    "juillet", "ao[uû]t", "septembre", "octobre", "novembre", "d[ée]cembre",
)  # fmt: skip
#: Deeper trees, and longer pages, are made to keep a reader busy.
_LONGEST = 20_000_000
_SPACE = re.compile(r"[ \t\r\n]+")
#: What a page's title says of its site: « … | Région Bretagne », « … - Inria ».
_SITE = re.compile(r"\s+[|–—·]\s+[^|]*$|\s+-\s+[^-]*$")


def read_html(id: str, body: bytes, *, name: str) -> str:
    """Return the text of a page's article: paragraphs, headings, items and rows of tables, each on a line of its own.

    Raises:
        ReadError: The page holds no article.
    """
    import trafilatura

    def refuse(why: str, remedy: str) -> ReadError:
        return ReadError(f"{name} {why}.", document=id, remedy=remedy)

    if len(body) > _LONGEST:
        raise refuse("is longer than any web page", "Split it, or save its text.")
    try:
        found = trafilatura.bare_extraction(
            body, favor_recall=True, include_comments=False, include_tables=True, with_metadata=True
        )
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise refuse("is a web page that cannot be read", "Save its text and read that file.") from error
    if found is None or isinstance(found, dict) or found.body is None:
        raise refuse("is a web page without an article", "Save the text that you mean and read that file.")
    lines = [line for element in found.body for line in _lines(element)]
    title = _SITE.sub("", found.title or "") or None
    if title and not any(_names(line, title) for line in lines[:6]):
        lines.insert(0, title)
    day = _shown(found.date, body) if found.date else None
    if day and not any(day in line for line in lines):
        lines.insert(1, day)
    text = plain("\n\n".join(lines) + "\n")
    if not any(c.isalnum() for c in text):
        raise refuse("is a web page without an article", "Save the text that you mean and read that file.")
    return text


def _lines(element: _Element) -> Iterator[str]:
    """Yield the lines of an element of the article."""
    tag = element.tag
    if tag == "list":
        items = (line for child in element for line in _items(child))
        yield "\n".join(f"- {line}" for line in items)
    elif tag == "table":
        rows = [[_words(cell) for cell in row.iter("cell")] for row in element.iter("row")]
        yield "\n".join("   ".join(filter(None, row)) for row in rows if any(row))
    else:
        yield from filter(None, map(_flat, re.split("\v", _raw(element))))


def _items(element: _Element) -> Iterator[str]:
    if element.tag != "item":
        yield from filter(None, [_words(element)])
        return
    own = _flat((element.text or "") + "".join(_raw(c, tail=True) for c in element if c.tag != "list"))
    yield from filter(None, [own])
    for inner in element.iterchildren("list"):
        for child in inner:
            yield from _items(child)


def _words(element: _Element) -> str:
    return _flat(_raw(element))


def _raw(element: _Element, *, tail: bool = False) -> str:
    """Return the words of an element, a line break as a vertical tab."""
    text = "\v" if element.tag == "lb" else element.text or ""
    text += "".join(_raw(child, tail=True) for child in element)
    return text + (element.tail or "" if tail else "")


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text.replace("\v", " ")).strip()


def _names(line: str, title: str) -> bool:
    """Return whether a line says what the page's title says."""
    a, b = fold(line), fold(title)
    return bool(b) and (a == b or a.startswith(b) or (len(a) > 12 and b.startswith(a)))


def _shown(date: str, body: bytes) -> str | None:
    """Return a date (ISO 8601) as the page shows it, where it does: an article's date often stands outside of it."""
    year, month, day = date.split("-")
    number = f"0?{int(day)}"
    written = rf"\b{number}(?:er)?\s+{_MONTHS[int(month) - 1]}\s+{year}\b|\b{number}[/.]{month}[/.]{year}\b"
    visible = re.sub(
        r"<(script|style)\b.*?</\1>|<[^>]*>", " ", html.unescape(body.decode("utf-8", "replace")), flags=re.S | re.I
    )
    found = re.search(written, visible, re.I)
    return _flat(found[0]) if found else None
