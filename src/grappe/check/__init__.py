"""SHACL: one document's graph, with the ontology beside it, against ``ontology/shapes.ttl``."""

from grappe.check.report import Report, check

__all__ = ["Report", "check"]
