"""Which format a client wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.store.formats import GRAPHS, RESULTS
from grappe.web.negotiation import accepted, named


@pytest.mark.parametrize(
    ("accept", "names"),
    [
        (None, ["json", "xml", "csv", "tsv"]),
        ("", ["json", "xml", "csv", "tsv"]),
        ("text/csv", ["csv"]),
        ("text/csv;q=0.3, */*;q=0.1", ["csv", "json", "xml", "tsv"]),
        ("application/sparql-results+json;q=0, application/json;q=0, */*", ["xml", "csv", "tsv"]),
        ("application/*;q=0.5, text/tab-separated-values", ["tsv", "json", "xml"]),
        ("text/*", ["csv", "tsv", "xml"]),
        ("application/sparql-results+json;q=0, */*;q=0.1", ["xml", "csv", "tsv", "json"]),
        ("image/png", []),
        ("text/csv;q=wrong", []),
    ],
)
def test_formats_come_in_the_order_that_the_client_weighs(accept: str | None, names: list[str]) -> None:
    assert accepted(accept, RESULTS) == names


@pytest.mark.parametrize(("name", "found"), [("ttl", ["turtle"]), ("text/turtle", ["turtle"]), ("word", [])])
def test_a_format_is_known_by_name_ending_and_media_type(name: str, found: list[str]) -> None:
    assert named(name, GRAPHS) == found


@given(accept=st.text(max_size=60))
def test_any_header_is_read(accept: str) -> None:
    assert set(accepted(accept, GRAPHS)) <= {f.name for f in GRAPHS}
