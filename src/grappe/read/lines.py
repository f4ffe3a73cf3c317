"""What one line of a page shows by itself: a bullet, a page number, a date, capitals, the end of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["MONTH", "Line", "groups", "is_letterhead", "is_page_number"]

MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre)"
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DATE = rf"(?:{_WEEKDAY}\s+)?(?:\d{{1,2}}(?:er)?\s+{MONTH}\s+\d{{4}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})"

_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*\d{1,4}\s*[-–—]|(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur)\s*\d{1,4})?|\d{1,3}\s*(?:/|sur)\s*\d{1,3})", re.I
)
_ITEM = re.compile(r"[-–—•●▪■◦‣∙·*➢►▶✓→]\s+\S|\(?(?:\d{1,2}|[a-z])\)\s+\S|\d{1,2}\.\s+\S")
_AGENDA = re.compile(rf"(?:\d{{1,2}}(?:er)?\s+(?:et|au)\s+)?{_DATE}\s*(?:,\s+[^.;]{{2,40}}?\s[-–—]|[-–—:])\s+\S", re.I)
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s")
_KEYED = re.compile(r"[A-ZÀ-Þ][^:.;!?«»]{1,45}?\s?:\s+\S")
_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|[ \u00a0]*\t[ \t\u00a0]*)(?=\S)")
_CELLS = re.compile(r"\S\s+\|\s+\S.*\||^\|.*\|$|\S\s*\|[^|]+\|\s*\S")
_MEASURE = r"(?:€|[kM]d?s?\s?€|%|(?:[kM]\s?d['’])?euros?|millions?(?:\s(?:€|d['’]euros))?|m²|m2)"
_FIGURES = re.compile(rf"(?:\d[\d\s.,]{{0,20}}{_MEASURE}\s*){{2,12}}")
_FIGURE = re.compile(rf"\d[\d\s.,]{{0,20}}{_MEASURE}\s*(?:HT|TTC)?$")
#: Words that say what sort of document this is, and what stands at its head beside the headline.
_SORT = re.compile(
    r"(?:communiqué|dossier|point|information|info|invitation|espace|salle|service|revue|note|avis|alerte)s?\b"
    r"(?:\s+(?:de|aux?|à\s+la|pour\s+la))?\s+(?:presse|médias?|journalistes?)\b"
    r"|(?:^|[-–—|I]\s)(?:communiqué|dépêche|délibération|arrêté|décision|extrait\s+du\s+registre|compte[- ]rendu"
    r"|procès-verbal)\b"
    r"(?=\s*(?:$|[-–—|:(]|n°|des?\s|du\s))"
    r"|(?:pour\s+diffusion|diffusion)\s+immédiate|sous\s+embargo|contacts?\s+(?:de\s+)?(?:presse|médias?)\b",
    re.I,
)
_DATELINE = re.compile(
    rf"(?:(?:fait\s+)?(?:à\s+)?[A-ZÀ-Þ][\w'’ ()-]{{1,40}}?,?\s+)?(?:(?:le|du)\s+)?{_DATE}(?:\s*[-–—(,].{{0,30}})?", re.I
)
#: After these a line is not over; a line in capitals that opens with one of the second sort is not the first.
_DANGLES = re.compile(
    r"(?:(?:^|[\s'’])(?:de|des?|du|d['’]|à|au|aux|en|et|ou|la|le|les|l['’]|une?|par|pour|sur|sous|avec|dans|chez|vers|son|sa|ses|"
    r"leurs?|qui|que|dont|plus|cet?|cette|ces)|[,:(«–-])$",
    re.I,
)
_LEADS_ON = re.compile(r"(?:(?:DES?|DU|À|A|AUX?|EN|ET|OU|PAR|POUR|SUR|AVEC|DANS)(?!\w)|D['’])")
_SENTENCE_END = re.compile(r"[.!?…;:](?:\s*[»\"”)])*$|[»”]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where its first and last visible characters stand, the text between, the indent."""

    start: int
    end: int
    text: str
    indent: int = 0

    @property
    def item(self) -> bool:
        """Whether it opens as an entry of a list does: with a bullet, a number, a letter, or the date of an agenda."""
        return _ITEM.match(self.text) is not None or _AGENDA.match(self.text) is not None

    @property
    def numbered(self) -> bool:
        """Whether it opens with a number or a letter: then it may as well be a heading."""
        return _NUMBERED.match(self.text) is not None

    @property
    def keyed(self) -> bool:
        """Whether it reads « label : value »."""
        return _KEYED.match(self.text) is not None

    @property
    def figure(self) -> bool:
        """Whether it is short and ends with a sum or another measure, as a table's row does."""
        return len(self.text) <= 90 and _FIGURE.search(self.text) is not None

    @property
    def cells(self) -> tuple[Line, ...]:
        """The parts between wide gaps; the line alone if it has none."""
        parts, at = [], 0
        for gap in _GAP.finditer(self.text):
            parts.append(Line(self.start + at, self.start + gap.start(), self.text[at : gap.start()]))
            at = gap.end()
        return (*parts, Line(self.start + at, self.end, self.text[at:]))

    @property
    def row(self) -> bool:
        """Whether it is set in columns."""
        return any(column.search(self.text) for column in (_GAP, _CELLS)) or bool(_FIGURES.fullmatch(self.text))

    @property
    def capitals(self) -> bool:
        """Whether all its letters are capitals, and there are some."""
        return self.text.isupper() and sum(c.isalpha() for c in self.text) > 1

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends with a mark that ends a sentence or its half."""
        return _SENTENCE_END.search(self.text) is not None

    @property
    def dangles(self) -> bool:
        """Whether its last word calls for another: « … de la », « … et », « …, »."""
        return _DANGLES.search(self.text) is not None

    @property
    def leads_on(self) -> bool:
        """Whether its first word goes on with what stands before: a small letter, « DE », « ET »."""
        if self.text[0].islower() or self.text[0] in "»):;,":
            return True
        return self.capitals and _LEADS_ON.match(self.text) is not None


def groups(content: str) -> Iterator[tuple[Line, ...]]:
    """Yield the lines that stand together, between blank lines."""
    group: list[Line] = []
    for found in re.finditer(r"[^\n]+|\n(?=\n)", content):
        text = found[0].strip()
        if text:
            indent = len(found[0]) - len(found[0].lstrip())
            start = found.start() + indent
            group.append(Line(start, start + len(text), text, indent))
        elif group:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def is_page_number(text: str) -> bool:
    """Return whether a line is a page's number: « Page 2/3 », « - 2 - », « 2/3 »."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def is_letterhead(text: str) -> bool:
    """Return whether a line says the sort of a document, its place and date, or the press contact."""
    return len(text) <= 110 and (_SORT.search(text) is not None or _DATELINE.fullmatch(text) is not None)
