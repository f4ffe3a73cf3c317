"""The facts of a text depend on its words: not on the medium, the line ends, the spaces, the quotes or the hyphens."""

from __future__ import annotations

import itertools
import random
import re
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grappe import extract
from grappe.config import Settings
from grappe.iri import fold
from grappe.model import Facts, Ref, Text
from grappe.ontology import Schema
from grappe.read import read_bytes
from tests.formats import as_docx, as_html, as_pdf, paragraphs

HERE = Settings()
PROSE = (
    "La Région Bretagne soutient le laboratoire Exempla",
    "La société Exemplum, basée à Lyon, emploie 12 salariés. Elle a ouvert en 2020 un laboratoire de 1 200 m², financé "
    "par la Région Auvergne-Rhône-Alpes à hauteur de 2,5 millions d’euros.",
    "« C’est une étape décisive pour l’équipe », déclare Anne Martin, directrice générale d’Exemplum.",
)


def read(body: bytes) -> Text:
    return read_bytes("essai", body, media_type=None, name="essai")


def facts(text: Text) -> Facts:
    found = extract.extract(text, resources=HERE.data, themes=Schema.load(HERE.ontology).themes)
    for statement in found.statements:
        for evidence in statement.evidence:
            assert text.content[evidence.span.start : evidence.span.end] == evidence.quote
    return found


def told(found: Facts) -> set[tuple[str, str, str]]:
    """Return the statements with folded labels: what the facts say, whatever the keys."""
    names = {e.key: fold(e.label or e.kind) for e in found.entities}
    return {
        (names[s.subject], s.predicate, names[s.object.key] if isinstance(s.object, Ref) else fold(repr(s.object)))
        for s in found.statements
    }


def typewritten(text: str, random: random.Random, *, width: int) -> str:
    """Return prose as a careless keyboard and a narrow page would leave it."""
    words = []
    for word in text.split(" "):
        soft = len(word) > 7 and word.isalpha() and random.random() < 0.3
        words.append(f"{word[:4]}\u00ad{word[4:]}" if soft else word)
    out = words[0]
    for before, word in itertools.pairwise(words):
        beside = before == "«" or word[0] in "»;:!?" or before[-1:].isdigit()
        out += random.choice(["\u00a0", "\u202f", " "]) if beside else " "
        out += word
    out = textwrap.fill(out, width, break_long_words=False, break_on_hyphens=False)
    return out.replace("’", random.choice("'’"))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.randoms(use_true_random=False))
def test_line_ends_spaces_soft_hyphens_and_apostrophes_harm_nothing(seed: random.Random) -> None:
    plain = told(facts(read("\n\n".join(PROSE).encode())))
    assert len(plain) > 8
    width = seed.choice([56, 64, 80, 96])
    worn = "\n\n".join([PROSE[0], *(typewritten(paragraph, seed, width=width) for paragraph in PROSE[1:])])
    assert told(facts(read(worn.encode()))) == plain


FORMATS: dict[str, Callable[[str, list[str]], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "pdf": as_pdf,
    "pdf in two columns": lambda title, prose: as_pdf(title, prose, columns=2, header="Le journal", footer="N° 3"),
}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_press_release_says_the_same_in_every_format(name: str) -> None:
    body = (HERE.data / "documents" / "00-genopole.txt").read_bytes()
    sort, title, *prose = paragraphs(body.decode())
    wanted = told(facts(read(body)))
    text = read(FORMATS[name](title, [sort, *prose]))
    found = told(facts(text))
    both = len(wanted & found)
    assert both >= 0.97 * len(wanted), sorted(wanted - found)
    assert both >= 0.97 * len(found), sorted(found - wanted)
    # The title is the same, in every format.
    assert re.sub(r"\s+", " ", title) == extract_title(text)


def extract_title(text: Text) -> str:
    block = next(block for block in text.blocks if block.kind == "title")
    return re.sub(r"\s+", " ", text.content[block.span.start : block.span.end])
