"""Who may do what: reading is open; writing wants a token, in the Authorization header and nowhere else.

A browser never sends that header of its own accord, so no other site can make a reader's browser write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from grappe.store.tokens import Scope, Token, find_token, read_tokens
from grappe.web.problems import BadRequest

__all__ = ["BEARER", "Keyring"]

#: How OpenAPI describes the token; :class:`Keyring` is what looks at it.
BEARER = Depends(HTTPBearer(auto_error=False, scheme_name="bearer"))

_REALM = 'Bearer realm="grappe"'


@dataclass(slots=True)
class Keyring:
    """The tokens of a home, read again when their file changes."""

    home: Path
    _stamp: tuple[int, int] | None = field(default=None)
    _tokens: tuple[Token, ...] = field(default=())

    def authorise(self, request: Request, kind: str) -> Scope:
        """Return the scope of the request's token, which is at least of a kind: ``read``, ``write`` or ``admin``.

        Raises:
            BadRequest: 401 without a token or with one that is none of ours, 403 where a token of this kind is wanted
                and this one is not, or where the home has none at all.
        """
        tokens = self._held()
        given = self.scope(request)
        if given is not None and given.covers(kind):
            return given
        if given is not None:
            challenge = f'{_REALM}, error="insufficient_scope", scope="{kind}"'
            raise _refused(HTTPStatus.FORBIDDEN, f"This token may not {kind}.", f"Use one of scope {kind}.", challenge)
        if not any(Scope.parse(one.scope).covers(kind) for one in tokens):
            remedy = f"The operator turns it on with 'grappe token create --scope {kind}'."
            raise _refused(HTTPStatus.FORBIDDEN, "This is turned off here.", remedy)
        raise _refused(
            HTTPStatus.UNAUTHORIZED, "This needs a token.", "Send one as 'Authorization: Bearer TOKEN'.", _REALM
        )

    def scope(self, request: Request) -> Scope | None:
        """Return the scope of the request's token, or None where it carries none.

        Raises:
            BadRequest: 401, if it carries one that is none of ours.
        """
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if not kind:
            return None
        found = find_token(self._held(), given.strip()) if kind.casefold() == "bearer" else None
        if found is None:
            challenge = f'{_REALM}, error="invalid_token"'
            raise _refused(
                HTTPStatus.UNAUTHORIZED,
                "This token is not valid here.",
                "'grappe token create' makes one; send it as 'Authorization: Bearer TOKEN'.",
                challenge,
            )
        return Scope.parse(found.scope)

    def _held(self) -> tuple[Token, ...]:
        try:
            status = (self.home / "tokens.json").stat()
            stamp = (status.st_mtime_ns, status.st_ino)
        except OSError:
            stamp = None
        if stamp != self._stamp:
            self._tokens, self._stamp = read_tokens(self.home), stamp
        return self._tokens if stamp else ()


def _refused(status: HTTPStatus, message: str, remedy: str, challenge: str | None = None) -> BadRequest:
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return BadRequest(message, remedy=remedy, status=status, headers=headers)
