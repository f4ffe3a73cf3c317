"""Money: each sentence was what a rule was written for; awards as (funder, beneficiary, sum) of labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from grappe.extract import extract
from grappe.model import Literal, Ref
from grappe.read import read_bytes

_DATA = Path(__file__).resolve().parents[3] / "data"


def awards(content: str) -> set[tuple[str, str, str]]:
    """Return the awards of a text; "-" where funder or sum is not told."""
    facts = extract(read_bytes("t", content.encode(), media_type="text/plain", name="t.txt"), resources=_DATA)
    label = {e.key: e.label or e.kind for e in facts.entities}
    nodes: dict[str, dict[str, list[str]]] = {e.key: {"grp:funder": [], "grp:beneficiary": [], "grp:amount": [], "grp:instrument": []} for e in facts.entities if e.kind == "FundingAward"}  # fmt: skip
    for s in facts.statements:
        if s.subject in nodes and s.predicate in nodes[s.subject]:
            held = nodes[s.subject][s.predicate]
            match s.object:
                case Ref(key):
                    held.append(label[key])
                case Literal(lexical):
                    held.append(lexical)
                case _:
                    pass
    return {
        (funder, one, (node["grp:amount"] or ["-"])[0])
        for node in nodes.values()
        for funder in node["grp:funder"] or [f"({i})" for i in node["grp:instrument"]]
        for one in node["grp:beneficiary"]
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Région Bretagne apporte 7 M€ au projet ALIZÉ.", {("Région Bretagne", "ALIZÉ", "7000000")}),
        ("Le projet ALIZÉ a été financé par la Région Bretagne à hauteur de 2 M€.", {("Région Bretagne", "ALIZÉ", "2000000")}),
        ("Le projet ALIZÉ reçoit 96 millions d'euros de l'État, sur dix ans.", {("État", "ALIZÉ", "96000000")}),
        ("Le projet ALIZÉ est soutenu par la Région Bretagne (2 M€) et l'ADEME (400 k€).", {("Région Bretagne", "ALIZÉ", "2000000"), ("ADEME", "ALIZÉ", "400000")}),
        ("Le projet ALIZÉ avance. Sa construction coûte 3 M€, financés à parts égales par le CNRS et l'Inria.", {("CNRS", "ALIZÉ", "3000000"), ("Inria", "ALIZÉ", "3000000")}),
        ("Le projet ALIZÉ a coûté 5 M€, financés par l'État, par le CNRS et, pour 450 000 €, par la Ville de Rennes.", {("État", "ALIZÉ", "-"), ("CNRS", "ALIZÉ", "-"), ("Ville de Rennes", "ALIZÉ", "450000")}),
        ("L'État consacre 54 M€ à l'Université de Lorraine et la Région Grand Est 41 M€.", {("État", "Université de Lorraine", "54000000"), ("Région Grand Est", "Université de Lorraine", "41000000")}),
        ("Bpifrance a de son côté octroyé à la société Voltéa un prêt de 30 millions d'euros, dont 10 millions ont été versés.", {("Bpifrance", "Voltéa", "30000000")}),
        ("Le projet ALIZÉ construira des voiles. Y prennent part l'Université de Toulon et l'Ifremer. La Région Bretagne lui a alloué 2 M€.", {("Région Bretagne", "ALIZÉ", "2000000")}),
        ("La Région Bretagne soutient la société Voltéa.", {("Région Bretagne", "Voltéa", "-")}),
        ("La Région Bretagne a apporté son soutien à l'équipement du projet ALIZÉ.", {("Région Bretagne", "ALIZÉ", "-")}),
        ("Le projet ALIZÉ, que le FEDER a soutenu à hauteur de 10,5 M€ de 2016 à 2020, s'achève.", {("FEDER", "ALIZÉ", "10500000")}),
        ("Le projet ALIZÉ est lauréat de l'appel à projets Sirocco.", {("(Sirocco)", "ALIZÉ", "-")}),
        ("La société Voltéa a levé 12 M€. L'opération est menée par le fonds Astréa Capital.", {("Astréa Capital", "Voltéa", "12000000")}),
        ("La Région Bretagne a, elle, attribué 300 000 € au projet ALIZÉ.", {("Région Bretagne", "ALIZÉ", "300000")}),
        ("Le projet ALIZÉ avance. L'ANR le finance à hauteur de 480 k€.", {("Agence nationale de la recherche", "ALIZÉ", "480000")}),
        ("Une aide de l'ADEME de 2 M€ ira à la société Voltéa.", {("ADEME", "Voltéa", "2000000")}),
        ("La société Voltéa grandit. Quant à la Région Bretagne, elle a débloqué 1,2 M€ pour le projet ALIZÉ.", {("Région Bretagne", "ALIZÉ", "1200000")}),
        ("Le projet ALIZÉ est cofinancé par la Région Bretagne et le FEADER pour un montant total de 1,6 M€.", {("Région Bretagne", "ALIZÉ", "1600000"), ("FEADER", "ALIZÉ", "1600000")}),
        ("Voici le bilan. L'octroi par l'ADEME d'une aide de 750 000 € à la société Voltéa permettra d'embaucher.", {("ADEME", "Voltéa", "750000")}),
        ("Voici le bilan. Avec l'attribution de 2 M€ à l'Université de Lorraine, l'État confirme son engagement.", {("État", "Université de Lorraine", "2000000")}),
        ("La participation de la Région Bretagne au projet ALIZÉ s'élève à 1,2 M€.", {("Région Bretagne", "ALIZÉ", "1200000")}),
        ("Le projet ALIZÉ avance. L'addition se monte à 6,3 M€. La Région Bretagne en a pris 2,2 à sa charge ; la Ville de Rennes, 900 000 € ; l'ADEME, 1,7 million.", {("Région Bretagne", "ALIZÉ", "2200000"), ("Ville de Rennes", "ALIZÉ", "900000"), ("ADEME", "ALIZÉ", "1700000")}),
        ("Le projet ALIZÉ avance. La Région Bretagne, qui avait promis 2 M€, n'en a donné que 1,2.", {("Région Bretagne", "ALIZÉ", "1200000")}),
        ("La Ville de Rennes mobilise 3 M€ pour le projet ALIZÉ et 1 M€ pour la société Voltéa.", {("Ville de Rennes", "ALIZÉ", "3000000"), ("Ville de Rennes", "Voltéa", "1000000")}),
        ("Aux côtés de l'État, qui apporte 10 M€, la Région Bretagne investit 5 M€ dans le projet ALIZÉ.", {("État", "ALIZÉ", "10000000"), ("Région Bretagne", "ALIZÉ", "5000000")}),
        ("L'ADEME a financé le projet ALIZÉ à hauteur de 2 M€ et la Région Bretagne, par le FEDER, à hauteur de 750 k€.", {("ADEME", "ALIZÉ", "2000000"), ("Région Bretagne", "ALIZÉ", "750000")}),
        ("Le projet ALIZÉ avance. L'ADEME lui consacre 11 M€ : 8 M€ vont à la société Voltéa et 3 M€ à l'Université de Lorraine.", {("ADEME", "Voltéa", "8000000"), ("ADEME", "Université de Lorraine", "3000000")}),
        ("La Région Bretagne a payé la totalité du projet ALIZÉ, soit 1,6 M€.", {("Région Bretagne", "ALIZÉ", "1600000")}),
        ("Le projet ALIZÉ n'aurait pu aboutir sans l'ADEME, qui y a contribué pour 14 M€, ni sans les 5 millions d'euros de la Région Bretagne.", {("ADEME", "ALIZÉ", "14000000"), ("Région Bretagne", "ALIZÉ", "5000000")}),
        ("La société Voltéa a bouclé une levée de fonds de 1,3 M€, souscrite par Astréa Capital et par Borée Ventures.", {("Astréa Capital", "Voltéa", "1300000"), ("Borée Ventures", "Voltéa", "1300000")}),
        ("La société Voltéa grandit. Un tour de table de 22 M€ a été souscrit par le fonds Astréa Capital et par le groupe Nordal.", {("Astréa Capital", "Voltéa", "22000000"), ("Nordal", "Voltéa", "22000000")}),
        ("La société Voltéa a levé 12 M€. Le fonds Astréa Capital entre au capital ; le groupe Nordal, actionnaire historique, a remis au pot.", {("Astréa Capital", "Voltéa", "12000000"), ("Nordal", "Voltéa", "12000000")}),
        ("Voici les nouvelles. 800 000 euros de subvention FEDER pour la société Voltéa et la société Xylame.", {("FEDER", "Voltéa", "800000"), ("FEDER", "Xylame", "800000")}),
        ("La commission permanente de la Région Bretagne s'est réunie. ARTICLE 1er – D'accorder à la société Voltéa, dont le siège est à Lyon, une avance remboursable de 150 000 €.", {("Région Bretagne", "Voltéa", "150000")}),
        ("La commission permanente de la Région Bretagne a voté deux concours. Le premier, d'un montant de 2,6 M€, va au projet ALIZÉ. Le second, une avance de 500 k€, revient à la société Voltéa.", {("Région Bretagne", "ALIZÉ", "2600000"), ("Région Bretagne", "Voltéa", "500000")}),
        ("La société Voltéa grandit. Un tour de table de 22 M€ a été souscrit par le groupe Nordal. Bpifrance prête en outre 12 millions à la société.", {("Nordal", "Voltéa", "22000000"), ("Bpifrance", "Voltéa", "12000000")}),
        ("L'ADEME soutient le projet ALIZÉ depuis 2021 (2,75 M€).", {("ADEME", "ALIZÉ", "2750000")}),
        ("La société Voltéa grandit. Son projet ALIZÉ avance. L'usine coûtera 25 M€. Dix-huit millions viendront de l'État, 4,5 millions de la Région Bretagne.", {("État", "usine", "18000000"), ("Région Bretagne", "usine", "4500000")}),
        ("L'État (2 M€) et la Région Bretagne (1 M€) financent le projet ALIZÉ.", {("État", "ALIZÉ", "2000000"), ("Région Bretagne", "ALIZÉ", "1000000")}),
        ("La Région Bretagne et l'État financent le projet ALIZÉ à hauteur de 2 M€ et 1 M€.", {("Région Bretagne", "ALIZÉ", "2000000"), ("État", "ALIZÉ", "1000000")}),
        ("Une enveloppe de 3 M€ a été débloquée par l'État pour le projet ALIZÉ.", {("État", "ALIZÉ", "3000000")}),
        ("Coût du projet ALIZÉ : 5 M€, dont 2 M€ apportés par la Région Bretagne.", {("Région Bretagne", "ALIZÉ", "2000000")}),
        ("Tour de table de 8 M€ pour la société Voltéa, mené par le fonds Astréa Capital.", {("Astréa Capital", "Voltéa", "8000000")}),
        ("Le mécénat de la Fondation de France (300 000 €) a permis au CHU de Rennes d'acheter un robot.", {("Fondation de France", "CHU de Rennes", "300000")}),
        ("La société Voltéa conduit le projet ALIZÉ. L'ANR le finance (1,8 M€ pour 2022-2026).", {("Agence nationale de la recherche", "ALIZÉ", "1800000")}),
        ("Le CNRS pilote le projet ALIZÉ, l'ANR le finance : 720 000 euros accordés sur 2022-2025.", {("Agence nationale de la recherche", "ALIZÉ", "720000")}),
        ("La société Voltéa grandit. La Métropole de Lyon la soutient par une bourse de 30 000 € et Bpifrance par un prêt de 250 k€.", {("Métropole de Lyon", "Voltéa", "30000"), ("Bpifrance", "Voltéa", "250000")}),
        ("La société Voltéa grandit. Le fonds Astréa Capital l'a dotée de 7 M€, Bpifrance de 2 M€.", {("Astréa Capital", "Voltéa", "7000000"), ("Bpifrance", "Voltéa", "2000000")}),
        ("La société Voltéa a emprunté 6 M€ à la Banque européenne d'investissement et reçu de la Métropole de Lyon une aide de 340 k€.", {("Banque européenne d'investissement", "Voltéa", "6000000"), ("Métropole de Lyon", "Voltéa", "340000")}),
        ("L'opération a mobilisé deux financeurs : la Région Bretagne, qui a consacré 730 000 € au projet ALIZÉ, et Brest Métropole (500 000 €).", {("Région Bretagne", "ALIZÉ", "730000")}),
        ("Le projet ALIZÉ avance. Dotation : 900 000 €, moitié Région Bretagne, moitié Brest Métropole.", {("Région Bretagne", "ALIZÉ", "900000"), ("Brest Métropole", "ALIZÉ", "900000")}),
        ("L'État soutient la société Voltéa pour quatre ans à partir de 2022 : 960 k€, au titre de France 2030.", {("État", "Voltéa", "960000")}),
        ("La Région Bretagne est remerciée du don de 75 000 € que la Fondation de France a consenti au CHU de Rennes.", {("Fondation de France", "CHU de Rennes", "75000")}),
        ("La Région Bretagne s'est réunie en commission permanente. 1° d'allouer 30 000 € à la société Voltéa. ARTICLE 2 – Il est attribué au CHU de Rennes une subvention de 45 000 €.", {("Région Bretagne", "Voltéa", "30000"), ("Région Bretagne", "CHU de Rennes", "45000")}),
        ("La société Voltéa participe au projet ALIZÉ, coordonné par le CNRS, doté de 2,4 millions d'euros par l'État.", {("État", "ALIZÉ", "2400000")}),
        ("La commission prend acte que le projet ALIZÉ, coordonné par le CNRS et réunissant l'Ifremer et l'Inria, a reçu 2,4 M€ de l'ANR.", {("Agence nationale de la recherche", "ALIZÉ", "2400000")}),
        ("Le projet ALIZÉ a été financé par la Région Bretagne (2,2 M€), par l'État (1,5 M€, au titre de France 2030) et par Brest Métropole (600 000 euros).", {("Région Bretagne", "ALIZÉ", "2200000"), ("État", "ALIZÉ", "1500000"), ("Brest Métropole", "ALIZÉ", "600000")}),
        ("La société Voltéa grandit. Il lui a été versé 720 000 €, à la charge de l'État.", {("État", "Voltéa", "720000")}),
        ("La société Voltéa grandit. Elle a vu entrer à son capital le fonds Astréa Capital pour 800 000 euros.", {("Astréa Capital", "Voltéa", "800000")}),
        ("La société Voltéa grandit. Elle a ouvert son capital au fonds Astréa Capital (900 000 €).", {("Astréa Capital", "Voltéa", "900000")}),
        ("La société Voltéa grandit. La Banque des Territoires entre au capital de Voltéa.", {("Banque des Territoires", "Voltéa", "-")}),
        ("La société Voltéa grandit. Le fonds Astréa Capital a rejoint le tour de table de Voltéa, à hauteur de 2 M€.", {("Astréa Capital", "Voltéa", "2000000")}),
        ("La société Voltéa s'est associée au CNRS dans le projet ALIZÉ, projet que l'Union européenne a doté de 6,4 M€.", {("Union européenne", "ALIZÉ", "6400000")}),
        ("Le CNRS coordonne aussi le projet ALIZÉ, projet auquel l'ANR a attribué 480 000 € pour 2024-2027.", {("Agence nationale de la recherche", "ALIZÉ", "480000")}),
        ("La société Voltéa ouvrira un atelier à Saint-Priest, pour lequel la Métropole de Lyon lui accorde 450 000 €.", {("Métropole de Lyon", "atelier de Voltéa", "450000")}),
        ("Le CNRS a deux projets. Le projet ALIZÉ avance. L'ANR finance ce projet à hauteur de 2 M€.", {("Agence nationale de la recherche", "ALIZÉ", "2000000")}),
        ("Sera créé à Brest le bâtiment Horizon, sur 900 m². Cofinanceurs : Brest Métropole (3 M€) et l'État (1,1 M€).", {("Brest Métropole", "Horizon", "3000000"), ("État", "Horizon", "1100000")}),
        ("Le projet ALIZÉ a été retenu par l'ANR ; l'aide, sur trois ans à compter de 2025, se monte à 1 250 000 euros.", {("Agence nationale de la recherche", "ALIZÉ", "1250000")}),
        ("La Région Bretagne soutient la société Voltéa. Son aide s'élève à 300 000 €.", {("Région Bretagne", "Voltéa", "300000")}),
        ("La société Voltéa présente son bâtiment Horizon. Celui-ci, financé par l'État (350 000 €), fonctionne depuis 2021.", {("État", "Horizon", "350000")}),
        ("La Région Bretagne accorde au projet ALIZÉ 10 M€ : 4 M€ de l'État et 6 M€ du FEDER.", {("État", "ALIZÉ", "4000000"), ("FEDER", "ALIZÉ", "6000000")}),
    ],
)  # fmt: skip
def test_awards(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {(f.replace("Agence de l'environnement et de la maîtrise de l'énergie", "ADEME"), b, a) for f, b, a in awards(f"{text}\n")} == expected  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "La société Voltéa a réalisé 3 M€ de chiffre d'affaires avec la Région Bretagne.",
        "La société Voltéa négocie un prêt de 30 M€ avec Bpifrance.",
        "L'ADEME a été sollicitée par la société Voltéa à hauteur de 400 000 €.",
        "L'État pourrait apporter 20 M€ à la société Voltéa.",
        "Le projet ALIZÉ n'a pas reçu 2 M€ de l'ANR.",
        "France 2030 est doté de 54 Md€ par l'État.",
        "La Région Bretagne verse 240 000 euros par an à la société Voltéa.",
        "La société Voltéa recherche un site. La Région Bretagne finance à hauteur de 2 M€ la thèse de Léa Kern.",
        "L'Inria a accordé 1,4 M€ à une chaire commune au CNRS et à l'Inserm.",
        "La société Voltéa porte à 71 M€ le total de ses fonds levés.",
        "La société Voltéa grandit. Deux ateliers ouvrent. Brest Métropole les a financés à hauteur de 1,2 M€.",
        "Le fonds Astréa Capital pourrait entrer au capital de la société Voltéa à hauteur de 2 M€.",
    ],
)
def test_what_nobody_is_given_is_no_award(text: str) -> None:
    assert not {a for a in awards(f"{text}\n") if a[2] != "-"}


def test_a_plan_of_financing_goes_to_what_the_document_speaks_of() -> None:
    text = (
        "Le bâtiment Horizon ouvre à Rennes\n\nLe bâtiment Horizon accueille la société Voltéa.\n\n"
        "Plan de financement\nÉtat 1,5 M€\nRégion Bretagne 800 000 €\n"
    )
    assert {(f, b.split()[-1], a) for f, b, a in awards(text)} >= {("Région Bretagne", "Horizon", "800000")}


def test_a_list_that_a_sentence_announces() -> None:
    text = (
        "Deux projets sont lauréats de l'appel Sirocco et recevront ensemble 5 M€ de l'ANR :\n\n"
        "• Le projet ALIZÉ (3 M€). Il est coordonné par le CNRS.\n• Le projet MISTRAL (2 M€). Il est porté par l'Inria.\n"
    )
    assert {a for a in awards(text) if a[2] != "-"} == {
        ("Agence nationale de la recherche", "ALIZÉ", "3000000"),
        ("Agence nationale de la recherche", "MISTRAL", "2000000"),
    }


def test_articles_of_a_deliberation_give_for_who_publishes() -> None:
    text = (
        "CONSEIL RÉGIONAL DE BRETAGNE\n\nDÉLIBÉRATION N° 22\n\nLa commission permanente, après en avoir délibéré, DÉCIDE :\n"
        "- d'attribuer à l'Université de Bretagne Occidentale une subvention de 420 000 € pour un spectromètre ;\n"
        "- d'accorder une avance remboursable de 150 000 euros à la société Algopolis, à Lannion.\n"
    )
    assert {a[1:] for a in awards(text)} == {
        ("Université de Bretagne Occidentale", "420000"),
        ("Algopolis", "150000"),
    }


def test_a_sum_to_a_group_without_names_is_no_award() -> None:
    assert not awards("Le fonds Astréa Capital a investi 210 M€ dans 38 sociétés.\n")


def test_a_list_of_whom_somebody_supports() -> None:
    text = (
        "Bpifrance, pour le compte de l'État, soutient ces trois start-up :\n\n"
        "- la société Ryvolt : 450 000 € pour sa batterie ;\n- la société Nordal, 300 000 euros ;\n- la société Medulys reçoit 520 000 €.\n"
    )
    assert {a for a in awards(text) if a[2] != "-"} == {
        ("Bpifrance", "Ryvolt", "450000"),
        ("Bpifrance", "Nordal", "300000"),
        ("Bpifrance", "Medulys", "520000"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "L'ADEME soutient deux jeunes entreprises.\n\nVoltéa (Lyon), 4,1 M€\nLa société Voltéa conçoit des robots.\n\n"
            "Xylame (Lille), 5 M€\nLa société Xylame conçoit des cuves.\n",
            {("ADEME", "Voltéa", "4100000"), ("ADEME", "Xylame", "5000000")},
        ),
        (
            "Le dispositif, opéré par Bpifrance pour le compte de l'État, aide les PME à bâtir leur première usine, à recruter et à former, "
            "dans toutes les régions du pays et dans tous les métiers.\n\nParmi les lauréats :\n\n"
            "Voltéa Technologies – Lyon (69)\nDes robots.\nAide : 2,4 M€\n",
            {("État", "Voltéa Technologies", "2400000")},
        ),
        (
            "La commission permanente de la Région Bretagne a largement puisé dans son programme. Quelques exemples :\n\n"
            "• Voltéa Technologies : 23 000 € pour ses\n  machines ;\n• Université de Lorraine : 24 000 €, à savoir 16 000 €"
            " pour le CNRS et 8 000 € pour l'Inria.\n",
            {("Région Bretagne", "Voltéa Technologies", "23000"), ("Région Bretagne", "CNRS", "16000"), ("Région Bretagne", "Inria", "8000")},
        ),
        (
            "Bénéficiaire : société Voltéa, Lyon (Rhône)\nAide de l'État : 640 000 € | Aide de la Région Bretagne : 320 000 €\n"
            "En deux mots : cette société, fondée par des agriculteurs, crée une ligne de panneaux isolants qui tournera bientôt.\n",
            {("État", "Voltéa", "640000"), ("Région Bretagne", "Voltéa", "320000")},
        ),
        (
            "La Région Bretagne soutient le projet ALIZÉ.\n\nPlan de financement du projet ALIZÉ :\n\n• État : 2 M€\n"
            "• ADEME : 1 M€\n",
            {("Région Bretagne", "ALIZÉ", "-"), ("État", "ALIZÉ", "2000000"), ("ADEME", "ALIZÉ", "1000000")},
        ),
    ],
)  # fmt: skip
def test_lists_of_those_who_pay_or_are_paid(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert awards(f"Innovation : les nouvelles\n\n{text}") == expected


def test_what_we_give_is_given_by_who_publishes() -> None:
    text = (
        "RÉGION BRETAGNE\nCommuniqué de presse\n\nDes aides pour la mer\n\nNous avons versé 120 000 € au projet ALIZÉ. "
        "La société Voltéa a reçu de notre collectivité 75 000 €. Notre collectivité a prêté 20 000 € à la société Kélia.\n"
    )
    assert awards(text) == {
        ("Région Bretagne", "ALIZÉ", "120000"),
        ("Région Bretagne", "Voltéa", "75000"),
        ("Région Bretagne", "Kélia", "20000"),
    }
