"""Addresses of the API. Programs show their key with each request, so no route asks for a session."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from jangkau.web.api.api import api
from jangkau.web.api.api.once import ONLY_READ, once

_patterns, _namespace, _name = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _view = _pattern.callback if str(_pattern.pattern) in ONLY_READ else once(_pattern.callback)
        _pattern.callback = login_not_required(_view)

urlpatterns = [path("api/v1/", (_patterns, _namespace, _name))]
