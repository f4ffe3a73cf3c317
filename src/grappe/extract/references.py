"""Which mentions name the same thing inside one document, and what all of them come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from grappe.extract import lexicon
from grappe.extract.coreference import antecedent, descriptions, note_gender, pronouns
from grappe.extract.reading import Mention, Thing, letter
from grappe.extract.same_premises import described_before, own_labels, taken_up
from grappe.extract.source import Source
from grappe.extract.words import abbreviates
from grappe.iri import fold

__all__ = ["resolve"]

_VALUES = frozenset({"money", "area", "date", "period", "speech"})


def resolve(
    source: Source, mentions: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Thing, ...], tuple[int, ...]]:
    """Return the mentions with references among them, the things that they name, and each mention's thing (or -1)."""
    groups = _group_names(source, mentions)
    everything, thing_of, genders = _with_references(source, mentions, groups)
    return everything, _things(everything, thing_of, genders), thing_of


#: Between a name and another name of the same thing.
_ALSO_CALLED = re.compile(
    r",? (?:\()?(?:nom (?:d'usage|commercial) d(?:e (?:la |l')?|u |')|dite? |(?:aussi|également) (?:appelée?|connue?|nommée?)(?: sous le nom de)? |"
    r"connue? sous le nom d(?:e |')|anciennement |ex-|(?:re)?baptisée? |devenue? )"
)
_YEARS = re.compile(r"\d{4}")


_UNIVERSITY_HOSPITAL = re.compile(r"centre hospitalier (?P<regional>regional )?(?:et )?universitaire ")


def _forms(source: Source, mention: Mention) -> Iterator[str]:
    for form in (
        mention.label,
        *(() if mention.rule in ("prefect-office", "demonym") else (source.text[slice(*mention.core)],)),
        *mention.aliases,
        *(mention.entry.aliases if mention.entry else ()),
    ):
        folded = fold(form)
        if folded:
            yield folded
            if " " in folded:
                yield folded.replace(" ", "")
            if full := _UNIVERSITY_HOSPITAL.match(folded):
                yield f"ch{'r' if full['regional'] else ''}u {folded[full.end() :]}"


def _group_names(source: Source, mentions: tuple[Mention, ...]) -> list[int]:
    """Number each named mention's group: same gazetteer entry, same folded name or acronym, same person's surname."""
    parent = list(range(len(mentions)))

    def top(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        first, second = sorted((top(i), top(j)))
        parent[second] = first

    seen: dict[tuple[str, str], int] = {}
    surnames: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if mention.kind in _VALUES or mention.facility is not None:
            continue
        sort = letter(mention.kind)
        keys = [(sort, form) for form in _forms(source, mention)]
        if mention.entry is not None:
            keys.append((sort, f"={mention.entry.id}"))
        if sort == "P":
            last = fold(mention.label).split()[-1]
            if " " not in mention.label and last in surnames:
                parent[top(i)] = top(surnames[last])
            elif " " in mention.label:
                surnames.setdefault(last, i)
        for item in keys:
            if item in seen:
                join(seen[item], i)
            else:
                seen[item] = i
    for i in range(1, len(mentions)):
        between = source.text[mentions[i - 1].end : mentions[i].start]
        if letter(mentions[i - 1].kind) == letter(mentions[i].kind) and _ALSO_CALLED.fullmatch(between):
            join(i - 1, i)
    for i, mention in enumerate(mentions):
        if mention.facility is None and (
            fold(mention.label) in lexicon.HEADS or mention.rule == "premises-own-name"
        ):  # « la Station » after « la Station biologique de X », « le Hub » after « le Hub de X »
            for j in reversed(range(i)):
                if letter(mentions[j].kind) == letter(mention.kind) and fold(mentions[j].label).startswith(
                    f"{fold(mention.label)} "
                ):
                    join(i, j)
                    break
    for i, j in _acronyms(mentions):
        join(i, j)
    contracts = [i for i, m in enumerate(mentions) if m.kind == "FundingContract"]
    for i in contracts:
        for j in contracts:
            short, long = fold(mentions[i].label), fold(mentions[j].label)
            if i != j and long.startswith(short) and not _YEARS.search(long[len(short) :]):
                join(i, j)
    return [top(i) for i in range(len(mentions))]


def _acronyms(mentions: tuple[Mention, ...]) -> Iterator[tuple[int, int]]:
    """Pair an acronym with the one name of the text that it abbreviates: « IRCER. L'Institut de recherche sur … »."""
    long: dict[str, int] = {}
    for i, m in enumerate(mentions):
        if m.facility is None and m.kind not in _VALUES and letter(m.kind) in "OJG" and m.label.count(" ") > 1:
            long.setdefault(fold(m.label), i)
    if not long:
        return
    spelt = {fold(a) for m in mentions for a in m.aliases if a.isupper()}
    for i, m in enumerate(mentions):
        short = m.label
        if not (
            m.kind not in _VALUES and m.facility is None and m.entry is None and short.isupper() and short.isalpha()
        ):
            continue
        if fold(short) in spelt or letter(m.kind) not in "OJG":
            continue
        named = [
            j for name, j in long.items() if letter(mentions[j].kind) == letter(m.kind) and abbreviates(short, name)
        ]
        if len(named) == 1:
            yield i, named[0]


def _with_references(
    source: Source, mentions: tuple[Mention, ...], groups: list[int]
) -> tuple[tuple[Mention, ...], tuple[int, ...], Mapping[int, str]]:
    """Add definite descriptions and pronouns, reading from left to right."""
    found = [*descriptions(source, mentions), *pronouns(source, mentions)]
    order = sorted(
        [*((m.start, 0, i, m) for i, m in enumerate(mentions)), *((m.start, 1, i, m) for i, m in enumerate(found))],
        key=lambda t: t[:3],
    )
    everything: list[Mention] = []
    owner: list[int] = []
    kinds: dict[int, str] = {}
    genders: dict[int, str] = {}
    number: dict[int, int] = {}
    count = 0
    for _, later, i, mention in order:
        if later:
            thing = antecedent(source, mention, everything, owner, genders)
            if thing is None:
                continue
            mention = replace(mention, kind=kinds[thing])
        elif mention.kind in _VALUES:
            thing = -1
        elif mention.facility is not None:
            taken = taken_up(source, mention, everything, owner)
            if taken is None:
                taken = count
                count += 1
            else:
                mention = replace(mention, kind=kinds[taken])
            thing = taken
        else:
            if groups[i] not in number:
                described = described_before(source, mention, everything, owner)
                number[groups[i]] = count if described is None else described
                count += described is None
            thing = number[groups[i]]
        everything.append(mention)
        owner.append(thing)
        kinds.setdefault(thing, mention.kind)
        if thing >= 0:
            note_gender(genders, source, mention, thing)
    return tuple(everything), tuple(owner), genders


def _things(mentions: tuple[Mention, ...], thing_of: tuple[int, ...], genders: Mapping[int, str]) -> tuple[Thing, ...]:
    members: dict[int, list[int]] = {}
    for i, thing in enumerate(thing_of):
        if thing >= 0:
            members.setdefault(thing, []).append(i)
    found = (_thing(number, members[number], mentions) for number in range(len(members)))
    return tuple(replace(thing, gender=genders.get(thing.id, "")) for thing in found)


_STRENGTH = {
    "gazetteer": 5,
    "quoted-name": 4,
    "head-noun": 4,
    "head-before": 3,
    "list": 3,
    "apposition": 2,
    "name-ending": 2,
    "same-name": 1,
}


def _thing(number: int, members: list[int], mentions: tuple[Mention, ...]) -> Thing:
    own = [
        mentions[i] for i in members if not (mentions[i].rule == "pronoun" or mentions[i].rule.startswith("definite"))
    ]
    entry = next((m.entry for m in own if m.entry is not None), None)
    votes: Counter[str] = Counter()
    for m in own:
        votes[m.kind] += _STRENGTH.get(m.rule.split(":")[0], 1) * 10 + 1
    kind = entry.kind if entry is not None else max(votes, key=lambda k: (votes[k], k))
    by_name = [m for m in own if m.facility is None and m.rule != "demonym"]
    named = bool(by_name)
    labels = Counter(own_labels(by_name or own))
    label = (
        entry.label
        if entry is not None
        else max(
            labels,
            key=lambda text: (
                not text.isupper() or len(text) < 5,
                labels[text] > 1,
                len(text) if len(text) < 60 else 0,
            ),
        )
    )
    # An adjective is a form of the place's name only where the text has no other.
    forms = {*labels} | {a for m in own for a in m.aliases if m.rule != "demonym" or not by_name}
    return Thing(number, kind, label, tuple(sorted(forms - {label})), tuple(members), named, entry)
