"""Names of bodies by their looks that are names of buildings: « le Centre X, 15 000 m² sur le campus, a été inauguré »."""

from __future__ import annotations

import re
from dataclasses import replace

from grappe.extract.reading import Mention
from grappe.extract.source import Source
from grappe.iri import fold

__all__ = ["buildings"]

_BODIES = frozenset({"Laboratory", "Organization", "Company", "Cluster", "NonProfit", "Facility"})
_SIZED = re.compile(r"(?:,| \() ?(?:(?:environ|plus de|près de|quelque) )?$")
_BUILT = re.compile(r",? (?:qui (?:a été|sera) )?(?:bâti|construit|édifié|érigé|livré|dessiné)e?s? (?:par|en|sur)\b")
_OPENED = re.compile(
    r"(?:[^.;,]{0,60},)? (?:a été|sera|est) (?:officiellement )?(?:inauguré|livré|édifié|construit|bâti)e?\b"
)
_OPENED_BEFORE = re.compile(
    r"(?:Ouverte?|Inaugurée?|Livrée?|Bâtie?|Construite?|Édifiée?)(?: \w+){0,6}, (?:le |la |l')?$"
)
_MOVED_INTO = re.compile(
    r"(?:emménag|install|prendr|log|héberg|regroup|accueilli|trouv)\w*(?: [a-zà-ÿ]+){0,3} (?:dans|au sein de) (?:le |la |l')?$"
)
_APPOSED = re.compile(r"(?: \([^()]*\))?, (?:un |une |l'|ancien |ancienne )?(?:immeuble|bâtiment|édifice)\b")
_PROPERTY = re.compile(
    r"(?: \([^()]*\))?,? (?:(?:qui )?(?:est|sera|reste|restera|demeure) )?(?:la |en |entièrement )?propriété (?:de|du|des)\b"
)
_THIS = re.compile(r"\b(?:ce|cet) (?:bâtiment|immeuble|édifice)\b", re.I)
_EXTENDS = re.compile(
    r"(?: \([^()]*\))?(?:[^.]*\. [^.]{0,80}?\b(?:il|elle|le centre|la maison|l'édifice),?)? (?:s'étend\w*|se déploie\w*|occup\w+|offr\w+|totalis\w+|développ\w+)(?: sur)?(?: [\w']+){0,4} ?",
    re.I,
)
_HOUSES = re.compile(r"(?:centre|maison|cité|halle|tour|villa|hôtel|espace|pavillon|carré|cube|hub|campus)\b", re.I)


def buildings(source: Source, names: tuple[Mention, ...], areas: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the names with the class Building for those of which the text speaks as of a building."""
    built = {fold(form) for name in names if _is_building(source, name, names, areas) for form in _forms(name)}
    return tuple(
        replace(n, kind="Building", rule="building-by-use")
        if n.entry is None and n.kind in _BODIES and any(fold(form) in built for form in _forms(n))
        else n
        for n in names
    )


def _forms(name: Mention) -> tuple[str, ...]:
    return name.label, *name.aliases


def _is_building(source: Source, name: Mention, names: tuple[Mention, ...], areas: tuple[Mention, ...]) -> bool:
    if name.entry is not None or name.kind not in _BODIES:
        return False
    text = source.text
    after = text[name.end : name.end + 120]
    if any(_SIZED.fullmatch(text, name.end, a.start) for a in areas if 0 < a.start - name.end < 20):
        return True
    if _BUILT.match(after) or _APPOSED.match(after) or (name.kind != "Company" and _PROPERTY.match(after)):
        return True
    if _HOUSES.match(name.label) and _OPENED.match(after):
        return True
    if _HOUSES.match(name.label):
        for area in areas:
            between = text[name.end : area.start]
            other = re.search(r"\b(?:bâtiment|immeuble|édifice|usine|plateforme|laboratoire)\b", between)
            if 0 < area.start - name.end < 220 and _EXTENDS.fullmatch(between) and other is None:
                return True
    lead = text[max(0, name.start - 60) : name.start]
    if _OPENED_BEFORE.search(lead) or _MOVED_INTO.search(lead):
        later = _THIS.search(text, name.end, name.end + 260)
        return later is not None and not any(n.kind == "Building" and name.end < n.start < later.start() for n in names)
    return False
