"""Verbs that serve: serve, demo."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from grappe.cli.output import MIN_CONFIDENCE, report
from grappe.config import About, Serving, Settings

__all__ = ["demo", "serve"]


class _Size(click.ParamType[int]):
    """A number of bytes, as 4096, 512K, 64M or 4G."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the bytes."""
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d+)([KMGT]?)", str(value).upper())
        if not found:
            self.fail(f"'{value}' is no size; give one such as 512M.", param, ctx)
        return int(found[1]) << 10 * " KMGT".index(found[2] or " ")


_SIZE = _Size()

#: A process that opens a store reserves about so many bytes of address space before it is asked anything.
_LEAST_MEMORY = 512 << 20


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="The port; 0 for any free one."
)
@click.option(
    "--unix-socket", type=click.Path(dir_okay=False, path_type=Path), help="Listen there instead of on a port."
)
@click.option("--root-path", default="", metavar="PREFIX", help="The path under which a proxy shows the service.")
@click.option(
    "--trust-proxies", default="", metavar="ADDRESSES", help="Proxies whose X-Forwarded headers say who the client is."
)
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Queries evaluated at once.")
@click.option(
    "--timeout", type=click.FloatRange(min=0.001), default=30.0, show_default=True, help="Seconds a query may take."
)
@click.option(
    "--memory", type=_SIZE, default="4G", show_default=True, help="Memory of a query, at least 512M; 0 for any."
)
@click.option("--max-result", type=_SIZE, default="16G", show_default=True, help="Size of a result; 0 for any.")
@click.option("--max-query", type=_SIZE, default="1M", show_default=True, help="Size of a query.")
@click.option(
    "--queue", type=click.IntRange(0), default=64, show_default=True, help="Queries that may wait for their turn."
)
@click.option("--cache", type=_SIZE, default="64M", show_default=True, help="Memory for answers that are kept.")
@click.option("--rate", type=click.FloatRange(0), default=0, help="Requests a second of one client. [default: any]")
@click.option("--burst", type=click.IntRange(1), default=50, show_default=True, help="Requests that may come together.")
@click.option("--per-client", type=click.IntRange(0), default=0, help="Requests of one client at once. [default: any]")
@click.option("--limit-loopback", is_flag=True, help="Hold clients of this machine to --rate and --per-client too.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Whose pages may ask: * (the default), none, or origins.")
@click.option(
    "--allow-service",
    multiple=True,
    metavar="IRI",
    help="What SERVICE may call and LOAD may load; with * at its end, all that begin so.",
)
@click.option("--allow-private-services", is_flag=True, help="Call what is allowed at private addresses too.")
@click.option(
    "--allow-service-redirects", is_flag=True, help="Follow redirects of what is allowed, to what is allowed too."
)
@click.option(
    "--log",
    type=click.Choice(["all", "failed", "none"]),
    default="failed",
    show_default=True,
    help="Of which requests to write a line of JSON to standard error.",
)
@click.option(
    "--about",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A TOML file with title, licence, publisher and contact of the data. [default: about.toml in the home]",
)
@click.option("--plain", is_flag=True, help="A SPARQL store and no more: no ontology, nothing inferred, no documents.")
@MIN_CONFIDENCE
@click.pass_obj
def serve(settings: Settings, /, plain: bool, workers: int, timeout: float, memory: int, **given: Any) -> None:  # noqa: ANN401
    """Serve the graph: a page at /, a SPARQL endpoint at /sparql, its description at /openapi.json.

    With --min-confidence, what is served is the graph as it is now, cut by confidence, for reading only.

    \b
    Examples:
      grappe serve --port 8000
      grappe serve --host 0.0.0.0 --workers 4 --timeout 10 --rate 20 --per-client 4
      grappe serve --min-confidence 0.9
      grappe serve --unix-socket /run/grappe/grappe.sock --trust-proxies '*' --root-path /graph
    """  # noqa: D301
    from grappe.web import serve as serving

    if 0 < memory < _LEAST_MEMORY:
        raise click.BadParameter("the store itself needs 512M.", param_hint="--memory")
    if given["min_confidence"] is not None:
        from grappe.pipeline import confident

        settings = confident(settings, given["min_confidence"])
    about = given["about"] or settings.home / "about.toml"
    settings = replace(
        settings,
        about=About.read(about) if given["about"] or about.is_file() else settings.about,
        workers=workers,
        query_timeout=timeout,
        query_memory=memory,
        plain=plain,
        serving=Serving(
            result_bytes=given["max_result"],
            request_bytes=given["max_query"],
            queue=given["queue"],
            cache_bytes=given["cache"],
            cors=tuple(origin for origin in given["cors"] or ("*",) if origin != "none"),
            rate=given["rate"],
            burst=given["burst"],
            at_once=given["per_client"],
            limit_loopback=given["limit_loopback"],
            log=given["log"],
            root_path=given["root_path"].rstrip("/"),
            trusted_proxies=given["trust_proxies"],
            services=given["allow_service"],
            private_services=given["allow_private_services"],
            redirected_services=given["allow_service_redirects"],
        ),
    )

    serving(
        settings,
        host=given["host"],
        port=given["port"],
        unix_socket=given["unix_socket"],
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
