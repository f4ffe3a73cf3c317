"""Clients that people use, as they come."""

from __future__ import annotations

import csv
import shutil
import subprocess
from typing import Any

import pytest
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

AREA = "SELECT ?m2 WHERE { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }"
PREFIX = "PREFIX grp: <https://w3id.org/grappe/ontology#> "


def answer(wrapper: SPARQLWrapper, query: str, format: str) -> Any:
    wrapper.setQuery(query)
    wrapper.setReturnFormat(format)
    return wrapper.query().convert()


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(endpoint: str, method: str) -> None:
    wrapper = SPARQLWrapper(f"{endpoint}/sparql")
    wrapper.setMethod(method)
    rows = answer(wrapper, PREFIX + AREA, JSON)["results"]["bindings"]
    assert [row["m2"]["value"] for row in rows] == ["350"]
    assert answer(wrapper, PREFIX + AREA, CSV).split() == [b"m2", b"350"]
    assert "350" in answer(wrapper, PREFIX + AREA, XML).toxml()
    assert b"grp:CleanRoom" in answer(wrapper, f"{PREFIX} CONSTRUCT WHERE {{ ?f a grp:CleanRoom }}", TURTLE)
    with pytest.raises(QueryBadFormed):
        answer(wrapper, "SELECT", JSON)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(endpoint: str) -> None:
    command = ["curl", "-sfG", f"{endpoint}/sparql", "-H", "Accept: text/csv", "--data-urlencode", f"query={AREA}"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    assert list(csv.reader(result.stdout.splitlines())) == [["m2"], ["350"]]
    failed = subprocess.run([*command[:-1], "query=SELECT"], capture_output=True, check=False, timeout=20)
    assert failed.returncode == 22
