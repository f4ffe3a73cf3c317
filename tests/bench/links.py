"""Matching 10,000 things against the French records of ROR and a register of the size of Sirene.

    python -m tests.bench.links FOLDER [--rows 30000000] [--ror ror_fr.csv]

builds the generated register in FOLDER if it is not there, and prints the rate, the memory and the sizes, in seconds of
the clock and of the processor (on a machine that does other things the two differ). Its first half million of units is
loaded as any register is, with names of French-like words, a tenth of which ten units share; the rest is written by
SQL, as the same rows under names that nobody bears, so that the index has the size of the whole. Half of the things are
units of the register as texts write them, a third laboratories of ROR, the rest nobody's.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import resource
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from grappe.config import resources
from grappe.link.authorities import ror
from grappe.link.dumps import Dump
from grappe.link.index import About, Index, build
from grappe.link.match import Matcher
from grappe.link.profile import Profile
from grappe.link.records import Name, Record, Status
from grappe.link.territories import Territories

THINGS = 10_000
LOADED = 500_000
_HEADS = (
    "société",
    "atelier",
    "groupe",
    "cabinet",
    "maison",
    "boulangerie",
    "transports",
    "garage",
    "conseil",
    "institut",
)


def words(number: int) -> list[str]:
    draw = random.Random(1)
    syllables = [
        "ba",
        "cor",
        "den",
        "fil",
        "gra",
        "lo",
        "mar",
        "nic",
        "or",
        "pel",
        "ri",
        "sol",
        "tan",
        "ver",
        "zel",
        "au",
        "bio",
        "tech",
    ]
    return ["".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(number)]


def name(number: int, vocabulary: list[str]) -> str:
    """Return the name of a unit: the same number gives the same name."""
    state = (number if number % 10 else number // 100) * 2_654_435_761 % 2**61
    parts = []
    for _ in range(1 + state % 3):
        state = state * 6_364_136_223_846_793_005 % 2**61
        parts.append(vocabulary[(state >> 20) % len(vocabulary)])
    head = (_HEADS[state % len(_HEADS)],) if state % 5 < 2 else ()
    return " ".join((*head, *parts)).upper()


def units(rows: int) -> Iterator[Record]:
    vocabulary = words(60_000)
    for number in range(rows):
        kinds = ("Company", "Cluster") if number % 9 else ("NonProfit", "Cluster", "ResearchNetwork")
        state: Status = "inactive" if number % 3 == 0 else "active"
        yield Record("siren", f"{number:09}", kinds, (Name(name(number, vocabulary)),), status=state)


def fill_up(stock: Path, held: int, rows: int) -> None:
    """Bring an index to a number of rows, under names that nobody bears; one as large has no table of words."""
    with contextlib.closing(sqlite3.connect(stock)) as db:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144", "temp_store=FILE"):
            db.execute(f"PRAGMA {pragma}")
        numbers = f"WITH RECURSIVE s(n) AS (SELECT {held + 1} UNION ALL SELECT n + 1 FROM s WHERE n < {rows})"
        said = """'siren', printf('%09d', n), 0, hex(randomblob(10)), '{"k":["Company","Cluster"]}'"""
        db.execute(f"INSERT INTO records {numbers} SELECT n, {said} FROM s")
        db.execute("ALTER TABLE names RENAME TO loaded")
        db.execute("CREATE TABLE names (h INT, n INT, kind INT, PRIMARY KEY (h, n, kind)) WITHOUT ROWID")
        parts = ["SELECT h, n, kind FROM loaded", *(f"SELECT random(), n, {kind} FROM s" for kind in (0, 9))]
        db.execute(f"INSERT INTO names {numbers} SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY 1, 2, 3")
        db.execute("DROP TABLE loaded")
        db.execute("DELETE FROM words")
        db.commit()


def laboratories(file: Path | None) -> list[Record]:
    """Return the records of ROR, or as many made up ones."""
    if file is not None:
        return [r for r in ror.records(Dump(file)) if r.status == "active"]
    vocabulary, draw = words(5_000), random.Random(2)
    made = []
    for number in range(6_000):
        label = f"Laboratoire de {' et '.join(draw.choices(vocabulary, k=3))}"
        names = (Name(label), Name("".join(w[0] for w in label.split()).upper() + str(number % 7), "acronym"))
        made.append(
            Record("ror", f"{number:09}", ("Laboratory", "ResearchOrganization"), names, ("city:paris", "region:11"))
        )
    return made


def things(rows: int, labs: list[Record]) -> list[Profile]:
    draw, vocabulary, found = random.Random(3), words(60_000), []
    for number in range(THINGS):
        if number % 6 < 3:
            unit = name(draw.randrange(rows), vocabulary).title()
            found.append(
                Profile(
                    f"organization/{number}",
                    "Company",
                    (unit, f"la société {unit}"),
                    places=frozenset({"dep:91", "region:11"}),
                )
            )
        elif number % 6 < 5:
            lab = draw.choice(labs)
            forms = tuple(dict.fromkeys(n.text for n in lab.names[:2]))
            found.append(Profile(f"organization/{number}", "Laboratory", forms, places=frozenset(lab.places)))
        else:
            nobody = " ".join(draw.choices(vocabulary, k=3)).title()
            found.append(Profile(f"organization/{number}", "Laboratory", (f"Laboratoire {nobody}",)))
    return found


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("folder", type=Path)
    given.add_argument("--rows", type=int, default=300_000)
    given.add_argument("--ror", type=Path)
    options = given.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    stock = options.folder / f"sirene-{options.rows}.sqlite"
    if not stock.is_file():
        clock, processor = time.monotonic(), time.process_time()
        whole = About("sirene", "generated", "", "", "")
        count = build(stock, units(min(LOADED, options.rows)), whole)
        clock, processor = time.monotonic() - clock, time.process_time() - processor
        print(f"loaded {count:,} units in {clock:.0f} s ({processor:.0f} s of a processor), {peak()} MiB")
        if options.rows > count:
            fill_up(stock, count, options.rows)
            print(f"filled up to {options.rows:,} rows, {peak()} MiB")
    labs = laboratories(options.ror)
    build(options.folder / "ror.sqlite", labs, About("ror", "", "", "", ""))
    indexes = [Index.open(options.folder / "ror.sqlite"), Index.open(stock)]
    matcher = Matcher(indexes, Territories.load(resources() / "data"), About("gazetteer", "", "", "", ""))
    every = things(min(LOADED, options.rows), labs)
    clock, processor = time.monotonic(), time.process_time()
    found = [matcher.match(profile) for profile in every]
    clock, processor = time.monotonic() - clock, time.process_time() - processor
    accepted = sum(p.outcome == "accepted" for proposals in found for p in proposals)
    left = sum(p.outcome == "open" for proposals in found for p in proposals)
    rates = f"{THINGS / clock:,.0f}/s; {THINGS / processor:,.0f} for a second of a processor"
    print(f"matched {THINGS:,} things in {clock:.1f} s: {rates}; {accepted:,} accepted, {left:,} open")
    print(
        f"register: {options.rows:,} rows, {stock.stat().st_size / 2**20:,.0f} MiB on disk; ROR: {len(labs):,} records"
    )
    print(f"peak memory: {peak()} MiB")


def peak() -> int:
    """Return the most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
