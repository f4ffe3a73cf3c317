"""The index of an authority on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.errors import InputError, StoreCorrupt
from grappe.link.index import COMMON, About, Index, build
from grappe.link.normal import hashed, lookup_key
from grappe.link.records import Name, Record

ABOUT = About("ror", "some.json", "2026-01-01", "CC0-1.0", "2026-01-02")


def record(number: int, *names: str) -> Record:
    return Record(
        "ror",
        f"{number:09}",
        ("Laboratory",),
        tuple(Name(n) for n in names),
        ("dep:91",),
        (("grid", f"grid.{number}"),),
    )


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    full = Record(
        "ror", "1", ("Laboratory", "University"), (Name("Bab cad"), Name("BABCAD", "acronym"), Name("UMR 1", "code")),
        ("city:evry",), (("siren", "2"),), ("ror:3", "Corps"), "withdrawn", "4", (48.5, 2.25),
    )  # fmt: skip
    path = tmp_path / "a" / "i.sqlite"
    assert build(path, [full, record(2, "Plain")], ABOUT) == 2
    index = Index.open(path)
    assert list(index.everything()) == [full, record(2, "Plain")]
    assert (index.about.records, index.about.licence) == (2, "CC0-1.0")
    key = hashed(lookup_key("babcad"))
    assert sorted(index.named([key])[key]) == [(1, "acronym"), (1, "label")]
    assert index.identified("siren", "2") == index.identified("ror", "1") == [1]
    assert index.with_words(["plain", "absent"]) == {2: 1}


def test_a_word_that_many_share_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    build(path, (record(n, f"Institut rare{n}") for n in range(1, COMMON + 3)), ABOUT)
    assert Index.open(path).with_words(["institut", "rare7"]) == {7: 1}


def test_a_file_that_breaks_off_leaves_the_index_that_was(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    build(path, [record(1, "First")], ABOUT)

    def broken() -> Iterator[Record]:
        yield record(2, "Second")
        raise InputError("It breaks off.")

    with pytest.raises(InputError):
        build(path, broken(), ABOUT)
    assert [r.label for r in Index.open(path).everything()] == ["First"]
    assert [p.name for p in tmp_path.iterdir()] == ["i.sqlite"]
    build(path, [record(3, "Third")], ABOUT)
    assert [r.label for r in Index.open(path).everything()] == ["Third"]


@pytest.mark.parametrize("body", [b"", b"no database at all, but long enough to look at" * 50])
def test_what_is_no_index_is_said_to_be_none(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "i.sqlite"
    path.write_bytes(body)
    with pytest.raises(StoreCorrupt, match="cannot be read"):
        Index.open(path)


@given(st.text(alphabet="aeÉç -'.()&+12Xz", min_size=1, max_size=30))
def test_the_key_of_a_name_does_not_depend_on_case_or_spaces(name: str) -> None:
    assert lookup_key(name) == lookup_key(f"  {name} ")
    assert lookup_key(name.replace(" ", "-")) == lookup_key(name.replace(" ", "  ").replace("  ", "-"))
