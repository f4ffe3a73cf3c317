"""Verbs that serve: serve, demo."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from grappe.cli.output import MIN_CONFIDENCE, report
from grappe.config import Settings

__all__ = ["demo", "serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="The port; 0 for any free one."
)
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Queries evaluated at once.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.001), default=30.0, show_default=True, help="Seconds a query may take."
)
@click.option("--plain", is_flag=True, help="A SPARQL store and no more: no ontology, nothing inferred, no documents.")
@MIN_CONFIDENCE
@click.pass_obj
def serve(
    settings: Settings,
    host: str,
    port: int,
    workers: int,
    timeout: float,
    plain: bool,
    min_confidence: float | None,
) -> None:
    """Serve the graph: a page at /, a SPARQL endpoint at /sparql, its description at /openapi.json.

    With --min-confidence, what is served is the graph as it is now, cut by confidence, for reading only.

    \b
    Examples:
      grappe serve --port 8000
      grappe serve --min-confidence 0.9
    """  # noqa: D301
    from grappe.web import serve as serving

    if min_confidence is not None:
        from grappe.pipeline import confident

        settings = confident(settings, min_confidence)
    settings = replace(settings, workers=workers, query_timeout=timeout, plain=plain)

    serving(
        settings,
        host=host,
        port=port,
        announce=lambda url: click.echo(f"Grappe answers at {url}/sparql (Ctrl-C ends it).", err=True),
    )


@click.command()
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
    report(pipeline.add(settings, pipeline.demo_sources(settings)))
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


def _summarise(settings: Settings) -> None:
    """Print how many things of each class the graph holds."""
    from grappe.store.query import Request, ask

    counted = (
        "SELECT ?name (COUNT(DISTINCT ?x) AS ?n) WHERE { GRAPH ?g { ?x a ?class } ?class rdfs:label ?name "
        "FILTER(LANG(?name) = 'en' && CONTAINS(STR(?g), '/graph/document/') "
        "&& !STRENDS(STR(?g), '/evidence')) } GROUP BY ?name ORDER BY DESC(?n) ?name"
    )
    answer = ask(
        settings.home, Request(counted, ["json"], []), timeout=settings.query_timeout, memory=settings.query_memory
    )
    next(answer)
    rows = json.loads(b"".join(answer))["results"]["bindings"]
    click.echo("found: " + ", ".join(f"{row['n']['value']} {row['name']['value']}" for row in rows), err=True)
