"""Adjectives of places: « la biotech montpelliéraine », « son siège pessacais » name a place without naming it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.gazetteer import Entry
from grappe.extract.reading import Mention
from grappe.extract.source import Source
from grappe.iri import fold

__all__ = ["find_demonyms"]

_WORD = re.compile(r"(?<![\w-])[a-zà-ÿ]{4,}(?:-[a-zà-ÿ]+)*(?![\w-])")
_ENDING = re.compile(r"(?:ais|aise|ois|oise|ien|ienne|ain|aine|een|eenne)s?$")


def find_demonyms(source: Source, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Find the adjectives of towns, départements and regions; the mentions stay words where a sentence is masked."""
    named = {fold(n.label): n for n in names if n.kind == "Place" and " " not in n.label}
    return tuple(_found(source, named))


def _found(source: Source, named: dict[str, Mention]) -> Iterator[Mention]:
    for word in _WORD.finditer(source.text):
        entry = source.gazetteer.demonym(word[0])
        label = entry.label if entry is not None else _of_named(word[0], named)
        if label is not None:
            known: Entry | None = entry or named[fold(label)].entry
            yield Mention(*word.span(), word.span(), "Place", label, "demonym", (word[0],), known)


def _of_named(word: str, named: dict[str, Mention]) -> str | None:
    """Return the place of this text that an adjective is made of (« Pessac », « pessacais »)."""
    if not _ENDING.search(fold(word)):
        return None
    stem = _ENDING.sub("", fold(word))
    return next(
        (m.label for place, m in named.items() if len(stem) >= 4 and place.rstrip("es") == stem.rstrip("es")), None
    )
