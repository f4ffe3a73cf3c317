"""What there is to add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from grappe.config import Settings
from grappe.errors import NothingToRead
from grappe.iri import slug
from grappe.model import Origin
from grappe.pipeline.values import Source
from grappe.read import ENDINGS

__all__ = ["demo_sources", "find_files", "sources"]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths name; of a folder, all that Grappe reads, in order.

    Raises:
        NothingToRead: if a path is absent, or a folder holds nothing that can be read.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.casefold() in ENDINGS and not _hidden(p, path)
            )
            if not found:
                endings = ", ".join(sorted(ENDINGS))
                message = f"The folder {path} holds no document."
                raise NothingToRead(message, remedy=f"Grappe reads files that end in {endings}.")
            files += found
        elif path.exists():
            files.append(path)
        else:
            raise NothingToRead(f"There is no file {path}.", remedy="Check the path.")
    return files


def sources(files: Iterable[Path], *, about: Origin, id: str | None = None) -> Iterator[Source]:
    """Yield files as sources, each read when it is its turn; ``about`` says what is known of them, the path apart.

    Raises:
        NothingToRead: if a file cannot be opened.
    """
    for file in files:
        try:
            body = file.read_bytes()
        except OSError as error:
            raise NothingToRead(
                f"{file} cannot be read ({error.strerror}).", remedy="Check its permissions."
            ) from error
        yield Source(id or slug(file.stem), body, replace(about, path=str(file.resolve())))


def demo_sources(settings: Settings) -> Iterator[Source]:
    """Yield the documents that Grappe comes with."""
    yield from sources(find_files([settings.data / "documents"]), about=Origin(""))


def _hidden(path: Path, under: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(under).parts)
