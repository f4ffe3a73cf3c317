"""The folder that holds one graph: originals, facts, the ledger, the store.

::

    documents/ID/original      the bytes as they came
    documents/ID/document.json path, source address, licence, retrieved, checksum, media type, extractor
    facts/ID.jsonl             what the document states
    suppression.key            what names of suppressed people are known by (only where somebody was suppressed)
    judgements.jsonl           the ledger: decisions on identity and on single facts, one a line, only ever appended
    links.jsonl                what registers say of the things that are linked (see :mod:`grappe.store.targets`)
    authorities/               indexes of registers
    store/                     primary, generations, current, lock (see :mod:`grappe.store.generations`)
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from grappe.errors import StoreCorrupt, StoreError, StoreFull
from grappe.model import Document, Origin

__all__ = ["Home", "Kept", "disk_errors", "stamp", "write_atomically"]


#: What the operating system, and the engine in its words, say of a disk that takes no more.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_WORDS = ("No space left", "File too large", "quota exceeded")


@contextlib.contextmanager
def disk_errors(what: Path) -> Iterator[None]:
    """Turn what is said of a full or forbidden disk into Grappe's errors."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or any(words in str(error) for words in _FULL_WORDS):
            raise StoreFull(
                f"The disk is full: {what} could not be written.",
                remedy="Free some space and run the command again; nothing was lost.",
            ) from error
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM) or "Permission denied" in str(error):
            raise StoreError(
                f"{what} may not be written.", remedy="Choose another folder with --home, or change its permissions."
            ) from error
        raise


def stamp(file: Path) -> tuple[int, int, int]:
    """Return what differs once a file has been written, or another stands in its place; zeros where there is none."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_mtime_ns, status.st_size


def write_atomically(path: Path, body: bytes, *, mode: int | None = None) -> None:
    """Write a file whole or not at all: beside it, synced, then renamed over it; ``mode`` says who may read it."""
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            with temporary.open("wb") as file:
                if mode is not None:
                    temporary.chmod(mode)
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the home keeps it: the original, where it came from, and what extracted its facts."""

    document: Document
    origin: Origin
    extractor: str


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one graph."""

    path: Path

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.path / "store"

    def facts(self, id: str) -> Path:
        """Return the file of a document's facts."""
        return self.path / "facts" / f"{id}.jsonl"

    def _folder(self, id: str) -> Path:
        return self.path / "documents" / id

    def ids(self) -> tuple[str, ...]:
        """Return the identifiers of the documents kept, in order."""
        folder = self.path / "documents"
        return (
            tuple(sorted(p.name for p in folder.iterdir() if (p / "document.json").is_file()))
            if folder.is_dir()
            else ()
        )

    def has(self, id: str) -> bool:
        """Return whether a document is kept."""
        return (self._folder(id) / "document.json").is_file()

    def load(self, id: str) -> Kept:
        """Return a document that is kept.

        Raises:
            StoreCorrupt: if its record or its original cannot be read back.
        """
        folder = self._folder(id)
        try:
            record = json.loads((folder / "document.json").read_text(encoding="utf-8"))
            body = (folder / "original").read_bytes()
            origin = Origin(**record["origin"])
            return Kept(Document(id, record["sha256"], record["media_type"], body), origin, record["extractor"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreCorrupt(
                f"{folder} cannot be read back.",
                remedy="Put the folder back from a copy, or delete it and add the document again.",
            ) from error

    def keep(self, kept: Kept) -> None:
        """Keep a document's original and record; replaces what was kept under its identifier."""
        document = kept.document
        record = {
            "extractor": kept.extractor,
            "media_type": document.media_type,
            "origin": asdict(kept.origin),
            "sha256": document.sha256,
        }
        folder = self._folder(document.id)
        original = folder / "original"
        if not original.is_file() or original.read_bytes() != document.body:
            write_atomically(original, document.body)
        write_atomically(
            folder / "document.json", json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
        )

    def forget(self, id: str) -> None:
        """Remove a document's original, record and facts."""
        shutil.rmtree(self._folder(id), ignore_errors=True)
        self.facts(id).unlink(missing_ok=True)

    @property
    def ledger(self) -> Path:
        """The file of the ledger (see :mod:`grappe.store.ledger`)."""
        return self.path / "judgements.jsonl"

    @property
    def targets(self) -> Path:
        """The file of what registers say (see :mod:`grappe.store.targets`)."""
        return self.path / "links.jsonl"

    @property
    def changing(self) -> Path:
        """The file that stands while a write is under way."""
        return self.store / "changing"
