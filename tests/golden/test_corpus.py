"""The documents that people have annotated, judged by the referee of the contract; they lie beside the checkout."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.model import Origin
from tests.conftest import Run


@pytest.fixture(scope="module")
def corpus_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the corpus: empty until ``scores`` has built its graph."""
    return tmp_path_factory.mktemp("corpus") / "home"


@pytest.fixture(scope="module")
def scores(shared: Path, corpus_home: Path) -> dict[str, tuple[float, float]]:
    """F1 and the share of evidence that holds, by document and for all ("micro")."""
    folder, settings = corpus_home.parent, Settings(home=corpus_home)
    files = pipeline.find_files([shared / "corpus"])
    added = list(pipeline.add(settings, pipeline.sources(files, about=Origin(""))))
    assert {one.outcome for one in added} == {"added"}
    graph = folder / "graph.nq"
    grappe = [sys.executable, "-m", "grappe", "--home", str(settings.home)]
    command = [*grappe, "export", "--format", "nquads", "--evidence", "-o", str(graph)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    referee = [sys.executable, str(shared / "contract" / "referee.py"), str(graph), str(shared / "corpus")]
    said = subprocess.run(referee, check=True, capture_output=True, text=True, timeout=120).stdout
    out = {
        name: (float(f1), int(held) / int(all_))
        for name, f1, held, all_ in re.findall(r"^(\S+) +P=\S+ R=\S+ F1=(\S+) evidence=(\d+)/(\d+)", said, re.MULTILINE)
    }
    whole = re.search(r"micro P=\S+ R=\S+ F1=(\S+) evidence=(\S+)", said)
    assert whole
    return out | {"micro": (float(whole[1]), float(whole[2]))}


def test_the_press_release_is_read_as_its_gold_says(scores: dict[str, tuple[float, float]]) -> None:
    f1, evidence = scores["00-genopole"]
    assert f1 >= 0.90
    assert evidence == 1.0


def test_the_other_documents_are_not_forgotten(scores: dict[str, tuple[float, float]]) -> None:
    assert scores["micro"][0] >= 0.70
    assert {evidence for _, evidence in scores.values()} == {1.0}


def test_the_order_in_which_documents_come_does_not_show(shared: Path, tmp_path: Path, run: Run) -> None:
    files = pipeline.find_files([shared / "corpus"])[:3]
    exported = []
    for name, order in (("one", files), ("two", files[::-1])):
        settings = replace(Settings(), home=tmp_path / name)
        list(pipeline.add(settings, pipeline.sources(order, about=Origin(""))))
        exported.append(run("export", "--format", "nquads", "--evidence", home=settings.home).stdout_bytes)
    assert exported[0] == exported[1]


def test_evaluate_gives_the_figures_of_the_referee(
    shared: Path, scores: dict[str, tuple[float, float]], corpus_home: Path, run: Run
) -> None:
    said = run("evaluate", shared / "corpus", "--format", "json", home=corpus_home)
    assert said.exit_code == 0, said.stderr
    figures = json.loads(said.stdout)
    assert {name: round(one["f1"], 3) for name, one in figures["documents"].items()} == {
        name: f1 for name, (f1, _) in scores.items() if name != "micro"
    }
    assert (round(figures["f1"], 3), round(figures["evidence"], 3)) == scores["micro"]
