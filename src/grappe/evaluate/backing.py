"""The evidence of a document's facts: which passages back each, and whether they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from grappe.evaluate.drawn import Drawn, Shown, Triple, plain
from grappe.evaluate.gold import CLASSES, DESCRIBED, Fact
from grappe.iri import GRP, expand

__all__ = ["Backing", "Held", "Passage", "backing"]

_ORG = expand("org:")
_TYPE = expand("rdf:type")
_TEXT = expand("grp:plainText")
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that backs a fact: its offsets in code points, its words, the rule that found it, how sure it is."""

    start: int
    end: int
    quote: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Held:
    """How the facts of a graph are held by evidence: facts with a passage that holds, facts, passages that do not,
    triples of evidence.
    """

    covered: int = 0
    facts: int = 0
    broken: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Backing:
    """The text of a document and the passages that back each triple of its graph."""

    text: str
    passages: Mapping[Triple, tuple[Passage, ...]]
    held: Held

    def of(self, fact: Fact, drawn: Drawn) -> tuple[Passage, ...]:
        """Return the passages of a fact: those of the most telling of the triples that it is made of."""
        found = (self.passages.get(triple, ()) for triple in reversed(drawn.made_of.get(fact, ())))
        return next((passages for passages in found if passages), ())


def backing(facts: Iterable[ox.Quad], evidence: Iterable[ox.Quad], things: Mapping[str, Shown]) -> Backing:
    """Return what backs the facts of a document; a fact is held by a passage that says what the text says there."""
    wanted = {triple for triple in map(_triple, facts) if _needs_evidence(triple)}
    about: dict[str, dict[str, str]] = defaultdict(dict)
    size = 0
    for quad in evidence:
        subject, predicate, value = _triple(quad)
        about[subject][predicate] = value
        size += 1
    text = next((one[_TEXT] for one in about.values() if _TEXT in one), "")
    passages: dict[Triple, list[Passage]] = defaultdict(list)
    covered: set[Triple] = set()
    broken = 0
    for one in [*about.values()]:
        if one.get(_TYPE) != expand("grp:Evidence"):
            continue
        fact = one[expand("rdf:subject")], one[expand("rdf:predicate")], one[expand("rdf:object")]
        passage = _passage(one, about[one[expand("oa:hasTarget")]])
        passages[fact].append(passage)
        if _holds(passage, text) and (fact[1] != _TYPE or _shows(passage.quote, things.get(fact[0]))):
            covered.add(fact)
        else:
            broken += 1
    kept = {fact: tuple(sorted(found, key=lambda p: (-p.confidence, p.start))) for fact, found in passages.items()}
    return Backing(text, kept, Held(len(wanted & covered), len(wanted), broken, size))


def _passage(evidence: Mapping[str, str], span: Mapping[str, str]) -> Passage:
    return Passage(
        int(span[expand("oa:start")]),
        int(span[expand("oa:end")]),
        span[expand("oa:exact")],
        evidence[expand("grp:extractor")],
        float(evidence[expand("grp:confidence")]),
    )


def _holds(passage: Passage, text: str) -> bool:
    whole = 0 < passage.end - passage.start <= _LONGEST and text[passage.start : passage.end] == passage.quote
    return whole and 0 <= passage.confidence <= 1


def _triple(quad: ox.Quad) -> Triple:
    assert isinstance(quad.subject, ox.NamedNode)
    assert not isinstance(quad.object, ox.Triple)
    return quad.subject.value, quad.predicate.value, quad.object.value


def _needs_evidence(triple: Triple) -> bool:
    """Return whether a triple is a fact: of the project's or the organisation ontology's terms, labels apart."""
    if triple[1] == _TYPE:
        without = (GRP + "Document", expand("org:Role"))
        return triple[2].startswith((GRP, _ORG)) and triple[2] not in without
    return triple[1].startswith((GRP, _ORG))


def _shows(quote: str, shown: Shown | None) -> bool:
    """Return whether the mention that shows a class has a word of a name of the thing, if it must have one."""
    if shown is None or CLASSES[shown.kind] in DESCRIBED:
        return True
    said = {*plain(quote).split()}
    return any(said & {*name.split()} for name in shown.names)
