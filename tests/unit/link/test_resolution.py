"""What the ledger of judgements comes to."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grappe.link import resolve
from grappe.model import Decision, Judgement, Revocation

keys = st.sampled_from(["organization/a", "organization/bb", "organization/cc", "organization/ddd"])
judgements = st.lists(
    st.builds(
        Judgement,
        keys,
        keys,
        st.sampled_from(["same", "different", "unsure"]),
        st.just("ada"),
        st.just(""),
        st.just(""),
    ),
    max_size=6,
)


def said(left: str, right: str, verdict: str = "same") -> Judgement:
    return Judgement(left, right, verdict, "ada", "2026-01-01", "")  # type: ignore[arg-type]


def test_sameness_is_passed_on() -> None:
    resolution = resolve([said("organization/bb", "organization/cc"), said("organization/cc", "organization/a")])
    assert {resolution.of(f"organization/{name}") for name in ("a", "bb", "cc")} == {"organization/a"}


def test_the_last_judgement_of_a_pair_stands() -> None:
    resolution = resolve(
        [said("organization/a", "organization/bb"), said("organization/bb", "organization/a", "different")]
    )
    assert resolution.of("organization/bb") == "organization/bb"


def test_what_nobody_judged_is_itself() -> None:
    assert resolve([]).of("organization/a") == "organization/a"


def test_what_is_taken_back_does_not_count() -> None:
    judgement = said("organization/a", "organization/bb")
    ledger: list[Decision] = [judgement, Revocation(judgement.id, "ada", "2026-01-02", "")]
    assert resolve(ledger).of("organization/bb") == "organization/bb"
    assert resolve([*ledger, replace(judgement, at="2026-01-03")]).of("organization/bb") == "organization/a"


def test_a_persons_word_stands_over_a_rules() -> None:
    rule = replace(said("organization/a", "organization/bb"), by="rule:same-name")
    person = said("organization/bb", "organization/a", "different")
    assert resolve([person, rule]).of("organization/bb") == "organization/bb"


def test_keys_that_are_different_stay_apart_though_a_chain_joins_them() -> None:
    ledger = [
        said("organization/a", "organization/bb"),
        replace(said("organization/bb", "organization/cc"), by="rule:acronym"),
        said("organization/a", "organization/cc", "different"),
    ]
    for order in (ledger, ledger[::-1]):
        assert resolve(order).of("organization/bb") == "organization/a"
        assert resolve(order).of("organization/cc") == "organization/cc"


def test_links_to_other_graphs_join_no_keys() -> None:
    iri = "http://www.wikidata.org/entity/Q42"
    resolution = resolve(
        [said("organization/a", iri), said("organization/bb", iri), said("organization/cc", iri, "unsure")]
    )
    assert not resolution.canonical
    assert [link.left for link in resolution.links] == ["organization/a", "organization/bb"]


@given(ledger=judgements)
def test_the_order_of_different_pairs_does_not_matter_and_canonical_keys_are_fixed(ledger: list[Judgement]) -> None:
    last = {frozenset((j.left, j.right)): j for j in ledger}
    one, two = resolve(last.values()), resolve(reversed([*last.values()]))
    for key in ("organization/a", "organization/bb", "organization/cc", "organization/ddd"):
        assert one.of(key) == two.of(key)
        assert one.of(one.of(key)) == one.of(key)
