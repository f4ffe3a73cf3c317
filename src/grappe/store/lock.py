"""Locks between processes, by the operating system, so that none outlives its holder."""

from __future__ import annotations

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

from grappe.errors import StoreBusy
from grappe.store.home import disk_errors

__all__ = ["exclusive", "shared", "unused"]


@contextlib.contextmanager
def exclusive(path: Path, *, wait: float) -> Iterator[None]:
    """Hold a file's lock alone; wait at most so many seconds for it.

    Raises:
        StoreBusy: if another process still holds it after that time.
    """
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    with file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise StoreBusy(
                        f"Another process is writing {path.parent.parent}.",
                        remedy="Wait until it is done and run the command again.",
                    ) from None
                time.sleep(0.02)
        yield


@contextlib.contextmanager
def shared(path: Path) -> Iterator[None]:
    """Hold a file's lock beside other readers."""
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def unused(path: Path) -> bool:
    """Return whether nobody holds a file's lock."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except FileNotFoundError:
        return True
    return True
