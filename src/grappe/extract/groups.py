"""What is said of a group that the text has listed before: « les chefs d'entreprises du cluster soutenues par … »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Award, Claim, Said, asserted
from grappe.extract.reading import Hit, Reading, Thing, pattern

__all__ = ["listed_firms"]

_FIRMS = (
    r"\b(?:les|ces|des) (?:(?:chefs|dirigeants|représentants|patrons|fondateurs) (?:de ces |des |d'))?"
    r"(?:entreprises|sociétés|start-ups?|jeunes pousses|PME)"
)
_GROUP = pattern(
    _FIRMS + r"(?P<host> (?:du |de la |de l'|de |d')⟨O(?P<cluster>\d+)⟩)?"
    r"(?P<gift> (?:soutenues|aidées|accompagnées|financées|subventionnées|appuyées) par {O*:f})?"
)
_FUNDERS = frozenset({"PublicAuthority", "FundingAgency"})


def listed_firms(reading: Reading) -> Iterator[Said]:
    """« des dirigeants des entreprises suivantes : A, B, C … les chefs d'entreprises du cluster soutenues par la
    Région »: a definite plural takes up the firms that the text has listed before, if it has listed one group.

    Two sentences are read together, so confidence is low.
    """
    for hit in reading.find(_GROUP, ("paragraph", "item")):
        if not (hit["host"] or hit["gift"]) or not asserted(hit):
            continue
        firms = _listed_before(reading, hit)
        if not firms:
            continue
        cluster = reading.thing_at(int(hit["cluster"])) if hit["cluster"] else None
        funders = [t.id for t in hit.things("f") if t.kind in _FUNDERS] if hit["gift"] else []
        for firm in firms:
            if cluster is not None and cluster.kind in ("Cluster", "ResearchNetwork"):
                yield Claim(firm.id, "grp:memberOf", cluster.id, hit.span, "listed-firms", 0.6)
            if funders:
                yield Award(tuple(funders), firm.id, hit.span, "listed-firms", confidence=0.6)


def _listed_before(reading: Reading, hit: Hit) -> list[Thing]:
    """Return the firms of the one list that stands before a passage; none if there are several lists."""
    lists: dict[int, list[Thing]] = {}
    for masked in reading.masked:
        if masked.sentence.start >= hit.masked.sentence.start:
            break
        if not re.search(r"entreprises suivantes|sociétés suivantes|start-ups? suivantes", masked.text):
            continue
        for number in re.findall(r"⟨O(\d+)⟩", masked.text[masked.text.index("suivantes") :]):
            thing = reading.thing_at(int(number))
            if thing is not None and thing.kind == "Company":
                lists.setdefault(masked.sentence.start, []).append(thing)
    return next(iter(lists.values())) if len(lists) == 1 else []
