"""What is to be done for those who are still there after a moment, as few are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["MOMENT", "Moments"]

#: How long a moment is, in seconds, at least; at most it is twice that.
MOMENT = 0.01

Callback = Callable[[], object]


@dataclass(slots=True)
class Moments:
    """Calls back, once, each that is still there after a moment: one timer for all, where each had its own."""

    _new: dict[Callback, None] = field(default_factory=dict)
    _old: dict[Callback, None] = field(default_factory=dict)
    _timer: asyncio.TimerHandle | None = None

    def add(self, callback: Callback) -> None:
        """Call back after a moment, unless it is dropped before."""
        self._new[callback] = None
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(MOMENT, self._tick)

    def drop(self, callback: Callback) -> None:
        """Call back no more; it may have been called already."""
        if self._new.pop(callback, self) is self:
            self._old.pop(callback, None)

    def _tick(self) -> None:
        late, self._old, self._new = self._old, self._new, {}
        there = bool(self._old)
        self._timer = asyncio.get_running_loop().call_later(MOMENT, self._tick) if there else None
        for callback in late:
            callback()
