"""Answers kept for those who ask the same again, as long as the graph is the same."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

__all__ = ["Cache", "Kept", "tag"]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent: its headers, its body, its strong tag."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    etag: bytes


@dataclass(slots=True)
class Cache:
    """At most ``limit`` bytes of answers on one generation; those least asked for go first.

    An answer larger than a sixteenth of that is not kept.
    """

    limit: int
    bytes: int = 0
    hits: int = 0
    misses: int = 0
    _mark: str = ""
    _kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, mark: str, key: Hashable) -> Kept | None:
        """Return the answer kept under a key on the generation of a mark."""
        if mark != self._mark:
            self._clear(mark)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def room(self) -> int:
        """Return how large an answer may be to be kept."""
        return self.limit // 16

    def put(self, mark: str, key: Hashable, kept: Kept) -> None:
        """Keep an answer; another generation's are forgotten."""
        if mark != self._mark:
            self._clear(mark)
        if key in self._kept or len(kept.body) > self.room():
            return
        self._kept[key] = kept
        self.bytes += _size(kept)
        while self.bytes > self.limit:
            _, old = self._kept.popitem(last=False)
            self.bytes -= _size(old)

    def _clear(self, mark: str) -> None:
        self._kept.clear()
        self._mark, self.bytes = mark, 0


def tag(mark: str, key: tuple[str, str]) -> bytes:
    """Return the strong entity tag of the answer to what a key holds, on the generation of a mark."""
    query, others = key
    said = f"{mark}\0{others}\0{query}".encode("utf-8", "surrogatepass")
    return b'"%s"' % hashlib.blake2b(said, digest_size=16).hexdigest().encode()


def _size(kept: Kept) -> int:
    return len(kept.body) + 1024  # with its key and headers, about
