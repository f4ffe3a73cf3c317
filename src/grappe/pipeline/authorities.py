"""Verbs on authorities: load a register's file into an index, list what is loaded, remove it, open all for matching."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from grappe.config import Settings
from grappe.errors import InputError, NotFound
from grappe.iri import slug
from grappe.link import builtin
from grappe.link.authorities import AUTHORITIES
from grappe.link.dumps import Dump
from grappe.link.index import About, Index, build
from grappe.store.home import disk_errors

__all__ = ["add_authority", "authorities", "open_authorities", "remove_authority"]

_DAY = re.compile(r"(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)")


def add_authority(
    settings: Settings,
    kind: str,
    file: Path,
    *,
    date: str | None = None,
    licence: str | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> About:
    """Load a file of an authority; what was loaded from a file of the same kind and name is replaced.

    Args:
        settings: where indexes are kept.
        kind: one of :data:`grappe.link.authorities.AUTHORITIES`.
        file: the file as the authority publishes it.
        date: of what day the data are (ISO 8601); if not given, the day in the file's name, or of the file itself.
        licence: of the data; if not given, the one that the authority publishes under.
        progress: told now and then how many records have been read.

    Raises:
        InputError: if the file is none of this authority's, or holds no record.
        StoreError: if the index cannot be written.
    """
    authority = AUTHORITIES[kind]
    if not file.is_file():
        raise InputError(f"There is no file {file}.", remedy="Check the path.")
    about = About(kind, file.name, date or _day(file), licence or authority.licence, _now())
    path = settings.authorities / kind / f"{_stem(file)}.sqlite"
    with disk_errors(path):
        count = build(path, authority.read(Dump(file)), about, progress=progress)
    if not count:
        path.unlink()
        raise InputError(f"{file.name} holds no record.", remedy="Give the file as it was published.")
    return replace(about, records=count)


def authorities(settings: Settings) -> list[About]:
    """Return what is loaded, in order of kind and file; the built-in authority comes first."""
    with open_authorities(settings) as indexes:
        return [index.about for index in indexes]


def remove_authority(settings: Settings, kind: str, name: str | None = None) -> list[About]:
    """Remove what was loaded of a kind, or of one file of it; links that were made stay.

    Raises:
        NotFound: if nothing of the kind, or of that file, is loaded.
    """
    gone = []
    for path in sorted((settings.authorities / kind).glob("*.sqlite")):
        index = Index.open(path)
        index.close()
        if name in (None, index.about.file, path.stem):
            path.unlink()
            gone.append(index.about)
    if not gone:
        what = f"{kind} {name}" if name else kind
        raise NotFound(f"Nothing is loaded of {what}.", iri=what, remedy="'grappe authority list' shows what is.")
    return gone


@contextlib.contextmanager
def open_authorities(settings: Settings) -> Iterator[list[Index]]:
    """Open the built-in authority and all that is loaded.

    Raises:
        StoreCorrupt: if an index cannot be read.
    """
    with contextlib.ExitStack() as stack:
        paths = [_builtin(settings)]
        for kind in AUTHORITIES:
            paths += sorted((settings.authorities / kind).glob("[!.]*.sqlite"))
        indexes = []
        for path in paths:
            index = Index.open(path)
            stack.callback(index.close)
            indexes.append(index)
        yield indexes


def _builtin(settings: Settings) -> Path:
    """Return the index of the built-in authority, built where it is absent or its files have changed."""
    folder = settings.authorities / builtin.TITLE
    path = folder / f"{builtin.digest(settings.data)}.sqlite"
    if not path.is_file():
        about = About(builtin.TITLE, "data/authorities", builtin.DATE, builtin.LICENCE, builtin.DATE)
        with disk_errors(path):
            build(path, builtin.builtin(settings.data), about)
            for old in folder.glob("[!.]*.sqlite"):
                if old != path:
                    old.unlink(missing_ok=True)
    return path


def _stem(file: Path) -> str:
    return slug(file.name.partition(".")[0]) or "file"


def _day(file: Path) -> str:
    if found := _DAY.search(file.name):
        return "-".join(found.groups())
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%d")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
