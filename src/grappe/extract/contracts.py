"""Contracts that have no name: « la convention signée en juillet 2024 par A et B », « l'accord-cadre entre A et B »."""

from __future__ import annotations

import re

from grappe.extract.reading import Mention
from grappe.extract.source import Source

__all__ = ["RULE", "find_contracts"]

#: The rule of a mention of a contract without a name; one that carries no fact is no thing of the document.
RULE = "contract-noun"
_CONTRACT = re.compile(
    r"(?<![\w-])(?P<noun>(?:convention|contrat|accord(?:-cadre)?|protocole d'accord|avenant|pacte)(?: (?:de|d')? ?[a-zéèêàç-]{3,20}){0,3}?)"
    r"(?= (?:entre |liant |qui lie |(?:du \d|signée? |conclue? |passée? |en date )[^.;«»]{0,90}(?<![\w-])(?:entre|par|liant|lie) ))"
)
_UNSIGNED = re.compile(r"à (?:intervenir|signer|conclure)|projet d[e'] ?$|modèle d[e'] ?$|futur|prochain")


def find_contracts(source: Source, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the contracts that are only described, where no mention stands already."""
    out = []
    for found in _CONTRACT.finditer(source.text):
        start, end = found.span("noun")
        if _UNSIGNED.search(source.text[max(0, start - 16) : start]) or _UNSIGNED.search(found["noun"]):
            continue
        if not any(m.start < end and start < m.end for m in taken):
            out.append(Mention(start, end, (start, end), "FundingContract", found["noun"], RULE))
    return tuple(out)
