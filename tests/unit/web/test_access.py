"""Who may do what, by the token that a request carries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi import Request

from grappe.errors import InputError, NotFound, StoreCorrupt
from grappe.store.tokens import Scope, create_token, read_tokens, revoke_token
from grappe.web.access import Keyring
from grappe.web.problems import BadRequest


def request(authorization: str | None = None) -> Request:
    headers = [] if authorization is None else [(b"authorization", authorization.encode())]
    return Request({"type": "http", "method": "POST", "path": "/update", "headers": headers})


def refusal(keyring: Keyring, kind: str, authorization: str | None = None) -> BadRequest:
    with pytest.raises(BadRequest) as caught:
        keyring.authorise(request(authorization), kind)
    return caught.value


def test_a_token_allows_what_its_scope_covers_and_no_more(tmp_path: Path) -> None:
    keyring, token = Keyring(tmp_path), create_token(tmp_path, Scope("write", "https://example.org/"))
    create_token(tmp_path, Scope("admin"))
    scope = keyring.authorise(request(f"Bearer {token}"), "write")
    assert scope.may_write("https://example.org/a")
    assert not scope.may_write("https://example.net/a")
    assert not scope.may_write(None)
    assert keyring.authorise(request(f"bearer {token}"), "read") == scope
    assert refusal(keyring, "admin", f"Bearer {token}").status == 403
    assert refusal(keyring, "write").headers["WWW-Authenticate"] == 'Bearer realm="grappe"'
    for wrong in (f"Bearer {token}x", "Bearer", f"Basic {token}", "Bearer ü"):
        assert refusal(keyring, "write", wrong).status == 401


def test_where_no_token_can_write_writing_is_off(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    create_token(tmp_path, Scope("read"))
    assert refusal(keyring, "write").status == 403


def test_a_token_made_or_revoked_while_serving_counts_at_once(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    assert refusal(keyring, "write").status == 403
    token = create_token(tmp_path, Scope("write"))
    assert keyring.authorise(request(f"Bearer {token}"), "write") == Scope("write")
    revoke_token(tmp_path, read_tokens(tmp_path)[0].id)
    assert refusal(keyring, "write", f"Bearer {token}").status == 401
    with pytest.raises(NotFound):
        revoke_token(tmp_path, "00000000")


def test_the_home_keeps_no_token_that_works_and_nobody_else_reads_the_file(tmp_path: Path) -> None:
    token = create_token(tmp_path, Scope("admin"), note="Jeanne")
    kept = (tmp_path / "tokens.json").read_text()
    assert "Jeanne" in kept
    assert token.split("_", 2)[2] not in kept
    assert (tmp_path / "tokens.json").stat().st_mode & 0o077 == 0


def test_a_broken_file_of_tokens_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "tokens.json").write_text(json.dumps([{"id": "x"}]))
    with pytest.raises(StoreCorrupt):
        Keyring(tmp_path).authorise(request("Bearer x"), "write")


@pytest.mark.parametrize("text", ["", "root", "read:https://example.org/", "write:", "write:example"])
def test_a_text_that_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Scope.parse(text)
