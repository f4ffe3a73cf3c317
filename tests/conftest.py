"""What tests share: the graph of the press release, built once, and the command line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings as hypothesis_settings

from grappe import pipeline
from grappe.cli import main
from grappe.config import Settings

# A law holds or does not, however busy the machine is.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

ROOT = Path(__file__).parents[1]

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def genopole(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The graph of the press release, built once; nobody writes it."""
    settings = Settings(home=tmp_path_factory.mktemp("genopole") / "home")
    (added,) = pipeline.add(settings, pipeline.demo_sources(settings))
    assert added.outcome == "added"
    return settings


@pytest.fixture
def home(genopole: Settings, tmp_path: Path) -> Settings:
    """A copy of that graph, for one test to change."""
    shutil.copytree(genopole.home, tmp_path / "home")
    return replace(genopole, home=tmp_path / "home")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give the command line; ``home`` is a folder of this test unless it is named."""

    def invoke(*arguments: str | Path, home: Path | None = None, input: bytes | None = None) -> Result:
        words = ["--home", str(home or tmp_path / "home"), *map(str, arguments)]
        return CliRunner().invoke(main, words, input=input)

    return invoke


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the contract, the corpus and the authorities, where it lies beside the checkout."""
    folder = Path(os.environ.get("GRAPPE_SHARED") or ROOT.parent / "shared")
    if not (folder / "contract" / "referee.py").is_file():
        pytest.skip("the folder with the contract and the corpus is not beside the checkout")
    return folder
