"""Comunica, a client that queries several graphs at once; it is installed where the machine has npm."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

COMUNICA = Path(__file__).parents[1] / "clients" / "node_modules" / ".bin" / "comunica-sparql"


def ask(query: str, *sources: str) -> list[dict[str, str]]:
    """Return what Comunica finds in some sources, lexical forms by variable."""
    if not COMUNICA.exists():
        pytest.skip("Comunica is not installed: the machine had no npm when the tests were set up")
    command = [str(COMUNICA), *sources, query, "-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


def test_comunica_reads_the_endpoint(endpoint: str) -> None:
    query = "PREFIX grp: <https://w3id.org/grappe/ontology#> SELECT ?m2 { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }"
    assert ask(query, f"sparql@{endpoint}/sparql") == [{"m2": "350"}]
