"""The field that a text says something works in."""

from __future__ import annotations

import pytest

from tests.unit.extract.test_rules import told


def worked_on(content: str) -> set[tuple[str, str]]:
    return {(subject, theme) for subject, predicate, theme in told(content) if predicate == "theme"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La société Voltéa, spécialisée dans les batteries à flux, recrute.", {("Voltéa", "batteries à flux")}),
        ("Le laboratoire XYLAB, dédié aux biotechnologies marines et installé à Brest, grandit.", {("XYLAB", "biotechnologies marines")}),
        ("Le laboratoire XYLAB, que dirige Claire Morel, tourné vers la génomique environnementale, grandit.", {("XYLAB", "génomique environnementale")}),
        ("Le projet ALIZÉ porte sur l'imagerie par rayons X.", {("ALIZÉ", "imagerie par rayons X")}),
        ("Le projet ALIZÉ est mené avec la société Voltéa, spécialiste lilloise de la vision industrielle.", {("Voltéa", "vision industrielle")}),
        ("Spécialisée dans les hydroliennes, la société Voltéa recrute.", {("Voltéa", "hydroliennes")}),
        ("Le laboratoire XYLAB est dédié à l'étude des maladies du bois.", {("XYLAB", "maladies du bois")}),
        ("Le laboratoire XYLAB (Thérapie cellulaire) recrute.", {("XYLAB", "thérapie cellulaire")}),
        ("L'équipe XYLAB, hébergée par l'Inria et tournée vers la cryptographie, recrute.", {("XYLAB", "cryptographie")}),
        ("Le laboratoire XYLAB, rattaché au CNRS et à l'Inria, est spécialisé dans les maladies rares.", {("XYLAB", "maladies rares")}),
        ("Consacré au recyclage des textiles et porté par le CNRS, le projet ALIZÉ démarre.", {("ALIZÉ", "recyclage des textiles")}),
        ("Spécialiste de la chimie du bois et implantée à Nantes, la société Voltéa recrute.", {("Voltéa", "chimie du bois")}),
        ("Le projet ALIZÉ démarre. Il se consacrera à l'apprentissage fédéré.", {("ALIZÉ", "apprentissage fédéré")}),
        ("Le programme ALIZÉ, sur la restauration des prairies marines, démarre.", {("ALIZÉ", "restauration des prairies marines")}),
        ("La société Voltéa consacrera 3 M€ à la recherche.", set()),
        # What a firm makes, and what it would like, is no field.
        ("La société Voltéa fabrique des batteries.", set()),
        ("La société Voltéa n'est plus spécialisée dans les batteries.", set()),
    ],
)  # fmt: skip
def test_a_field_is_what_the_words_say(sentence: str, expected: set[tuple[str, str]]) -> None:
    assert worked_on(sentence) == expected
