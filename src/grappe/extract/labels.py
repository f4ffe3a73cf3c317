"""What things are called: a label and an address for each, also for what has no name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.extract import contracts
from grappe.extract.claims import Claim, Range, Said
from grappe.extract.reading import Reading, Thing
from grappe.iri import KINDS, fold, key, slug
from grappe.model import Entity, Literal, Text

__all__ = ["Names", "all_forms", "written"]

#: What has a name of its own or is described, by the first step of its address.
_DESCRIBED = frozenset({"facility", "event"})


class Names:
    """Labels and keys of the things that stay; what has no name of its own is called by its noun and its owner."""

    def __init__(self, reading: Reading, claims: list[Said], kept: set[int], text: Text) -> None:
        self._reading, self._text = reading, text
        self._kept = sorted(kept)
        self._owner: dict[int, int] = {}
        self._day: dict[int, str] = {}
        self._parties: dict[int, list[int]] = {}
        for c in claims:
            if isinstance(c, Claim) and isinstance(c.object, int):
                if c.predicate in ("grp:hasFacility", "grp:plans"):
                    # What a contract plans is not called after the contract.
                    if reading.things[c.subject].kind != "FundingContract":
                        self._owner.setdefault(c.object, c.subject)
                elif c.predicate == "grp:signatory":
                    self._parties.setdefault(c.subject, []).append(c.object)
                elif c.predicate == "grp:containedIn":
                    self._owner.setdefault(c.subject, c.object)
            elif isinstance(c, Claim) and c.predicate == "grp:eventDate" and isinstance(c.object, Literal):
                self._day.setdefault(c.subject, c.object.lexical)
        self._labels: dict[int, str] = {}
        self._keys: dict[int, str] = {}
        taken: dict[str, int] = {}
        for number in self._kept:
            thing = reading.things[number]
            label = self.label(number)
            name = key(thing.kind, label)
            if KINDS[thing.kind] in _DESCRIBED and not self._own_name(thing):
                if self._day.get(number):
                    name += f"-{self._day[number]}"
                elif self._named_owner(number) is None:
                    name += f"-{slug(text.document.id)}"
            elif thing.kind == "FundingContract" and not self._tells_parties(number):
                name += f"-{slug(text.document.id)}"
            while name in taken:
                name += f"-{taken[name]}" if taken[name] > 1 else "-2"
            taken[name] = 1
            self._keys[number] = name

    def _own_name(self, thing: Thing) -> bool:
        return thing.named and not all(
            self._reading.mentions[i].rule.startswith(("event", "definite", "pronoun")) for i in thing.mentions
        )

    def key(self, thing: int) -> str:
        """Return the address of a thing, by its number."""
        return self._keys[thing]

    def label(self, number: int) -> str:
        """Return a thing's label: its name, or its noun and the named thing that it belongs to, however far up."""
        if number in self._labels:
            return self._labels[number]
        thing = self._reading.things[number]
        label = thing.label
        if thing.kind == "FundingContract":
            label = self._contract(number, label)
        elif not self._own_name(thing):
            owner = self._named_owner(number)
            if owner is not None:
                label = f"{re.sub(r'^(?:le|la|les|un|une) ', '', label)} {_of(self._reading.things[owner].label)}"
        self._labels[number] = label
        return label

    def _named_owner(self, number: int) -> int | None:
        """Return the nearest thing with a name of its own that a thing belongs to, however far up."""
        owner, seen = self._owner.get(number), {number}
        while owner is not None and owner not in seen and not self._own_name(self._reading.things[owner]):
            seen.add(owner)
            owner = self._owner.get(owner)
        return None if owner in seen else owner

    def _bodies(self, number: int) -> list[int]:
        """Return the organisations that are parties to a contract, in order of their claims."""
        things = self._reading.things
        return [p for p in dict.fromkeys(self._parties.get(number, ())) if things[p].kind != "Person"]

    def _contract(self, number: int, label: str) -> str:
        """Return a contract's label with its parties: « Contrat d'objectifs et de moyens » is the name of many."""
        if not contracts.NOUN.search(label):
            return label  # it has a name of its own
        things, parties = self._reading.things, self._bodies(number)
        if not parties or any(_says(label, form) for p in parties for form in all_forms(things[p])):
            return label
        return f"{label} {'/'.join(things[p].label for p in parties)}"

    def _tells_parties(self, number: int) -> bool:
        label = self._labels[number]
        return any(
            _says(label, form)
            for t in self._reading.things
            if t.id != number and t.named and t.kind != "FundingContract"
            for form in all_forms(t)
        )

    def entities(self) -> Iterator[Entity]:
        """Yield the things with their labels and other names."""
        for number in self._kept:
            thing = self._reading.things[number]
            label = self._labels[number]
            forms = {*thing.aliases, thing.label}
            for i in thing.mentions:
                mention = self._reading.mentions[i]
                if (
                    not mention.rule.startswith(("pronoun", "definite", "event", "prefect", "demonym"))
                    and mention.facility is None
                ):
                    forms |= written(self._reading, mention.core, self._text)
            alternatives = tuple(sorted({_clean(a) for a in forms if a.strip()} - {label}))
            identifiers = tuple(thing.entry.identifiers) if thing.entry is not None else ()
            yield Entity(self._keys[number], thing.kind, label, alternatives, None, identifiers)


def written(reading: Reading, words: Range, text: Text) -> set[str]:
    """Return a passage as a name: mended, and as it is written where a line end breaks a word."""
    span = reading.normal.source(*words)
    source = re.sub(r"[\u00ad\u200b]", "", text.content[span.start : span.end])
    broken = re.search(r"\w-\s+\w", source)
    return {_clean(reading.normal.text[slice(*words)])} | ({_clean(re.sub(r"-\s+", "-", source))} if broken else set())


def _clean(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" ,")


def all_forms(thing: Thing) -> tuple[str, ...]:
    """Return a thing's label and its other names."""
    return thing.label, *thing.aliases


def _says(label: str, name: str) -> bool:
    """Return whether a label holds a name as whole words."""
    return len(name) > 2 and f" {fold(name)} " in f" {fold(label)} "


def _of(name: str) -> str:
    """Return a name after *de*: « de Genopole », « d'Atlanpole »; an acronym takes its article before a vowel.

    >>> _of("IHU Everest"), _of("CNRS"), _of("Atlanpole")
    ("de l'IHU Everest", 'de CNRS', "d'Atlanpole")
    """
    if not re.match(r"[aeiouyàâéèêëîïôöûü]", name, re.I):
        return f"de {name}"
    return f"de l'{name}" if re.match(r"[A-Z]{2}", name) else f"d'{name}"
