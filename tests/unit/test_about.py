"""What an operator says of the data set."""

from __future__ import annotations

from pathlib import Path

import pytest

from grappe.config import About
from grappe.errors import InputError

WHOLE = """
title = { fr = "Clusters de Normandie", en = "Clusters of Normandy" }
description = "Ce que disent\\nles communiqués."
licence = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
keywords = { fr = ["grappes", "aides"] }
themes = ["TECH", "ECON"]
frequency = "WEEKLY"

[publisher]
name = "Agence d'exemple"
homepage = "https://example.org/"

[contact]
name = "L'équipe"
email = "donnees@example.org"
"""


def said(folder: Path, text: str) -> About:
    (folder / "about.toml").write_text(text, encoding="utf-8")
    return About.read(folder / "about.toml")


def test_what_a_file_says_replaces_what_is_said_without_it(tmp_path: Path) -> None:
    about = said(tmp_path, WHOLE)
    assert about.title == {"fr": "Clusters de Normandie", "en": "Clusters of Normandy"}
    assert about.description == {"fr": "Ce que disent\nles communiqués."}
    assert (about.keywords, about.themes) == ({"fr": ("grappes", "aides")}, ("TECH", "ECON"))
    assert about.publisher["name"] == "Agence d'exemple"
    assert said(tmp_path, 'publisher = "Agence"').publisher == {"name": "Agence"}
    assert said(tmp_path, "") == About()


def test_the_example_of_the_guide_can_be_used() -> None:
    about = About.read(Path(__file__).parents[2] / "docs" / "about.toml")
    assert about.licence
    assert {"name", "email"} <= about.contact.keys()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title", "cannot be read"),
        ("titel = 'x'", "It may say title"),
        ("licence = 'libre'", "Give an absolute address"),
        ("licence = 'https://example.org/> <x:y'", "Give an absolute address"),
        ("themes = ['tech']", "Give a code"),
        ("title = 3", "Give a text"),
        ("title = { french = 'x' }", "title may have"),
        ("[contact]\nemail = 'x@example.org'", "Add name"),
        ("[contact]\nname = 'x'\nemail = 'nobody'", "Give a text"),
        ("[publisher]\nname = 'x'\nsite = 'https://example.org/'", "publisher may have name, homepage, address"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_could_be(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        said(tmp_path, text)
