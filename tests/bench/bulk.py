"""`grappe load` beside the engine's own bulk loader: `python -m tests.bench.bulk [--rounds N]` (minutes).

The file holds the 1.7 million quads of :mod:`tests.bench.dataset`, all in named graphs. Two cases, each against a bare
`pyoxigraph.Store.bulk_load` of a file with just the quads that the store holds in the end:

- named only: the file itself;
- seen in the default graph too: the file, and after it each of its triples once, without a graph.

Whole commands are timed, the engine's with a Python that does nothing else; in turn, and the best round of each counts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.dataset import BUILD, made
from tests.bench.timing import grappe

__all__ = ["main"]

_BARE = """
import sys, pyoxigraph as ox
store = ox.Store(sys.argv[1])
store.bulk_load(path=sys.argv[2], format=ox.RdfFormat.N_QUADS)
store.flush()
"""


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds that passed, and seconds of processor."""

    wall: float
    processor: float

    def least(self, other: _Took) -> _Took:
        return _Took(min(self.wall, other.wall), min(self.processor, other.processor))


def _also_in_default(source: Path, target: Path) -> None:
    """Write a file of N-Quads, and each of its triples once more without its graph."""
    seen: set[int] = set()
    with target.open("wb") as out, source.open("rb") as lines:
        shutil.copyfileobj(lines, out)
        lines.seek(0)
        for line in lines:
            triple = line[: line.rfind(b" <")]
            if (mark := hash(triple)) not in seen:
                seen.add(mark)
                out.write(triple + b" .\n")


def _time(command: list[str]) -> _Took:
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    after, wall = os.times(), time.perf_counter() - start
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return _Took(wall, used)


def _once(file: Path, *arguments: str, bare: bool) -> _Took:
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        home = Path(folder) / "home"
        command = [sys.executable, "-c", _BARE, str(home), str(file)]
        return _time(command if bare else grappe(home, "load", str(file), *arguments))


def main() -> None:
    """Measure, and print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    file = made(BUILD) / "named.nq"
    both = BUILD / "both.nq"
    if not both.is_file() or both.stat().st_mtime < file.stat().st_mtime:
        _also_in_default(file, both)
    for name, arguments, same in (("named only", ["--named-only"], file), ("seen in the default graph", [], both)):
        bare, ours = (_Took(float("inf"), float("inf")) for _ in range(2))
        for _ in range(rounds):
            bare = bare.least(_once(same, bare=True))
            ours = ours.least(_once(file, *arguments, bare=False))
        print(
            f"grappe load, {name}: {ours.wall:.1f} s, the engine alone {bare.wall:.1f} s, rate "
            f"{bare.wall / ours.wall:.2f} (at least 0.9); of processor {ours.processor:.1f} s and "
            f"{bare.processor:.1f} s, rate {bare.processor / ours.processor:.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
