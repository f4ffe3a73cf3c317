"""Who is still there after a moment is called back, once; who has left is not."""

from __future__ import annotations

import asyncio
import time

from grappe.store.moments import MOMENT, Moments


def test_who_is_still_there_is_called_back_once() -> None:
    async def wait() -> tuple[list[str], list[float]]:
        moments, called, times = Moments(), [], []
        start = time.perf_counter()

        def stays() -> None:
            called.append("stays")
            times.append(time.perf_counter() - start)

        def leaves() -> None:
            called.append("leaves")

        def late() -> None:
            called.append("late")

        moments.add(stays)
        moments.add(leaves)
        moments.drop(leaves)
        moments.drop(leaves)
        await asyncio.sleep(10 * MOMENT)
        moments.drop(stays)
        moments.add(late)
        await asyncio.sleep(10 * MOMENT)
        return called, times

    called, times = asyncio.run(wait())
    assert called == ["stays", "late"]
    assert times[0] >= MOMENT * 0.9


def test_who_leaves_when_half_a_moment_is_over_is_not_called_back() -> None:
    async def wait() -> list[str]:
        moments, called = Moments(), []

        def leaves() -> None:
            called.append("leaves")

        moments.add(leaves)
        await asyncio.sleep(0)
        moments._tick()
        moments.drop(leaves)
        await asyncio.sleep(5 * MOMENT)
        return called

    assert asyncio.run(wait()) == []
