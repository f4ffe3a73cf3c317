"""What users change: quads, whole graphs, uploads. Each change is weighed before anything of it is done."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from grappe.errors import NotAllowed, NotFound, QuerySyntaxError
from grappe.ontology import Triple
from grappe.store.derive import is_base
from grappe.store.rdf_formats import RDF_FORMATS
from grappe.store.tokens import Scope
from grappe.store.writer import Writer

__all__ = ["Upload", "allow", "change", "delete_graph", "drop_graph", "put_graph", "triples_of"]

#: An upload of more triples goes to the engine's bulk loader, where nothing but the graph itself has to follow.
BIG = 50_000

_DEFAULT = ox.DefaultGraph()
_Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


@dataclass(frozen=True, slots=True)
class Upload:
    """RDF that a client sent: the file it was put in, the name of its format, what relative addresses refer to."""

    path: Path
    format: str
    base: str


def triples_of(quads: Iterable[ox.Quad]) -> list[Triple]:
    """Return quads without their graphs."""
    return [(q.subject, q.predicate, q.object) for q in quads if not isinstance(q.subject, ox.Triple)]


def allow(writer: Writer, graph: _Graph, scope: Scope) -> None:
    """Let a graph be written.

    Raises:
        NotAllowed: if it is kept by Grappe and the scope is not ``admin``, or outside the scope's prefix.
    """
    name = graph.value if isinstance(graph, ox.NamedNode) else str(graph)
    if writer.users.manages(graph):
        if not scope.covers("admin"):
            raise NotAllowed(
                f"<{name}> is kept by Grappe: it follows from documents, links or the ontology.",
                iri=name,
                remedy="Write to a graph of your own, or use a token of scope admin.",
            )
        if graph == writer.base.inferred:
            remedy = "Change the graph that it follows from."
            raise NotAllowed(f"<{name}> follows from the other graphs.", iri=name, remedy=remedy)
    elif not scope.may_write(None if isinstance(graph, ox.DefaultGraph) else name):
        shown = "the default graph" if isinstance(graph, ox.DefaultGraph) else f"<{name}>"
        remedy = "Use a token whose scope covers that graph."
        raise NotAllowed(f"This token may not write {shown}.", iri=name, remedy=remedy)


def change(writer: Writer, gone: Collection[ox.Quad], come: Collection[ox.Quad], *, scope: Scope) -> None:
    """Take quads out of the store and put others in, and bring the default graph to it.

    Raises:
        NotAllowed: if one of them is not the writer's to change; nothing is changed then.
    """
    users, store = writer.users, writer.store
    for graph in {q.graph_name for q in itertools.chain(gone, come)}:
        allow(writer, graph, scope)
    gone = [q for q in gone if q in store]
    for quad in gone:
        if isinstance(quad.graph_name, ox.DefaultGraph) and not users.owns(_triple(quad)):
            raise NotAllowed(
                f"The default graph holds {_shown(quad)} because another graph does, or because it follows.",
                iri=quad.predicate.value,
                remedy="Delete from the graph that states it.",
            )
    come = [
        q for q in come if q not in store or (isinstance(q.graph_name, ox.DefaultGraph) and not users.owns(_triple(q)))
    ]
    if not gone and not come:
        return
    writer.mark()
    writer.changed = True
    writer.edits += 1
    free = users.free
    for quad in gone:
        # What users take out of the default graph may be stated elsewhere too; that is found out below.
        if free or not isinstance(quad.graph_name, ox.DefaultGraph):
            store.remove(quad)
    store.extend(come)
    if free:
        return
    users.forget(triples_of(q for q in gone if isinstance(q.graph_name, ox.DefaultGraph)))
    users.add(triples_of(q for q in come if isinstance(q.graph_name, ox.DefaultGraph)))
    shown = {ox.NamedNode(name) for name in users.shown}
    store.extend(ox.Quad(*t, _DEFAULT) for t in triples_of(q for q in come if q.graph_name in shown))
    felt = [q for q in gone if q.graph_name in shown or isinstance(q.graph_name, ox.DefaultGraph) or _base(writer, q)]
    writer.derive(triples_of(felt), triples_of(q for q in come if _base(writer, q)))


def put_graph(writer: Writer, graph: _Graph, uploads: Sequence[Upload], *, scope: Scope, replace: bool) -> bool:
    """Replace a graph by what a client sent, or add it; of the default graph, users' own triples only.

    Returns:
        Whether the graph is new.

    Raises:
        NotAllowed: if the graph is not the writer's to change.
        QuerySyntaxError: if an upload does not parse, or names graphs itself.
    """
    allow(writer, graph, scope)
    store, users = writer.store, writer.users
    new = isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph)
    sizes = [sum(1 for _ in _read(upload)) for upload in uploads]
    bulk = sum(sizes) > BIG and (users.free or not _followed(writer, graph))
    held: list[ox.Quad] = []
    if replace and not bulk:
        held = [
            q
            for q in store.quads_for_pattern(None, None, None, graph)
            if not isinstance(graph, ox.DefaultGraph) or users.owns(_triple(q))
        ]
    if bulk:
        writer.mark()
        writer.changed = True
        writer.edits += 1
        if replace:
            store.clear_graph(graph)
        for upload in uploads:
            store.bulk_load(path=upload.path, format=RDF_FORMATS[upload.format], base_iri=upload.base, to_graph=graph)
        return new
    come = {
        ox.Quad(q.subject, q.predicate, q.object, graph)
        for upload in uploads
        for q in _read(upload, rename_blank_nodes=True)
    }
    change(writer, {*held} - come, come, scope=scope)
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        writer.mark()
        writer.changed = True
        store.add_graph(graph)
    return new


def delete_graph(writer: Writer, graph: _Graph, *, scope: Scope) -> None:
    """Delete a graph; of the default graph, users' own triples.

    Raises:
        NotAllowed: if the graph is not the writer's to change.
        NotFound: if there is no such graph.
    """
    allow(writer, graph, scope)
    if isinstance(graph, ox.NamedNode | ox.BlankNode) and not writer.store.contains_named_graph(graph):
        name = graph.value
        raise NotFound(f"There is no graph <{name}> here.", iri=name, remedy="A query finds those there are.")
    if isinstance(graph, ox.DefaultGraph) and not writer.users.free:
        quads = writer.store.quads_for_pattern(None, None, None, graph)
        change(writer, [q for q in quads if writer.users.owns(_triple(q))], (), scope=scope)
    else:
        drop_graph(writer, graph, scope=scope, keep_name=False)


def drop_graph(writer: Writer, graph: _Graph, *, scope: Scope, keep_name: bool) -> None:
    """Empty a graph that may be written, and forget its name unless it is kept."""
    if _followed(writer, graph) and not writer.users.free:
        change(writer, [*writer.store.quads_for_pattern(None, None, None, graph)], (), scope=scope)
    writer.mark()
    writer.changed = True
    writer.edits += 1
    if keep_name:
        writer.store.clear_graph(graph)
        return
    writer.store.remove_graph(graph)
    if isinstance(graph, ox.NamedNode):
        writer.users.hide(graph)


def _followed(writer: Writer, graph: _Graph) -> bool:
    """Return whether the default graph has to follow what a graph holds."""
    if isinstance(graph, ox.DefaultGraph):
        return True
    return is_base(graph, writer.base) or (isinstance(graph, ox.NamedNode) and graph.value in writer.users.shown)


def _base(writer: Writer, quad: ox.Quad) -> bool:
    return writer.users.adopted and is_base(quad.graph_name, writer.base)


def _read(upload: Upload, *, rename_blank_nodes: bool = False) -> Iterator[ox.Quad]:
    try:
        for quad in ox.parse(
            path=upload.path,
            format=RDF_FORMATS[upload.format],
            base_iri=upload.base,
            rename_blank_nodes=rename_blank_nodes,
        ):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                remedy = "Send the triples of one graph, or load the file with 'grappe load'."
                raise QuerySyntaxError(f"What was sent names the graph {quad.graph_name}.", remedy=remedy)
            yield quad
    except SyntaxError as error:
        where = f" (line {error.lineno}, column {error.offset})" if error.lineno else ""
        raise QuerySyntaxError(
            f"What was sent is no {upload.format}{where}: {error.msg}.", remedy="Mend it, or name its Content-Type."
        ) from None


def _triple(quad: ox.Quad) -> Triple:
    return quad.subject, quad.predicate, quad.object  # type: ignore[return-value]


def _shown(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {str(quad.object)[:60]}"
