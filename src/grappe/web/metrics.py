"""What the service has done, for Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

if TYPE_CHECKING:
    from grappe.store.pool import Pool
    from grappe.store.writes import Writes
    from grappe.web.sparql import Sparql

__all__ = ["KINDS", "Metrics"]

#: The families of addresses that requests are counted by; anything else is ``other``.
KINDS = ("sparql", "update", "graphs", "dump", "id", "graph", "ontology", "queries", "metrics", "health", "ready")

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


@dataclass(slots=True, eq=False)
class _Kind:
    """What was answered of one kind of address; ``buckets`` counts answers by their time, the last those above all."""

    statuses: dict[int, int] = field(default_factory=dict)
    buckets: list[int] = field(default_factory=lambda: [0] * (len(_BUCKETS) + 1))
    seconds: float = 0.0
    sent: int = 0


@dataclass(slots=True, eq=False)
class Metrics:
    """Counts of requests, plain numbers for they are counted often; the library is for who asks."""

    pool: Pool
    sparql: Sparql
    writes: Writes
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _kinds: dict[str, _Kind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.registry.register(self)

    def note(self, kind: str, status: int, seconds: float, sent: int) -> None:
        """Count an answer."""
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = _Kind()
        known.statuses[status] = known.statuses.get(status, 0) + 1
        known.buckets[bisect_left(_BUCKETS, seconds)] += 1
        known.seconds += seconds
        known.sent += sent

    def page(self) -> bytes:
        """Return everything in the format of Prometheus."""
        return generate_latest(self.registry)

    def collect(self) -> Iterable[Metric]:
        """Yield what was answered, and the state of workers, queue and cache."""
        yield from self._answered()
        yield from self._state()

    def _answered(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            "grappe_requests", "Requests answered, by kind of address and status.", labels=["kind", "status"]
        )
        sent = CounterMetricFamily("grappe_sent_bytes", "Bytes of bodies sent.", labels=["kind"])
        seconds = HistogramMetricFamily(
            "grappe_request_seconds", "Seconds from a request's head to the end of its answer.", labels=["kind"]
        )
        for kind, known in self._kinds.items():
            for status, number in known.statuses.items():
                requests.add_metric([kind, str(status)], number)
            sent.add_metric([kind], known.sent)
            bounds = [*(str(float(bound)) for bound in _BUCKETS), "+Inf"]
            counted = [*zip(bounds, accumulate(known.buckets), strict=True)]
            seconds.add_metric([kind], buckets=counted, sum_value=known.seconds)
        yield from (requests, sent, seconds)

    def _state(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("grappe_queries_running", "Queries that are evaluated.", value=len(self.pool.running))
        yield GaugeMetricFamily("grappe_queries_waiting", "Queries that wait for their turn.", value=self.pool.waiting)
        yield GaugeMetricFamily("grappe_writes_waiting", "Writes that wait for their batch.", value=self.writes.waiting)
        deaths = CounterMetricFamily(
            "grappe_worker_restarts", "Workers replaced, by the cause of their end.", labels=["cause"]
        )
        for cause, count in sorted(self.pool.deaths.items()):
            deaths.add_metric([cause], count)
        yield deaths
        yield CounterMetricFamily(
            "grappe_rows", "Rows of results sent, about, where their format shows them.", value=self.sparql.rows
        )
        cache = self.sparql.cache
        asked = CounterMetricFamily("grappe_cache", "Answers looked for in the cache.", labels=["outcome"])
        asked.add_metric(["hit"], cache.hits)
        asked.add_metric(["miss"], cache.misses)
        yield asked
        yield GaugeMetricFamily("grappe_cache_bytes", "Bytes of answers kept.", value=cache.bytes)
