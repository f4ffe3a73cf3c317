"""What LOAD names in an update, fetched before the update is done: no writer waits for another's server."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from grappe.errors import QuerySyntaxError
from grappe.store.federation import may_load
from grappe.store.formats import GRAPHS
from grappe.store.home import disk_errors
from grappe.store.updates import Statement, operations
from grappe.web.bodies import format_sent, media_type
from grappe.web.outside import Ask, Outside, Refused

__all__ = ["Loads"]

#: An update loads from so many addresses at most.
_MOST = 20

#: A source of LOAD as it has to be written: an absolute address in angle brackets.
_ADDRESS = re.compile(r"<(https?://[^<>]+)>", re.IGNORECASE)

_ACCEPT = ", ".join(
    f"{kind};q={1 - place / 10:.1f}"
    for place, kind in enumerate(dict.fromkeys(format.media_types[0] for format in GRAPHS))
)


@dataclass(frozen=True, slots=True)
class Loads:
    """Fetches what updates load.

    Args:
        outside: what may be called.
        timeout: seconds that all sources of an update may take together.
        folder: where files are put.
    """

    outside: Outside
    timeout: float
    folder: Path

    @contextlib.asynccontextmanager
    async def fetched(self, update: str) -> AsyncIterator[dict[str, Any]]:
        """Give, for each address that an update loads, ``path`` and ``format`` of a file, or ``why`` there is none.

        The files last as long as the block.
        """
        sources = _sources(update) if self.outside.allowed and may_load(update) else []
        found: dict[str, Any] = {}
        try:
            async with asyncio.timeout(self.timeout) as limit:
                for iri in sources:
                    if len(found) == _MOST:
                        found[iri] = {"why": f"An update loads from {_MOST} addresses at most."}
                        continue
                    found[iri] = {"why": f"<{iri}> did not answer in time."}
                    found[iri] = await self._fetch(iri)
        except TimeoutError:
            if not limit.expired():
                raise
        try:
            yield found
        finally:
            for one in found.values():
                if "path" in one:
                    Path(one["path"]).unlink(missing_ok=True)

    async def _fetch(self, iri: str) -> dict[str, str]:
        with disk_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor, path = tempfile.mkstemp(dir=self.folder)
        kept = False
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                taker = _File(file, self.folder)
                try:
                    base = await self.outside.call(iri, Ask("GET", {"Accept": _ACCEPT}), taker)
                except (Refused, OSError, ValueError) as error:
                    return {"why": f"<{iri}> cannot be loaded: {error}"}
            format = format_sent(taker.media_type, urlsplit(base).path)
            if format is None:
                return {"why": f"<{iri}> cannot be loaded: it is '{taker.media_type}', which Grappe does not read."}
            kept = True
            return {"path": path, "format": format.name, "base": base}
        finally:
            if not kept:
                Path(path).unlink(missing_ok=True)


class _File:
    """Puts an answer into a file."""

    def __init__(self, file: io.FileIO, folder: Path) -> None:
        self._file, self._folder, self.media_type = file, folder, ""

    async def begin(self, headers: Mapping[str, str]) -> None:
        """Note its type."""
        self.media_type = media_type(headers.get("content-type"))

    async def take(self, piece: bytes) -> None:
        """Keep a piece."""
        with disk_errors(self._folder):
            self._file.write(piece)


def _sources(update: str) -> list[str]:
    """Return the addresses that an update loads from, each once, where it can be read."""
    try:
        statements = [step.is_ for step in operations(update) if isinstance(step.is_, Statement)]
    except QuerySyntaxError:  # which is told where it is parsed
        return []
    written = (_ADDRESS.fullmatch(one.targets[0].iri) for one in statements if one.verb == "load")
    return list(dict.fromkeys(match[1] for match in written if match))
