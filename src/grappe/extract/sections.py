"""What a section, an item or a sheet is about: the name at its head, for the lines below that name nobody.

« 2. PROJET OSMIUM / Thème : … Porteur : … », « • Voltéa (Lyon). Effectif : 12 », « FICHE PROJET : OSMIUM / Durée : … »:
such lines are read by their labels, and whose they are only the layout tells.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from grappe.extract.reading import Masked, Reading, Thing
from grappe.extract.section_names import LEADS
from grappe.iri import KINDS

__all__ = ["FINANCED", "TOLD", "field_values", "head_of", "is_field"]

#: Whom the lines of a sheet tell something of.
TOLD = frozenset(kind for kind, step in KINDS.items() if step in ("organization", "project"))
#: What a section on money may be headed by.
FINANCED = TOLD | {kind for kind, step in KINDS.items() if step == "facility"}
#: No section is longer than so many sentences.
_LONGEST = 16
_BULLET = r"(?:[–—•▪■*>-] ?|\d{1,2} ?[.)–-] ?)?"
#: « 2. Voltéa (Lyon) », « ZOOM SUR Voltéa », « FICHE PROJET : OSMIUM », « Le financement de la halle ».
_HEAD = re.compile(
    rf"^{_BULLET}(?:(?i:{LEADS})|(?i:(?:la )?(?:fiche(?: du)?(?: projet)?|projet|acronyme|intitulé|nom(?: du projet)?|titre)(?: (?:n° ?)?\d+)?) ?[•:.–-]? ?|(?:PROJET|Projet) "
    r"|(?:Le |La |Les |L')?[A-Za-zà-ÿ' ]{3,40} de )?⟨[OJFGE](?P<x>\d+)⟩"
)
_LEAD = re.compile(rf"^{_BULLET}⟨[OJF](?P<x>\d+)⟩")
#: A name that no verb follows, and that is thus the head of its item: « Voltéa, 12 salariés », « Voltéa (Lyon). ».
_ALONE = re.compile(r"(?: ?\((?:[^()⟨⟩]|⟨\w+⟩)*\))?(?: ?[–—,:;|.] ?|$)")
_FIELD = re.compile(
    r"^(?:[–—•▪■*>-] ?)?[A-ZÀ-Þ][^⟨⟩:.;!?«»]{1,48}(?: de ⟨[OG]\d+⟩)? ?: ?(?=\S)|^(?:[–—•▪■*>-] ?)?(?:Quoi|Qui|Où|Quand|Combien|Comment|Jusqu'à quand|Avec qui|Pourquoi) \? "
)


def is_field(masked: Masked) -> bool:
    """Return whether a sentence is a label with its value: « Effectif : neuf personnes. »."""
    return _FIELD.match(masked.text) is not None


def head_of(reading: Reading, masked: Masked, kinds: Container[str]) -> Thing | None:
    """Return the thing of some classes that the head of a sentence's item, section or sheet names; None for none."""
    for piece, found in _heads(reading, masked):
        thing = reading.thing_at(int(found["x"]))
        if (
            thing is not None
            and thing.kind in kinds
            and not (piece.sentence.kind == "title" and thing.kind != "Project")
        ):
            return thing
        if re.match(r"\d{1,2} ?[.)–-]", piece.text):
            return None  # a numbered section is about what its number stands before
    return None


def _heads(reading: Reading, masked: Masked) -> Iterator[tuple[Masked, re.Match[str]]]:
    """Yield what may be the head of a sentence's section, the nearest first."""
    here = masked.sentence
    for piece in reversed(reading.masked[max(0, here.index - _LONGEST) : here.index]):
        kind = piece.sentence.kind
        inside = piece.sentence.block == here.block
        found = (_LEAD if inside else _HEAD).match(piece.text)
        heads = kind in ("heading", "title", "row") or (inside and found and _ALONE.match(piece.text, found.end()))
        if found is not None and heads and not is_field(piece) and not piece.text.endswith("?"):
            yield piece, found
        if kind == "title":
            return  # what stands above the headline is who publishes, and when


def field_values(reading: Reading, masked: Masked, labels: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands after some labels among the lines of the sheet in which a line stands."""
    place = masked.sentence.index
    for step in (1, -1):
        for piece in reading.masked[place::step]:
            found = _FIELD.match(piece.text)
            if found is None:
                break
            if labels.match(piece.text) and (step > 0 or piece is not masked):
                yield piece.text[found.end() :]
