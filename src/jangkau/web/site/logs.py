"""What stands in the log: a JSON object a line, or a readable line on a terminal. No personal data: addresses by their
route alone, long numbers masked, errors by their kind and place and never by their words, which may quote a row."""

from __future__ import annotations

import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){7,}")  # NIK, KPJ, NPP, telephone
_ErrorParts = tuple[type[BaseException], BaseException, TracebackType | None]


def without_people(logger: Any, name: str, event: EventDict) -> EventDict:
    """Masks long numbers in every text but moments and numbers of requests."""
    return {key: _masked(value) if key not in ("timestamp", "request") else value for key, value in event.items()}


def _masked(value: object) -> object:
    return _LONG_NUMBER.sub("***", value) if isinstance(value, str) else value


def by_route(logger: Any, name: str, event: EventDict) -> EventDict:
    """Django's own lines about requests name the path and hand the request along: here the route stands instead."""
    record = event.get("_record")
    if record is not None and record.name.startswith(("django.request", "django.security")):
        request = record.__dict__.get("request")
        event["event"] = "request_refused" if record.levelname == "WARNING" else "request_broke"
        event["route"] = route_of(request)
    return event


def route_of(request: Any) -> str:
    """The pattern an address fell under, as it stands in the code; never the address itself."""
    match = getattr(request, "resolver_match", None)
    return "/" + match.route if match else "unknown"


def errors_by_place(logger: Any, name: str, event: EventDict) -> EventDict:
    """An error as its kind, those it came from, and the lines of code it went through."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, BaseException):
        error = (type(error), error, error.__traceback__)
    if error and error[1] is not None:
        event["error"], event["at"] = _kinds(error[1]), _places(error)
    return event


def _kinds(error: BaseException) -> list[str]:
    kinds: list[str] = []
    one: BaseException | None = error
    while one is not None and len(kinds) < 10:
        kinds.append(f"{type(one).__module__}.{type(one).__qualname__}")
        one = one.__cause__ or one.__context__
    return kinds


def _places(error: _ErrorParts) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error[2])[-12:]]


BEFORE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    by_route,
    errors_by_place,
    without_people,
]


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING. `form`: json, plain, or nothing: plain on a terminal."""
    plain = form == "plain" or (form != "json" and sys.stderr.isatty())
    last = structlog.dev.ConsoleRenderer(colors=False) if plain else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level, *BEFORE[:4], errors_by_place, without_people,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )  # fmt: skip
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "jangkau": {"level": "INFO"},
            "django": {"handlers": [], "propagate": True, "level": "WARNING"},
            "django.request": {"level": "ERROR"},  # what was refused stands in the line of its request
        },
    }
