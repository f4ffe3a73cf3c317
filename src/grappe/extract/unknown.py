"""Capitalised words that nothing else explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import lexicon
from grappe.extract.source import Ranked, Source, propose
from grappe.extract.words import NAME, NOT_NAMES, SMALL_WORDS, WORD

__all__ = ["unknown"]

_NAME = re.compile(rf"(?<![\w@./-]){NAME}")


def unknown(source: Source) -> Iterator[Ranked]:
    """Capitalised words that nothing else explains; their class, if any, comes from what stands about them."""
    starts = {s.start for s in source.sentences}
    by_start = {t.start: t for t in source.tokens}
    for found in _NAME.finditer(source.text):
        start, end = found.span()
        while True:
            word = re.match(r"[\w'-]+", source.text[start:end])
            token = by_start.get(start)
            initial = start in starts or source.text[max(0, start - 2) : start].strip() in {"–", "•", "-", "«", ":"}
            elided = word and re.match(r"(?:[LDSCNJMlds]|[Qq]u|Lorsqu|Puisqu)'", word[0])
            if elided:
                start += elided.end()
                if source.text[start].islower() and not re.match(WORD, source.text[start:end]):
                    later = re.search(rf"(?<= ){WORD}", source.text[start:end])
                    start = start + later.start() if later else end
            elif word and (
                word[0].casefold() in SMALL_WORDS
                or word[0].casefold() in NOT_NAMES
                or (
                    initial
                    and token is not None
                    and token.pos in {"DET", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "AUX", "VERB"}
                    and " " in source.text[start:end]
                )
            ):
                start += word.end() + 1
            else:
                break
            if start >= end:
                break
        if start >= end:
            continue
        label = source.text[start:end]
        token = by_start.get(start)
        if (start in starts and " " not in label and token is not None and token.pos != "PROPN" and label[1:].islower()):  # fmt: skip
            again = re.search(rf"[a-zé,'] {re.escape(label)}\b", source.text)
            if not again:
                continue
        if label.casefold() in SMALL_WORDS or label.casefold() in NOT_NAMES or len(label) < 2 or label.isdigit():
            continue
        kind = next((kind for suffix, kind in lexicon.SUFFIX_KINDS if suffix.search(label)), "")
        yield Ranked(propose(start, end, kind, label, "name-ending" if kind else "capitals"), 40 + 5 * bool(kind))
