"""The blocks of a text."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.read import read_bytes
from grappe.read.layout import blocks
from tests.growth import growth

SHARED = Path(os.environ.get("GRAPPE_SHARED", Path(__file__).parents[4] / "shared"))
CORPUS = sorted((SHARED / "corpus").glob("*.txt"))

#: What a layout is made of, so that texts are full of it.
PIECES = (
    "PORT",
    "le",
    "quai",
    "12",
    "€",
    ".",
    " : ",
    "- ",
    "\n",
    "\n\n",
    "   ",
    "\t",
    "|",
    "2/3",
    "é",
    "\u00a0",
    "\u2028",
)

PROSE = """\
Le conseil a voté lundi une aide de deux millions d'euros pour l'atelier que le port prépare depuis trois
ans. Les travaux commencent au printemps ; ils dureront dix-huit mois. La directrice du port, Anne Martin,
remercie les élus de leur confiance."""


def layout(content: str, *, pages: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    """Return kind and text of each block, its lines joined."""
    return [
        (block.kind, re.sub(r"\s+", " ", content[block.span.start : block.span.end]))
        for block in blocks(content, pages=pages)
    ]


def of_kind(content: str, kind: str) -> list[str]:
    return [text for found, text in layout(content) if found == kind]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Communiqué de presse\n\nLe port ouvre un atelier\n\n", "Le port ouvre un atelier"),
        ("Le port ouvre un atelier\n\n", "Le port ouvre un atelier"),
        ("Le port ouvre un atelier\n", "Le port ouvre un atelier"),
        ("PORT DE BREST\nDossier de presse\nBrest, le 12 mars 2021\n\nUn atelier au port\n\n", "Un atelier au port"),
        ("  COMMUNIQUÉ DE PRESSE       Brest, le 12 mars 2021\n\nUn atelier au port\n\n", "Un atelier au port"),
        ("Port de Brest | Espace presse\nLundi 3 mai 2021\n\nUn atelier sur le quai\n\n", "Un atelier sur le quai"),
        ("PORT DE BREST\n\nUn atelier neuf ouvre sur le quai\n\n", "Un atelier neuf ouvre sur le quai"),
        (
            "Invitation presse\n\nAtelier : le port de Brest et la ville signent leur \npremier contrat commun\n\n",
            "Atelier : le port de Brest et la ville signent leur premier contrat commun",
        ),
        (
            "COMMUNIQUÉ\n\nLE PORT DE BREST OUVRE UN ATELIER DE CONSTRUCTION\nNAVALE SUR LE QUAI MALBERT\n\n",
            "LE PORT DE BREST OUVRE UN ATELIER DE CONSTRUCTION NAVALE SUR LE QUAI MALBERT",
        ),
        ("Le port de Brest ouvre un atelier\n\nBrest, le 12 mars 2021\n\n", "Le port de Brest ouvre un atelier"),
        ("Faut-il agrandir le port ?\n\n", "Faut-il agrandir le port ?"),
        ("PORT DE BREST\nLA LETTRE DU QUAI          N° 12 – 3 mai 2021\n\nÀ LA UNE\n\n", "LA LETTRE DU QUAI"),
        ("LE COURRIER DU PORT\nÉdition du 3 mai 2021\n\nUn quai de plus\n\n", "Un quai de plus"),
        ("Le Courrier du port\n\nÉconomie – Lundi 3 mai 2021\n\nUn quai de plus\n\n", "Un quai de plus"),
        ("Accueil > Actualités > Mer\n\nUn quai de plus\n\nPublié le 3 mai 2021\n\n", "Un quai de plus"),
        ("Accueil | Plan du site | Contact\n\nUn quai de plus\n\n", "Un quai de plus"),
        (
            "PORT DE BREST\n\nRAPPORT D'ACTIVITÉ\n\n2.1 Le chantier\n\nLe port de Brest a grandi.\n",
            "RAPPORT D'ACTIVITÉ",
        ),
        ("PORT DE BREST\n\nLA PASSERELLE – n° 27 – 12 mai 2021\n\nÉDITO\n\n", "LA PASSERELLE"),
        (
            "DÉLIBÉRATION N° 2021-12\nDU 7 JUILLET 2021\n\nAtelier : aide au port\n\nVU le code ;\n\n",
            "Atelier : aide au port",
        ),
    ],
)
def test_the_title_is_the_headline_below_the_letterhead(head: str, title: str) -> None:
    assert of_kind(head + PROSE, "title") == [title]


@pytest.mark.parametrize("content", [PROSE, "Communiqué de presse\n\n" + PROSE, "Il neige.\nIl vente.\n", "\n \n"])
def test_a_text_without_a_headline_has_no_title(content: str) -> None:
    assert of_kind(content, "title") == []


def test_lines_that_end_before_the_margin_part_paragraphs_and_headings() -> None:
    content = f"Titre de la page\n\nUn atelier neuf\n{PROSE}\nLE CALENDRIER\n{PROSE}\n"
    assert [kind for kind, _ in layout(content)] == ["title", "heading", "paragraph", "heading", "paragraph"]


def test_a_paragraph_goes_on_over_its_lines() -> None:
    assert layout(PROSE) == [("paragraph", PROSE.replace("\n", " "))]


def test_a_file_with_a_line_a_paragraph_has_a_block_a_line() -> None:
    lines = [PROSE.replace("\n", " "), PROSE.replace("\n", " ") * 2, "Le port grandit."]
    assert layout("\n".join(lines)) == [("paragraph", line) for line in lines]


@pytest.mark.parametrize("mark", ["-", "•", "*", "–", "1.", "a)", "(2)"])
def test_a_list_has_a_block_an_item(mark: str) -> None:
    content = f"Sont présents :\n{mark} Anne Martin, directrice du port,\n{mark} Paul Leroy, maire ;\n\n{PROSE}"
    assert of_kind(content, "item") == [f"{mark} Anne Martin, directrice du port,", f"{mark} Paul Leroy, maire ;"]


def test_an_item_goes_on_over_its_lines_and_ends_with_them() -> None:
    first = (
        "- l'atelier du quai, que la ville finance avec le port et que les élus ont visité en mai avec la\n  presse ;"
    )
    content = f"{first}\n- la cale sèche.\nLe reste attendra.\n\n{PROSE}"
    assert layout(content)[:3] == [
        ("item", re.sub(r"\s+", " ", first)),
        ("item", "- la cale sèche."),
        ("paragraph", "Le reste attendra."),
    ]


def test_a_line_set_in_under_a_bullet_belongs_to_its_item() -> None:
    content = "  • La société Nordal : 23 000 € au titre du\n    CPER 2015-2020 ;\n  • La société Voltine : 9 000 €.\n"
    assert of_kind(content, "item") == [
        "• La société Nordal : 23 000 € au titre du CPER 2015-2020 ;",
        "• La société Voltine : 9 000 €.",
    ]


def test_a_line_of_a_paragraph_that_starts_like_an_item_is_none() -> None:
    content = (
        "Le port a choisi, après deux ans de travaux et bien des débats en son sein, le quai numéro\n12. Il ouvre."
    )
    assert [kind for kind, _ in layout(content)] == ["paragraph"]


def test_an_agenda_has_a_block_an_entry() -> None:
    content = f"{PROSE}\n\nAGENDA\n21 avril 2022, Brest – Journée du port\n5 et 6 mai 2022 : Forum des quais\n"
    assert of_kind(content, "item") == ["21 avril 2022, Brest – Journée du port", "5 et 6 mai 2022 : Forum des quais"]


@pytest.mark.parametrize(
    "rows",
    [
        ["Ville de Brest 4,1 M€", "Région 2,5 M€", "État 500 000 €"],
        ["Bénéficiaire : port de Brest", "Objet : atelier naval", "Période : 2021-2023"],
        ["Poste\tMontant", "Quai\t12"],
        ["Quai nord      350 m²", "Quai sud       12 m²"],
        ["| Poste | Montant |", "| Quai | 12 |"],
        ["2 000 000,00 € 50,00 % 1 000 000,00 €"],
    ],
)
def test_a_table_has_a_block_a_row(rows: list[str]) -> None:
    content = f"{PROSE}\n\nPlan de financement\n" + "\n".join(rows) + f"\n\n{PROSE}"
    assert of_kind(content, "row") == [re.sub(r"\s+", " ", row) for row in rows]
    assert of_kind(content, "heading") == ["Plan de financement"]


@pytest.mark.parametrize("heading", ["Le calendrier", "LE CALENDRIER", "2. Le calendrier", "ET DEMAIN ?", "Article 1"])
def test_a_short_line_without_a_stop_is_a_heading(heading: str) -> None:
    assert of_kind(f"{PROSE}\n\n{heading}\n\n{PROSE}", "heading") == [heading]


@pytest.mark.parametrize(
    "line", ["Article 1 : l'aide est votée.", "Contact : 02 98 00 00 00", "Voir www.port.example", "Vu le code ;"]
)
def test_a_short_line_that_says_something_is_no_heading(line: str) -> None:
    assert of_kind(f"{PROSE}\n\n{line}\n\n{PROSE}", "heading") == []


def test_an_office_and_the_name_that_signs_are_one_block() -> None:
    assert layout(f"{PROSE}\n\nLa directrice du port\nANNE MARTIN\n")[-1] == (
        "heading",
        "La directrice du port ANNE MARTIN",
    )


@pytest.mark.parametrize("number", ["Page 2/3", "page 2", "- 2 -", "2/3", "p. 12", "2"])
def test_page_numbers_are_furniture(number: str) -> None:
    assert layout(f"{PROSE}\n\n{number}\n\n{PROSE}")[1] == ("furniture", number)


def test_a_page_number_beside_a_footer_is_furniture_alone() -> None:
    assert layout(f"{PROSE}\n\nPort de Brest, 1 quai Malbert      1/2")[1:] == [
        ("heading", "Port de Brest, 1 quai Malbert"),
        ("furniture", "1/2"),
    ]


def test_a_running_header_is_furniture_from_its_second_time_on() -> None:
    header = "PORT DE BREST        {}        RAPPORT 2021-12"
    content = "\n\n".join([header.format(1), PROSE, header.format(2), PROSE, header.format(3), PROSE])
    found = layout(content)
    assert [kind for kind, text in found if text.startswith("PORT DE BREST")][1:] == ["furniture", "furniture"]
    assert found[0][0] != "furniture"


def test_a_line_that_repeats_at_the_edges_of_pages_is_furniture() -> None:
    page = f"Rapport du port\n{PROSE}\n"
    content = page + "\n" + page
    assert [kind for kind, _ in layout(content)].count("furniture") == 0
    assert layout(content, pages=(0, len(page) + 1))[2] == ("furniture", "Rapport du port")


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_blocks_lie_in_the_text_in_order_and_hold_all_that_is_visible(content: str) -> None:
    at, kept = 0, ""
    for block in blocks(content):
        span = block.span
        assert at <= span.start < span.end <= len(content)
        text = content[span.start : span.end]
        assert text == text.strip()
        kept += text
        at = span.end
    assert "".join(kept.split()) == "".join(content.split())


@pytest.mark.parametrize("piece", ["a\n", "- a\n", "1 ", "| ", "   a", "12 mars ", "A : b\n", "é,\n", "1 € "])
def test_work_is_in_proportion_to_a_text(piece: str) -> None:
    assert growth(lambda size: blocks(piece * (size // len(piece))), 8_000) < 20


@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not beside the checkout")
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_title_of_each_document_of_the_corpus_is_found(path: Path) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    text = read_bytes(path.stem, path.read_bytes(), media_type=None, name=path.name)
    title = next(block.span for block in text.blocks if block.kind == "title")
    assert re.sub(r"\s+", " ", text.content[title.start : title.end]) == gold["document"]["title"]
