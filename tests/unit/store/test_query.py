"""A request as a worker reads it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grappe.store.query import Request, decoded

TEXT = st.text(max_size=20)
NAMES = st.lists(TEXT, max_size=3)
REQUEST = st.builds(
    Request,
    st.text(alphabet=st.characters(), max_size=40),  # lone surrogates too, as a command line may hold
    NAMES,
    NAMES,
    default_graphs=st.none() | NAMES,
    named_graphs=st.none() | NAMES,
    prefixes=st.none() | st.dictionaries(TEXT, TEXT, max_size=3),
    result_bytes=st.integers(0, 1 << 40),
    mark=TEXT,
    base=TEXT,
    abbreviated=st.booleans(),
)


@given(REQUEST)
def test_a_worker_reads_what_was_asked(request: Request) -> None:
    query, terms = decoded(request.encode())
    assert query == request.query
    for name in ("results", "graphs", "default_graphs", "named_graphs", "prefixes"):
        assert terms.get(name) == getattr(request, name)
    for name, usual in (("result_bytes", 0), ("mark", ""), ("base", ""), ("abbreviated", True)):
        assert terms.get(name, usual) == getattr(request, name)
