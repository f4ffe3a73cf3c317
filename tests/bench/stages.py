"""How much of the speed of bare spaCy is left when documents become quads, and which stage takes what.

On one core, the model loaded: reading, extraction, judgements and projection of every plain text in ``data``, beside
spaCy's pipeline alone with the components that extraction uses, in the same run. `python -m tests.bench.stages`.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grappe import extract
from grappe.check import check
from grappe.config import Settings
from grappe.extract import nlp
from grappe.link import judged
from grappe.model import Resolution, Text
from grappe.ontology import Schema
from grappe.project import project
from grappe.read import read_bytes
from tests.formats import as_docx, as_pdf, paragraphs

__all__ = ["Stages", "stages"]

DATA = Path(__file__).parents[2] / "data"


@dataclass(frozen=True, slots=True)
class Stages:
    """Seconds of one core by stage, for so many tokens; ``bare`` is spaCy's pipeline alone."""

    documents: int
    tokens: int
    bare: float
    seconds: dict[str, float]

    @property
    def ratio(self) -> float:
        """The part of the speed of bare spaCy that is left (reading, extraction and projection)."""
        return self.bare / sum(self.seconds[name] for name in ("read", "extract", "judge", "project"))

    def __str__(self) -> str:
        whole = sum(self.seconds[name] for name in ("read", "extract", "judge", "project"))
        parts = ", ".join(f"{name} {1000 * taken / self.documents:.1f}" for name, taken in self.seconds.items())
        return (
            f"reading to quads, {self.documents} texts, {self.tokens:,} tokens: {self.tokens / whole:,.0f} tokens/s, "
            f"bare spaCy {self.tokens / self.bare:,.0f}; limit 0.5 ratio {self.ratio:.2f}\n"
            f"  ms a document: {parts}"
        )


def stages(*, rounds: int = 3) -> Stages:
    """Take every plain text of the project through the stages, and time each."""
    settings = Settings()
    schema = Schema.load(settings.ontology)
    bodies = [(path.stem, path.read_bytes()) for path in sorted(DATA.rglob("*.txt"))]
    seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        seconds[name] += time.process_time() - start

    def through() -> list[Text]:
        texts = []
        for id, body in bodies:
            with timed("read"):
                text = read_bytes(id, body, media_type=None, name=id)
            with timed("extract"):
                facts = extract.extract(text, resources=settings.data, themes=schema.themes)
            with timed("judge"):
                facts = judged(facts, Resolution())
            with timed("project"):
                projection = project(facts, Resolution(), names=settings.names, text=text)
            with timed("check"):
                check(projection.facts, schema=schema)
            texts.append(text)
        return texts

    texts = through()
    seconds.clear()
    tokens, bare = 0, 0.0
    for _ in range(rounds):
        start = time.process_time()
        tokens += sum(len(doc) for doc in nlp._model().pipe(text.content for text in texts))
        bare += time.process_time() - start
        through()
    sort, title, *prose = paragraphs((DATA / "documents" / "00-genopole.txt").read_text(encoding="utf-8"))
    for name, body in (("PDF", as_pdf(title, [sort, *prose])), ("DOCX", as_docx(title, [sort, *prose]))):
        with timed(f"(apart: read a {name})"):
            read_bytes("g", body, media_type=None, name="g")
        seconds[f"(apart: read a {name})"] *= rounds * len(bodies)
    return Stages(rounds * len(bodies), tokens, bare, seconds)


if __name__ == "__main__":
    print(stages())
