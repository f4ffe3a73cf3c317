"""How the work of a function grows with what it is given: a bound that a busy machine does not break."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["growth"]


def growth(do: Callable[[int], object], size: int) -> float:
    """Return how many times as much a function works on eight times as much: 8 where work is in proportion, 64 where
    it is quadratic. Counted is this thread's own processor time, the least of some tries.
    """
    return _seconds(do, 8 * size) / _seconds(do, size)


def _seconds(do: Callable[[int], object], size: int) -> float:
    def once() -> float:
        start = time.thread_time()
        do(size)
        return time.thread_time() - start

    return min(once() for _ in range(3))
