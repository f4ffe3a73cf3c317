"""« Nous » and « notre fondation » outside quotations: who publishes a page, a letter or a report speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.elided import with_heads
from grappe.extract.mask import mask
from grappe.extract.reading import Mention, Reading, Thing
from grappe.iri import KINDS, fold

__all__ = ["with_ourselves"]

_BODIES = {word.casefold(): kinds for word, kinds in lexicon.DEFINITE.items() if KINDS[kinds[0]] == "organization"}
_WE = re.compile(
    r"(?<![\w'-])(?P<we>[Nn]ous)(?= (?:(?:ne |n'|y |en |l'|le |la |les |lui |leur )*(?:[a-zà-ÿ]{2,}ons|sommes)\b))"
    rf"|(?<![\w'-])(?P<our>[Nn]otre (?:(?:jeune|belle|petite?) )?(?P<noun>{lexicon.alternatives(list(_BODIES))}))(?![\w-]| (?:de |du |des |d'|partenaire|[A-ZÀ-Þ]))"
)


def with_ourselves(reading: Reading) -> Reading:
    """Return a reading in which « nous » and « notre » with the noun of a body name who publishes the text."""
    publisher = reading.things[reading.publisher] if reading.publisher is not None else None
    if publisher is None or KINDS.get(publisher.kind) != "organization":
        return reading
    added = [*_spoken(reading, publisher)]
    if not added:
        return reading
    every = [
        *((m, t) for m, t in zip(reading.mentions, reading.thing_of, strict=True)),
        *((m, publisher.id) for m in added),
    ]
    order = sorted(range(len(every)), key=lambda i: every[i][0].start)
    place = {old: new for new, old in enumerate(order)}
    mentions = tuple(every[i][0] for i in order)
    thing_of = tuple(every[i][1] for i in order)
    own = tuple(range(len(reading.mentions), len(every)))
    things = tuple(
        replace(t, mentions=tuple(sorted(place[i] for i in (*t.mentions, *(own if t is publisher else ())))))
        for t in reading.things
    )
    masked = with_heads(tuple(mask(reading.normal.text, s, mentions) for s in reading.sentences), thing_of)
    return replace(reading, mentions=mentions, things=things, thing_of=thing_of, masked=masked)


def _spoken(reading: Reading, publisher: Thing) -> Iterator[Mention]:
    text = reading.normal.text
    names = {word for form in (publisher.label, *publisher.aliases) for word in fold(form).split()}
    for found in _WE.finditer(text):
        span = found.span("we") if found["we"] else found.span("our")
        noun = (found["noun"] or "").casefold()
        fits = not noun or fold(noun) in names or publisher.kind in _BODIES[noun]
        inside = any(m.start < span[1] and span[0] < m.end for m in reading.mentions if m.rule != "demonym")
        quoted = any(q.start < span[0] < q.end for q in reading.quoted)
        if fits and not inside and not quoted:
            yield Mention(*span, span, publisher.kind, publisher.label, "definite:nous")
