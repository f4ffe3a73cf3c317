"""A home copied while it is served, put back, and checked."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from grappe.errors import InputError, StoreBusy, StoreCorrupt
from grappe.iri import Names
from grappe.ontology import Schema
from grappe.store.derive import Base, is_base
from grappe.store.generations import (
    beside_folder,
    copy_store,
    current_number,
    generation_folder,
    make_generation,
    open_generation,
    own_folder,
    remove_unused,
)
from grappe.store.home import Home, disk_errors
from grappe.store.lock import exclusive

__all__ = ["Fault", "backup", "restore", "verify"]

_MANIFEST = "manifest.json"


def backup(home: Home, target: Path, *, wait: float) -> int:
    """Copy a home into an archive (tar), from one moment, while it is served and written; return its generation.

    The writer's lock is held only while the originals and the facts are linked aside; the generation does not change.

    Raises:
        StoreError: if nothing has been built.
        InputError: if the target is there already.
    """
    if target.exists():
        raise InputError(f"{target} is there already.", remedy="Name another file, or remove it.")
    aside = home.store / f"backup.{os.getpid()}"
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with disk_errors(target):
            with exclusive(home.store / "lock", wait=wait), open_generation(home) as generation:
                number = generation.number
                copy_store(generation_folder(home, number), aside / "store")
                if beside_folder(home, number).is_dir():
                    copy_store(beside_folder(home, number), aside / "own")
                for path in _entries(home.path):
                    _link(path, aside / "home" / path.name)
            digests: dict[str, str] = {}
            with temporary.open("wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
                for path in _files(aside):
                    name = path.relative_to(aside).as_posix()
                    digests[name] = _digest(path)
                    archive.add(path, arcname=name, recursive=False)
                manifest = json.dumps({"generation": number, "files": digests}, indent=1, sort_keys=True).encode()
                entry = tarfile.TarInfo(_MANIFEST)
                entry.size = len(manifest)
                archive.addfile(entry, io.BytesIO(manifest))
                archive.close()
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
            return number
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        temporary.unlink(missing_ok=True)


def restore(home: Home, source: Path, *, wait: float) -> int:
    """Put a home back from an archive, while it is served: readers move to it as they move to any new generation.

    Nothing is changed before the whole archive has been read and found whole.

    Returns:
        The number of the generation that is current then.

    Raises:
        InputError: if the archive is not one of :func:`backup`'s, or not whole.
    """
    home.store.mkdir(parents=True, exist_ok=True)
    aside = home.store / f"restore.{os.getpid()}"
    try:
        with disk_errors(home.store):
            _unpack(source, aside)
            with exclusive(home.store / "lock", wait=wait):
                home.changing.touch()
                _replace(aside / "store", home.store / "primary")
                _replace(aside / "own", own_folder(home))
                for name in {path.name for path in (*_entries(home.path), *_entries(aside / "home"))}:
                    _replace(aside / "home" / name, home.path / name)
                primary = ox.Store(str(home.store / "primary"))
                own = ox.Store(str(own_folder(home))) if own_folder(home).is_dir() else None
                number = make_generation(home, primary, beside=own)
                del primary, own
                home.changing.unlink(missing_ok=True)
                remove_unused(home)
            return number
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something of a home that is not as it should be, and what to do about it."""

    message: str
    remedy: str


def _left_behind(home: Home) -> bool:
    """Return whether a write has not ended, and nobody is at it."""
    if not home.changing.exists():
        return False
    try:
        with exclusive(home.store / "lock", wait=0):
            return home.changing.exists()
    except StoreBusy:
        return False


def verify(home: Home, *, names: Names, schema: Schema) -> Iterator[Fault]:
    """Check a home, while it is served: its files, the current generation, and that what is derived follows.

    Raises:
        StoreError: if nothing has been built.
    """
    for id in home.ids():
        try:
            kept = home.load(id)
            if hashlib.sha256(kept.document.body).hexdigest() != kept.document.sha256:
                yield Fault(f"The original of '{id}' has changed.", f"Put it back from a backup, or add '{id}' again.")
        except StoreCorrupt as error:
            yield Fault(error.message, error.remedy)
    if _left_behind(home):
        yield Fault(
            "A write did not end.", "The next write puts the primary back by itself; nothing that counts is lost."
        )
    try:
        with open_generation(home) as generation:
            yield from _verify_store(home, generation.store, generation.number, names, schema)
    except (OSError, RuntimeError) as error:
        yield Fault(
            f"The generation {current_number(home)} cannot be read ({error}).",
            "Restore a backup, or delete the folder 'store' of the home and run 'grappe rebuild'.",
        )


def _verify_store(home: Home, store: ox.Store, number: int, names: Names, schema: Schema) -> Iterator[Fault]:
    base = Base.of(names)
    graphs = {g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)}
    if names.graph("ontology") not in graphs:
        return  # a plain store: nothing is derived
    rebuild = "Run 'grappe rebuild'."
    for id in home.ids():
        if home.facts(id).is_file() and home.facts(id).stat().st_size and names.facts_graph(id) not in graphs:
            yield Fault(f"The store lacks the document '{id}'.", rebuild)
    default, missing = ox.DefaultGraph(), 0
    inferred = base.inferred
    for quad in store.quads_for_pattern(None, None, None, None):
        if not is_base(quad.graph_name, base) or isinstance(quad.subject, ox.Triple):
            continue
        triple = (quad.subject, quad.predicate, quad.object)
        named = quad.predicate.value.endswith(("#label", "#altLabel"))
        if not named and ox.Quad(*triple, default) not in store:
            missing += 1
        missing += sum(ox.Quad(*conclusion, inferred) not in store for conclusion in schema.entail(triple))
    if missing:
        yield Fault(f"The default graph or the inferred graph lacks {missing} triples that follow.", rebuild)
    extra = sum(
        1
        for quad in store.quads_for_pattern(None, None, None, inferred)
        if not isinstance(quad.subject, ox.Triple)
        and not any(
            is_base(q.graph_name, base)
            for premise in schema.premises((quad.subject, quad.predicate, quad.object))
            for q in store.quads_for_pattern(*premise, None)
        )
    )
    if extra:
        yield Fault(f"The inferred graph holds {extra} triples that follow from nothing.", rebuild)
    if beside_folder(home, number).is_dir():
        own = ox.Store.read_only(str(beside_folder(home, number)))
        lost = sum(quad not in store for quad in own.quads_for_pattern(None, None, None, default))
        if lost:
            yield Fault(f"The default graph lacks {lost} triples that users wrote.", "Restore a backup.")


def _entries(folder: Path) -> list[Path]:
    """Return what a home keeps beside the store."""
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path.name != "store" and path.suffix != ".lock"]


def _link(source: Path, target: Path) -> None:
    """Copy a file or folder by links: what is kept is replaced, never changed in place."""
    if source.is_dir():
        for path in _files(source):
            _link(path, target / path.relative_to(source))
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".jsonl" and source.parent.name != "facts":
            shutil.copy2(source, target)  # the ledger is appended to
            return
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(source: Path, aside: Path) -> None:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(aside, filter="data")
        manifest = json.loads((aside / _MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
        whole = all(_digest(aside / name) == digest for name, digest in files.items())
    except FileNotFoundError as error:
        raise InputError(
            f"{source} is not there, or not whole.", remedy="Check the path, or take another backup."
        ) from error
    except (tarfile.TarError, ValueError, KeyError, OSError) as error:
        raise InputError(f"{source} is no backup of Grappe's ({error}).", remedy="Take another one.") from error
    if not whole:
        raise InputError(f"{source} is damaged.", remedy="Take another backup.")
    (aside / _MANIFEST).unlink()


def _replace(source: Path, target: Path) -> None:
    """Put a file or folder in another's place; where there is none to put, the other is removed."""
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    if source.exists():
        source.replace(target)
