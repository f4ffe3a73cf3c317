"""Every error that Grappe raises on purpose.

::

    GrappeError                 message, remedy
    ├── InputError              what was given cannot be used
    │   ├── ReadError           a file that is empty, no text, or in no known encoding   (document)
    │   ├── NothingToRead       a path that holds no readable document
    │   ├── IdTaken             a document identifier that another path holds            (document)
    │   ├── UnknownFormat       a format that Grappe does not write or read              (format)
    │   └── QuerySyntaxError    a query that does not parse                              (offset)
    ├── NotFound                a document, entity or graph that the home lacks          (iri)
    ├── NotAllowed              a write that reaches what is not its writer's            (iri)
    ├── ShapeViolation          facts that break a shape                                 (document, report)
    ├── StoreError              the store cannot do what was asked
    │   ├── StoreBusy           another process holds the writer's lock
    │   ├── StoreFull           the disk is full
    │   └── StoreCorrupt        a file of the home that cannot be read back
    ├── QueryError              a query that was refused or ended
    │   ├── QueryTimeout        it ran past its deadline                                 (seconds)
    │   ├── QueryCancelled      whoever may do so ended it
    │   ├── ResultTooLarge      its result is larger than allowed                        (bytes)
    │   ├── Overloaded          too many queries wait already                            (seconds)
    │   └── WorkerDied          it ended the process that evaluated it
    ├── RemoteError             another service that did not answer as it should         (address, status)
    └── ResourceMissing         a file that the installation should hold

Each error prints as one sentence that says what is wrong, and a second one that says what to do.
"""

from __future__ import annotations

__all__ = [
    "GrappeError",
    "IdTaken",
    "InputError",
    "NotAllowed",
    "NotFound",
    "NothingToRead",
    "Overloaded",
    "QueryCancelled",
    "QueryError",
    "QuerySyntaxError",
    "QueryTimeout",
    "ReadError",
    "RemoteError",
    "ResourceMissing",
    "ResultTooLarge",
    "ShapeViolation",
    "StoreBusy",
    "StoreCorrupt",
    "StoreError",
    "StoreFull",
    "UnknownFormat",
    "WorkerDied",
]


class GrappeError(Exception):
    """The root: one sentence of what is wrong, and one of what to do about it."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error pass from one process to another, with all that it carries."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[GrappeError], args: tuple[object, ...], carried: dict[str, object]) -> GrappeError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(carried)
    return error


class InputError(GrappeError):
    """What was given cannot be used."""


class ReadError(InputError):
    """A file that is empty, is no text, or is in no known encoding."""

    def __init__(self, message: str, *, document: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.document = document


class NothingToRead(InputError):
    """A path that holds no readable document."""


class IdTaken(InputError):
    """A document identifier that another path holds already."""

    def __init__(self, message: str, *, document: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.document = document


class UnknownFormat(InputError):
    """A format that Grappe neither reads nor writes."""

    def __init__(self, message: str, *, format: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.format = format


class QuerySyntaxError(InputError):
    """A query that does not parse; ``offset`` is the code point where reading stopped, if known."""

    def __init__(self, message: str, *, offset: int | None = None, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.offset = offset


class NotFound(GrappeError):
    """A document, an entity or a graph that this home does not hold."""

    def __init__(self, message: str, *, iri: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.iri = iri


class NotAllowed(GrappeError):
    """A write that would reach what is not its writer's: the facts of documents, the ontology, another's graph."""

    def __init__(self, message: str, *, iri: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.iri = iri


class ShapeViolation(GrappeError):
    """Facts of a document that break a SHACL shape; ``report`` is the readable report, one line a breach."""

    def __init__(self, message: str, *, document: str, report: tuple[str, ...], remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.document = document
        self.report = report


class StoreError(GrappeError):
    """The store cannot do what was asked."""


class StoreBusy(StoreError):
    """Another process holds the writer's lock."""


class StoreFull(StoreError):
    """The disk that holds the home is full."""


class StoreCorrupt(StoreError):
    """A file of the home cannot be read back."""


class QueryError(GrappeError):
    """A query was refused or ended before it answered."""


class QueryTimeout(QueryError):
    """A query ran past its deadline of ``seconds``."""

    def __init__(self, message: str, *, seconds: float, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.seconds = seconds


class QueryCancelled(QueryError):
    """A query was ended by whoever sent it, or by who operates the service."""


class ResultTooLarge(QueryError):
    """A query's result is larger than ``bytes``."""

    def __init__(self, message: str, *, bytes: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.bytes = bytes


class Overloaded(QueryError):
    """Too many queries wait for their turn; it may be asked again in ``seconds``."""

    def __init__(self, message: str, *, seconds: float, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.seconds = seconds


class WorkerDied(QueryError):
    """A query ended the process that evaluated it (deep nesting, stack or memory)."""


class RemoteError(GrappeError):
    """Another service did not answer, or not as its protocol says; ``status`` is that of HTTP, if it came so far."""

    def __init__(self, message: str, *, address: str, status: int | None = None, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.address = address
        self.status = status


class ResourceMissing(GrappeError):
    """A file that the installation should hold is not there."""
