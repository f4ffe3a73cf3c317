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
        ("La société Voltéa exploite la plateforme ORION, en service depuis 2015 à Morlaix.", "ORION", "Morlaix"),
        ("En chantier depuis mai 2023 à Angers, le bâtiment Hélios offrira 1 500 m².", "Hélios", "Angers"),
        ("Créé en 2012 et basé à Lille, le fonds Hauteterre Capital a investi 21 M€.", "Hauteterre Capital", "Lille"),
        ("La société Voltéa emploie 40 personnes à Vesoul.", "Voltéa", "Vesoul"),
        ("Créée à Dole en 2017 et spécialisée dans le son, la société Voltéa recrute.", "Voltéa", "Dole"),
        (
            "La société Voltéa exploite à Vesoul un atelier de 400 m² et deux fours industriels.",
            "fours industriels de Voltéa",
            "Vesoul",
        ),
        (
            "La société Voltéa va bâtir à Vesoul, sur le campus Curie, une halle de 90 m².",
            "halle de Voltéa",
            "campus Curie",
        ),
        (
            "La société Voltéa, dont la ligne de tissage tourne déjà à Troyes, recrute.",
            "ligne de tissage de Voltéa",
            "Troyes",
        ),
        ("Les entreprises :\n\n– la société Voltéa : installée à Cognac depuis 2012.", "Voltéa", "Cognac"),
        ("Le bâtiment Hélios se dresse quartier des Forges, à Redon.", "Hélios", "quartier des Forges"),
        ("Deux sites composent la plateforme MIRAGE : l'un à Vannes, l'autre à Lorient.", "MIRAGE", "Lorient"),
        ("La société Voltéa a deux antennes, à Vannes et à Lorient.", "Voltéa", "Lorient"),
        ("Le CNRS travaille avec son unité XYLAB de Rennes.", "XYLAB", "Rennes"),
        ("Le 3 juillet 2024, à Kourou, la société Voltéa a inauguré la plateforme ORION.", "inauguration", "Kourou"),
        ("Rendez-vous le 24 mars 2025 à Cannes pour le congrès Calixo.", "Calixo", "Cannes"),
        ("Le CNRS sera au congrès Calixo, 11 juin 2024, Vannes.", "Calixo", "Vannes"),
        ("Journal édité par le pôle Voltéa, 301 rue Lawrence, parc Calixo, 84000 Avignon.", "Voltéa", "Avignon"),
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
        "La société Voltéa, en service réduit, compte aller à Nantes.",
        "La société Voltéa compte dix concurrents à Nantes.",
        "À Lyon, la société Voltéa a rencontré le ministre.",
        "La société Voltéa a pris place rue de Rivoli, loin de Lyon.",
    ],
)
def test_says_no_place(sentence: str) -> None:
    assert "locatedIn" not in {p for _, p, _ in told(sentence)}
