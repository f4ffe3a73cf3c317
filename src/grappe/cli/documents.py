"""Verbs on documents: add, list, remove, rebuild, diff, check."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grappe.cli.output import count, progress, report, table
from grappe.config import Settings
from grappe.errors import InputError

if TYPE_CHECKING:
    from grappe.pipeline import Listed
    from grappe.store.conflicts import Conflict

__all__ = ["add", "check", "diff", "list_", "rebuild", "remove"]


#: A process is worth its start from so many documents on.
_WORTH_A_PROCESS = 50
_JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="How many processes read and extract. [default: as many as there are cores, if there is enough to do]",
)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--id", "id_", help="The document's identifier: letters, digits and hyphens. [default: from the file's name]"
)
@click.option("--source-url", help="Where the document was found.")
@click.option("--licence", help="The licence of the document, as a name or an address.")
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was found.")
@_JOBS
@click.pass_obj
def add(
    settings: Settings,
    paths: tuple[Path, ...],
    id_: str | None,
    source_url: str | None,
    licence: str | None,
    retrieved: datetime | None,
    jobs: int | None,
) -> None:
    """Add documents: files, folders, archives, or - for standard input (with --id).

    A document that is there already is replaced; one that has not changed changes nothing. A run that was stopped goes
    on where it was when it is started again.

    \b
    Examples:
      grappe add communique.txt --source-url https://example.org/communique --licence etalab-2.0
      grappe add documents/
      curl -s https://example.org/news.txt | grappe add - --id news-2021
    """  # noqa: D301
    from grappe import pipeline
    from grappe.iri import slug
    from grappe.model import Origin

    about = Origin("-", source_url, licence, f"{retrieved:%Y-%m-%d}" if retrieved else None)
    _check_address(source_url)
    if id_ is not None and slug(id_) != id_:
        raise click.UsageError(
            f"'{id_}' is no identifier. Use small letters, digits and hyphens: {slug(id_) or 'my-document'}."
        )
    if any(str(path) == "-" for path in paths):
        if id_ is None or len(paths) > 1:
            raise click.UsageError(
                "Standard input needs an identifier, and comes alone: grappe add - --id my-document."
            )
        body = sys.stdin.buffer.read()
        report(pipeline.add(settings, [pipeline.Source(id_, body, about)]))
        return
    files = pipeline.find_files(paths)
    if id_ is not None and len(files) > 1:
        raise click.UsageError("One identifier cannot stand for several files. Give --id with one file only.")
    total = pipeline.count_sources(files)
    with progress("Reading", total) as step:
        given = pipeline.sources(files, about=about, id=id_)
        report(pipeline.add(settings, given, jobs=_jobs(jobs, total), progress=step))


@click.command("list")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def list_(settings: Settings, format_: str) -> None:
    """List the documents of the graph.

    \b
    Example:
      grappe list --format json
    """  # noqa: D301
    from grappe import pipeline

    listed = list(pipeline.documents(settings))
    if format_ == "json":
        click.echo(json.dumps([_record(one) for one in listed], ensure_ascii=False, indent=1))
    elif listed:
        rows = [[one.id, str(one.facts), one.issued or "", one.title or ""] for one in listed]
        table(["document", "facts", "issued", "title"], rows)
    else:
        click.echo(f"There is no document in {settings.home} yet. Run 'grappe add PATH' first.", err=True)


@click.command()
@click.argument("id_", metavar="ID")
@click.pass_obj
def remove(settings: Settings, id_: str) -> None:
    """Withdraw a document and all that only it states.

    \b
    Example:
      grappe remove 00-genopole
    """  # noqa: D301
    from grappe import pipeline

    pipeline.remove(settings, id_)
    click.echo(f"removed    {id_}")


@click.command()
@_JOBS
@click.pass_obj
def rebuild(settings: Settings, jobs: int | None) -> None:
    """Extract everything again from the kept originals and judgements, after an upgrade.

    \b
    Example:
      grappe diff && grappe rebuild
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import Home

    ids = Home(settings.home).ids()
    with progress("Rebuilding", len(ids)) as step:
        report(pipeline.rebuild(settings, jobs=_jobs(jobs, len(ids)), progress=step))


@click.command()
@click.pass_obj
def diff(settings: Settings) -> None:
    """Show what a rebuild would change, and change nothing.

    \b
    Example:
      grappe diff
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import Home

    ids = Home(settings.home).ids()
    with progress("Comparing", len(ids)) as step:
        changes = list(pipeline.diff(settings, progress=step))
    for change in changes:
        click.echo(f"# {change.id}")
        for sign, lines in (("-", change.removed), ("+", change.added)):
            for line in lines:
                click.echo(f"{sign} {line}")
    click.echo(f"A rebuild would change {count(len(changes), 'document')} of {len(ids)}.", err=True)


@click.command()
@click.option("--conflicts", is_flag=True, help="List instead what documents contradict each other about.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", help="Of the conflicts.")
@click.pass_context
def check(ctx: click.Context, conflicts: bool, format_: str) -> None:
    """Check every document's facts against the shapes of the ontology, or against one another.

    With --conflicts: what has one value at a time (an area, a count, a date, a status, the sum of an award) and several
    in the graph, each with its document, the document's date and the passage. Both stay in the graph.

    \b
    Examples:
      grappe check
      grappe check --conflicts
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import Home

    settings: Settings = ctx.obj
    if conflicts:
        _list_conflicts(pipeline.conflicts(settings), format_)
        return
    broken = 0
    with progress("Checking", len(Home(settings.home).ids())) as step:
        for id_, found in pipeline.check_all(settings, progress=step):
            click.echo(f"{'conforms' if found.conforms else 'breaks':<10} {id_}")
            for line in found.lines:
                click.echo(f"  {line}")
            broken += not found.conforms
    ctx.exit(3 if broken else 0)


def _list_conflicts(found: list[Conflict], format_: str) -> None:
    if format_ == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.label}  {one.predicate}")
        for told in one.told:
            quote = " ".join(told.quote.split())
            place = f"{told.document} {told.start}–{told.end}, {told.issued or 'no date'}"
            click.echo(f"    {told.value}  « {quote} »  ({place})")
    click.echo(f"Documents contradict each other about {count(len(found), 'fact')}.", err=True)


def _jobs(given: int | None, documents: int) -> int:
    """Return how many processes are worth their start: each loads the language model first."""
    return given or min(os.cpu_count() or 1, max(1, documents // _WORTH_A_PROCESS))


def _record(one: Listed) -> dict[str, object]:
    origin = one.kept.origin
    return {
        "id": one.id,
        "title": one.title,
        "issued": one.issued,
        "facts": one.facts,
        "path": origin.path,
        "source": origin.source_url,
        "licence": origin.licence,
        "retrieved": origin.retrieved,
        "sha256": one.kept.document.sha256,
    }


def _check_address(address: str | None) -> None:
    if address is not None and ("://" not in address or any(c in address for c in ' <>"{}|\\^`')):
        raise InputError(f"'{address}' is no address.", remedy="Give --source-url as https://….")
