"""How much one client may ask: so many requests a second, so many at once."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache

from grappe.errors import GrappeError

__all__ = ["Limiter", "TooMany"]

#: So many clients are remembered; of the others, those not seen for longest are forgotten.
_CLIENTS = 10_000


class TooMany(GrappeError):
    """A client asks more than it may; it may ask again in ``seconds``."""

    def __init__(self, message: str, *, seconds: float, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.seconds = seconds


@dataclass(slots=True)
class _Client:
    tokens: float
    seen: float
    at_once: int = 0


@dataclass(slots=True)
class Limiter:
    """Counts requests by client.

    Args:
        rate: requests a second, 0 for any number.
        burst: how many may come together.
        at_once: how many may be answered at the same time, 0 for any number.
        loopback: whether clients of this machine are counted too.
    """

    rate: float
    burst: int
    at_once: int
    loopback: bool = False
    _clients: OrderedDict[str, _Client] = field(default_factory=OrderedDict)

    @property
    def on(self) -> bool:
        """Whether anything is counted."""
        return bool(self.rate or self.at_once)

    def enter(self, name: str) -> bool:
        """Count a request of a client; return whether it has to :meth:`leave` later.

        Raises:
            TooMany: if it asks more than it may.
        """
        if not self.on or (not self.loopback and _is_of_this_machine(name)):
            return False
        now = time.monotonic()
        client = self._clients.get(name)
        if client is None:
            client = self._clients[name] = _Client(self.burst, now)
            self._forget()
        self._clients.move_to_end(name)
        if self.rate:
            client.tokens = min(float(self.burst), client.tokens + (now - client.seen) * self.rate)
            client.seen = now
            if client.tokens < 1:
                raise TooMany(
                    f"This client asks more than {self.rate:g} times a second.",
                    seconds=(1 - client.tokens) / self.rate,
                    remedy="Ask again later, or take a dump.",
                )
        if self.at_once and client.at_once >= self.at_once:
            raise TooMany(
                f"This client has {client.at_once} requests under way.",
                seconds=1,
                remedy="Wait until one of them is answered.",
            )
        client.tokens -= 1
        client.at_once += 1
        return True

    def leave(self, name: str) -> None:
        """Count a request as answered."""
        if (client := self._clients.get(name)) is not None:
            client.at_once -= 1

    def _forget(self) -> None:
        """Forget who was not seen for longest and has nothing under way."""
        while len(self._clients) > _CLIENTS:
            for name, client in self._clients.items():
                if not client.at_once:
                    del self._clients[name]
                    break
            else:
                return


@lru_cache(maxsize=4096)
def _is_of_this_machine(name: str) -> bool:
    if name == "unix":
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
