"""Offices and leaders: whose a title is, and which body a person leads."""

from __future__ import annotations

import pytest

from grappe.extract import extract
from grappe.model import Literal, Ref, Text
from grappe.read import read_bytes
from tests.unit.extract.test_rules import RESOURCES, text_of


def laid_out(content: str, *, layout: bool) -> Text:
    """Return a text with the blocks that reading finds in it, or as one paragraph."""
    return read_bytes("x", content.encode(), media_type="text/plain", name="x.txt") if layout else text_of(content)


def offices(content: str, *, layout: bool = False) -> set[tuple[str, str, str]]:
    """Return (person, title, body) of each office that a text states."""
    facts = extract(laid_out(content, layout=layout), resources=RESOURCES)
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
        ("La société Voltéa a pour directrice générale Claire Morel.", {("Claire Morel", "directrice générale", "Voltéa")}),
        ("La société Voltéa grandit. Claire Morel en est la présidente.", {("Claire Morel", "présidente", "Voltéa")}),
        ("Basée à Brest, la société Voltéa, dont le fondateur et directeur général est Paul Morel, grandit.", {("Paul Morel", "fondateur", "Voltéa"), ("Paul Morel", "directeur général", "Voltéa")}),
        ("Le CNRS a signé une convention avec l'Inserm, représenté par sa directrice, Claire Morel.", {("Claire Morel", "directrice", "Inserm")}),
        ("À leurs côtés se tenait Paul Morel, que l'Inserm a pour président.", {("Paul Morel", "président", "Inserm")}),
        ("L'Inserm a pour président Paul Morel, pour directrice Claire Giraud et pour membres deux écoles.", {("Paul Morel", "président", "Inserm"), ("Claire Giraud", "directrice", "Inserm")}),
        ("Claire Morel, qui suit le dossier et qui est aussi directrice scientifique de l'Inserm, répond.", {("Claire Morel", "directrice scientifique", "Inserm")}),
        ("Claire Morel n'a pas voté, en sa qualité de trésorière de l'Inserm.", {("Claire Morel", "trésorière", "Inserm")}),
        ("Paul Morel l'a dit hier ; il est par ailleurs chef de service à l'Inserm.", {("Paul Morel", "chef de service", "Inserm")}),
        ("Le pôle Minalogic a élu son bureau : présidente, Claire Morel ; trésorier, Paul Giraud.", {("Claire Morel", "présidente", "Minalogic"), ("Paul Giraud", "trésorier", "Minalogic")}),
        ("Claire Morel est la nouvelle directrice générale de l'Inserm.", {("Claire Morel", "directrice générale", "Inserm")}),
        ("La plateforme HYLAB a ouvert. Claire Morel, ingénieure à l'Inserm, en est la responsable.", {("Claire Morel", "ingénieure", "Inserm"), ("Claire Morel", "responsable", "HYLAB")}),
        ("L'Inserm grandit, selon Paul Morel, préfet.", set()),
        ("Le chercheur Paul Morel, du laboratoire XYLAB, a mis au point le procédé.", {("Paul Morel", "chercheur", "XYLAB")}),
        ("Cofondatrice et directrice scientifique de la société Voltéa, Claire Morel était là.", {("Claire Morel", "Cofondatrice", "Voltéa"), ("Claire Morel", "directrice scientifique", "Voltéa")}),
        ("Le vice-président de Brest Métropole en charge du port, Paul Morel, était là.", {("Paul Morel", "vice-président en charge du port", "Brest Métropole")}),
        ("L'Inserm grandit, selon Paul Morel, secrétaire général pour l'investissement.", set()),
        ("L'Inserm grandit, selon Claire Morel, rectrice.", set()),
        ("Directeur du laboratoire XYLAB : Paul Morel.", {("Paul Morel", "Directeur", "XYLAB")}),
        ("Claire Morel, ministre de la Recherche, a visité la halle.", {("Claire Morel", "ministre", "Ministère de la Recherche")}),
        ("À Morlaix, Claire Morel, la maire de la commune, a posé la première pierre.", {("Claire Morel", "maire", "Ville de Morlaix")}),
        ("L'Inserm grandit, selon Claire Morel, vice-présidente de la Région.", set()),
        ("L'Inserm grandit, selon Claire Morel, conseillère régionale.", set()),
        ("La Région Bretagne aide l'Inserm, selon Claire Morel, conseillère régionale.", {("Claire Morel", "conseillère régionale", "Région Bretagne")}),
        ("L'Inserm grandit, selon Claire Morel, ministre déléguée chargée de la mer.", set()),
        ("Deux noms au conseil : Paul Morel, associé, Voltéa Capital, et Claire Giraud.", {("Paul Morel", "associé", "Voltéa Capital")}),
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
        ("Le laboratoire XYLAB, que se partagent le CNRS et l'Inserm, et dont Claire Morel tient les rênes, grandit.", ("Claire Morel", "XYLAB")),
        ("Claire Morel, ingénieure, succède à Paul Giraud à la présidence du pôle Minalogic.", ("Claire Morel", "Minalogic")),
        ("Claire Morel, cardiologue au CHU de Nantes, coordonne le projet ALIZÉ.", ("Claire Morel", "ALIZÉ")),
        ("Le projet ALIZÉ, placé sous la houlette de Claire Morel, professeure au CNRS, démarre.", ("Claire Morel", "ALIZÉ")),
        ("Porté par le CNRS et coordonné par Claire Morel, le projet ALIZÉ démarre.", ("Claire Morel", "ALIZÉ")),
        ("Présidé par Claire Morel, directrice de Voltéa, le pôle Minalogic recrute.", ("Claire Morel", "Minalogic")),
        ("Le laboratoire XYLAB, unité du CNRS et de l'Inria, qu'anime Claire Morel, recrute.", ("Claire Morel", "XYLAB")),
        ("La plateforme Photonia ouvre à Nantes. La direction en est confiée à Claire Morel.", ("Claire Morel", "Photonia")),
        ("La présidence du pôle Minalogic revient à Claire Morel.", ("Claire Morel", "Minalogic")),
        ("Claire Morel prendra en janvier la direction du laboratoire XYLAB.", ("Claire Morel", "XYLAB")),
        ("Élue à la tête du pôle Minalogic, Claire Morel entend recruter.", ("Claire Morel", "Minalogic")),
        ("Le laboratoire XYLAB occupe 900 m². À sa tête, Claire Morel.", ("Claire Morel", "XYLAB")),
        ("L'Inserm a créé le laboratoire XYLAB. Claire Morel en assure la direction.", ("Claire Morel", "XYLAB")),
        ("Créée en 2008 et présidée par Claire Morel, la Région Bretagne investit.", ("Claire Morel", "Région Bretagne")),
        ("La société Voltéa, née au sein du pôle Minalogic et présidée par Claire Morel, recrute.", ("Claire Morel", "Voltéa")),
    ],
)  # fmt: skip
def test_who_leads(sentence: str, expected: tuple[str, str]) -> None:
    assert leaders(sentence) == {expected}


@pytest.mark.parametrize(
    "sentence",
    [
        "Claire Morel ne dirige plus le laboratoire XYLAB.",
        "Une délégation, conduite par Claire Morel, a visité le laboratoire XYLAB.",
        "Claire Morel dirige le développement durable de la société Voltéa.",
    ],
)
def test_who_leads_nothing(sentence: str) -> None:
    assert leaders(sentence) == set()


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


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Merci à tous.\n\nClaire Morel\nPrésidente de l'Inserm\n", {("Claire Morel", "Présidente", "Inserm")}),
        ("Pour extrait conforme,\n\nLe président de l'Inserm\n\nPaul MOREL\n", {("Paul Morel", "président", "Inserm")}),
        (
            "Le projet BORA démarre.\n\nChef de file : Inserm\n\nResponsable scientifique : Paul Morel.\n\nIl dure trois ans.\n",
            {("Paul Morel", "Responsable scientifique", "BORA")},
        ),
    ],
)
def test_offices_that_the_layout_tells(content: str, expected: set[tuple[str, str, str]]) -> None:
    assert offices(content, layout=True) == expected


def speakers(content: str, *, layout: bool = False) -> set[tuple[str, str]]:
    """Return (person, words) of each quotation."""
    facts = extract(laid_out(content, layout=layout), resources=RESOURCES)
    label = {e.key: e.label or "" for e in facts.entities}
    said: dict[str, dict[str, str]] = {}
    for s in facts.statements:
        if s.subject.startswith("quotation/"):
            value = s.object
            text = (
                value.lexical
                if isinstance(value, Literal)
                else label.get(value.key, "")
                if isinstance(value, Ref)
                else ""
            )
            said.setdefault(s.subject, {})[s.predicate] = text
    return {(q["grp:speaker"], q["grp:text"]) for q in said.values() if "grp:speaker" in q}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "Claire Morel, directrice de l'Inserm, succède à Paul Giraud. « Le végétal n'est pas une mode, c'est une patience », a-t-elle prévenu.",
            {("Claire Morel", "Le végétal n'est pas une mode, c'est une patience")},
        ),
        (
            "Claire Morel préside le pôle. « Nous n'avions que deux issues, partir ou grandir », confie la dirigeante.",
            {("Claire Morel", "Nous n'avions que deux issues, partir ou grandir")},
        ),
        (
            "« On y croisait plus de poussière que d'ingénieurs, reconnaît Paul Morel, directeur de l'Inserm. Il suffisait d'essayer. »",
            {
                ("Paul Morel", "On y croisait plus de poussière que d'ingénieurs"),
                ("Paul Morel", "Il suffisait d'essayer."),
            },
        ),
        (
            "« Jeter un étage à la mer ne choquait personne », prédit Élise Morel.",
            {("Élise Morel", "Jeter un étage à la mer ne choquait personne")},
        ),
        (
            "Paul Morel dirige Voltéa. Anne Duval, maire de Brest, l'a reçu. « Les élus changent, les câbles restent », sourit le directeur.",
            {("Paul Morel", "Les élus changent, les câbles restent")},
        ),
        (
            "Y ont parlé Paul Morel, maire de Brest, et Anne Duval, directrice de Voltéa. Cette dernière l'a redit : « Rien ne se perd chez nous, tout se transforme. »",
            {("Anne Duval", "Rien ne se perd chez nous, tout se transforme.")},
        ),
        (
            "« Il faut d'abord savoir attendre son heure », aime à répéter Paul Morel.",
            {("Paul Morel", "Il faut d'abord savoir attendre son heure")},
        ),
    ],
)
def test_who_speaks(content: str, expected: set[tuple[str, str]]) -> None:
    assert speakers(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (  # the name stands on the line below
            "La société Voltéa grandit.\n\n« Nos câbles tiennent mieux que nos promesses de jadis. »\n\nPaul Morel, directeur de Voltéa\n",
            {("Paul Morel", "Nos câbles tiennent mieux que nos promesses de jadis.")},
        ),
        (  # or in the heading of an interview
            "Trois questions à Claire Morel\n\nPourquoi si loin ?\n\n« Parce que nous y avons trouvé des bras et des idées. »\n",
            {("Claire Morel", "Parce que nous y avons trouvé des bras et des idées.")},
        ),
        (  # or in the signature of a section
            "LE MOT DU MAIRE\n\n« On nous promettait le désert et nous avons eu des câbles. »\n\nNotre ville grandit.\n\nPaul Morel, maire de Brest\n",
            {("Paul Morel", "On nous promettait le désert et nous avons eu des câbles.")},
        ),
        (
            "Claire Morel\n\n« Je suis venue pour les câbles et pour la mer. »\n\nPaul Duval\n\n« Moi, je suis venu pour la mer seulement. »\n",
            {
                ("Claire Morel", "Je suis venue pour les câbles et pour la mer."),
                ("Paul Duval", "Moi, je suis venu pour la mer seulement."),
            },
        ),
    ],
)
def test_whose_words_the_layout_tells(content: str, expected: set[tuple[str, str]]) -> None:
    assert speakers(content, layout=True) == expected
