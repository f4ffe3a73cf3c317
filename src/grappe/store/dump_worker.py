"""A process that writes a whole store, a graph or a document out: ``python -m grappe.store.dump_worker``.

The first line of its output is the number of the generation; what follows is the dump. It ends with code 3 where there
is nothing of that name, and with another one if the dump is not whole.
"""

from __future__ import annotations

import gzip
import itertools
import sys
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from grappe.errors import StoreError
from grappe.iri import PREFIXES, Names
from grappe.store.formats import graph_format
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.rdf_formats import PREFIXED, RDF_FORMATS
from grappe.store.sandbox import confine

__all__ = ["ABSENT", "main"]

ABSENT = 3

_DEFAULT = ox.DefaultGraph()


def main(arguments: list[str] | None = None) -> None:
    """Write a dump to standard output.

    Arguments: the home, the base of its addresses, the name of a format, ``gzip`` or ``identity``, what to dump
    (``all``, ``graph`` or ``document``), and the graph's address or the document's identifier.
    """
    path, base, format, coding, what, name = (arguments or sys.argv[1:])[:6]
    confine(network=False)
    try:
        with open_generation(Home(Path(path))) as generation:
            if what != "all" and not _graphs(generation.store, what, name, Names(base)):
                sys.exit(ABSENT)
            out = sys.stdout.buffer
            out.write(b"%d\n" % generation.number)
            out.flush()
            if coding == "gzip":
                with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=5, mtime=0) as packed:
                    _dump(generation.store, cast(IO[bytes], packed), format, what, name, Names(base))
            else:
                _dump(generation.store, out, format, what, name, Names(base))
            out.flush()
    except StoreError as error:
        sys.stderr.write(str(error))
        sys.exit(1)


def _graphs(store: ox.Store, what: str, name: str, names: Names) -> list[ox.NamedNode]:
    """Return the graphs that a dump holds, of those there are."""
    wanted = [name] if what == "graph" else [names.facts_graph(name), names.evidence_graph(name)]
    return [graph for graph in map(ox.NamedNode, wanted) if store.contains_named_graph(graph)]


def _dump(store: ox.Store, out: IO[bytes], format: str, what: str, name: str, names: Names) -> None:
    kind, datasets = RDF_FORMATS[format], graph_format(format).datasets
    prefixes = dict(PREFIXES) if format in PREFIXED else None
    if what == "all":
        store.dump(out, kind, from_graph=None if datasets else _DEFAULT, prefixes=prefixes)
        return
    graphs = _graphs(store, what, name, names)
    quads = itertools.chain.from_iterable(store.quads_for_pattern(None, None, None, graph) for graph in graphs)
    if datasets:
        ox.serialize(quads, out, kind, prefixes=prefixes)
    else:
        ox.serialize((quad.triple for quad in quads), out, kind, prefixes=prefixes)


if __name__ == "__main__":
    main()
