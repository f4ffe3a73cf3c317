"""Which generation is current, asked often: the file is read again only when another stands in its place."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field

from grappe.store.generations import current_number
from grappe.store.home import Home

__all__ = ["Current"]


@dataclass(slots=True)
class Current:
    """The current generation of a home.

    ``mark`` tells two generations apart even if a store was deleted and built again, so that numbers began anew; it is
    empty where nothing has been built.
    """

    home: Home
    number: int | None = None
    mark: str = ""
    _seen: tuple[int, int] | None = None
    _path: str = field(init=False)

    def __post_init__(self) -> None:
        self._path = str(self.home.store / "current")

    def look(self) -> str:
        """Look whether another generation has become current, and return its mark."""
        seen = None
        with contextlib.suppress(OSError):
            status = os.stat(self._path)  # noqa: PTH116
            seen = status.st_ino, status.st_mtime_ns
        if seen != self._seen:
            self.number = current_number(self.home)
            self.mark = "" if seen is None else f"{self.number}-{seen[1]:x}"
            self._seen = seen
        return self.mark

    def changed(self) -> float | None:
        """Return when it became current (seconds since 1970), None where nothing has been built."""
        try:
            return os.stat(self._path).st_mtime  # noqa: PTH116
        except OSError:
            return None
