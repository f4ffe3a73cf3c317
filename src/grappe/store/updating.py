"""SPARQL updates done on a primary.

Where all that an update can write is its users' own the engine does it. Elsewhere each operation is worked out first:
the engine finds the solutions and fills in the templates, aside, and the quads that come of it are weighed one by one
(:mod:`grappe.store.changes`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from grappe.errors import NotAllowed, QueryError, QuerySyntaxError
from grappe.store.changes import Upload, allow, change, drop_graph, put_graph
from grappe.store.federation import calls_service, may_load, redirected, restored, uncalled
from grappe.store.query import Services
from grappe.store.syntax import syntax_error
from grappe.store.tokens import Scope
from grappe.store.updates import Modify, Operation, Statement, Target, operations
from grappe.store.writer import Writer

__all__ = ["Update", "perform"]

_DEFAULT = ox.DefaultGraph()
_NODE = "urn:grappe:node:"
_ROWS = 20_000
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Update:
    """An update with the dataset that its request names (None: what its operations say), and what it may assume.

    ``graph`` confines it to one graph, as a PATCH of the Graph Store Protocol does. ``loaded`` is what LOAD may load,
    by address: a file, or why there is none. ``services`` are what it may call.
    """

    text: str
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    graph: str | None = None
    base: str | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    loaded: Mapping[str, Upload | str] = field(default_factory=dict)
    services: Services = field(default_factory=Services)

    @property
    def using(self) -> list[tuple[bool, str]]:
        """The dataset as USING clauses: whether NAMED, and the term."""
        default = [(False, f"<{iri}>") for iri in self.default_graphs or ()]
        return default + [(True, f"<{iri}>") for iri in self.named_graphs or ()]


def perform(writer: Writer, update: Update, *, scope: Scope) -> None:
    """Do an update.

    Raises:
        QuerySyntaxError: if it does not parse.
        QueryError: if it is refused or cannot be evaluated.
        NotAllowed: if it would reach what is not its writer's.
    """
    if calls_service(update.text):
        if not update.services.proxy:
            remedy = "Ask the other endpoint yourself, and insert what it answers."
            raise QueryError("SERVICE is not allowed here.", remedy=remedy)
        _validated(replace(update, text=uncalled(update.text)))
        text = redirected(update.text, allowed=update.services.allowed, proxy=update.services.proxy)
        update = replace(update, text=text)
        steps = operations(text)
        templates = (part for s in steps if isinstance(s.is_, Modify) for part in (s.is_.delete, s.is_.insert))
        if any(map(calls_service, templates)):  # where GRAPH could
            raise QuerySyntaxError("SERVICE cannot stand in a template.", remedy="Write it after WHERE.")
    else:
        steps = _validated(update)
    if update.using and any(isinstance(s.is_, Modify) and (s.is_.using or s.is_.with_) for s in steps):
        remedy = "Leave one of the two out."
        raise QueryError("The request and the update both name a dataset (USING or WITH).", remedy=remedy)
    loads = may_load(update.text)
    if writer.users.free and update.graph is None and not scope.prefix and not loads:
        for prologue, together in itertools.groupby(steps, lambda step: step.prologue):
            _natively(writer, prologue + ";\n".join(step.native(update.using) for step in together), update)
        return
    for step in steps:
        if isinstance(step.is_, Statement):
            _Whole(writer, update, scope, step, step.is_).do()
        else:
            _modify(writer, update, scope, step, step.is_)


def _validated(update: Update) -> list[Operation]:
    """Return the operations of an update that parses.

    The engine (0.5.13) takes no prologue after the first operation, so operations are shown to it by prologue; and it
    does not see LOAD, lest it loads.
    """
    try:
        steps = operations(update.text)
    except QuerySyntaxError:
        _parsed(update.text, update)
        raise
    if len({step.prologue for step in steps}) < 2 and not any(_is_load(step) for step in steps):
        _parsed(update.text, update)
        return steps
    for prologue, together in itertools.groupby(steps, lambda step: step.prologue):
        texts = []
        for step in together:
            texts.append("CLEAR SILENT DEFAULT" if _is_load(step) else step.text)
            if isinstance(step.is_, Statement) and _is_load(step):
                _iris(prologue, [target.iri for target in step.is_.targets], update)
        _parsed(prologue + ";\n".join(texts), update)
    return steps


def _is_load(step: Operation) -> bool:
    return isinstance(step.is_, Statement) and step.is_.verb == "load"


def _parsed(text: str, update: Update) -> None:
    """Let the engine parse a text, on a store of its own: without solutions it does nothing there.

    Raises:
        QuerySyntaxError: if it does not parse.
    """
    if may_load(text):  # the engine would
        raise QuerySyntaxError("The update does not parse.", remedy="Write LOAD as an operation of its own.")
    try:
        ox.Store().update(text, base_iri=update.base, prefixes=dict(update.prefixes))
    except SyntaxError as error:
        raise syntax_error("update", text, error) from None
    except (ValueError, OSError, RuntimeError):
        pass  # what it says of a store without graphs


def _natively(writer: Writer, text: str, update: Update) -> None:
    writer.mark()
    try:
        writer.store.update(text, base_iri=update.base, prefixes=dict(update.prefixes))
    except SyntaxError as error:
        raise syntax_error("update", update.text, error) from None
    except (ValueError, RuntimeError) as error:
        raise _not_evaluated(update, error) from None
    except OSError as error:
        if not calls_service(text):  # the disk's
            raise
        raise _not_evaluated(update, error) from None
    writer.changed = True
    writer.edits += 1


def _modify(writer: Writer, update: Update, scope: Scope, step: Operation, modify: Modify) -> None:
    confined = ox.NamedNode(update.graph) if update.graph is not None else None
    if confined is not None and (modify.with_ or modify.using):
        remedy = "Leave WITH and USING out: the request's address names the graph."
        raise QueryError("A PATCH changes the graph that it is sent to.", remedy=remedy)
    target = confined or (_iris(step.prologue, [modify.with_], update)[0] if modify.with_ else None)
    if confined is None and _may_go_native(writer, update, scope, step, modify, target):
        _natively(writer, step.prologue + step.native(update.using), update)
        return
    if modify.data:
        gone, come = _filled(step, update, modify.delete, [()], ()), _filled(step, update, modify.insert, [()], ())
    else:
        names, rows = _solutions(writer, update, step, modify, target)
        gone = _filled(step, update, modify.delete, rows, names)
        come = _filled(step, update, modify.insert, rows, names)
    if target is not None:
        gone, come = ({_placed(q, target) for q in quads} for quads in (gone, come))
    if confined is not None and any(q.graph_name != confined for q in gone | come):
        raise QueryError(
            "A PATCH changes the graph that it is sent to, and no other.", remedy="Send the update to /update."
        )
    change(writer, gone - come, come, scope=scope)


def _may_go_native(
    writer: Writer, update: Update, scope: Scope, step: Operation, modify: Modify, target: ox.NamedNode | None
) -> bool:
    """Return whether an operation writes only graphs that are named in it, users' own, and not seen elsewhere."""
    if (modify.bare and target is None) or any(term[0] in "?$" for term in modify.graphs):
        return False
    if "\\" in step.text or may_load(step.text):
        return False
    graphs = [*_iris(step.prologue, modify.graphs, update), *([target] if target else [])]
    shown = writer.users.shown
    for graph in graphs:
        allow(writer, graph, scope)
        if writer.users.manages(graph) or graph.value in shown:
            return False
    return True


def _solutions(
    writer: Writer, update: Update, step: Operation, modify: Modify, target: ox.NamedNode | None
) -> tuple[tuple[str, ...], list[tuple[_Term | None, ...]]]:
    using = update.using or modify.using
    clauses = " ".join(f"FROM {'NAMED ' if named else ''}{iri}" for named, iri in using)
    confined: list[ox.NamedNode | ox.BlankNode] | None = None
    if update.graph is not None:
        confined = [ox.NamedNode(update.graph)]
    try:
        found = writer.store.query(
            f"{step.prologue}SELECT * {clauses} WHERE {modify.where}",
            base_iri=update.base,
            prefixes=dict(update.prefixes),
            default_graph=[target] if target is not None and not using else None,
            named_graphs=confined,
        )
        assert isinstance(found, ox.QuerySolutions)
        names = tuple(variable.value for variable in found.variables)
        return names, [tuple(row) for row in found]
    except SyntaxError as error:
        raise syntax_error("update", update.text, error) from None
    except (ValueError, OSError, RuntimeError) as error:
        raise _not_evaluated(update, error) from None


def _filled(
    step: Operation, update: Update, template: str, rows: Sequence[tuple[_Term | None, ...]], names: tuple[str, ...]
) -> set[ox.Quad]:
    """Return the quads that a template comes to: the engine fills it in, on a store of its own."""
    if not template:
        return set()
    aside = ox.Store()
    for at in range(0, len(rows), _ROWS):
        where = ""
        if names:
            listed = "\n".join(f"({' '.join(_written(term) for term in row)})" for row in rows[at : at + _ROWS])
            where = f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {listed} }}"
        text = f"{step.prologue}INSERT {template} WHERE {{ {where} }}"
        try:
            aside.update(text, base_iri=update.base, prefixes=dict(update.prefixes))
        except SyntaxError as error:
            raise syntax_error("update", update.text, error) from None
    return {*_unwritten(aside)}


def _not_evaluated(update: Update, error: Exception) -> QueryError:
    said = restored(str(error), update.services.proxy)
    return QueryError(f"The update cannot be evaluated: {said}.", remedy="Change it and send it again.")


def _written(term: _Term | None) -> str:
    """Return a term as SPARQL has it in VALUES, where a blank node cannot stand."""
    if term is None:
        return "UNDEF"
    return f"<{_NODE}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)


def _unwritten(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for q in quads:
        if q.predicate.value.startswith(_NODE):
            continue  # a blank node is no predicate: such a solution makes no triple
        yield ox.Quad(_node(q.subject), q.predicate, _node(q.object), _node(q.graph_name))  # type: ignore[arg-type]


def _node(term: _Term | ox.DefaultGraph) -> _Term | ox.DefaultGraph:
    if isinstance(term, ox.NamedNode) and term.value.startswith(_NODE):
        return ox.BlankNode(term.value[len(_NODE) :])
    return term


def _placed(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    if isinstance(quad.graph_name, ox.DefaultGraph):
        return ox.Quad(quad.subject, quad.predicate, quad.object, graph)
    return quad


def _iris(prologue: str, terms: Sequence[str], update: Update) -> list[ox.NamedNode]:
    """Return what terms of an update mean under its prologue."""
    written = [term for term in terms if term]
    if not written:
        return []
    asked = " ".join(f"({term} AS ?v{place})" for place, term in enumerate(written))
    try:
        found = ox.Store().query(f"{prologue}SELECT {asked} {{}}", base_iri=update.base, prefixes=dict(update.prefixes))
        (row,) = found  # type: ignore[misc]
    except SyntaxError as error:
        raise syntax_error("update", update.text, error) from None
    return [row[place] for place in range(len(written))]


@dataclass(frozen=True, slots=True)
class _Whole:
    """An operation on whole graphs."""

    writer: Writer
    update: Update
    scope: Scope
    step: Operation
    statement: Statement

    def do(self) -> None:
        statement = self.statement
        if self.update.graph is not None:
            remedy = "Send the update to /update."
            raise QueryError("A PATCH takes INSERT and DELETE, nothing that speaks of whole graphs.", remedy=remedy)
        match statement.verb:
            case "load":
                self._load(*statement.targets)
            case "create":
                self._create(self._graph(statement.targets[0]))
            case "clear" | "drop":
                for graph in self._graphs(statement.targets[0]):
                    self._empty(graph, keep_name=statement.verb == "clear")
            case verb:
                source, target = (self._graph(t) for t in statement.targets)
                if source != target:
                    self._transfer(source, target, verb)

    def _load(self, source: Target, into: Target | None = None) -> None:
        found = self.update.loaded.get(source.iri[1:-1], f"LOAD {source.iri} is not allowed here.")
        target = _DEFAULT if into is None else self._graph(into)
        allow(self.writer, target, self.scope)
        try:
            if isinstance(found, str):
                raise QueryError(found, remedy="Send the file to /graphs, or load it with 'grappe load'.")
            put_graph(self.writer, target, [found], scope=self.scope, replace=False)
        except (QueryError, QuerySyntaxError) as error:
            if not self.statement.silent:
                said = error.message.replace("What was sent", source.iri)
                raise QueryError(said, remedy=error.remedy) from None

    def _graph(self, target: Target) -> ox.NamedNode | ox.DefaultGraph:
        return _DEFAULT if target.kind == "default" else _iris(self.step.prologue, [target.iri], self.update)[0]

    def _graphs(self, target: Target) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        if target.kind in ("named", "all"):
            named = sorted(self.writer.store.named_graphs(), key=str)
            return [*named, *([_DEFAULT] if target.kind == "all" else [])]
        graph = self._graph(target)
        if isinstance(graph, ox.NamedNode) and not self.writer.store.contains_named_graph(graph):
            if not self.statement.silent:
                raise QueryError(f"There is no graph <{graph.value}>.", remedy="Add SILENT where that may be.")
            return []
        return [graph]

    def _create(self, graph: ox.NamedNode | ox.DefaultGraph) -> None:
        allow(self.writer, graph, self.scope)
        if isinstance(graph, ox.DefaultGraph) or self.writer.store.contains_named_graph(graph):
            if not self.statement.silent:
                raise QueryError(f"There is a graph {graph} already.", remedy="Add SILENT where that may be.")
            return
        self.writer.mark()
        self.writer.changed = True
        self.writer.edits += 1
        self.writer.store.add_graph(graph)

    def _empty(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, *, keep_name: bool) -> None:
        allow(self.writer, graph, self.scope)
        if isinstance(graph, ox.DefaultGraph) and self.writer.users.adopted:
            raise NotAllowed(
                "The default graph holds what documents and the ontology state.",
                iri="",
                remedy="DELETE of /graphs?default takes out what users wrote there.",
            )
        drop_graph(self.writer, graph, scope=self.scope, keep_name=keep_name)

    def _transfer(
        self, source: ox.NamedNode | ox.DefaultGraph, target: ox.NamedNode | ox.DefaultGraph, verb: str
    ) -> None:
        held = self.writer.store.quads_for_pattern(None, None, None, source)
        come = {ox.Quad(q.subject, q.predicate, q.object, target) for q in held}
        gone = set() if verb == "add" else {*self.writer.store.quads_for_pattern(None, None, None, target)}
        allow(self.writer, target, self.scope)
        if verb == "move":
            allow(self.writer, source, self.scope)
        change(self.writer, gone - come, come, scope=self.scope)
        if verb == "move":
            self._empty(source, keep_name=False)
