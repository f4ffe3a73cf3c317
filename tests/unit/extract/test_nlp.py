"""The language model: what it is given by, and what it keeps."""

from __future__ import annotations

from grappe.extract import nlp


def test_memory_does_not_grow_with_the_words_of_texts() -> None:
    nlp.analyse("Un premier texte.", ((0, 17),))
    strings = nlp._model().vocab.strings
    before = len(strings)
    for number in range(3):
        text = " ".join(f"motnouveau{number}x{i}" for i in range(200))
        assert len(nlp.analyse(text, ((0, len(text)),))) >= 200
    assert len(strings) == before
