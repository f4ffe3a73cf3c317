"""The page for people: a box for a query, its answer as a table, and questions to begin with. No script, nothing from
elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from grappe.errors import GrappeError
from grappe.iri import shorten

__all__ = ["CONTENT_POLICY", "Question", "page", "questions"]

CONTENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: A page shows so many rows; the endpoint gives them all.
MAX_ROWS = 500

_EXAMPLE = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) WHERE {
  ?thing a ?class
} GROUP BY ?class ORDER BY DESC(?things)"""

_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 } h1 + p { margin-top: .2rem }
textarea { width: 100%; box-sizing: border-box; font: 14px/1.5 ui-monospace, monospace; padding: .6rem;
  border: 1px solid var(--line); border-radius: .4rem }
button { font: inherit; padding: .3rem 1.2rem; margin-right: .5rem }
table { border-collapse: collapse; margin: 1rem 0; font-size: 14px } .answer { overflow-x: auto }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line) }
.error { border-left: .3rem solid #c33; padding: .3rem .8rem } pre { overflow-x: auto; font-size: 13px }
li { margin: .2rem 0 } .en { opacity: .7 }
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question: its file's name, the question in French and English, its query."""

    name: str
    french: str
    english: str
    query: str


def questions(folder: Path) -> tuple[Question, ...]:
    """Return the questions of a folder; the first two lines of each file are the question, in French and English."""
    out = []
    for path in sorted(folder.glob("*.rq")):
        lines = path.read_text(encoding="utf-8").splitlines()
        french, english = (line.lstrip("# ").partition(" ")[2].strip() for line in lines[:2])
        out.append(Question(path.stem, french, english, "\n".join(lines[2:]).strip()))
    return tuple(out)


def page(
    query: str, result: dict[str, Any] | None, error: GrappeError | None, asked: Sequence[Question], *, root: str = ""
) -> str:
    """Return the page with a query and what came of it; ``root`` is the path under which a proxy shows the service."""
    root = escape(root)
    if error is not None:
        shown = f'<p class="error" role="alert">{escape(str(error))}</p>'
    elif result is not None:
        shown = _result(result)
    else:
        shown = ""
    listed = "".join(
        f'<li><a href="{root}/?query={quote(q.query)}">{escape(q.french)}</a> '
        f'<span class="en" lang="en">{escape(q.english)}</span></li>'
        for q in asked
    )
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Grappe</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>Grappe</h1><p>Un graphe de l’innovation, où chaque fait porte la phrase qui l’énonce.</p></header>
<main>
<form action="{root}/" method="get">
<label for="query">Question, en SPARQL</label>
<textarea id="query" name="query" rows="9" spellcheck="false">{escape(query or _EXAMPLE)}</textarea>
<p><button>Interroger</button>
<button formaction="{root}/sparql" name="format" value="csv">CSV</button>
<button formaction="{root}/sparql" name="format" value="json">JSON</button></p>
</form>
<section class="answer" aria-live="polite">{shown}</section>
<h2>Pour commencer</h2>
<ul>{listed}</ul>
</main>
<footer><p>Point d’accès SPARQL : <code>{root}/sparql</code> · <a href="{root}/openapi.json">OpenAPI</a></p></footer>
</body>
</html>
"""


def _result(result: dict[str, Any]) -> str:
    if "turtle" in result:
        return f"<pre>{escape(result['turtle'])}</pre>"
    if "boolean" in result:
        return f"<p>{'Oui' if result['boolean'] else 'Non'}</p>"
    names, rows = result["head"]["vars"], result["results"]["bindings"]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in names) + "</tr>" for row in rows[:MAX_ROWS]
    )
    more = f" (les {MAX_ROWS} premières sont montrées)" if len(rows) > MAX_ROWS else ""
    count = f"<p>{len(rows)} ligne{'s' if len(rows) > 1 else ''}{more}</p>"
    return f"{count}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    if term["type"] == "uri":
        return f'<span title="{escape(term["value"])}">{escape(shorten(term["value"]))}</span>'
    return escape(term["value"])
