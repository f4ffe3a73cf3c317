"""What is made goes into the store."""

from __future__ import annotations

from contextlib import AbstractContextManager

from grappe.config import Settings
from grappe.ontology import Schema
from grappe.pipeline.values import Made
from grappe.store.home import Home
from grappe.store.writer import Writer, writing

__all__ = ["put", "writing_to"]


def writing_to(settings: Settings) -> AbstractContextManager[Writer]:
    """Open the store of a home for one write (see :func:`grappe.store.writer.writing`)."""
    schema = Schema.load(settings.ontology)
    return writing(Home(settings.home), names=settings.names, schema=schema, wait=settings.lock_wait)


def put(writer: Writer, one: Made) -> bool:
    """Replace all that the store holds of a document; return whether anything differed."""
    projection = one.projection
    return writer.publish(
        projection.document, facts=projection.facts, evidence=projection.evidence, catalogue=one.catalogue
    )
