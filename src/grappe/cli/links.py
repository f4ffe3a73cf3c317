"""Verbs on links to other open data: authority, link, review."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import click

from grappe.cli.output import count, table
from grappe.config import Settings

__all__ = ["authority"]

#: Named here too, so that the help needs not load what reads them; a test holds the two together.
KINDS = ["ror", "rnsr", "sirene", "cog", "mesr", "geonames", "wikidata"]


@click.group()
def authority() -> None:
    """Load registers (ROR, RNSR, Sirene …) to link to; a small one is built in.

    \b
    Example:
      grappe authority add ror v1.74-2026-01-15-ror-data.zip
    """  # noqa: D301


@authority.command("add")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Of what day the data are. [default: the day in the file's name, or of the file]",
)
@click.option("--licence", help="The licence of the data. [default: what the authority publishes under]")
@click.pass_obj
def authority_add(settings: Settings, kind: str, file: Path, date: datetime | None, licence: str | None) -> None:
    """Load a file of an authority as it is published: plain, gzipped or zipped; CSV, JSON or Parquet.

    Loading the same file name again replaces what it gave before; other files of the kind stay beside it.

    \b
    Examples:
      grappe authority add ror v1.74-2026-01-15-ror-data.zip
      grappe authority add sirene StockUniteLegale_utf8.parquet
      grappe authority add cog v_commune_2026.csv --date 2026-01-01
    """  # noqa: D301
    from grappe import pipeline

    with _counting(f"Reading {file.name}") as step:
        about = pipeline.add_authority(
            settings, kind, file, date=f"{date:%Y-%m-%d}" if date else None, licence=licence, progress=step
        )
    click.echo(f"loaded     {kind} {about.file}  {count(about.records, 'record')}, of {about.date}, {about.licence}")


@authority.command("list")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def authority_list(settings: Settings, format_: str) -> None:
    """List what is loaded: kind, file, records, date, licence.

    \b
    Example:
      grappe authority list
    """  # noqa: D301
    from dataclasses import asdict

    from grappe import pipeline

    loaded = pipeline.authorities(settings)
    if format_ == "json":
        click.echo(json.dumps([asdict(one) for one in loaded], ensure_ascii=False, indent=1))
        return
    rows = [[one.kind, one.file, f"{one.records:,}".replace(",", " "), one.date, one.licence] for one in loaded]
    table(["kind", "file", "records", "of", "licence"], rows)


@authority.command("remove")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", required=False)
@click.pass_obj
def authority_remove(settings: Settings, kind: str, file: str | None) -> None:
    """Remove what was loaded of a kind, or of one FILE of it. Links that were made stay.

    \b
    Example:
      grappe authority remove ror
    """  # noqa: D301
    from grappe import pipeline

    for about in pipeline.remove_authority(settings, kind, file):
        click.echo(f"removed    {about.kind} {about.file}")


@contextlib.contextmanager
def _counting(what: str) -> Iterator[Callable[[int], None]]:
    """Give a function that shows on a terminal how many records have been read."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …") as status:
        yield lambda number: status.update(f"{what} … {count(number, 'record')}")
