"""Settings, built once and passed on; the sole reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grappe.errors import InputError, ResourceMissing
from grappe.iri import DEFAULT_BASE, Names

__all__ = ["Serving", "Settings", "resources"]


def resources() -> Path:
    """Return the folder that holds ``ontology`` and ``data``: in the wheel beside the code, in a checkout its root.

    Raises:
        ResourceMissing: if neither holds the ontology.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "share", here.parent.parent):
        if (folder / "ontology" / "grappe.ttl").is_file():
            return folder
    raise ResourceMissing("The ontology is not beside the program.", remedy="Install grappe again.")


@dataclass(frozen=True, slots=True)
class Serving:
    """How the endpoint guards itself. Times are seconds, sizes bytes; 0 stands for no limit, or for off."""

    result_bytes: int = 16 * 1024**3
    request_bytes: int = 1024**2
    queue: int = 64
    queue_wait: float = 5.0
    cache_bytes: int = 64 * 1024**2
    cors: tuple[str, ...] = ("*",)
    rate: float = 0.0
    burst: int = 50
    at_once: int = 0
    limit_loopback: bool = False
    log: str = "failed"
    root_path: str = ""
    trusted_proxies: str = ""
    services: tuple[str, ...] = ()
    private_services: bool = False
    redirected_services: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph lives and how it is named and served. Times are seconds, sizes bytes."""

    home: Path = Path("grappe-home")
    registers: Path | None = None
    base: str = DEFAULT_BASE
    shared: Path = field(default_factory=resources)
    lock_wait: float = 10.0
    query_timeout: float = 30.0
    query_memory: int = 4 * 1024**3
    workers: int = 2
    serving: Serving = field(default_factory=Serving)
    plain: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
        """Return settings from the environment's ``GRAPPE_`` variables; a home given by hand wins.

        Raises:
            InputError: if a value cannot be used.
        """
        environ = os.environ if environ is None else environ
        base = environ.get("GRAPPE_BASE") or DEFAULT_BASE
        if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`#?]+/", base):
            raise InputError(
                f"GRAPPE_BASE is '{base}'.", remedy="Give an address that ends in /, as https://example.org/."
            )
        return cls(
            home=home or Path(environ.get("GRAPPE_HOME") or "grappe-home"),
            registers=Path(given) if (given := environ.get("GRAPPE_AUTHORITIES")) else None,
            base=base,
            lock_wait=_seconds(environ, "GRAPPE_LOCK_WAIT", default=10.0),
        )

    @property
    def names(self) -> Names:
        """The addresses under :attr:`base`."""
        return Names(self.base)

    @property
    def ontology(self) -> Path:
        """The folder of the ontology, its shapes and its questions."""
        return self.shared / "ontology"

    @property
    def authorities(self) -> Path:
        """The folder of the indexes of authorities: :attr:`registers`, which several homes may share, or the home's."""
        return self.registers or self.home / "authorities"

    @property
    def data(self) -> Path:
        """The folder of the gazetteers and the demonstration document."""
        return self.shared / "data"


def _seconds(environ: Mapping[str, str], name: str, *, default: float) -> float:
    given = environ.get(name)
    if not given:
        return default
    try:
        return float(given)
    except ValueError:
        raise InputError(
            f"{name} is '{given}', which is no number of seconds.", remedy="Give one such as 10."
        ) from None
