"""One line of JSON a request, on standard error."""

from __future__ import annotations

import contextlib
import hashlib
import json
import queue
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

__all__ = ["Log", "digest"]

#: A request that takes longer is told of even where only failures are.
_SLOW = 5.0

#: So many lines wait at most to be written.
_MOST = 10_000


@dataclass(slots=True)
class Log:
    """Tells of ``all`` requests, of those that ``failed`` (status 500 and above, or slow), or of ``none``.

    A thread of its own writes, so that a reader who does not read holds nobody up; what it cannot hold is dropped, and
    the next line says how much.
    """

    what: str = "failed"
    _lines: queue.Queue[str] = field(default_factory=lambda: queue.Queue(_MOST))
    _dropped: int = 0
    _writing: threading.Thread | None = None

    def wants(self, status: int, seconds: float) -> bool:
        """Return whether a request is told of."""
        return self.what == "all" or (self.what == "failed" and (status >= 500 or seconds > _SLOW))

    def tell(self, **what: Any) -> None:  # noqa: ANN401
        """Write a line; what is None or empty is left out."""
        if self._writing is None:
            self._writing = threading.Thread(target=self._write, daemon=True)
            self._writing.start()
        record: dict[str, Any] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        record |= {name: value for name, value in what.items() if value not in (None, "")}
        if self._dropped:
            record["dropped"] = self._dropped
        try:
            self._lines.put_nowait(json.dumps(record, ensure_ascii=False))
            self._dropped = 0
        except queue.Full:
            self._dropped += 1

    def close(self) -> None:
        """Wait a moment until what was told is written."""
        deadline = time.monotonic() + 1
        while self._lines.unfinished_tasks and time.monotonic() < deadline:
            time.sleep(0.01)

    def _write(self) -> None:
        while True:
            line = self._lines.get()
            with contextlib.suppress(OSError, ValueError):
                print(line, file=sys.stderr, flush=True)
            self._lines.task_done()


def digest(query: str) -> str:
    """Return what a query is known by in a log: its text may say more than a log should keep.

    >>> digest("ASK {}")
    '819ea91ed5f1'
    """
    return hashlib.sha256(query.encode()).hexdigest()[:12]
