"""The verbs: the only room that knows the order of the stages."""

from __future__ import annotations

from grappe.pipeline.authorities import add_authority, authorities, remove_authority
from grappe.pipeline.confident import confident
from grappe.pipeline.judging import Noted, Signed, decide, judge_fact, judge_pair, judgements, undo
from grappe.pipeline.linking import Identity, Open, export_links, identity, import_links, link, open_links
from grappe.pipeline.live import link_live
from grappe.pipeline.measuring import Evaluated, annotate, evaluate, gold_files
from grappe.pipeline.reads import check_all, conflicts, diff, documents, explain
from grappe.pipeline.sources import count_sources, demo_sources, find_files, sources
from grappe.pipeline.suppressing import suppress
from grappe.pipeline.values import Added, Change, Listed, Source, Stated
from grappe.pipeline.writes import add, rebuild, remove

__all__ = [
    "Added",
    "Change",
    "Evaluated",
    "Identity",
    "Listed",
    "Noted",
    "Open",
    "Signed",
    "Source",
    "Stated",
    "add",
    "add_authority",
    "annotate",
    "authorities",
    "check_all",
    "confident",
    "conflicts",
    "count_sources",
    "decide",
    "demo_sources",
    "diff",
    "documents",
    "evaluate",
    "explain",
    "export_links",
    "find_files",
    "gold_files",
    "identity",
    "import_links",
    "judge_fact",
    "judge_pair",
    "judgements",
    "link",
    "link_live",
    "open_links",
    "rebuild",
    "remove",
    "remove_authority",
    "sources",
    "suppress",
    "undo",
]
