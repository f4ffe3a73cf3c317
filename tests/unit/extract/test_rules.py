"""Each rule of extraction on a sentence of its own, by what it states and by what it must not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from grappe.extract import extract
from grappe.model import Block, Document, Facts, Literal, Ref, Span, Term, Text
from grappe.read import read_bytes

RESOURCES = Path(__file__).resolve().parents[3] / "data"


def text_of(content: str) -> Text:
    body = content.encode()
    document = Document("essai", hashlib.sha256(body).hexdigest(), "text/plain", body)
    return Text(document, content, (Block("paragraph", Span(0, len(content))),))


def told(content: str) -> set[tuple[str, str, str]]:
    """Return the facts of a text as triples of labels."""
    return triples(extract(text_of(content), resources=RESOURCES))


def triples(facts: Facts) -> set[tuple[str, str, str]]:
    label = {e.key: e.label or e.kind for e in facts.entities}
    out = set()
    for s in facts.statements:
        match s.object:
            case Ref(key):
                value = label[key]
            case Term(curie):
                value = curie
            case Literal(lexical):
                value = lexical
        out.add((label[s.subject], s.predicate.split(":")[1], value))
    return out


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # people
        ("Claire Morel, présidente de la Région Bretagne, a visité le site.", ("Membership", "role", "présidente")),
        ("Claire Morel, présidente de la Région Bretagne, a visité le site.", ("Membership", "organization", "Région Bretagne")),
        ("Paul Morel, maire de Rennes, était là.", ("Membership", "organization", "Ville de Rennes")),
        ("Le laboratoire XYLAB, dirigé par le Dr Paul Morel, recrute.", ("Paul Morel", "headOf", "XYLAB")),
        ("Le projet ALIZÉ, que coordonne Claire Morel, démarre.", ("Claire Morel", "headOf", "ALIZÉ")),
        # relations
        ("Le projet ALIZÉ, porté par le CNRS, démarre.", ("ALIZÉ", "ledBy", "CNRS")),
        ("Le consortium Hydromar réunit le CNRS et l'Inria.", ("Hydromar", "involves", "CNRS")),
        ("Le projet ALIZÉ est mené en partenariat avec l'Inria.", ("ALIZÉ", "partner", "Inria")),
        ("L'unité MARECO, unité mixte du CNRS et de l'Inria, grandit.", ("MARECO", "unitOf", "Inria")),
        ("La start-up Voltéa, créée en 2016, grandit.", ("Voltéa", "foundedIn", "2016")),
        ("La société Voltéa emploie 45 salariés.", ("Voltéa", "employeeCount", "45")),
        ("La société Voltéa a rejoint le pôle Medicen.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Membre du pôle Medicen depuis 2019, la société Voltéa grandit.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Le projet ALIZÉ s'appuie sur 18 équipes, dont celles du CNRS.", ("ALIZÉ", "involves", "CNRS")),
        ("L'Inria et le CNRS participent au projet ALIZÉ.", ("ALIZÉ", "involves", "Inria")),
        ("La société Voltéa travaille avec l'Inria.", ("Voltéa", "partner", "Inria")),
        ("L'unité MARECO, rattachée au CNRS, grandit.", ("MARECO", "unitOf", "CNRS")),
        ("L'unité MARECO est une unité mixte du CNRS et de l'Inria.", ("MARECO", "unitOf", "Inria")),
        ("Le CNRS a créé en 2011 la société Voltéa.", ("Voltéa", "foundedIn", "2011")),
        ("Le projet ALIZÉ, dont l'Inria est chef de file, avance.", ("ALIZÉ", "ledBy", "Inria")),
        ("Rattachée à l'Inria et au CNRS, l'unité MARECO grandit.", ("MARECO", "unitOf", "Inria")),
        ("Depuis sa création en 2012, la société Voltéa grandit.", ("Voltéa", "foundedIn", "2012")),
        ("Conduit par l'Inria, le projet ALIZÉ avance.", ("ALIZÉ", "ledBy", "Inria")),
        ("Le projet ALIZÉ, que coordonne l'Inria, avance.", ("ALIZÉ", "ledBy", "Inria")),
        ("Sous la coordination de l'Inria, le projet ALIZÉ réunit le CEA et le CNRS.", ("ALIZÉ", "ledBy", "Inria")),
        ("Le chef de file du projet ALIZÉ est l'Inria.", ("ALIZÉ", "ledBy", "Inria")),
        ("Outre l'Inria, le projet ALIZÉ réunit le CNRS.", ("ALIZÉ", "involves", "Inria")),
        ("Le projet ALIZÉ est coordonné par l'Inria. Y prennent part le CNRS et la société Voltéa.", ("ALIZÉ", "involves", "Voltéa")),
        ("Le projet ALIZÉ, auquel sont associés le CNRS et l'Inria, avance.", ("ALIZÉ", "involves", "Inria")),
        ("Un partenariat a été conclu entre la société Voltéa et l'Inria.", ("Voltéa", "partner", "Inria")),
        ("Le laboratoire XYLAB, que se partagent le CNRS et l'Université de Lille, recrute.", ("XYLAB", "unitOf", "CNRS")),
        ("Le projet ALIZÉ, piloté par l'Inria, auquel prennent part le CNRS et la société Voltéa, avance.", ("ALIZÉ", "involves", "Voltéa")),
        ("Le projet ALIZÉ réunit l'Inria, le CNRS et cinq PME, dont Voltéa et Nordal.", ("ALIZÉ", "involves", "Nordal")),
        ("Le pôle Medicen, dont la société Voltéa est membre, grandit.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Avec l'Inria, la société Voltéa développe des capteurs.", ("Voltéa", "partner", "Inria")),
        ("Le laboratoire XYLAB, institut de recherche commun au CNRS et à l'Université de Lille, recrute.", ("XYLAB", "unitOf", "CNRS")),
        ("La société Voltéa, PME de Lisieux née en 2008, recrute.", ("Voltéa", "locatedIn", "Lisieux")),
        ("L'Inserm et l'Université de Lille ont créé le laboratoire XYLAB, unité mixte de recherche.", ("XYLAB", "unitOf", "Inserm")),
        ("Spécialiste de la cobotique et implantée au sein du pôle Minalogic, la société Voltéa recrute.", ("Voltéa", "memberOf", "Minalogic")),
        ("La société Voltéa construit à Colomiers, en Haute-Garonne, une usine de 900 m².", ("Colomiers", "locatedIn", "Haute-Garonne")),
        ("La société Voltéa exploite son usine de Niort.", ("usine de Voltéa", "locatedIn", "Niort")),
        ("La plateforme d'essais de l'Inria, à Belfort, prendra sa part.", ("plateforme d'essais d'Inria", "locatedIn", "Belfort")),
        ("Le laboratoire XYLAB, auquel le CNRS et l'Inria servent de tutelles, recrute.", ("XYLAB", "unitOf", "Inria")),
        ("Le laboratoire XYLAB, que le CNRS et l'Université de Lille possèdent en commun, recrute.", ("XYLAB", "unitOf", "CNRS")),
        ("Le laboratoire XYLAB, unité que le CNRS partage avec l'Université de Lille, recrute.", ("XYLAB", "unitOf", "Université de Lille")),
        ("Le laboratoire XYLAB, qui relève à la fois de l'Université de Lille et du CNRS, recrute.", ("XYLAB", "unitOf", "CNRS")),
        ("Le laboratoire XYLAB appartient à deux maisons : le CNRS et l'Université de Lille.", ("XYLAB", "unitOf", "CNRS")),
        ("Le laboratoire XYLAB a pour tutelles l'Université de Lille et le CNRS.", ("XYLAB", "unitOf", "CNRS")),
        ("Le pôle Minalogic, dont fait déjà partie la société Voltéa, grandit.", ("Voltéa", "memberOf", "Minalogic")),
        ("Le projet ALIZÉ, dans lequel sont engagés la société Voltéa et le CNRS, grandit.", ("ALIZÉ", "involves", "Voltéa")),
        ("– La société Voltéa : installée à Mourenx ; exploite un électrolyseur de 300 m².", ("Voltéa", "hasFacility", "électrolyseur de Voltéa")),
        ("L'Inria et la société Voltéa, de Villefranche-sur-Saône (Rhône), recrutent.", ("Voltéa", "locatedIn", "Villefranche-sur-Saône")),
        ("Jeune société de Grabels, Voltéa conçoit des sondes.", ("Voltéa", "locatedIn", "Grabels")),
        ("La société Voltéa et l'Inria développent ensemble un capteur.", ("Voltéa", "partner", "Inria")),
        # occasions
        ("Le pôle Minalogic tiendra son forum Numérica le 30 janvier 2024 à Rennes.", ("Numérica", "organizer", "Minalogic")),
        ("• 29 mai 2024 : inauguration du bâtiment Hélios, sous la présidence de Claire Morel.", ("inauguration", "eventDate", "2024-05-29")),
        ("La signature de la convention entre l'Inria et l'ANR a eu lieu le 27 février 2025 à Rennes.", ("signature", "locatedIn", "Rennes")),
        ("Le colloque Numérica, auquel participera Claire Morel, se tiendra à Rennes.", ("Numérica", "participant", "Claire Morel")),
        ("Le forum Numérica, que l'Inria organise à Rennes le 12 juin 2025, attire du monde.", ("Numérica", "organizer", "Inria")),
        ("La Région Bretagne et l'Inria organisent le 12 juin 2025, à Rennes, le forum Numérica.", ("Numérica", "eventDate", "2025-06-12")),
        # what is taken up again
        ("La Station biologique de Roscoff recrute. La Station, dirigée par Claire Morel, grandit.", ("Claire Morel", "headOf", "Station biologique de Roscoff")),
        ("La société Voltéa a ouvert une usine. Elle emploie 45 salariés.", ("Voltéa", "employeeCount", "45")),
        # contracts and labels
        ("La convention signée en juillet 2024 par l'Inria et l'ANR court de 2024 à 2028.", ("convention Inria/Agence nationale de la recherche", "signatory", "Inria")),
        ("La convention signée en juillet 2024 par l'Inria et l'ANR court de 2024 à 2028.", ("convention Inria/Agence nationale de la recherche", "endYear", "2028")),
        ("L'Inria et la société Voltéa ont signé une convention de partenariat pour la période 2024-2026.", ("convention de partenariat Inria/Voltéa", "signatory", "Voltéa")),
        ("L'Inria et la société Voltéa ont signé une convention de partenariat pour la période 2024-2026.", ("convention de partenariat Inria/Voltéa", "startYear", "2024")),
        ("Un protocole d'accord a été signé le 12 mars 2024 entre le CNRS et la société Voltéa.", ("protocole d'accord CNRS/Voltéa", "signatory", "CNRS")),
        ("L'ADEME et l'Inria ont signé lundi 7 octobre 2024, à Rennes, la convention Sirocco.", ("Sirocco", "signatory", "ADEME")),
        ("L'ADEME et l'Inria ont signé la convention Sirocco. Valable de 2024 à 2029, la convention court.", ("Sirocco", "endYear", "2029")),
        ("Le protocole d'investissement a été signé ce jour à Rennes par Paul Morel, directeur de l'Inria, et Claire Morel, présidente de la Région Bretagne.", ("protocole d'investissement Inria/Région Bretagne", "signatory", "Claire Morel")),
        ("Le projet ALIZÉ a reçu en mars le label du pôle Medicen.", ("AccreditationAward", "accreditation", "label du pôle Medicen")),
        ("Le projet ALIZÉ a reçu en mars le label du pôle Medicen.", ("AccreditationAward", "awardedBy", "Medicen Paris Region")),
        ("La société Voltéa est certifiée ISO 13485 depuis 2021.", ("AccreditationAward", "accreditation", "ISO 13485")),
        ("Le projet ALIZÉ vient d'obtenir le label « Grand Large » délivré par le CNRS.", ("AccreditationAward", "awardedBy", "CNRS")),
        ("Titulaire du label Carnot depuis 2011, la société Voltéa grandit.", ("AccreditationAward", "recipient", "Voltéa")),
        # how many, since when
        ("La société Voltéa, dont l'effectif s'élève à 21 salariés, grandit.", ("Voltéa", "employeeCount", "21")),
        ("La société Voltéa, dont les 17 salariés sont permanents, grandit.", ("Voltéa", "employeeCount", "17")),
        ("La société Voltéa, qui fait travailler 95 personnes, grandit.", ("Voltéa", "employeeCount", "95")),
        ("La société Voltéa grandit. Treize personnes y travaillent.", ("Voltéa", "employeeCount", "13")),
        ("La société Voltéa grandit. Ses 58 collaborateurs déposent dix brevets par an.", ("Voltéa", "employeeCount", "58")),
        ("L'effectif de la société Voltéa est passé de 12 à 48 salariés.", ("Voltéa", "employeeCount", "48")),
        ("La société Voltéa (Lyon, Rhône ; 86 collaborateurs) grandit.", ("Voltéa", "employeeCount", "86")),
        ("La société Voltéa, implantée à Rennes depuis sa naissance en 2017, grandit.", ("Voltéa", "foundedIn", "2017")),
        ("La société Voltéa a été constituée en 2020.", ("Voltéa", "foundedIn", "2020")),
        ("La société Voltéa (créée en 2014) grandit.", ("Voltéa", "foundedIn", "2014")),
        ("La société Voltéa grandit. Claire Morel et Paul Morel l'ont fondée en 2009.", ("Voltéa", "foundedIn", "2009")),
        # facilities
        ("Le laboratoire XYLAB a ouvert en 2019 une halle de 750 m².", ("halle de XYLAB", "floorAreaM2", "750")),
        ("Le laboratoire XYLAB a ouvert en 2019 une halle de 750 m².", ("halle de XYLAB", "openedIn", "2019")),
        ("La société Voltéa exploite un atelier de 300 m², avec 80 m² de salles blanches.", ("salles blanches de Voltéa", "floorAreaM2", "80")),
        ("La société Voltéa va construire une usine de 5 000 m² à Rennes.", ("usine de Voltéa", "status", "grp:Planned")),
        # money
        ("La Région Bretagne accorde 2 M€ au projet ALIZÉ.", ("FundingAward", "amount", "2000000")),
        ("La Région Bretagne accorde 2 M€ au projet ALIZÉ.", ("FundingAward", "beneficiary", "ALIZÉ")),
        ("Le projet ALIZÉ a reçu 450 k€ de l'ANR.", ("FundingAward", "funder", "Agence nationale de la recherche")),
        # themes and labels
        ("Voltéa, société spécialisée dans le stockage d'énergie, recrute.", ("Voltéa", "theme", "stockage d'énergie")),
        ("Le projet ALIZÉ porte sur la propulsion verte et bénéficie d'une aide de l'ADEME.", ("ALIZÉ", "theme", "propulsion verte")),
    ],
)  # fmt: skip
def test_states(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(sentence)


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("La société Voltéa souhaite obtenir 10 M€ de l'Union européenne.", "amount"),
        ("La demande de 2 M€ du projet ALIZÉ à la Région Bretagne a été rejetée.", "amount"),
        ("La Région Bretagne accordera-t-elle 2 M€ au projet ALIZÉ ?", "amount"),
        ("La société Voltéa a réalisé un chiffre d'affaires de 10 M€.", "amount"),
        ("Le projet ALIZÉ n'est pas porté par le CNRS.", "ledBy"),
        ("Claire Morel, ancienne présidente de la Région Bretagne, était là.", "role"),
        ("La société Voltéa a signé un contrat d'exploitation.", "signatory"),
        ("La société Voltéa compte recruter 30 personnes.", "employeeCount"),
        ("Lancée en 2020 par deux amies, Claire Morel et Anne Galy, la marque grandit.", "foundedIn"),
        ("Aucun accord n'a été signé entre l'Inria et la société Voltéa.", "signatory"),
    ],
)
def test_does_not_state(sentence: str, predicate: str) -> None:
    assert predicate not in {p for _, p, _ in told(sentence)}


def test_who_a_newsletter_welcomes_is_a_member() -> None:
    content = "La lettre d'information du pôle Minalogic\n\nILS NOUS ONT REJOINTS\n\n• Voltéa, société fondée en 2023\n• La société Nordal, à Brest\n"
    text = read_bytes("essai", content.encode(), media_type="text/plain", name="essai.txt")
    facts = triples(extract(text, resources=RESOURCES))
    assert {("Voltéa", "memberOf", "Minalogic"), ("Nordal", "memberOf", "Minalogic")} <= facts


def test_the_lines_of_a_sheet_tell_who_takes_part() -> None:
    content = "Projet ALIZÉ\n\nLe projet ALIZÉ démarre en mars.\n\nConsortium : CNRS ; société Voltéa ; Inria\n"
    text = read_bytes("essai", content.encode(), media_type="text/plain", name="essai.txt")
    facts = triples(extract(text, resources=RESOURCES))
    assert {o for s, p, o in facts if (s, p) == ("ALIZÉ", "involves")} == {"CNRS", "Voltéa", "Inria"}


def test_a_quotation_is_kept_whole_and_states_nothing_itself() -> None:
    content = "« Nous avons reçu 3 M€ de la Région Bretagne et nous ouvrirons une usine de 900 m² », explique Claire Morel, directrice de Voltéa."
    facts = told(content)
    assert ("Quotation", "speaker", "Claire Morel") in facts
    assert (
        "Quotation",
        "text",
        "Nous avons reçu 3 M€ de la Région Bretagne et nous ouvrirons une usine de 900 m²",
    ) in facts
    assert not {p for _, p, _ in facts} & {"amount", "floorAreaM2"}


def test_every_statement_has_its_words() -> None:
    content = "Le projet ALIZÉ, porté\npar le CNRS, a reçu\u00a02 M€ de la Région Bretagne."
    facts = extract(text_of(content), resources=RESOURCES)
    assert facts.statements
    for statement in facts.statements:
        assert statement.evidence
        for evidence in statement.evidence:
            assert content[evidence.span.start : evidence.span.end] == evidence.quote
            assert 0 <= evidence.confidence <= 1


def test_line_breaks_change_nothing() -> None:
    content = "Le projet ALIZÉ, porté par le CNRS, a reçu 2 M€ de la Région Bretagne. Claire Morel, présidente de la Région Bretagne, l'a visité."
    broken = content.replace(" ", "\n", 40)
    assert told(broken) == told(content)


def test_the_same_text_gives_the_same_facts() -> None:
    content = "Le laboratoire XYLAB a ouvert en 2019 une halle de 750 m², financée par la Région Bretagne."
    assert extract(text_of(content), resources=RESOURCES) == extract(text_of(content), resources=RESOURCES)


@pytest.mark.parametrize("sentence", ["Voici le CELIA, unité du CNRS que dirige", "Le projet ALIZÉ, que coordonne"])
def test_a_sentence_that_breaks_off_is_read_to_its_end(sentence: str) -> None:
    assert not [fact for fact in told(sentence) if fact[1] == "headOf"]
