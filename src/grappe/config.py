"""Settings, built once and passed on; the sole reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grappe.errors import ResourceMissing
from grappe.iri import DEFAULT_BASE, Names

__all__ = ["Settings", "resources"]


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
class Settings:
    """Where the graph lives and how it is named and served. Times are seconds, sizes bytes."""

    home: Path = Path("grappe-home")
    base: str = DEFAULT_BASE
    shared: Path = field(default_factory=resources)
    lock_wait: float = 10.0
    query_timeout: float = 30.0
    query_memory: int = 4 * 1024**3
    workers: int = 2

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
        """Return settings from ``GRAPPE_HOME`` and ``GRAPPE_BASE``; a home given by hand wins."""
        environ = os.environ if environ is None else environ
        return cls(
            home=home or Path(environ.get("GRAPPE_HOME") or "grappe-home"),
            base=environ.get("GRAPPE_BASE") or DEFAULT_BASE,
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
    def data(self) -> Path:
        """The folder of the gazetteers and the demonstration document."""
        return self.shared / "data"
