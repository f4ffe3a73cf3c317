"""Who gives what the sentences after speak of: « la commission permanente a voté deux aides », « leur aide est versée par
l'État », « X soutient trois entreprises ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.clauses import Frame, Phrase, frames_of
from grappe.extract.grants import BACKING, GIVING, RECEIVING, deliberates, funders_in, paid
from grappe.extract.reading import Masked, Reading

__all__ = ["announcing", "giver_before"]

#: Those who are given something, by their number or kind and not by name.
_GROUP = re.compile(
    r"\b(?:projets|entreprises|sociétés|lauréats|dossiers|start-?ups?|laboratoires|opérations|équipes|PME|structures|associations|sites|"
    r"bénéficiaires|porteurs|établissements|acteurs|pépites|champions|jeunes pousses|initiatives|industriels|candidats|chantiers|programmes|plateformes)\b"
)
_AID = re.compile(
    r"\b(?:aides?|subventions?|soutiens?|concours|financements?|dotations?|enveloppes?|crédits|avances?|prêts?|contributions?|participations?|sommes?)\b",
    re.I,
)
_VOTES = frozenset(
    {
        "voter",
        "décider",
        "choisir",
        "approuver",
        "adopter",
        "puiser",
        "attribuer",
        "accorder",
        "octroyer",
        "allouer",
        "valider",
    }
)
#: « opéré par X pour le compte de Y »: Y gives.
_FOR = re.compile(r"pour le compte de ⟨O(?P<f>\d+)⟩")
_SHARE_OF = re.compile(
    r"(?:[Cc]ontributions?|[Pp]articipations?|[Aa]ides?|[Ss]ubventions?|[Ss]outiens?|[Ff]inancements?) de ⟨O(?P<f>\d+)⟩(?: \([^()]*\))?[^⟨⟩]*$"
)


def giver_before(reading: Reading, masked: Masked) -> tuple[int, ...]:
    """Return who was said to give what a sentence speaks of, in it or in one of the eight before it."""
    place = masked.sentence.index
    for part in reversed(reading.masked[max(0, place - 8) : place + 1]):
        for givers in announcing(reading, part, here=part is masked):
            return givers
    return ()


def announcing(reading: Reading, part: Masked, *, here: bool = False) -> Iterator[tuple[int, ...]]:
    """Return who a sentence says gives to a group that is named after it; ``here`` if the sums stand in it itself."""
    if part.sentence.kind == "heading" and (found := _SHARE_OF.search(part.text)):
        yield tuple(funders_in(reading, [int(found["f"])]))
    for frame in frames_of(reading, part):
        if frame.stated and (givers := _of_frame(reading, frame)):
            yield tuple(givers)
    if not here and (found := _FOR.search(part.text)) and re.search(r"\b(?:opér|gér|instrui|pilot)", part.text):
        yield tuple(funders_in(reading, [int(found["f"])]))


def _of_frame(reading: Reading, frame: Frame) -> list[int]:
    subject = frame.subject
    if (
        frame.voice == "passive"
        and subject is not None
        and (_AID.search(_words(frame, subject)) or _GROUP.search(_words(frame, subject)))
    ):
        by = [g for p in frame.after("par") for g in funders_in(reading, p.mentions)]
        if by and not subject.mentions and frame.lemma in GIVING | BACKING | _VOTES:
            return by
    if frame.voice != "active":
        return []
    told = [p for p in frame.complements if p.preposition in ("", "à", "pour", "dans", "en faveur", "au profit", "de")]
    grouped = any(_GROUP.search(_words(frame, p)) and not p.mentions for p in told)
    if (
        frame.lemma in RECEIVING
        and subject is not None
        and not subject.mentions
        and _GROUP.search(_words(frame, subject))
    ):
        return [
            g for p in frame.after("de", "auprès", "de la part") if not p.via for g in funders_in(reading, p.mentions)
        ]
    if frame.lemma not in GIVING | BACKING | _VOTES:
        return []
    if (
        frame.lemma in _VOTES
        and (decided := deliberates(reading, subject)) is not None
        and not any(paid(t) for p in frame.after("à", "pour", "en faveur") for t in frame.things(p))
    ):
        return [decided]
    if subject is None or subject.via or not grouped:
        return []
    return funders_in(reading, subject.mentions)


def _words(frame: Frame, phrase: Phrase) -> str:
    return frame.masked.text[phrase.start : phrase.end]
