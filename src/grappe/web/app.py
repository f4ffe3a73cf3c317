"""The application: a thin assembly of routers, one module for a family of addresses."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI

from grappe import __version__
from grappe.config import Settings
from grappe.web import (
    descriptions,
    dumps,
    graph_store,
    health,
    home,
    linked,
    problems,
    queries,
    reconciliation,
    running,
    updates,
)
from grappe.web.front import Front
from grappe.web.limits import Limiter
from grappe.web.logs import Log
from grappe.web.metrics import Metrics
from grappe.web.service import Service
from grappe.web.sparql import Sparql

__all__ = ["create_app"]

#: The families of addresses, in the order in which they are looked at and described.
_FAMILIES = (running, updates, graph_store, dumps, descriptions, linked, reconciliation, health, home)


def create_app(settings: Settings) -> Front:
    """Return the application that serves the graph of a home."""
    service, log = Service.of(settings), Log(settings.serving.log)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with service.running():
            yield
        log.close()

    app = FastAPI(
        title="Grappe",
        version=__version__,
        summary="A knowledge graph of innovation clusters, with the sentence that states each fact.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    problems.install(app)
    sparql = Sparql(service)
    app.include_router(queries.router(sparql))
    for family in _FAMILIES:
        app.include_router(family.router(service))
    serving = settings.serving
    metrics = Metrics(service.pool, sparql, service.writes)
    app.include_router(health.metrics(metrics))
    return Front(
        app,
        sparql,
        Limiter(serving.rate, serving.burst, serving.at_once, serving.limit_loopback),
        metrics,
        log,
        frozenset(serving.cors),
    )
