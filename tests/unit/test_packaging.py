"""The wheel is the whole product."""

from __future__ import annotations

import configparser
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from grappe import __version__

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once, from the checkout, without the network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Unpack the wheel as an installer would, away from the checkout."""
    folder = wheel.parent / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_every_module_and_nothing_of_the_tests(installed: Path) -> None:
    def modules(package: Path) -> set[str]:
        return {path.relative_to(package).as_posix() for path in package.rglob("*.py")}

    assert modules(installed / "grappe") == modules(ROOT / "src" / "grappe")
    assert (installed / "grappe" / "py.typed").is_file()
    assert {path.name for path in installed.iterdir()} == {"grappe", f"grappe-{__version__}.dist-info"}


@pytest.mark.parametrize("folder", ["ontology", "data/documents", "data/gazetteer"])
def test_the_wheel_holds_the_ontology_the_gazetteers_and_the_demonstration(installed: Path, folder: str) -> None:
    here = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / folder).rglob("*") if path.is_file()}
    share = installed / "grappe" / "share"
    there = {path.relative_to(share): path.read_bytes() for path in (share / folder).rglob("*") if path.is_file()}
    assert here
    assert there == here


def test_an_installation_finds_its_own_resources(installed: Path) -> None:
    command = "from grappe.config import resources; print(resources())"
    result = subprocess.run(
        [sys.executable, "-c", command],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert Path(result.stdout.strip()).resolve() == (installed / "grappe" / "share").resolve()


def test_the_wheel_installs_the_command_and_carries_the_licences(installed: Path) -> None:
    info = installed / f"grappe-{__version__}.dist-info"
    entry_points = configparser.ConfigParser()
    entry_points.read(info / "entry_points.txt", encoding="utf-8")
    assert dict(entry_points["console_scripts"]) == {"grappe": "grappe.cli:main"}
    metadata = Parser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Version"] == __version__
    for name in ("LICENSE", "THIRD-PARTY.md"):
        assert (info / "licenses" / name).read_bytes() == (ROOT / name).read_bytes()


def test_every_requirement_is_pinned_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "requirements.txt": [*project["project"]["dependencies"], *groups["build"]],
        "requirements-dev.txt": groups["dev"],
    }
    assert groups["build"] == project["build-system"]["requires"]
    for file, requirements in wanted.items():
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        pins = [number for number, line in enumerate(lines) if line and line[0] not in " #"]
        assert all("==" in lines[number] and "--hash=sha256:" in lines[number + 1] for number in pins)
        names = {lines[number].split("==")[0] for number in pins}
        assert {re.split(r"[<=>!~; ]", requirement)[0] for requirement in requirements} <= names


def test_every_pinned_package_has_its_licence_listed() -> None:
    pinned = {
        line.split("==")[0]
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines()
        if line and line[0] not in " #"
    }
    listed = {
        line.split("|")[1].strip()
        for line in (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and "`" not in line
    } - {"package", "---", "data"}
    assert listed == pinned
