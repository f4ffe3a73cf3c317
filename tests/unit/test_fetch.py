"""The HTTP client, against a real server on loopback that counts what it is asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from grappe.errors import RemoteError
from grappe.fetch import Fetcher, Manners

QUICK = Manners(per_second=1000, tries=3, first_wait=0.05, timeout=5, largest=1000)


@dataclass
class Served:
    """A server that answers each path with the statuses listed for it, the last for ever."""

    address: str = ""
    statuses: dict[str, list[int]] = field(default_factory=dict)
    asked: list[tuple[float, str, str]] = field(default_factory=list)


@pytest.fixture
def served() -> Iterator[Served]:
    state = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            state.asked.append((time.monotonic(), self.path + body, self.headers["User-Agent"]))
            path = self.path.partition("?")[0]
            statuses = state.statuses.get(path, [200])
            status = statuses.pop(0) if len(statuses) > 1 else statuses[0]
            payload = b"x" * 2000 if path == "/large" else f'{{"asked": {len(state.asked)}}}'.encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "1")
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_POST = do_GET  # noqa: N815 - as the base class calls it

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def test_the_same_question_is_put_once_even_by_a_later_run(served: Served, tmp_path: Path) -> None:
    for kept in (False, True):
        with Fetcher(tmp_path / "cache.sqlite", QUICK) as fetcher:
            answer = fetcher.get(f"{served.address}/a", accept="application/json", parameters={"q": "é"})
            assert (answer.body, answer.media_type, answer.kept) == (b'{"asked": 1}', "application/json", kept)
    with Fetcher(tmp_path / "cache.sqlite", QUICK) as fetcher:
        assert not fetcher.post(f"{served.address}/a", accept="*/*", form={"queries": "1"}).kept
        assert fetcher.post(f"{served.address}/a", accept="*/*", form={"queries": "1"}).kept
        assert not fetcher.post(f"{served.address}/a", accept="*/*", form={"queries": "2"}).kept
    assert len(served.asked) == 3


def test_it_names_itself(served: Served, tmp_path: Path) -> None:
    with Fetcher(tmp_path / "cache.sqlite", QUICK) as fetcher:
        fetcher.get(f"{served.address}/a", accept="*/*")
    assert served.asked[0][2].startswith("grappe/")


def test_a_busy_service_is_asked_again_after_the_time_that_it_names(served: Served, tmp_path: Path) -> None:
    served.statuses["/busy"] = [429, 503, 200]
    with Fetcher(tmp_path / "cache.sqlite", QUICK) as fetcher:
        assert fetcher.get(f"{served.address}/busy", accept="*/*").body == b'{"asked": 3}'
    assert served.asked[1][0] - served.asked[0][0] >= 0.95


def test_no_host_is_asked_more_often_than_agreed(served: Served, tmp_path: Path) -> None:
    slow = Manners(per_second=2, tries=1)
    with Fetcher(tmp_path / "cache.sqlite", slow) as fetcher:
        for n in range(3):
            fetcher.get(f"{served.address}/{n}", accept="*/*")
    assert served.asked[-1][0] - served.asked[0][0] >= 0.9


@pytest.mark.parametrize(("path", "statuses", "says"), [("/gone", [404], "404"), ("/down", [503], "503")])
def test_a_service_that_refuses_is_a_sentence(
    served: Served, tmp_path: Path, path: str, statuses: list[int], says: str
) -> None:
    served.statuses[path] = statuses
    with Fetcher(tmp_path / "cache.sqlite", QUICK) as fetcher, pytest.raises(RemoteError, match=says) as raised:
        fetcher.get(served.address + path, accept="*/*")
    assert raised.value.status == statuses[0]
    assert raised.value.remedy


def test_what_is_too_large_and_what_is_not_there_are_sentences(served: Served, tmp_path: Path) -> None:
    with Fetcher(tmp_path / "cache.sqlite", QUICK) as fetcher:
        with pytest.raises(RemoteError, match="more than 1000 bytes"):
            fetcher.get(f"{served.address}/large", accept="*/*")
        with pytest.raises(RemoteError, match="does not answer"):
            fetcher.get("http://127.0.0.1:9/", accept="*/*")
