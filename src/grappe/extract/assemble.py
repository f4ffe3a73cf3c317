"""Claims made into facts: nodes for awards and offices, labels for what has no name, evidence for each statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from grappe.extract import contracts
from grappe.extract.claims import Award, Claim, Honour, Office, Range, Said, Speech
from grappe.extract.labels import Names, all_forms, written
from grappe.extract.reading import Reading, Thing
from grappe.extract.themes import Field
from grappe.iri import KINDS, fold, key, slug
from grappe.model import (
    Entity,
    Evidence,
    Facts,
    Literal,
    Mention,
    Metadata,
    Object,
    Ref,
    Span,
    Statement,
    Term,
    Text,
    digest,
)

__all__ = ["assemble"]

_LONGEST = 1000
_PASSAGES = 2


@dataclass(frozen=True, slots=True)
class _Line:
    subject: str
    predicate: str
    object: Object
    span: Range
    rule: str
    confidence: float


def assemble(reading: Reading, said: Iterable[Said], fields: Iterable[Field], text: Text, metadata: Metadata) -> Facts:
    """Return the facts of a document: pruned of what carries none, every statement with its passages."""
    claims = [*said]
    awards = _merged([c for c in claims if isinstance(c, Award)])
    fields = [*fields]
    kept = _kept(reading, claims, fields)
    # What nothing but a status is said of is no thing of the document; what is said of it goes with it.
    claims = [
        c
        for c in claims
        if not isinstance(c, Claim) or (c.subject in kept and (not isinstance(c.object, int) or c.object in kept))
    ]
    names = Names(reading, claims, kept, text)
    lines = [line for line in _lines(reading, claims, awards, fields, names) if line is not None]
    entities = [*names.entities(), *_nodes(reading, claims, awards, fields, names, text)]
    lines.extend(_types(reading, kept, names))
    statements = _statements(reading, lines, text)
    mentions = tuple(
        Mention(text.document.id, span, text.content[span.start : span.end], reading.things[t].kind, names.key(t))
        for i, m in enumerate(reading.mentions)
        if (t := reading.thing_of[i]) in kept
        for span in [reading.normal.source(m.start, m.end)]
    )
    publisher = names.key(reading.publisher) if reading.publisher in kept and reading.publisher is not None else None
    unique = {e.key: e for e in entities}
    return Facts(
        text.document.id,
        replace(metadata, publisher=publisher),
        tuple(sorted(unique.values(), key=lambda e: e.key)),
        mentions,
        statements,
    )


def _merged(awards: list[Award]) -> list[Award]:
    """Return awards told once each: equal funders, beneficiary and sum are one; one without a sum yields to one with."""
    with_sum = {(f, a.beneficiary) for a in awards if a.amount is not None for f in a.funders}
    out: dict[tuple[frozenset[int], int, object], Award] = {}
    for award in awards:
        funders = (
            award.funders
            if award.amount is not None
            else tuple(f for f in award.funders if (f, award.beneficiary) not in with_sum)
        )
        if not funders and (award.funders or not award.instruments):
            continue
        place = (frozenset(funders), award.beneficiary, award.amount)
        earlier = out.get(place)
        if earlier is None:
            out[place] = replace(award, funders=funders)
        else:
            out[place] = replace(
                earlier,
                instruments=tuple(dict.fromkeys((*earlier.instruments, *award.instruments))),
                period=earlier.period or award.period,
            )
    return [*out.values()]


def _touched(claims: list[Said], fields: list[Field]) -> set[int]:
    out: set[int] = set()
    for c in claims:
        if isinstance(c, Claim):
            out.add(c.subject)
            if isinstance(c.object, int):
                out.add(c.object)
        elif isinstance(c, Award):
            out.update((*c.funders, c.beneficiary, *c.instruments))
        elif isinstance(c, Honour):
            out.update(x for x in (c.recipient, c.accreditation, c.awarder, c.programme) if x is not None)
        elif isinstance(c, Office):
            out.update((c.person, c.organization))
        else:
            out.add(c.speaker)
    out.update(f.subject for f in fields)
    return out


def _kept(reading: Reading, claims: list[Said], fields: list[Field]) -> set[int]:
    """Return the things that stay: the named ones, and of the others those that carry a fact."""
    facts = _touched([c for c in claims if not (isinstance(c, Claim) and c.predicate == "grp:status")], fields)
    events = {
        c.subject
        for c in claims
        if isinstance(c, Claim) and c.predicate in ("grp:participant", "grp:organizer", "grp:locatedIn")
    }
    out = set()
    for thing in reading.things:
        if KINDS[thing.kind] == "event":
            if thing.id in events or (_has_name(thing, reading) and (thing.id in facts or thing.kind == "Conference")):
                out.add(thing.id)
        elif not thing.named or _plain_label(thing, reading) or _only_described(thing, reading):
            if thing.id in facts:
                out.add(thing.id)
        else:
            out.add(thing.id)
    return out


def _plain_label(thing: Thing, reading: Reading) -> bool:
    """Return whether a label is only spoken of (« les pôles de compétitivité ») and not called by a name in quotation marks."""
    return thing.kind == "Accreditation" and not any(reading.mentions[i].rule == "quoted-name" for i in thing.mentions)


def _only_described(thing: Thing, reading: Reading) -> bool:
    """Return whether a contract has no name: « la convention signée par A et B »."""
    return thing.kind == "FundingContract" and all(reading.mentions[i].rule == contracts.RULE for i in thing.mentions)


def _has_name(thing: Thing, reading: Reading) -> bool:
    return any(not reading.mentions[i].rule.startswith("event") for i in thing.mentions)


def _title_key(title: str) -> str:
    return f"role/{slug(title)}"


def _theme_key(label: str) -> str:
    return key("Theme", label)


def _award_key(award: Award, names: Names) -> str:
    funders = sorted(names.key(f) for f in award.funders)
    return "award/" + digest(
        "FundingAward", *funders, "|", names.key(award.beneficiary), str(award.amount), award.currency or ""
    )


def _office_key(office: Office, names: Names) -> str:
    return "membership/" + digest(
        "Membership", names.key(office.person), names.key(office.organization), _title_key(office.title)
    )


def _honour_key(honour: Honour, names: Names) -> str:
    return "accreditation-award/" + digest(
        "AccreditationAward",
        names.key(honour.recipient),
        names.key(honour.accreditation),
        names.key(honour.awarder) if honour.awarder is not None else "",
    )


def _words(reading: Reading, speech: Speech) -> str:
    return reading.normal.text[slice(*speech.words)]


def _speech_key(reading: Reading, speech: Speech, names: Names) -> str:
    return "quotation/" + digest("Quotation", names.key(speech.speaker), fold(_words(reading, speech)))


def _nodes(
    reading: Reading, claims: list[Said], awards: list[Award], fields: list[Field], names: Names, text: Text
) -> Iterator[Entity]:
    for award in awards:
        yield Entity(_award_key(award, names), "FundingAward")
    for claim in claims:
        if isinstance(claim, Office):
            yield Entity(_office_key(claim, names), "Membership")
            yield Entity(_title_key(claim.title), "Role", claim.title, language="fr")
        elif isinstance(claim, Honour):
            yield Entity(_honour_key(claim, names), "AccreditationAward")
        elif isinstance(claim, Speech):
            yield Entity(_speech_key(reading, claim, names), "Quotation")
    forms: dict[str, set[str]] = defaultdict(set)
    for field in fields:
        forms[field.label] |= written(reading, field.words, text)
    for label, met in forms.items():
        yield Entity(_theme_key(label), "Theme", label, tuple(sorted(met - {label})), "fr")


def _lines(
    reading: Reading, claims: list[Said], awards: list[Award], fields: list[Field], names: Names
) -> Iterator[_Line | None]:
    for c in claims:
        if isinstance(c, Claim):
            object_: Object = Ref(names.key(c.object)) if isinstance(c.object, int) else c.object
            yield _Line(names.key(c.subject), c.predicate, object_, c.span, c.rule, c.confidence)
        elif isinstance(c, Office):
            node = _office_key(c, names)
            for predicate, value in (
                ("rdf:type", Term("org:Membership")),
                ("org:member", Ref(names.key(c.person))),
                ("org:organization", Ref(names.key(c.organization))),
                ("org:role", Ref(_title_key(c.title))),
            ):
                yield _Line(node, predicate, value, c.span, c.rule, c.confidence)
        elif isinstance(c, Honour):
            node = _honour_key(c, names)
            yield _Line(node, "rdf:type", Term("grp:AccreditationAward"), c.span, c.rule, c.confidence)
            for predicate, thing in (
                ("grp:recipient", c.recipient),
                ("grp:accreditation", c.accreditation),
                ("grp:awardedBy", c.awarder),
                ("grp:programme", c.programme),
            ):
                if thing is not None:
                    yield _Line(node, predicate, Ref(names.key(thing)), c.span, c.rule, c.confidence)
        elif isinstance(c, Speech):
            node = _speech_key(reading, c, names)
            span = c.span if c.span[1] - c.span[0] < _LONGEST - 60 else c.words
            yield _Line(node, "rdf:type", Term("grp:Quotation"), span, c.rule, c.confidence)
            yield _Line(node, "grp:speaker", Ref(names.key(c.speaker)), span, c.rule, c.confidence)
            yield _Line(node, "grp:text", Literal(_words(reading, c)), span, c.rule, c.confidence)
    for award in awards:
        node = _award_key(award, names)
        items: list[tuple[str, Object]] = [("rdf:type", Term("grp:FundingAward"))]
        items += [("grp:funder", Ref(names.key(f))) for f in award.funders]
        items.append(("grp:beneficiary", Ref(names.key(award.beneficiary))))
        if award.amount is not None:
            items += [
                ("grp:amount", Literal(format(award.amount.normalize(), "f"), "xsd:decimal")),
                ("grp:currency", Literal(award.currency or "EUR")),
            ]
        items += [("grp:instrument", Ref(names.key(i))) for i in award.instruments]
        if award.period is not None:
            items += [
                ("grp:startYear", Literal(f"{award.period[0]:04d}", "xsd:gYear")),
                ("grp:endYear", Literal(f"{award.period[1]:04d}", "xsd:gYear")),
            ]
        for name, said in items:
            yield _Line(node, name, said, award.span, award.rule, award.confidence)
    for field in fields:
        theme = _theme_key(field.label)
        yield _Line(names.key(field.subject), "grp:theme", Ref(theme), field.span, field.rule, field.confidence)
        yield _Line(theme, "rdf:type", Term("grp:Theme"), field.words, field.rule, field.confidence)


def _types(reading: Reading, kept: set[int], names: Names) -> Iterator[_Line]:
    for number in sorted(kept):
        thing = reading.things[number]
        shown = [
            reading.mentions[i]
            for i in thing.mentions
            if not reading.mentions[i].rule.startswith(("pronoun", "definite"))
        ]
        named = {word for form in (names.label(number), *all_forms(thing)) for word in fold(form).split()}
        best = max(
            shown,
            key=lambda m: (
                # What shows a type names the thing, be it by one word.
                not named.isdisjoint(fold(reading.normal.text[m.start : m.end]).split()),
                m.kind == thing.kind,
                m.start != m.core[0],
                -m.start,
            ),
        )
        confidence = {"gazetteer": 0.97, "person-title": 0.95, "head-noun": 0.92, "capitals": 0.6, "model": 0.5}.get(
            best.rule, 0.88
        )
        yield _Line(
            names.key(number),
            "rdf:type",
            Term(f"grp:{thing.kind}"),
            (_from_name(reading, best.start, best.end, named), best.end),
            best.rule.split(":")[0],
            confidence,
        )


def _from_name(reading: Reading, start: int, end: int, named: set[str]) -> int:
    """Return where a passage begins that shows a name: « à Morlaix, … le maire de la commune » from the town's on."""
    if not named.isdisjoint(fold(reading.normal.text[start:end]).split()):
        return start
    words = [(m.start, fold(reading.normal.text[m.start : m.end]).split()) for m in reading.mentions if m.end <= end]
    told = [at for at, held in words if at > end - _LONGEST and not named.isdisjoint(held)]
    return max(told, default=start)


def _statements(reading: Reading, lines: list[_Line], text: Text) -> tuple[Statement, ...]:
    grouped: dict[tuple[str, str, Object], list[_Line]] = defaultdict(list)
    for line in lines:
        grouped[(line.subject, line.predicate, line.object)].append(line)
    out = []
    for (subject, predicate, value), told in grouped.items():
        passages: dict[Span, Evidence] = {}
        for line in told:
            span = _clip(reading, line.span)
            quote = text.content[span.start : span.end]
            passages.setdefault(span, Evidence(text.document.id, span, quote, line.rule, line.confidence))
        most = 1 if predicate == "rdf:type" else _PASSAGES
        out.append(Statement(text.document.id, subject, predicate, value, _apart(passages.values(), most=most)))
    return tuple(sorted(out, key=lambda s: (s.subject, s.predicate, repr(s.object))))


def _apart(passages: Iterable[Evidence], *, most: int) -> tuple[Evidence, ...]:
    """Return the surest passages, of equals the shortest; one that overlaps another says the same again."""
    out: list[Evidence] = []
    for evidence in sorted(passages, key=lambda e: (-e.confidence, e.span.end - e.span.start, e.span)):
        if len(out) < most and not any(evidence.span.overlaps(other.span) for other in out):
            out.append(evidence)
    return tuple(sorted(out, key=lambda e: e.span))


def _clip(reading: Reading, span: Range) -> Span:
    source = reading.normal.source(*span)
    return source if source.end - source.start <= _LONGEST else Span(source.start, source.start + _LONGEST)
