"""Tokens: who may write what. Each is shown once, when it is made; the home keeps only its digest.

``tokens.json`` in the home holds a list of records: ``id``, ``scope``, ``note``, ``created``, ``sha256``. A token has
256 random bits, so its plain SHA-256 cannot be turned back.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from grappe.errors import InputError, NotFound, StoreCorrupt
from grappe.store.home import disk_errors, write_atomically
from grappe.store.lock import exclusive

__all__ = ["Scope", "Token", "create_token", "find_token", "read_tokens", "revoke_token"]

_KINDS = ("read", "write", "admin")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may do: ``read``; ``write``, all graphs that are users' or those under a prefix; ``admin``, all.

    >>> Scope.parse("write:https://example.org/").may_write("https://example.org/a")
    True
    """

    kind: str
    prefix: str = ""

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Return the scope that a text names.

        Raises:
            InputError: if it names none.
        """
        kind, colon, prefix = text.partition(":")
        if kind not in _KINDS or (colon and (kind != "write" or ":" not in prefix)):
            raise InputError(
                f"'{text}' is no scope.",
                remedy="Give read, write, write:PREFIX (the beginning of the addresses of graphs) or admin.",
            )
        return cls(kind, prefix)

    def __str__(self) -> str:
        return f"{self.kind}:{self.prefix}" if self.prefix else self.kind

    def covers(self, kind: str) -> bool:
        """Return whether this scope is at least of a kind."""
        return _KINDS.index(self.kind) >= _KINDS.index(kind)

    def may_write(self, graph: str | None) -> bool:
        """Return whether this scope lets a users' graph be written; None is the default graph."""
        return self.covers("write") and (not self.prefix or (graph is not None and graph.startswith(self.prefix)))


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the home keeps it."""

    id: str
    scope: str
    note: str
    created: str
    sha256: str


def read_tokens(home: Path) -> tuple[Token, ...]:
    """Return the tokens of a home, oldest first.

    Raises:
        StoreCorrupt: if their file cannot be read back.
    """
    path = _file(home)
    try:
        return tuple(Token(**record) for record in json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise StoreCorrupt(
            f"{path} cannot be read back.", remedy="Delete it and create the tokens anew; no token works meanwhile."
        ) from error


def create_token(home: Path, scope: Scope, *, note: str = "") -> str:
    """Make a token and return it: the only time that it can be seen."""
    id, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    token = f"grappe_{id}_{secret}"
    created = datetime.now(UTC).isoformat(timespec="seconds")
    with exclusive(home / "tokens.lock", wait=10):
        _write(home, [*read_tokens(home), Token(id, str(scope), note, created, _digest(token))])
    return token


def revoke_token(home: Path, id: str) -> None:
    """Make a token worthless.

    Raises:
        NotFound: if the home has no token of that identifier.
    """
    with exclusive(home / "tokens.lock", wait=10):
        held = read_tokens(home)
        kept = [one for one in held if one.id != id]
        if len(kept) == len(held):
            remedy = "'grappe token list' shows those there are."
            raise NotFound(f"There is no token '{id}' here.", iri=id, remedy=remedy)
        _write(home, kept)


def find_token(tokens: Sequence[Token], given: str) -> Token | None:
    """Return the token that a text is, if any; the time taken does not depend on how much of it is right."""
    digest, found = _digest(given), None
    for one in tokens:
        if hmac.compare_digest(one.sha256, digest):
            found = one
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _file(home: Path) -> Path:
    return home / "tokens.json"


def _write(home: Path, tokens: Sequence[Token]) -> None:
    write_atomically(_file(home), json.dumps([asdict(one) for one in tokens], indent=1).encode() + b"\n")
    with disk_errors(_file(home)):
        _file(home).chmod(0o600)
