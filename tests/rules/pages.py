"""The pages of docs/ on rules and on confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.rules.observed import Seen
from tests.rules.scale import Table

__all__ = ["rules", "write_calibration"]

_HEAD = """# The rules of extraction

Made by `make rules` from the extractor and from documents that people have read ({made_from}). Each rule has a name,
which stands with every fact that it tells (`grp:extractor`; `grappe explain` shows it), a sentence that makes it speak,
and how often it spoke in those documents and how often it was right. A rule that tells the class of a thing is named
after what shows it: a gazetteer, a head noun, the form of the name.

| rule | spoke | right | a sentence for it |
| --- | ---: | ---: | --- |
"""

_BEGIN, _END = "<!-- calibration: make rules -->", "<!-- end of calibration -->"


def rules(catalogue: Mapping[str, str], seen: Sequence[Seen], made_from: str) -> str:
    """Return docs/rules.md."""
    spoke, right = Counter[str](), Counter[str]()
    for one in seen:
        spoke.update(one.rules)
        right.update(one.rules if one.right else ())
    rows = [f"| `{rule}` | {spoke[rule]} | {right[rule]} | {_cell(text)} |" for rule, text in sorted(catalogue.items())]
    return _HEAD.format(made_from=made_from) + "\n".join(rows) + "\n"


def write_calibration(page: Path, tables: Mapping[str, Table], made_from: str) -> None:
    """Replace the table of calibration in a page; ``tables`` holds one for each group of facts."""
    bands = [*next(iter(tables.values()))]
    lines = [
        f"Learnt from {made_from}, and `data/gold/held`.",
        "",
        "| confidence |" + "".join(f" {name} | right |" for name in tables),
        "| --- |" + " ---: | ---: |" * len(tables),
    ]
    for band in bands:
        cells = ""
        for table in tables.values():
            told, right, _ = table[band]
            cells += f" {_share(told, sum(one[0] for one in table.values()))} | {_share(right, told)} |"
        lines.append(f"| {band[0]:g} to {min(band[1], 1):g} |{cells}")
    text = page.read_text(encoding="utf-8")
    before, after = text.partition(_BEGIN)[0], text.partition(_END)[2]
    page.write_text("\n".join([before + _BEGIN, *lines, _END + after]), encoding="utf-8")


def _share(some: int, whole: int) -> str:
    return f"{100 * some / whole:.0f} %" if whole else "—"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
