"""How long does somebody wait who types `grappe query`, or `grappe --help`?

Run with `python -m tests.bench.query`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.build import DOCUMENT
from tests.bench.timing import Timing, grappe, measure, run

__all__ = ["help_text", "query"]

AWARDS = """
SELECT ?funder ?beneficiary ?amount WHERE {
  ?award a grp:FundingAward ; grp:funder/rdfs:label ?funder ; grp:beneficiary/rdfs:label ?beneficiary .
  OPTIONAL { ?award grp:amount ?amount }
} ORDER BY ?funder ?beneficiary ?amount
"""
PREFIXES = "PREFIX grp: <https://w3id.org/grappe/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def query(*, runs: int = 9) -> Timing:
    """Time `grappe query` on the graph of the press release, built beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        run(grappe(home, "add", str(DOCUMENT)))
        command = grappe(home, "query", "--format", "json", PREFIXES + AWARDS)
        return measure("grappe query (a built home)", command, limit=1, runs=runs)


def help_text(*, runs: int = 9) -> Timing:
    """Time `grappe --help`, which loads neither the language model nor the store."""
    with tempfile.TemporaryDirectory() as folder:
        return measure("grappe --help", grappe(Path(folder), "--help"), limit=1, runs=runs)


if __name__ == "__main__":
    print(query())
    print(help_text())
