"""Sentences that leave out what they are about because the head of their section or item names it.

« • Voltéa. PME de 47 salariés, membre de … », « OSMIUM / Coordonné par le CNRS en partenariat avec … »: read as « Voltéa, PME
de 47 salariés, membre de … », so that what is told in apposition elsewhere is told here by the same rules.
"""

from __future__ import annotations

import itertools
import re

from grappe.extract import lexicon
from grappe.extract.reading import Masked
from grappe.extract.section_names import LEADS

__all__ = ["with_heads"]

_NAME = re.compile(
    rf"^(?:[–—•▪■*>-] ?|\d{{1,2}} ?[.)–-] ?)?(?:(?i:{LEADS})|(?i:projet) )?(?P<name>⟨[OJF](?P<number>\d+)⟩)(?:,? (?:[–-] )?⟨[OJL]\d+⟩)?(?: \((?:[^()⟨⟩]|⟨[LTDYOM]\d+⟩)*\))?(?:,? [–—-] ⟨L\d+⟩(?: \([^()]*\))?)?(?:, ⟨M\d+⟩)? ?[.:]?$"
)
_NOUNS = lexicon.alternatives(list(lexicon.DESCRIBING_HEADS))
#: A participle, a bare noun that says what something is, a trade: the opening of what is told in apposition.
_OPENING = re.compile(
    rf"(?=[A-ZÀ-Þ])(?:(?i:jeune |petite |grande? )?(?i:{_NOUNS})(?![\w-])(?! ⟨| [A-ZÀ-Þ])|[A-ZÀ-Þ]?[\w'-]*(?:[^e]ée?s?|[a-z]ie?s?|ue?s?|ise?s?|erte?s?|inte?s?|aite?s?) (?:par|en|à|de|dans|le|au|avec|auprès|sur|sous|depuis|et|il y a)\b|(?:[Mm]embre|[Aa]dhérente?|[Ll]auréate?|[Ff]iliale) de |⟨S\d+⟩ )"
)
#: A subject of its own: « Fondée en 1994, l'entreprise compte … ».
_OWN_SUBJECT = re.compile(
    r", (?:(?:cette|cet|ce|ces|la|le|les|elles?|ils?|on|nous|une?|plusieurs|deux|trois) |l'|⟨[OJFPX](?P<own>\d+)⟩(?:, (?!(?:de |à )?⟨)| (?:de ⟨L\d+⟩ )?(?!et |ou |\(|en |de |à |pour )[a-zéèà]))"
    r"|[;:?!]| (?:a|ont|est|sont|va|vont) "
)


def with_heads(masked: tuple[Masked, ...], thing_of: tuple[int, ...]) -> tuple[Masked, ...]:
    """Return masked sentences; those that leave out what they are about begin with it, as their head names it."""
    out = list(masked)
    for place, (head, piece) in enumerate(itertools.pairwise(masked), 1):
        named = _heads(head, piece)
        if named is None or not _OPENING.match(piece.text):
            continue
        own = _OWN_SUBJECT.search(piece.text)
        same = own and own["own"] and thing_of[int(own["own"])] == thing_of[int(named["number"])]
        if own is None or same:
            name = named["name"]
            first = piece.text[0] if piece.text[:2].isupper() else piece.text[0].lower()
            at = head.offsets[named.start("name")]
            out[place] = Masked(
                piece.sentence,
                f"{name}, {first}{piece.text[1:]}",
                (*[at] * len(name), piece.offsets[0], piece.offsets[0], *piece.offsets),
            )
    return tuple(out)


def _heads(head: Masked, piece: Masked) -> re.Match[str] | None:
    """Return the name that a sentence consists of, if it is the head of the one after it."""
    same = head.sentence.block == piece.sentence.block
    if same and head.sentence.kind not in ("item", "paragraph", "row"):
        return None
    if not same and (
        head.sentence.kind not in ("heading", "row", "item") or piece.sentence.kind not in ("paragraph", "item")
    ):
        return None
    if not same and piece.sentence.block > head.sentence.block + 1:
        return None
    return _NAME.match(head.text)
