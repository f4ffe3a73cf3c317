"""PDF, web pages, Word documents: the text that a reader sees, in the order of reading."""

from __future__ import annotations

import contextlib
import io
import re
import textwrap

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from grappe.errors import ReadError
from grappe.model import Text
from grappe.read import read_bytes
from tests.formats import as_docx, as_html, as_pdf, as_scan

TITLE = "La Région soutient la filière des biotechnologies à Évry"
PARAGRAPHS = [
    f"Paragraphe {i} : la société Exemplum, basée à Lyon, a officiellement inauguré un atelier de {i + 1}00 m² dont "
    "les équipements ont été financés par la Région Auvergne-Rhône-Alpes ; ses dirigeants s’en félicitent et annoncent "
    "vingt-cinq recrutements au cours des prochaines années, avec l’appui de la métropole et de l’université."
    for i in range(14)
]


def read(body: bytes, name: str = "essai.bin") -> Text:
    return read_bytes("essai", body, media_type=None, name=name)


def flat(text: str) -> str:
    """Return text without the line ends and the hyphens that a printer puts in, ligatures apart."""
    return " ".join(text.replace("\ufb01", "fi").split())


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_pdf_reads_column_by_column_and_across_pages(columns: int) -> None:
    text = read(as_pdf(TITLE, PARAGRAPHS, columns=columns, header="Le journal du pôle", footer="2 place du Marché"))
    assert text.document.media_type == "application/pdf"
    whole = flat(text.content)
    places = [whole.find(f"Paragraphe {i} :") for i in range(len(PARAGRAPHS))]
    assert places == sorted(places)
    assert min(places) > whole.find(TITLE) >= 0
    for sentence in PARAGRAPHS:
        assert sentence.replace(" ", "") in whole.replace(" ", "")


def test_columns_are_read_in_order_however_the_file_draws_them() -> None:
    left, right = (textwrap.wrap(" ".join(prose), 46) for prose in (PARAGRAPHS[:3], PARAGRAPHS[3:6]))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for row, (a, b) in enumerate(zip(left, right, strict=False)):
        canvas.drawString(50, 780 - 12 * row, a)
        canvas.drawString(320, 780 - 12 * row, b)
    canvas.save()
    whole = read(out.getvalue()).content
    places = [re.sub(r"\s+", " ", whole).find(f"Paragraphe {i} :") for i in range(6)]
    assert places == sorted(places)
    assert places[0] == 0


def test_what_repeats_at_the_edges_of_pages_is_said_once_and_pages_are_kept() -> None:
    text = read(as_pdf(TITLE, PARAGRAPHS * 2, header="Le journal du pôle", footer="2 place du Marché"))
    assert len(text.pages) == 3
    assert text.content.startswith("Le journal du pôle\n")
    assert text.content.endswith("2 place du Marché\n")
    assert text.content.count("Le journal du pôle") == text.content.count("2 place du Marché") == 1
    assert "Page 2" not in text.content
    assert {block.kind for block in text.blocks} >= {"title", "paragraph"}
    title = next(block for block in text.blocks if block.kind == "title")
    assert text.content[title.span.start : title.span.end] == TITLE


def test_a_word_broken_at_the_end_of_a_line_keeps_its_break_and_its_hyphen() -> None:
    text = read(as_pdf(TITLE, ["Les sous-préfectures " * 40], columns=3))
    assert "sous-\npréfectures" in text.content


def test_rows_of_a_table_stay_rows() -> None:
    out = io.BytesIO()
    rows = [["Projet", "Montant", "Ville"], *([f"Projet {n}", f"{n} M€", "Lyon"] for n in "123456")]
    SimpleDocTemplate(out, pagesize=A4).build([Table(rows, colWidths=150)])
    lines = read(out.getvalue()).content.splitlines()
    assert [line.split()[-1] for line in lines if line] == ["Ville", *["Lyon"] * 6]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (as_scan(3), "is a scan"),
        (b"%PDF-1.7\nnothing of the sort", "cannot be opened"),
        (as_docx(TITLE, PARAGRAPHS)[:-600], "Word"),
        (as_docx("", []), "without text"),
        (b"<html><body><nav><a href='/'>Accueil</a></nav></body></html>", "without an article"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_with_a_remedy(body: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why) as caught:
        read(body)
    assert caught.value.remedy.endswith(".")


def test_a_locked_pdf_says_so() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="secret")
    canvas.drawString(50, 50, "Bonjour")
    canvas.save()
    with pytest.raises(ReadError, match="password"):
        read(out.getvalue())


def test_a_page_gives_its_article_and_none_of_its_menus() -> None:
    text = read(as_html(TITLE, PARAGRAPHS, date="Publié le 21 mai 2021"))
    assert text.document.media_type == "text/html"
    assert [line for line in text.content.splitlines() if line.startswith("Paragraphe")] == PARAGRAPHS
    assert text.content.startswith(TITLE)
    assert "21 mai 2021" in text.content
    for menu in ("Menu", "Accueil", "Ailleurs", "cookies", "Un site"):
        assert menu not in text.content


def test_a_piece_of_a_page_is_one_by_its_name() -> None:
    piece = "<div><h1>Un titre</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>"
    assert read(piece.encode(), "essai.html").document.media_type == "text/html"
    assert "<p>" in read(piece.encode(), "essai.txt").content


@settings(max_examples=60, deadline=None)
@given(data=st.data(), body=st.sampled_from([as_pdf("Un titre", PARAGRAPHS[:1]), as_docx("Un titre", PARAGRAPHS[:1])]))
def test_a_damaged_file_is_read_or_refused(data: st.DataObject, body: bytes) -> None:
    broken = bytearray(body)
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), min_size=1, max_size=20)):
        broken[place] ^= 0x55
    with contextlib.suppress(ReadError):
        assert "\r" not in read(bytes(broken)).content


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    page = as_html(TITLE, PARAGRAPHS).decode().replace('charset="utf-8"', f'charset="{encoding}"')
    assert "métropole" in read(page.encode(encoding)).content


def test_a_word_document_gives_header_paragraphs_items_and_tables() -> None:
    text = read(as_docx(TITLE, PARAGRAPHS[:2], header="Région Bretagne", items=["un laboratoire", "une halle"]))
    assert (
        text.content == "\n\n".join(["Région Bretagne", TITLE, *PARAGRAPHS[:2]]) + "\n- un laboratoire\n- une halle\n"
    )
    assert [block.kind for block in text.blocks][-2:] == ["item", "item"]


def test_changes_tracked_in_a_word_document_read_as_accepted() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = docx.Document()
    document.add_paragraph("Le projet coûte ")._p.append(
        parse_xml(f"<w:del {space}><w:r><w:delText>deux</w:delText></w:r></w:del>")
    )
    document.paragraphs[0]._p.append(
        parse_xml(f"<w:ins {space}><w:r><w:t>trois</w:t><w:noBreakHyphen/><w:t>cents</w:t></w:r></w:ins>")
    )
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).content == "Le projet coûte trois\u2011cents\n"
