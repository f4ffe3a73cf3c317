"""PDF: the words of each page with their places, from PDFium; :mod:`grappe.read.page` makes text of them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

from grappe.errors import ReadError
from grappe.read.page import Word, text_of_pages
from grappe.read.text import NO_XML

__all__ = ["read_pdf"]

#: No document of ours is longer; what is may be made to keep a reader busy.
_MOST_PAGES = 5_000
_MOST_CHARACTERS = 20_000_000
#: A page with fewer letters than this holds a picture of text, or none.
_FEW_LETTERS = 8
#: Letters that a font does not name: private use, or the sign of what cannot be shown.
_NAMELESS = ("\ue000", "\uf8ff")
_MOST_NAMELESS = 0.2
_BOLD = ("bold", "black", "heavy", "demi", "semib")
_BOLD_WEIGHT = 600
#: The cosine of the angle that a letter may be turned by.
_UPRIGHT = 0.95
#: What PDFium makes of a hyphen at the end of a line.
_HYPHENS = (0xFFFE, 0x02)
#: Letters of one word (and the small figure of m²) stand on one line, and no further apart (in heights).
_SAME_LINE, _SPACE = 0.45, 0.6
_OCR = "Recognise its text first (ocrmypdf does), and read what comes of it."


def read_pdf(id: str, body: bytes, *, name: str) -> tuple[str, tuple[int, ...]]:
    """Return the text of a PDF, and where each of its pages starts in it.

    Raises:
        ReadError: The file is no whole PDF, is locked, is a scan, or does not say which letters it shows.
    """
    import pypdfium2 as pdfium

    def refuse(why: str, remedy: str) -> ReadError:
        return ReadError(f"{name} {why}.", document=id, remedy=remedy)

    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise refuse("is locked by a password", "Save it without one.") from error
        raise refuse("is a PDF that cannot be opened", "Print it to PDF again, or save it as text.") from error
    try:
        if len(document) > _MOST_PAGES:
            raise refuse(f"has {len(document)} pages", f"Split it: Grappe reads up to {_MOST_PAGES} pages at once.")
        pages: list[tuple[Word, ...]] = []
        pictured, left = 0, _MOST_CHARACTERS
        for number in range(len(document)):
            page = document[number]
            words = tuple(_words(page))
            pages.append(words)
            left -= sum(len(word.text) for word in words)
            if left < 0:
                raise refuse("holds more text than any document", "Split it.")
            pictured += sum(c.isalpha() for word in words for c in word.text) < _FEW_LETTERS
            page.close()
    except pdfium.PdfiumError as error:
        raise refuse("is a PDF of which a page cannot be read", "Print it to PDF again.") from error
    finally:
        document.close()
    letters = "".join(word.text for words in pages for word in words)
    if pictured == len(pages):
        raise refuse("is a scan: its pages show pictures of text", _OCR)
    nameless = sum(_NAMELESS[0] <= c <= _NAMELESS[1] or c == "\ufffd" for c in letters)
    if nameless > _MOST_NAMELESS * len(letters):
        raise refuse("has fonts that do not say which letters they show", _OCR)
    text, starts = text_of_pages(pages)
    return text, starts


def _words(page: object) -> Iterator[Word]:
    """Yield the words of a page in the order of its content: letters that stand together on one line.

    Text that is turned (a stamp, a watermark along the margin) is no part of what one reads.
    """
    import pypdfium2.raw as c

    text_page = page.get_textpage()  # type: ignore[attr-defined]
    raw = text_page.raw
    box, info, flags = c.FS_RECTF(), ctypes.create_string_buffer(128), ctypes.c_int()
    x, base = ctypes.c_double(), ctypes.c_double()
    letters: list[str] = []
    place: list[float] = []  # left, right, foot, top
    size, bold = 0.0, False

    def word() -> Iterator[Word]:
        if letters:
            yield Word("".join(letters), place[0], place[1], place[2], place[3] - place[2], size, bold)
            letters.clear()

    for i in range(text_page.count_chars()):
        code = c.FPDFText_GetUnicode(raw, i)
        letter = "-" if code in _HYPHENS else chr(code)
        if NO_XML.match(letter):
            continue
        if letter.isspace() or (code not in _HYPHENS and c.FPDFText_IsGenerated(raw, i) == 1):
            yield from word()
            continue
        if math.cos(c.FPDFText_GetCharAngle(raw, i)) < _UPRIGHT:
            yield from word()
            continue
        c.FPDFText_GetLooseCharBox(raw, i, box)
        c.FPDFText_GetCharOrigin(raw, i, ctypes.byref(x), ctypes.byref(base))
        height = max(box.top - box.bottom, 0.1)
        if letters:
            level = abs(base.value - place[2]) < _SAME_LINE * height
            if not level or not -height < box.left - place[1] < _SPACE * height:
                yield from word()
        if letters:
            letters.append(letter)
            place[1] = max(place[1], box.right)
            continue
        letters.append(letter)
        place[:] = [box.left, box.right, base.value, base.value + height]
        size = c.FPDFText_GetFontSize(raw, i) or height
        c.FPDFText_GetFontInfo(raw, i, info, len(info), ctypes.byref(flags))
        font = info.value.decode("utf-8", "replace").casefold()
        bold = any(mark in font for mark in _BOLD) or c.FPDFText_GetFontWeight(raw, i) >= _BOLD_WEIGHT
    yield from word()
    text_page.close()
