"""Where documents disagree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.model import Origin
from tests.conftest import Run

OLD = "Lyon, le 3 mai 2021\n\nLa société Exemplum, basée à Lyon, emploie 12 salariés. Elle a été créée en 2015.\n"
NEW = "Lyon, le 8 juin 2023\n\nLa société Exemplum, basée à Lyon, emploie 15 salariés. Elle a été créée en mars 2015.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def add(settings: Settings, **texts: str) -> None:
    given = [pipeline.Source(id, text.encode(), Origin(f"{id}.txt")) for id, text in texts.items()]
    assert {one.outcome for one in pipeline.add(settings, given)} == {"added"}


def test_two_values_in_two_documents_are_listed_with_dates_and_passages(settings: Settings, run: Run) -> None:
    add(settings, new=NEW, old=OLD)
    (found,) = pipeline.conflicts(settings)
    assert (found.label, found.predicate) == ("Exemplum", "grp:employeeCount")
    assert [(t.value, t.document, t.issued) for t in found.told] == [
        ("12", "old", "2021-05-03"),
        ("15", "new", "2023-06-08"),
    ]
    assert all(text[t.start : t.end] == t.quote for t, text in zip(found.told, (OLD, NEW), strict=True))
    shown = run("check", "--conflicts", home=settings.home)
    assert "12  « " in shown.stdout
    assert "2021-05-03" in shown.stdout
    listed = json.loads(run("check", "--conflicts", "--format", "json", home=settings.home).stdout)
    assert [told["value"] for told in listed[0]["told"]] == ["12", "15"]


def test_documents_that_agree_and_dates_that_hold_one_another_are_no_conflict(settings: Settings) -> None:
    add(settings, old=OLD, again=NEW.replace("15 salariés", "12 salariés"))
    assert pipeline.conflicts(settings) == []


def test_awards_of_one_funder_to_one_beneficiary_disagree_unless_they_are_two(settings: Settings) -> None:
    given = "La Région Bretagne a accordé une subvention de {} à la société Exemplum{}.\n"
    add(settings, a=given.format("300 000 €", ""), b=given.format("350 000 €", ""))
    (found,) = pipeline.conflicts(settings)
    assert found.predicate == "grp:amount"
    assert found.label == "Région Bretagne → Exemplum"
    assert {t.value for t in found.told} == {"300000", "350000"}


def test_the_graph_answers_as_of_a_date(settings: Settings, run: Run) -> None:
    area = "Le {}\n\nLa société Exemplum dispose d'une salle blanche de {} m² à Lyon.\n"
    dated = {"y2021": ("3 mai 2021", 200), "y2023": ("8 juin 2023", 300), "y2024": ("9 juin 2024", 400)}
    add(settings, **{id: area.format(day, m2) for id, (day, m2) in dated.items()})
    question = settings.ontology / "questions" / "21-as-of.rq"
    answer = run("query", question, "--format", "csv", home=settings.home).stdout.splitlines()
    assert [line.split(",")[1:] for line in answer[1:]] == [["300", "2023-06-08"]]
