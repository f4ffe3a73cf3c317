"""What is linked, what is left to a person, and what never is. All records are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grappe.config import resources
from grappe.link.index import About, Index, build
from grappe.link.match import Matcher, Proposal, settle
from grappe.link.normal import forms
from grappe.link.profile import Profile
from grappe.link.records import Name, Record
from grappe.link.territories import Territories

ABOUT = About("ror", "some.json", "2026-01-01", "CC0-1.0", "2026-01-02")

Match = Callable[..., tuple[Proposal, ...]]


def lab(identifier: str, *names: str | Name, **more: object) -> Record:
    held = tuple(n if isinstance(n, Name) else Name(n) for n in names)
    return Record("ror", identifier, ("Laboratory", "ResearchOrganization"), held, **more)  # type: ignore[arg-type]


@pytest.fixture
def match(tmp_path: Path) -> Iterator[Match]:
    territories = Territories.load(resources() / "data")
    opened: list[Index] = []

    def against(profile: Profile, *records: Record) -> tuple[Proposal, ...]:
        path = tmp_path / f"{len(opened)}.sqlite"
        build(path, records, ABOUT)
        opened.append(Index.open(path))
        return Matcher([opened[-1]], territories, ABOUT).match(profile)

    yield against
    for index in opened:
        index.close()


def outcomes(found: tuple[Proposal, ...]) -> dict[str, str]:
    return {p.identifier: p.outcome for p in found}


LONG = "Institut inventé de chimie douce"


def test_a_long_name_is_enough_and_the_reason_is_in_words(match: Match) -> None:
    (found,) = match(Profile("organization/x", "Laboratory", (LONG,)), lab("1", LONG))
    assert (found.outcome, found.rule) == ("accepted", "name")
    assert found.reasons == (f"« {LONG} » is its name",)


def test_two_records_that_fit_alike_are_left_to_a_person(match: Match) -> None:
    found = match(Profile("organization/x", "Laboratory", (LONG,)), lab("1", LONG), lab("2", LONG))
    assert outcomes(found) == {"1": "open", "2": "open"}
    assert any("fits as well" in reason for p in found for reason in p.reasons)


@pytest.mark.parametrize(
    ("places", "parents", "outcome"),
    [
        ((), (), "open"),
        (("city:evry", "dep:91"), (), "accepted"),
        (("dep:91",), (), "open"),
        ((), ("Corps Un",), "accepted"),
        (("dep:29",), (), ""),
    ],
)
def test_an_acronym_needs_a_place_or_a_parent(
    match: Match, places: tuple[str, ...], parents: tuple[str, ...], outcome: str
) -> None:
    record = lab("1", LONG, Name("ABCDE", "acronym"), places=("city:evry", "dep:91"), parents=("Corps Un",))
    found = match(Profile("organization/abcde", "Laboratory", ("ABCDE",), (), frozenset(places), parents), record)
    assert outcomes(found) == ({"1": outcome} if outcome else {})


@pytest.mark.parametrize("kind", ["Place", "Person", "Company"])
def test_another_kind_of_thing_is_never_linked(match: Match, kind: str) -> None:
    assert match(Profile("x/y", kind, (LONG,)), lab("1", LONG)) == () or kind == "Company"
    assert "accepted" not in outcomes(match(Profile("x/y", kind, (LONG,)), lab("1", LONG))).values()


def test_a_territory_and_its_authority_stay_apart(match: Match) -> None:
    place = Record("insee", "91228", ("Place",), (Name("Évry-Courcouronnes"),), ("commune:91228",))
    names = (Name("Commune d'Évry-Courcouronnes"), Name("Ville d'Évry-Courcouronnes", "alias"))
    town = Record("siren", "000000018", ("PublicAuthority",), names, ("commune:91228",))
    territory = Profile("place/evry-courcouronnes", "Place", ("Évry-Courcouronnes",))
    assert outcomes(match(territory, place, town)) == {"91228": "accepted"}
    authority = Profile("organization/e", "PublicAuthority", ("Ville d'Evry-Courcouronnes", "Evry-Courcouronnes"))
    assert outcomes(match(authority, place, town)) == {"000000018": "accepted"}


def test_a_municipality_whose_name_many_bear_needs_a_place(match: Match) -> None:
    town = Record("siren", "1", ("PublicAuthority",), (Name("Commune de Saint-Denis"),), ("commune:93066", "dep:93"))
    found = match(Profile("organization/x", "PublicAuthority", ("Commune de Saint-Denis",)), town)
    assert outcomes(found) == {"1": "open"}
    here = Profile("organization/x", "PublicAuthority", ("Commune de Saint-Denis",), places=frozenset({"dep:93"}))
    assert outcomes(match(here, town)) == {"1": "accepted"}


def test_a_body_of_a_body_is_not_that_body(match: Match) -> None:
    university = Record("ror", "1", ("University",), (Name("Université de Nulleville"),))
    for name in ("Fondation de l'Université de Nulleville", "Faculté de médecine de l'Université de Nulleville"):
        found = match(Profile("organization/x", "University", (name,)), university)
        assert "accepted" not in outcomes(found).values()


def test_a_region_is_its_council_and_neither_its_prefecture_nor_a_delegation_there(match: Match) -> None:
    council = Record("ror", "1", ("PublicAuthority",), (Name("Conseil régional de Bretagne"),), ("region:53",))
    delegation = Record("ror", "2", ("PublicAuthority",), (Name("Délégation régionale Bretagne"),), ("region:53",))
    found = match(Profile("organization/r", "PublicAuthority", ("Région Bretagne",)), council, delegation)
    assert outcomes(found) == {"1": "accepted"}
    found = match(
        Profile("organization/p", "PublicAuthority", ("préfecture de la région Bretagne",)), council, delegation
    )
    assert "accepted" not in outcomes(found).values()


def test_an_identifier_that_several_records_share_goes_to_the_one_of_that_name(match: Match) -> None:
    shared = (("siren", "1"),)
    school, other = lab("1", LONG, identifiers=shared), lab("2", "Institut du parfum inventé", identifiers=shared)
    found = match(Profile("organization/x", "University", (LONG,), shared), school, other)
    assert {p.identifier: p.outcome for p in found if p.scheme == "ror"} == {"1": "accepted"}


def test_a_withdrawn_record_leads_to_its_successor_and_says_so(match: Match) -> None:
    old, new = lab("1", LONG, status="withdrawn", successor="2"), lab("2", LONG, "Institut X")
    assert match(Profile("organization/x", "Laboratory", (LONG,)), old) == ()
    (found,) = match(Profile("organization/x", "Laboratory", (LONG,)), old, new)
    assert (found.identifier, found.outcome) == ("2", "accepted")
    renamed = lab("2", "Un tout autre nom de laboratoire")
    (found,) = match(Profile("organization/x", "Laboratory", (LONG,)), old, renamed)
    assert (found.identifier, found.outcome) == ("2", "open")
    assert any("is withdrawn" in reason for reason in found.reasons)


def test_a_closed_body_is_left_to_a_person(match: Match) -> None:
    (found,) = match(Profile("organization/x", "Laboratory", (LONG,)), lab("1", LONG, status="inactive", successor="2"))
    assert found.outcome == "open"
    assert any("closed" in reason and "2" in reason for reason in found.reasons)


def test_identifiers_of_other_schemes_follow_from_a_record(match: Match) -> None:
    record = lab("1", LONG, identifiers=(("wikidata", "Q1"), ("geonames", "7")))
    found = {p.scheme: p for p in match(Profile("organization/x", "Laboratory", (LONG,)), record)}
    assert sorted(found) == ["ror", "wikidata"]  # where it lies is not what it is
    assert found["wikidata"].rule == "chain"
    assert found["wikidata"].reasons[0] == "ROR 1 gives it Wikidata Q1"


def test_the_gazetteer_and_a_register_that_disagree_are_left_to_a_person(match: Match) -> None:
    record = lab("1", LONG, identifiers=(("wikidata", "Q1"),))
    found = match(Profile("organization/x", "Laboratory", (LONG,), (("wikidata", "Q2"),)), record)
    assert {p.identifier: p.outcome for p in found if p.scheme == "wikidata"} == {"Q1": "open", "Q2": "open"}


def test_no_record_is_two_things(match: Match) -> None:
    record = lab("1", LONG, Name("ABCDE", "acronym"))
    both = match(Profile("organization/x", "Laboratory", (LONG, "ABCDE")), record)
    one = match(Profile("organization/y", "Laboratory", (LONG,)), record)
    settled = {p.key: p for p in settle([*one, *both])}
    assert settled["organization/x"].outcome == "accepted"
    assert settled["organization/y"].outcome == "open"
    assert "organization/x is linked to it too" in settled["organization/y"].reasons


def test_forms_of_a_name() -> None:
    assert [form for form, _ in forms("la société Nova Bio")] == ["la société Nova Bio", "Nova Bio"]
    assert [form for form, _ in forms("laboratoire de chimie")] == ["laboratoire de chimie"]
    assert [form for form, _ in forms("IJM - Institut inventé")][1:] == ["Institut inventé", "IJM"]
