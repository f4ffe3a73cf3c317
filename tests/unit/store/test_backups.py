"""A home copied, put back and checked."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from grappe.config import Settings
from grappe.errors import InputError
from grappe.store.backups import backup, restore, verify
from grappe.store.generations import generation_folder
from grappe.store.home import Home
from grappe.store.writer import Writer
from tests.conftest import Run
from tests.unit.store.conftest import FACTS, NAMES, Store


def test_a_backup_holds_one_moment_and_is_put_back_while_others_read(documented: Store, tmp_path: Path) -> None:
    documented.update("INSERT DATA { :mine :b :c GRAPH :g { :a :b :c } }")
    (documented.home.path / "judgements.jsonl").write_text("", encoding="utf-8")
    archive = tmp_path / "home.tar"
    number = backup(documented.home, archive, wait=1)
    with pytest.raises(InputError):
        backup(documented.home, archive, wait=1)
    documented.update("DELETE DATA { :mine :b :c } ; DROP GRAPH :g ; INSERT DATA { :later :b :c }")
    documented.state("")
    assert restore(documented.home, archive, wait=1) > number
    assert documented.ask(":mine :b :c . id:p grp:ledBy id:o GRAPH :g { :a :b :c } FILTER NOT EXISTS { :later ?p ?o }")
    documented.update("DELETE DATA { :mine :b :c }")
    assert not documented.ask(":mine :b :c")
    other = Home(tmp_path / "other")
    restore(other, archive, wait=1)
    assert Store(other, documented.schema).ask(":mine :b :c")
    assert not list(documented.home.store.glob("*.tmp")) + list(documented.home.store.glob("backup.*"))


def test_a_damaged_archive_is_refused_and_changes_nothing(documented: Store, tmp_path: Path) -> None:
    archive, whole = tmp_path / "home.tar", tmp_path / "whole.tar"
    backup(documented.home, whole, wait=1)
    body = bytearray(whole.read_bytes())
    with tarfile.open(whole) as members:
        place = next(member.offset_data for member in members if member.name.endswith(".sst"))
    body[place + 100] ^= 1
    for damaged in (bytes(body), bytes(body[: len(body) // 2]), b"no archive"):
        archive.write_bytes(damaged)
        with pytest.raises(InputError):
            restore(documented.home, archive, wait=1)
    documented.state(FACTS + " ; skos:altLabel 'OO'")
    assert documented.ask("id:p grp:ledBy id:o . id:o skos:altLabel 'OO'")


def faults(store: Store) -> list[str]:
    return [fault.message for fault in verify(store.home, names=NAMES, schema=store.schema)]


def test_verify_finds_what_is_wrong_and_nothing_where_all_is_well(documented: Store) -> None:
    documented.update("INSERT DATA { :mine :b :c }")
    assert not faults(documented)

    def spoil(writer: Writer) -> None:
        writer.mark()
        writer.changed = True
        writer.store.update(
            "DELETE WHERE { <https://w3id.org/grappe/id/p> ?p ?o } ;"
            "DELETE WHERE { <https://example.org/mine> ?p ?o } ;"
            "INSERT DATA { GRAPH <https://w3id.org/grappe/graph/inferred> { <x:a> "
            "<https://w3id.org/grappe/ontology#linked> <x:b> } }"
        )

    documented.write(spoil)
    assert len(faults(documented)) == 3
    current = int((documented.home.store / "current").read_text())
    for table in generation_folder(documented.home, current).glob("*.sst"):
        table.unlink()
    assert "cannot be read" in " ".join(faults(documented))


def test_a_write_that_is_under_way_is_no_fault_and_one_that_was_left_is(documented: Store) -> None:
    found: list[list[str]] = []

    def begin(writer: Writer) -> None:
        writer.mark()
        found.append(faults(documented))

    documented.write(begin)
    (documented.home.store / "changing").touch()
    found.append(faults(documented))
    assert found[0] == []
    assert "A write did not end." in " ".join(found[1])


def test_the_verbs(genopole: Settings, run: Run, tmp_path: Path) -> None:
    archive = tmp_path / "home.tar"
    assert run("backup", archive, home=genopole.home).exit_code == 0
    assert run("restore", archive).exit_code == 0
    assert run("verify").exit_code == 0
    assert "00-genopole" in run("list").stdout
    document = tmp_path / "home" / "documents" / "00-genopole" / "original"
    document.chmod(0o644)
    document.unlink()
    document.write_bytes(b"changed")
    result = run("verify")
    assert result.exit_code == 4
    assert "has changed" in result.stdout
