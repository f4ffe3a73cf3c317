"""When the body spoken of was born: « implantée à Lyon depuis sa naissance en 2017 », « Année de création : 2019 »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted, clause
from grappe.extract.clauses import frames
from grappe.extract.reading import Hit, Mention, Reading, Thing, pattern
from grappe.extract.skeleton import last_named, spoken_of
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["births", "born_alone"]

_BORN = frozenset("Company NonProfit Organization Laboratory Cluster ResearchNetwork University Hospital".split())
#: Nouns of birth: « depuis sa création en 2017 », « la naissance, en janvier, de X », « Année de création : 2019 ».
_BIRTH = r"(?:création|naissance|fondation|constitution|immatriculation|lancement)"
_OWN_BIRTH = pattern(rf"(?:depuis|dès|à|lors de|de) (?:sa|leur) {_BIRTH},?(?: à {{L}},?)? (?:en |à |dès )?{{D:d}}")
_BIRTH_OF = pattern(
    rf"(?:^|[ .;]|l')(?i:{_BIRTH})(?:,? (?:en |à |dès ){{D:d}},?)? de (?P<x>{{O}})(?:,? (?:en|à|dès) {{D:e}}| remonte à {{D:f}}| date de {{D:g}})?"
)
_BORN_IN = pattern(r"(?P<x>{O}) ?\((?:[^()]*[,;] )?(?:créée?|fondée?|née?|lancée?) (?:en |à ){D:d}(?:[,;][^()]*)?\)")
_BORN_BEHIND = pattern(
    r"(?:{D:d}|(?P<year>(?:19|20)\d\d)),?(?: ?: ?|, )?(?:c'est )?(?:l'année|la date|le jour) (?:où|à laquelle) (?:est|sont|fut|a été|vit le jour) (?:née?s?|créée?|fondée?|lancée?)? ?(?P<x>{O})"
)
_BIRTH_LINE = pattern(
    r"(?:^|[.;|] ?)(?:[•–-] ?)?(?:(?:Année|Date) (?:de |d')(?:création|fondation|immatriculation)|Création|Fondation|Naissance) ?:? ?(?:en )?(?:{D:d}|(?P<year>(?:19|20)\d\d))(?=[ .;,|]|$)"
)
_ORIGIN = pattern(r"depuis (?:l'origine|ses origines|ses débuts|sa naissance|sa création) \({D:d}\)")


#: A body that is to be created is planned.
_TO_COME = re.compile(r"pr[ée]v[ou]|projet|envisag|futur|permettr|annonc|(?:^| )va |visant|en vue|objectif|appel", re.I)


def births(reading: Reading) -> Iterator[Said]:
    """« implantée à Lyon depuis sa création en 2017 », « Voltéa (créée en 2014) », « Année de création : 2019 »."""
    for expression in (_BORN_IN, _BORN_BEHIND, _BIRTH_OF):
        for hit in reading.find(expression, ("paragraph", "item", "row")):
            held = [hit.mention(n) for n in "defg" if n in hit.match.groupdict() and hit[n] is not None]
            for thing in hit.things("x"):
                if not _TO_COME.search(clause(hit.masked, hit.match.start(), hit.match.end())):
                    yield from _birth(hit, thing, held, "founded-beside")
    for expression, rule in (
        (_OWN_BIRTH, "founded-own-birth"),
        (_ORIGIN, "founded-own-birth"),
        (_BIRTH_LINE, "founded-line"),
    ):
        for hit in reading.find(expression, ("paragraph", "item", "row")):
            spoken = last_named(reading, hit.masked, hit.match.start(), _BORN, back=0)
            spoken = spoken or spoken_of(reading, hit.masked, hit.match.start(), _BORN, back=6)
            ahead = re.match(r"[^⟨.;:]{0,40}, ⟨O(\d+)⟩", hit.masked.text[hit.match.end() :])
            if spoken is None and ahead:
                spoken = reading.thing_at(int(ahead[1]))
            if spoken is not None:
                yield from _birth(hit, spoken, [hit.mention("d")], rule)


_OPENING = re.compile(r"[•–»: -]*")


def born_alone(reading: Reading) -> Iterator[Said]:
    """« Voltéa. Née en 2009 d'une thèse. »: a participle that opens a sentence with nothing to be said of."""
    for frame in frames(reading, "naître", "créer", "fonder", "constituer", "essaimer"):
        when = next((p for p in frame.complements if p.letters[:1] == "D"), None)
        if frame.subject is not None or frame.mood != "participle" or when is None or not frame.stated:
            continue
        date = reading.mentions[when.mentions[0]].value
        if not _OPENING.fullmatch(frame.masked.text[: frame.start]) or not isinstance(date, Date):
            continue
        spoken = spoken_of(reading, frame.masked, 0, _BORN)
        if spoken is not None:
            lexical, datatype = xsd(date)
            yield Claim(spoken.id, "grp:foundedIn", Literal(lexical, datatype), frame.span(when), "born-alone", 0.75)


def _birth(hit: Hit, thing: Thing, dates: list[Mention | None], rule: str) -> Iterator[Said]:
    date = dates[0].value if dates and dates[0] is not None else None
    year = hit.match.groupdict().get("year")
    if (isinstance(date, Date) or year) and thing.kind in _BORN and asserted(hit):
        lexical, datatype = xsd(date) if isinstance(date, Date) else (str(year), "xsd:gYear")
        yield Claim(thing.id, "grp:foundedIn", Literal(lexical, datatype), hit.span, rule, 0.8)
