"""The command line: thin verbs over the pipeline. Results go to standard output, everything else to standard error.

Whatever is heavy is imported by the verb that needs it, so that ``grappe --help`` answers at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grappe import __version__
from grappe.config import Settings
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
    from grappe.pipeline import Added, Listed

__all__ = ["main"]

#: What a command ends with, by the first of these that the error is.
_EXIT: tuple[tuple[type[GrappeError], int], ...] = (
    (ShapeViolation, 3),
    (StoreError, 4),
    (QuerySyntaxError, 5),
    (QueryError, 5),
    (NotFound, 6),
    (InputError, 1),
)

_EPILOG = """\b
Exit codes: 0 done, 1 an input cannot be used, 2 wrong usage, 3 facts break a shape,
4 the store cannot be read or written, 5 a query failed, 6 not found, 70 a fault of Grappe.
"""

_GRAPH_FORMATS = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"]
_QUERY_FORMATS = ["table", "json", "csv", "tsv", "xml", *_GRAPH_FORMATS]


class _Group(click.Group):
    """A group that lists its verbs in the order of a day's work, and that turns errors into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except GrappeError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"grappe: {error}", err=True)
            ctx.exit(_exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Who reads our output has read enough; nothing may be written any more, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            message = f"grappe: An unforeseen error ({type(error).__name__}: {error}). Nothing stored was lost."
            click.echo(f"{message} Run it again as 'grappe --debug …' and report what it prints.", err=True)
            ctx.exit(70)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.option(
    "--home", type=click.Path(path_type=Path), help="The folder of the graph. [default: $GRAPPE_HOME or ./grappe-home]"
)
@click.option("--debug", is_flag=True, help="Show where an error comes from.")
@click.version_option(__version__, prog_name="grappe")
@click.pass_context
def main(ctx: click.Context, home: Path | None, debug: bool) -> None:
    """Read documents about innovation clusters and publish what they state as a knowledge graph.

    \b
    Examples:
      grappe add communique.txt
      grappe query 'SELECT ?lab ?m2 WHERE { ?lab grp:hasFacility/grp:floorAreaM2 ?m2 }'
      grappe export -o graph.ttl
      grappe serve
    """  # noqa: D301
    del debug
    ctx.obj = Settings.from_environment(home=home)


# --- documents --------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--id", "id_", help="The document's identifier: letters, digits and hyphens. [default: from the file's name]"
)
@click.option("--source-url", help="Where the document was found.")
@click.option("--licence", help="The licence of the document, as a name or an address.")
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was found.")
@click.pass_obj
def add(
    settings: Settings,
    paths: tuple[Path, ...],
    id_: str | None,
    source_url: str | None,
    licence: str | None,
    retrieved: datetime | None,
) -> None:
    """Add documents: files, folders, or - for standard input (with --id).

    A document that is there already is replaced; one that has not changed changes nothing.

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
        _report(pipeline.add(settings, [pipeline.Source(id_, body, about)]))
        return
    files = pipeline.find_files(paths)
    if id_ is not None and len(files) > 1:
        raise click.UsageError("One identifier cannot stand for several files. Give --id with one file only.")
    with _progress("Reading", len(files)) as step:
        added = pipeline.add(settings, pipeline.sources(files, about=about, id=id_), progress=step)
        _report(added)


@main.command("list")
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
        _table(["document", "facts", "issued", "title"], rows)
    else:
        click.echo(f"There is no document in {settings.home} yet. Run 'grappe add PATH' first.", err=True)


@main.command()
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


@main.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Extract everything again from the kept originals and judgements, after an upgrade.

    \b
    Example:
      grappe diff && grappe rebuild
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import Home

    ids = Home(settings.home).ids()
    with _progress("Rebuilding", len(ids)) as step:
        _report(pipeline.rebuild(settings, progress=step))


@main.command()
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
    with _progress("Comparing", len(ids)) as step:
        changes = list(pipeline.diff(settings, progress=step))
    for change in changes:
        click.echo(f"# {change.id}")
        for sign, lines in (("-", change.removed), ("+", change.added)):
            for line in lines:
                click.echo(f"{sign} {line}")
    click.echo(f"A rebuild would change {_count(len(changes), 'document')} of {len(ids)}.", err=True)


@main.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check every document's facts against the shapes of the ontology.

    \b
    Example:
      grappe check
    """  # noqa: D301
    from grappe import pipeline
    from grappe.store.home import Home

    settings: Settings = ctx.obj
    broken = 0
    with _progress("Checking", len(Home(settings.home).ids())) as step:
        for id_, report in pipeline.check_all(settings, progress=step):
            click.echo(f"{'conforms' if report.conforms else 'breaks':<10} {id_}")
            for line in report.lines:
                click.echo(f"  {line}")
            broken += not report.conforms
    ctx.exit(3 if broken else 0)


# --- questions --------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("query")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_QUERY_FORMATS),
    help="How to write the answer. [default: table, or turtle for a graph]",
)
@click.option("--timeout", type=click.FloatRange(min=0.001), help="How many seconds the query may take. [default: 30]")
@click.pass_obj
def query(settings: Settings, query: str, format_: str | None, timeout: float | None) -> None:
    """Ask a SPARQL query: a string, a file, or - for standard input. Usual prefixes need no declaration.

    \b
    Examples:
      grappe query 'SELECT ?name WHERE { ?x a grp:Laboratory ; rdfs:label ?name }'
      grappe query question.rq --format csv
      grappe query --format turtle 'DESCRIBE <https://w3id.org/grappe/id/organization/genopole>'
    """  # noqa: D301
    from grappe.store.query import Request, ask

    text = _query_text(query)
    wanted = format_ or "table"
    results = ["json"] if wanted == "table" else [wanted] if wanted in _QUERY_FORMATS[1:5] else []
    graphs = ["turtle"] if format_ is None else {"xml": ["rdfxml"], "json": ["jsonld"]}.get(wanted, [wanted])
    answer = ask(
        settings.home,
        Request(text, results, graphs),
        timeout=timeout or settings.query_timeout,
        memory=settings.query_memory,
    )
    head = json.loads(next(answer))
    if wanted == "table" and head["format"] == "json":
        _show(json.loads(b"".join(answer)))
        return
    out = sys.stdout.buffer
    last = b"\n"
    for piece in answer:
        out.write(piece)
        last = piece
    if not last.endswith(b"\n"):
        out.write(b"\n")
    out.flush()


@main.command()
@click.argument("iri")
@click.pass_obj
def explain(settings: Settings, iri: str) -> None:
    """Show each fact about a thing with the sentence that states it.

    IRI is its address, or the last part of it.

    \b
    Example:
      grappe explain organization/genopole
    """  # noqa: D301
    from grappe import pipeline

    address = iri if "://" in iri else settings.names.entity(iri.removeprefix("id/"))
    previous = None
    for row in pipeline.explain(settings, address):
        fact = (row.subject, row.predicate, row.object)
        if fact != previous:
            click.echo(f"{row.subject}  {row.predicate}  {row.object}")
        previous = fact
        quote = " ".join(row.quote.split())
        click.echo(f"    « {quote} »  ({row.document} {row.start}–{row.end}, {row.extractor}, {row.confidence})")


@main.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. [default: standard output]",
)
@click.option("--format", "format_", default="turtle", show_default=True, metavar="|".join(_GRAPH_FORMATS))
@click.option("--document", help="Only what this document states.")
@click.option("--entity", help="Only what is stated about this thing.")
@click.option(
    "--evidence",
    is_flag=True,
    help="With the passages that state each fact; of the whole graph: every graph of the store.",
)
@click.pass_obj
def export(
    settings: Settings, output: Path | None, format_: str, document: str | None, entity: str | None, evidence: bool
) -> None:
    """Write the graph to a file: the same graph gives the same bytes.

    \b
    Examples:
      grappe export -o graph.ttl
      grappe export --document 00-genopole --evidence -o genopole.ttl
      grappe export --format nquads --evidence -o everything.nq
    """  # noqa: D301
    from grappe.store import export as exporting
    from grappe.store.formats import graph_format
    from grappe.store.generations import open_generation
    from grappe.store.home import Home, write_atomically

    if document and entity:
        raise click.UsageError("Choose one of --document and --entity.")
    names, format = settings.names, graph_format(format_)
    with open_generation(Home(settings.home)) as generation:
        store = generation.store
        if document:
            quads = exporting.select_document(store, document, names=names, evidence=evidence)
        elif entity:
            address = entity if "://" in entity else names.entity(entity.removeprefix("id/"))
            quads = exporting.select_entity(store, address, names=names, evidence=evidence)
        else:
            quads = exporting.select_all(store, names=names, evidence=evidence)
    pieces = exporting.write(quads, format, names=names)
    if output is None or str(output) == "-":
        out = sys.stdout.buffer
        for piece in pieces:
            out.write(piece)
        out.flush()
    else:
        write_atomically(output, b"".join(pieces))
        click.echo(f"wrote {output} ({format.name}, {_count(len(quads), 'statement')})", err=True)


# --- the service ------------------------------------------------------------------------------------------------------


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="The port; 0 for any free one."
)
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Queries evaluated at once.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.001), default=30.0, show_default=True, help="Seconds a query may take."
)
@click.pass_obj
def serve(settings: Settings, host: str, port: int, workers: int, timeout: float) -> None:
    """Serve the graph: a page at /, a SPARQL endpoint at /sparql, its description at /openapi.json.

    \b
    Example:
      grappe serve --port 8000
    """  # noqa: D301
    from grappe.web import serve as serving

    settings = replace(settings, workers=workers, query_timeout=timeout)

    serving(
        settings,
        host=host,
        port=port,
        announce=lambda url: click.echo(f"Grappe answers at {url}/sparql (Ctrl-C ends it).", err=True),
    )


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="The port; 0 for any free one."
)
@click.option("--build-only", is_flag=True, help="Build the graph and do not serve it.")
@click.pass_obj
def demo(settings: Settings, host: str, port: int, build_only: bool) -> None:
    """Build the graph of the press release that Grappe comes with, and serve it.

    \b
    Example:
      grappe --home demo-home demo
    """  # noqa: D301
    from grappe import pipeline

    click.echo("Reading the press release (the language model takes some seconds to load) …", err=True)
    _report(pipeline.add(settings, pipeline.demo_sources(settings)))
    _summarise(settings)
    example = "SELECT ?lab ?m2 WHERE { ?x grp:hasFacility ?f . ?f grp:floorAreaM2 ?m2 . ?x rdfs:label ?lab }"
    click.echo(f"\nOne question to try:\n  grappe --home {settings.home} query '{example}'", err=True)
    if build_only:
        return
    from grappe.web import serve as serving

    def announce(url: str) -> None:
        click.echo(
            f"or, of the endpoint:\n  curl -G {url}/sparql --data-urlencode 'query={example}' -H 'Accept: text/csv'",
            err=True,
        )
        click.echo(f"\nGrappe answers at {url}/sparql and shows itself at {url}/ (Ctrl-C ends it).", err=True)

    serving(settings, host=host, port=port, announce=announce)


# --- what they share --------------------------------------------------------------------------------------------------


def _exit_code(error: GrappeError) -> int:
    return next((code for kind, code in _EXIT if isinstance(error, kind)), 1)


def _report(added: Iterable[Added]) -> None:
    """Print what became of each file; end with an error's code if one was refused."""
    worst = 0
    for one in added:
        if one.error is None:
            click.echo(f"{one.outcome:<10} {one.id}  {_count(one.facts, 'fact')}, {_count(one.entities, 'thing')}")
            if not one.facts:
                click.echo(
                    f"grappe: {one.id} states nothing that Grappe finds. It is kept for a later 'grappe rebuild'.",
                    err=True,
                )
            continue
        error = one.error
        click.echo(f"{one.outcome:<10} {one.id}")
        click.echo(f"grappe: {error}", err=True)
        worst = max(worst, _exit_code(error))
    if worst:
        click.get_current_context().exit(worst)


def _summarise(settings: Settings) -> None:
    """Print how many things of each class the graph holds."""
    from grappe.store.query import Request, ask

    counted = (
        "SELECT ?name (COUNT(DISTINCT ?x) AS ?n) WHERE { GRAPH ?g { ?x a ?class } ?class rdfs:label ?name "
        "FILTER(LANG(?name) = 'en' && CONTAINS(STR(?g), '/graph/document/') && !STRENDS(STR(?g), '/evidence')) } GROUP BY ?name ORDER BY DESC(?n) ?name"
    )
    answer = ask(
        settings.home, Request(counted, ["json"], []), timeout=settings.query_timeout, memory=settings.query_memory
    )
    next(answer)
    rows = json.loads(b"".join(answer))["results"]["bindings"]
    click.echo("found: " + ", ".join(f"{row['n']['value']} {row['name']['value']}" for row in rows), err=True)


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


@contextlib.contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Give a function that says which document comes next; it draws a bar on a terminal, if there is more than one."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
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


def _query_text(given: str) -> str:
    if given == "-":
        return _decoded(sys.stdin.buffer.read(), "Standard input")
    path = Path(given)
    with contextlib.suppress(OSError):
        if path.is_file():
            return _decoded(path.read_bytes(), str(path))
    if given.endswith((".rq", ".sparql")):
        raise InputError(f"There is no file {given}.", remedy="Check the path.")
    return given


def _decoded(body: bytes, name: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no text in UTF-8.", remedy="Save the query as UTF-8.") from error


def _show(answer: dict[str, Any]) -> None:
    if "boolean" in answer:
        click.echo("true" if answer["boolean"] else "false")
        return
    names = answer["head"]["vars"]
    rows = [[_cell(row.get(name)) for name in names] for row in answer["results"]["bindings"]]
    _table(names, rows)
    click.echo(_count(len(rows), "row"), err=True)


def _cell(term: dict[str, str] | None) -> str:
    from grappe.iri import shorten

    if term is None:
        return ""
    return shorten(term["value"]) if term["type"] == "uri" else term["value"]


def _table(names: list[str], rows: list[list[str]]) -> None:
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


def _check_address(address: str | None) -> None:
    if address is not None and ("://" not in address or any(c in address for c in ' <>"{}|\\^`')):
        raise InputError(f"'{address}' is no address.", remedy="Give --source-url as https://….")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", " ")
