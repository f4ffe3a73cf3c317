"""Contracts that have no name: « la convention signée en juillet 2024 par A et B », « l'accord-cadre entre A et B »."""

from __future__ import annotations

import re

from grappe.extract.reading import Mention
from grappe.extract.source import Source

__all__ = ["NOUN", "RULE", "find_contracts"]

#: The rule of a mention of a contract without a name; one that carries no fact is no thing of the document.
RULE = "contract-noun"
#: The nouns of contracts, which many bear.
NOUN = re.compile(r"\b(?:convention|contrat|accord|protocole|avenant|pacte|charte|mémorandum|CPER)\b", re.I)
_NOUN = (
    r"(?:convention|contrat|accord(?:-cadre)?|protocole|avenant|pacte|charte|mémorandum)"
    r"(?:[ -](?:(?:de |d'|à |en )?(?!signé|conclu|paraph|scell|ratif|pass|liant|entre|par |avec|qui|prév|port|donn|pour|fix|est |sera|sont|dont|dit|lie|et |ou )[a-zéèêàçô-]{3,20})){0,3}?"
)
_CAPITALS = r"(?: (?!(?:État|Région|Le|La|Les|L)\b)[A-ZÀ-Þ][\w'-]+){1,3}"
_YEARS = r"(?: (?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d))?"
_SIGNED = (
    r"(?:sign(?:ée?s?|ent|er|era|eront)|conclu\w*|paraph(?:e|ée?s?|ent|er\w*)|scell\w+|ratifi\w+|nou(?:ée?s?|ent|er))"
)
#: A contract that its parties tell: « la convention 2023-2027 conclue le 12 octobre entre A et B ».
_BETWEEN = re.compile(
    rf"(?<![\w-])(?P<noun>{_NOUN}(?P<name>{_CAPITALS})??)"
    rf"(?={_YEARS}(?: \([^()]*\))?,? (?:entre |liant |qui lie |(?:du \d|signée? |conclue? |passée? |paraphée? |scellée? |ratifiée? |en date )[^.;«»]{{0,90}}(?<![\w-])(?:entre|par|liant|lie|avec) ))"
)
#: One that somebody signs: « A et B ont signé une convention de partenariat », « le protocole a été signé par … ».
_OBJECT = re.compile(
    rf"(?<![\w-]){_SIGNED}(?:,? (?:[^.;«»]{{0,150}}? )?)(?:une? |le |la |l'|leur |cette |cet |ce )(?:premi(?:er|ère) |nouvel(?:le)? |nouveau )?(?P<noun>{_NOUN}(?P<name>{_CAPITALS})?)(?![\w-])"
)
_SUBJECT = re.compile(
    rf"(?<![\w-])(?P<noun>{_NOUN}(?P<name>{_CAPITALS})?){_YEARS},? (?:a|ont|est|sera|vient d'|avait|doit) ?(?:été |être )?(?:[a-zé]+ )?{_SIGNED}(?![\w-])"
)
_OF_YEARS = re.compile(r" (?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)(?!\w)")
#: « la convention conclue entre A et B, dite « Compétences atome » ».
_DUBBED = re.compile(
    r"[^.;«»]{0,160},? (?:dite?|baptisée?|appelée?|intitulée?|nommée?|dénommée?) « (?P<name>[^«»]{3,60}) »"
)
_UNSIGNED = re.compile(r"à (?:intervenir|signer|conclure)|projet d[e'] ?$|modèle d[e'] ?$|futur|prochain")
_NEGATED = re.compile(r"\b(?:aucune?|pas|n'a|n'ont|n'est) [^.;]{0,20}$")


def find_contracts(source: Source, taken: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the contracts that are only described, or called by what follows their noun, where no mention stands."""
    out: list[Mention] = []
    for expression in (_BETWEEN, _SUBJECT, _OBJECT):
        for found in expression.finditer(source.text):
            start, end = found.span("noun")
            if expression is _OBJECT:
                start, end = _whole(source.text, start, end)
            lead = source.text[max(0, start - 30) : start]
            if any(
                m.kind == "FundingContract" and source.text[end : m.start].strip(" «") == ""
                for m in taken
                if m.start >= end and m.start < end + 4
            ):
                continue  # « la convention « X » »: the name is the contract's
            if _UNSIGNED.search(lead[-16:]) or _UNSIGNED.search(found["noun"]) or _NEGATED.search(lead):
                continue
            if not any(m.start < end and start < m.end for m in (*taken, *out)):
                name = (found["name"] or "").strip()
                label = source.text[start:end]
                years = _OF_YEARS.match(source.text, end)
                dubbed = _DUBBED.match(source.text, end)
                aliases = (
                    *((dubbed["name"],) if dubbed else ()),
                    *((name,) if name else ()),
                    *((label + years[0],) if years else ()),
                )
                rule = "contract-named" if name or dubbed else RULE
                label = f"{label} « {dubbed['name']} »" if dubbed else label
                out.append(Mention(start, end, (start, end), "FundingContract", label, rule, aliases))
    return tuple(sorted(out, key=lambda m: m.start))


#: What goes on a noun that stands at the end of what was found.
_COMPLEMENT = re.compile(
    r"(?: (?:de |d'|à |en )?(?!(?:entre|avec|par|pour|sur|dans|dont|qui|que|et|le|la|les|des|du|au|aux|en|ce|lors|portant|relatif|relative)\b)[a-zéèêàçô-]{3,20}){0,3}"
    rf"(?:{_CAPITALS})?"
)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a contract's noun with its complements: « contrat de licence », « contrat de filière Eau »."""
    found = _COMPLEMENT.match(text, end)
    return start, found.end() if found else end
