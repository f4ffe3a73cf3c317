"""The house is a test: which room imports which, and who may know which library."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "grappe"

#: One breach of each contract of pyproject.toml: the contract's name, the file it is written to, what is written.
BREACHES = (
    ("One direction, no way back", "utils.py", '"""A stray catch-all."""\n'),
    ("Only extract knows spaCy", "pipeline/making.py", "import spacy\n"),
    ("Only fetch is an HTTP client", "web/proxy.py", "import httpx\n"),
    ("Only read knows the formats of files", "extract/pdf.py", "import pypdfium2\n"),
    ("Only the rooms of the graph know an RDF library", "model.py", "import pyoxigraph\n"),
    ("Only web knows the web framework", "store/server.py", "from fastapi import FastAPI\n"),
    ("Only cli knows the command line", "read/prompt.py", "import click\n"),
)

#: HTTP clients of the standard library; import-linter sees only the first name of a module from outside.
CLIENTS = frozenset({"http.client", "urllib.request"})


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of a checkout on its own source."""
    command = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_every_contract_holds() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"{len(BREACHES)} kept, 0 broken" in result.stdout


def test_every_contract_can_be_broken(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    copy = tmp_path / "src" / "grappe"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for _, file, line in BREACHES:
        with (copy / file).open("a", encoding="utf-8") as out:
            out.write("\n" + line)
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    for contract, *_ in BREACHES:
        assert f"{contract} BROKEN" in result.stdout


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(source: Path) -> Iterator[str]:
    """Yield every dotted name that a file imports, at its top or within a function."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_fetch_uses_an_http_client_of_the_standard_library(source: Path) -> None:
    if source.stem != "fetch":
        assert not CLIENTS & set(imports(source))


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_config_reads_the_environment(source: Path) -> None:
    if source.stem != "config":
        tree = ast.parse(source.read_text(encoding="utf-8"))
        read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | set(imports(source))
        assert not {"environ", "getenv", "os.environ", "os.getenv"} & read
