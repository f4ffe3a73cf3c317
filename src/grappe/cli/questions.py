"""Verbs that ask: query, explain, export."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import click

from grappe.cli.output import GRAPH_FORMATS, MIN_CONFIDENCE, count, show
from grappe.config import Settings
from grappe.errors import InputError

__all__ = ["explain", "export", "query"]

_QUERY_FORMATS = ["table", "json", "csv", "tsv", "xml", *GRAPH_FORMATS]


@click.command()
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
        show(json.loads(b"".join(answer)))
        return
    out = sys.stdout.buffer
    last = b"\n"
    for piece in answer:
        out.write(piece)
        last = piece
    if not last.endswith(b"\n"):
        out.write(b"\n")
    out.flush()


@click.command()
@click.argument("iri")
@click.pass_obj
def explain(settings: Settings, iri: str) -> None:
    """Show each fact about a thing with the sentence that states it.

    IRI is its address, or the last part of it. Behind each fact stands the id by which 'grappe judge' knows it. Last
    comes what else the thing is called, here and in other graphs, and why.

    \b
    Example:
      grappe explain organization/genopole
    """  # noqa: D301
    from grappe import pipeline

    address = iri if "://" in iri else settings.names.entity(iri.removeprefix("id/"))
    previous = None
    for row in pipeline.explain(settings, address):
        fact = row.id
        if fact != previous:
            click.echo(f"{row.subject}  {row.predicate}  {row.object}  [{row.id}]")
        previous = fact
        quote = " ".join(row.quote.split())
        page = f" p. {row.page}," if row.page else ""
        click.echo(f"    « {quote} »  ({row.document}{page} {row.start}–{row.end}, {row.extractor}, {row.confidence})")
    for one in pipeline.identity(settings, settings.names.key_of(address) or ""):
        sure = "" if one.score is None else f", {one.score:.2f}"
        label = f" « {one.label} »" if one.label else ""
        click.echo(f"{one.relation}  {one.other}{label}\n    {one.reason}  ({one.by}{sure})")


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. [default: standard output]",
)
@click.option("--format", "format_", default="turtle", show_default=True, metavar="|".join(GRAPH_FORMATS))
@click.option("--document", help="Only what this document states.")
@click.option("--entity", help="Only what is stated about this thing.")
@click.option(
    "--evidence",
    is_flag=True,
    help="With the passages that state each fact; of the whole graph: every graph of the store.",
)
@MIN_CONFIDENCE
@click.pass_obj
def export(
    settings: Settings,
    output: Path | None,
    format_: str,
    document: str | None,
    entity: str | None,
    evidence: bool,
    min_confidence: float | None,
) -> None:
    """Write the graph to a file: the same graph gives the same bytes.

    \b
    Examples:
      grappe export -o graph.ttl
      grappe export --document 00-genopole --evidence -o genopole.ttl
      grappe export --format nquads --evidence -o everything.nq
      grappe export --min-confidence 0.9 -o sure.ttl
    """  # noqa: D301
    from grappe.store import export as exporting
    from grappe.store.formats import graph_format
    from grappe.store.generations import open_generation
    from grappe.store.home import Home, write_atomically

    if document and entity:
        raise click.UsageError("Choose one of --document and --entity.")
    names, format = settings.names, graph_format(format_)
    if min_confidence is not None:
        from grappe.pipeline import confident

        settings = confident(settings, min_confidence)
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
        click.echo(f"wrote {output} ({format.name}, {count(len(quads), 'statement')})", err=True)


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
