"""How rarely a process that serves looks for cycles of garbage."""

from __future__ import annotations

import gc

__all__ = ["settle"]

#: So many objects more than were freed, and a look is taken; by default it is 700.
_MORE = 20_000


def settle() -> None:
    """Leave what a process has made so far out of all later looks, and take these rarely.

    A query leaves no cycles behind, unless it fails: reference counts free what it made. A look at the modules and
    classes of a whole program costs milliseconds, which somebody's query waits for.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MORE, 10, 10)
