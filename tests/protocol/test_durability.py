"""What is acknowledged survives, what is broken off leaves nothing behind: real processes are killed at random."""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from grappe.store.tokens import Scope, create_token

UPDATE = {"Content-Type": "application/sparql-update"}


@contextlib.contextmanager
def killable(home: Path, token: str, *, largest_file: int = 0) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """Serve a plain home in a process group of its own, which the end of the block kills."""

    def limit() -> None:
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    command = [sys.executable, "-m", "grappe", "--home", str(home), "serve", "--plain", "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=limit
    ) as server:
        try:
            assert server.stderr is not None
            found = re.search(r"http://[\d.]+:\d+", server.stderr.readline())
            assert found
            headers = {"Authorization": f"Bearer {token}"}
            with httpx.Client(base_url=found[0], timeout=30, headers=headers) as client:
                yield client, server
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def numbers(client: httpx.Client) -> set[int]:
    answer = client.get("/sparql", params={"query": "SELECT ?n { ?s <x:n> ?n }", "format": "csv"})
    assert answer.status_code == 200, answer.text
    return {int(row) for row in answer.text.split()[1:]}


def test_what_is_acknowledged_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    home, chance = tmp_path / "home", random.Random(7)
    token = create_token(home, Scope("write"))
    acknowledged: set[int] = set()
    sent: set[int] = set()
    for round_ in range(4):
        with killable(home, token) as (client, server):
            found = numbers(client)
            assert acknowledged <= found <= sent
            started = threading.Event()

            def write(first: int, client: httpx.Client = client, started: threading.Event = started) -> None:
                with contextlib.suppress(httpx.HTTPError):
                    for number in range(first, first + 1000):
                        sent.add(number)
                        text = f"INSERT DATA {{ <x:a> <x:n> {number} . GRAPH <x:g> {{ <x:a> <x:n> {number} }} }}"
                        if client.post("/update", content=text, headers=UPDATE).status_code == 204:
                            acknowledged.add(number)
                            started.set()

            threads = [threading.Thread(target=write, args=(round_ * 10_000 + lane * 1000,)) for lane in range(2)]
            for thread in threads:
                thread.start()
            assert started.wait(30)
            time.sleep(chance.uniform(0, 0.4))
            os.killpg(server.pid, signal.SIGKILL)
            for thread in threads:
                thread.join()
    with killable(home, token) as (client, _):
        assert acknowledged <= numbers(client) <= sent
        assert client.post("/update", content="INSERT DATA { <x:a> <x:b> 1 }", headers=UPDATE).status_code == 204


def test_a_full_disk_costs_the_write_that_fills_it_and_no_other(tmp_path: Path) -> None:
    home = tmp_path / "home"
    token = create_token(home, Scope("write"))
    triples = b"".join(
        b"<x:a%d> <x:b> 'some words to fill a disk with, number %d' .\n" % (n, n * n) for n in range(20_000)
    )
    with killable(home, token, largest_file=400_000) as (client, _):
        small = "INSERT DATA { <x:a> <x:n> 1 }"
        assert client.post("/update", content=small, headers=UPDATE).status_code == 204
        large = client.put("/graphs?graph=x:g", content=triples, headers={"Content-Type": "text/turtle"})
        assert large.status_code == 507
        assert "disk is full" in large.json()["detail"]
        assert str(tmp_path) not in large.text
        assert numbers(client) == {1}
        assert client.get("/graphs?graph=x:g").status_code == 404
        assert client.post("/update", content=small.replace("1", "2"), headers=UPDATE).status_code == 204
        assert numbers(client) == {1, 2}


def test_a_loader_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    home, chance = tmp_path / "home", random.Random(11)
    (tmp_path / "small.nt").write_text("<x:a> <x:b> <x:c> .\n")
    (tmp_path / "large.nq").write_text("".join(f'<x:a{n}> <x:b> "{n}" <x:g{n % 99}> .\n' for n in range(60_000)))
    load = [sys.executable, "-m", "grappe", "--home", str(home), "load"]
    subprocess.run([*load, str(tmp_path / "small.nt")], check=True, timeout=60)
    ask = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    query = [sys.executable, "-m", "grappe", "--home", str(home), "query", "--format", "csv", ask]
    for _ in range(3):
        with subprocess.Popen([*load, str(tmp_path / "large.nq")], stderr=subprocess.DEVNULL) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.4, 1.5))
            process.kill()
        counted = subprocess.run(query, check=True, capture_output=True, text=True, timeout=60).stdout.split()[1]
        assert counted in ("1", "120001")
    subprocess.run([*load, str(tmp_path / "large.nq")], check=True, timeout=60)
    assert subprocess.run(query, check=True, capture_output=True, text=True, timeout=60).stdout.split()[1] == "120001"
