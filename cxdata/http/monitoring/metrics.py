"""The figures of this process for Prometheus. /metrics gives them to a client with the token."""

from collections.abc import Callable
from hmac import compare_digest

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cxdata.http.base_path import normalise_base
from cxdata.http.monitoring.memory import memory_of_children

ADDRESS = "/metrics"
CHALLENGE = {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters of one process. Every label has few values: names of routes, questions and pages, never an address."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "cxdata_requests", "Requests by route, method and status.", ("route", "method", "status"),
            registry=self.registry,
        )  # fmt: skip
        self._request_seconds = Histogram(
            "cxdata_request_seconds", "Time to answer a request.", ("route",), buckets=SECONDS, registry=self.registry
        )
        self._reruns = Histogram(
            "cxdata_rerun_seconds", "Time to run a page, or a part of it.", ("page", "part"), buckets=SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self._questions = Histogram(
            "cxdata_question_seconds", "Time to answer a question of sql/questions.", ("question",), buckets=SECONDS,
            registry=self.registry,
        )  # fmt: skip
        self._slow = Counter(
            "cxdata_slow_questions", "Questions above CXDATA_SLOW_QUESTION_MS.", ("question",), registry=self.registry
        )
        self._waiting = Gauge(
            "cxdata_pictures_waiting", "Files that are made or wait to be made.", ("lane",), registry=self.registry
        )
        workers = Gauge(
            "cxdata_workers_resident_memory_bytes",
            "Memory of the processes that this one has started.",
            registry=self.registry,
        )
        workers.set_function(memory_of_children)

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the template of a route."""
        self._requests.labels(route, method, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def count_rerun(self, page: str, part: str, seconds: float) -> None:
        """Count a rerun; `part` is 'page' or 'fragment'."""
        self._reruns.labels(page, part).observe(seconds)

    def count_question(self, limit_ms: float) -> Callable[[str, float], None]:
        """Return a listener that counts questions, and those above this limit as slow."""

        def count(name: str, seconds: float) -> None:
            self._questions.labels(name).observe(seconds)
            if seconds * 1000 > limit_ms:
                self._slow.labels(name).inc()

        return count

    def watch_lane(self, lane: str, count: Callable[[], int]) -> None:
        """Give out how many files are being made or wait in a lane."""
        self._waiting.labels(lane).set_function(count)

    def write(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self.registry)


METRICS = Metrics()
"""The figures of this process."""


def metrics_routes(token: SecretStr | None, base: str = "", metrics: Metrics = METRICS) -> list[Route]:
    """Return the route of /metrics below a base path; without a token there is none."""
    if token is None:
        return []
    expected = b"Bearer " + token.get_secret_value().encode()

    async def answer(request: Request) -> Response:
        # bytes, because compare_digest takes no text beyond ASCII; as sent, because headers have no encoding
        given = next((value for name, value in request.scope["headers"] if name == b"authorization"), b"")
        if not compare_digest(given, expected):
            return PlainTextResponse("Unauthorized\n", 401, CHALLENGE)
        headers = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
        return Response(metrics.write(), headers=headers)

    return [Route(f"{normalise_base(base)}{ADDRESS}", answer)]
