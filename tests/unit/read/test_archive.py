"""Archives: the documents in them, and bombs."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from grappe.errors import NothingToRead
from grappe.model import Origin
from grappe.pipeline import find_files, sources
from grappe.read import ENDINGS, members

FILES = {"a/un.txt": b"Un.", "b/deux.txt": b"Deux.", "b/image.png": b"x", "__MACOSX/un.txt": b"x", ".cache/z.txt": b"x"}


def make(path: Path, files: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in files.items():
                archive.writestr(name, body)
        return path
    with tarfile.open(path, "w:gz") as tar:
        for name, body in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            tar.addfile(entry, io.BytesIO(body))
    return path


@pytest.mark.parametrize("name", ["lot.zip", "lot.tar.gz", "lot.tgz"])
def test_an_archive_gives_the_documents_in_it(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name, FILES)
    assert {m.name: m.body for m in members(path, endings=ENDINGS)} == {"a/un.txt": b"Un.", "b/deux.txt": b"Deux."}


def test_documents_in_archives_in_folders_are_sources(tmp_path: Path) -> None:
    make(tmp_path / "lot.zip", FILES)
    (tmp_path / "trois.txt").write_bytes(b"Trois.")
    given = [*sources(find_files([tmp_path]), about=Origin(""))]
    assert [source.id for source in given] == ["un", "deux", "trois"]
    assert given[0].origin.path == f"{tmp_path.resolve()}/lot.zip/a/un.txt"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = make(tmp_path / "bombe.zip", {"zero.txt": b"\0" * 300_000_000})
    with pytest.raises(NothingToRead, match="unpacks to more"):
        list(members(path, endings=ENDINGS))


@pytest.mark.parametrize("body", [b"PK\x03\x04 not an archive", b"", b"\x1f\x8b\x08nothing"])
def test_a_damaged_archive_is_a_source_that_says_so_and_stops_nothing(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "casse.zip").write_bytes(body)
    (tmp_path / "un.txt").write_bytes(b"Un.")
    given = [*sources(find_files([tmp_path]), about=Origin(""))]
    assert [source.error is None for source in given] == [False, True]
