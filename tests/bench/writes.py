"""How soon a write is acknowledged and seen: `python -m tests.bench.writes [QUADS]`, a million unless told."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from grappe.store.tokens import Scope, create_token
from tests.bench.timing import grappe
from tests.protocol.conftest import serving

__all__ = ["writes"]

_UPDATE = {"Content-Type": "application/sparql-update"}


def _file(path: Path, quads: int) -> None:
    with path.open("w", encoding="ascii") as file:
        for n in range(quads):
            thing = f"https://example.org/id/{n // 5}"
            file.write(
                f"<{thing}> <https://example.org/p{n % 5}> <https://example.org/id/{n % 99_991}> "
                f"<https://example.org/graph/{n // 65}> .\n"
            )


def writes(quads: int = 1_000_000) -> str:
    """Return a line with the medians: one write after the other, and 100 at once over 20 connections."""
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder) / "home", Path(folder) / "data.nq"
        _file(file, quads)
        subprocess.run(grappe(home, "load", str(file), "--named-only"), check=True, stderr=subprocess.DEVNULL)
        headers = {"Authorization": f"Bearer {create_token(home, Scope('write'))}"}
        with serving(home, "--plain") as address, httpx.Client(base_url=address, timeout=60, headers=headers) as client:
            acknowledged, seen = [], []
            for n in range(25):
                start = time.perf_counter()
                text = f"INSERT DATA {{ <x:a> <x:n> {n} }}"
                client.post("/update", content=text, headers=_UPDATE).raise_for_status()
                acknowledged.append(time.perf_counter() - start)
                found = client.get("/sparql", params={"query": f"ASK {{ <x:a> <x:n> {n} }}"}).json()["boolean"]
                assert found
                seen.append(time.perf_counter() - start)

            def burst(lane: int) -> None:
                for n in range(5):
                    text = f"INSERT DATA {{ <x:b> <x:n> {lane * 5 + n} }}"
                    client.post("/update", content=text, headers=_UPDATE).raise_for_status()

            lanes = [threading.Thread(target=burst, args=(lane,)) for lane in range(20)]
            start = time.perf_counter()
            for lane in lanes:
                lane.start()
            for lane in lanes:
                lane.join()
            rate = 100 / (time.perf_counter() - start)
    first, *rest = seen
    del first  # the process that writes starts with it
    return (
        f"a write at {quads:,} quads: acknowledged {statistics.median(acknowledged[1:]) * 1000:.0f} ms, "
        f"seen by the next query {statistics.median(rest) * 1000:.0f} ms (medians of 24; limit 100); "
        f"{rate:.0f} writes/s over 20 connections"
    )


if __name__ == "__main__":
    print(writes(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
