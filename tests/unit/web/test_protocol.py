"""What a request says, read as the library reads it."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_from_bytes, urlencode

from hypothesis import given
from hypothesis import strategies as st

from grappe.web.problems import BadRequest
from grappe.web.protocol import parameters_of

PIECE = st.sampled_from(
    [b"%", b"=", b"+", b"%3", b"%3D", b"%c3%A9", b"%0A", b"\n", b"=\n", b" ", b"_", b"."]
) | st.binary(max_size=3)


@given(st.lists(PIECE, max_size=8).map(b"".join).filter(lambda value: b"&" not in value))
def test_a_query_alone_is_unescaped_as_any_other_parameter(value: bytes) -> None:
    try:
        expected = parse_qsl(
            (b"query=" + quote_from_bytes(value, safe="%=+\n _.").encode()).decode(),
            keep_blank_values=True,
            errors="strict",
        )
    except UnicodeDecodeError:
        expected = None
    try:
        read = parameters_of(b"query=" + value)
    except BadRequest:
        read = None
    assert read == expected


@given(st.text(max_size=40))
def test_a_query_comes_as_it_was_sent(query: str) -> None:
    try:
        sent = urlencode({"query": query}).encode()
    except UnicodeEncodeError:  # lone surrogates
        return
    assert parameters_of(sent) == [("query", query)]
