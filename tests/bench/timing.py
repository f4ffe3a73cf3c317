"""Time a whole command, interpreter and imports included, as somebody who types it waits for it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Timing", "grappe", "measure", "run"]


@dataclass(frozen=True, slots=True)
class Timing:
    """What several runs took, in seconds, and the limit that their median has to stay under."""

    name: str
    limit: float
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return (
            f"{self.name:<42} median {self.median:6.2f} s  (of {len(self.seconds)}: {min(self.seconds):.2f} to "
            f"{max(self.seconds):.2f})  limit {self.limit:g} s  ratio {self.median / self.limit:.2f}"
        )


def grappe(home: Path, *arguments: str) -> list[str]:
    """Return the command line of this environment's `grappe` on a home folder."""
    return [str(Path(sys.executable).parent / "grappe"), "--home", str(home), *arguments]


def run(command: Sequence[str]) -> None:
    """Run a command to its end.

    Raises:
        SystemExit: if it fails, with what it said.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")


def measure(
    name: str, command: Sequence[str], *, limit: float, runs: int, before: Callable[[], None] = lambda: None
) -> Timing:
    """Run a command several times, each time after `before`, and say how long it took."""
    seconds = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        run(command)
        seconds.append(time.perf_counter() - start)
    return Timing(name, limit, tuple(seconds))
