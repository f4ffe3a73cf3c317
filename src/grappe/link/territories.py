"""The territories of France as codes, so that a town can be compared with a département or a region."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from grappe.iri import fold
from grappe.link.authorities.clean import department

__all__ = ["Territories"]

Agreement = Literal["same", "within", "unknown", "elsewhere"]


@dataclass(frozen=True, slots=True, eq=False)
class Territories:
    """Communes, départements and regions by folded name, and the region of each département."""

    communes: Mapping[str, tuple[str, ...]]
    departments: Mapping[str, str]
    regions: Mapping[str, str]
    region_of: Mapping[str, str]

    @classmethod
    def load(cls, data: Path) -> Territories:
        """Return the territories of the data folder; read once in a process."""
        return _load(data)

    def codes(self, names: Sequence[str], identifiers: Iterable[tuple[str, str]] = ()) -> frozenset[str]:
        """Return the codes of a territory by its codes, or else by its names; of homonymous communes none."""
        found: set[str] = set()
        for scheme, value in identifiers:
            if scheme == "insee":
                found |= {f"commune:{value}"}
            elif scheme == "insee-departement":
                found |= {f"dep:{value}"}
            elif scheme == "insee-region":
                found |= {f"region:{value}"}
        for name in names:
            folded = fold(name)
            if folded in self.communes:
                found.add(f"city:{folded}")
            if not any(code.startswith(("commune:", "dep:", "region:")) for code in found):
                if folded in self.regions:
                    found.add(f"region:{self.regions[folded]}")
                elif folded in self.departments:
                    found.add(f"dep:{self.departments[folded]}")
        # A place that is no territory (a campus, a plateau) can still be the town that a register names.
        return self.widened(found or {f"city:{fold(name)}" for name in [*names][:1]})

    def widened(self, codes: Iterable[str]) -> frozenset[str]:
        """Return codes with those of the larger territories they lie in."""
        found = {*codes}
        for code in [*found]:
            level, _, value = code.partition(":")
            if level == "city":
                held = self.communes.get(value, ())
                deps = {department(commune) for commune in held}
                if len(deps) == 1:
                    found |= {f"dep:{dep}" for dep in deps}
            elif level == "commune":
                found.add(f"dep:{department(value)}")
        found |= {
            f"region:{self.region_of[d]}" for d in {c[4:] for c in found if c.startswith("dep:")} if d in self.region_of
        }
        return frozenset(found)

    def compare(self, ours: frozenset[str], theirs: frozenset[str]) -> Agreement:
        """Return how two places agree: the same town, one within the other, elsewhere, or not to be told."""
        if not ours or not theirs:
            return "unknown"
        for level in ("commune:", "city:"):
            if _of(ours, level) & _of(theirs, level):
                return "same"
        towns = (_of(ours, "city:") or _of(ours, "commune:")) and (_of(theirs, "city:") or _of(theirs, "commune:"))
        for level in ("dep:", "region:"):
            mine, other = _of(ours, level), _of(theirs, level)
            if mine and other:
                if not mine & other:
                    return "elsewhere"
                # Two towns of one département are neighbours at best; a town lies in a département.
                return "unknown" if towns else "within"
        return "unknown"

    def count(self, name: str) -> int:
        """Return how many territories have a folded name."""
        return len(self.communes.get(name, ())) + (name in self.departments) + (name in self.regions)

    def is_place(self, word: str) -> bool:
        """Return whether a folded word is the name of a territory."""
        return word in self.communes or word in self.departments or word in self.regions


def _of(codes: frozenset[str], level: str) -> frozenset[str]:
    return frozenset(code for code in codes if code.startswith(level))


@functools.lru_cache(maxsize=2)
def _load(data: Path) -> Territories:
    communes: dict[str, list[str]] = {}
    with (data / "gazetteer" / "communes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            communes.setdefault(fold(row["name"]), []).append(row["insee"])
    departments, regions, region_of = {}, {}, {}
    with (data / "authorities" / "territories.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["scheme"] == "insee-departement":
                departments[fold(row["name"])] = row["code"]
                region_of[row["code"]] = row["region"]
            elif row["scheme"] == "insee-region":
                regions[fold(row["name"])] = row["code"]
    return Territories(
        MappingProxyType({name: tuple(codes) for name, codes in communes.items()}),
        MappingProxyType(departments),
        MappingProxyType(regions),
        MappingProxyType(region_of),
    )
