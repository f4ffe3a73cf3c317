"""The competency questions, asked of the graph of the press release; a person read their answers from its text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grappe.config import Settings
from grappe.web.page import questions
from tests.conftest import Run

FOLDER = Path(__file__).parents[2] / "ontology" / "questions"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.rq")), ids=lambda p: p.stem)
def test_a_question_is_answered_as_the_text_answers_it(run: Run, genopole: Settings, path: Path) -> None:
    result = run("query", path, "--format", "csv", home=genopole.home)
    assert result.exit_code == 0, result.stderr
    answer = list(csv.reader(io.StringIO(result.stdout)))
    expected = list(csv.reader(io.StringIO(path.with_suffix(".csv").read_text(encoding="utf-8"))))
    assert len(expected) > 1
    assert answer[0] == expected[0]
    assert sorted(answer[1:]) == sorted(expected[1:])


def test_every_question_is_asked_in_french_and_english() -> None:
    asked = questions(FOLDER)
    assert len(asked) >= 15
    assert {path.stem for path in FOLDER.glob("*.csv")} == {q.name for q in asked}
    assert all(q.french.endswith(" ?") and q.english.endswith("?") and "SELECT" in q.query for q in asked)
