"""The order of extraction's own stages."""

from __future__ import annotations

import datetime
import functools
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from grappe.extract import document
from grappe.extract.assemble import assemble
from grappe.extract.confidence import Scale, weigh
from grappe.extract.contracts import find_contracts
from grappe.extract.demonyms import find_demonyms
from grappe.extract.distinctions import find_labels
from grappe.extract.elided import with_heads
from grappe.extract.events import find_events
from grappe.extract.gazetteer import Gazetteer
from grappe.extract.mask import mask
from grappe.extract.named_premises import buildings
from grappe.extract.names import find_names
from grappe.extract.nlp import analyse
from grappe.extract.normal import Normal, normalise
from grappe.extract.ourselves import with_ourselves
from grappe.extract.own_names import with_own_names
from grappe.extract.premises import find_premises
from grappe.extract.reading import Mention, Reading
from grappe.extract.references import resolve
from grappe.extract.rules import RULES
from grappe.extract.sentences import Quoted, Sentence, split
from grappe.extract.signatures import sound, sound_fields
from grappe.extract.source import Source
from grappe.extract.sums import find_sums
from grappe.extract.themes import fields
from grappe.extract.typing import typed
from grappe.extract.values import find_areas, find_dates, find_periods
from grappe.model import Facts, Metadata, Text

__all__ = ["VERSION", "extract", "read", "state"]

#: What made the facts: a rebuild is due where it differs.
VERSION = "0.1.0"


@functools.lru_cache(maxsize=4)
def _gazetteer(folder: Path) -> Gazetteer:
    return Gazetteer.load(folder)


def extract(text: Text, *, resources: Path, themes: Mapping[str, str] | None = None) -> Facts:
    """Return what a text states, each fact as sure as facts like it were right where people have read the documents.

    Args:
        text: The text as reading fixed it; offsets of all evidence are code points of its content.
        resources: The folder that holds ``gazetteer`` and ``confidence.toml``.
        themes: The preferred French label of each theme that the scheme knows, by folded name.
    """
    return weigh(state(text, resources=resources, themes=themes), Scale.load(resources / "confidence.toml"))


def state(text: Text, *, resources: Path, themes: Mapping[str, str] | None = None) -> Facts:
    """Return what a text states, each fact as sure as its rule says it is."""
    reading = read(text, resources=resources)
    said = sound(reading, (claim for rule in RULES for claim in rule(reading)))
    metadata = Metadata(title=document.title(text), issued=reading.issued)
    facts = assemble(reading, said, sound_fields(reading, fields(reading, themes or {})), text, metadata)
    return replace(facts, pages=text.pages)


def read(text: Text, *, resources: Path) -> Reading:
    """Return a text as its rules see it: sentences, mentions, things, masks."""
    normal = normalise(text.content)
    sentences, quoted = split(normal, text.blocks, text.content)
    tokens = analyse(normal.text, tuple((s.start, s.end) for s in sentences))
    issued = document.issued(normal, text.blocks)
    source = Source(
        normal.text,
        sentences,
        quoted,
        tokens,
        _gazetteer(resources / "gazetteer"),
        issued.isoformat() if issued else None,
    )
    values = _values(normal, quoted, issued)
    names = typed(source, tuple(_within(m, sentences) for m in find_names(source, values)))
    areas = tuple(v for v in values if v.kind == "area")
    names = buildings(source, with_own_names(source, names, areas), areas)
    premises = find_premises(source, names, areas, tuple(v for v in values if v.kind == "speech"))
    values = tuple(v for v in values if not any(p.start < v.end and v.start < p.end for p in premises))
    events = find_events(source, (*names, *premises, *values))
    adjectives = find_demonyms(source, names)
    contracts = find_contracts(source, (*names, *premises, *values, *events))
    labels = find_labels(source, (*names, *premises, *values, *events, *contracts))
    found = (*names, *premises, *values, *events, *adjectives, *contracts, *labels)
    mentions = tuple(sorted(found, key=lambda m: m.start))
    mentions, things, thing_of = resolve(source, mentions)
    masked = with_heads(tuple(mask(normal.text, sentence, mentions) for sentence in sentences), thing_of)
    reading = Reading(normal, sentences, quoted, tokens, mentions, things, thing_of, masked, source.issued)
    return with_ourselves(replace(reading, publisher=document.publisher(reading, text.blocks, normal)))


def _within(mention: Mention, sentences: tuple[Sentence, ...]) -> Mention:
    """Return a mention without what belongs to the sentence, or the heading, before or after that of its name."""
    place = bisect_right(sentences, mention.core[0], key=lambda s: s.start) - 1
    if place < 0 or sentences[place].end <= mention.core[0]:
        return mention
    held = sentences[place]
    return replace(mention, start=max(mention.start, held.start), end=max(mention.core[1], min(mention.end, held.end)))


def _values(normal: Normal, quoted: tuple[Quoted, ...], issued: datetime.date | None) -> tuple[Mention, ...]:
    """Return quoted speech, sums, areas, periods and dates, in order; speech hides what stands inside it."""
    out: list[Mention] = []

    def add(found: Iterator[Mention]) -> None:
        for mention in found:
            if not any(m.start < mention.end and mention.start < m.end for m in out):
                out.append(mention)

    text = normal.text
    add(Mention(q.start, q.end, q.inner, "speech", "", "quotation", value=q) for q in quoted if q.speech)
    add(Mention(v.start, v.end, (v.start, v.end), "money", v.surface, "value", value=v) for v in find_sums(text))
    add(Mention(v.start, v.end, (v.start, v.end), "area", v.surface, "value", value=v) for v in find_areas(text))
    add(
        Mention(v.start, v.end, (v.start, v.end), "period", v.surface, "value", value=v)
        for v in find_periods(text, issued=issued)
    )
    add(
        Mention(v.start, v.end, (v.start, v.end), "date", v.surface, "value", value=v)
        for v in find_dates(text, issued=issued)
    )
    return tuple(sorted(out, key=lambda m: m.start))
