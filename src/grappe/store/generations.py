"""Generations: immutable copies of the store for reading, one of them current.

``store/generations/N/`` is never written after it is made (hard links to the primary's files, so a copy costs a few
milliseconds); ``store/current`` names the one to read and is replaced by renaming. A reader holds a shared lock on
``store/generations/N.lock`` while it reads; a generation that is not current and that nobody holds is removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from grappe.errors import StoreError
from grappe.store.home import Home, disk_errors, write_atomically
from grappe.store.lock import shared, unused

__all__ = [
    "Generation",
    "beside_folder",
    "copy_store",
    "current_number",
    "generation_folder",
    "make_generation",
    "open_generation",
    "own_folder",
    "remove_unused",
]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is open for reading."""

    number: int
    path: Path
    store: ox.Store


def generation_folder(home: Home, number: int) -> Path:
    """Return the folder of a generation."""
    return home.store / "generations" / f"{number:06d}"


def beside_folder(home: Home, number: int) -> Path:
    """Return the folder that says what of a generation is users' own; there may be none."""
    return home.store / "generations" / f"{number:06d}.own"


def own_folder(home: Home) -> Path:
    """Return the folder that says what of the primary is users' own; there may be none."""
    return home.store / "own"


def copy_store(source: Path, target: Path) -> None:
    """Copy a store that nobody writes. Its tables never change once they are made, so they are linked, not copied."""

    def copy(one: str, other: str) -> str:
        if one.endswith(".sst"):
            try:
                os.link(one, other)
            except OSError:  # another file system, or one without links
                shutil.copy2(one, other)
            return other
        return shutil.copy2(one, other)

    shutil.copytree(source, target, copy_function=copy)


def _lock(home: Home, number: int) -> Path:
    return home.store / "generations" / f"{number:06d}.lock"


def current_number(home: Home) -> int | None:
    """Return the number of the generation to read, or None where nothing has been built."""
    try:
        return int((home.store / "current").read_text(encoding="ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextlib.contextmanager
def open_generation(home: Home) -> Iterator[Generation]:
    """Open the current generation for reading and hold it until the block ends.

    Raises:
        StoreError: if nothing has been built in this home.
    """
    for _ in range(20):  # a generation may be removed between reading its number and holding it
        number = current_number(home)
        if number is None:
            raise StoreError(
                f"There is no graph in {home.path} yet.",
                remedy="Run 'grappe add PATH' first, or name another folder with --home.",
            )
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(shared(_lock(home, number)))
            except FileNotFoundError:
                continue
            if not generation_folder(home, number).is_dir():
                continue
            yield Generation(
                number, generation_folder(home, number), ox.Store.read_only(str(generation_folder(home, number)))
            )
            return
    raise StoreError(
        f"The graph in {home.path} is being replaced too fast to be read.", remedy="Run the command again."
    )


def make_generation(home: Home, primary: ox.Store, *, beside: ox.Store | None = None) -> int:
    """Copy the primary, and what says which of it is users', into the next generation; make it current.

    Returns:
        Its number.
    """
    number = (current_number(home) or 0) + 1
    folder = generation_folder(home, number)
    with disk_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        for copy, store in ((folder, primary), (beside_folder(home, number), beside)):
            shutil.rmtree(copy, ignore_errors=True)
            if store is not None:
                store.backup(str(copy))
        _lock(home, number).touch()
    write_atomically(home.store / "current", f"{number}\n".encode("ascii"))
    for changed in (folder.parent, home.store):  # their entries too survive a loss of power
        descriptor = os.open(changed, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return number


def remove_unused(home: Home) -> None:
    """Remove the generations that are not current and that nobody reads."""
    keep = current_number(home)
    for folder in (home.store / "generations").glob("[0-9]" * 6):
        number = int(folder.name)
        if number != keep and unused(_lock(home, number)):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(beside_folder(home, number), ignore_errors=True)
            _lock(home, number).unlink(missing_ok=True)
