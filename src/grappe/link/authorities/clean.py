"""What several authorities need to read their cells."""

from __future__ import annotations

import re

from grappe.iri import fold

__all__ = ["department", "named", "postal", "split", "town"]


def split(cell: str) -> list[str]:
    """Return the values of a cell that holds several, each once."""
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def named(cell: str) -> list[str]:
    """Return names of a cell without the tag of their language."""
    return [re.sub(r"@[a-z]{2,3}$", "", name) for name in split(cell)]


def department(code: str) -> str:
    """Return the département of a commune's code.

    >>> department("2A004"), department("97209"), department("91228")
    ('2A', '972', '91')
    """
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def town(city: str) -> str:
    """Return a town's folded name, without its « cedex » and arrondissement.

    >>> town("PARIS CEDEX 15"), town("Lyon 3e")
    ('paris', 'lyon')
    """
    return re.sub(r"\b(?:cedex|\d+(?:er?|eme)?|arrondissement)\b.*$", "", fold(city)).strip()


def postal(code: str, city: str) -> tuple[str, ...]:
    """Return the places of an address.

    >>> postal("91000", "EVRY CEDEX")
    ('city:evry', 'dep:91')
    """
    places = (f"city:{name}",) if (name := town(city)) else ()
    if re.fullmatch(r"\d{5}", code) and not code.startswith("20"):
        return (*places, f"dep:{department(code)}")
    return places
