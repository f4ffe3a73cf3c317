"""The application on a socket."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from grappe.config import Settings
from grappe.errors import GrappeError
from grappe.ontology import Schema
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.writer import found_plain
from grappe.web.app import create_app
from grappe.web.http import Guarded

__all__ = ["serve"]


def serve(settings: Settings, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve a home until the process is told to end; queries that run may end first, for some seconds.

    Args:
        settings: what to serve.
        host: the address to listen on.
        port: the port, 0 for any that is free.
        announce: is given the service's address once it takes connections.

    Raises:
        StoreError: if nothing has been built in this home.
        GrappeError: if the address cannot be had.
    """
    if settings.plain:
        schema = Schema.load(settings.ontology)
        found_plain(Home(settings.home), names=settings.names, schema=schema, wait=settings.lock_wait)
    with open_generation(Home(settings.home)):
        pass
    listening = _listen(host, port)
    config = uvicorn.Config(
        create_app(settings),
        http=Guarded,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
        access_log=False,
        ws="none",
    )
    shown = f"[{host}]" if ":" in host else host
    announce(f"http://{shown}:{listening.getsockname()[1]}")
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise GrappeError(
            f"{host}:{port} cannot be listened on ({error.strerror}).", remedy="Choose another with --host and --port."
        ) from error
    return listening
