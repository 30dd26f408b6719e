"""POST with an Idempotency-Key: the first request is done, a repeated one gets the answer of the first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from jangkau.core.kernel import Refused
from jangkau.registry.access.queries import token_of
from jangkau.web.api import presenters
from jangkau.web.api.actions import answers

HEADER = "Idempotency-Key"
FORM = r"^[A-Za-z0-9._:-]{1,200}$"
ONLY_READ = {"people/search", "rules/evaluate"}  # a POST that changes nothing needs no key
View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """The view, doing a request with a key once."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        key = request.headers.get(HEADER)
        if request.method != "POST" or key is None:
            return view(request, *args, **given)
        token = token_of(
            request.headers.get("Authorization", "").removeprefix("Bearer ").strip(),
            date.today(),  # noqa: DTZ011  the day of the office that runs the server
        )
        if token is None:
            return view(request, *args, **given)  # says that the key is unknown
        if not re.match(FORM, key):
            return presenters.answer(request, 422, fields=[presenters.FieldProblem(field=HEADER, problem="pattern")])
        try:
            kept = answers.begin(token, key, _digest(request))
        except answers.AnotherRequest:
            return presenters.answer(request, 422, presenters.KEY_OF_ANOTHER)
        except Refused as told:
            return presenters.answer(request, 409, (told.indonesian, told.english))
        if kept.status:
            return HttpResponse(kept.body, status=kept.status, content_type=presenters.JSON)
        return _first(kept, lambda: view(request, *args, **given))

    return answered


def _first(kept: answers.KeptAnswer, view: Callable[[], HttpResponse]) -> HttpResponse:
    status = 0
    try:
        response = view()
        status = response.status_code
    finally:
        if not 200 <= status < 300:
            answers.forget(kept)
    if 200 <= status < 300:
        answers.keep(kept, status, response.content.decode())
    return response


def _digest(request: HttpRequest) -> str:
    """Of the address and of what was sent; of a form its fields and files, whose wrapping differs each time."""
    digest = hashlib.sha256(f"{request.path}\n".encode())
    if not (request.content_type or "").startswith("multipart/"):
        digest.update(request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
