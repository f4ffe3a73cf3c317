"""Labels that are called by who grants them, or by a standard: « le label du pôle X », « certifiée ISO 13485 »."""

from __future__ import annotations

import re

from grappe.extract.reading import Mention
from grappe.extract.source import Source

__all__ = ["find_labels"]

_OF = re.compile(r"(?<![\w-])label(?= (?:du |de la |de l'|d'|de )$)")
_STANDARD = re.compile(
    r"\b(?:certifi|accrédit)ée?s?(?: selon| à)?(?: la norme| les normes)? (?P<name>(?:ISO|NF|EN|HDS|BPF|COFRAC)(?:[ /-](?:CEI|IEC|EN))?(?: \d{3,5}(?:[-:]\d+)?)?)"
)


def find_labels(source: Source, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the labels that stand before the name of who grants them, and the standards that somebody is certified by."""
    out = []
    for mention in taken:
        if mention.kind not in ("Cluster", "ResearchOrganization", "PublicAuthority", "NonProfit", "Organization"):
            continue
        found = _OF.search(source.text[max(0, mention.start - 16) : mention.start])
        if found:
            start = max(0, mention.start - 16) + found.start()
            label = source.text[start : mention.end]
            out.append(Mention(start, start + 5, (start, start + 5), "Accreditation", label, "label-of-body"))
    for found in _STANDARD.finditer(source.text):
        start, end = found.span("name")
        out.append(Mention(start, end, (start, end), "Accreditation", found["name"], "standard"))
    return tuple(m for m in out if not any(t.start < m.end and m.start < t.end for t in taken))
