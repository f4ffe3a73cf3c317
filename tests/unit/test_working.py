"""Several processes: the same graph, and no document stops another."""

from __future__ import annotations

import inspect
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grappe import errors, pipeline
from grappe.config import Settings
from grappe.errors import GrappeError
from grappe.model import Origin
from grappe.pipeline import writes
from grappe.pipeline.values import Added, Made
from grappe.pipeline.working import in_order
from grappe.store.export import select_all, write
from grappe.store.formats import graph_format
from grappe.store.generations import open_generation
from grappe.store.home import Home
from tests.conftest import Run
from tests.formats import as_pdf, as_scan

TEXTS = {
    "un": "La société Exemplum, basée à Lyon, emploie 12 salariés.\n",
    "deux": "La société Exemplum SA, basée à Lyon, emploie 15 salariés.\n",
    "trois": "Le laboratoire Exempla, basé à Nantes, a ouvert en 2020 une plateforme de 300 m².\n",
    "quatre": "La Région Bretagne soutient la société Quarta à hauteur de 3 M€.\n",
}


def source(id: str, body: Any) -> pipeline.Source:
    return pipeline.Source(id, body, Origin(f"{id}.txt"))


def files(settings: Settings) -> dict[str, bytes]:
    """Return all that is written of a graph: its export and its facts."""
    home = Home(settings.home)
    with open_generation(home) as generation:
        quads = select_all(generation.store, names=settings.names, evidence=True)
    whole = b"".join(write(quads, graph_format("nquads"), names=settings.names))
    return {"graph": whole, **{id: home.facts(id).read_bytes() for id in home.ids()}}


def test_neither_the_number_of_processes_nor_the_order_changes_a_byte(tmp_path: Path) -> None:
    given = [source(id, text.encode()) for id, text in TEXTS.items()]
    one, two = Settings(home=tmp_path / "one"), Settings(home=tmp_path / "two")
    assert [added.id for added in pipeline.add(one, given)] == [*TEXTS]
    assert [added.id for added in pipeline.add(two, given[::-1], jobs=2)] == [*TEXTS][::-1]
    assert files(one) == files(two)


class Deadly:
    """A body that ends the process which is given it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def test_a_document_that_ends_its_process_is_refused_and_the_others_are_made(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    tasks = [source("un", TEXTS["un"].encode()), source("fatal", Deadly()), source("deux", TEXTS["deux"].encode())]
    made = [*in_order(settings, tasks, jobs=2)]
    assert [type(one) for one in made] == [Made, Added, Made]
    assert isinstance(made[1], Added)
    assert "ended the process" in str(made[1].error)


def test_what_cannot_be_read_stops_no_other(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lot"
    folder.mkdir()
    for name, body in {
        "a-scan.pdf": as_scan(),
        "b-vide.txt": b"",
        "c.zip": b"PK\x03\x04 not an archive",
        "d.pdf": as_pdf("Un bilan", [TEXTS["un"]]),
        "e.docx": b"PK\x03\x04 no document",
    }.items():
        (folder / name).write_bytes(body)
    result = run("add", folder, "--jobs", "1")
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "refused",
        "refused",
        "refused",
        "added",
        "refused",
    ]
    assert "is a scan" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "BATCH", 2)
    settings = Settings(home=tmp_path / "home")

    def stopped() -> Iterator[pipeline.Source]:
        for id in ("un", "deux", "trois"):
            yield source(id, TEXTS[id].encode())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(pipeline.add(settings, stopped()))
    given = [source(id, text.encode()) for id, text in TEXTS.items()]
    outcomes = [added.outcome for added in pipeline.add(settings, given)]
    assert outcomes == ["unchanged", "unchanged", "added", "added"]


def test_two_files_of_one_run_cannot_share_an_identifier(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    body = TEXTS["un"].encode()
    given = [pipeline.Source("un", body, Origin(path)) for path in ("a/un.txt", "b/un.txt")]
    first, second = pipeline.add(settings, given)
    assert (first.outcome, second.outcome) == ("added", "refused")
    assert "a/un.txt" in str(second.error)


ERRORS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, GrappeError)]


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_passes_from_one_process_to_another(kind: type[GrappeError]) -> None:
    carried = {
        name: f"a {name}"
        for name, parameter in inspect.signature(kind).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
    error = kind("This is wrong.", **carried)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert vars(again) == vars(error)
    assert str(again) == str(error)
