"""The only HTTP client: polite to those it asks. Nothing calls it unless the user allows live services.

It names itself, asks a host so many times a second at most, waits and tries again where a service is busy (429, 502,
503, 504, with ``Retry-After`` obeyed), and keeps answers on disk, so that the same question is not put twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from requests_cache import CacheMixin
from requests_cache.backends.sqlite import SQLiteCache
from requests_ratelimiter import LimiterMixin
from urllib3.util import Retry

from grappe import __version__
from grappe.errors import RemoteError

__all__ = ["Answer", "Fetcher", "Manners"]

_BUSY = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: requests a second and host, tries, the first wait between tries, and how long to wait for an answer
    and to keep it (seconds); the largest answer that is taken (bytes).
    """

    per_second: float = 2.0
    tries: int = 4
    first_wait: float = 1.0
    timeout: float = 30.0
    keep_for: float = 30 * 86400.0
    largest: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered: its body, its media type, and whether it was kept from an earlier time."""

    body: bytes
    media_type: str
    kept: bool


class _Session(CacheMixin, LimiterMixin, requests.Session):
    """A session that keeps answers and limits its rate; what is kept costs no request."""


class Fetcher:
    """A client for live services; close it, or use it as a context.

    Args:
        cache: The file in which answers are kept (SQLite).
        manners: How to ask.
    """

    def __init__(self, cache: Path, manners: Manners | None = None) -> None:
        self._manners = manners or Manners()
        cache.parent.mkdir(parents=True, exist_ok=True)
        # JSON, and no pickle: what is read back from the cache runs nothing.
        kept = SQLiteCache(str(cache), serializer="json")
        self._session: requests.Session = _Session(
            backend=kept,
            per_second=self._manners.per_second,
            expire_after=self._manners.keep_for,
            allowable_methods=("GET", "POST"),
            match_headers=("Accept",),
        )
        self._session.headers["User-Agent"] = f"grappe/{__version__} (knowledge graph builder)"
        retry = Retry(
            total=self._manners.tries - 1,
            backoff_factor=self._manners.first_wait,
            status_forcelist=_BUSY,
            allowed_methods=None,  # every question that is put here reads and changes nothing
            respect_retry_after_header=True,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and cache."""
        self._session.close()

    def get(self, address: str, *, accept: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Return what a service answers.

        Raises:
            RemoteError: if it does not, or refuses, or answers with more than is taken.
        """
        return self._ask("GET", address, accept=accept, params=dict(parameters or {}))

    def post(self, address: str, *, accept: str, form: Mapping[str, str]) -> Answer:
        """Return what a service answers to a form; for questions that are too long for an address.

        Raises:
            RemoteError: if it does not, or refuses, or answers with more than is taken.
        """
        return self._ask("POST", address, accept=accept, data=dict(form))

    def _ask(self, method: str, address: str, *, accept: str, **sent: Any) -> Answer:  # noqa: ANN401 - as requests has it
        try:
            response = self._session.request(
                method, address, headers={"Accept": accept}, timeout=self._manners.timeout, **sent
            )
        except requests.RequestException as error:
            raise RemoteError(
                f"{address} does not answer ({type(error).__name__}).",
                address=address,
                remedy="Check the address and the network, or leave the live service out.",
            ) from error
        if not response.ok:
            raise RemoteError(
                f"{address} answers {response.status_code} {response.reason}.",
                address=address,
                status=response.status_code,
                remedy="Try again later, or leave the live service out.",
            )
        if len(response.content) > self._manners.largest:
            raise RemoteError(
                f"{address} answers with more than {self._manners.largest} bytes.",
                address=address,
                remedy="Ask for less at once.",
            )
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip()
        return Answer(response.content, media_type, bool(getattr(response, "from_cache", False)))
