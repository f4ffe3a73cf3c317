"""How long does a table of 1,000 names wait for the graph of 20,000 documents? `python -m tests.bench.reconcile`."""

from __future__ import annotations

import json
import random
import time

import httpx

from tests.bench.dataset import COMPANIES, LABORATORIES, PLACES, made
from tests.bench.timing import Timing
from tests.protocol.conftest import serving

__all__ = ["reconcile"]


def reconcile(*, runs: int = 5, names: int = 1_000) -> Timing:
    """Time one batch of names, a third of them misspelled, asked of a server that has its index."""
    chance = random.Random(7)
    queries = {f"q{n}": {"query": _written(chance, n), "limit": 5} for n in range(names)}
    with serving(made() / "home") as address, httpx.Client(base_url=address, timeout=300) as client:
        client.post("/reconcile", data={"queries": json.dumps({"q": {"query": "Société 1"}})}).raise_for_status()
        seconds = []
        for _ in range(runs):
            start = time.perf_counter()
            answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
            seconds.append(time.perf_counter() - start)
            found = answer.raise_for_status().json()
            assert len(found) == names
    return Timing(f"/reconcile, {names:,} names", 2, tuple(seconds))


def _written(chance: random.Random, number: int) -> str:
    """Return a name as somebody types it: without accents, in capitals, with two letters swapped."""
    name = chance.choice(
        (
            f"Société {chance.randrange(COMPANIES)}",
            f"Laboratoire {chance.randrange(LABORATORIES)}",
            f"Ville {chance.randrange(PLACES)}",
            f"plateau de Laboratoire {chance.randrange(LABORATORIES)}",
        )
    )
    if number % 3 == 0:
        place = chance.randrange(1, 5)
        name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name.upper() if number % 2 else name


if __name__ == "__main__":
    print(reconcile())
