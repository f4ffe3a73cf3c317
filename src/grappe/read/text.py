"""Bytes decoded: which encoding a plain-text file is in, and what of it is no text."""

from __future__ import annotations

import codecs
import re

from grappe.errors import ReadError

__all__ = ["NO_XML", "decode", "is_html", "pages", "plain"]

_SAVE_AS_TEXT = "Save it as plain text (UTF-8) and read that file."
_SAVE_AS_UTF8 = "Save it again as UTF-8."

#: How files begin that are often taken for text, and what they are.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an archive or a document that is none of Word"),
    (b"PK\x05\x06", "an empty archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
)
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html\b|<head\b|<body\b)", re.I | re.S
)
#: UTF-32 stands first, for its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What XML 1.0 has no place for; a form feed is no text either, but says where a page starts.
NO_XML = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST_NOISE = 0.02
_LEAST_PLAIN = 0.7


def decode(id: str, body: bytes, *, name: str) -> str:
    """Return the text of a file: LF line ends, no byte order mark, form feeds kept, else no character outside XML 1.0.

    The encoding is UTF-8, UTF-16 or UTF-32 with their marks, UTF-16 without one, or Windows-1252 where the bytes are
    none of them and come out as plausible prose.

    Raises:
        ReadError: The file is empty, is no text, or is in no known encoding.
    """

    def refuse(why: str, remedy: str) -> ReadError:
        return ReadError(f"{name} {why}.", document=id, remedy=remedy)

    def refuse_signature(start: bytes) -> None:
        for signature, what in _SIGNATURES:
            if start.startswith(signature):
                raise refuse(f"is {what}, not plain text", _SAVE_AS_TEXT)

    if not body:
        raise refuse("is empty", "Give a file that holds text.")
    refuse_signature(body[:8])
    raw = _decoded(body)
    if raw is None:
        raise refuse("is in no encoding that Grappe reads (UTF-8, UTF-16, Windows-1252)", _SAVE_AS_UTF8)
    noise = len(NO_XML.findall(raw))
    if "\0" in raw or noise > _MOST_NOISE * len(raw):
        raise refuse("holds binary data, not text", _SAVE_AS_TEXT)
    text = plain(raw)
    refuse_signature(text[:8].encode("utf-8"))
    if text[:64].lstrip().startswith("<?xml"):
        raise refuse("is XML, not plain text", _SAVE_AS_TEXT)
    if not any(c.isalnum() for c in text):
        raise refuse("holds no words", "Give a file that holds text.")
    return text


def plain(raw: str) -> str:
    r"""Return text with LF line ends and no character that XML 1.0 has no place for (form feeds apart).

    >>> plain("un\r\ndeux\x02\v")
    'un\ndeux\n'
    """
    # What XML forbids goes first: taken away later, it could bring a CR and an LF together, or bare a mark.
    text = NO_XML.sub("", raw).replace("\v", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return text.lstrip("\ufeff")


def is_html(body: bytes) -> bool:
    """Return whether bytes begin as a web page does."""
    start = body[:4096]
    encoding = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "latin-1"
    head = start.decode(encoding, "replace").removeprefix("\xef\xbb\xbf")
    return _MARKUP.match(head) is not None


def pages(text: str) -> tuple[str, tuple[int, ...]]:
    r"""Return a text with its form feeds made line ends, and where each page starts; nowhere if there are none.

    >>> pages("un\fdeux\f")
    ('un\ndeux\n', (0, 3))
    """
    starts = [0] + [found.end() for found in re.finditer("\f", text) if text[found.end() :].strip()]
    return text.replace("\f", "\n"), tuple(starts) if len(starts) > 1 else ()


def _decoded(body: bytes) -> str | None:
    """Return the bytes as text in the first encoding that fits, or None."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            try:
                return body.decode(encoding)
            except UnicodeDecodeError:
                return None
    if (unmarked := _unmarked_utf16(body)) is not None:
        try:
            return body.decode(unmarked)
        except UnicodeDecodeError:
            return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _broken_utf8(body):
        return None
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if NO_XML.search(text) or _plausible(text) else None


def _unmarked_utf16(body: bytes) -> str | None:
    """Return which UTF-16 bytes without a mark are: in Latin script every other byte is nought."""
    start = body[:4096]
    low, high = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if len(body) % 2 == 0 and half:
        if high > _LEAST_PLAIN * half and not low:
            return "utf-16-le"
        if low > _LEAST_PLAIN * half and not high:
            return "utf-16-be"
    return None


def _broken_utf8(body: bytes) -> bool:
    """Return whether bytes are UTF-8 with some damage: as Windows-1252 they would read « rÃ©gion »."""
    lenient = body.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    return sum(c > "\x7f" for c in lenient) - bad > bad


def _plausible(text: str) -> bool:
    """Return whether text reads like prose of a Latin script: letters, spaces and figures, few of them accented."""
    plain = sum(c.isascii() and (c.isalnum() or c.isspace()) for c in text)
    return plain >= _LEAST_PLAIN * len(text)
