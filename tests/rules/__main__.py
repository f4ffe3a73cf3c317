"""Learn anew from documents with gold files how sure facts are, and write the table of rules.

    python -m tests.rules [GOLD_DIR ...]

GOLD_DIR are further documents to learn from; those of ``data/gold`` are learnt from always.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.rules import catalogue, pages, scale
from tests.rules.observed import gold_files, observe

ROOT = Path(__file__).parents[2]


def main(folders: list[Path]) -> None:
    """Write data/confidence.toml, tests/rules/sentences.csv, docs/rules.md and the table of docs/extraction.md."""
    dev, held = ROOT / "data" / "gold" / "dev", ROOT / "data" / "gold" / "held"
    files = gold_files([dev, *(folder for folder in folders if folder.resolve() != held.resolve())])
    read, unread = [*observe(files)], [*observe(gold_files([held]))]
    fitted = scale.fit(read, unread)
    made_from = f"{len(files)} documents: data/gold/dev" + "".join(f" and {folder.name}" for folder in folders)
    (ROOT / "data" / "confidence.toml").write_text(scale.written(fitted, made_from), encoding="utf-8")

    wanted = {rule for file in (*files, *gold_files([held])) for rule in catalogue.rules_of(_text(file))}
    found = catalogue.complete(catalogue.read_catalogue(), wanted)
    for rule in sorted(wanted - {*found}):
        print(f"{rule}: no sentence that makes it speak was found; write one in {catalogue.FILE}", file=sys.stderr)
    catalogue.write_catalogue(found)
    (ROOT / "docs" / "rules.md").write_text(pages.rules(found, read, made_from), encoding="utf-8")
    tables = {
        "facts": scale.calibration(read, fitted),
        "facts of `data/gold/held`": scale.calibration(unread, fitted),
        "the same, held back": scale.held_back(read, unread),
    }
    pages.write_calibration(ROOT / "docs" / "extraction.md", tables, made_from)


def _text(gold: Path) -> str:
    return gold.with_name(gold.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
