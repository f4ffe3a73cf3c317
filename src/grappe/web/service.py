"""What stands behind every address: the settings and the query workers, made once for an application."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from grappe.config import Settings
from grappe.store import query
from grappe.store.pool import Pool

__all__ = ["Service"]


@dataclass(frozen=True, slots=True)
class Service:
    """The graph of a home, ready to be asked; each family of addresses is a router made from it."""

    settings: Settings
    pool: Pool

    @classmethod
    def of(cls, settings: Settings) -> Service:
        """Return the service of a home; its workers start with the application."""
        return cls(settings, Pool(settings.home, settings.workers, settings.query_memory))

    async def rows(self, text: str) -> dict[str, Any]:
        """Return the results of a query of our own as JSON; of a graph, its Turtle under ``turtle``."""
        asked = query.Request(text, ["json"], ["turtle"])
        async with self.pool.ask(asked, timeout=self.settings.query_timeout) as begun:
            body = b"".join([piece async for piece in begun.pieces])
        answered: dict[str, Any] = {"turtle": body.decode()} if begun.format == "turtle" else json.loads(body)
        return answered
