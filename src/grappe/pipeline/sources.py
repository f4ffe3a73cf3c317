"""What there is to add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from grappe.config import Settings
from grappe.errors import NothingToRead
from grappe.iri import slug
from grappe.model import Origin
from grappe.pipeline.values import Source
from grappe.read import ENDINGS, how_many, is_archive, members

__all__ = ["count_sources", "demo_sources", "find_files", "sources"]

_ENDINGS = f"Grappe reads files that end in {', '.join(sorted(ENDINGS))}, and archives of them."


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name; of a folder, all that Grappe reads and the archives of such, in order.

    Raises:
        NothingToRead: if a path is absent, or a folder holds nothing that can be read.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and _readable(p) and not _hidden(p, path))
            if not found:
                raise NothingToRead(f"The folder {path} holds no document.", remedy=_ENDINGS)
            files += found
        elif path.exists():
            files.append(path)
        else:
            raise NothingToRead(f"There is no file {path}.", remedy="Check the path.")
    return files


def count_sources(files: Iterable[Path]) -> int:
    """Return how many documents files hold, archives opened where their index is at hand."""
    return sum(how_many(file, endings=ENDINGS) if is_archive(file) else 1 for file in files)


def sources(files: Iterable[Path], *, about: Origin, id: str | None = None) -> Iterator[Source]:
    """Yield files as sources, each read when it is its turn; ``about`` says what is known of them, the path apart.

    Of an archive, all files that Grappe reads; one that cannot be opened is a source too, which adding it refuses.
    """
    for file in files:
        path = file.resolve()
        if is_archive(file):
            yield from _unpacked(path, about)
            continue
        try:
            yield Source(id or slug(file.stem), file.read_bytes(), replace(about, path=str(path)))
        except OSError as error:
            refused = NothingToRead(f"{file} cannot be read ({error.strerror}).", remedy="Check its permissions.")
            yield Source(id or slug(file.stem), b"", replace(about, path=str(path)), error=refused)


def _unpacked(path: Path, about: Origin) -> Iterator[Source]:
    found = False
    try:
        for member in members(path, endings=ENDINGS):
            found = True
            yield Source(
                slug(PurePosixPath(member.name).stem), member.body, replace(about, path=f"{path}/{member.name}")
            )
        if not found:
            raise NothingToRead(f"The archive {path} holds no document.", remedy=_ENDINGS)
    except NothingToRead as error:
        yield Source(slug(path.name), b"", replace(about, path=str(path)), error=error)


def _readable(path: Path) -> bool:
    return path.suffix.casefold() in ENDINGS or is_archive(path)


def demo_sources(settings: Settings) -> Iterator[Source]:
    """Yield the documents that Grappe comes with."""
    yield from sources(find_files([settings.data / "documents"]), about=Origin(""))


def _hidden(path: Path, under: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(under).parts)
