"""The application on a socket."""

from __future__ import annotations

import contextlib
import math
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from grappe.config import Settings
from grappe.errors import GrappeError
from grappe.ontology import Schema
from grappe.store.garbage import settle
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.writer import found_plain
from grappe.web.app import create_app
from grappe.web.asgi import header
from grappe.web.http import Guarded

__all__ = ["serve"]

_FORWARDED_FOR = b"x-forwarded-for"

#: Connections and files that are open at once, at most.
_MOST_FILES = 65_536


def serve(
    settings: Settings, *, host: str, port: int, announce: Callable[[str], None], unix_socket: Path | None = None
) -> None:
    """Serve a home until the process is told to end; then queries that run may end first.

    Args:
        settings: what to serve.
        host: the address to listen on.
        port: the port, 0 for any that is free.
        announce: is given the service's address once it takes connections.
        unix_socket: listen there instead.

    Raises:
        StoreError: if nothing has been built in this home.
        GrappeError: if the address cannot be had.
    """
    if settings.plain:
        schema = Schema.load(settings.ontology)
        found_plain(Home(settings.home), names=settings.names, schema=schema, wait=settings.lock_wait)
    with open_generation(Home(settings.home)):
        pass
    serving = settings.serving
    listening = _listen(host, port) if unix_socket is None else _listen_unix(unix_socket)
    app: ASGIApp = create_app(settings)
    if serving.trusted_proxies:
        app = ProxyHeadersMiddleware(app, serving.trusted_proxies)  # type: ignore[arg-type, assignment]
    if serving.trusted_proxies == "*":
        app = _Nearest(app)
    config = uvicorn.Config(
        app,
        http=Guarded,
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        root_path=serving.root_path,
        timeout_graceful_shutdown=math.ceil(settings.query_timeout) + 1,
        access_log=False,
        ws="none",
    )
    _allow_many_files()
    settle()
    shown = f"[{host}]" if ":" in host else host
    announce(f"unix:{unix_socket}" if unix_socket else f"http://{shown}:{listening.getsockname()[1]}")
    # The server raises the signal that ended it once more; by then there is nothing left to end.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with listening:
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        if unix_socket is not None:
            unix_socket.unlink(missing_ok=True)


def _allow_many_files() -> None:
    """Raise the limit of open files as far as it may be: each connection is one, and the usual limit is 1,024."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class _Nearest:
    """Leaves of what ``X-Forwarded-For`` names the last address only, which the proxy in front added.

    What stands before it a client may have made up.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (named := header(scope, _FORWARDED_FOR)):
            others = [pair for pair in scope["headers"] if pair[0] != _FORWARDED_FOR]
            last = named.rpartition(",")[2].strip().encode("latin-1")
            scope = {**scope, "headers": [*others, (_FORWARDED_FOR, last)]}
        await self._app(scope, receive, send)


def _listen_unix(path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket() and not _is_alive(path):  # left by a server that was killed
            path.unlink()
        listening.bind(str(path))
        path.chmod(0o660)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise GrappeError(
            f"{path} cannot be listened on ({error.strerror}).", remedy="Choose another with --unix-socket."
        ) from error
    return listening


def _is_alive(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trying:
        try:
            trying.connect(str(path))
        except OSError:
            return False
        return True


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
