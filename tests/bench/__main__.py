"""Run every benchmark and print its line: `make bench`, or `python -m tests.bench`."""

from __future__ import annotations

from tests.bench.build import build
from tests.bench.query import help_text, query
from tests.bench.reconcile import reconcile
from tests.bench.stages import stages
from tests.bench.writes import writes

if __name__ == "__main__":
    for benchmark in (build, stages, query, help_text, reconcile, writes):
        print(benchmark(), flush=True)
