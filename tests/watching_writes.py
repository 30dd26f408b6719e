"""Every write of a request has its event in the record: looked at in every request that any test makes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.I)
EVENT = "access_auditevent"
WITHOUT_EVENT = {  # table: why a write of it is nothing that happened to the register
    "django_session": "who is signed in, kept by Django",
    "usersessions_usersession": "the same, to be shown to its user",
    "socialaccount_socialaccount": "when its user last came from the office; who comes in is recorded",
    "access_user": "Django notes the last sign-in",
    "api_keptanswer": "what a repeated request is answered; what the request did is recorded by it",
    "django_tasks_database_dbtaskresult": "the queue of the worker; what a job does is recorded by the job",
}


class EveryWriteHasItsEvent:
    """Raises AssertionError for a request that wrote to a table and added nothing to the record."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        written: set[str] = set()

        def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if found := WRITE.match(str(sql)):
                written.add(found.group(1))
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            response = self.get_response(request)
        unrecorded = written - WITHOUT_EVENT.keys() - {EVENT}
        if EVENT not in written and unrecorded:
            raise AssertionError(f"{request.method} {request.path} wrote {sorted(unrecorded)} and recorded nothing")
        return response
