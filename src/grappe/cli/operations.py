"""Verbs of the operator: load, backup, restore, verify, token."""

from __future__ import annotations

from pathlib import Path

import click

from grappe.cli.output import GRAPH_FORMATS, count, progress, table
from grappe.config import Settings

__all__ = ["backup", "load", "restore", "token", "verify"]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--graph", metavar="IRI", help="The graph for files that name none. [default: the default graph]")
@click.option("--named-only", is_flag=True, help="Loaded graphs are not seen in the default graph too.")
@click.option("--format", "format_", type=click.Choice(GRAPH_FORMATS), help="[default: what the file's ending says]")
@click.pass_obj
def load(settings: Settings, files: tuple[Path, ...], graph: str | None, named_only: bool, format_: str | None) -> None:
    """Load RDF files in bulk, beside the documents; all of them become readable together.

    N-Quads, TriG and JSON-LD keep the graphs that they name. Files may be packed (.gz, .bz2, .xz).

    \b
    Examples:
      grappe load sirene.nt --graph https://example.org/sirene
      grappe load everything.nq.gz --named-only
    """  # noqa: D301
    from grappe.ontology import Schema
    from grappe.store.home import Home
    from grappe.store.loading import Load, format_of
    from grappe.store.loading import load as loading
    from grappe.store.writer import writing

    loads = [Load(path, format_ or format_of(path), graph, named_only) for path in files]
    schema = Schema.load(settings.ontology)
    with (
        progress("Loading", len(loads)) as step,
        writing(
            Home(settings.home), names=settings.names, schema=schema, wait=settings.lock_wait, plain=True
        ) as writer,
    ):
        loading(writer, loads, progress=step)
    click.echo(f"loaded {count(len(files), 'file')}", err=True)


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, archive: Path) -> None:
    """Copy the home, from one moment, into an archive (tar); it may be served and written meanwhile.

    \b
    Example:
      grappe backup monday.tar
    """  # noqa: D301
    from grappe.store.backups import backup as back_up
    from grappe.store.home import Home

    number = back_up(Home(settings.home), archive, wait=settings.lock_wait)
    click.echo(f"copied generation {number} to {archive}", err=True)


@click.command()
@click.argument("archive", type=click.Path(path_type=Path))
@click.pass_obj
def restore(settings: Settings, archive: Path) -> None:
    """Put the home back from an archive; a service that runs on it goes on with what is restored.

    \b
    Example:
      grappe restore monday.tar
    """  # noqa: D301
    from grappe.store.backups import restore as put_back
    from grappe.store.home import Home

    number = put_back(Home(settings.home), archive, wait=settings.lock_wait)
    click.echo(f"restored {archive} as generation {number}", err=True)


@click.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Check the home: its originals, its store, and that what is derived follows; it may be served meanwhile.

    \b
    Example:
      grappe verify
    """  # noqa: D301
    from grappe.ontology import Schema
    from grappe.store.backups import verify as check
    from grappe.store.home import Home

    faults = list(check(Home(settings.home), names=settings.names, schema=Schema.load(settings.ontology)))
    for fault in faults:
        click.echo(f"{fault.message} {fault.remedy}")
    click.echo(count(len(faults), "fault") if faults else "nothing is wrong", err=True)
    if faults:
        click.get_current_context().exit(4)


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
