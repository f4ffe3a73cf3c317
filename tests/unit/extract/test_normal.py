"""The normalised copy: what it mends, and the way back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.extract.normal import normalise
from grappe.model import Span


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("la  Région\nÎle-de-France", "la Région Île-de-France"),
        ("1\u202f200\u00a0m²", "1 200 m²"),
        ("l’État", "l'État"),
        ("“Un pôle”", "«Un pôle»"),
        ("départe- \nmental", "départemental"),
        ("vice-\nprésidente", "vice-présidente"),
        ("Franche-\nComté", "Franche-Comté"),
        ("Île-\nde-France", "Île-de-France"),
        ("le bien-\nêtre, dit bien-être", "le bien-être, dit bien-être"),
        ("un sous-\nvêtement, des sousvêtements", "un sousvêtement, des sousvêtements"),
        ("bio\u00adproduction", "bioproduction"),
        ("la \ufb01lière", "la filière"),
        ("Région Bretagne ......... 2 M€", "Région Bretagne : 2 M€"),
        ("et ainsi... de suite", "et ainsi... de suite"),
    ],
)
def test_mends_what_harms_rules(content: str, expected: str) -> None:
    assert normalise(content).text == expected


def test_leads_back_to_the_source() -> None:
    content = "Le  CNRS\n et l’Inserm"
    normal = normalise(content)
    start = normal.text.index("l'Inserm")
    assert content[slice(*_range(normal.source(start, start + 8)))] == "l’Inserm"


@given(st.text(alphabet="aé -\n\u00a0\u00ad’ﬁ.A", min_size=1, max_size=60))
def test_every_range_has_a_source_that_grows_with_it(content: str) -> None:
    normal = normalise(content)
    assert len(normal.text) == len(normal.starts)
    assert [*normal.starts] == sorted(normal.starts)
    assert "  " not in normal.text
    for end in range(1, len(normal.text) + 1):
        span = normal.source(0, end)
        assert 0 <= span.start < span.end <= len(content)


@given(st.text(alphabet="ab \n", min_size=1, max_size=40))
def test_a_copy_of_a_copy_is_the_same(content: str) -> None:
    once = normalise(content).text
    assert normalise(once).text == once


def test_finds_the_range_of_a_span() -> None:
    content = "  Un   titre \n\nUn texte"
    normal = normalise(content)
    start, end = normal.copy_range(Span(0, 13))
    assert normal.text[start:end] == "Un titre"


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end
