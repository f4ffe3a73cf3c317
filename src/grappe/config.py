"""Settings, built once and passed on; the sole reader of the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grappe.errors import InputError, ResourceMissing
from grappe.iri import DEFAULT_BASE, Names

__all__ = ["About", "Serving", "Settings", "engine_environment", "resources"]

#: The engine allocates many small pieces for a query, and frees them at its end: glibc keeps that many of each size at
#: hand, not 7, which saves an eighth to a quarter of a small query's time. Other allocators do not read it.
_ALLOCATOR = ("GLIBC_TUNABLES", "glibc.malloc.tcache_count=2000")


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


def engine_environment() -> dict[str, str]:
    """Return the environment of a process that evaluates queries: this one's, and what its allocator is told."""
    name, value = _ALLOCATOR
    return {name: value, **os.environ}


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
class About:
    """What the operator says of the data set, for portals and readers: texts by language, names, absolute addresses.

    ``themes`` and ``frequency`` are codes of the Publications Office of the EU (https://op.europa.eu/en/web/eu-vocabularies).
    """

    title: Mapping[str, str] = field(
        default_factory=lambda: {"fr": "Graphe de l’innovation", "en": "Graph of innovation"}
    )
    description: Mapping[str, str] = field(
        default_factory=lambda: {
            "fr": "Acteurs, laboratoires, équipements, projets, financements et événements de l’innovation, "
            "avec la phrase qui énonce chaque fait.",
            "en": "Actors, laboratories, facilities, projects, funding and events of innovation, with the sentence "
            "that states each fact.",
        }
    )
    keywords: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"fr": ("innovation", "recherche", "financement")}
    )
    themes: Sequence[str] = ("TECH",)
    licence: str = ""
    frequency: str = ""
    spatial: str = ""
    publisher: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> About:
        """Return what a TOML file says.

        Raises:
            InputError: if it cannot be read, or says something that cannot be used.
        """
        try:
            said = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(
                f"{file} cannot be read ({error}).", remedy="Write it as docs/operation.md shows."
            ) from None
        return cls(**{name: _told(file, name, value) for name, value in said.items()})


#: What a file may say of the data set: the pattern of a text, or the names and patterns of a table's texts.
_LINE, _ADDRESS, _CODE = r"[^\n]+", r"https?://[^\s<>\"{}|\\^`]+", r"[A-Z][A-Z0-9_]*"
_SAID: Mapping[str, str | Mapping[str, str]] = {
    "title": {"[a-z]{2,3}": _LINE},
    "description": {"[a-z]{2,3}": r"(?s).+"},
    "keywords": {"[a-z]{2,3}": _LINE},
    "themes": _CODE,
    "licence": _ADDRESS,
    "frequency": _CODE,
    "spatial": _ADDRESS,
    "publisher": {"name": _LINE, "homepage": _ADDRESS, "address": _ADDRESS},
    "contact": {"name": _LINE, "email": r"[^\s@<>]+@[^\s@<>]+", "page": _ADDRESS},
}
_LISTS = ("keywords", "themes")
_NAMED = ("publisher", "contact")


def _told(file: Path, name: str, value: object) -> Any:  # noqa: ANN401 - as the field has it
    """Return a value that a file gives a field of :class:`About`, checked."""
    if name not in _SAID:
        raise InputError(f"{file} says '{name}'.", remedy=f"It may say {', '.join(_SAID)}.")
    wanted = _SAID[name]
    if isinstance(wanted, str):
        return _text(file, name, value, wanted, several=name in _LISTS)
    if not isinstance(value, dict):  # a text without its language
        value = {"name" if name in _NAMED else "fr": value}
    out = {}
    for key, text in value.items():
        pattern = next((one for keys, one in wanted.items() if re.fullmatch(keys, key)), None)
        if pattern is None:
            raise InputError(f"{file} says '{name}.{key}'.", remedy=f"{name} may have {', '.join(wanted)}.")
        out[key] = _text(file, f"{name}.{key}", text, pattern, several=name in _LISTS)
    if name in _NAMED and "name" not in out:
        raise InputError(f"{file} gives {name} no name.", remedy=f'Add name = "…" to [{name}].')
    return out


def _text(file: Path, name: str, value: object, pattern: str, *, several: bool) -> str | tuple[str, ...]:
    texts: list[str] = []
    for text in value if several and isinstance(value, list) else [value]:
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            what = {_ADDRESS: "an absolute address", _CODE: "a code such as TECH or WEEKLY"}.get(pattern, "a text")
            raise InputError(f"{file} says {name} = {text!r}.", remedy=f"Give {what}.")
        texts.append(text)
    return tuple(texts) if several else texts[0]


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
    about: About = field(default_factory=About)

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
