"""Links in SSSOM, the standard for sets of mappings: as TSV with its metadata, and as RDF in the graph of links."""

from grappe.link.sssom.rdf import counted, links_graph, sets_graph, sets_of, things_graph, write_rdf
from grappe.link.sssom.tsv import Imported, read_tsv, write_tsv

__all__ = [
    "Imported",
    "counted",
    "links_graph",
    "read_tsv",
    "sets_graph",
    "sets_of",
    "things_graph",
    "write_rdf",
    "write_tsv",
]
