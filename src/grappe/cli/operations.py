"""Verbs of the operator: token."""

from __future__ import annotations

import click

from grappe.cli.output import table
from grappe.config import Settings

__all__ = ["token"]


@click.group()
def token() -> None:
    """Create, list and revoke the tokens that let clients write.

    \b
    Examples:
      grappe token create --scope write:https://example.org/
      grappe token list
    """  # noqa: D301


@token.command("create")
@click.option(
    "--scope",
    required=True,
    metavar="read|write|write:PREFIX|admin",
    help="What it allows; with PREFIX, only graphs whose addresses begin so.",
)
@click.option("--note", default="", help="Whose it is, for the list.")
@click.pass_obj
def create(settings: Settings, scope: str, note: str) -> None:
    """Print a new token. It is shown this once: the home keeps only its digest.

    \b
    Example:
      grappe token create --scope write
    """  # noqa: D301
    from grappe.store.tokens import Scope, create_token

    click.echo(create_token(settings.home, Scope.parse(scope), note=note))


@token.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Show the tokens there are, without what makes them work.

    \b
    Example:
      grappe token list
    """  # noqa: D301
    from grappe.store.tokens import read_tokens

    table(["id", "scope", "created", "note"], [[t.id, t.scope, t.created, t.note] for t in read_tokens(settings.home)])


@token.command("revoke")
@click.argument("id")
@click.pass_obj
def revoke(settings: Settings, id: str) -> None:
    """Make a token worthless, at once.

    \b
    Example:
      grappe token revoke 3f2a9c01
    """  # noqa: D301
    from grappe.store.tokens import revoke_token

    revoke_token(settings.home, id)
    click.echo(f"revoked {id}", err=True)
