"""A gold file made from what a graph says, for a person to correct."""

from __future__ import annotations

import json
from collections.abc import Mapping

from grappe.evaluate.drawn import Drawn
from grappe.evaluate.gold import SLOTS, Fact, Value

__all__ = ["annotation"]


def annotation(drawn: Drawn) -> str:
    """Return the text of a gold file that says what the graph of a document says, a line for each thing and fact."""
    keys = _keys(drawn)
    about = {
        "title": drawn.title,
        "publisher": keys.get(drawn.publisher) if drawn.publisher else None,
        "issued": drawn.issued,
    }
    things = [
        f"  {_json(keys[address])}: " + _json({"type": shown.kind, "label": shown.label, "aliases": [*shown.aliases]})
        for address, shown in drawn.things.items()
    ]
    facts = [f"  {_json(_fact(fact, keys))}" for fact in drawn.facts if fact[0] != "type" and _of_things(fact, keys)]
    return "".join(
        (
            f'{{"document": {_json(about)},\n',
            ' "entities": {\n' + ",\n".join(things) + "\n },\n",
            ' "facts": [\n' + ",\n".join(facts) + "\n ]}\n",
        )
    )


def _keys(drawn: Drawn) -> Mapping[str, str]:
    """Return a short key for each thing: the last part of its address, with a number where two would be alike."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for address in drawn.things:
        name = short = address.rpartition("/")[2]
        number = 1
        while name in taken:
            number += 1
            name = f"{short}-{number}"
        taken.add(name)
        keys[address] = name
    return keys


def _of_things(fact: Fact, keys: Mapping[str, str]) -> bool:
    """Return whether every thing that a fact names is one of those that a gold file can hold."""
    named = zip(SLOTS[str(fact[0])], fact[1:], strict=True)
    return all(value is None or value in keys for slot, value in named if slot in ("thing", "maybe"))


def _fact(fact: Fact, keys: Mapping[str, str]) -> list[Value]:
    out: list[Value] = [fact[0]]
    for slot, value in zip(SLOTS[str(fact[0])], fact[1:], strict=True):
        if value is None:
            out.append(None)
        elif slot in ("thing", "maybe"):
            out.append(keys[str(value)])
        elif slot in ("number", "amount"):
            number = float(value)
            out.append(int(number) if number.is_integer() else number)
        else:
            out.append(str(value))
    return out


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
