"""The verdict on a document's graph: the compiled shapes where they are sure, else pySHACL with its report."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from grappe.check.shapes import surely_conforms
from grappe.errors import ResourceMissing
from grappe.iri import expand, shorten
from grappe.ontology import Schema

if TYPE_CHECKING:
    import rdflib

__all__ = ["Report", "check"]


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes find: one readable line for each breach, in order; none if the graph conforms."""

    conforms: bool
    lines: tuple[str, ...]


def check(quads: Iterable[ox.Quad], *, schema: Schema) -> Report:
    """Validate the facts of one document.

    Args:
        quads: its graph of facts (the names of graphs are not looked at).
        schema: the ontology that stands beside them; its folder holds the shapes.

    Raises:
        ResourceMissing: if the shapes cannot be read.
    """
    quads = [*quads]
    if surely_conforms(quads, schema=schema):
        return Report(True, ())
    import pyshacl
    import rdflib

    shapes, beside = _shapes(schema.folder), _hierarchy(schema)
    data = rdflib.Graph()
    data.parse(data=_ntriples(q.triple for q in quads), format="nt")
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=beside, inplace=True)
    if conforms or not isinstance(results, rdflib.Graph):
        return Report(True, ())
    return Report(False, tuple(sorted(set(_lines(results, data)))))


@functools.lru_cache(maxsize=2)
def _shapes(folder: Path) -> rdflib.Graph:
    import rdflib

    try:
        return rdflib.Graph().parse(data=(folder / "shapes.ttl").read_bytes(), format="turtle")
    except OSError as error:
        raise ResourceMissing("The shapes of the ontology cannot be read.", remedy="Install grappe again.") from error


@functools.lru_cache(maxsize=2)
def _hierarchy(schema: Schema) -> rdflib.Graph:
    """Return what the shapes need of the ontology: which class is below which, and what its own individuals are.

    The whole of it would be copied for each document.
    """
    import rdflib

    kept = {expand("rdfs:subClassOf"), expand("rdf:type")}
    own = (t for t in schema.triples if t.predicate.value in kept and not isinstance(t.object, ox.BlankNode))
    return rdflib.Graph().parse(data=_ntriples(own), format="nt")


def _ntriples(triples: Iterable[ox.Triple]) -> bytes:
    out = io.BytesIO()
    ox.serialize(triples, out, ox.RdfFormat.N_TRIPLES)
    return out.getvalue()


def _lines(results: rdflib.Graph, data: rdflib.Graph) -> Iterable[str]:
    from rdflib.namespace import RDF, RDFS, SH

    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus, path, value = (results.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value))
        messages = sorted(
            results.objects(result, SH.resultMessage), key=lambda m: (getattr(m, "language", "") != "en", m)
        )
        label = data.value(focus, RDFS.label) if focus is not None else None
        where = f"{label} <{focus}>" if label else f"<{focus}>"
        what = f" {shorten(str(path))}" if path is not None else ""
        shown = f" ({str(value)[:80]})" if value is not None else ""
        yield f"{where}{what}{shown}: {messages[0] if messages else 'breaks a shape'}"
