"""The verbs: the only room that knows the order of the stages."""

from __future__ import annotations

from grappe.pipeline.reads import check_all, diff, documents, explain
from grappe.pipeline.sources import demo_sources, find_files, sources
from grappe.pipeline.values import Added, Change, Listed, Source, Stated
from grappe.pipeline.writes import add, rebuild, remove

__all__ = [
    "Added",
    "Change",
    "Listed",
    "Source",
    "Stated",
    "add",
    "check_all",
    "demo_sources",
    "diff",
    "documents",
    "explain",
    "find_files",
    "rebuild",
    "remove",
    "sources",
]
