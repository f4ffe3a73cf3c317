"""Take a person out of a graph for good: a right to erasure."""

from __future__ import annotations

from grappe.config import Settings
from grappe.errors import InputError, NotFound, ShapeViolation
from grappe.link import Veil, digests_of_names
from grappe.model import Judgement, Suppression
from grappe.pipeline.judging import Signed
from grappe.pipeline.making import make, read_again, resolved, veil, version
from grappe.pipeline.publishing import put, put_links, writing_to
from grappe.store.facts_file import read_facts, write_facts
from grappe.store.home import Home, Kept
from grappe.store.ledger import append, read_ledger, rewrite, suppression_key
from grappe.store.targets import drop_targets
from grappe.store.writer import renew

__all__ = ["suppress"]


def suppress(settings: Settings, iri: str, signed: Signed) -> tuple[str, ...]:
    """Take a person out of graph, evidence, facts and texts, now and whenever a document is added or built again.

    The ledger keeps the reason and keyed digests of the names, and none of the names. The texts keep their length: each
    name is masked. Originals stay as they came, and are not served.

    Returns:
        The documents that named the person.

    Raises:
        NotFound: if no document names the person.
        InputError: if it is no person.
        StoreError: if the store cannot be written.
    """
    home = Home(settings.home)
    key = settings.names.key_of(iri) or iri.removeprefix("id/")
    if not key.startswith("person/"):
        raise InputError(f"'{key}' is no person.", remedy="Only people can be suppressed; judge a fact to reject it.")
    keys, names = _known_as(home, settings, key)
    if not names:
        raise NotFound(
            f"No document names '{key}'.",
            iri=settings.names.entity(key),
            remedy="'grappe query' finds the address of what you look for.",
        )
    with writing_to(settings) as writer:
        secret = suppression_key(home, make=True) or b""
        digests = digests_of_names(names, secret)
        mask = Veil(secret, frozenset(digests)).masked
        links = (one for one in read_ledger(home) if isinstance(one, Judgement) and one.external)
        drop_targets(home, {one.right for one in links if one.left in keys})
        rewrite(home, keys, mask)
        append(home, [Suppression(digests, signed.by, signed.at, mask(signed.reason))])
        shown = veil(settings, resolved(settings)).masked
        done = []
        for id in home.ids():
            kept = home.load(id)
            text = read_again(kept)
            if shown(text.content) == text.content:
                continue
            done.append(id)
            try:
                made = make(settings, text, kept.origin)
            except ShapeViolation:
                # Better nothing of the document than the name: a rebuild says what is wrong.
                writer.withdraw(id)
                home.facts(id).unlink(missing_ok=True)
                continue
            home.keep(Kept(kept.document, kept.origin, version(settings)))
            write_facts(home.facts(id), made.facts)
            put(writer, made)
        put_links(settings, writer)
    renew(home, wait=settings.lock_wait)
    return tuple(done)


def _known_as(home: Home, settings: Settings, key: str) -> tuple[set[str], set[str]]:
    """Return the keys that are one with a person's, and the names that documents have under them."""
    resolution = resolved(settings)
    canonical = resolution.of(key)
    keys, names = {key, canonical}, set[str]()
    for id in home.ids():
        if not home.facts(id).is_file():
            continue
        for entity in read_facts(home.facts(id)).entities:
            if resolution.of(entity.key) == canonical:
                keys.add(entity.key)
                names |= {name for name in (entity.label, *entity.alt_labels) if name}
    whole = {name for name in names if len(name.split()) > 1}
    return keys, whole or names
