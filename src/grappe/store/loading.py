"""RDF files loaded in bulk, beside the documents: they are users' own."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import mmap
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from grappe.errors import InputError, QuerySyntaxError, UnknownFormat
from grappe.ontology import Triple
from grappe.store.changes import allow
from grappe.store.formats import GRAPHS, graph_format
from grappe.store.rdf_formats import RDF_FORMATS
from grappe.store.tokens import Scope
from grappe.store.writer import Writer

__all__ = ["Load", "format_of", "load"]

_DEFAULT = ox.DefaultGraph()
_PACKED: dict[str, Callable[..., IO[bytes]]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}  # type: ignore[dict-item]
_OTHER_ENDINGS = {"xml": "rdfxml", "owl": "rdfxml", "json": "jsonld"}

#: Without this, a line of N-Quads holds no blank node; the engine loads files in which so many lines hold it.
_BLANK, _MOST_BLANK = b"_:", 10_000

#: So many triples of the default graph become users' own at once.
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Load:
    """A file to load: its format by name, the graph for what names none (None: the default graph)."""

    path: Path
    format: str
    graph: str | None = None
    named_only: bool = False


def format_of(path: Path) -> str:
    """Return the name of the format that a file's ending says.

    Raises:
        UnknownFormat: if it says none.

    >>> format_of(Path("a.nq.gz"))
    'nquads'
    """
    name = path.with_suffix("") if path.suffix in _PACKED else path
    ending = name.suffix.removeprefix(".").casefold()
    for format in GRAPHS:
        if ending == format.ending:
            return format.name
    if ending in _OTHER_ENDINGS:
        return _OTHER_ENDINGS[ending]
    endings = ", ".join(f".{format.ending}" for format in GRAPHS)
    raise UnknownFormat(
        f"{path} has no ending of RDF.", format=ending, remedy=f"Rename it ({endings}), or say --format."
    )


def load(writer: Writer, loads: Sequence[Load], *, progress: Callable[[str], None] = lambda _: None) -> None:
    """Load files. A graph that is loaded is seen in the default graph too, unless ``named_only``.

    Raises:
        InputError: if a file cannot be read, or does not parse; the block that writes must end with that.
        NotAllowed: if a file names a graph that Grappe keeps.
    """
    for one in loads:
        progress(one.path.name)
        writer.mark()
        writer.changed = True
        writer.edits += 1
        try:
            _load(writer, one)
        except FileNotFoundError as error:
            raise InputError(f"There is no file {one.path}.", remedy="Check the path.") from error
        except (EOFError, gzip.BadGzipFile, lzma.LZMAError) as error:
            raise InputError(f"{one.path} cannot be unpacked ({error}).", remedy="Fetch it again.") from error
        except SyntaxError as error:
            where = f" (line {error.lineno}, column {error.offset})" if error.lineno else ""
            raise QuerySyntaxError(
                f"{one.path} is no {one.format}{where}: {error.msg}.", remedy="Mend it; nothing of it was loaded."
            ) from error


def _load(writer: Writer, one: Load) -> None:
    format = graph_format(one.format)
    if format.datasets and one.graph is not None:
        raise InputError(f"{one.path} can name graphs itself.", remedy="Leave --graph out.")
    base = one.path.resolve().as_uri()
    whole = one.named_only or (one.graph is None and not format.datasets)
    with _opened(one.path) as source:
        if writer.users.free and whole:
            # Nothing has to follow from what is loaded: the engine does it alone.
            target = ox.NamedNode(one.graph) if one.graph is not None and not format.datasets else None
            writer.store.bulk_load(format=RDF_FORMATS[one.format], base_iri=base, to_graph=target, **source)
            return
        alone = writer.users.shows_alone and not one.named_only and one.format == "nquads" and "path" in source
        if alone and _twice(writer, one.path):
            return
        quads = ox.parse(format=RDF_FORMATS[one.format], base_iri=base, rename_blank_nodes=True, **source)
        writer.store.bulk_extend(_shown(writer, one, quads))


class _WithoutGraphs(io.RawIOBase):
    """A file of N-Quads as N-Triples, and the graphs that it named; lines that may hold blank nodes are put aside.

    The last address of a line is its graph. Where a line names none, what is cut off is another term, so that what is
    left does not parse: nothing wrong can come of it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._held, self._at = b"", 0
        self.graphs: set[bytes] = set()
        self.aside: list[bytes] = []

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._at == len(self._held):
            self._held, self._at = self._more(), 0
        end = len(self._held) if size < 0 else min(self._at + size, len(self._held))
        piece, self._at = self._held[self._at : end], end
        return piece

    def _more(self) -> bytes:
        if not (lines := self._file.readlines(1 << 20)):
            return b""
        out, see = [], self.graphs.add
        for line in lines:
            if _BLANK in line:
                self.aside.append(line)
                continue
            cut = line.rfind(b" <")
            see(line[cut:].strip())
            out.append(line[:cut])
        out.append(b"\n")  # nothing would say that the file is at its end
        return b" .\n".join(out)

    def close(self) -> None:
        self._file.close()
        super().close()


def _twice(writer: Writer, path: Path) -> bool:
    """Load a file of N-Quads into the default graph, then into its graphs: the engine does that faster than Python.

    Blank nodes would part company, so graphs that hold some are copied from what was loaded.

    Returns:
        Whether that could be done: not where many lines hold blank nodes, or one names no graph.
    """
    if _are_many(path):
        return False
    store, users = writer.store, writer.users
    users.begin()
    with _WithoutGraphs(path) as triples:
        try:
            store.bulk_load(input=triples, format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
            aside = [*ox.parse(b"".join(triples.aside), format=ox.RdfFormat.N_QUADS)]
        except SyntaxError:
            return False
        names = [re.fullmatch(rb"<([^<>]*)>\s*\.", graph) for graph in triples.graphs]
    if None in names or not all(isinstance(quad.graph_name, ox.NamedNode) for quad in aside):
        return False  # no blank node is in the store yet, so that none can be there twice
    store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    for name in names:
        assert name is not None
        users.show(ox.NamedNode(name[1].decode()))
    for graph in {quad.graph_name for quad in aside}:
        assert isinstance(graph, ox.NamedNode)
        users.show(graph)
        users.copy(graph)
    return True


def _are_many(path: Path) -> bool:
    """Return whether many lines of a file may hold blank nodes."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        place = -1
        for _ in range(_MOST_BLANK + 1):
            place = whole.find(_BLANK, place + 1)
            if place < 0:
                return False
    return True


def _shown(writer: Writer, one: Load, quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads, and those of named graphs in the default graph too; note whose they are."""
    users = writer.users
    users.begin()
    target = _DEFAULT if one.graph is None else ox.NamedNode(one.graph)
    seen: set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = set()
    own: list[Triple] = []
    make, default = ox.Quad, _DEFAULT
    shown = {ox.NamedNode(name) for name in users.shown}
    for quad in quads:
        graph = quad.graph_name
        if graph == default and target != default:
            graph = target
            quad = make(quad.subject, quad.predicate, quad.object, graph)
        if graph not in seen:
            allow(writer, graph, Scope("write"))
            seen.add(graph)
            if isinstance(graph, ox.NamedNode) and not one.named_only:
                users.show(graph)
                shown.add(graph)
        yield quad
        if graph == default:
            own.append((quad.subject, quad.predicate, quad.object))  # type: ignore[arg-type]
            if len(own) == _CHUNK:
                users.add(own)
                own = []
        elif graph in shown:
            yield make(quad.subject, quad.predicate, quad.object)
    users.add(own)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[dict[str, Any]]:
    """Give what the engine reads a file from: its path, or a stream that unpacks it."""
    if path.suffix not in _PACKED:
        path.stat()
        yield {"path": path}
        return
    with _PACKED[path.suffix](path, "rb") as stream:
        yield {"input": stream}
