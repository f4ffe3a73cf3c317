"""Write the generated pages of docs/."""

from __future__ import annotations

from pathlib import Path

from tests.docs import reference

(Path(__file__).parents[2] / "docs" / "cli.md").write_text(reference.page(), encoding="utf-8")
