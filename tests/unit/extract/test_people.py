"""Offices and leaders: whose a title is, and which body a person leads."""

from __future__ import annotations

import pytest

from grappe.extract import extract
from grappe.model import Ref
from tests.unit.extract.test_rules import RESOURCES, text_of


def offices(content: str) -> set[tuple[str, str, str]]:
    """Return (person, title, body) of each office that a text states."""
    facts = extract(text_of(content), resources=RESOURCES)
    label = {e.key: e.label or "" for e in facts.entities}
    held: dict[str, dict[str, str]] = {}
    for s in facts.statements:
        if s.subject.startswith("membership/") and isinstance(s.object, Ref):
            held.setdefault(s.subject, {})[s.predicate] = label[s.object.key]
    return {(h["org:member"], h["org:role"], h["org:organization"]) for h in held.values()}


def leaders(content: str) -> set[tuple[str, str]]:
    """Return (person, body) of each claim of leading."""
    facts = extract(text_of(content), resources=RESOURCES)
    label = {e.key: e.label or "" for e in facts.entities}
    return {
        (label[s.subject], label[s.object.key])
        for s in facts.statements
        if s.predicate == "org:headOf" and isinstance(s.object, Ref)
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Paul Morel, DG et cofondateur de la société Voltéa, était là.", {("Paul Morel", "DG", "Voltéa"), ("Paul Morel", "cofondateur", "Voltéa")}),
        ("Paul Morel, président du CNRS, vice-président de la Région Bretagne et maire de Rennes, était là.", {("Paul Morel", "président", "CNRS"), ("Paul Morel", "vice-président", "Région Bretagne"), ("Paul Morel", "maire", "Ville de Rennes")}),
        ("Paul Morel, chargé de communication au CNRS, répond.", {("Paul Morel", "chargé de communication", "CNRS")}),
        ("Paul Morel a été nommé directeur scientifique de la société Voltéa.", {("Paul Morel", "directeur scientifique", "Voltéa")}),
        ("La société Voltéa recrute, explique Paul Morel, son directeur général.", {("Paul Morel", "directeur général", "Voltéa")}),
        ("Claire Morel et Paul Giraud, cofondateurs de la société Voltéa, étaient là.", {("Claire Morel", "cofondateur", "Voltéa"), ("Paul Giraud", "cofondateur", "Voltéa")}),
        ("Anne Morel, préfète de l'Essonne, était là.", {("Anne Morel", "préfète", "préfecture de l'Essonne")}),
        ("Paul Morel, président de Rennes Métropole et maire de Rennes, Claire Giraud, présidente de la Région Bretagne, ont signé.", {("Paul Morel", "président", "Rennes Métropole"), ("Paul Morel", "maire", "Ville de Rennes"), ("Claire Giraud", "présidente", "Région Bretagne")}),
        ("Le pôle Minalogic a nommé Claire Morel directrice générale.", {("Claire Morel", "directrice générale", "Minalogic")}),
        ("Claire Morel, présidente du pôle Minalogic, et Paul Giraud, son directeur général, ont signé.", {("Claire Morel", "présidente", "Minalogic"), ("Paul Giraud", "directeur général", "Minalogic")}),
        ("Le SGPI signe. Paul Morel, secrétaire général pour l'investissement, était là.", {("Paul Morel", "secrétaire général pour l'investissement", "Secrétariat général pour l'investissement")}),
        ("Le projet ALIZÉ démarre. Responsable scientifique : Claire Morel.", {("Claire Morel", "Responsable scientifique", "ALIZÉ")}),
        ("L'idée revient à l'ancien maire de Rennes, Paul Morel.", set()),
    ],
)  # fmt: skip
def test_whose_a_title_is(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert offices(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le centre XYLAB de thérapie cellulaire et génique de l'Inserm, que dirige Claire Morel, grandit.", ("Claire Morel", "XYLAB")),
        ("XYLAB, unité de l'Inserm et du CNRS placée sous la direction de Claire Morel, grandit.", ("Claire Morel", "XYLAB")),
        ("Claire Morel dirige le laboratoire XYLAB.", ("Claire Morel", "XYLAB")),
        ("Claire Morel, à la tête du laboratoire XYLAB, était là.", ("Claire Morel", "XYLAB")),
        ("Sous la présidence de Claire Morel, la Région Bretagne investit.", ("Claire Morel", "Région Bretagne")),
    ],
)  # fmt: skip
def test_who_leads(sentence: str, expected: tuple[str, str]) -> None:
    assert leaders(sentence) == {expected}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("La plateforme Fabrilab, propriété du CNRS, grandit. Elle est pilotée par Claire Morel.", "Fabrilab"),
        (
            "Le laboratoire XYLAB démarre le projet ALIZÉ. Financé par l'Inria, il est coordonné par Claire Morel.",
            "ALIZÉ",
        ),
        ("Le projet ALIZÉ grandit avec le laboratoire XYLAB. Il est piloté par Claire Morel.", "ALIZÉ"),
    ],
)
def test_a_pronoun_takes_up_what_the_sentence_before_is_about(content: str, expected: str) -> None:
    assert leaders(content) == {("Claire Morel", expected)}
