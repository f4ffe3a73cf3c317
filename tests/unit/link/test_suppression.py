"""Names of suppressed people are found however they are written, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.link import Veil, digests_of_names

KEY = b"a key of thirty-two bytes, or so"
VEIL = Veil(KEY, frozenset(digests_of_names(["Pr Jeanne-Marie Le Goff"], KEY)))


@pytest.mark.parametrize(
    "written",
    [
        "Jeanne-Marie Le Goff",
        "JEANNE-MARIE LE GOFF",
        "Jeanne‑Marie\u00a0Le Goff",
        "Jeanne-\nMarie Le\nGoff",
        "Jean\u00adne-Marie Le Goff",
        "Le Goff, Jeanne-Marie",
    ],
)
def test_a_name_is_masked_however_it_is_written(written: str) -> None:
    text = f"Mme {written}, directrice ; Goff a parlé à Paris."
    masked = VEIL.masked(text)
    assert len(masked) == len(text)
    assert masked.startswith("Mme █")
    assert masked.endswith(" a parlé à Paris.")
    assert "goff" not in masked.casefold()
    assert "marie" not in masked.casefold()


@pytest.mark.parametrize("text", ["Marie Le Goff est venue.", "M. Goff, maire.", "Jeanne et Marie ; le golfe.", ""])
def test_what_is_not_the_whole_name_stays(text: str) -> None:
    assert VEIL.masked(text) == text


def test_digests_tell_no_name_and_depend_on_the_key() -> None:
    one, two = (digests_of_names(["Jeanne Martin"], key) for key in (KEY, b"another"))
    assert not {*one} & {*two}
    assert all(len(digest) == 32 and int(digest, 16) >= 0 for digest in one)


@given(st.text(alphabet="jeanmrigof -\n\u00adÉLG.,’", max_size=80))
def test_a_masked_text_keeps_its_length_and_its_spaces(text: str) -> None:
    masked = VEIL.masked(text)
    assert [c for c in masked if c.isspace()] == [c for c in text if c.isspace()]
    assert len(masked) == len(text)
    assert VEIL.masked(masked) == masked
