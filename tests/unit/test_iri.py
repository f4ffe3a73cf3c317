"""Addresses and folded names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.iri import KINDS, PREFIXES, Names, expand, fold, key, shorten, slug


@given(text=st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text(max_size=200))
def test_a_slug_is_a_step_of_an_address(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?)?", slug(text))
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Université Paris-Saclay", "université Paris Saclay"),
        ("L’Institut Pasteur", "institut pasteur"),
        ("CITHERA", "CiTHERA"),
        ("Évry-Courcouronnes", "Evry Courcouronnes"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert key("Organization", one) == key("Organization", other)


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_what_is_expanded_shortens_back(prefix: str) -> None:
    assert shorten(expand(f"{prefix}:Thing")) == f"{prefix}:Thing"


def test_a_body_keeps_its_address_whatever_its_class() -> None:
    organizations = [kind for kind, step in KINDS.items() if step == "organization"]
    assert len({key(kind, "Genopole") for kind in organizations}) == 1


def test_addresses_follow_the_base() -> None:
    names = Names("https://example.org/kg/")
    assert names.entity("person/ada") == "https://example.org/kg/id/person/ada"
    assert names.span("a", 1, 5) == "https://example.org/kg/id/document/a#char=1,5"
    assert names.key_of(names.entity("person/ada")) == "person/ada"
    assert names.key_of("https://example.org/other") is None
