"""Events: what happened, who took part, who organised it, when and where."""

from __future__ import annotations

import pytest

from tests.unit.extract.test_rules import told


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # visits
        ("Claire Morel s'est rendue le 4 mars 2024 à Grenoble. Elle était accompagnée de Paul Martin, maire de Grenoble.", ("visite", "participant", "Paul Martin")),
        ("Claire Morel s'est rendue le 4 mars 2024 à Grenoble.", ("visite", "eventDate", "2024-03-04")),
        ("Une visite du laboratoire est organisée par le CNRS le 4 mars 2024.", ("visite", "organizer", "CNRS")),
        # inaugurations
        ("Claire Morel et Paul Martin ont inauguré le 4 mars 2024 le bâtiment Hélios.", ("inauguration", "participant", "Claire Morel")),
        ("Le bâtiment Hélios a été inauguré le 30 mai 2023 à Lens en présence de Claire Morel.", ("inauguration", "participant", "Claire Morel")),
        ("Le CNRS a inauguré ce matin une halle de 900 m². La visite des installations a été conduite par Paul Martin.", ("inauguration", "participant", "Paul Martin")),
        ("Claire Morel a inauguré le bâtiment Hélios. Paul Martin, directeur du CNRS, en a présenté les équipements.", ("inauguration", "participant", "Paul Martin")),
        ("À l'occasion de l'inauguration de la plateforme, Claire Morel et Paul Martin ont dévoilé la plaque.", ("inauguration", "participant", "Claire Morel")),
        ("La cérémonie d'inauguration, présidée par Paul Martin, a réuni l'Inria et le CNRS.", ("cérémonie d'inauguration", "participant", "Inria")),
        ("Le 3 juin 2024, Claire Morel et Paul Martin ont coupé le ruban de l'usine Hélios.", ("inauguration", "participant", "Paul Martin")),
        ("Inaugurée le 3 juin 2024 par Claire Morel, la plateforme Photonia accueille l'Inria.", ("inauguration", "participant", "Claire Morel")),
        ("« Un beau jour », a lancé Claire Morel en coupant le ruban de l'usine, le 3 juin 2024.", ("inauguration", "eventDate", "2024-06-03")),
        # who was there, in another sentence
        ("Claire Morel a arpenté les ateliers le 3 juin 2024. Paul Martin, maire de Lens, était du déplacement.", ("visite", "participant", "Paul Martin")),
        ("Une remise des trophées s'est tenue le 3 juin 2024 à Nantes. Y ont participé Claire Morel et Paul Martin.", ("remise", "participant", "Claire Morel")),
        ("La cérémonie, le 3 juin 2024, a réuni Claire Morel et des élus de Nantes Métropole.", ("cérémonie", "participant", "Nantes Métropole")),
        ("Jeudi 3 juin 2021, Claire Morel recevait à Nantes les dirigeants de Voltéa et de Korvalis.", ("visite", "participant", "Korvalis")),
        ("La société Voltéa a reçu la visite de Claire Morel le 3 juin 2024.", ("visite", "participant", "Claire Morel")),
        ("Lors de la présentation du plan, le 3 juin 2024, Claire Morel a salué les équipes.", ("présentation", "participant", "Claire Morel")),
        ("Le 3 juin 2024, Nantes : petit-déjeuner « Sobriété », organisé par le CNRS.", ("Sobriété", "organizer", "CNRS")),
        ("Claire Morel a arpenté le chantier à l'invitation du CNRS.", ("visite", "organizer", "CNRS")),
        ("Le CNRS tiendra ses rencontres annuelles à Nantes le 3 juin 2024.", ("rencontres annuelles", "eventDate", "2024-06-03")),
        ("Le CNRS et l'Inria parapheront le 3 juin 2024, à Nantes, une convention.", ("signature", "participant", "Inria")),
        ("Le CNRS a signé la convention le 3 juin 2024. Paraphes de Claire Morel pour le CNRS et de Paul Martin.", ("signature", "participant", "Paul Martin")),
        # whose they are, told further on
        ("Le colloque « Algues et villes » a eu lieu le 3 mai 2024 à Brest. Il était organisé par l'Inserm et le CNRS.", ("Algues et villes", "organizer", "CNRS")),
        ("La journée « Algues et villes » aura lieu le 3 mai 2024 à Brest. Organisateurs : l'Inserm et le CNRS.", ("Algues et villes", "organizer", "Inserm")),
        ("La convention a été signée le 6 avril 2022 à Toulouse par Claire Morel. Paul Martin assistait à la signature.", ("signature", "participant", "Paul Martin")),
        ("Claire Morel, qui visitera le CNRS à Brest le 22 avril 2024, s'en réjouit.", ("visite", "participant", "Claire Morel")),
        # first stones, plaques
        ("La société Voltéa a posé le 3 mai 2024, à Lannion, la première pierre de son usine, devant Claire Morel.", ("pose de la première pierre", "participant", "Voltéa")),
        ("La première pierre de l'usine a été posée le 3 mai 2024 à Lannion devant des représentants de l'État.", ("pose de la première pierre", "participant", "État")),
        ("Une plaque y sera dévoilée le jeudi 4 septembre 2014 en présence de Claire Morel.", ("dévoilement", "eventDate", "2014-09-04")),
        # signings
        ("La convention a été signée le 6 avril 2022 à Toulouse par Claire Morel et Paul Martin.", ("signature", "participant", "Paul Martin")),
        # conferences
        ("L'Inria et le CNRS avaient réuni la profession le 9 décembre 2021 à Toulouse, lors d'une journée consacrée aux biothérapies.", ("journée consacrée aux biothérapies", "organizer", "Inria")),
        ("Lors d'une conférence de presse tenue le 12 juin 2024 à Lyon, Claire Morel a présenté le projet.", ("conférence de presse", "participant", "Claire Morel")),
        ("Le CNRS organise le 12 octobre 2023, à Lannion, un colloque consacré à la photonique.", ("colloque", "locatedIn", "Lannion")),
        ("Le 14 septembre 2023 s'est tenu à Nice le séminaire de lancement du projet AZUR, en présence de l'Inria.", ("séminaire", "eventDate", "2023-09-14")),
        ("« Un bel outil pour toute la région », a déclaré à cette occasion Paul Martin. Claire Morel a visité le site. « Un bel outil pour toute la région », a déclaré à cette occasion Paul Martin.", ("visite", "participant", "Paul Martin")),
    ],
)  # fmt: skip
def test_states(content: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(content)


@pytest.mark.parametrize(
    "content",
    [
        "Le data center, inauguré en 2019, accueille douze entreprises.",
        "Le CNRS et l'Inria ont signé une convention.",
        "La plateforme numérique a été lancée en 2020.",
    ],
)
def test_an_act_in_passing_is_no_event(content: str) -> None:
    assert not {o for _, p, o in told(content) if p == "type"} & {
        "grp:Event",
        "grp:Inauguration",
        "grp:Signing",
        "grp:Visit",
    }


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("Le laboratoire XYLAB, dirigé par Paul Morel, a été inauguré le 3 juin 2024 par Claire Petit.", ("inauguration", "participant", "Paul Morel")),
        ("Claire Morel, retenue à Paris, n'a pas assisté à l'inauguration du 3 juin 2024.", ("inauguration", "participant", "Claire Morel")),
        ("La société Voltéa, créée le 3 juin 2020 par Claire Morel, a signé un contrat avec l'Inria.", ("signature", "participant", "Claire Morel")),
        ("Lors de la présentation du plan, le 3 juin 2024, Claire Morel a salué les équipes de l'Inria.", ("présentation", "participant", "Inria")),
    ],
)  # fmt: skip
def test_does_not_state(content: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in told(content)


def test_the_day_of_an_occasion_between_is_no_day_of_the_one_before_it() -> None:
    text = (
        "La visite du laboratoire Hélios prépare les assises de la photonique du 21 mai 2021, organisées avec le CNRS."
    )
    dated = [fact for fact in told(text) if fact[1] == "eventDate"]
    assert dated == [("assises de la photonique", "eventDate", "2021-05-21")]
