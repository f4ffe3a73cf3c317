"""What stands behind every address: the settings and the query workers, made once for an application."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from grappe.config import Settings
from grappe.iri import PREFIXES
from grappe.store import query
from grappe.store.current import Current
from grappe.store.home import Home
from grappe.store.pool import Pool
from grappe.store.writes import Writes
from grappe.web.access import Keyring
from grappe.web.loads import Loads
from grappe.web.outside import Outside
from grappe.web.services import ServiceProxy

__all__ = ["Service"]


@dataclass(frozen=True, slots=True)
class Service:
    """The graph of a home, ready to be asked; each family of addresses is a router made from it."""

    settings: Settings
    pool: Pool
    current: Current
    writes: Writes
    loads: Loads
    keyring: Keyring
    proxy: ServiceProxy

    @classmethod
    def of(cls, settings: Settings) -> Service:
        """Return the service of a home; its workers start with the application."""
        serving = settings.serving
        outside = Outside(serving.services, serving.private_services, serving.redirected_services)
        proxy = ServiceProxy(outside, settings.query_timeout)
        services = query.Services(serving.services, proxy.address)
        return cls(
            settings,
            Pool(
                settings.home,
                settings.workers,
                settings.query_memory,
                queue=serving.queue,
                wait=serving.queue_wait,
                services=services,
            ),
            Current(Home(settings.home)),
            Writes(
                settings.home,
                settings.base,
                settings.ontology,
                wait=settings.lock_wait,
                memory=settings.query_memory,
                timeout=settings.query_timeout,
                services=services,
            ),
            Loads(outside, settings.query_timeout, settings.home / "store" / "incoming"),
            Keyring(settings.home),
            proxy,
        )

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that need no declaration; a plain store has none."""
        return {} if self.settings.plain else dict(PREFIXES)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep the workers at hand until the block ends."""
        await self.proxy.start()
        await self.pool.start()
        following = asyncio.get_running_loop().create_task(self._follow())
        try:
            yield
        finally:
            following.cancel()
            await self.writes.stop()
            await self.pool.stop()
            await self.proxy.stop()

    async def _follow(self) -> None:
        """Let workers that are asked nothing move to new generations too, so that old ones can be removed."""
        mark = self.current.look()
        while True:
            await asyncio.sleep(0.5)
            if self.current.look() != mark:
                mark = self.current.mark
                self.pool.look()

    async def rows(self, text: str) -> dict[str, Any]:
        """Return the results of a query of our own as JSON; of a graph, its Turtle under ``turtle``."""
        asked = query.Request(text, ["json"], ["turtle"])
        async with self.pool.ask(asked, timeout=self.settings.query_timeout) as begun:
            body = await begun.body()
        answered: dict[str, Any] = {"turtle": body.decode()} if begun.format == "turtle" else json.loads(body)
        return answered
