"""Archives: the files in a ZIP or a TAR, within limits that a bomb breaks."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from grappe.errors import NothingToRead

__all__ = ["ARCHIVES", "Member", "how_many", "is_archive", "members"]

#: The endings of the names of archives.
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
#: A file of an archive, all of them together (bytes), how many, and how many times their packed size they may be.
_LARGEST, _ALL, _MOST, _TIMES = 200_000_000, 4_000_000_000, 100_000, 500
_SMALL = 1_000_000
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path there, and its bytes."""

    name: str
    body: bytes


def is_archive(path: Path) -> bool:
    """Return whether a file is an archive, by its name."""
    return path.name.casefold().endswith(ARCHIVES)


def how_many(path: Path, *, endings: frozenset[str]) -> int:
    """Return how many files of an archive end so, where its index says it; else one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(_wanted(entry.filename, endings) for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return 1


def members(path: Path, *, endings: frozenset[str]) -> Iterator[Member]:
    """Yield the files of an archive whose names end so; archives in it are left.

    Raises:
        NothingToRead: if it is damaged or locked, or unpacks to more than any collection of documents.
    """
    try:
        opened = _zip(path, endings) if zipfile.is_zipfile(path) else _tar(path, endings)
        yield from _within_limits(path, opened)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError) as error:
        raise NothingToRead(
            f"{path} is an archive that cannot be opened.", remedy="Unpack it, and add the folder."
        ) from error
    except RuntimeError as error:  # what zipfile says of a password
        raise NothingToRead(f"{path} is locked by a password.", remedy="Unpack it, and add the folder.") from error


def _within_limits(path: Path, opened: Iterator[tuple[str, IO[bytes]]]) -> Iterator[Member]:
    """Yield what is unpacked piece by piece: what an archive says of its sizes may be a lie."""
    most = max(_SMALL, _TIMES * path.stat().st_size)
    whole = 0
    for number, (name, file) in enumerate(opened, 1):
        out = io.BytesIO()
        while piece := file.read(_PIECE):
            whole += len(piece)
            if out.tell() + len(piece) > _LARGEST or whole > min(_ALL, most) or number > _MOST:
                raise NothingToRead(
                    f"{path} unpacks to more than any collection of documents.",
                    remedy="If you trust it, unpack it and add the folder.",
                )
            out.write(piece)
        yield Member(name, out.getvalue())


def _zip(path: Path, endings: frozenset[str]) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(path) as archive:
        for entry in sorted(archive.infolist(), key=lambda e: e.filename):
            link = stat.S_ISLNK(entry.external_attr >> 16)
            if not entry.is_dir() and not link and _wanted(entry.filename, endings):
                with archive.open(entry) as file:
                    yield entry.filename, file


def _tar(path: Path, endings: frozenset[str]) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path) as archive:
        for entry in archive:
            if entry.isfile() and _wanted(entry.name, endings) and (file := archive.extractfile(entry)) is not None:
                with file:
                    yield entry.name, file


def _wanted(name: str, endings: frozenset[str]) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.casefold() in endings and not hidden
