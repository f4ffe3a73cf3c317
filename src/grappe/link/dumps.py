"""Dumps as they are published: plain, gzipped or zipped; CSV, JSON, Parquet; read piece by piece, never whole."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from grappe.errors import InputError

__all__ = ["Dump", "bad"]

_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson")
_PIECE = 1 << 20
#: No field of the dumps is longer; a longer one means that a quotation mark does not end.
_LONGEST = 1_000_000


def bad(path: Path, why: str, *, remedy: str) -> InputError:
    """Return the error for a file that cannot be used."""
    return InputError(f"{path.name} {why}.", remedy=remedy)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file to load; ``member`` chooses one file of a zip by a part of its name, otherwise the largest is read."""

    path: Path
    member: str = ""

    def size(self) -> int:
        """Return the bytes of the file."""
        return self.path.stat().st_size

    @contextlib.contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the bytes, unpacked.

        Raises:
            InputError: if the file is absent, is empty or is a broken archive.
        """
        path = self.path
        try:
            if path.stat().st_size == 0:
                raise bad(path, "is empty", remedy="Download it again.")
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive, archive.open(self._chosen(archive)) as stream:
                    yield stream
            elif path.suffix == ".gz":
                with gzip.open(path) as unpacked:
                    yield unpacked  # type: ignore[misc]
            else:
                with path.open("rb") as plain:
                    yield plain
        except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, NotImplementedError) as error:
            raise bad(path, f"is a broken archive ({error})", remedy="Download it again.") from error
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}).", remedy="Check the path.") from error

    def _chosen(self, archive: zipfile.ZipFile) -> str:
        held = [i for i in archive.infolist() if i.filename.casefold().endswith(_ENDINGS)]
        held = [i for i in held if not Path(i.filename).name.startswith(("readme", "."))]
        if not held:
            raise bad(self.path, "holds no CSV, TSV or JSON file", remedy="Give the archive as it was published.")
        # ROR's releases hold the same records twice; JSON says more than CSV.
        best = max(
            held, key=lambda i: (bool(self.member) and self.member in i.filename, "json" in i.filename, i.file_size)
        )
        return best.filename

    @contextlib.contextmanager
    def text(self) -> Iterator[IO[str]]:
        """Open the text (UTF-8, with or without a byte order mark)."""
        with self.open() as stream:
            wrapped = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            try:
                yield wrapped
            except UnicodeDecodeError as error:
                remedy = "Give the file as it was published, in UTF-8."
                raise bad(self.path, f"is no text in UTF-8 (byte {error.start})", remedy=remedy) from error
            finally:
                with contextlib.suppress(ValueError):
                    wrapped.detach()

    def is_parquet(self) -> bool:
        """Return whether the file is Parquet."""
        try:
            with self.path.open("rb") as file:
                return file.read(4) == b"PAR1"
        except OSError as error:
            raise InputError(f"{self.path} cannot be read ({error.strerror}).", remedy="Check the path.") from error

    def header(self) -> tuple[str, ...]:
        """Return the columns of a CSV or Parquet file, none of another."""
        if self.is_parquet():
            return tuple(_parquet_columns(self.path))
        with self.text() as file:
            first = file.readline(_PIECE)
        return () if first.lstrip().startswith(("{", "[")) else tuple(next(csv.reader([first], delimiter=_cut(first))))

    def rows(self, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the values of columns, row by row; a column that the file lacks is empty.

        Raises:
            InputError: if a row cannot be read.
        """
        if self.is_parquet():
            yield from _parquet_rows(self.path, columns)
            return
        csv.field_size_limit(_LONGEST)
        with self.text() as file:
            first = file.readline(_PIECE)
            cut = _cut(first)
            names = {name.strip(): place for place, name in enumerate(next(csv.reader([first], delimiter=cut), []))}
            places = [names.get(column, -1) for column in columns]
            width = max(places) + 1
            reader = csv.reader(file, delimiter=cut)
            try:
                for row in reader:
                    if len(row) >= width:
                        yield tuple([row[place] if place >= 0 else "" for place in places])
                    elif row:
                        raise bad(
                            self.path,
                            f"breaks off in line {reader.line_num + 1}",
                            remedy="Download it again; it may be incomplete.",
                        )
            except csv.Error as error:
                why = f"is no CSV in line {reader.line_num + 1} ({error})"
                raise bad(self.path, why, remedy="Give the file as it was published.") from error

    def lines(self) -> Iterator[list[str]]:
        """Yield the fields of a file of tab-separated lines without header or quotation marks."""
        with self.text() as file:
            for line in file:
                yield line.rstrip("\r\n").split("\t")

    def objects(self) -> Iterator[dict[str, Any]]:
        """Yield the objects of a JSON array, of JSON Lines, or the one object of a file.

        Raises:
            InputError: if it is no JSON.
        """
        decoder, held, at, step = json.JSONDecoder(), "", 0, _PIECE
        with self.text() as file:
            while piece := file.read(step):
                # One large object is not tried again for each small piece of it.
                step = _PIECE if at else 2 * step
                held, at = held[at:] + piece, 0
                while True:
                    start = _past_blanks(held, at)
                    try:
                        value, at = decoder.raw_decode(held, start)
                    except json.JSONDecodeError:
                        break
                    if isinstance(value, dict):
                        yield value
        if held[at:].strip(" \t\r\n,[]"):
            raise bad(self.path, "is no JSON, or breaks off", remedy="Download it again; it may be incomplete.")


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,[]":
        at += 1
    return at


def _cut(header: str) -> str:
    return max(",;\t", key=header.count)


def _parquet_columns(path: Path) -> list[str]:
    import duckdb

    try:
        with duckdb.connect() as engine:
            return [
                str(row[0]) for row in engine.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            ]
    except duckdb.Error as error:
        raise bad(path, "is no whole Parquet file", remedy="Download it again.") from error


def _parquet_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    import duckdb

    held = set(_parquet_columns(path))
    chosen = ", ".join(f"coalesce(CAST(\"{column}\" AS VARCHAR), '')" if column in held else "''" for column in columns)
    try:
        with duckdb.connect(config={"memory_limit": "512MB", "threads": 2}) as engine:
            # The names of columns are the program's own; the path is a parameter.
            found = engine.execute(f"SELECT {chosen} FROM read_parquet(?)", [str(path)])  # noqa: S608
            while rows := found.fetchmany(10_000):
                yield from rows
    except duckdb.Error as error:
        raise bad(path, "is no whole Parquet file", remedy="Download it again.") from error
