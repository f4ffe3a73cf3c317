"""Gold files: what a person read in a document.

::

    {"document": {"title": "…", "publisher": "KEY or null", "issued": "YYYY-MM-DD or null"},
     "entities": {"KEY": {"type": "PublicAuthority", "label": "…", "aliases": ["…"]}},
     "facts": [["role", "KEY", "présidente", "KEY"], ["funding", "KEY", "KEY", 3600000], …],
     "optional": [facts in the same form, neither rewarded nor punished]}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from grappe.errors import InputError
from grappe.iri import KINDS

__all__ = ["CLASSES", "DESCRIBED", "SLOTS", "Fact", "Gold", "Named", "Slot", "Value", "read_gold"]

Slot = Literal["thing", "maybe", "name", "words", "exact", "number", "amount"]
Value = str | int | float | None

#: A relation and its values; things stand as their keys in a gold file, as their addresses in a graph.
Fact = tuple[Value, ...]

#: What each relation's values are: a thing that must be there or may be absent, a name (folded), words (of a
#: quotation), a date or term (exact), a number, a sum of money that may be absent.
SLOTS: Mapping[str, tuple[Slot, ...]] = MappingProxyType(
    {
        "type": ("thing", "exact"),
        "role": ("thing", "name", "thing"),
        "headOf": ("thing", "thing"),
        "unitOf": ("thing", "thing"),
        "ledBy": ("thing", "thing"),
        "involves": ("thing", "thing"),
        "partner": ("thing", "thing"),
        "memberOf": ("thing", "thing"),
        "locatedIn": ("thing", "thing"),
        "hasFacility": ("thing", "thing"),
        "containedIn": ("thing", "thing"),
        "floorAreaM2": ("thing", "number"),
        "unitCount": ("thing", "number"),
        "openedIn": ("thing", "exact"),
        "status": ("thing", "exact"),
        "funding": ("thing", "thing", "amount"),
        "instrument": ("thing", "thing"),
        "period": ("thing", "exact", "exact"),
        "signatory": ("thing", "thing"),
        "plans": ("thing", "thing"),
        "accreditation": ("thing", "thing", "maybe", "maybe"),
        "organizer": ("thing", "thing"),
        "participant": ("thing", "thing"),
        "eventDate": ("thing", "exact"),
        "theme": ("thing", "thing"),
        "foundedIn": ("thing", "exact"),
        "employeeCount": ("thing", "number"),
        "quotation": ("thing", "words"),
    }
)

_NODES = frozenset({"Document", "FundingAward", "AccreditationAward", "Membership", "Role", "Quotation"})

#: The classes that a gold file may give, each with the sort of things it belongs to.
CLASSES: Mapping[str, str] = MappingProxyType({c: kind for c, kind in KINDS.items() if c not in _NODES})

#: Sorts of things that may have no name of their own: they are also known by what is said of them.
DESCRIBED = frozenset({"facility", "event", "instrument"})


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of a gold file: its class, its best name, every other form that names it."""

    kind: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """What a document states, as a person read it; ``publisher`` is a key of ``things``."""

    things: Mapping[str, Named]
    facts: tuple[Fact, ...]
    optional: tuple[Fact, ...] = ()
    title: str | None = None
    publisher: str | None = None
    issued: str | None = None

    @property
    def all_facts(self) -> tuple[Fact, ...]:
        """The facts with the class of each thing, which is a fact too; each once."""
        classes: list[Fact] = [("type", key, thing.kind) for key, thing in self.things.items()]
        return tuple(dict.fromkeys([*classes, *self.facts]))


def read_gold(path: Path) -> Gold:
    """Return what a gold file says.

    Raises:
        InputError: if it is no gold file; the message names the line of it that is wrong.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        about, things = given.get("document", {}), given["entities"]
        named = {key: Named(one["type"], one["label"], tuple(one.get("aliases", ()))) for key, one in things.items()}
        facts, optional = given["facts"], given.get("optional", [])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _wrong(path, f"{type(error).__name__}: {error}") from error
    for key, thing in named.items():
        if thing.kind not in CLASSES:
            raise _wrong(path, f"{key} is of the class '{thing.kind}', which is none of the table")
    publisher = about.get("publisher")
    if publisher is not None and publisher not in named:
        raise _wrong(path, f"the publisher '{publisher}' is not among its entities")
    return Gold(
        MappingProxyType(named),
        tuple(_fact(path, fact, named) for fact in facts),
        tuple(_fact(path, fact, named) for fact in optional),
        about.get("title"),
        publisher,
        about.get("issued"),
    )


def _fact(path: Path, given: object, named: Mapping[str, Named]) -> Fact:
    shown = json.dumps(given, ensure_ascii=False)
    if not isinstance(given, list) or not given or (slots := SLOTS.get(given[0])) is None:
        raise _wrong(path, f"{shown} is no fact of a known relation")
    values = [*given[1:], *[None] * (len(slots) + 1 - len(given))]
    if len(values) != len(slots) or any(
        v is None and s not in ("maybe", "amount") for v, s in zip(values, slots, strict=True)
    ):
        raise _wrong(path, f"{shown} has not the {len(slots)} values of its relation")
    for value, slot in zip(values, slots, strict=True):
        if value is not None and slot in ("thing", "maybe") and value not in named:
            raise _wrong(path, f"{shown} names '{value}', which is not among its entities")
        if value is not None and slot in ("number", "amount") and not isinstance(value, int | float):
            raise _wrong(path, f"{shown} has '{value}' where a number belongs")
    return (str(given[0]), *values)


def _wrong(path: Path, what: str) -> InputError:
    return InputError(f"{path} is no gold file: {what}.", remedy="'grappe annotate' writes one to start from.")
