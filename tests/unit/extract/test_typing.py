"""What a name is: each cue on the sentence it was written for, and what is no name at all."""

from __future__ import annotations

import pytest

from grappe.extract import extract
from grappe.extract.typing import CUES, Cue
from tests.unit.extract.test_rules import RESOURCES, text_of, told


def kinds(content: str) -> dict[str, str]:
    """Return the class of each thing that a text names, by label."""
    return {e.label: e.kind for e in extract(text_of(content), resources=RESOURCES).entities if e.label}


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.name)
def test_a_cue_tells_the_class_of_the_name_in_its_sentence(cue: Cue) -> None:
    named = kinds(cue.sentence)
    assert "Voltéa" in named or any(name.startswith("Voltéa") for name in named)
    kind = next(kind for name, kind in named.items() if name.startswith("Voltéa"))
    assert kind == (cue.kind or "Company")


@pytest.mark.parametrize(
    ("sentence", "label", "kind"),
    [
        ("L'IHU NEPTUNE grandit.", "NEPTUNE", "Laboratory"),
        ("Le laboratoire ARN recrute.", "ARN", "Laboratory"),
        ("Marseille Quantum Cluster et Brest Ocean Cluster se parlent.", "Marseille Quantum Cluster", "Cluster"),
        ("La technopole Temis Lumière grandit.", "Temis Lumière", "Cluster"),
        ("La filiale Inserm Valorisation recrute.", "Inserm Valorisation", "Organization"),
        ("Les fonds Morel & Partners et Calixo Ventures investissent.", "Calixo Ventures", "FundingAgency"),
        ("La start-up Brumaire, puis Calixo, sont nées à Lyon.", "Calixo", "Company"),
        ("Investisseurs : Calixo Rebond, Brumaire Numérique et Bpifrance.", "Brumaire Numérique", "FundingAgency"),
        ("Calixo Pacific et HBX Santé, actionnaires historiques, ont remis au pot.", "HBX Santé", "FundingAgency"),
        ("Systematix, pôle auquel Calixo vient d'adhérer, recrute.", "Calixo", "Company"),
        ("Financé par l'ANR à hauteur de 2,3 M€, CalixoSense démarre.", "CalixoSense", "Project"),
        ("Une entreprise de Bastia, Alba Nepita, recrute.", "Alba Nepita", "Company"),
        ("À Bouillante, cette filiale du groupe Calixo recrute.", "Bouillante", "Place"),
        ("Le congrès IA & Cœur se tient à Nice.", "IA & Cœur", "Conference"),
        ("La coopérative Sucrière de la Vesle recrute.", "Sucrière de la Vesle", "Company"),
        ("La manufacture Royal Vassivière sollicite un prêt de 3 M€.", "Royal Vassivière", "Company"),
        ("L'Office de l'eau Guadeloupe finance le projet.", "Office de l'eau Guadeloupe", "Organization"),
        ("Agence Voltane Info, Lyon.", "Agence Voltane Info", "Company"),
        ("Un réseau de recherche baptisé Calixo démarre.", "Calixo", "ResearchNetwork"),
        ("L'Institut de la Mer et du Vent (IMV) recrute. L'IMV est à Brest.", "Institut de la Mer et du Vent", "Laboratory"),
        ("Un laboratoire commun au Centre Jean Morel et au Centre international de l'hydrogène marin (CIHM) ouvre.", "Centre international de l'hydrogène marin", "Laboratory"),
        ("Anne Morel, préfète de l'Essonne, était là.", "préfecture de l'Essonne", "PublicAuthority"),
        ("Anne Morel, préfète de la région Bretagne, était là.", "préfecture de la région Bretagne", "PublicAuthority"),
        ("L'association Terre de lin a été invitée.", "association Terre de lin", "NonProfit"),
        ("Le projet est lauréat de l'appel à projets Mers propres, lancé en mai.", "Mers propres", "Programme"),
        ("Le fonds Pays de la Loire Participations investit.", "Pays de la Loire Participations", "FundingAgency"),
        ("Le Courrier des Hauts a publié l'enquête.", "Le Courrier des Hauts", "Company"),
        ("Bénéficiaire : BLÉVIA INGRÉDIENTS SARL", "BLÉVIA INGRÉDIENTS", "Company"),
        ("Le GIP, que dirige Férid Morel, grandit.", "Férid Morel", "Person"),
        ("Paul Morel, sous-préfet de Lannion, était là.", "sous-préfecture de Lannion", "PublicAuthority"),
        ("L'association France Nature Bretagne a réagi.", "France Nature Bretagne", "NonProfit"),
        ("Tristan Le Goff, trésorier du CNRS, était là.", "Tristan Le Goff", "Person"),
        ("Rien de neuf, explique François Jacquard.", "François Jacquard", "Person"),
        ("Le télescope Vigie-Sud a été inauguré à Tarbes.", "Vigie-Sud", "Facility"),
        ("La grainothèque Semiterra conserve 3 000 variétés.", "Semiterra", "TechnologyPlatform"),
        ("L'ensemble de calcul Norvège 2 sera installé à Lyon.", "Norvège 2", "Facility"),
        ("Le plateau d'imagerie Rétinia est ouvert aux hôpitaux.", "Rétinia", "TechnologyPlatform"),
        ("La Fondation Université de Nantes verse 200 000 €.", "Fondation Université de Nantes", "NonProfit"),
        ("L'IHU Bordeaux ouvre ses portes.", "IHU Bordeaux", "Laboratory"),
        ("L'IRT Novamat emploie 90 chercheurs.", "IRT Novamat", "Laboratory"),
        ("Le LIRIX-CNRS participe au projet.", "LIRIX-CNRS", "Laboratory"),
        ("L'Institut Carnot Cognivia associe des équipes.", "Institut Carnot Cognivia", "ResearchNetwork"),
        ("L'incubateur Cité des Sables accompagne des firmes.", "Cité des Sables", "Organization"),
        ("L'unité Biologie des plantes et innovation (BIOPI) recrute.", "Biologie des plantes et innovation", "Laboratory"),
        ("L'équipe Sols et carbone de l'INRAE mesure les flux.", "Sols et carbone", "Laboratory"),
        ("L'unité Sciences pour la mer (SPM, UMR 6134) recrute.", "Sciences pour la mer", "Laboratory"),
        ("La société Hydrogène de Provence (HyPro) recrute.", "Hydrogène de Provence", "Company"),
        ("Le projet Vents d'Autan coûtera 4 M€.", "Vents d'Autan", "Project"),
        ("L'accord-cadre Océans bleus engage l'Ifremer.", "Océans bleus", "FundingContract"),
        ("L'équipe se trouve sur l'Aéroparc de Morlane.", "Aéroparc de Morlane", "Place"),
        ("L'usine du Creusot grandit.", "Le Creusot", "Place"),
        ("MINDARO (3 M€) : porté par le CNRS, il démarre.", "MINDARO", "Project"),
        ("Voltéa (Mayenne) exporte ses ferments.", "Voltéa", "Company"),
        ("La Grassoise Calixo recrute.", "Calixo", "Company"),
        ("Don Petru Morelli, directeur du CNRS, était là.", "Don Petru Morelli", "Person"),
        ("A. Morel (CNRS) et P. Giraud, préfet de l'Essonne, étaient là.", "A. Morel", "Person"),
        ("Un dossier, celui de Brumovia, est ajourné.", "Brumovia", "Company"),
        ("Elle s'appuie sur l'IZTRA depuis deux ans.", "IZTRA", "Laboratory"),
        ("Une salle a ouvert au Morlane Virtual Center, à Lyon.", "Morlane Virtual Center", "Building"),
        ("Elle occupe 300 m² sur le site Larroque.", "Larroque", "Place"),
        ("Une étude sur Sainte-Brumaire a paru.", "Sainte-Brumaire", "Place"),
        ("L'Agence régionale de l'air et du vent pilote l'appel.", "Agence régionale de l'air et du vent", "Organization"),
        ("Le Centre de recherche en acoustique marine accueille 40 chercheurs.", "Centre de recherche en acoustique marine", "Laboratory"),
        ("Le projet est mené avec XLAB, institut de recherche commun au CNRS.", "XLAB", "Laboratory"),
        ("La journée a lieu sur le campus Artémise le 20 novembre 2025.", "campus Artémise", "Place"),
        ("Le plateau CRYODOME offre six postes.", "CRYODOME", "TechnologyPlatform"),
        ("L'association Femmes & Brumaire a été créée.", "association Femmes & Brumaire", "NonProfit"),
        ("La présidente du Pôle européen de la dentelle était là.", "Pôle européen de la dentelle", "Cluster"),
        ("Il est aidé au titre du Fonds d'intervention minière.", "Fonds d'intervention minière", "Programme"),
        ("Le projet associe le CNRS, Centrale Nantes et Nantes Université.", "CNRS", "ResearchOrganization"),
        ("Le centre INRAE Grand Est-Nancy grandit.", "INRAE Grand Est-Nancy", "ResearchOrganization"),
        ("La Dre Barbara Morel, pharmacienne, était là.", "Barbara Morel", "Person"),
        ("Le projet Brumaja 4.0 démarre, comme le projet GéoVent 64, lancé en mai.", "GéoVent 64", "Project"),
        ("Le projet Brumaja 4.0 démarre.", "Brumaja 4.0", "Project"),
        ("Un seul dossier reste, MIRAVÉO, et il est ajourné.", "MIRAVÉO", "Project"),
        ("Le pôle auquel Voltéa vient d'adhérer grandit. La société Voltéa recrute.", "Voltéa", "Company"),
        ("La Chambre de commerce et d'industrie du Jura a prêté ses salles.", "Chambre de commerce et d'industrie du Jura", "Organization"),
        ("La présidente de la chambre d'agriculture de la Creuse était là.", "chambre d'agriculture de la Creuse", "Organization"),
        ("L'équipe Virus émergents rejoint l'Institut Pasteur.", "Virus émergents", "Laboratory"),
        ("Le GDR Sciences du bois fédère 80 équipes.", "Sciences du bois", "ResearchNetwork"),
        ("L'IRL Takuvex est installé à Lyon.", "Takuvex", "Laboratory"),
        ("La Dreal Occitanie a donné son accord.", "Dreal Occitanie", "PublicAuthority"),
        ("Le réacteur de recherche Jasmine sera arrêté.", "Jasmine", "Facility"),
        ("La ZAC des Vergers accueillera l'école.", "ZAC des Vergers", "Place"),
        ("L'adjointe au maire de Roanne Clotilde Morel a parlé.", "Clotilde Morel", "Person"),
        ("La Caisse nationale de retraite pour les marins finance le projet.", "Caisse nationale de retraite pour les marins", "Organization"),
        ("Elle est membre du Réseau sur le stockage des gaz.", "Réseau sur le stockage des gaz", "ResearchNetwork"),
        ("La Fédération de recherche Ginkgo, à Dijon, y prend part.", "Fédération de recherche Ginkgo", "ResearchNetwork"),
        ("Le Centre de recherche sur les ions, les vents et la lumière emploie 40 agents.", "Centre de recherche sur les ions, les vents et la lumière", "Laboratory"),
        ("L'Institut des vents sur le site de Lyon recrute.", "Institut des vents", "Laboratory"),
        ("Y assistaient deux élus du Pays de Brume.", "Pays de Brume", "PublicAuthority"),
        ("Une candidature au label « Ville Claire » est prête.", "Ville Claire", "Accreditation"),
        ("La coopérative Rennes Céréales recrute.", "Rennes Céréales", "Company"),
        ("L'association Léa Brumaire organise la visite.", "association Léa Brumaire", "NonProfit"),
        ("L'entreprise Brest Marine Services a signé.", "Brest Marine Services", "Company"),
        ("Elle pilote MARIN ZÉRO, un projet qui associe le CNRS.", "MARIN ZÉRO", "Project"),
        ("Présidée par Vaihani Teroma, l'université grandit.", "Vaihani Teroma", "Person"),
        ("Tehani Teroma en est la directrice.", "Tehani Teroma", "Person"),
        ("Zoltan Brumovitch, qui suit le dossier comme chargé de mission, approuve.", "Zoltan Brumovitch", "Person"),
        ("Elle a levé 4 M€ auprès d'Orion Ventures.", "Orion Ventures", "FundingAgency"),
        ("Le projet est aidé dans le cadre du PEPR Lumière.", "PEPR Lumière", "Programme"),
        ("Le projet GINKGO+ démarre en mai.", "GINKGO+", "Project"),
        ("La société Sea for Life recrute.", "Sea for Life", "Company"),
        ("Viviane Morel, présidente de GrandBrumaire, était là.", "GrandBrumaire", "PublicAuthority"),
        ("Le fabricant de robots viticoles Brumatis recrute.", "Brumatis", "Company"),
        ("Le projet réunit Calixoscience et l'Inserm.", "Calixoscience", "Company"),
        ("L'Office de l'eau de la Brume y ajoute 80 000 €.", "Office de l'eau de la Brume", "Organization"),
        ("Mairie de Lys, place de l'Europe", "Ville de Lys", "PublicAuthority"),
        ("Le Laboratoire d'optique (LABOP), unité du CNRS, recrute.", "Laboratoire d'optique", "Laboratory"),
        ("Relations presse : Agence Vent Large, Lyon", "Agence Vent Large", "Company"),
        ("Les dossiers de l'Opéra de Limoges sont prêts.", "Opéra de Limoges", "Organization"),
        ("Le CHU fait construire à Brumelles un hôpital de 4 000 m².", "Brumelles", "Place"),
        ("À Brumelles, l'Inserm ouvre un laboratoire.", "Brumelles", "Place"),
        ("Brumatis Calcul, pressentie, a décliné.", "Brumatis Calcul", "Company"),
        ("EDF avait été approchée.", "EDF", "Company"),
        ("La présidente de SNCF Travaux a signé.", "SNCF Travaux", "Company"),
        ("Bénéficiaire : Brumatis, pôle de Longwy (Moselle)", "Brumatis", "Company"),
        ("La pépinière Boulevard du Vent accueille 12 firmes.", "Boulevard du Vent", "Facility"),
        ("Y sont associés l'Institut Pascal, le CHU de Nice et Brumatis.", "Brumatis", "Company"),
        ("Le projet reçoit 30 000 € de l'État au titre de la DETR.", "Dotation d'équipement des territoires ruraux", "AidScheme"),
        ("Amandine de La Rochère, adjointe au maire de Poitiers, était là.", "Amandine de La Rochère", "Person"),
    ],
)  # fmt: skip
def test_a_name_is_read_whole(sentence: str, label: str, kind: str) -> None:
    assert kinds(sentence).get(label) == kind


@pytest.mark.parametrize(
    "sentence",
    [
        "UNE FABRIQUE BRETONNE DE LA MER",
        "Présidente et Vice-présidente ont signé.",
        "Il est lauréat du Grand défi.",
        "Ligne pilote et Grande halle.",
        "Le port, les docks et la mer.",
        "L'ATELIER DES MACHINES",
        "M. Brumoval et Mme Calixande étaient absents.",
        "Rendez-vous au 4 rue Albert Morel, puis avenue du Général-Patton.",
        "Il prend de la vitamine A. Il dort.",
        "Labellisée en mai, elle grandit en France et en Italie.",
        "Faut-il un rendez-vous ? Vingt-sept candidats, prix Nobel ou non.",
        "Une plateforme commune au collège et à l'école.",
    ],
)
def test_capitals_alone_name_nobody(sentence: str) -> None:
    assert kinds(sentence) == {}


def test_bodies_in_a_row_are_no_expansion_of_the_first() -> None:
    assert set(kinds("Il a trois tutelles : le CNRS, Centrale Nantes et Nantes Université.")) >= {
        "CNRS",
        "Nantes Université",
    }


def test_a_bracket_that_spells_an_acronym_is_its_other_name() -> None:
    facts = told("Le bâtiment accueille l'IRBM (Institut de Recherche en Biologie Marine).")
    assert ("IRBM", "type", "grp:Laboratory") in facts or (
        "Institut de Recherche en Biologie Marine",
        "type",
        "grp:Laboratory",
    ) in facts
    assert len({s for s, p, o in facts if p == "type" and o == "grp:Laboratory"}) == 1


def test_a_function_after_a_name_makes_it_a_person_s_whatever_it_looks_like() -> None:
    facts = told("La société Voltéa grandit, selon Zwen-Lin Aubroy, directrice générale de Voltéa.")
    assert ("Zwen-Lin Aubroy", "type", "grp:Person") in facts


@pytest.mark.parametrize(
    "sentence",
    [
        "Désinscription en un clic.",
        "Aide : 3 M€. Investisseurs : la Région.",
        "ILS SE METTENT À SON COMPTE",
        "Le laboratoire est au cœur de la Vallée.",
    ],
)
def test_capitals_of_a_line_or_of_a_heading_are_no_names(sentence: str) -> None:
    assert not set(kinds(sentence).values()) & {"Company", "Place"}


def test_an_acronym_of_all_but_the_first_word_is_the_name() -> None:
    named = kinds(
        "La Métropole Brumaire Calixo Voltane (BCV) finance le projet. Jean Morel, vice-président de BCV, est venu."
    )
    assert "BCV" not in named


def test_an_acronym_in_a_sentence_of_its_own_is_the_name_that_it_abbreviates() -> None:
    named = kinds("9 h 30 : visite de l'IRVEN. L'Institut de recherche sur les vents recrute.")
    assert "IRVEN" not in named
    assert named["Institut de recherche sur les vents"] == "Laboratory"
