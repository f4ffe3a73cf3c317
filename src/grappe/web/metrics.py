"""What the service has done, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

if TYPE_CHECKING:
    from grappe.store.pool import Pool
    from grappe.web.sparql import Sparql

__all__ = ["KINDS", "Metrics"]

#: The families of addresses that requests are counted by; anything else is ``other``.
KINDS = ("sparql", "update", "graphs", "dump", "id", "graph", "ontology", "queries", "metrics", "health", "ready")

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


@dataclass(slots=True, eq=False)
class Metrics:
    """Counters of requests; the state of pool and cache is read when somebody asks."""

    pool: Pool
    sparql: Sparql
    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    sent: Counter = field(init=False)
    _known: dict[tuple[str, int], tuple[Counter, Histogram, Counter]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        def counter(name: str, what: str, *labels: str) -> Counter:
            return Counter(f"grappe_{name}", what, labels, registry=self.registry)

        self.requests = counter("requests", "Requests answered, by kind of address and status.", "kind", "status")
        self.sent = counter("sent_bytes", "Bytes of bodies sent.", "kind")
        self.seconds = Histogram(
            "grappe_request_seconds",
            "Seconds from a request's head to the end of its answer.",
            ["kind"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.registry.register(self)

    def note(self, kind: str, status: int, seconds: float, sent: int) -> None:
        """Count an answer."""
        known = self._known.get((kind, status))
        if known is None:
            known = self.requests.labels(kind, str(status)), self.seconds.labels(kind), self.sent.labels(kind)
            self._known[kind, status] = known
        known[0].inc()
        known[1].observe(seconds)
        known[2].inc(sent)

    def page(self) -> bytes:
        """Return everything in the format of Prometheus."""
        return generate_latest(self.registry)

    def collect(self) -> Iterable[Metric]:
        """Yield the state of workers, queue and cache."""
        return self._state()

    def _state(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("grappe_queries_running", "Queries that are evaluated.", value=len(self.pool.running))
        yield GaugeMetricFamily("grappe_queries_waiting", "Queries that wait for their turn.", value=self.pool.waiting)
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
