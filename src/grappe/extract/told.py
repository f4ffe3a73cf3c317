"""What a document tells in all, beside which each of its facts is weighed: what goes with it, what does not."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from grappe.iri import fold
from grappe.model import NODE_IDENTITY, Facts, Ref, Span, Statement

__all__ = ["Told"]

_TYPE = "rdf:type"
#: Relations of which a thing has one value: two are told only where one is wrong, or both.
_SINGLE = frozenset(
    f"grp:{name}"
    for name in (
        "openedIn",
        "foundedIn",
        "employeeCount",
        "floorAreaM2",
        "unitCount",
        "eventDate",
        "status",
        "startYear",
        "endYear",
    )
)
#: Relations whose value is seldom that of two things of one document.
_OWN = frozenset(f"grp:{name}" for name in ("openedIn", "foundedIn", "employeeCount", "floorAreaM2", "unitCount"))
_NO_THINGS = frozenset({"Theme", "Role"})
#: The longest passage that names a thing, for looking back from a place.
_LONGEST = 400


def _inner(words: list[str]) -> Iterator[str]:
    """Yield every run of words within some words, these themselves apart."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if end - start < len(words):
                yield " ".join(words[start:end])


class Told:
    """The statements of a document, by what they tell of."""

    def __init__(self, facts: Facts) -> None:
        self.kinds = {e.key: e.kind for e in facts.entities}
        self.named = Counter(m.key for m in facts.mentions)
        self.spoken_of: Counter[str] = Counter()
        self.parts: dict[str, set[str]] = defaultdict(set)
        self._values: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._subjects: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._fields: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._awards: dict[str, Span] = {}
        self._mentions = sorted((m.span.start, m.span.end, m.key) for m in facts.mentions)
        self._listed = {e.key for e in facts.entities if e.identifiers}
        self._forms = {
            e.key: {fold(f) for f in (e.label, *e.alt_labels) if f} for e in facts.entities if e.kind not in _NO_THINGS
        }
        #: Of the words that stand within a name, whose names they are.
        self._within: dict[str, set[str]] = defaultdict(set)
        for key, forms in self._forms.items():
            for form in forms:
                for words in _inner(form.split()):
                    self._within[words].add(key)
        for s in facts.statements:
            if s.predicate != _TYPE:
                self.spoken_of[s.subject] += 1
            value = repr(s.object)
            self._values[s.subject, s.predicate].add(value)
            self._subjects[s.predicate, value].add(s.subject)
            if isinstance(s.object, Ref):
                self.parts[s.subject].add(s.object.key)
                self.spoken_of[s.object.key] += 1
            if self.kinds[s.subject] in NODE_IDENTITY:
                self._fields[s.subject][s.predicate].add(value)
            if self.kinds[s.subject] == "FundingAward":
                self._awards.setdefault(s.subject, s.evidence[0].span)
        #: Of a person and a title, the bodies where it is held.
        self._bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fields in self._fields.values():
            for who in fields["org:member"]:
                for title in fields["org:role"]:
                    self._bodies[who, title] |= fields["org:organization"]

    @staticmethod
    def object(statement: Statement) -> tuple[str, ...]:
        """Return the thing that a statement leads to, if it leads to one."""
        return (statement.object.key,) if isinstance(statement.object, Ref) else ()

    def listed(self, key: str) -> str:
        """Return whether a public list has a thing, as the ends of its class."""
        return "listed" if key in self._listed else "unlisted"

    def is_part(self, key: str) -> int:
        """Return 1 if a thing's name is part of another thing's (« Institut de recherche » beside « … sur les sols »)."""
        return int(any(self._within.get(form, frozenset()) - {key} for form in self._forms.get(key, ())))

    def ends(self, statement: Statement, keys: Iterable[str], *, joins: bool) -> str:
        """Return the classes of the things that a statement joins."""
        kinds = [self.kinds[k] for k in keys if k in self.kinds and self.kinds[k] not in _NO_THINGS]
        if joins:
            return ">".join(sorted(kinds))
        return ">".join((self.kinds[statement.subject], *(self.kinds.get(k, "") for k in self.object(statement))))

    def contested(self, statement: Statement) -> int:
        """Return how much else is told that does not go with a statement: a sum for another, another year."""
        value = repr(statement.object)
        out = 0
        if statement.predicate in _SINGLE:
            out = len(self._values[statement.subject, statement.predicate]) - 1
        if statement.predicate in _OWN:
            out = max(out, len(self._subjects[statement.predicate, value]) - 1)
        if self.kinds[statement.subject] == "Membership":
            fields = self._fields[statement.subject]
            offices = [(who, title) for who in fields["org:member"] for title in fields["org:role"]]
            out = max([out, *(len(self._bodies.get(office, ())) - 1 for office in offices)])
        return out

    def shared(self, statement: Statement, span: Span) -> int:
        """Return how many other awards the passage of an award tells: among many, who gave whom which sum is doubtful."""
        if self.kinds[statement.subject] != "FundingAward":
            return 0
        return sum(other.overlaps(span) for node, other in self._awards.items() if node != statement.subject)

    def rivals(self, keys: Iterable[str], span: Span) -> int:
        """Return how many other things of the same classes a passage names."""
        own = {k for k in keys if self.kinds.get(k) not in _NO_THINGS}
        kinds = {self.kinds.get(k) for k in own}
        first = bisect_left(self._mentions, (span.start - _LONGEST,))
        found = set()
        for start, end, key in self._mentions[first:]:
            if start >= span.end:
                break
            if end > span.start and key not in own and self.kinds.get(key) in kinds:
                found.add(key)
        return len(found)

    def beside(self, statement: Statement) -> int:
        """Return of how many others a thing's relation is told."""
        if not isinstance(statement.object, Ref):
            return 0
        return len(self._values[statement.subject, statement.predicate]) - 1
