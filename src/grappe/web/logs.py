"""One line of JSON a request, on standard error."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

__all__ = ["Log", "digest"]

#: A request that takes longer is told of even where only failures are.
_SLOW = 5.0


@dataclass(frozen=True, slots=True)
class Log:
    """Tells of ``all`` requests, of those that ``failed`` (status 500 and above, or slow), or of ``none``."""

    what: str = "failed"
    out: TextIO | None = None

    def wants(self, status: int, seconds: float) -> bool:
        """Return whether a request is told of."""
        return self.what == "all" or (self.what == "failed" and (status >= 500 or seconds > _SLOW))

    def tell(self, **what: Any) -> None:  # noqa: ANN401
        """Write a line; what is None or empty is left out."""
        record = {"time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        record |= {name: value for name, value in what.items() if value not in (None, "")}
        print(json.dumps(record, ensure_ascii=False), file=self.out or sys.stderr, flush=True)


def digest(query: str) -> str:
    """Return what a query is known by in a log: its text may say more than a log should keep.

    >>> digest("ASK {}")
    '819ea91ed5f1'
    """
    return hashlib.sha256(query.encode()).hexdigest()[:12]
