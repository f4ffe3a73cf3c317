"""The index of an authority's file: one SQLite database, built beside the old one and put in its place when whole.

Three tables: ``records`` (what the authority says), ``names`` (hash of a name's key, record, kind of name) and
``words`` (hash of a word, record; not for very large files, which are matched by whole names only). Identifiers are
names of a kind of their own. Names are not kept twice: a hash of 64 bits leads to the record, and the record has the
text.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grappe.errors import StoreCorrupt
from grappe.link.normal import hashed, lookup_key, words
from grappe.link.records import Name, NameKind, Record, Status

__all__ = ["About", "Index", "build"]

#: The layout of the tables; an index of another one is built again from its file.
_LAYOUT = 1
_NAME_KINDS: tuple[NameKind, ...] = ("label", "alias", "acronym", "code")
_IDENTIFIER = 9
_STATES: tuple[Status, ...] = ("active", "inactive", "withdrawn")
#: A file of more records than this has no table of words.
WORDS_UP_TO = 1_000_000
#: A word that more records have than this finds nothing.
COMMON = 60
_BATCH = 20_000
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a loaded file: kind, name, its date, licence, when it was loaded, how many records."""

    kind: str
    file: str
    date: str
    licence: str
    loaded: str
    records: int = 0


def build(
    path: Path, records: Iterable[Record], about: About, *, progress: Callable[[int], None] = lambda _: None
) -> int:
    """Build an index whole or not at all, with bounded memory; return how many records it holds.

    ``progress`` is told, now and then, how many records have been read.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(temporary)) as db:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "temp_store=FILE"):
                db.execute(f"PRAGMA {pragma}")
            db.execute(
                "CREATE TABLE records (n INTEGER PRIMARY KEY, scheme TEXT, id TEXT, state INT, label TEXT, more TEXT)"
            )
            db.execute("CREATE TABLE heap (h INT, n INT, kind INT)")
            db.execute("CREATE TABLE heap_words (h INT, n INT)")
            count = _fill(db, records, progress)
            _order(db)
            db.execute("CREATE TABLE about (layout INT, body TEXT)")
            told = {
                "kind": about.kind,
                "file": about.file,
                "date": about.date,
                "licence": about.licence,
                "loaded": about.loaded,
                "records": count,
            }
            db.execute("INSERT INTO about VALUES (?, ?)", (_LAYOUT, json.dumps(told, ensure_ascii=False)))
            db.commit()
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _fill(db: sqlite3.Connection, records: Iterable[Record], progress: Callable[[int], None]) -> int:
    rows: list[tuple[int, str, str, int, str, str | None]] = []
    names: list[tuple[int, int, int]] = []
    said: list[tuple[int, int]] = []
    number = 0

    def flush() -> None:
        db.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO heap VALUES (?, ?, ?)", names)
        db.executemany("INSERT INTO heap_words VALUES (?, ?)", said)
        for held in (rows, names, said):
            held.clear()
        progress(number)

    for number, record in enumerate(records, 1):
        rows.append(
            (number, record.scheme, record.identifier, _STATES.index(record.status), record.label, _more(record))
        )
        names += [(hashed(lookup_key(name.text)), number, _NAME_KINDS.index(name.kind)) for name in record.names]
        names.append((hashed(f"{record.scheme}:{record.identifier}"), number, _IDENTIFIER))
        names += [(hashed(f"{scheme}:{value}"), number, _IDENTIFIER) for scheme, value in record.identifiers]
        if number <= WORDS_UP_TO:
            said += {(hashed(word), number) for name in record.names for word in words(name.text)}
        if len(rows) >= _BATCH:
            flush()
    flush()
    return number


def _order(db: sqlite3.Connection) -> None:
    db.commit()
    db.execute("CREATE TABLE names (h INT, n INT, kind INT, PRIMARY KEY (h, n, kind)) WITHOUT ROWID")
    db.execute("INSERT OR IGNORE INTO names SELECT h, n, kind FROM heap ORDER BY h, n, kind")
    db.execute("DROP TABLE heap")
    db.execute("CREATE TABLE words (h INT, n INT, PRIMARY KEY (h, n)) WITHOUT ROWID")
    (count,) = db.execute("SELECT count(*) FROM (SELECT 1 FROM records LIMIT ?)", (WORDS_UP_TO + 1,)).fetchone()
    if count <= WORDS_UP_TO:
        db.execute("INSERT OR IGNORE INTO words SELECT h, n FROM heap_words ORDER BY h, n")
    db.execute("DROP TABLE heap_words")
    db.commit()


def _more(record: Record) -> str | None:
    """Return all of a record but its label, status and identifier, as JSON without what is empty."""
    body: dict[str, object] = {}
    if len(record.names) > 1 or record.names[0].kind != "label":
        body["n"] = [[_NAME_KINDS.index(name.kind), name.text] for name in record.names]
    for letter, value in (
        ("k", record.kinds),
        ("p", record.places),
        ("i", record.identifiers),
        ("u", record.parents),
        ("s", record.successor),
        ("g", record.point),
    ):
        if value:
            body[letter] = value
    return _ENCODED(body) if body else None


@dataclass(slots=True, eq=False)
class Index:
    """An index that is open for reading; any number of processes may read one file."""

    path: Path
    about: About
    has_words: bool
    _db: sqlite3.Connection = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Index:
        """Open an index.

        Raises:
            StoreCorrupt: if the file is none, or of another layout.
        """
        try:
            db = sqlite3.connect(
                f"file:{path.resolve().as_posix()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            db.execute("PRAGMA cache_size=-32768")
            layout, body = db.execute("SELECT layout, body FROM about").fetchone()
            if layout != _LAYOUT:
                raise ValueError(layout)
            has_words = db.execute("SELECT 1 FROM words LIMIT 1").fetchone() is not None
            return cls(path, About(**json.loads(body)), has_words, db)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise StoreCorrupt(
                f"The index {path} cannot be read.", remedy="Load its file again with 'grappe authority add'."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def named(self, keys: Sequence[int]) -> dict[int, list[tuple[int, NameKind]]]:
        """Return, for each hash of a name's key, the records that have the name, and as what kind of name."""
        found: dict[int, list[tuple[int, NameKind]]] = {}
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ",".join("?" * len(some))
            query = f"SELECT h, n, kind FROM names WHERE h IN ({marks}) AND kind < {_IDENTIFIER}"  # noqa: S608
            for h, n, kind in self._db.execute(query, some):
                found.setdefault(h, []).append((n, _NAME_KINDS[kind]))
        return found

    def identified(self, scheme: str, identifier: str) -> list[int]:
        """Return the records that have an identifier, as their own or as one of the same thing."""
        key = hashed(f"{scheme}:{identifier}")
        return [n for (n,) in self._db.execute("SELECT n FROM names WHERE h = ? AND kind = ?", (key, _IDENTIFIER))]

    def with_words(self, said: Iterable[str]) -> dict[int, int]:
        """Return the records that share rare words with these, and how many of them."""
        found: dict[int, int] = {}
        if self.has_words:
            for word in said:
                rows = self._db.execute(
                    "SELECT n FROM words WHERE h = ? LIMIT ?", (hashed(word), COMMON + 1)
                ).fetchall()
                if len(rows) <= COMMON:
                    for (n,) in rows:
                        found[n] = found.get(n, 0) + 1
        return found

    def records(self, numbers: Iterable[int]) -> dict[int, Record]:
        """Return records by their numbers."""
        wanted = list(dict.fromkeys(numbers))
        found: dict[int, Record] = {}
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            marks = ",".join("?" * len(some))
            query = f"SELECT n, scheme, id, state, label, more FROM records WHERE n IN ({marks})"  # noqa: S608
            for n, *row in self._db.execute(query, some):
                found[n] = _record(*row)
        return found

    def everything(self) -> Iterator[Record]:
        """Yield all records."""
        for row in self._db.execute("SELECT scheme, id, state, label, more FROM records ORDER BY n"):
            yield _record(*row)


def _record(scheme: str, identifier: str, state: int, label: str, more: str | None) -> Record:
    body = json.loads(more) if more else {}
    names = tuple(Name(text, _NAME_KINDS[kind]) for kind, text in body["n"]) if "n" in body else (Name(label),)
    return Record(
        scheme,
        identifier,
        tuple(body.get("k", ())),
        names,
        tuple(body.get("p", ())),
        tuple((a, b) for a, b in body.get("i", ())),
        tuple(body.get("u", ())),
        _STATES[state],
        body.get("s"),
        tuple(body["g"]) if "g" in body else None,
    )
