"""Names of what is closed and public: territories, authorities, funders, research bodies, schemes, given names.

The lists are CSV files in ``data/gazetteer``; its README says where each comes from. They hold whole public categories
and no private name.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grappe.errors import ResourceMissing
from grappe.iri import fold

__all__ = ["Entry", "Gazetteer", "Match"]

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:Le|La|Les) |L['’]")
_VOWEL = re.compile(r"[AEIOUYÀÂÉÈÊËÎÏÔÖÛÜŒ]")

#: Longer names in capitals are names set in capitals; shorter ones are acronyms, which are written so and no other way.
_ACRONYM = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of a public list: its class, its best name, its other names, its identifiers by scheme.

    An ambiguous name is also a common word, a given name or a hamlet's: it needs more than its letters to count.
    """

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A passage (code points) that reads as a name of the entries."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    surface: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All lists, ready to be searched for in a text."""

    _forms: Mapping[str, tuple[tuple[str, Entry], ...]]
    _lengths: Mapping[str, Sequence[int]]
    _first_names: frozenset[str]
    _departements: Mapping[str, Entry]
    _demonyms: Mapping[str, Entry]

    @classmethod
    def load(cls, folder: Path) -> Gazetteer:
        """Return the gazetteer of a folder.

        Raises:
            ResourceMissing: if a list that is needed is absent.
        """
        try:
            entries = [*_lists(folder), *_communes(_rows(folder / "communes.csv"))]
            first_names = frozenset(row["name"] for row in _rows(folder / "first_names.csv"))
            demonyms = [(row["form"], row["place"]) for row in _rows(folder / "demonyms.csv")]
        except OSError as error:
            raise ResourceMissing("A list of the gazetteer cannot be read.", remedy="Install grappe again.") from error
        forms: dict[str, list[tuple[str, Entry]]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            for form in _forms(entry):
                words = [_folded(word) for word in _WORD.findall(form)]
                held = forms.setdefault(" ".join(words), [])
                if not any(e is entry and f == form for f, e in held):
                    held.append((form, entry))
                lengths.setdefault(words[0], set()).add(len(words))
        places = {entry.label: entry for entry in reversed(entries) if entry.kind == "Place"}
        numbered = {
            value: entry for entry in entries for scheme, value in entry.identifiers if scheme == "insee-departement"
        }
        return cls(
            {key: tuple(held) for key, held in forms.items()},
            {word: sorted(counts, reverse=True) for word, counts in lengths.items()},
            first_names,
            numbered,
            {form: places[place] for form, place in demonyms if place in places},
        )

    def find(self, text: str) -> list[Match]:
        """Return the names in a text, the longest at each place, in order; none overlaps another."""
        words = [(m.start(), m.end(), _folded(m[0])) for m in _WORD.finditer(text)]
        out: list[Match] = []
        i = 0
        while i < len(words):
            match = self._at(text, words, i)
            if match is not None and match.ambiguous and words[i][2] in ("la", "le", "les", "l"):
                longer = self._at(text, words, i + 1)  # « la Chambre d'agriculture » is not the town of La Chambre
                match = longer if longer is not None and longer.end > match.end else match
            if match is None:
                i += 1
                continue
            out.append(match)
            while i < len(words) and words[i][0] < match.end:
                i += 1
        return out

    def opening(self, text: str) -> Match | None:
        """Return the name with which a text begins."""
        return next((m for m in self.find(text) if m.start == 0), None)

    def _at(self, text: str, words: list[tuple[int, int, str]], i: int) -> Match | None:
        for length in self._lengths.get(words[i][2], ()):
            if i + length > len(words):
                continue
            held = self._forms.get(" ".join(word for _, _, word in words[i : i + length]))
            if held is None:
                continue
            start, end = words[i][0], words[i + length - 1][1]
            surface = text[start:end]
            entries = tuple(dict.fromkeys(entry for form, entry in held if _written_as(surface, form, length)))
            if entries:
                return Match(start, end, entries, surface, all(entry.ambiguous for entry in entries))
        return None

    def is_first_name(self, word: str) -> bool:
        """Return whether a word is a given name.

        >>> Gazetteer({}, {}, frozenset({"helene"}), {}, {}).is_first_name("Hélène")
        True
        """
        return _folded(word) in self._first_names

    def departement_by_number(self, number: str) -> Entry | None:
        """Return the département that has a number (« 91 », « 2A »), as a place."""
        return self._departements.get(number)

    def demonym(self, word: str) -> Entry | None:
        """Return the place whose people and things are called so (« lyonnaise »)."""
        return self._demonyms.get(word.casefold())


@functools.lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return word.casefold() if word.isascii() else fold(word) or word.casefold()


def _written_as(surface: str, form: str, length: int) -> bool:
    """Return whether a passage is written as the name is: a name has its capitals, an acronym all of them.

    >>> _written_as("tours", "Tours", 1), _written_as("anr", "ANR", 1), _written_as("région Bretagne", "Région Bretagne", 2)
    (False, False, True)
    """
    if form == surface or form.islower():
        return True
    if form.isupper() and len(form) <= _ACRONYM:
        return False
    if length > 1 and (article := _ARTICLE.match(form)):  # « le port de Brest » is not Le Port
        name = surface[article.end() : article.end() + 1]
        return name.isupper() or name.isdigit()
    return surface[0].isupper() if length == 1 else any(c.isupper() for c in surface)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lists(folder: Path) -> Iterator[Entry]:
    """Yield the entries of the lists that have the common columns, in order of their files."""
    for path in sorted(folder.glob("*.csv")):
        if path.stem in ("communes", "first_names", "demonyms"):
            continue
        for row in _rows(path):
            identifiers = tuple(
                (scheme, value)
                for scheme, _, value in (pair.partition(":") for pair in row["identifiers"].split("|") if pair)
            )
            aliases = tuple(filter(None, row["aliases"].split("|")))
            yield Entry(row["id"], row["kind"], row["label"], aliases, identifiers, bool(row["ambiguous"]))


def _communes(rows: Iterable[dict[str, str]]) -> Iterator[Entry]:
    """Yield the communes as places, the larger first, and the larger ones as authorities too.

    The INSEE code goes with a name only if no other commune has it.
    """
    rows = list(rows)
    times: dict[str, int] = {}
    for row in rows:
        times[row["name"]] = times.get(row["name"], 0) + 1
    for row in rows:
        name, code = row["name"], row["insee"]
        identifiers = (("insee", code),) if times[name] == 1 else ()
        yield Entry(f"commune/{code}", "Place", name, (), identifiers, bool(row["ambiguous"]))
        if row["population"]:
            of = _of(name)
            aliases = tuple(f"{head} {of}" for head in ("Mairie", "Commune", "Municipalité", "Conseil municipal"))
            yield Entry(f"ville/{code}", "PublicAuthority", f"Ville {of}", aliases)


def _of(name: str) -> str:
    """Return a commune's name after *de*.

    >>> _of("Le Havre"), _of("Les Ulis"), _of("Évry-Courcouronnes"), _of("La Rochelle")
    ('du Havre', 'des Ulis', "d'Évry-Courcouronnes", 'de La Rochelle')
    """
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return joined + name[len(article) :]
    return f"d'{name}" if _VOWEL.match(name) else f"de {name}"


_MINISTRY = re.compile(r"(?P<noun>[Mm]inistère) (?P<rest>(?:de la|de l'|des|du) )")


def _forms(entry: Entry) -> tuple[str, ...]:
    """Return the forms of an entry's name; a ministry is also the one that is in charge of its field."""
    forms = (entry.label, *entry.aliases)
    charged = (_MINISTRY.sub(r"\g<noun> chargé \g<rest>", form) for form in forms if _MINISTRY.match(form))
    return tuple(dict.fromkeys((*forms, *charged)))
