"""Verbs on links to other open data: authority, link, review, sssom."""

from __future__ import annotations

import contextlib
import getpass
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from grappe.cli.output import count, table
from grappe.config import Settings

__all__ = ["authority", "link", "review", "sssom"]

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


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would be linked, and decide nothing.")
@click.option("--at", help="When, as 2026-01-31T12:00:00Z. [default: now]")
@click.option(
    "--live",
    "services",
    multiple=True,
    metavar="ADDRESS",
    help="Ask this reconciliation service or SPARQL endpoint too, over the network; may be given again.",
)
@click.pass_obj
def link(settings: Settings, dry_run: bool, at: str | None, services: tuple[str, ...]) -> None:
    """Match what is named against the registers, link what is sure, and leave the rest to 'grappe review'.

    Shown is what is new: the thing, the register and identifier, the score, and the reasons. Nothing leaves this
    machine without --live; what a live service proposes is always left to a person, and people are not asked for.

    \b
    Examples:
      grappe link --dry-run
      grappe link && grappe review
      grappe link --live https://wikidata.reconci.link/fr/api
    """  # noqa: D301
    from grappe import pipeline
    from grappe.link.records import SCHEMES

    when = at or _now()
    with _counting("Matching", "thing") as step:
        numbers = itertools.count(1)
        new = pipeline.link(settings, at=when, dry_run=dry_run, progress=lambda _: step(next(numbers)))
    for p in new:
        word = "linked" if p.outcome == "accepted" else "open"
        click.echo(f"{word:<7} {p.key}  {SCHEMES[p.scheme].title} {p.identifier} « {p.label} »  {p.score:.2f}")
        click.echo(f"        {'; '.join(p.reasons)}")
    made = sum(p.outcome == "accepted" for p in new)
    proposed = pipeline.link_live(settings, services, at=when, dry_run=dry_run) if services else []
    for one in proposed:
        click.echo(f"open    {one.entity}  {one.identifier} « {one.label} »  {one.score:.2f}")
        click.echo(f"        {'; '.join(one.reasons)}")
    asked = len(new) - made + len(proposed)
    told = f"{count(made, 'new link')}, {count(asked, 'new question')} for 'grappe review'."
    click.echo(f"{told}{' Nothing was written.' if dry_run else ''}", err=True)


@click.command()
@click.option("--list", "list_", is_flag=True, help="List what is open, and ask nothing.")
@click.option("--by", help="Who decides. [default: your user name]")
@click.option("--at", help="When, as 2026-01-31T12:00:00Z. [default: now]")
@click.pass_obj
def review(settings: Settings, list_: bool, by: str | None, at: str | None) -> None:
    """Decide, one by one, the links that no rule was sure of. Each answer goes to the ledger at once.

    \b
    Example:
      grappe review --by ada
    """  # noqa: D301
    from grappe import pipeline
    from grappe.link.records import scheme_of
    from grappe.model import Judgement, Verdict

    left = pipeline.open_links(settings)
    if not left:
        click.echo("Nothing is open. 'grappe link' matches what is new.", err=True)
        return
    answers: dict[str, Verdict] = {"y": "same", "n": "different"}
    for number, one in enumerate(left, 1):
        scheme = scheme_of(one.address)
        click.echo(f"[{number}/{len(left)}] {one.key}  « {' », « '.join(one.names[:4])} »")
        click.echo(f"    {' '.join(scheme) if scheme else ''} « {one.label} »  {one.score:.2f}  {one.address}")
        click.echo(f"    {one.reason}")
        if list_:
            continue
        choice = click.Choice([*answers, "s", "q"])
        answer = click.prompt("    the same? y, n, s (skip), q (quit)", type=choice, show_choices=False)
        if answer == "q":
            break
        if answer in answers:
            who, when = by or getpass.getuser(), at or _now()
            said = Judgement(one.key, one.address, answers[answer], who, when, "reviewed", one.relation, one.score)
            pipeline.decide(settings, [said])


@click.group()
def sssom() -> None:
    """Hand links out, or take them in, as SSSOM mapping sets.

    \b
    Example:
      grappe sssom export -o links.sssom.tsv
    """  # noqa: D301


@sssom.command("export")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. [default: standard output]",
)
@click.option(
    "--format", "format_", type=click.Choice(["tsv", "turtle", "ntriples", "rdfxml"]), default="tsv", show_default=True
)
@click.pass_obj
def sssom_export(settings: Settings, output: Path | None, format_: str) -> None:
    """Write the links that stand, with who or which rule made them, when, why and how sure.

    \b
    Examples:
      grappe sssom export -o links.sssom.tsv
      grappe sssom export --format turtle
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import write_atomically

    body = pipeline.export_links(settings, format_)
    if output is None or str(output) == "-":
        click.echo(body, nl=False)
    else:
        write_atomically(output, body.encode())
        click.echo(f"wrote {output}", err=True)


@sssom.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--by", help="Who decided, where the file does not say. [default: your user name]")
@click.option("--at", help="When, for lines without a date. [default: now]")
@click.pass_obj
def sssom_import(settings: Settings, file: Path, by: str | None, at: str | None) -> None:
    """Take the mappings of an SSSOM file (TSV) into the ledger. What it says already is not said again.

    \b
    Example:
      grappe sssom import links.sssom.tsv
    """  # noqa: D301
    from grappe import pipeline
    from grappe.errors import InputError

    try:
        text = sys.stdin.buffer.read().decode() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}).", remedy="Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is no text in UTF-8.", remedy="Save it as UTF-8.") from error
    new, passed = pipeline.import_links(settings, text, by=by or getpass.getuser(), at=at or _now())
    for one in new:
        click.echo(f"{one.verdict:<10} {one.left}  {one.right}")
    told = (
        f"{count(len(new), 'decision')} taken in, {count(passed, 'line')} passed over: they say what is known already"
    )
    click.echo(f"{told}, or speak of things that no document names.", err=True)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextlib.contextmanager
def _counting(what: str, noun: str = "record") -> Iterator[Callable[[int], None]]:
    """Give a function that shows on a terminal how many there have been."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} …") as status:
        yield lambda number: status.update(f"{what} … {count(number, noun)}")
