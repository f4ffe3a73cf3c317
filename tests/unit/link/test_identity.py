"""Which names of several documents are one thing, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.iri import key
from grappe.link import Named, identify, resolve


def named(document: str, kind: str, *names: str, id: str = "", place: str = "") -> Named:
    identifiers = (("siren", id),) if id else ()
    return Named(document, key(kind, names[0]), kind, names, identifiers, (f"place/{place}",) if place else ())


def decided(*told: Named) -> set[tuple[str, str, str]]:
    return {(j.by, j.left, j.right) for j in identify(told)}


ONE = [
    (
        "rule:same-identifier",
        named("a", "FundingAgency", "Agence nationale de la recherche", id="130"),
        named("b", "FundingAgency", "L’Agence de la recherche", id="130"),
    ),
    (
        "rule:acronym",
        named("a", "Laboratory", "Institut de génomique numérique", "IGN"),
        named("b", "Laboratory", "IGN"),
    ),
    (
        "rule:same-name",
        named("a", "Cluster", "Pôle Atlantique", "Biocluster Atlantique"),
        named("b", "NonProfit", "Biocluster Atlantique"),
    ),
    ("rule:legal-form", named("a", "Company", "Exemplum"), named("b", "Company", "Exemplum SAS")),
]


@pytest.mark.parametrize(("rule", "left", "right"), ONE)
def test_two_names_are_one_thing(rule: str, left: Named, right: Named) -> None:
    ((by, first, second),) = decided(left, right)
    assert (by, {first, second}) == (rule, {left.key, right.key})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (named("a", "Company", "Exemplum", id="1"), named("b", "Company", "Exemplum SAS", id="2")),
        (named("a", "Laboratory", "Institut de génomique numérique", "IGN"), named("b", "Company", "IGN")),
        (named("a", "University", "Pôle Atlantique", "Campus Atlantique"), named("b", "Company", "Campus Atlantique")),
        (named("a", "Company", "Exemplum"), named("b", "Project", "Exemplum SAS")),
        (named("a", "Person", "Anne Martin", "A. Martin"), named("b", "Person", "Anne Martine", "A. Martin")),
    ],
)
def test_two_names_are_not_one_thing(left: Named, right: Named) -> None:
    assert not decided(left, right)


def test_an_acronym_that_two_bodies_share_joins_none() -> None:
    told = (
        named("a", "Laboratory", "Institut de génomique numérique", "IGN"),
        named("b", "Laboratory", "Institut de géologie de Nantes", "IGN"),
        named("c", "Laboratory", "IGN"),
    )
    assert not decided(*told)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (named("a", "Company", "Horizon", place="lyon"), named("b", "NonProfit", "Horizon", place="brest")),
        (
            named("a", "Company", "Horizon", id="1", place="lyon"),
            named("b", "Company", "Horizon", id="2", place="brest"),
        ),
    ],
)
def test_one_name_that_stands_for_two_things_is_split(left: Named, right: Named) -> None:
    resolution = resolve(identify([left, right]))
    assert resolution.of("organization/horizon", "a") == "organization/horizon-lyon"
    assert resolution.of("organization/horizon", "b") == "organization/horizon-brest"
    assert resolution.of("organization/horizon", "c") == "organization/horizon"


def test_two_sites_or_two_views_of_one_body_are_no_homonyms() -> None:
    assert not decided(named("a", "Company", "Horizon", place="lyon"), named("b", "Company", "Horizon", place="brest"))
    assert not decided(named("a", "Company", "Horizon", place="lyon"), named("b", "NonProfit", "Horizon"))


POOL = [one for _, left, right in ONE for one in (left, right)] + [
    named("c", "Company", "Horizon", place="lyon"),
    named("d", "NonProfit", "Horizon", place="brest"),
    named("e", "Laboratory", "IGN"),
    named("f", "Organization", "Biocluster Atlantique", "Exemplum SAS"),
]


@given(order=st.permutations(POOL))
def test_the_order_of_documents_does_not_matter(order: list[Named]) -> None:
    assert identify(order) == identify(POOL)
