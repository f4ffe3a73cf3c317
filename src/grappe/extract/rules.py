"""The table of rules: the extractor is this list."""

from __future__ import annotations

from grappe.extract import (
    belonging,
    events,
    facilities,
    funding,
    groups,
    laureates,
    listed,
    locations,
    people,
    relations,
    sheets,
    sizes,
)
from grappe.extract.claims import Rule

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    people.offices,
    people.offices_before,
    people.several,
    people.lines,
    people.heads,
    people.speeches,
    facilities.facilities,
    locations.brackets,
    locations.seats,
    locations.nested,
    locations.adjectives,
    locations.addresses,
    relations.led,
    relations.led_by_title,
    relations.listed_partners,
    relations.involved,
    relations.among_them,
    relations.taking_part,
    relations.partners,
    relations.members,
    belonging.units,
    belonging.honours,
    belonging.signatories,
    sizes.founded,
    sizes.headcounts,
    sheets.sheets,
    sheets.recapitulations,
    funding.amounts,
    funding.supports,
    laureates.laureates,
    laureates.listed_laureates,
    laureates.undisclosed,
    laureates.rounds,
    listed.announced,
    funding.contract_periods,
    groups.listed_firms,
    events.participants,
    events.attended,
    events.dates_and_hosts,
)
