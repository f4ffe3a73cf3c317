"""How long does it take to build the graph of one document, loading of the language model included?

Run with `python -m tests.bench.build`.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from tests.bench.timing import Timing, grappe, measure

__all__ = ["build"]

DOCUMENT = Path(__file__).parents[2] / "data" / "documents" / "00-genopole.txt"


def build(*, runs: int = 5) -> Timing:
    """Time `grappe add` of the press release into a home that does not exist yet."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        return measure(
            "grappe add 00-genopole.txt (a new home)",
            grappe(home, "add", str(DOCUMENT)),
            limit=10,
            runs=runs,
            before=partial(shutil.rmtree, home, ignore_errors=True),
        )


if __name__ == "__main__":
    print(build())
