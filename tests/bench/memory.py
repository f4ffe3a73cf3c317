"""Does the memory of a long run grow with the number of documents? `python -m tests.bench.memory [DOCUMENTS]`.

`grappe add` reads so many copies of the documents of ``data/gold/dev`` on two cores; the resident memory of all its
processes is read each half second, and the last quarter of the run stands against the second one.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.timing import grappe
from tests.protocol.processes import resident

__all__ = ["Memory", "memory"]

DOCUMENTS = Path(__file__).parents[2] / "data" / "gold" / "dev"


@dataclass(frozen=True, slots=True)
class Memory:
    """The resident memory of a run, in MiB: the most in its second quarter and in its last, and how long it took."""

    documents: int
    seconds: float
    early: int
    late: int

    def __str__(self) -> str:
        return (
            f"grappe add, {self.documents:,} documents, {self.documents / self.seconds:.1f}/s: {self.early} MiB in the "
            f"second quarter, {self.late} MiB in the last; limit 1.15 ratio {self.late / self.early:.2f}"
        )


def memory(documents: int) -> Memory:
    """Add so many documents to a new home, and watch.

    Raises:
        SystemExit: if the run fails.
    """
    sources = sorted(DOCUMENTS.glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        for i in range(documents):
            source = sources[i % len(sources)]
            (texts / f"{i:05d}-{source.name}").write_bytes(source.read_bytes())
        start = time.monotonic()
        command = grappe(Path(folder) / "home", "add", str(texts), "--jobs", "2")
        seen: list[tuple[float, int]] = []
        with (Path(folder) / "said").open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as run:
            while run.poll() is None:
                seen.append((time.monotonic() - start, round(resident(*_family(run.pid)) / 2**20)))
                time.sleep(0.5)
        if run.returncode:
            sys.exit((Path(folder) / "said").read_text(errors="replace")[-2000:])
    whole = time.monotonic() - start

    def most(first: float, last: float) -> int:
        return max(held for at, held in seen if first * whole <= at <= last * whole)

    return Memory(documents, whole, most(0.25, 0.5), most(0.75, 1.0))


def _family(process: int) -> list[int]:
    """Return a process and all that it and its own have started."""
    out = [process]
    for one in out:
        try:
            for told in Path(f"/proc/{one}/task").glob("*/children"):
                out.extend(map(int, told.read_text().split()))
        except OSError:  # it has ended
            continue
    return out


if __name__ == "__main__":
    print(memory(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
