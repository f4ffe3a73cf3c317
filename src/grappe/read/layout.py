"""The blocks of a plain text: headline, headings, paragraphs, list items, table rows, page furniture.

A text file shows its layout by blank lines, by lines that end before the margin, and by what a line looks like. Lines
join where the first is full up to the margin, or where one calls for the other; then each block gets its kind.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from grappe.model import Block, BlockKind, Span
from grappe.read.lines import MONTH, Line, groups, is_letterhead, is_page_number

__all__ = ["blocks"]

_LONGEST_HEADING = 130
_LONGEST_TITLE = 220
#: A line that a longer word would have pushed past the margin counts as full; margins of ragged text vary.
_RAGGED = 8
#: A heading in capitals that is as long as this may run over two lines.
_LONG_CAPITALS = 40
#: No page is set wider than this; longer lines are whole paragraphs.
_WIDEST = 200
#: A line that fills this part of the measure and ends no sentence is no heading: a long word did not fit.
_LONG_LINE = 0.75
_CONTACT = re.compile(r"@|https?://|www\.|(?:\d{2}[ .]){4}\d{2}|^©|\bcedex\b", re.I)
_NOT_A_HEADING = re.compile(r"[.;,:…]$|[.!?…]\s*[»\"”]$")
#: The office above a name in capitals: « La directrice générale / JEANNE MARTIN ».
_SIGNING = re.compile(r"(?:Le|La|Les|Pour)\s|L['’]")
_PAGE_CELL = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?", re.I)
#: A body, a part of it and its periodical may stand above a headline.
_MOST_ISSUERS = 3
_PERIODICAL = re.compile(
    r"(?:(?:bulletin|magazine|journal|(?:info)?lettre|newsletter|revue|hebdo|mensuel|trimestriel)\b[^.:;]{0,40} )?"
    r"(?:n°|numéro)\s?\d+\s*[-–—,•|]",
    re.I,
)
#: What periodicals are called, with their date beside or below.
_NAME_OF_PERIODICAL = re.compile(
    r"(?:les? |la |l['’])?(?:brèves|infolettre|newsletter|flash|échos|actualités|actus|bulletin|chroniques?|nouvelles"
    r"|carnets?)\b",
    re.I,
)
#: A newsletter's name with its number in one line: « LA LETTRE DU RÉSEAU – n° 12 – 3 mai 2021 ».
_NUMBERED_NAME = re.compile(r"(?P<name>(?:(?!\b(?:magazine|journal|revue|hebdo)\b)[^|])+?) [-–—|] n°\s?\d+\b", re.I)
_DATED = re.compile(rf"\b\d{{1,2}}(?:er)?\s+{MONTH}\s+\d{{4}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b", re.I)
#: Lines of a head that are no headline: a path of links, a menu, when and by whom it was published, a section's number.
_PASSED = re.compile(
    r"[^>|]+ > [^>]+|(?:[^|]+ \| ){2}|(?:mis en ligne|publiée?|édition|mis à jour|adoptée?|approuvée?|rapporteure?"
    r"|extrait|document (?:arrêté|du)|note d['’]information|chapitre \d|par [A-ZÀ-Þ]\w+ [A-ZÀ-Þ])\b"
    rf"|\d+(?:\.\d+)*\.?\s+\S|[A-ZÀ-Þ][\w ,&/-]{{3,40}} [-–—|] (?:(?:mise? à jour|version|édition) (?:du |le )?)?"
    rf"(?:\w+ )?\d{{1,2}}(?:er)? {MONTH} \d{{4}}$"
    rf"|(?:version|état) (?:du|au) \d{{1,2}}(?:er)? {MONTH} \d{{4}}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that make one block; ``group`` numbers the lines that stand together between blank lines."""

    lines: tuple[Line, ...]
    kind: BlockKind
    group: int

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def block(self) -> Block:
        return Block(self.kind, Span(self.lines[0].start, self.lines[-1].end))


def blocks(content: str, *, pages: tuple[int, ...] = ()) -> tuple[Block, ...]:
    """Return the blocks of a text in order; they are disjoint and begin and end with a visible character.

    Args:
        content: The text.
        pages: Where its pages start, if it has any; a line that repeats at their edges is a running header.
    """
    together = [*groups(content)]
    width = _width(together)
    running = _running(together, pages)
    pieces: list[_Piece] = []
    for number, group in enumerate(together):
        pieces.extend(_pieces(group, number, width, running))
    return tuple(piece.block for piece in _titled(pieces))


def _width(together: list[tuple[Line, ...]]) -> int:
    """Return where the margin is: the length that nineteen of twenty lines keep to; a text set without one has none."""
    lengths = sorted(len(line.text) for group in together for line in group if not line.row)
    if 2 * sum(length for length in lengths if length > _WIDEST) > sum(lengths):
        return sys.maxsize
    return lengths[len(lengths) * 19 // 20] if lengths else 0


def _masked(line: Line) -> str:
    """Return a line as it would repeat on each page: without the number of the page in a column of its own."""
    cells = line.cells
    if len(cells) > 1:
        return " ".join("#" if _PAGE_CELL.fullmatch(cell.text) else cell.text for cell in cells)
    return line.text


def _running(together: list[tuple[Line, ...]], pages: tuple[int, ...]) -> frozenset[int]:
    """Return where the lines start that repeat an earlier one, as headers and footers of pages do.

    The first one is no repetition: it is where the document names its issuer. A line counts if it is the first or last
    of a page, or if it is set in columns or stands alone; without pages it takes a third time or a varying page number.
    """
    lines = [line for group in together for line in group]
    starts = [line.start for line in lines]
    at = {bisect_left(starts, page) for page in pages}
    edges = {i for first in at for i in (first, first - 1)} | ({len(lines) - 1} if pages else set())
    alone = {group[0].start for group in together if len(group) == 1}
    masks = [_masked(line) for line in lines]
    loose = [line.row or line.start in alone for line in lines]
    times = Counter(mask for mask, counts in zip(masks, loose, strict=True) if counts)
    seen: set[str] = set()
    out = set[int]()
    for i, (line, mask) in enumerate(zip(lines, masks, strict=True)):
        again = mask in seen and len(mask) > 3
        if again and (i in edges or (loose[i] and (times[mask] > 2 or (line.row and "#" in mask)))):
            out.add(line.start)
        seen.add(mask)
    return frozenset(out)


def _pieces(group: tuple[Line, ...], number: int, width: int, running: frozenset[int]) -> Iterator[_Piece]:
    """Cut lines that stand together into blocks, and tell their kinds."""
    kept: list[Line] = []
    for line in group:
        if (
            line.start in running
            or is_page_number(line.text)
            or (len(group) == 1 and re.fullmatch(r"\d{1,3}", line.text))
        ):
            yield from _cut(kept, number, width)
            kept = []
            yield _Piece((line,), "furniture", number)
        elif line.row and is_page_number(line.cells[-1].text):
            *cells, last = line.cells
            yield from _cut(
                [*kept, Line(line.start, cells[-1].end, line.text[: cells[-1].end - line.start])], number, width
            )
            kept = []
            yield _Piece((last,), "furniture", number)
        else:
            kept.append(line)
    yield from _cut(kept, number, width)


def _cut(lines: list[Line], number: int, width: int) -> Iterator[_Piece]:
    parts: list[list[Line]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and (_hangs(parts[-1][0], line) or _goes_on(before, line, width)):
            parts[-1].append(line)
        else:
            parts.append([line])
    firsts = [part[0] for part in parts]
    like = _Like(*(sum(map(attrgetter(name), firsts)) for name in _Like._fields))
    for part in parts:
        yield _Piece(tuple(part), _kind(part, like), number)


class _Like(NamedTuple):
    """How many parts of a group begin like an item with a number, like a row of figures, like a row with a key."""

    numbered: int
    figure: int
    keyed: int


def _hangs(first: Line, line: Line) -> bool:
    """Return whether a line is set in under the bullet that opens an item, and so belongs to it."""
    return first.item and not (line.item or line.row) and line.indent > first.indent


def _goes_on(a: Line, b: Line, width: int) -> bool:
    """Return whether a line goes on with the one before it."""
    full = len(a.text) + 1 + len(re.split(r"[ \t]", b.text, maxsplit=1)[0]) > width - _RAGGED
    if a.row or b.row or is_letterhead(a.text) or is_letterhead(b.text):
        return False
    if b.item and (not full or a.item or a.ends_sentence):
        return False
    if a.capitals and b.capitals:
        return len(a.text) >= _LONG_CAPITALS or a.dangles or b.leads_on
    if not full and (a.figure or b.figure or b.keyed) and not a.dangles and not b.leads_on:
        return False
    if (
        _SIGNING.match(a.text)
        and not a.capitals
        and not a.ends_sentence
        and b.capitals
        and len(b.text.split()) in (2, 3, 4)
    ):
        return True
    if a.capitals or b.capitals:
        return full and not a.capitals
    long = len(a.text) > width * _LONG_LINE
    return full or (not a.ends_sentence and (a.dangles or b.leads_on or long))


def _kind(part: list[Line], like: _Like) -> BlockKind:
    """Return the kind of a part of a group; it is one of those that are counted."""
    first, text = part[0], " ".join(line.text for line in part)
    if first.row:
        return "row"
    if first.item and not (first.numbered and _heads(text) and like.numbered < 2):
        return "item"
    if len(part) == 1 and first.figure and like.figure > 1:
        return "row"
    if first.keyed and not text.endswith(".") and like.keyed > 1:
        return "row"
    return "heading" if _heads(text) else "paragraph"


def _heads(text: str, longest: int = _LONGEST_HEADING) -> bool:
    return len(text) <= longest and not _NOT_A_HEADING.search(text) and not _CONTACT.search(text)


def _titled(pieces: list[_Piece]) -> list[_Piece]:
    """Set the headline apart, and part the columns of the letterhead above it."""
    prose = next((i for i, piece in enumerate(pieces) if _is_prose(piece)), len(pieces))
    head: list[_Piece] = []
    for piece in pieces[:prose]:
        head.extend(_columns(piece) if piece.kind == "row" else [piece])
    place = _headline(head, " ".join(piece.text for piece in pieces).casefold())
    if place is not None:
        head[place : place + 1] = _named(head[place])
    return [*head, *pieces[prose:]]


def _is_prose(piece: _Piece) -> bool:
    if piece.kind == "item":
        return True
    return piece.kind == "paragraph" and len(piece.text) > _LONGEST_HEADING and not _heads(piece.text, _LONGEST_TITLE)


def _columns(piece: _Piece) -> Iterator[_Piece]:
    for cell in piece.lines[0].cells:
        yield _Piece((cell,), "furniture" if re.fullmatch(r"\d{1,3}", cell.text) else "heading", piece.group)


def _named(piece: _Piece) -> list[_Piece]:
    """Return the headline as a title; of a newsletter's name with its number, the name alone."""
    line, name = piece.lines[0], _NUMBERED_NAME.match(piece.text)
    if name is None or len(piece.lines) > 1:
        return [replace(piece, kind="title")]
    cut, rest = name.end("name"), name.end("name") + 3
    first = Line(line.start, line.start + cut, line.text[:cut], line.indent)
    return [
        _Piece((first,), "title", piece.group),
        _Piece((Line(line.start + rest, line.end, line.text[rest:]),), "heading", piece.group),
    ]


#: What the full name of a body begins with, right below its acronym.
_BODY = re.compile(
    r"(?:laboratoire|centre|institut|pôle|agence|association|unité|fédération|direction|service|département|réseau|école|fondation|groupement|délégation|observatoire|technopole|cluster)\b",
    re.I,
)


def _is_issuer(head: list[_Piece], place: int, content: str) -> bool:
    """Return whether a short line above others is the name of who publishes.

    The text says the name again, or an edition's date stands right below it; a headline is said once.
    """
    name, _, rest = head[place].text.partition(" – ")
    if place and head[place - 1].group == head[place].group and _BODY.match(name) and len(name.split()) < 8:
        return True
    if len(name.split()) > 6 or ":" in name or (rest and (len(rest.split()) > 4 or not rest[0].isupper())):
        return False
    below = head[place + 1].text if place + 1 < len(head) else ""
    return content.count(name.casefold()) > 1 or bool(_DATED.search(below) and not is_letterhead(below))


def _headline(head: list[_Piece], content: str) -> int | None:
    """Return the place of the headline: the first heading below the letterhead and the issuer's name."""
    for place, piece in enumerate(head[1:], 1):
        if (
            _PERIODICAL.match(piece.text)
            and head[place - 1].kind == "heading"
            and not is_letterhead(head[place - 1].text)
        ):
            return place - 1  # « LA LETTRE DU RÉSEAU     N° 12 – 3 mai 2021 »: the periodical's own name
        if _NAME_OF_PERIODICAL.match(head[place - 1].text) and _DATED.fullmatch(piece.text):
            return place - 1
    letterhead = {piece.group for piece in head if piece.kind != "furniture" and is_letterhead(piece.text)}
    below = max(letterhead, default=-1)
    fit = [
        place
        for place, piece in enumerate(head)
        if piece.kind in ("heading", "paragraph")
        and _heads(piece.text, _LONGEST_TITLE)
        and not is_letterhead(piece.text)
        and (not _PASSED.match(piece.text) or _NUMBERED_NAME.match(piece.text))
    ]
    after = [place for place in fit if head[place].group > below]
    if not after:
        # A headline above the date: what is long enough to say something, rather than an issuer's name.
        return max(fit, key=lambda place: len(head[place].text.split()), default=None)
    issuers = 0
    if not letterhead:
        issuers = sum(1 for _ in takewhile(lambda place: _is_issuer(head, place, content), after[:_MOST_ISSUERS]))
        after = after[min(issuers, len(after) - 1) :]
    first = after[0]
    following = after[1] if len(after) > 1 else None
    if (
        not letterhead
        and not issuers
        and following is not None
        and len(head[first].text.split()) < 5 <= len(head[following].text.split())
    ):
        return following  # an issuer's name stands above the headline
    return first
