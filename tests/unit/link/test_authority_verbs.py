"""`grappe authority`: load, list, replace, remove."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from grappe.cli.links import KINDS
from grappe.config import Settings
from grappe.link.authorities import AUTHORITIES

Run = Callable[..., Result]


def test_the_help_names_every_kind() -> None:
    assert sorted(KINDS) == sorted(AUTHORITIES)


def test_load_list_replace_and_remove(run: Run, tmp_path: Path) -> None:
    def listed() -> list[tuple[str, str, int, str]]:
        held = json.loads(run("authority", "list", "--format", "json").stdout)
        return [(one["kind"], one["file"], one["records"], one["date"]) for one in held]

    assert [kind for kind, *_ in listed()] == ["built-in"]
    file = tmp_path / "v_region_2026-01-01.csv"
    file.write_text("REG,CHEFLIEU,LIBELLE\n11,75056,Île-de-France\n", encoding="utf-8")
    assert "1 record, of 2026-01-01, etalab-2.0" in run("authority", "add", "cog", file).stdout
    file.write_text("REG,CHEFLIEU,LIBELLE\n11,75056,Île-de-France\n84,69123,Auvergne-Rhône-Alpes\n", encoding="utf-8")
    assert run("authority", "add", "cog", file, "--date", "2026-02-01").exit_code == 0
    assert listed()[1:] == [("cog", file.name, 2, "2026-02-01")]
    assert run("authority", "add", "ror", file).exit_code == 1
    assert run("authority", "remove", "cog", "another.csv").exit_code == 6
    assert run("authority", "remove", "cog", file.name).exit_code == 0
    assert listed()[1:] == []


def test_a_file_that_is_not_the_authoritys_leaves_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    result = run("authority", "add", "rnsr", file)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert [*(tmp_path / "home").rglob("*.sqlite*")] == []


def test_several_homes_may_share_indexes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPPE_AUTHORITIES", str(tmp_path / "registers"))
    assert Settings.from_environment(home=tmp_path / "home").authorities == tmp_path / "registers"
    monkeypatch.delenv("GRAPPE_AUTHORITIES")
    assert Settings.from_environment(home=tmp_path / "home").authorities == tmp_path / "home" / "authorities"
