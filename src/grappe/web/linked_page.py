"""A page about one thing: what is said of it and what points to it. No script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from grappe.iri import GRP, shorten

__all__ = ["POLICY", "Facts", "page_of"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0 } code { font-size: 13px } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line) }
td { overflow-wrap: anywhere }
"""
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_Row = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page shows: the thing, what is said of it (or of others: rows with ``s``), what points to it."""

    iri: str
    said: Sequence[_Row]
    pointing: Sequence[_Row]


def page_of(facts: Facts, *, base: str, root: str, endings: Sequence[str], path: str) -> str:
    """Return the page about a thing.

    Args:
        facts: what it shows.
        base: the base of the graph's addresses; those under it are linked to this service.
        root: the path under which the service is reached.
        endings: the endings of the forms that the data comes in.
        path: that of the page itself.
    """
    label = next((row["o"]["value"] for row in facts.said if row["p"]["value"] == _LABEL and "s" not in row), facts.iri)
    bare = path.rpartition(".")[0]
    forms = " · ".join(f'<a href="{escape(quote(bare))}.{ending}" rel="alternate">{ending}</a>' for ending in endings)
    said = "".join(_row(row, base, root) for row in facts.said)
    pointing = "".join(
        f"<tr><td>{_term(row['s'], row.get('name'), base, root)}</td>"
        f'<th scope="row">{_term(row["p"], None, base, root)}</th></tr>'
        for row in facts.pointing
    )
    back = f"<h2>Ce qui y renvoie</h2><table>{pointing}</table>" if pointing else ""
    return f"""<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(label)} · Grappe</title>
<style>{_STYLE}</style></head>
<body>
<header><p><a href="{escape(root)}/">Grappe</a></p><h1>{escape(label)}</h1>
<p><code>{escape(facts.iri)}</code></p></header>
<main><table>{said}</table>{back}</main>
<footer><p>{forms}</p></footer>
</body>
</html>
"""


def _row(row: _Row, base: str, root: str) -> str:
    subject = f"<td>{_term(row['s'], None, base, root, anchor=True)}</td>" if "s" in row else ""
    return (
        f'<tr>{subject}<th scope="row">{_term(row["p"], None, base, root)}</th>'
        f"<td>{_term(row['o'], row.get('name'), base, root)}</td></tr>"
    )


def _term(term: dict[str, str], name: dict[str, str] | None, base: str, root: str, *, anchor: bool = False) -> str:
    value = term["value"]
    if term["type"] != "uri":
        language = f' lang="{escape(term["xml:lang"])}"' if "xml:lang" in term else ""
        return f"<span{language}>{escape(value)}</span>"
    shown = escape(name["value"] if name else shorten(value))
    if value.startswith(GRP):
        local = value[len(GRP) :]
        mark = f' id="{escape(local)}"' if anchor else ""
        return f'<a{mark} href="{escape(root)}/ontology.html#{escape(quote(local))}">{shown}</a>'
    if value.startswith(base):
        path = escape(quote(value[len(base) :], safe="/#=,"))
        return f'<a href="{escape(root)}/{path}" title="{escape(value)}">{shown}</a>'
    if value.startswith(("http://", "https://")):
        return f'<a href="{escape(value)}" title="{escape(value)}" rel="noreferrer">{shown}</a>'
    return shown
