"""Quotations and sentences: where one ends and the next begins, in the normalised text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grappe.extract import lexicon
from grappe.extract.normal import Normal
from grappe.model import Block, BlockKind, Span

__all__ = ["Quoted", "Sentence", "find_quoted", "split"]

_ABBREVIATION = re.compile(
    r"(?:^|[\s('«.-])(?:M|MM|Mme|Mmes|Mlle|Dr|Drs|Pr|Prs|Me|St|Ste|av|bd|boul|art|cf|p|pp|n|ex|réf|tél|vol|etc|env|[A-Z])\.$"
)
#: « 1. » opens an item and is no sentence.
_NUMBER_OF_ITEM = re.compile(r"(?:\d{1,2}|[a-z])[.)]")
_END = re.compile(r"[.!?…]+(?:\s*»|[)\"])*(?=\s+[\"«(–•-]?\s*[A-ZÀ-ÖØ-Þ\d⟨])|[.!?…]\s*»(?=\s+[A-ZÀ-ÖØ-Þ])")
_VERBAL = re.compile(r"[.!?,;:…]|\b(?:est|sont|a|ont|c'est|n'est|ne|qu[ei']|nous|on|je|il|elle|ils|elles|vous)\b", re.I)


_HAVING = r"(?:a |ont |avait |l'a |le |lui |en |y |nous |a-t-(?:il|elle) )*"
_SAYS_AFTER = re.compile(rf"[,.]? {_HAVING}{lexicon.SAYS_SURELY}|, {_HAVING}{lexicon.SAYS}")
_SAYS_BEFORE = re.compile(
    rf"(?:{lexicon.SAYS_SURELY}|y voit)(?: [\w' ]{{0,30}})? ?:? ?$|{lexicon.SAYS}(?: [\w' ]{{0,30}})? ?: ?$"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks: ``start`` and ``end`` enclose the marks, ``inner`` the words alone.

    ``speech`` tells what somebody says from a name that is set in marks (« Première usine »).
    """

    start: int
    end: int
    inner: tuple[int, int]
    speech: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A range of the normalised text that is one sentence, and the kind of the block in which it stands."""

    index: int
    start: int
    end: int
    block: int
    kind: BlockKind


def find_quoted(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Find what is between quotation marks in a range; straight marks pair in turn, guillemets may nest."""
    i = start
    while i < end:
        c = text[i]
        close = -1
        if c == "«":
            depth = 0
            for j in range(i, end):
                depth += (text[j] == "«") - (text[j] == "»")
                if depth == 0:
                    close = j
                    break
        elif c == '"':
            close = text.find('"', i + 1, end)
        if close > i:
            a, b = i + 1, close
            while a < b and text[a] == " ":
                a += 1
            while b > a and text[b - 1] == " ":
                b -= 1
            if a < b:
                words = text[a:b].split()
                around = _SAYS_AFTER.match(text, close + 1) or _SAYS_BEFORE.search(text, max(start, i - 60), i)
                speech = bool(around and len(words) >= 3) or (
                    len(words) >= 5 and bool(_VERBAL.search(text[a:b])) and (len(words) > 7 or text[a].isupper())
                )
                yield from _parted(text, Quoted(i, close + 1, (a, b), speech))
            i = close + 1
        else:
            i += 1


#: « On doutait, reconnaît Paul Morel, maire de la ville. Il suffisait d'essayer »: who speaks stands inside the marks.
_INSIDE = re.compile(
    rf", (?={lexicon.SAYS} (?:(?:M|Mme|Dr|Pr)\.? )?[A-ZÀ-Þ][\w-]+ (?:d'|de )?[A-ZÀ-Þ])[^.«»]{{8,220}}?(?P<stop>\.(?= [A-ZÀ-Þ])|$)"
)


def _parted(text: str, quoted: Quoted) -> Iterator[Quoted]:
    """Yield a quotation, in two where who speaks is named inside it."""
    a, b = quoted.inner
    inside = _INSIDE.search(text, a, b) if quoted.speech else None
    if inside is None:
        yield quoted
        return
    yield Quoted(quoted.start, inside.start(), (a, inside.start()), True)
    rest = inside.end()
    while rest < b and text[rest] == " ":
        rest += 1
    if rest < b:
        yield Quoted(rest, quoted.end, (rest, b), True)


def split(normal: Normal, blocks: tuple[Block, ...], content: str) -> tuple[tuple[Sentence, ...], tuple[Quoted, ...]]:
    """Split each block into sentences; a quotation is never cut. Furniture gives none.

    Where reading found no layout, blank lines part the blocks.
    """
    sentences: list[Sentence] = []
    quoted: list[Quoted] = []
    for number, block in enumerate(blocks or _paragraphs(content)):
        if block.kind == "furniture":
            continue
        start, end = normal.copy_range(block.span)
        if start >= end:
            continue
        inside = [*find_quoted(normal.text, start, end)]
        quoted.extend(inside)
        at = start
        for cut in [*_cuts(normal.text, start, end, [q for q in inside if q.speech]), end]:
            a, b = at, cut
            while a < b and normal.text[a] == " ":
                a += 1
            while b > a and normal.text[b - 1] == " ":
                b -= 1
            if a < b:
                sentences.append(Sentence(len(sentences), a, b, number, block.kind))
            at = cut
    return tuple(sentences), tuple(quoted)


def _cuts(text: str, start: int, end: int, quotes: list[Quoted]) -> Iterator[int]:
    for found in _END.finditer(text, start, end):
        cut = found.end()
        if any(q.start < cut < q.end for q in quotes):
            continue
        if _ABBREVIATION.search(text[max(start, found.start() - 8) : found.start() + 1]):
            continue
        if _NUMBER_OF_ITEM.fullmatch(text, start, cut):
            continue
        yield cut


def _paragraphs(content: str) -> tuple[Block, ...]:
    return tuple(
        Block("paragraph", Span(found.start(), found.end()))
        for found in re.finditer(r"\S(?:.|\n(?![ \t]*\n))*", content)
    )
