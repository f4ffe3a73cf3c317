"""A soak: an hour's worth of requests of all kinds in a minute or two; ``GRAPPE_SOAK=3600`` makes it an hour.

Memory, open files and what lies on the disk have to be level: their slope over the second half (the median of the
slopes between all pairs of samples, which a spike does not bend) comes to next to nothing over that half.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import httpx
import pytest

from grappe.config import Settings
from grappe.store.tokens import Scope, create_token
from tests.protocol.conftest import serving
from tests.protocol.processes import children, command, resident, server_of

SECONDS = float(os.environ.get("GRAPPE_SOAK", "90")) / 2
#: A run that is not level is watched again, so often at most.
WINDOWS = 4
CLIENTS = 3

TURTLE = {"Content-Type": "text/turtle"}
UPDATE = {"Content-Type": "application/sparql-update"}
LARGE = "SELECT * { ?a ?b ?c . ?d a grp:Company }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

Request = Callable[[httpx.Client, int], httpx.Response]


def ask(query: str, **parameters: str) -> Request:
    """Return what asks a query, another one each time, so that no answer is kept for it."""
    return lambda client, n: client.get("/sparql", params={"query": f"{query} # {n}", **parameters})


def left(query: str) -> Request:
    """Return what asks a query and leaves in the middle of its answer."""

    def send(client: httpx.Client, number: int) -> httpx.Response:
        with client.stream("GET", "/sparql", params={"query": f"{query} # {number}"}) as answer:
            next(answer.iter_raw(1000))
        return answer

    return send


#: What clients send, and how often of a hundred times.
CALM: list[tuple[int, Request]] = [
    (30, ask("ASK { ?x a grp:Cluster }")),
    (10, ask("SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n)", format="xml")),
    (8, ask("CONSTRUCT { ?s ?p ?o } { ?s a grp:Laboratory ; ?p ?o }")),
    (4, ask(LARGE, format="csv")),
    (5, ask("DESCRIBE <https://w3id.org/grappe/id/organization/genopole>", format="jsonld")),
    (6, lambda client, n: client.get("/id/organization/genopole.html", params={"n": n})),
    (6, lambda client, n: client.get("/reconcile/suggest/entity", params={"prefix": "geno"[: 1 + n % 4]})),
    (4, lambda client, n: client.post("/reconcile", data={"queries": f'{{"q": {{"query": "Genopole {n}"}}}}'})),
    (3, lambda client, n: client.get("/graphs", params={"default": "", "n": n})),
    (3, lambda client, _: client.get("/sparql", headers={"Accept": "text/turtle"})),
    (2, lambda client, _: client.get("/catalog")),
    (1, lambda client, _: client.get("/dump", params={"format": "nquads"})),
    (6, ask("SELECT ?s { ?s ?p ")),
    (4, lambda client, n: client.get(f"/id/nothing/{n}")),
    (4, lambda client, _: client.head("/health")),
    (4, lambda client, _: client.get("/metrics")),
]
HOSTILE: list[tuple[int, Request]] = [
    *CALM,
    (6, left(LARGE)),
    (1, ask(SLOW, timeout="0.2")),
    (1, ask("ASK { " + "{" * 5000 + "}" * 5000 + " }")),
    (
        6,
        lambda client, n: client.post(
            "/update", content=f"INSERT DATA {{ GRAPH <x:g{n % 20}> {{ <x:a> <x:n> {n} }} }}", headers=UPDATE
        ),
    ),
    (3, lambda client, n: client.put(f"/graphs?graph=x:g{n % 20}", content=f"<x:a> <x:n> {n} .", headers=TURTLE)),
    (2, lambda client, n: client.delete(f"/graphs?graph=x:g{n % 20}")),
    (1, lambda client, _: client.put("/graphs?graph=x:g", content=b"<a> <b", headers=TURTLE)),
    (1, lambda client, _: client.post("/update", content="DELETE WHERE { ?s ?p ?o }", headers=UPDATE)),
]


@dataclass
class Samples:
    """What was measured, by name, once a moment."""

    times: list[float] = field(default_factory=list)
    values: dict[str, list[float]] = field(default_factory=dict)

    def take(self, server: int, home: Path) -> None:
        """Measure."""
        self.times.append(time.monotonic())
        workers = [child for child in children(server) if _is(child, "grappe.store.worker")]
        generations = home / "store" / "generations"
        for name, value in (
            ("memory of the server (MB)", resident(server) / 1e6),
            ("memory of a worker (MB)", max((resident(one) for one in workers), default=0) / 1e6),
            ("open files", len([*Path(f"/proc/{server}/fd").iterdir()])),
            ("generations", len([*generations.glob("[0-9]*[0-9]")])),
        ):
            self.values.setdefault(name, []).append(value)

    def rise(self, name: str) -> float:
        """Return by how much something rises over the second half."""
        half = len(self.times) // 2
        found = [*zip(self.times[half:], self.values[name][half:], strict=True)]
        slope = statistics.median((b - a) / (later - earlier) for (earlier, a), (later, b) in combinations(found, 2))
        return slope * (found[-1][0] - found[0][0])


def _is(process: int, module: str) -> bool:
    try:
        return module in command(process).split()
    except OSError:
        return False


@pytest.mark.parametrize(("mix", "most"), [(CALM, 0), (HOSTILE, 503)], ids=["calm", "hostile"])
def test_nothing_grows(genopole: Settings, tmp_path: Path, mix: list[tuple[int, Request]], most: int) -> None:
    home = tmp_path / "home"
    shutil.copytree(genopole.home, home)
    headers = {"Authorization": f"Bearer {create_token(home, Scope('write'))}"}
    weights, requests = zip(*mix, strict=True)
    statuses: Counter[int] = Counter()
    broken: list[str] = []
    stop = threading.Event()

    def load(lane: int, address: str) -> None:
        chance, number = random.Random(lane), lane
        with httpx.Client(base_url=address, timeout=30, headers=headers) as client:
            while not stop.is_set():
                number += CLIENTS
                try:
                    statuses[chance.choices(requests, weights)[0](client, number).status_code] += 1
                except httpx.HTTPError as error:
                    broken.append(repr(error))

    with serving(home, "--timeout", "5", "--cache", "2M") as address:
        server = server_of(address)
        threads = [threading.Thread(target=load, args=(lane, address)) for lane in range(CLIENTS)]
        for thread in threads:
            thread.start()
        # What warms up comes to rest; what leaks goes on, however long it is watched.
        for _ in range(WINDOWS):
            samples = Samples()
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                time.sleep(max(0.25, SECONDS / 400))
                samples.take(server, home)
            rises = {name: samples.rise(name) for name in samples.values}
            if all(rise < 2 for rise in rises.values()):
                break
        stop.set()
        for thread in threads:
            thread.join()
        assert httpx.get(f"{address}/ready").status_code == 200
    assert not broken, broken[:3]
    assert sum(statuses.values()) > SECONDS * 10
    assert {status for status in statuses if status >= 500} <= {most}
    assert all(rise < 2 for rise in rises.values()), rises
    assert not [*(home / "store" / "incoming").glob("*")]
