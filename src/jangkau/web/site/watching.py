"""Around every request: a number of its own, one line in the log, counts and durations by route, the headers that every
answer carries."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

from jangkau.web.site.logs import route_of

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REQUESTS = Counter("jangkau_requests", "Permintaan menurut rute, cara, dan status", ["route", "method", "status"])
SECONDS = Histogram(
    "jangkau_request_seconds", "Lamanya permintaan menurut rute", ["route"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5, 20),
)  # fmt: skip
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_log = structlog.get_logger("jangkau.requests")


class WatchMiddleware:
    """Stands first, so that it sees what all others answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        number = uuid.uuid4().hex
        request.number = number  # type: ignore[attr-defined]  # shown on the page for what broke
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = number
        took = time.perf_counter() - started
        route, status = route_of(request), response.status_code
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(route, method, status).inc()
        SECONDS.labels(route).observe(took)
        _log.info("request", method=method, route=route, status=status, ms=round(1000 * took, 1))
        return response
