"""What a text says of itself: its headline among the lines of its head, its date, who publishes it."""

from __future__ import annotations

import pytest

from grappe.extract import extract
from grappe.model import Facts, Metadata
from grappe.read import read_bytes
from tests.unit.extract.test_rules import RESOURCES

_BODY = "\n\nL'Inserm et le CNRS ont ouvert une halle de 900 m² à Lyon, où travaillent des équipes venues de toute la région.\n"


def facts(head: str, foot: str = "") -> Facts:
    """Return what is told of a text that begins, and ends, so."""
    text = read_bytes("t", (head + _BODY + foot).encode(), media_type="text/plain", name="t.txt")
    return extract(text, resources=RESOURCES)


def metadata(head: str) -> Metadata:
    """Return what a text that begins so says of itself."""
    return facts(head).metadata


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("OBJET : AIDE AUX ENTREPRISES – EXERCICE 2024\n\nRapporteure : Mme Claire Morel", "AIDE AUX ENTREPRISES – EXERCICE 2024"),
        ("VILLE DE BREST\n\nSéance du 3 mai 2021\n\nPoint n° 4 : Aide au port", "Aide au port"),
        ("Le Courrier des Hauts\nÉCONOMIE\n\nBrumaire : la société Voltéa plante ses cuves au bord de l'eau", "Brumaire : la société Voltéa plante ses cuves au bord de l'eau"),
        ("Inserm\n\nVOLTÉA, une unité de plus et des murs à sa mesure", "VOLTÉA, une unité de plus et des murs à sa mesure"),
        ("LYON MORLANE TECHNOPOLE\n\nNewsletter\n\nLA PUCE – n° 27 – 12 septembre 2023", "LA PUCE"),
        ("LA FEUILLE\n\nLa lettre d'information de l'Inserm\n\nn° 31", "LA FEUILLE"),
        ("VILLE DE BREST\nLe Goéland\nBulletin municipal n° 118 – paru le 4 avril 2023\n\nLE MOT DU MAIRE", "Le Goéland"),
        ("LYON DÉVELOPPEMENT\nLES BRÈVES DE LA RECHERCHE          19 septembre 2025\n\n> CINÉMA – Un plateau au sec", "LES BRÈVES DE LA RECHERCHE"),
        ("XYLAB\nLaboratoire des fibres et du bois – UMR 6814\n\nQui sommes-nous ?\n\nLe XYLAB étudie le bois.", "Qui sommes-nous ?"),
        ("MINISTÈRE DE LA CULTURE\nFiche programme – mise à jour le 20 mars 2025\n\n« Scènes neuves » : le dispositif", "« Scènes neuves » : le dispositif"),
        ("La Dépêche des Hauts\nLyon / Culture – mercredi 18 septembre 2024\n\nLa halle a enfin ses clés", "La halle a enfin ses clés"),
        ("PÔLE MEDICEN\nContrat de filière 2025-2028 – Résumé\nVersion du 2 juin 2025", "Contrat de filière 2025-2028 – Résumé"),
    ],
)  # fmt: skip
def test_the_headline_is_told_from_labels_and_names(head: str, headline: str) -> None:
    assert metadata(head).title == headline


def test_a_date_that_the_headline_tells_is_not_the_text_s() -> None:
    assert metadata("Plus de 600 000 euros votés le 6 juin 2017 pour la recherche").issued is None
    assert metadata("Communiqué de presse\nLyon, le 6 juin 2017\n\nUne halle pour la recherche").issued is not None


@pytest.mark.parametrize(
    ("head", "issued"),
    [
        ("LA PUCE – n° 27 – 12 septembre 2023", "2023-09-12"),
        ("Une halle pour la recherche\n\nLyon, le 6 juin 2017, 8 h 00. — Le laser qui ne chauffe pas a trouvé preneur, et bien plus encore.", "2017-06-06"),
        ("Une halle pour la recherche\n\nPARIS / BREST, 6 juin 2017 – Le laser qui ne chauffe pas a trouvé preneur, et bien plus encore à dire.", "2017-06-06"),
        ("Une halle pour la recherche\n\nBREST, 12 sept 2024 (ABC) - Le laser qui ne chauffe pas a trouvé preneur, et il y a plus encore à en dire.", "2024-09-12"),
    ],
)  # fmt: skip
def test_the_date_is_that_of_a_dateline(head: str, issued: str) -> None:
    assert str(metadata(head).issued) == issued


@pytest.mark.parametrize(
    ("head", "foot", "publisher"),
    [
        ("INSERM\n\nUne halle de plus à Lyon", "", "Inserm"),
        ("VOLTÉA\n\nUne halle de plus à Lyon", "\nLa société Voltéa recrute.\n", "Voltéa"),
        ("Une halle de plus à Lyon", "\nLa Passerelle est éditée par le CNRS, 3 rue Monge, Lyon.\n", "CNRS"),
        ("Publié le 3 mai 2021 par la Direction de la communication du CNRS\n\nUne halle de plus", "", "CNRS"),
        ("BRUMALE HEBDO ÉCO\nÉdition du vendredi 7 mars 2025\n\nUne halle de plus à Lyon", "", "BRUMALE HEBDO ÉCO"),
        (
            "U Mare Vostru – le quotidien des affaires\nBastia, mardi 21 mars 2023\n\nUne halle de plus",
            "",
            "U Mare Vostru",
        ),
        (
            "PRÉFET DE LA RÉGION BRETAGNE\nLiberté – Égalité – Fraternité\n\nRennes, le 3 mai 2021\n\nUne halle de plus ouvre à Lyon",
            "\nAnne Morel, préfète de la région Bretagne, était là.\n",
            "préfecture de la région Bretagne",
        ),
        ("Une halle de plus à Lyon", "\nVille de Brest – Mentions légales – Plan du site\n", "Ville de Brest"),
        ("Une halle de plus à Lyon", "\nLa société Voltéa a publié un rapport.\n", None),
    ],
)
def test_the_publisher_is_named_at_the_head_or_the_foot(head: str, foot: str, publisher: str | None) -> None:
    told = facts(head, foot)
    assert next((e.label for e in told.entities if e.key == told.metadata.publisher), None) == publisher
