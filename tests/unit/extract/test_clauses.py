"""Clauses: each sentence was what a part of the grammar was written for."""

from __future__ import annotations

from pathlib import Path

import pytest

from grappe.extract.clauses import Frame, frames
from grappe.extract.extractor import read
from grappe.read import read_bytes

_DATA = Path(__file__).parents[3] / "data"


def _frames(sentence: str, lemma: str) -> list[Frame]:
    text = read_bytes("t", f"{sentence}\n".encode(), media_type="text/plain", name="t.txt")
    return [*frames(read(text, resources=_DATA), lemma)]


def _said(frame: Frame, *prepositions: str) -> list[str]:
    return [frame.reading.mentions[n].label for phrase in frame.after(*prepositions) for n in phrase.mentions]


def _subject(frame: Frame) -> list[str]:
    return [frame.reading.mentions[n].label for n in (frame.subject.mentions if frame.subject else ())]


@pytest.mark.parametrize(
    ("sentence", "lemma", "subject", "preposition", "said"),
    [
        ("La Région Bretagne finance le projet DELTA et construit un bâtiment.", "construire", ["Région Bretagne"], "", ["bâtiment"]),
        ("Le CNRS, associé à l'Inserm depuis 2020, pilote le projet DELTA.", "piloter", ["CNRS"], "", ["DELTA"]),
        ("Le projet DELTA est porté par l'Inserm, le CNRS et l'Université de Lille.", "porter", ["DELTA"], "par", ["Inserm", "CNRS", "Université de Lille"]),
        ("Porté par l'Université de Lille, le projet DELTA associe le CNRS et l'Inserm.", "porter", ["DELTA"], "par", ["Université de Lille"]),
        ("Porté par l'Université de Lille, le projet DELTA associe le CNRS et l'Inserm.", "associer", ["DELTA"], "", ["CNRS", "Inserm"]),
        ("Le projet DELTA, que le FEDER a soutenu, s'achève.", "soutenir", ["FEDER"], "", ["DELTA"]),
        ("Le projet DELTA, qui réunit le CNRS et l'Inserm, s'achève.", "réunir", ["DELTA"], "", ["CNRS", "Inserm"]),
        ("Le CNRS finance le projet DELTA et l'Inserm finance le projet OMEGA.", "financer", ["CNRS"], "", ["DELTA"]),
        ("Le projet DELTA, que pilote le CNRS, associe l'Inserm.", "associer", ["DELTA"], "", ["Inserm"]),
        ("Le bâtiment Hélios, où s'installeront le CNRS et l'Inserm, est ouvert.", "installer", ["CNRS", "Inserm"], "dans", ["Hélios"]),
        ("C'est dans le bâtiment Hélios que s'installera le CNRS.", "installer", ["CNRS"], "dans", ["Hélios"]),
        ("Y prennent part le CNRS et l'Inserm.", "prendre", ["CNRS", "Inserm"], "", []),
        ("Le projet DELTA réunit, sous la coordination du CNRS, l'Inserm et l'Inria.", "réunir", ["DELTA"], "", ["Inserm", "Inria"]),
        ("Le projet DELTA réunit trois organismes : le CNRS, l'Inserm et l'Inria.", "réunir", ["DELTA"], "", ["CNRS", "Inserm", "Inria"]),
        ("Le CNRS, l'Inserm et la société Xylame, basée à Nantes, s'associent.", "baser", ["Xylame"], "à", ["Nantes"]),
        ("Bpifrance a accordé à la société Xylame un prêt de 2 M€.", "accorder", ["Bpifrance"], "à", ["Xylame"]),
        ("Le projet DELTA, dont le CNRS finance la moitié, associe l'Inserm.", "financer", ["CNRS"], "dont", ["DELTA"]),
        ("Le projet DELTA, dont le CNRS finance la moitié, associe l'Inserm.", "associer", ["DELTA"], "", ["Inserm"]),
        ("Créée il y a dix ans, la société Xylame associe l'Inserm.", "associer", ["Xylame"], "", ["Inserm"]),
        ("Le groupe Nordal entre au capital de la société Xylame.", "entrer", ["Nordal"], "à", ["Xylame"]),
        ("Le CNRS et l'Inserm portent le projet DELTA.\n\nIls associent l'Inria.", "associer", ["CNRS", "Inserm"], "", ["Inria"]),
    ],
)  # fmt: skip
def test_arguments(sentence: str, lemma: str, subject: list[str], preposition: str, said: list[str]) -> None:
    frame = _frames(sentence, lemma)[0]
    assert (_subject(frame), _said(frame, preposition)) == (subject, said)


@pytest.mark.parametrize(
    ("sentence", "lemma", "modality"),
    [
        ("La Région Bretagne n'a pas financé le projet DELTA.", "financer", "negated"),
        ("La Région Bretagne souhaite financer le projet DELTA.", "financer", "wished"),
        ("La Région Bretagne pourrait financer le projet DELTA.", "financer", "conditional"),
        ("La Région Bretagne financera le projet DELTA si l'État suit.", "financer", ""),
        ("La Région Bretagne va financer le projet DELTA.", "financer", ""),
        ("Est-ce que la Région Bretagne finance le projet DELTA ?", "financer", "question"),
        ("La société Xylame a levé 3 M€ pour financer le projet DELTA.", "financer", "purpose"),
    ],
)
def test_modality(sentence: str, lemma: str, modality: str) -> None:
    assert _frames(sentence, lemma)[0].modality == modality


def test_noun_has_the_arguments_of_its_verb() -> None:
    frame = _frames("Le soutien de la Région Bretagne à l'équipement du projet DELTA est acquis.", "soutien")[0]
    assert (_said(frame, "de"), _said(frame, "à"), frame.after("à")[0].via) == (
        ["Région Bretagne"],
        ["DELTA"],
        "équipement",
    )
