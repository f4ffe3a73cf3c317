"""Words with their places on pages made into one text: columns one after the other, paragraphs whole.

Lengths are points, as in PDF; ordinates grow upwards. What repeats at the edges of pages is said once: a running header
where it first stands, a footer at the end; numbers of pages are kept apart. So a sentence that goes on over a page or a
column stays whole.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grappe.read.lines import Line, is_page_number

__all__ = ["Word", "text_of_pages"]

#: Of the rows at either edge of a page, so many may be a header or a footer.
_EDGE = 3
#: What repeats stands where it stood on the page before (points).
_SAME_PLACE = 3
#: Words are in one row if their feet differ by less than this part of their height.
_SAME_ROW = 0.45
#: A strip that no word crosses parts columns if it is at least so wide (in heights of a line), over so many rows.
_NARROW_GUTTER, _WIDE_GUTTER = 0.7, 2.0
_ROWS_OF_NARROW, _ROWS_OF_WIDE = 5, 3
#: Columns of prose are filled so far and so long; what is not is a table, and read row by row.
_FILLED, _LETTERS = 0.6, 16
#: Rows that stand so much further apart than others (in line heights) belong to different parts of a page.
_PART = 3.0
#: Lines that stand so much further apart than the others of their column begin a new paragraph.
_PARAGRAPH = 1.3
_OTHER_SIZE = 0.12
#: No text is set closer than this (in sizes of its font).
_CLOSE = 1.1
#: A line is centred if it is so near to it, and full if it comes so near to the margin (parts of the column's width).
_CENTRED = 0.02
_NEARLY_FULL = 0.8
#: A gap inside a row that parts cells: in heights, in smallest gaps of the row, and in heights whatever these are.
_CELL, _CELL_OF_USUAL, _SURE_CELL = 2.0, 2.5, 4.0
_SENTENCE_END = re.compile(r"[.!?…:;](?:\s*[»\"”)])*$")
_NUMBER = re.compile(r"\b(?:page|p\.)\s*\d+(?:\s*(?:/|sur|of)\s*\d+)?|^\d{1,4}\b|\b\d{1,4}$|\b\d+\s*/\s*\d+$", re.I)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together: where they begin and end, the line they stand on, how high they and their font are,
    and whether they are bold.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """Words side by side, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def height(self) -> float:
        return statistics.median(word.height for word in self.words)

    @property
    def base(self) -> float:
        return statistics.median(word.base for word in self.words)

    @property
    def size(self) -> float:
        return statistics.median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with single spaces, cells of a table with three."""
        gaps = [after.left - before.right for before, after in itertools.pairwise(self.words)]
        usual = min(gaps, default=0.0)
        out = self.words[0].text
        for word, gap in zip(self.words[1:], gaps, strict=True):
            cell = gap > _CELL * self.height and (gap > _CELL_OF_USUAL * usual or gap > _SURE_CELL * self.height)
            out += ("   " if cell else " ") + word.text
        return out


@dataclass(frozen=True, slots=True)
class _Column:
    """The rows of one column, or of a part of a page that has none, and how far its lines may reach."""

    rows: tuple[_Row, ...]
    left: float
    right: float


def text_of_pages(pages: Sequence[Sequence[Word]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of pages, and where each of them starts in it (where there is more than one)."""
    rows = [_rows(words) for words in pages]
    headers, footers, dropped = _furniture(rows)
    pieces: list[str] = [row.text for row in headers]
    starts: list[int] = []
    written = _Writer("\n\n".join(pieces) + ("\n\n" if pieces else ""))
    for number, page in enumerate(rows):
        kept = [row for place, row in enumerate(page) if (number, place) not in dropped]
        starts.append(-1)
        for part in _parts(kept):
            for column in _columns(part):
                before = len(written.text)
                written.add(column)
                if starts[-1] < 0 and len(written.text) > before:
                    starts[-1] = written.began
    end = written.text.rstrip()
    for row in footers:
        end += f"\n\n{row.text}"
    firsts = [0, *(start for start in starts[1:] if start > 0)]
    return end + "\n", tuple(firsts) if len(firsts) > 1 else ()


def _rows(words: Sequence[Word]) -> list[_Row]:
    """Return words in rows, from top to bottom."""
    out: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.base, w.left)):
        if out and abs(out[-1][0].base - word.base) < _SAME_ROW * max(out[-1][0].height, word.height):
            out[-1].append(word)
        else:
            out.append([word])
    return [_Row(tuple(sorted(row, key=lambda w: w.left))) for row in out]


def _furniture(pages: list[list[_Row]]) -> tuple[list[_Row], list[_Row], set[tuple[int, int]]]:
    """Return the running headers and footers, each once, and which rows of which pages are one or a page's number."""
    met: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    dropped: set[tuple[int, int]] = set()
    for number, rows in enumerate(pages):
        edges = {*range(min(_EDGE, len(rows))), *range(max(0, len(rows) - _EDGE), len(rows))}
        for place in sorted(edges):
            text = rows[place].text
            if is_page_number(text) or text.isdigit():
                dropped.add((number, place))
                continue
            met["top" if place < len(rows) / 2 else "bottom", _NUMBER.sub("#", text)].append((number, place))
    headers: list[_Row] = []
    footers: list[_Row] = []
    for (edge, _), found in met.items():
        heights = {at: round(pages[at[0]][at[1]].base) for at in found}
        places = [at for at in found if sum(abs(heights[at] - other) <= _SAME_PLACE for other in heights.values()) > 1]
        if len({number for number, _ in places}) < 2:
            continue
        dropped.update(places)
        number, place = places[0]
        row = _without_number(pages[number][place])
        if row is not None:
            (headers if edge == "top" else footers).append(row)
    return headers, footers, dropped


def _without_number(row: _Row) -> _Row | None:
    """Return a running header or footer without the page's number in a cell of its own, or None if it is no more."""
    cells = re.split(r" {3,}", row.text)
    for place in (-1, 0):
        if is_page_number(cells[place]) or cells[place].isdigit():
            words = cells[place].split()
            kept = row.words[: -len(words)] if place else row.words[len(words) :]
            return _Row(kept) if kept else None
    return row


def _parts(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Cut a page where it is empty from margin to margin."""
    part: list[_Row] = []
    for row in rows:
        if part and part[-1].base - row.base > _PART * max(part[-1].height, row.height):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _columns(rows: list[_Row]) -> Iterator[_Column]:
    """Yield the columns of a part of a page in the order of reading."""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    plain: list[_Row] = []
    place = 0
    while place < len(rows):
        end, gutters = _run(rows, place, left, right)
        if end > place:
            if plain:
                yield _Column(tuple(plain), left, right)
                plain = []
            yield from _split(rows[place:end], gutters)
            place = end
        else:
            plain.append(rows[place])
            place += 1
    if plain:
        yield _Column(tuple(plain), left, right)


def _run(rows: list[_Row], start: int, left: float, right: float) -> tuple[int, list[float]]:
    """Return where the rows end that stand in columns from a row on, and the middles of the strips between them."""
    free = [(left, right)]
    found: tuple[int, list[float]] = (start, [])
    for place in range(start, len(rows)):
        free = _cut(free, rows[place], _NARROW_GUTTER)
        if not free:
            break
        run = rows[start : place + 1]
        gutters = [(a + b) / 2 for a, b in free if _parts_columns(run, a, b)]
        if gutters and _prose(run, gutters):
            found = place + 1, gutters
    return found


def _cut(free: list[tuple[float, float]], row: _Row, narrow: float) -> list[tuple[float, float]]:
    """Return what a row leaves of strips, where it is wide enough."""
    for word in row.words:
        free = [
            piece
            for a, b in free
            for piece in ((a, min(b, word.left)), (max(a, word.right), b))
            if piece[1] - piece[0] >= narrow * row.height
        ]
    return free


def _parts_columns(rows: list[_Row], a: float, b: float) -> bool:
    """Return whether enough rows stand on either side of a strip, for its width."""
    height = statistics.median(row.height for row in rows)
    least = _ROWS_OF_WIDE if b - a >= _WIDE_GUTTER * height else _ROWS_OF_NARROW
    return sum(row.left < a for row in rows) >= least and sum(row.right > b for row in rows) >= least


def _prose(rows: list[_Row], gutters: list[float]) -> bool:
    """Return whether what stands between strips is prose, and no cells of a table."""
    for column in _split(rows, gutters):
        width = column.right - column.left
        filled = [(row.right - row.left) / width for row in column.rows]
        letters = [sum(len(word.text) for word in row.words) for row in column.rows]
        if statistics.median(filled) < _FILLED or statistics.median(letters) < _LETTERS:
            return False
    return True


def _split(rows: list[_Row], gutters: list[float]) -> Iterator[_Column]:
    edges = [float("-inf"), *gutters, float("inf")]
    for a, b in itertools.pairwise(edges):
        inside = [tuple(w for w in row.words if a <= (w.left + w.right) / 2 < b) for row in rows]
        kept = tuple(_Row(words) for words in inside if words)
        yield _Column(kept, min(row.left for row in kept), max(row.right for row in kept))


@dataclass(slots=True)
class _Writer:
    """The text so far; ``open`` tells that a paragraph may go on in the next column, ``began`` where the last began."""

    text: str
    open: bool = False
    began: int = 0

    def add(self, column: _Column) -> None:
        """Write a column: lines of a paragraph joined, a blank line before what stands apart."""
        leading = _leading(column.rows)
        before: _Row | None = None
        for row in column.rows:
            joint = self._joint(row) if before is None else _joint(before, row, column, leading)
            if self.text and not self.text.endswith("\n"):
                self.text += self._mended(joint)
            if before is None:
                self.began = len(self.text)
            self.text += row.text
            before = row
        if before is not None:
            self.open = not _SENTENCE_END.search(before.text) and before.right > column.right - 0.25 * (
                column.right - column.left
            )

    def _mended(self, joint: str) -> str:
        if joint != " ":
            return joint
        if re.search(r"\w/$", self.text):
            return ""
        # A word that the line's end breaks keeps its break: only language tells whether the hyphen is its own.
        return "\n" if re.search(r"\w-$", self.text) else " "

    def _joint(self, row: _Row) -> str:
        goes_on = self.open and (row.text[0].islower() or self.text.endswith((",", "-")))
        return " " if goes_on else "\n\n"


def _leading(rows: Sequence[_Row]) -> float:
    """Return how far apart the lines of a column stand, in sizes of their font."""
    steps = [(a.base - b.base) / b.size for a, b in itertools.pairwise(rows)]
    return max(statistics.median_low(steps), _CLOSE) if steps else _CLOSE


def _joint(a: _Row, b: _Row, column: _Column, leading: float) -> str:
    """Return what stands between two lines: a space inside a paragraph, a line end, or a blank line."""
    size = max(a.size, b.size)
    width = column.right - column.left
    centred = abs((a.left - column.left) - (column.right - a.right)) < _CENTRED * width
    reach = a.right - a.left if centred else a.right - column.left
    full = reach + b.words[0].right - b.words[0].left + 0.25 * a.height > (1 - _CENTRED) * width
    if a.base - b.base > _PARAGRAPH * leading * size or abs(a.size - b.size) > _OTHER_SIZE * size:
        return "\n\n"
    if a.bold != b.bold and not (full and b.text[0].islower()):
        return "\n\n"
    line = Line(0, len(b.text), b.text)
    if line.item or line.row or Line(0, len(a.text), a.text).row:
        return "\n"
    # A ragged margin: a line that ends no sentence goes on where the next begins small, or where it is nearly full.
    ragged = not _SENTENCE_END.search(a.text) and (b.text[0].islower() or reach > _NEARLY_FULL * width)
    return " " if full or ragged else "\n"
