"""What every request passes first; queries go straight on, past the routing of the framework."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Front"]


@dataclass(slots=True)
class Front:
    """The way in, before the application."""

    app: FastAPI
    sparql: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and scope["path"].removeprefix(scope.get("root_path", "")) == "/sparql":
            await self.sparql(scope, receive, send)
        else:
            await self.app(scope, receive, send)
