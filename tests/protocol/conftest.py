"""A real server of the press release's graph, on loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from grappe.config import Settings


@contextmanager
def serving(home: Path, *options: str, program: tuple[str, ...] = ("-m", "grappe")) -> Iterator[str]:
    """Serve a home on a free port of loopback, and give its address; the server ends with the block."""
    command = [sys.executable, *program, "--home", str(home), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as server:
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            found = re.search(r"http://[\d.]+:\d+", line)
            assert found, line + server.stderr.read()
            # Somebody has to read what it goes on to say.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            yield found[0]
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()


@pytest.fixture(scope="session")
def endpoint(genopole: Settings) -> Iterator[str]:
    """The address of a server that all tests share."""
    with serving(genopole.home, "--timeout", "2") as address:
        yield address


@pytest.fixture
def client(endpoint: str) -> Iterator[httpx.Client]:
    """A client of that server."""
    with httpx.Client(base_url=endpoint, timeout=30) as client:
        yield client
