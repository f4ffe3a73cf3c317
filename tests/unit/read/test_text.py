"""Bytes decoded, and files that are no text."""

from __future__ import annotations

import gzip
import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grappe.errors import ReadError
from grappe.model import Text
from grappe.read import read_bytes

PROSE = "L’équipe s’installe à Évry : 1 200 m² d’ateliers,\nc’est « inespéré ». Coût : 3 M€.\n"


def read(body: bytes) -> Text:
    return read_bytes("essai", body, media_type=None, name="essai.txt")


def test_a_plain_file_is_its_own_text() -> None:
    text = read(PROSE.encode())
    assert text.content == PROSE
    assert text.pages == ()
    assert text.document.id == "essai"
    assert text.document.body == PROSE.encode()
    assert text.document.sha256 == hashlib.sha256(PROSE.encode()).hexdigest()
    assert text.document.media_type == "text/plain"


def test_a_media_type_that_is_given_is_kept() -> None:
    text = read_bytes("essai", b"Bonjour.", media_type="text/markdown", name="essai.md")
    assert text.document.media_type == "text/markdown"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_file_in_another_encoding_gives_the_same_text(encoding: str) -> None:
    assert read(PROSE.encode(encoding)).content == PROSE


@pytest.mark.parametrize(
    ("raw", "content"),
    [
        ("un\r\ndeux\rtrois\n", "un\ndeux\ntrois\n"),
        ("un\vdeux", "un\ndeux"),
        ("en\x02semble et \x1b[1mgras" + " mot" * 40, "ensemble et [1mgras" + " mot" * 40),
        ("fin\uffff de ligne" + " mot" * 40, "fin de ligne" + " mot" * 40),
        ("\ufeff\ufeffdeux marques", "deux marques"),
        ("un\u2028deux\u0085trois", "un\u2028deux\u0085trois"),
    ],
)
def test_lines_end_with_lf_and_what_xml_forbids_is_gone(raw: str, content: str) -> None:
    assert read(raw.encode()).content == content


def test_a_form_feed_ends_a_line_and_starts_a_page() -> None:
    text = read("Première page\n\fDeuxième page\f\n \f".encode())
    assert text.content == "Première page\n\nDeuxième page\n\n \n"
    assert [text.content[start:].split("\n")[0] for start in text.pages] == ["Première page", "Deuxième page"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is empty"),
        (b" \r\n\t\xc2\xa0\n", "holds no words"),
        (b"\xef\xbb\xbf", "holds no words"),
        (b"abc\x00def", "binary"),
        (b"\x01\x02\x03abc" * 20, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Word"),
        (b"{\\rtf1\\ansi Bonjour}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (gzip.compress(b"Bonjour."), "gzip"),
        (b"<!DOCTYPE html><nav><a href='/'>Accueil</a></nav>", "web page"),
        (b"\xef\xbb\xbf \n<html lang='fr'>", "web page"),
        (b'<?xml version="1.0"?><TEI/>', "XML"),
        (b"\xff\xfea\x00b", "encoding"),
        ("Une région, une équipe, un été".encode() + b"\xe9", "encoding"),
        (bytes(range(0x80, 0x100)) * 3, "encoding"),
        ("Привет, как дела".encode("koi8-r"), "encoding"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_a_remedy(body: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why) as caught:
        read(body)
    assert caught.value.document == "essai"
    assert caught.value.message.startswith("essai.txt ")
    assert caught.value.message.endswith(".")
    assert caught.value.remedy.endswith(".")


@given(st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda t: t.encode("utf-16"))))
@example(b"\r\x01\n" + b"mot " * 40)
@example(b"\x01\xef\xbb\xbfmot" + b" mot" * 40)
@example(b"\x01%PDF-" + b" mot" * 40)
def test_any_bytes_give_a_text_that_reads_back_as_itself_or_an_error(body: bytes) -> None:
    try:
        text = read(body)
    except ReadError:
        return
    assert "\r" not in text.content
    again = read(text.content.encode())
    assert again.content == text.content
    assert again.blocks == text.blocks or text.pages
