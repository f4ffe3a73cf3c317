"""What the ledger of judgements comes to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grappe.link import resolve
from grappe.model import Judgement

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


@given(ledger=judgements)
def test_the_order_of_different_pairs_does_not_matter_and_canonical_keys_are_fixed(ledger: list[Judgement]) -> None:
    last = {frozenset((j.left, j.right)): j for j in ledger}
    one, two = resolve(last.values()), resolve(reversed([*last.values()]))
    for key in ("organization/a", "organization/bb", "organization/cc", "organization/ddd"):
        assert one.of(key) == two.of(key)
        assert one.of(one.of(key)) == one.of(key)
