"""Writes the test set of links: ``python -m tests.links.make_cases FOLDER [SEED] > tests/links/cases.csv``.

FOLDER holds excerpts of ROR, RNSR, INSEE's COG and of lists with a SIREN. Records are drawn at random (by the seed, so
that the same folder gives the same cases), and their names are written as texts write them. A near-miss is a name that
is close to a record's and is another thing; its ``expected`` is empty. Nothing here looks at how Grappe matches.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grappe.config import resources
from grappe.iri import fold
from grappe.link.authorities import cog, rnsr, ror, sirene
from grappe.link.dumps import Dump
from grappe.link.records import Record
from grappe.link.territories import Territories

COLUMNS = ("scheme", "kind", "names", "place", "parent", "expected", "how")
#: Towns of several regions, to state that something lies elsewhere.
TOWNS = ("Brest", "Limoges", "Dunkerque", "Perpignan", "Mulhouse", "Ajaccio", "Bourges", "Valence", "Troyes", "Pau")


@dataclass(frozen=True, slots=True)
class Case:
    """A thing as a text names it, and the record that it is, if any. Names and places are parted by ``|``."""

    scheme: str
    kind: str
    names: str
    place: str
    parent: str
    expected: str
    how: str


def main(folder: Path, seed: int) -> None:
    draw = random.Random(seed)
    held = {
        "ror": [*ror.records(Dump(folder / "ror_fr.csv"))],
        "rnsr": [*rnsr.records(Dump(folder / "rnsr_structures_2022.csv"))],
        "cog": [
            *cog.records(Dump(folder / "cog_communes_idf.csv")),
            *cog.records(Dump(folder / "cog_departements.csv")),
        ],
        "siren": [*sirene.records(Dump(folder / "inov_laureats.csv"))],
    }
    cases = [*organizations("ror", held["ror"], draw), *organizations("rnsr", held["rnsr"], draw)]
    cases += [*companies(held["siren"], draw), *territories(held["cog"], draw), *withdrawn(held["ror"], draw)]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for case in dict.fromkeys(cases):
        out.writerow((case.scheme, case.kind, case.names, case.place, case.parent, case.expected, case.how))


def organizations(scheme: str, records: list[Record], draw: random.Random) -> Iterator[Case]:
    """Yield cases of laboratories, universities, hospitals … of one register."""
    parents = {f"{r.scheme}:{r.identifier}": r.label for r in records}
    labels = Counter(fold(n.text) for r in records for n in r.names if n.kind == "label")
    taken = {fold(n.text) for r in records for n in r.names}
    acronyms: dict[str, set[str]] = {}
    for r in records:
        for n in r.names:
            if n.kind == "acronym":
                acronyms.setdefault(fold(n.text), set()).add(r.identifier)
    # A long name that is one record's, and that a text could write whole.
    good = [
        r for r in records
        if r.status == "active" and french(r.label) and labels[fold(r.label)] == 1 and 15 <= len(r.label) <= 110
    ]  # fmt: skip

    def case(
        r: Record,
        names: str,
        how: str,
        *,
        place: str = "",
        parent: str = "",
        expected: str | None = None,
        kind: str = "",
    ) -> Case:
        return Case(
            scheme, kind or r.kinds[0], names, place, parent, r.identifier if expected is None else expected, how
        )

    def some(number: int, test: Callable[[Record], bool] = lambda _: True) -> list[Record]:
        return draw.sample([r for r in good if test(r)], number)

    for r in some(12):
        yield case(r, r.label, "as registered")
    for r in some(10):
        yield case(r, r.label.upper(), "in capitals")
    for r in some(8):
        yield case(r, plain(r.label).lower(), "small letters, no accents")
    for r in some(8, lambda r: "'" in r.label or "’" in r.label or "-" in r.label):
        yield case(r, r.label.replace("'", "’").replace("-", " "), "other apostrophes, no hyphens")
    for r in some(14, lambda r: bool(acronym(r))):
        yield case(r, f"{r.label} ({acronym(r)})", "acronym in brackets")
    for r in some(6, lambda r: bool(acronym(r))):
        yield case(r, f"{acronym(r)} - {r.label}", "acronym before")
    for r in some(12, lambda r: bool(acronym(r))):
        yield case(r, f"{acronym(r)}|{r.label}", "acronym and name", place=town(r))
    for r in some(8):
        yield case(
            r,
            f"le laboratoire {r.label}" if r.kinds[0] == "Laboratory" else f"l'établissement {r.label}",
            "after a head noun",
        )
    short = (
        ("Université", "Univ."),
        ("Institut", "Inst."),
        ("Laboratoire", "Labo"),
        ("Centre", "Ctr"),
        ("Centre Hospitalier Universitaire", "CHU"),
        ("Département", "Dpt"),
    )
    for r in some(14, lambda r: any(re.search(rf"\b{long}\b", r.label) for long, _ in short)):
        text = r.label
        for long, brief in sorted(short, key=lambda pair: -len(pair[0])):
            text = re.sub(rf"\b{long}\b", brief, text)
        yield case(r, text, "abbreviated", place=town(r))
    for r in some(12, lambda r: len(r.label) > 25):
        yield case(r, typo(r.label, draw), "one letter wrong", place=town(r))
    for r in some(10, lambda r: len(r.label.split()) >= 6):
        yield case(r, less(r.label, draw), "one word less", place=town(r))
    alone = [
        r for r in records
        if r.status == "active" and acronym(r) and len(acronym(r)) >= 4 and len(acronyms[fold(acronym(r))]) == 1
    ]  # fmt: skip
    for r in draw.sample(alone, 14):
        yield case(r, acronym(r), "acronym alone, place stated", place=town(r))
    with_parent = [r for r in alone if parent_of(r, parents)]
    for r in draw.sample(with_parent, 14):
        yield case(r, acronym(r), "acronym alone, place and parent stated", place=town(r), parent=parent_of(r, parents))
    codes = [r for r in records if any(n.kind == "code" for n in r.names) and r.parents]
    for r in draw.sample(codes, 8 if len(codes) > 8 else 0):
        code = next(n.text for n in r.names if n.kind == "code")
        yield case(r, code, "number alone, parent and place stated", place=town(r), parent=r.parents[0])
    yield from homonyms(scheme, records, acronyms, draw)
    yield from near_misses(case, some, draw, taken)


def homonyms(scheme: str, records: list[Record], acronyms: dict[str, set[str]], draw: random.Random) -> Iterator[Case]:
    """Yield acronyms that several records share: with a place that tells, and with none."""
    by_id = {r.identifier: r for r in records}
    shared = []
    for _, ids in sorted(acronyms.items()):
        several = [by_id[i] for i in sorted(ids)]
        if 2 <= len(several) <= 4 and all(r.status == "active" and town(r) for r in several):
            shared.append(several)
    for several in draw.sample(shared, 10):
        r = several[0]
        told = {fold(town(one)) for one in several}
        if len(told) == len(several):
            yield Case(
                scheme,
                r.kinds[0],
                f"{acronym(r)}|{r.label}",
                town(r),
                "",
                r.identifier,
                "homonym, name and place stated",
            )
    for several in draw.sample(shared, 14):
        r = several[0]
        yield Case(scheme, r.kinds[0], acronym(r), "", "", "", "homonym, nothing stated")


def near_misses(
    case: Callable[..., Case], some: Callable[..., list[Record]], draw: random.Random, taken: set[str]
) -> Iterator[Case]:
    """Yield names that are close to a record's, of things that are another."""
    for r in some(14, lambda r: bool(re.search(rf"\b(?:de|d'|à) ?{town(r) or '-'}$", r.label))):
        swapped = f"{r.label[: -len(town(r))]}{draw.choice(TOWNS)}"
        if fold(swapped) not in taken:
            yield case(r, swapped, "near-miss: another town in the name", expected="")
    for head in (
        "Fondation de l'",
        "Association des amis de l'",
        "Incubateur de l'",
        "Bibliothèque de l'",
        "Faculté de médecine de l'",
    ):
        for r in some(3, lambda r: r.label.startswith(("Université", "Institut", "École", "Ecole"))):
            yield case(
                r,
                f"{head}{r.label}",
                "near-miss: a body of it",
                expected="",
                kind="NonProfit" if "o" in head[:3] else "Organization",
            )
    for r in some(8, lambda r: bool(acronym(r)) and r.kinds[0] == "Laboratory"):
        yield case(r, acronym(r), "near-miss: a company of that name", expected="", kind="Company")
    for r in some(8, lambda r: bool(acronym(r))):
        yield case(
            r,
            acronym(r),
            "near-miss: an acronym elsewhere",
            expected="",
            place=draw.choice([t for t in TOWNS if t != town(r)]),
        )
    for r in some(8, lambda r: bool(town(r)) and len(r.label.split()) >= 4):
        yield case(r, " ".join(r.label.split()[:2]), "near-miss: the first two words", expected="")
    for r, other in zip(some(8), some(8), strict=True):
        one, two = r.label.split(), other.label.split()
        joined = " ".join([*one[: len(one) // 2], *two[len(two) // 2 :]])
        if fold(joined) not in taken:
            yield case(r, joined, "near-miss: halves of two names", expected="")


def companies(records: list[Record], draw: random.Random) -> Iterator[Case]:
    """Yield cases of companies with a SIREN."""
    names = Counter(fold(r.label) for r in records)
    good = [r for r in records if names[fold(r.label)] == 1 and town(r) and len(r.label) >= 4]

    def case(r: Record, name: str, how: str, *, place: str = "", expected: str | None = None) -> Case:
        return Case("siren", "Company", name, place, "", r.identifier if expected is None else expected, how)

    for r in draw.sample(good, 25):
        yield case(r, r.label, "as registered, place stated", place=town(r))
    for r in draw.sample(good, 12):
        yield case(
            r,
            f"{r.label.upper()} {draw.choice(('SAS', 'SA', 'SARL'))}",
            "in capitals with a legal form, place stated",
            place=town(r),
        )
    for r in draw.sample(good, 12):
        yield case(r, f"la société {r.label}", "after a head noun, place stated", place=town(r))
    for r in draw.sample([r for r in good if len(r.label.split()) > 1], 8):
        yield case(r, r.label.replace(" ", ""), "run together, place stated", place=town(r))
    for r in draw.sample(good, 15):
        yield case(
            r, r.label, "near-miss: elsewhere", place=draw.choice([t for t in TOWNS if t != town(r)]), expected=""
        )
    for r in draw.sample([r for r in good if len(r.label.split()) == 1], 12):
        yield case(
            r,
            f"{r.label} {draw.choice(('Ventures', 'Italia', 'Formation', 'Immobilier'))}",
            "near-miss: a sister",
            place=town(r),
            expected="",
        )
    for r in draw.sample(good, 8):
        yield Case("siren", "Laboratory", r.label, "", "", "", "near-miss: a laboratory of that name")


def territories(records: list[Record], draw: random.Random) -> Iterator[Case]:
    """Yield cases of places, and of the bodies that govern them, which are not the places.

    A département that shares its name with a town or a region (Paris, Guadeloupe) is left out: a text that names it
    may mean either.
    """
    known = Territories.load(resources() / "data")
    records = [r for r in records if r.scheme != "insee-departement" or known.count(fold(r.label)) == 1]
    towns = [r for r in records if r.scheme == "insee"]
    for r in draw.sample(towns, 15):
        yield Case("insee", "Place", r.label, "Île-de-France", "", r.identifier, "a town")
    for r in draw.sample(towns, 8):
        yield Case(
            "insee",
            "Place",
            plain(r.label).upper().replace("-", " "),
            "Île-de-France",
            "",
            r.identifier,
            "a town in capitals",
        )
    for r in draw.sample(towns, 10):
        yield Case("insee", "PublicAuthority", r.label, "", "", "", "near-miss: a municipality is not its territory")
    for r in draw.sample([r for r in records if r.scheme == "insee-departement"], 12):
        yield Case("insee-departement", "Place", r.label, "", "", r.identifier, "a département")
    for r in draw.sample([r for r in records if r.scheme == "insee-departement"], 8):
        yield Case(
            "insee-departement",
            "PublicAuthority",
            f"Conseil départemental de {r.label}",
            "",
            "",
            "",
            "near-miss: a council is not its territory",
        )
    for r in draw.sample([r for r in records if r.scheme == "siren" and r.label.startswith("Commune")], 12):
        yield Case(
            "siren",
            "PublicAuthority",
            r.label.replace("Commune", draw.choice(("Ville", "Mairie", "commune"))),
            "",
            "",
            r.identifier,
            "a municipality",
        )
    for r in draw.sample([r for r in records if r.scheme == "siren" and r.label.startswith("Commune")], 8):
        yield Case(
            "siren",
            "Place",
            r.label.partition(" ")[2].partition(" ")[2] or r.label,
            "",
            "",
            "",
            "near-miss: a territory is not its municipality",
        )


def withdrawn(records: list[Record], draw: random.Random) -> Iterator[Case]:
    """Yield records that were withdrawn for another of the same name, which is what they lead to."""
    by_id = {r.identifier: r for r in records}
    led = [
        r for r in records if r.status == "withdrawn" and r.successor in by_id and by_id[r.successor].status == "active"
    ]
    for r in draw.sample(led, min(6, len(led))):
        heir = by_id[str(r.successor)]
        same = {fold(n.text) for n in r.names} & {fold(n.text) for n in heir.names}
        yield Case(
            "ror",
            heir.kinds[0],
            r.label,
            town(heir),
            "",
            heir.identifier if same else "",
            "withdrawn, a successor of that name" if same else "near-miss: withdrawn, a successor of another name",
        )


def french(text: str) -> bool:
    words = {*fold(text).split()}
    return not words & {"of", "the", "and", "for"} and bool(words & {"de", "du", "des", "et", "d", "en"})


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def acronym(r: Record) -> str:
    return next((n.text for n in r.names if n.kind == "acronym" and re.fullmatch(r"[\w-]{3,12}", n.text)), "")


def town(r: Record) -> str:
    return next((p[5:].title().replace(" ", "-") for p in r.places if p.startswith("city:")), "")


def parent_of(r: Record, known: dict[str, str]) -> str:
    return next((known.get(p, "" if ":" in p else p) for p in r.parents if known.get(p) or ":" not in p), "")


def typo(text: str, draw: random.Random) -> str:
    at = draw.choice(
        [i for i in range(4, len(text) - 2) if text[i].isalpha() and text[i - 1].isalpha() and text[i + 1].isalpha()]
    )
    return draw.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
        )
    )


def less(text: str, draw: random.Random) -> str:
    """Leave out a word in the middle, with the little word before it."""
    words = text.split()
    at = draw.choice([i for i in range(2, len(words) - 1) if len(words[i]) > 3] or [2])
    start = at - 1 if len(words[at - 1]) <= 3 and at > 2 else at
    return " ".join([*words[:start], *words[at + 1 :]])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2026)
