"""The sentence of a text that a fact was, or should have been, found in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from grappe.evaluate.drawn import plain

__all__ = ["likely_passage", "sentence_at"]

_END = re.compile(r"(?<=[.!?…»”])[ \t]*\n?(?=\s*[A-ZÀ-Ý«“•-])|\n\s*\n")


def likely_passage(text: str, names: Sequence[Iterable[str]], values: Iterable[str] = ()) -> str:
    """Return the sentence that holds the most of what a fact names, white space folded; "" if none holds any.

    Args:
        text: The document's text.
        names: For each thing of the fact, the names by which the text may call it.
        values: The other values of the fact, as text: titles, years, numbers.
    """
    forms = [{f" {folded} " for folded in map(plain, one) if folded} for one in names]
    others = [f" {plain(value)} " for value in values if plain(value)]
    best, most = "", 0.0
    for start, end in _sentences(text):
        said = f" {plain(text[start:end])} "
        digits = re.sub(r"(?<=\d)\s+(?=\d)", "", said)
        things = sum(any(form in said for form in thing) for thing in forms)
        weight = things + 0.9 * sum(value in digits or value in said for value in others)
        if weight > most:
            best, most = " ".join(text[start:end].split()), weight
    return best


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentences that hold a passage, white space folded."""
    ranges = [(a, b) for a, b in _sentences(text) if a < end and start < b]
    return " ".join(text[ranges[0][0] : ranges[-1][1]].split()) if ranges else ""


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)
