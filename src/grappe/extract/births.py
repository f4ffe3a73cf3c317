"""When bodies were founded: one that a sentence names (« créée en 2011 ») or the one spoken of (« Année de création : 2019 »)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract.claims import Claim, Said, asserted, clause
from grappe.extract.clauses import Frame, frames, frames_of
from grappe.extract.grants import topic
from grappe.extract.reading import Hit, Mention, Reading, Thing, pattern
from grappe.extract.skeleton import last_named, spoken_of
from grappe.extract.values import Date, xsd
from grappe.model import Literal

__all__ = ["births", "born_alone", "founded"]

_FOUND = ("créer", "fonder", "naître", "lancer", "constituer", "essaimer", "immatriculer")
_FIRMS = ("Company", "Laboratory", "NonProfit", "Cluster", "Organization", "ResearchNetwork")
_NEVER = frozenset("Person Place Project Programme Building Facility Theme PublicAuthority".split())
_TOGETHER = re.compile(r"^(?:toutes|tous) (?:deux|trois)$", re.I)


def founded(reading: Reading) -> Iterator[Said]:
    """« Ciloa, biotech créée en 2011 », « A puis B, toutes deux nées en 1999 », « Immunotech (1982) »."""
    for frame in frames(reading, *_FOUND):
        when = next((p for p in frame.complements if p.letters[:1] == "D"), None)
        if when is None or not frame.stated:
            continue
        if frame.voice == "active" and frame.lemma != "naître":
            made = [t for p in frame.after("") for t in frame.things(p) if t.kind in _FIRMS]
            if not made and re.search(r"\b(?:l'|la |le )", frame.masked.text[frame.start : frame.end]):
                about = topic(reading, frame.masked, frame.start, (), never=_NEVER)  # « X et Y l'ont fondée en 2009 »
                made = (
                    [reading.things[about[0]]] if about is not None and reading.things[about[0]].kind in _FIRMS else []
                )
        else:
            made = _made(frame)
        date = reading.mentions[when.mentions[0]].value
        for thing in made:
            if isinstance(date, Date) and thing.kind not in ("PublicAuthority", "Project", "Place"):
                lexical, datatype = xsd(date)
                yield Claim(
                    thing.id,
                    "grp:foundedIn",
                    Literal(lexical, datatype),
                    frame.span(when, *frame.subjects[:1]),
                    f"founded-{frame.lemma}",
                    0.9,
                )
    for expression in _FOUNDED_IN:
        for hit in reading.find(expression):
            yield from _founded(hit)
    for hit in reading.find(_YEAR_BESIDE):
        yield from _founded(hit, years_only=True)


_FOUNDED_IN = (
    pattern(r"{O:x}(?:,? [^⟨⟩.;]{0,40}| à ⟨L\d+⟩){0,3} depuis sa (?:création|fondation|naissance) en {D:d}"),
    pattern(r"{O:x} \((?:[^()]*[,;] )?(?:créée?|fondée?|née?|constituée?) (?:en |à ⟨L\d+⟩ en )?{D:d}"),
    pattern(r"[Dd]epuis sa (?:création|fondation) en {D:d}, {O:x}"),
    pattern(
        r"{O:x}(?:, [^⟨⟩.;,]{0,40},?)? (?:qui )?(?:a vu le jour|voit le jour|existe depuis|existe|a été lancée?)(?: à ⟨L\d+⟩)? (?:en |depuis )?{D:d}"
    ),
)
_YEAR_BESIDE = pattern(r"{O:x} \({D:d}\)")


def _made(frame: Frame) -> list[Thing]:
    """Return what was founded: the subject, of « toutes deux » the two before it."""
    if frame.subject is None:
        return []
    if _TOGETHER.match(frame.subject.lead) and not frame.subject.mentions:
        number = 3 if frame.subject.lead.endswith("trois") else 2
        found = [t for p in sorted(frame.others, key=lambda p: p.start) for t in frame.things(p)]
        return found[-number:]
    made = (
        [t for t in frame.things(frame.subject) if t.kind not in ("Person", "Place")] if not frame.subject.via else []
    )
    if not made and frame.mood == "participle":  # « Lancée en 2020 par deux sœurs, A et B, la société … »
        for later in frames_of(frame.reading, frame.masked):
            if later.start > frame.end and later.mood == "finite" and later.subject is not None:
                return [t for t in later.things(later.subject) if t.kind in _FIRMS][:1]
    return made


def _founded(hit: Hit, *, years_only: bool = False) -> Iterator[Said]:
    date, thing = hit.mention("d"), hit.thing("x")
    if date is None or thing is None or not isinstance(date.value, Date) or not asserted(hit):
        return
    if thing.kind != "PublicAuthority" and not (years_only and date.value.precision != "year"):
        lexical, datatype = xsd(date.value)
        yield Claim(thing.id, "grp:foundedIn", Literal(lexical, datatype), hit.span, "founded-in")


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
