"""Sentences with their mentions masked; see :mod:`grappe.extract.reading` for the form."""

from __future__ import annotations

import re
from bisect import bisect_left

from grappe.extract.reading import Masked, Mention, letter
from grappe.extract.sentences import Sentence

__all__ = ["mask"]

_DE = re.compile(r"(?:\bde la |\bde l'|\bdes |\bdu |\bd'une? |\bde leurs? |\bde s(?:es|on|a) |\bd'|\bde )$", re.I)
_A = re.compile(r"(?:\bà la |\bà l'|\baux |\bau |\bà une? |\bà )$", re.I)
_DETERMINER = re.compile(
    r"(?:\ble |\bla |\bl'|\bles |\bune? |\bcet(?:te)? |\bce |\bces |\bson |\bsa |\bses |\bleurs? )$", re.I
)


def mask(text: str, sentence: Sentence, mentions: tuple[Mention, ...], *, first: int = 0) -> Masked:
    """Return the sentence masked. ``mentions`` are in order of the text; search starts at number ``first``."""
    out: list[str] = []
    offsets: list[int] = []

    def put(piece: str, at: int, *, fixed: bool = False) -> None:
        for k, c in enumerate(piece):
            out.append(c)
            offsets.append(at if fixed else at + k)

    at = sentence.start
    begin = bisect_left(mentions, sentence.start, lo=first, key=lambda m: m.start)
    for number in range(begin, len(mentions)):
        mention = mentions[number]
        if mention.start >= sentence.end:
            break
        if mention.end > sentence.end or mention.start < at or mention.rule == "demonym":
            continue
        piece = text[at : mention.start]
        if found := _DE.search(piece):
            put(piece[: found.start()], at)
            put("de ", at + found.start(), fixed=True)
        elif found := _A.search(piece):
            put(piece[: found.start()], at)
            put("à ", at + found.start(), fixed=True)
        elif found := _DETERMINER.search(piece):
            put(piece[: found.start()], at)
        else:
            put(piece, at)
        put(f"⟨{letter(mention.kind)}{number}⟩", mention.start, fixed=True)
        at = mention.end
    put(text[at : sentence.end], at)
    return Masked(sentence, "".join(out), tuple(offsets))
