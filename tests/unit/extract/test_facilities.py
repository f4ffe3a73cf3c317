"""The rules about facilities, each on a sentence of its own: sizes, parts, holders, openings, plans."""

from __future__ import annotations

import hashlib

import pytest

from grappe.extract import extract
from grappe.extract.facilities import RULES
from grappe.model import Block, Document, Span, Text
from grappe.read import read_bytes
from tests.unit.extract.test_rules import RESOURCES, text_of, told, triples

STATES = [
    # sizes
    ("in_phrase", "La société Voltéa exploite une halle de 750 m².", ("halle de Voltéa", "floorAreaM2", "750")),
    ("counts", "La société Voltéa exploite trois lignes de production.", ("lignes de production de Voltéa", "unitCount", "3")),
    ("counts", "La société Voltéa exploite un plateau de 350 m² divisé en cinq laboratoires.", ("plateau de Voltéa", "unitCount", "5")),
    ("by_verb", "Le bâtiment Hélios s'étend sur 2 800 m².", ("Hélios", "floorAreaM2", "2800")),
    ("by_verb", "Le bâtiment Hélios a ouvert. Il occupe une surface de plancher de 620 m².", ("Hélios", "floorAreaM2", "620")),
    ("beside", "La société Voltéa occupe le bâtiment Hélios (3 800 m²).", ("Hélios", "floorAreaM2", "3800")),
    ("fronted", "D'une superficie totale d'environ 6 500 m², le bâtiment Hélios accueille le CNRS.", ("Hélios", "floorAreaM2", "6500")),
    ("that_is", "Le bâtiment Hélios compte quatre salles blanches, soit 140 m² au total.", ("salles blanches de Hélios", "floorAreaM2", "140")),
    ("only", "La société Voltéa construit une usine de 5 300 m². Son site actuel n'en compte que 1 500.", ("site actuel de Voltéa", "floorAreaM2", "1500")),
    ("called", "La société Voltéa exploite un atelier à Rennes. Les 1 900 m² seront livrés au début de l'année 2034.", ("atelier de Voltéa", "floorAreaM2", "1900")),
    ("by_verb", "La société Voltéa a ouvert un site de 3 400 m². L'ancien site n'offrait que 900 m².", ("site de Voltéa", "floorAreaM2", "900")),
    ("beside", "La société Voltéa a ouvert un atelier : trois robots de drapage, 1 100 m².", ("atelier de Voltéa", "floorAreaM2", "1100")),
    ("counts", "La société Voltéa exploite douze alambics.", ("alambics de Voltéa", "unitCount", "12")),
    ("beside", "Le Fil, c'est 4 200 m² ouverts en 2016 à Roanne.", ("Fil", "floorAreaM2", "4200")),
    ("told", "Inauguré le 21 février 2025 par Garance Lhuillier et par le préfet, le plateau Photonia offre six cryostats.", ("Photonia", "openedIn", "2025-02-21")),
    ("told", "La société Voltéa exploite une usine qui tournera dès septembre 2026.", ("usine de Voltéa", "openedIn", "2026-09")),
    ("told", "La société Voltéa construit un bassin de 900 m² ; elle l'attend pour l'automne 2025.", ("bassin de Voltéa", "openedIn", "2025")),
    ("told", "D'ici juin 2024, la société Voltéa montera à Brest une serre pilote de 25 ares.", ("serre pilote de Voltéa", "openedIn", "2024-06")),
    ("told", "La société Voltéa se dotera courant 2025 d'une plateforme de 380 m².", ("plateforme de Voltéa", "openedIn", "2025")),
    ("told", "La Ville construit une halle de 900 m² à Roanne ; réception prévue en 2026.", ("halle", "openedIn", "2026")),
    ("told", "Le Fil, c'est 4 200 m², ouverts en 2016, au cœur de Roanne.", ("Fil", "openedIn", "2016")),
    ("building", "La société Voltéa exploite un bassin de 900 m², dont la construction, à La Ciotat, a débuté en janvier.", ("bassin de Voltéa", "status", "grp:UnderConstruction")),
    ("by_verb", "La société Voltéa a mis en route en septembre 2022 un atelier de broyage.", ("Voltéa", "hasFacility", "atelier de broyage de Voltéa")),
    # owned
    ("as_holder", "Le bâtiment Hélios, 3 200 m² sur trois niveaux, dont la Région Bretagne est propriétaire, ouvrira en 2026.", ("Région Bretagne", "hasFacility", "Hélios")),
    ("as_holder", "La société Voltéa, à qui revient un plateau de 400 m², embauche.", ("Voltéa", "hasFacility", "plateau de Voltéa")),
    ("as_holder", "La société Voltéa construit un bassin de 900 m² ; l'Ifremer, qui en sera l'exploitant, l'attend pour 2025.", ("Ifremer", "hasFacility", "bassin de Voltéa")),
    ("on_a_sheet", "Le bâtiment Hélios a ouvert. Propriétaire : Orléans Métropole.", ("Orléans Métropole", "hasFacility", "Hélios")),
    ("entering", "Le laboratoire ICSA loge au bâtiment Hélios.", ("ICSA", "hasFacility", "Hélios")),
    ("belonging", "La plateforme Photonia a ouvert. La société Voltéa l'exploitera pendant vingt ans.", ("Voltéa", "hasFacility", "Photonia")),
    ("entering", "Le bâtiment Hélios a ouvert. C'est là que s'installe le laboratoire ICSA.", ("ICSA", "hasFacility", "Hélios")),
    ("at_host", "Installée à l'hôpital de la Croix-Rousse, la plateforme Photonia recrute.", ("Hôpital de la Croix-Rousse", "hasFacility", "Photonia")),
    ("as_holder", "Le bâtiment Hélios a ouvert. Le CNRS et la société Voltéa en sont copropriétaires.", ("CNRS", "hasFacility", "Hélios")),
    ("as_holder", "Le bâtiment Hélios est la propriété commune du CNRS et de l'Inria.", ("Inria", "hasFacility", "Hélios")),
    ("by_verb", "La société Voltéa y élève une usine de 900 m².", ("Voltéa", "hasFacility", "usine de Voltéa")),
    ("called", "Le projet ALIZÉ est conduit dans le bâtiment Hélios. La société Voltéa exploite ces 1 300 m² depuis 2023.", ("Hélios", "floorAreaM2", "1300")),
    ("called", "Le projet ALIZÉ est conduit dans le bâtiment Hélios. La société Voltéa exploite ces 1 300 m² depuis 2023.", ("Voltéa", "hasFacility", "Hélios")),
    ("building", "En chantier depuis janvier à Niort, le bâtiment Hélios recrute.", ("Hélios", "status", "grp:UnderConstruction")),
    ("building", "Le bâtiment Hélios, que la société Voltéa fait sortir de terre à Niort, est grand.", ("Hélios", "status", "grp:UnderConstruction")),
    ("building", "Sur le port, le bâtiment Hélios prend forme.", ("Hélios", "status", "grp:UnderConstruction")),
    ("noun_dated", "Le bâtiment Hélios est ouvert aux visites. Son ouverture remonte au mois de février 2021.", ("Hélios", "openedIn", "2021-02")),
    ("noun_dated", "La société Voltéa construit une usine de 900 m². La remise des clés interviendra en mars 2035.", ("usine de Voltéa", "openedIn", "2035-03")),
    # parts
    ("detailed", "La société Voltéa a ouvert un atelier : trois robots de drapage, 1 100 m².", ("robots de drapage de Voltéa", "containedIn", "atelier de Voltéa")),
    ("detailed", "La société Voltéa va construire un hangar : 1 750 m² de plain-pied, un bassin et deux caissons hyperbares.", ("caissons hyperbares de Voltéa", "containedIn", "hangar de Voltéa")),
    ("detailed", "La société Voltéa occupe le bâtiment Hélios, que remplissent un hall d'essais (1 800 m²) et dix cellules de vieillissement.", ("cellules de vieillissement de Hélios", "containedIn", "Hélios")),
    ("fronted_parts", "Équipée de vingt colonnes de filtration et d'un laboratoire de 85 m², la plateforme Photonia traite les eaux usées.", ("colonnes de filtration de Photonia", "containedIn", "Photonia")),
    ("filling", "La société Voltéa a inauguré un électrolyseur. L'équipement occupe un bâtiment de 2 300 m².", ("électrolyseur de Voltéa", "containedIn", "bâtiment")),
    ("with_parts", "La société Voltéa exploite une usine de 6 200 m², dont 350 m² de laboratoires, avec deux lignes d'assemblage.", ("lignes d'assemblage de Voltéa", "containedIn", "usine de Voltéa")),
    ("comprised", "La halle Hélios offre 1 450 m², dont 620 m² de laboratoires avec 90 m² de salles blanches, un atelier pilote et deux lignes d'extraction.", ("atelier pilote de Hélios", "containedIn", "Hélios")),
    ("with_parts", "La société Voltéa exploite un atelier de 300 m², avec 80 m² de salles blanches.", ("salles blanches de Voltéa", "containedIn", "atelier de Voltéa")),
    ("with_parts", "Le bâtiment Hélios offre 1 300 m² de laboratoires, dont 260 m² de salles propres.", ("salles propres de Hélios", "containedIn", "laboratoires de Hélios")),
    ("comprised", "Le bâtiment Hélios comprendra deux lignes de production et une animalerie.", ("animalerie de Hélios", "containedIn", "Hélios")),
    ("inside", "La société Voltéa a installé un banc d'essais dans le bâtiment Hélios.", ("banc d'essais de Hélios", "containedIn", "Hélios")),
    ("found_there", "Le bâtiment Hélios a ouvert. On y trouve une ligne d'effilochage et un laboratoire d'essais de 180 m².", ("laboratoire d'essais de Hélios", "containedIn", "Hélios")),
    ("found_there", "La société Voltéa ouvrira un atelier de 350 m². Y seront montées deux lignes de tissage.", ("lignes de tissage de Voltéa", "containedIn", "atelier de Voltéa")),
    ("found_there", "La société Voltéa occupe le bâtiment Hélios. Il accueille un atelier. On y voit aussi trois bancs d'essais.", ("bancs d'essais de Hélios", "containedIn", "Hélios")),
    ("comprised", "Le bâtiment Hélios totalise 1 350 m², parmi lesquels une halle de 800 m² et quatre chambres froides.", ("chambres froides de Hélios", "containedIn", "Hélios")),
    ("rest", "Le bâtiment Hélios est ouvert. Au rez-de-chaussée, un studio ; au-dessus, huit salles de montage ; sous les toits, un atelier.", ("salles de montage de Hélios", "containedIn", "Hélios")),
    ("there", "Le bâtiment Hélios est ouvert. Deux lignes d'assemblage y produisent 600 robots.", ("lignes d'assemblage de Hélios", "containedIn", "Hélios")),
    ("fronted_place", "Aménagée dans le bâtiment Hélios, la plateforme Photonia occupe 620 m².", ("Photonia", "containedIn", "Hélios")),
    ("there", "Le bâtiment Hélios est ouvert. La société Voltéa y exploite un démonstrateur de 50 m².", ("démonstrateur de Hélios", "containedIn", "Hélios")),
    ("rest", "Le bâtiment Hélios compte une halle. Dans le reste, la société Voltéa disposera de 500 m² de laboratoires.", ("laboratoires de Hélios", "containedIn", "Hélios")),
    ("composing", "Trois équipements composent la plateforme Photonia : un séquenceur, un microscope électronique et un supercalculateur.", ("séquenceur de Photonia", "containedIn", "Photonia")),
    ("besides", "Le bâtiment Hélios (2 450 m²) est ouvert. L'INRAE en occupe 1 300 m².", ("1 300 m² de Hélios", "containedIn", "Hélios")),
    ("comprised", "Le CNES a ouvert une plateforme. Elle regroupe, sur trois niveaux, deux bancs d'essais et un atelier de 600 m².", ("bancs d'essais de CNES", "containedIn", "plateforme de CNES")),
    # holders
    ("by_verb", "La société Voltéa dispose d'une salle blanche de 650 m².", ("Voltéa", "hasFacility", "salle blanche de Voltéa")),
    ("of_owner", "Les 650 m² du laboratoire XYLAB ont été équipés.", ("XYLAB", "hasFacility", "650 m² de XYLAB")),
    ("run_by", "Le bâtiment Hélios, exploité par le CNRS, est ouvert.", ("CNRS", "hasFacility", "Hélios")),
    ("run_by", "Propriété de Brest Métropole, le bâtiment Hélios est ouvert.", ("Brest Métropole", "hasFacility", "Hélios")),
    ("hosting", "Le bâtiment Hélios héberge l'Inria et la société Voltéa.", ("Voltéa", "hasFacility", "Hélios")),
    ("on_site_of", "Le bâtiment Hélios est élevé sur le site de l'hôpital de la Croix-Rousse.", ("Hôpital de la Croix-Rousse", "hasFacility", "Hélios")),
    ("at_host", "La plateforme Photonia, à l'hôpital de la Croix-Rousse, occupe 620 m².", ("Hôpital de la Croix-Rousse", "hasFacility", "Photonia")),
    ("hosting", "Le bâtiment Hélios abrite deux centres du CNRS : l'institut FEMTO-ST, que dirige Claire Morel, et l'institut XLIM.", ("XLIM", "hasFacility", "Hélios")),
    ("joining", "Le bâtiment Hélios est ouvert. L'y rejoint la société Voltéa.", ("Voltéa", "hasFacility", "Hélios")),
    ("moving_in", "Le bâtiment Hélios est ouvert. La société Voltéa y est installée.", ("Voltéa", "hasFacility", "Hélios")),
    ("working_in", "Le projet ALIZÉ sera conduit dans un laboratoire de 320 m².", ("ALIZÉ", "hasFacility", "laboratoire de l'ALIZÉ")),
    ("possessed", "La société Voltéa recrute. Son plateau technique de 450 m² est ouvert aux PME.", ("Voltéa", "hasFacility", "plateau technique de Voltéa")),
    ("with_in_front", "Avec 2 400 m² de serres, l'INRAE recrute.", ("INRAE", "hasFacility", "serres de l'INRAE")),
    ("with_in_front", "Le data center que construit la société Voltéa est attendu.", ("Voltéa", "hasFacility", "data center de Voltéa")),
    # what clauses tell
    ("belonging", "Le bâtiment Hélios, que se partageront le CNRS et l'Inria, offrira 3 200 m².", ("Inria", "hasFacility", "Hélios")),
    ("belonging", "La plateforme Photonia, ouverte en 2019, appartient à l'Université de Lorraine.", ("Université de Lorraine", "hasFacility", "Photonia")),
    ("belonging", "La société Voltéa, dont l'atelier pilote tourne déjà à Brest, recrute.", ("Voltéa", "hasFacility", "atelier pilote de Voltéa")),
    ("holding", "Le bâtiment Hélios est ouvert. La société Voltéa disposera au premier étage d'un laboratoire de 120 m².", ("laboratoire de Voltéa", "containedIn", "Hélios")),
    ("holding", "La plateforme Photonia est ouverte. Elle disposera en 2034 d'une salle blanche de 60 m².", ("salle blanche de Photonia", "containedIn", "Photonia")),
    ("entering", "La plateforme Photonia est ouverte. Elle appartient à l'Université de Lorraine et occupe 360 m² à l'IHU Strasbourg.", ("Photonia", "floorAreaM2", "360")),
    ("belonging", "Exploitée par la société Voltéa, centre dont Claire Morel dirige les équipes, la plateforme Photonia grandit.", ("Voltéa", "hasFacility", "Photonia")),
    ("by_clause", "La société Voltéa se dotera, pour les besoins du projet, d'un atelier de 640 m².", ("Voltéa", "plans", "atelier de Voltéa")),
    ("by_clause", "La société Voltéa a annoncé la construction à Crolles d'une usine de 900 m².", ("Voltéa", "plans", "usine de Voltéa")),
    ("run_by", "La plateforme Photonia, commune au CNRS et à l'Inria, est ouverte.", ("Inria", "hasFacility", "Photonia")),
    ("filling", "La plateforme Photonia occupe désormais 720 m² du bâtiment Hélios.", ("Photonia", "containedIn", "Hélios")),
    ("with_parts", "Le bâtiment Hélios offrira 3 000 m², dont 600 m² réservés à la production de médicaments.", ("600 m² de Hélios", "containedIn", "Hélios")),
    ("holding", "Trois salles blanches et un banc d'essais équipent le bâtiment Hélios.", ("banc d'essais de Hélios", "containedIn", "Hélios")),
    ("entering", "Le bâtiment Hélios ouvrira. S'y installeront le laboratoire XYLAB, la société Voltéa et deux équipes de l'Inria.", ("Voltéa", "hasFacility", "Hélios")),
    ("entering", "C'est dans le bâtiment Hélios que s'installera la société Voltéa.", ("Voltéa", "hasFacility", "Hélios")),
    ("entering", "Le bâtiment Hélios, où prendront place six fermenteurs, est ouvert.", ("fermenteurs de Hélios", "containedIn", "Hélios")),
    ("standing", "C'est à Lannion que la société Voltéa a choisi d'implanter son usine de 4 000 m².", ("usine de Voltéa", "locatedIn", "Lannion")),
    # openings
    ("dated", "Le laboratoire XYLAB a ouvert en 2019 une halle de 750 m².", ("halle de XYLAB", "openedIn", "2019")),
    ("dated", "Le bâtiment Hélios, en service depuis 2019, grandit.", ("Hélios", "status", "grp:InOperation")),
    ("dated", "Ouvert en 2020 à Montpellier, le bâtiment Hélios grandit.", ("Hélios", "openedIn", "2020")),
    ("noun_dated", "La société Voltéa construit une usine de 900 m². Sa mise en service est fixée au second semestre 2034.", ("usine de Voltéa", "openedIn", "2034")),
    ("noun_dated", "La société Voltéa construit une usine de 900 m² dont l'ouverture est prévue en 2034.", ("usine de Voltéa", "openedIn", "2034")),
    ("called_by_area", "La société Voltéa exploite un atelier à Rennes. Les 1 900 m² seront livrés au début de l'année 2034.", ("atelier de Voltéa", "openedIn", "2034")),
    ("building", "Le bâtiment Hélios (900 m²) est en cours de construction.", ("Hélios", "status", "grp:UnderConstruction")),
    ("building", "La première pierre du bâtiment Hélios a été posée.", ("Hélios", "status", "grp:UnderConstruction")),
    ("in_service", "La société Voltéa exploite déjà une usine de 900 m².", ("usine de Voltéa", "status", "grp:InOperation")),
    # plans
    ("announced", "La société Voltéa va construire à Rennes une usine de 5 000 m².", ("Voltéa", "plans", "usine de Voltéa")),
    ("announced", "La société Voltéa prévoit l'ouverture d'un incubateur de 900 m² et l'installation d'un bassin d'essais.", ("Voltéa", "plans", "bassin d'essais de Voltéa")),
    ("to_come", "Un second atelier de 300 m² sera construit.", ("atelier", "status", "grp:Planned")),
    ("future", "Le futur bâtiment Hélios (900 m²) accueillera le CNRS.", ("Hélios", "status", "grp:Planned")),
]  # fmt: skip

#: Sentences, and the predicate of which they state nothing.
STATES_NOT = [
    ("La société Voltéa souhaite construire une usine de 10 000 m².", "floorAreaM2"),
    ("La société Voltéa va ouvrir un atelier et rêve d'une usine de 5 000 m².", "floorAreaM2"),
    ("Le bâtiment Hélios est ouvert. Le parc attenant, d'une surface de 2 hectares, restera protégé.", "floorAreaM2"),
    ("Le bâtiment Hélios compte deux salles blanches de 35 m² chacune.", "floorAreaM2"),
    ("Le bâtiment Hélios occupera 3 500 à 4 000 m².", "floorAreaM2"),
    ("Claire Morel a inauguré le bâtiment Hélios.", "hasFacility"),
    ("La Région Bretagne a financé le bâtiment Hélios.", "hasFacility"),
    ("La société Voltéa n'exploite pas de salle blanche de 300 m².", "hasFacility"),
    ("La société Voltéa réunit 86 entreprises et 19 laboratoires.", "unitCount"),
    ("Les chercheurs disposent de 12 chambres climatiques.", "containedIn"),
]


@pytest.mark.parametrize(("rule", "content", "expected"), STATES)
def test_states(rule: str, content: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(content), rule


@pytest.mark.parametrize(("content", "predicate"), STATES_NOT)
def test_does_not_state(content: str, predicate: str) -> None:
    assert predicate not in {p for _, p, _ in told(content)}


def test_every_rule_is_tried() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, _, _ in STATES} | {"listed", "in_items"}


def test_operations_listed_under_a_contract_are_planned_by_it() -> None:
    content = (
        "Parmi les opérations retenues au CPER 2021-2027 :\n– la création d'une halle de 480 m² ;\n– l'achat de robots."
    )
    body = content.encode()
    head = content.index("–")
    blocks = (Block("paragraph", Span(0, head - 1)), Block("item", Span(head, content.index("\n", head))))
    document = Document("essai", hashlib.sha256(body).hexdigest(), "text/plain", body)
    facts = triples(extract(Text(document, content, blocks), resources=RESOURCES))
    assert any(p == "plans" and o.startswith("halle") for _, p, o in facts)


@pytest.mark.parametrize(
    "content",
    [
        "Le Centre Hélios, 15 000 m² sur le campus, a été inauguré le 28 septembre 2017.",
        "Ouvert en 2016, l'Institut Hélios complète l'ensemble. Ce bâtiment d'une surface de 15 000 m² est plein.",
    ],
)
def test_a_body_spoken_of_as_a_building_is_one(content: str) -> None:
    facts = told(content)
    assert {(p, o) for _, p, o in facts} >= {("type", "grp:Building"), ("floorAreaM2", "15000")}
    assert len({s for s, p, _ in facts if p == "openedIn"}) == 1


def test_what_is_described_and_then_named_is_one() -> None:
    facts = told("La société Voltéa construit un bâtiment de 900 m². Le bâtiment Hélios comptera une halle.")
    assert ("Hélios", "floorAreaM2", "900") in facts


def test_the_plant_of_a_headline_is_the_one_of_the_text() -> None:
    content = "Voltéa construit sa gigafactory\n\nLa société Voltéa a lancé le chantier de son usine. Elle s'étendra sur 900 m²."
    text = read_bytes("essai", content.encode(), media_type="text/plain", name="essai.txt")
    facts = triples(extract(text, resources=RESOURCES))
    plants = {s for s, p, o in facts if p == "type" and o == "grp:Building"}
    assert [(s in plants, o) for s, p, o in facts if p == "floorAreaM2"] == [(True, "900")]
    assert len(plants) == 1


def test_what_is_given_holds_though_the_clause_is_denied() -> None:
    content = "Une implantation dans le futur bâtiment Hélios (8 500 m²), attendu en 2034, est évoquée mais rien n'est décidé."
    assert {
        ("Hélios", "floorAreaM2", "8500"),
        ("Hélios", "openedIn", "2034"),
        ("Hélios", "status", "grp:Planned"),
    } <= told(content)


def test_members_of_a_set_have_what_the_set_has() -> None:
    content = (
        "La société Voltéa a ouvert en 2020 deux ateliers à Rennes. Le premier, 900 m² réhabilités, accueille le CNRS. "
        "Le second est un plateau de 350 m²."
    )
    facts = extract(text_of(content), resources=RESOURCES)
    assert sorted(o for _, p, o in triples(facts) if p == "floorAreaM2") == ["350", "900"]
    assert len([s for s in facts.statements if s.predicate == "grp:openedIn"]) == 2


def test_a_plural_that_a_list_details_is_no_facility() -> None:
    facts = told(
        "La société Voltéa dispose de deux sites de production : une usine de 8 000 m² à Dunkerque et un atelier de 1 000 m² à Lens."
    )
    assert {o for s, p, o in facts if p == "hasFacility"} == {"usine de Voltéa", "atelier de Voltéa"}


@pytest.mark.parametrize(
    "head",
    [
        "Le bâtiment Hélios comprendra :",
        "Le bâtiment Hélios a ouvert.\n\nCe que l'on y trouve :",
    ],
)
def test_the_items_of_a_list_are_parts(head: str) -> None:
    content = f"La société Voltéa recrute.\n\n{head}\n\n– un hall de 7 000 m² ;\n– 1 200 m² de salles propres ;\n– deux lignes pilotes."
    text = read_bytes("essai", content.encode(), media_type="text/plain", name="essai.txt")
    parts = {(s, o) for s, p, o in triples(extract(text, resources=RESOURCES)) if p == "containedIn"}
    assert parts == {(f"{p} de Hélios", "Hélios") for p in ("hall", "salles propres", "lignes pilotes")}
