"""The graph over HTTP: the SPARQL protocol for queries, the documents' texts, a page for people."""

from grappe.web.app import create_app
from grappe.web.server import serve

__all__ = ["create_app", "serve"]
