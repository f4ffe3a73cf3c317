"""What verbs print: results to standard output, everything else to standard error."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from grappe.errors import (
    GrappeError,
    InputError,
    NotFound,
    QueryError,
    QuerySyntaxError,
    ShapeViolation,
    StoreError,
)

if TYPE_CHECKING:
    from grappe.pipeline import Added

__all__ = ["GRAPH_FORMATS", "MIN_CONFIDENCE", "count", "exit_code", "progress", "report", "show", "table"]

#: What a command ends with, by the first of these that the error is.
_EXIT: tuple[tuple[type[GrappeError], int], ...] = (
    (ShapeViolation, 3),
    (StoreError, 4),
    (QuerySyntaxError, 5),
    (QueryError, 5),
    (NotFound, 6),
    (InputError, 1),
)

GRAPH_FORMATS = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"]

#: The option that cuts the graph by confidence.
MIN_CONFIDENCE = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Only facts that are at least so sure (0 to 1), and what stands without the others.",
)


def exit_code(error: GrappeError) -> int:
    """Return what a command ends with for an error."""
    return next((code for kind, code in _EXIT if isinstance(error, kind)), 1)


def report(added: Iterable[Added]) -> None:
    """Print what became of each file; end with an error's code if one was refused."""
    worst = 0
    for one in added:
        if one.error is None:
            click.echo(f"{one.outcome:<10} {one.id}  {count(one.facts, 'fact')}, {count(one.entities, 'thing')}")
            if not one.facts:
                click.echo(
                    f"grappe: {one.id} states nothing that Grappe finds. It is kept for a later 'grappe rebuild'.",
                    err=True,
                )
            continue
        error = one.error
        click.echo(f"{one.outcome:<10} {one.id}")
        click.echo(f"grappe: {error}", err=True)
        worst = max(worst, exit_code(error))
    if worst:
        click.get_current_context().exit(worst)


@contextlib.contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Give a function that says which document is being read; it draws a bar on a terminal, if there is more than one:
    how many, how many a second, the time left.
    """
    if total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, done = bar.add_task("", total=total), -1

        def step(id_: str) -> None:
            nonlocal done
            done += 1
            bar.update(task, completed=done, description=id_)

        yield step


def show(answer: dict[str, Any]) -> None:
    """Print results that came as SPARQL JSON as a table."""
    if "boolean" in answer:
        click.echo("true" if answer["boolean"] else "false")
        return
    names = answer["head"]["vars"]
    rows = [[_cell(row.get(name)) for name in names] for row in answer["results"]["bindings"]]
    table(names, rows)
    click.echo(count(len(rows), "row"), err=True)


def _cell(term: dict[str, str] | None) -> str:
    from grappe.iri import shorten

    if term is None:
        return ""
    return shorten(term["value"]) if term["type"] == "uri" else term["value"]


def table(names: list[str], rows: list[list[str]]) -> None:
    """Print a table: fitted to a terminal, whole where something else reads it."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(*names, box=SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    terminal = Console(markup=False, highlight=False)
    whole = Console(markup=False, highlight=False, width=int(Console(width=100_000).measure(table).maximum))
    (terminal if terminal.is_terminal else whole).print(table)


def count(number: int, noun: str) -> str:
    """Return a number with its noun: « 1 fact », « 12 000 facts »."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", " ")
