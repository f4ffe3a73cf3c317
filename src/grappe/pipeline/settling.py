"""The store brought to the judgements: which documents a decision touches, and what rules decide of all documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from grappe.config import Settings
from grappe.errors import ShapeViolation
from grappe.link import RULES, Named, identify, resolve
from grappe.model import Decision, Judgement, Resolution, Revocation
from grappe.pipeline.making import read_again, show, veiled
from grappe.pipeline.publishing import put, put_links, writing_to
from grappe.store.facts_file import read_entities, read_facts
from grappe.store.home import Home, write_atomically
from grappe.store.ledger import append, read_ledger
from grappe.store.writer import Writer

__all__ = ["bring", "holding", "settle", "unsettled"]


def unsettled(home: Home) -> Path:
    """Return the file that stands while documents have changed and the rules have not looked at them yet."""
    return home.store / "unsettled"


def settle(settings: Settings) -> tuple[str, ...]:
    """Let the rules decide which names of all documents are one thing, and show what that changes.

    What they decided and no document shows any more they take back; what a person took back they leave. A decision
    that would make a document break a shape is left out. Where no document has changed, nothing is done.

    Returns:
        The documents whose facts are shown anew.
    """
    home = Home(settings.home)
    if not unsettled(home).exists():
        return ()
    with writing_to(settings) as writer:
        ledger = read_ledger(home)
        wanted = identify(_named(home))
        while True:
            new: list[Decision] = [*_new(ledger, wanted), *_fallen(ledger, wanted)]
            try:
                done = bring(settings, writer, new)
                break
            except ShapeViolation as error:
                named = {e.key for e in read_facts(home.facts(error.document)).entities}
                kept = tuple(one for one in wanted if not named & {one.left.partition("@")[0], one.right})
                if len(kept) == len(wanted):
                    raise
                wanted = kept
    unsettled(home).unlink(missing_ok=True)
    return done


def _named(home: Home) -> Iterator[Named]:
    for id in home.ids():
        if not home.facts(id).is_file():
            continue
        date, entities, places = read_entities(home.facts(id))
        where: dict[str, list[str]] = {}
        for thing, place in places:
            where.setdefault(thing, []).append(place)
        for e in entities:
            names = tuple(name for name in (e["label"], *e["alt"]) if name)
            identifiers = tuple((scheme, value) for scheme, value in e["identifiers"])
            yield Named(id, e["key"], e["kind"], names, identifiers, tuple(where.get(e["key"], ())), date)


def _decided(ledger: Iterable[Decision]) -> Iterator[Judgement]:
    """Yield what the rules have decided, taken back or not."""
    return (one for one in ledger if isinstance(one, Judgement) and one.by in RULES)


def _new(ledger: tuple[Decision, ...], wanted: tuple[Judgement, ...]) -> Iterator[Judgement]:
    by_people = {one.revokes for one in ledger if isinstance(one, Revocation) and one.by not in RULES}
    revoked = {one.revokes for one in ledger if isinstance(one, Revocation)}
    closed = {(one.by, one.pair) for one in _decided(ledger) if one.id in by_people or one.id not in revoked}
    return (one for one in wanted if (one.by, one.pair) not in closed)


def _fallen(ledger: tuple[Decision, ...], wanted: tuple[Judgement, ...]) -> Iterator[Revocation]:
    shown = {(one.by, one.pair) for one in wanted}
    revoked = {one.revokes for one in ledger if isinstance(one, Revocation)}
    for one in _decided(ledger):
        if one.id not in revoked and (one.by, one.pair) not in shown:
            yield Revocation(one.id, one.by, one.at, "no document shows it any more")


def bring(settings: Settings, writer: Writer, new: Iterable[Decision]) -> tuple[str, ...]:
    """Add decisions to the ledger and bring the store to all that it says; return the documents shown anew.

    What the store was last brought to is noted, so that a run that is stopped halfway is made good by the next.

    Raises:
        ShapeViolation: if facts would break a shape then; nothing is written.
    """
    home, new = Home(settings.home), tuple(new)
    ledger = read_ledger(home)
    after = resolve((*ledger, *new))
    noted = home.store / "resolution.json"
    held = _dump(after)
    before = noted.read_bytes() if noted.is_file() else _dump(resolve(ledger))
    if before == held and not new:
        return ()
    ids = holding(home, _changed(json.loads(before), json.loads(held)))
    made = []
    for id in ids:
        kept = home.load(id)
        text = veiled(settings, read_again(kept))
        made.append(show(settings, text, kept.origin, read_facts(home.facts(id)), after))
    append(home, new)
    for one in made:
        put(writer, one)
    put_links(settings, writer)
    write_atomically(noted, held)
    return ids


def _dump(resolution: Resolution) -> bytes:
    said = {
        "canonical": dict(sorted(resolution.canonical.items())),
        "facts": {
            **dict.fromkeys(sorted(resolution.rejected), "rejected"),
            **{id: repr(value) for id, value in sorted(resolution.corrected.items())},
        },
    }
    return json.dumps(said, ensure_ascii=False, indent=0).encode("utf-8", "surrogatepass") + b"\n"


def _changed(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> set[str]:
    """Return the keys and the ids of facts on which two resolutions differ."""
    return {
        word.partition("@")[0]
        for part in ("canonical", "facts")
        for word in {*before[part], *after[part]}
        if before[part].get(word) != after[part].get(word)
    }


def holding(home: Home, words: set[str]) -> tuple[str, ...]:
    """Return the documents whose facts hold one of these words as a whole string."""
    sought = [json.dumps(word, ensure_ascii=False).encode("utf-8", "surrogatepass") for word in sorted(words)]
    out = []
    for id in home.ids() if sought else ():
        path = home.facts(id)
        body = path.read_bytes() if path.is_file() else b""
        if any(word in body for word in sought):
            out.append(id)
    return tuple(out)
