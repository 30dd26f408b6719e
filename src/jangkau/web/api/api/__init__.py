"""The API: what a program may ask and what it gets. Lists of things come in pages: `after` is the last number seen."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from jangkau.web.api.api import cases, employers, law, lists, measures, once, people, projects, regions, webhooks
from jangkau.web.api.permissions import Key, KeyLimit
from jangkau.web.api.presenters import MEDIA, answer_in_problems

LIMIT = KeyLimit(600)
DESCRIPTION = (
    "Siapa yang terlindungi, menurut nama dan alamat. / Who is covered, by name and by address."
    " Kesalahan dijawab sebagai application/problem+json. / Errors are answered as application/problem+json."
)


REPEATED = {
    "name": once.HEADER, "in": "header", "required": False, "schema": {"type": "string", "pattern": once.FORM},
    "description": "The same request with the same key is done once within a day and answered twice.",
}  # fmt: skip


class JangkauAPI(NinjaAPI):
    """Says in its description that problems are problem+json, and that a key may be unknown or used too often."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                if method == "post" and path.removeprefix("/api/v1/") not in once.ONLY_READ:
                    operation.setdefault("parameters", []).append(REPEATED)
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {MEDIA: response["content"]["application/json"]}
        return schema


api = JangkauAPI(
    title="Jangkau",
    version=version("jangkau"),
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    auth=Key(),
    throttle=[LIMIT],
)
answer_in_problems(api)
for _name, _room in {
    "regions": regions, "measures": measures, "lists": lists, "people": people, "employers": employers,
    "projects": projects, "cases": cases, "law": law, "webhooks": webhooks,
}.items():  # fmt: skip
    api.add_router("", _room.router, tags=[_name])
