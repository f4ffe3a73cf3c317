"""The values that flow through Grappe: frozen, slotted, standard library only.

A *key* is the local name of a thing: ``organization/genopole``, ``person/anne-galy``,
``facility/salles-blanches-de-cithera``, ``award/3f2a…``. :mod:`grappe.iri` turns keys into IRIs.
Terms of vocabularies are written as CURIEs (``grp:funder``, ``org:headOf``, ``rdf:type``).
Offsets count Unicode code points in :attr:`Text.content`; spans are half-open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

__all__ = [
    "NODE_IDENTITY",
    "Block",
    "BlockKind",
    "Candidate",
    "Decision",
    "Document",
    "Entity",
    "Evidence",
    "FactJudgement",
    "FactVerdict",
    "Facts",
    "Judgement",
    "Literal",
    "Mention",
    "Metadata",
    "Object",
    "Origin",
    "Ref",
    "Resolution",
    "Revocation",
    "Span",
    "Statement",
    "Suppression",
    "Target",
    "Term",
    "Text",
    "Verdict",
    "digest",
]

BlockKind = OneOf["title", "heading", "paragraph", "item", "row", "furniture"]
Verdict = OneOf["same", "different", "unsure"]
FactVerdict = OneOf["rejected", "corrected"]

#: The properties that make an n-ary node what it is: its key is a digest of them, without the document.
NODE_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "FundingAward": ("grp:funder", "grp:beneficiary", "grp:amount", "grp:currency"),
    "AccreditationAward": ("grp:recipient", "grp:accreditation", "grp:awardedBy"),
    "Membership": ("org:member", "org:organization", "org:role"),
    "Quotation": ("grp:speaker", "grp:text"),
}


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that depend on every part and on where one ends.

    >>> digest("a", "bc") == digest("ab", "c")
    False
    """
    joined = "\x1f".join(part.replace("\x1f", " ") for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it came: its identifier (a slug), the SHA-256 of its bytes, its media type, its bytes."""

    id: str
    sha256: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a file and not from its text; kept in the catalogue graph. Dates are ISO 8601."""

    path: str
    source_url: str | None = None
    licence: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span: {self.start}, {self.end}")

    def covers(self, other: Span) -> bool:
        """Return whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def join(self, other: Span) -> Span:
        """Return the smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page's layout: the span of a headline, heading, paragraph, list item, table row, or furniture
    (page numbers, running headers and footers).
    """

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """The plain text of a document, fixed once by reading, and the blocks of its layout in order.

    ``pages`` holds the offset at which each page starts; it is empty where the medium has no pages.
    """

    document: Document
    content: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names an entity: ``kind`` is a class of the ontology, ``key`` the entity in this document."""

    document: str
    span: Span
    surface: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Ref:
    """An object that is an entity or a node of the same document's facts."""

    key: str


@dataclass(frozen=True, slots=True)
class Term:
    """An object that is a term of a vocabulary, as a CURIE."""

    curie: str


@dataclass(frozen=True, slots=True)
class Literal:
    """An object that is a value: its lexical form, its datatype as a CURIE, its language if it has one."""

    lexical: str
    datatype: str = "xsd:string"
    language: str | None = None


Object = Ref | Term | Literal


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document states a fact: ``quote`` is the text of ``span``; confidence lies in [0, 1]."""

    document: str
    span: Span
    quote: str
    extractor: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact: a subject's key, a predicate (CURIE), an object, and the passages that state it (at least one)."""

    document: str
    subject: str
    predicate: str
    object: Object
    evidence: tuple[Evidence, ...]

    @property
    def id(self) -> str:
        """A digest of document, subject, predicate and object: never of rule, time or confidence."""
        return digest(self.document, self.subject, self.predicate, repr(self.object))


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a document names, or a node that joins several: its class, best name, and other names.

    ``language`` is set only where names carry a language tag (roles, themes). ``identifiers`` maps a scheme
    (``siren``, ``insee``, ``ror`` …) to an identifier known from a gazetteer.
    """

    key: str
    kind: str
    label: str | None = None
    alt_labels: tuple[str, ...] = ()
    language: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself: title, the key of its publisher, its date (ISO 8601)."""

    title: str | None = None
    publisher: str | None = None
    issued: str | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one document states: an immutable record, made by :mod:`grappe.extract`.

    ``pages`` holds the offset at which each page of its text starts, where it has pages.
    """

    document: str
    metadata: Metadata = field(default_factory=Metadata)
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of an authority that may be the entity, with the score in [0, 1] and the reasons in words."""

    entity: str
    authority: str
    identifier: str
    label: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A thing of another graph as it was when it was linked: what its register says, of what day and licence.

    ``point`` is latitude and longitude in degrees (WGS 84); ``date`` and ``source`` are empty where nobody loaded it.
    """

    address: str
    label: str = ""
    source: str = ""
    date: str = ""
    licence: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on identity: whether a key is the same as another, or as a thing of another graph (``right`` an IRI).

    ``by`` is a person's name, or ``rule:NAME``; ``at`` is ISO 8601 and comes from the caller; ``relation`` (CURIE) is
    how an IRI of another graph matches, ``score`` how well, in [0, 1].
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    at: str
    reason: str
    relation: str = "owl:sameAs"
    score: float | None = None

    @property
    def id(self) -> str:
        """A digest of all that the line says."""
        return digest("identity", self.left, self.right, self.verdict, self.by, self.at, self.reason, self.relation)

    @property
    def by_rule(self) -> bool:
        """Whether a rule decided, and no person."""
        return self.by.startswith("rule:")

    @property
    def external(self) -> bool:
        """Whether it links to another graph."""
        return "://" in self.right

    @property
    def pair(self) -> tuple[str, ...]:
        """What it is about: two keys in order, or a key and an IRI."""
        return (self.left, self.right) if self.external else tuple(sorted((self.left, self.right)))


@dataclass(frozen=True, slots=True)
class FactJudgement:
    """A decision on one statement of a document: it is wrong, or its object is another (``object``)."""

    document: str
    statement: str
    verdict: FactVerdict
    by: str
    at: str
    reason: str
    object: Object | None = None

    @property
    def id(self) -> str:
        """A digest of all that the line says."""
        said = (self.document, self.statement, self.verdict, self.by, self.at, self.reason, repr(self.object))
        return digest("fact", *said)


@dataclass(frozen=True, slots=True)
class Revocation:
    """A decision taken back: ``revokes`` is its id."""

    revokes: str
    by: str
    at: str
    reason: str

    @property
    def id(self) -> str:
        """A digest of all that the line says."""
        return digest("revocation", self.revokes, self.by, self.at, self.reason)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A person taken out for good: keyed digests of the names (see :mod:`grappe.link.suppression`), never a name."""

    digests: tuple[str, ...]
    by: str
    at: str
    reason: str

    @property
    def id(self) -> str:
        """A digest of all that the line says."""
        return digest("suppression", *self.digests, self.by, self.at, self.reason)


#: A line of the ledger.
Decision = Judgement | FactJudgement | Revocation | Suppression


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the judgements come to.

    ``canonical`` holds each merged key's canonical key (its former address stays known so), ``links`` the standing
    decisions that a key is, or is near, a thing of another graph, ``rejected`` and ``corrected`` the statements that
    are judged, by their ids; ``suppressed`` the digests of names that no text may show.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Judgement, ...] = ()
    rejected: frozenset[str] = frozenset()
    corrected: Mapping[str, tuple[Object, str]] = field(default_factory=dict)
    suppressed: frozenset[str] = frozenset()

    def of(self, key: str, document: str | None = None) -> str:
        """Return the canonical key; a key that nobody judged is its own.

        A name may stand for one thing in a document and for another elsewhere: ``KEY@DOCUMENT`` goes before ``KEY``.
        """
        if document is not None and (own := self.canonical.get(f"{key}@{document}")) is not None:
            return own
        return self.canonical.get(key, key)
