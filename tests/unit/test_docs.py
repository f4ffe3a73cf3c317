"""The documentation is an artefact like any other: what it names exists, and what exists is named."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from grappe import __version__
from grappe.cli import main
from tests.docs import reference

ROOT = Path(__file__).parents[2]
TOP_GUIDES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "THIRD-PARTY.md", "data/README.md")
GUIDES = (*TOP_GUIDES, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
TOP = ("src/", "tests/", "data/", "ontology/", "docs/", ".ci/")

#: Written in pieces, so that this file does not hold what it looks for.
ELSEWHERE = re.compile(
    r"(?<![\w.:/*-])/(?:" + "|".join(("work", "root", "home", "Users", "tmp")) + r")/\w"
    "|" + "|".join((r"pypi\." + "org", r"python" + r"hosted\.org", r"registry\." + r"npmjs", r"deb\.deb" + r"ian\.org"))
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    """Return the files of the project: those that git tracks or would."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git, or no checkout: what belongs to the project is not known")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def code_blocks(text: str) -> Iterator[str]:
    """Yield the lines of a guide's fenced and indented code."""
    for fenced in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from fenced.splitlines()
    yield from re.findall(
        r"^ {4}(\S.*)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )


def calls() -> list[tuple[str, str]]:
    """Return each call of `grappe` that a guide shows, with the guide's name."""
    return [
        (guide, found)
        for guide in GUIDES
        for line in code_blocks(read(guide))
        for found in re.findall(r"(?:^|[|&;] *|\$ )((?:\.venv/bin/)?grappe(?: .*)?)$", line.split("  #")[0].strip())
    ]


def options(command: click.Command) -> set[str]:
    """Return the options of a command, and of those under it."""
    under = command.commands.values() if isinstance(command, click.Group) else ()
    return {option for parameter in command.params for option in parameter.opts}.union(*map(options, under))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`(?:grappe )?{re.escape(name)}\b", read("README.md"))


def test_the_reference_of_the_command_line_is_what_the_help_says() -> None:
    assert read("docs/cli.md") == reference.page(), "Run 'make docs'."


def test_every_page_of_the_docs_is_linked_from_the_readme() -> None:
    assert not {guide for guide in GUIDES if guide.startswith("docs/") and f"]({guide})" not in read("README.md")}


@pytest.mark.parametrize(("guide", "call"), calls())
def test_every_call_that_a_guide_shows_has_a_command_and_options_that_exist(guide: str, call: str) -> None:
    words = re.sub(r"'[^']*'|\"[^\"]*\"", "WORD", call).split()[1:]
    known = {option for parameter in main.params for option in parameter.opts} | {"--help"}
    command = next((word for word in words if word in main.commands), None)
    if command is not None:
        known |= options(main.commands[command])
    assert command is not None or set(words) & {"--help", "--version"}, f"{guide}: {call}"
    assert {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)} <= known, f"{guide}: {call}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_a_guide_names_exists(guide: str) -> None:
    ticked = set(re.findall(r"`([^`\s]+)`", read(guide))) | set(re.findall(r"\]\((?!https?:|#)([^)#\s]+)", read(guide)))
    named = {
        path
        for path in ticked
        if path.startswith(TOP) or re.fullmatch(r"[\w./-]+\.(?:md|toml|txt|ttl|py|rq|jsonld)", path)
    }
    bases = (ROOT, (ROOT / guide).parent, ROOT / "src" / "grappe", ROOT / "ontology")
    assert not {path for path in named if not any(list(base.glob(path.rstrip("/"))) for base in bases)}


@pytest.mark.parametrize("setting", sorted(set(re.findall(r"GRAPPE_[A-Z_]+", read("src/grappe/config.py")))))
def test_every_setting_of_the_environment_is_in_the_readme(setting: str) -> None:
    assert f"`{setting}`" in read("README.md")


def test_every_make_target_is_in_the_readme_or_the_guide_for_contributors() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE)) - {"help"}
    guides = read("README.md") + read("CONTRIBUTING.md")
    assert not {target for target in targets if f"make {target}" not in guides}


def test_the_changelog_knows_this_version() -> None:
    versions = re.findall(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert next(version for version in versions if version != "Unreleased") == __version__


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in ELSEWHERE.finditer(text)]
    assert not found
