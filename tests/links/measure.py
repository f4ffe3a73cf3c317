"""Measures links against cases: ``python -m tests.links.measure FOLDER [CASES]``.

FOLDER holds the excerpts; all of them are loaded. A link counts that would be made; what is left to a person does not.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grappe.config import resources
from grappe.link.authorities import AUTHORITIES
from grappe.link.builtin import builtin
from grappe.link.dumps import Dump
from grappe.link.index import About, Index, build
from grappe.link.match import Matcher
from grappe.link.profile import Profile
from grappe.link.territories import Territories

CASES = Path(__file__).parent / "cases.csv"
LOADED = (
    ("ror", "ror_fr.csv"),
    ("rnsr", "rnsr_structures_2022.csv"),
    ("mesr", "mesr_etablissements.csv"),
    ("cog", "cog_regions.csv"),
    ("cog", "cog_departements.csv"),
    ("cog", "cog_communes_idf.csv"),
    ("wikidata", "wikidata_fr_subdivisions.csv"),
    ("sirene", "inov_laureats.csv"),
    ("sirene", "ilab_laureats.csv"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """How many links would be made and are right, are wrong, are missing; and the lines that say which."""

    right: int
    wrong: int
    missed: int
    lines: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


@contextmanager
def matcher(folder: Path) -> Iterator[Matcher]:
    """Load the excerpts, and give a matcher on them and the built-in authority."""
    data = resources() / "data"
    about = About("built-in", "", "2026-11-23", "", "2026-11-23")
    with tempfile.TemporaryDirectory() as temporary:
        paths = [Path(temporary) / "built-in.sqlite"]
        build(paths[0], builtin(data), about)
        for kind, name in LOADED:
            paths.append(Path(temporary) / f"{kind}-{name}.sqlite")
            build(paths[-1], AUTHORITIES[kind].read(Dump(folder / name)), About(kind, name, "", "", ""))
        indexes = [Index.open(path) for path in paths]
        try:
            yield Matcher(indexes, Territories.load(data), about)
        finally:
            for index in indexes:
                index.close()


def measure(cases: Path, using: Matcher) -> Measured:
    """Match the cases of a file."""
    counted: Counter[str] = Counter()
    lines = []
    with cases.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            profile = Profile(
                f"case/{number}",
                row["kind"],
                tuple(row["names"].split("|")),
                places=using.territories.codes([row["place"]]) if row["place"] else frozenset(),
                parents=(row["parent"],) if row["parent"] else (),
            )
            found = using.match(profile)
            made = {p.identifier for p in found if p.outcome == "accepted" and p.scheme == row["scheme"]}
            wanted = {row["expected"]} - {""}
            for word, ids in (("right", made & wanted), ("wrong", made - wanted), ("missed", wanted - made)):
                counted[word] += len(ids)
                if ids and word != "right":
                    of_scheme = [p for p in found if p.scheme == row["scheme"]]
                    why = "; ".join(f"{p.identifier} {p.score} {p.outcome} {p.reasons}" for p in of_scheme)
                    case = f"{row['kind']} {row['names']} [{row['place']}] [{row['parent']}]"
                    lines.append(f"{word} {[*ids]} {row['how']}: {case} <- {why}")
    return Measured(counted["right"], counted["wrong"], counted["missed"], tuple(lines))


def main(folder: Path, cases: Path) -> None:
    with matcher(folder) as using:
        found = measure(cases, using)
    print(*found.lines, sep="\n")
    told = f"right {found.right}, wrong {found.wrong}, missed {found.missed}"
    print(f"precision {found.precision:.3f}, recall {found.recall:.3f} ({told})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else CASES)
