"""A masked sentence without what is put in between: brackets, dashes, insertions between commas.

« Le LOCIE (UMR 5271), qui loge à Chambéry, a pour tutelles A et B » says of the LOCIE what « Le LOCIE, a pour tutelles
A et B » says; a rule of wording then needs to know the latter only. Offsets stay those of the text.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from grappe.extract.claims import asserted
from grappe.extract.clauses import Same, frames_of
from grappe.extract.reading import Hit, Masked, Reading, Thing

__all__ = [
    "ADVERBS",
    "LIST",
    "PLAYERS",
    "SUBJECT",
    "WHOLE",
    "find_bare",
    "last_named",
    "listed",
    "repeating",
    "spoken_of",
]

_PROSE = ("paragraph", "item", "row")
_BRACKET = re.compile(r" ?\([^()]*\)")
_DASHES = re.compile(r" [–—] [^–—.;:]{1,110} [–—](?= |,|\.)")
#: How an insertion begins: a relative, a participle, a place, a noun in apposition with or without article.
_INSERTED = re.compile(
    r" (?:(?:qui|que|qu'|dont|où|auquel|à laquelle|lequel|laquelle|elle|lui|quant à|forte?|à|en|près|depuis|d'une part|d'autre part|de son côté|"
    r"[a-zà-ÿ-]+(?:ée?s?|ant|ie?s?|ue?s?))(?![\w-])"
    r"|(?:une? |le |la |l')?(?!et |ou |ainsi |de |par |avec |sur |outre |notamment |comme )[a-zà-ÿ][a-zà-ÿ'-]+ )"
)
_GOES_ON = re.compile(r" (?:de |à )?⟨[A-Z]\d+⟩(?: et (?:de |à )?⟨[A-Z]\d+⟩)?")
_OPEN = re.compile(r"[.;:]")

#: Words before a name of a list: « le fabricant annécien X », « une entreprise de Bastia, X ».
_LEAD = (
    r"(?:(?:(?!(?:et|ou|qui|que|dont|est|sont|a|ont|par|pour|avec|sur|dans|en|au|aux|à|afin|ainsi|comme|puis|sous|y)(?![\w-]))"
    r"[a-zà-ÿ][\w-]*(?: |'(?= ?[\w⟨]))){1,5}(?<!\bde )(?<!\bà )(?:de ⟨L\d+⟩,? )?)?"
)
#: What a name of a list is announced by: « deux jeunes sociétés du cru, A et B », « une entreprise de Bastia, C ».
_ANNOUNCED = r"(?:(?:une?|deux|trois|quatre|plusieurs) (?!et |ou )[a-zà-ÿ-]+(?: (?!et |ou |qui |que |est |sont |a |ont )[a-zà-ÿ-]+){0,4}(?: de ⟨L\d+⟩)?, )?"
_ITEM = (
    rf"(?:(?:par|avec|chez) )?(?:(?:celles?|ceux) de )?(?:{_ANNOUNCED}{_LEAD}|{_LEAD})⟨[OF]\d+⟩(?: \([^()]*\))?"
    r"(?:,? (?:à|de|en|basée? à|sise? à) ⟨L\d+⟩(?: \([^()]*\))?)?"
)
_JOIN = r"(?:,? et (?:aussi |enfin |encore )?|, | ; | / |,? ainsi que |,? de même que |,? comme | ou | & |,? puis |,? plus )"
#: One or several bodies, with the words and places that go with their names.
LIST = rf"{_ITEM}(?:{_JOIN}{_ITEM})*"
#: Adverbs beside the verb of a tie.
ADVERBS = r"[a-zé-]+ment|aussi|également|désormais|déjà|toujours|par ailleurs|aujourd'hui|notamment|à la fois|l'une? et l'autre|tou(?:te)?s (?:les )?deux|depuis ⟨[DY]\d+⟩"
#: What a tie is of (x) and those whom it ties to that (y); the latter also as a subject, which no preposition governs.
WHOLE = r"⟨[A-Z](?P<x>\d+)⟩(?: \([^()]*\))?"
PLAYERS = rf"(?P<y>{LIST})"
SUBJECT = rf"(?<!à )(?<!de )(?<!par )(?<!avec )(?<!sur )(?<!dans )(?<!et )(?P<y>(?!à |de |par |avec |sur |entre |chez ){LIST})"


def repeating(preposition: str) -> str:
    """Return the expression of a list that says its preposition again: « de A, de B et de C »."""
    item = rf"{preposition} {_LEAD}⟨O\d+⟩(?: \([^()]*\))?"
    return rf"{item}(?:(?:, |,? et |,? ainsi que ){item})*"


def listed(hit: Hit, name: str) -> tuple[Thing, ...]:
    """Return the bodies of a list, without the places that stand with their names."""
    found = (hit.reading.thing_at(int(n)) for n in re.findall(r"⟨[OF](\d+)⟩", hit[name] or ""))
    return tuple(dict.fromkeys(t for t in found if t is not None))


def find_bare(
    reading: Reading, expression: re.Pattern[str], key: re.Pattern[str], kinds: tuple[str, ...] = _PROSE
) -> Iterator[Hit]:
    """Find a pattern in each sentence as it stands, and in what is left of it without insertions; what is denied or
    wished is left out. ``key`` is what every sentence of the pattern holds: the others are not looked at.
    """
    for skeletons in _skeletons(Same(reading)):
        if skeletons[0].sentence.kind not in kinds or not key.search(skeletons[0].text):
            continue
        seen: set[tuple[str | None, ...]] = set()
        for bare in skeletons:
            for match in expression.finditer(bare.text):
                hit = Hit(reading, bare, match)
                if match.groups() not in seen and asserted(hit):
                    seen.add(match.groups())
                    yield hit


@functools.lru_cache(maxsize=2)
def _skeletons(same: Same) -> tuple[tuple[Masked, ...], ...]:
    """Return each sentence of a reading that names something, followed by what is left of it without insertions."""
    return tuple(_shortened(masked) for masked in same.reading.masked if "⟨" in masked.text)


def _shortened(masked: Masked) -> tuple[Masked, ...]:
    out = [masked]
    for shorten in (_without_asides, _without_insertions):
        shorter = shorten(out[-1])
        if shorter.text != out[-1].text:
            out.append(shorter)
    return tuple(out)


def _without(masked: Masked, ranges: list[tuple[int, int]]) -> Masked:
    if not ranges:
        return masked
    kept = [i for i in range(len(masked.text)) if not any(a <= i < b for a, b in ranges)]
    return Masked(masked.sentence, "".join(masked.text[i] for i in kept), tuple(masked.offsets[i] for i in kept))


def _without_asides(masked: Masked) -> Masked:
    return _without(masked, [f.span() for e in (_BRACKET, _DASHES) for f in e.finditer(masked.text)])


def _without_insertions(masked: Masked) -> Masked:
    """Leave out what stands between two commas and is no name of a list."""
    text = masked.text
    commas = [i for i, c in enumerate(text) if c == ","]
    out: list[tuple[int, int]] = []
    for k, first in enumerate(commas[:-1]):
        last = commas[k + 1]
        piece = text[first + 1 : last]
        if (out and first < out[-1][1]) or not _INSERTED.match(piece) or _OPEN.search(piece):
            continue
        if piece.endswith("⟩"):  # « unité que se partagent A, B et C, »: its list goes on past the comma
            for after, beyond in itertools.pairwise(commas[k + 1 :]):
                if not _GOES_ON.fullmatch(text[after + 1 : beyond]):
                    break
                if " et " in text[after:beyond]:
                    last = beyond
                    break
        out.append((first, last))
    return _without(masked, out)


def last_named(reading: Reading, masked: Masked, at: int, kinds: frozenset[str], *, back: int = 2) -> Thing | None:
    """Return the thing of some classes that is spoken of before a place: in its sentence, else in those before it."""
    index = masked.sentence.index
    texts = [masked.text[:at], *(m.text for m in reversed(reading.masked[max(0, index - back) : index]))]
    for text in texts:
        for number in reversed(re.findall(r"⟨[A-Z](\d+)⟩", text)):
            thing = reading.thing_at(int(number))
            if thing is not None and thing.kind in kinds:
                return thing
    return None


_GOVERNED = re.compile(r"(?:^|[ ('])(?:de|d'|à|par|avec|chez|sur|dans|en|pour|auprès de|contre|entre|sous|vers) $")


def spoken_of(reading: Reading, masked: Masked, at: int, kinds: frozenset[str], *, back: int = 4) -> Thing | None:
    """Return the thing of some classes that the text speaks of at a place: what its sentence named first, outside every
    complement, else the sentences before it up to the heading above them, which may name it too.
    """
    index = masked.sentence.index
    earlier = [*reversed(reading.masked[max(0, index - back) : index])]
    for told in (masked, *earlier):
        text, kind = told.text[:at] if told is masked else told.text, told.sentence.kind
        governed = None
        for frame in frames_of(reading, told) if told is not masked else ():
            if (
                frame.mood == "finite"
                and frame.subject
                and not frame.subject.via
                and told.text[: frame.start][-4:] != "qui "
            ):
                acting = [t for t in frame.things(frame.subject) if t.kind in kinds]
                if acting:
                    return acting[0]
        for found in re.finditer(r"⟨[A-Z](\d+)⟩", text):
            thing = reading.thing_at(int(found[1]))
            if thing is None or thing.kind not in kinds:
                continue
            if not _GOVERNED.search(text[: found.start()]):
                return thing
            governed = thing
        if kind in ("heading", "title"):
            return governed
    return None
