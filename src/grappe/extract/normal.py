"""A normalised copy of a text in which every character knows where it came from.

Hard line breaks, soft hyphens, hyphens at line ends, non-breaking spaces, ligatures and typographic marks stand
in the way of rules and harm no offset: rules read :attr:`Normal.text`, and :meth:`Normal.source` leads back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from grappe.model import Span

__all__ = ["Normal", "normalise"]

_CHARACTERS = {
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2032": "'", "\u00b4": "'", "`": "'",
    "\u201c": "«", "\u201d": "»", "\u201e": "«", "\u2039": "'", "\u203a": "'",
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2014": "–", "\u2015": "–", "\u2212": "-",
    "\u2024": ".", "\u2026": "…",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\u27e8": "(", "\u27e9": ")",
}  # fmt: skip
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\ufeff\u2060")
#: What is not copied as it stands: single spaces between words are, and hyphens where no line ends.
_SPECIAL = re.compile(
    rf"(?! \S)\s|(?<=[\s{''.join(_DROPPED)}]) |[-\u2010](?=\s*\n)|[{''.join(_CHARACTERS)}{''.join(_DROPPED)}]"
    r"|[.·_](?= ?[.·_])|(?<=[.·_])[.·_]|(?<=[.·_] )[.·_]"
)
#: Dots that lead over to the sum of a line, which are read as a colon: « Région Bretagne ......... 2 M€ ».
_LEADERS = re.compile(r"(?<=[^\s.·_])[ \t]*(?P<dots>[.·_](?: ?[.·_]){4,})(?=[ \t]*\S)")

#: A word broken over two lines. The hyphen stays before a capital (``Franche-\nComté``) and after a prefix that
#: French writes with one (``vice-\nprésident``).
_BROKEN = re.compile(r"(?<=([^\W\d_]))[-\u2010]\s*\n\s*(?=([^\W\d_]))")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: The small words inside compound names: « Île-\nde-France », « Saint-Rémy-\nlès-Chevreuse », « c'est-\nà-dire ».
_SMALL_WORD = re.compile(r"(?:de|du|des|la|le|les|en|sur|sous|lès|lez|à|au|aux|et|d['’]\w+)-\w")
_PREFIX = re.compile(
    r"(?:^|\W)(?:vice|sous|demi|mi|ex|non|semi|contre|quasi|co|avant|arrière|entre|porte|start|post)$", re.I
)


@dataclass(frozen=True, slots=True)
class Normal:
    """The normalised text; ``starts[i]`` is the offset in the source of the character that ``text[i]`` stands for."""

    text: str
    starts: tuple[int, ...]

    def source(self, start: int, end: int) -> Span:
        """Return the span of the source that a range of the copy stands for."""
        return Span(self.starts[start], self.starts[end - 1] + 1)

    def copy_range(self, span: Span) -> tuple[int, int]:
        """Return the range of the copy that stands for a span of the source, stripped of white space."""
        start, end = bisect_left(self.starts, span.start), bisect_right(self.starts, span.end - 1)
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return start, end


def _own_hyphen(content: str, broken: re.Match[str]) -> bool:
    """Return whether the hyphen of a broken word is its own: as the text writes the word elsewhere, if it does."""
    before = _LAST_WORD.search(content, max(0, broken.start() - 40), broken.start())
    after = _FIRST_WORD.match(content, broken.end())
    if before and after:
        if f"{before[0]}-{after[0]}" in content:
            return True
        if before[0] + after[0] in content:
            return False
    return bool(
        broken[2].isupper()
        or broken[1].isupper()
        or _SMALL_WORD.match(content, broken.end())
        or _PREFIX.search(content, max(0, broken.start() - 12), broken.start())
    )


def normalise(content: str) -> Normal:
    """Return the copy that rules read: single spaces, straight apostrophes, « » quotes, whole words."""
    skipped, kept_hyphens = set[int](), set[int]()
    for broken in _BROKEN.finditer(content):
        keep = _own_hyphen(content, broken)
        if keep:
            kept_hyphens.add(broken.start())
        skipped.update(range(broken.start() + bool(keep), broken.end()))
    colons = set[int]()
    for leaders in _LEADERS.finditer(content):
        start, end = leaders.span("dots")
        colons.add(start)
        skipped.update(range(start + 1, end))
    out: list[str] = []
    starts: list[int] = []
    at, spaced = 0, False
    for special in _SPECIAL.finditer(content):
        i = special.start()
        if at < i:  # plain words, as they stand
            out.append(content[at:i])
            starts.extend(range(at, i))
            spaced = content[i - 1] == " "
        at = i + 1
        c = special[0]
        if i in skipped or c in _DROPPED:
            continue
        for d in ":" if i in colons else " " if c.isspace() else _CHARACTERS.get(c, c):
            if d == " " and spaced:
                continue
            out.append(d)
            starts.append(i)
            spaced = d == " "
    out.append(content[at:])
    starts.extend(range(at, len(content)))
    return Normal("".join(out), tuple(starts))
