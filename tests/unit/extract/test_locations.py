"""Where things are: each way of saying it on a sentence of its own."""

from __future__ import annotations

import pytest

from tests.unit.extract.test_rules import told


@pytest.mark.parametrize(
    ("sentence", "thing", "place"),
    [
        ("La société Voltéa (Lyon, Rhône) recrute.", "Voltéa", "Lyon"),
        ("La société Voltéa (Lyon, Rhône) recrute.", "Lyon", "Rhône"),
        ("Le laboratoire XYLAB (91) recrute.", "XYLAB", "Essonne"),
        ("La société Voltéa, basée à Nantes, recrute.", "Voltéa", "Nantes"),
        ("Basée à Nantes, la société Voltéa recrute.", "Voltéa", "Nantes"),
        ("Le laboratoire XYLAB s'installe à Brest.", "XYLAB", "Brest"),
        ("Le laboratoire XYLAB, à Brest, recrute.", "XYLAB", "Brest"),
        ("Voltéa, biotech montpelliéraine créée en 2011, recrute.", "Voltéa", "Montpellier"),
        ("Les start-up franciliennes Voltéa et Calixo recrutent.", "Calixo", "Île-de-France"),
        ("Voltéa, spécialiste girondin de la vision, recrute.", "Voltéa", "Gironde"),
        ("La société lyonnaise Voltéa recrute.", "Voltéa", "Lyon"),
        ("La société Voltéa recrute à Pessac, près de son siège pessacais.", "Voltéa", "Pessac"),
        ("L'occitane Voltéa, coentreprise du CNRS et du CEA installée à Béziers, recrute.", "Voltéa", "Béziers"),
        ("Basé à Brest, le spécialiste des microalgues Voltéa recrute.", "Voltéa", "Brest"),
        ("À Brest, la société Voltéa ouvrira une halle de 300 m².", "halle de Voltéa", "Brest"),
        ("La société Voltéa va construire à Brest une halle de 300 m².", "halle de Voltéa", "Brest"),
        ("Le parc est sur le Campus Curie, à Toulouse.", "Campus Curie", "Toulouse"),
        ("Lettre publiée par l'Université de Lille, 42 rue Paul-Duez, Lille.", "Université de Lille", "Lille"),
        ("Le pôle Voltéa, pôle de compétitivité, 400 route des Colles, 06410 Biot.", "Voltéa", "Biot"),
        ("Région Normandie – Abbaye-aux-Dames, place Reine-Mathilde, 14000 Caen", "Région Normandie", "Caen"),
        ("En attente : le projet HALIO (Voltéa Biomasse, Vitry-le-François).", "Voltéa Biomasse", "Vitry-le-François"),
        ("Présente à Dijon et à Besançon, la société Voltéa recrute.", "Voltéa", "Besançon"),
        ("La société Voltéa, dont les bureaux sont à Brest, recrute.", "Voltéa", "Brest"),
        ("À Château-Gombert, quartier marseillais, la société Voltéa recrute.", "Château-Gombert", "Marseille"),
        ("Les équipes sont au parc Voltane de Béthune (Pas-de-Calais).", "parc Voltane", "Béthune"),
        ("Le 4 juin : congrès Calixo, palais Acropolis.", "Calixo", "palais Acropolis"),
        ("Région Bretagne – 283, avenue du Général-Patton – 35711 Rennes Cedex 7", "Région Bretagne", "Rennes"),
    ],
)
def test_says_where(sentence: str, thing: str, place: str) -> None:
    assert (thing, "locatedIn", place) in told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "La société Voltéa compte recruter 200 salariés à Toulouse.",
        "Le marché francilien de la bioproduction est évalué à 2 Md€.",
        "La société Voltéa n'est pas basée à Nantes.",
        "À Lyon, la société Voltéa a rencontré le ministre.",
        "La société Voltéa a pris place rue de Rivoli, loin de Lyon.",
    ],
)
def test_says_no_place(sentence: str) -> None:
    assert "locatedIn" not in {p for _, p, _ in told(sentence)}
