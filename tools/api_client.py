"""Writes clients/python/jangkau_client.py from the description of the API: `python tools/api_client.py`. One method for
each operation; the part that does not change stands in tools/api_client_head.py.txt."""

from __future__ import annotations

import keyword
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "clients/python/jangkau_client.py"
KINDS = {"integer": "int", "string": "str", "number": "float", "boolean": "bool"}


def client(description: dict[str, Any]) -> str:
    """The text of the client."""
    head = (ROOT / "tools/api_client_head.py.txt").read_text()
    methods = [
        _method(path, verb, operation)
        for path, operations in sorted(description["paths"].items())
        for verb, operation in sorted(operations.items())
    ]
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(TARGET), "-"],
        input=head + "\n".join(methods), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return formatted.stdout


def _method(path: str, verb: str, operation: dict[str, Any]) -> str:
    inside = {p["name"]: _kind(p["schema"]) for p in operation.get("parameters", []) if p["in"] == "path"}
    asked = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "query"}
    repeated = any(p["in"] == "header" for p in operation.get("parameters", []))
    content = operation.get("requestBody", {}).get("content", {})
    first = [f"{name}: {inside[name]}" for name in re.findall(r"{(\w+)}", path)]
    first += [f"{name}: {_kind(told['schema'])}" for name, told in asked.items() if told["required"]]
    if "application/json" in content:
        first.append("body: dict[str, Any]")
    if "multipart/form-data" in content:
        first.append("file: str | Path")
    last = [f"{name}: {_kind(told['schema'])} | None = None" for name, told in asked.items() if not told["required"]]
    if repeated:
        last.append("idempotency_key: str | None = None")
    given = ", ".join(["self", *first, *(["*", *last] if last else [])])
    answers = next(told for status, told in operation["responses"].items() if int(status) < 300).get("content", {})
    gives = "bytes" if answers and "application/json" not in answers else "Any"
    extras = [f"{{{', '.join(f'{name!r}: {name}' for name in asked)}}}".replace("'", '"') if asked else "{}"]
    if "application/json" in content:
        extras.append("body=body")
    if "multipart/form-data" in content:
        extras.append("file=file")
    if repeated:
        extras.append("key=idempotency_key")
    place = "f" * bool(inside) + '"' + re.sub(r"{(\w+)}", r"{_part(\1)}", path.removeprefix("/api/v1")) + '"'
    lines = [
        f"    def {_name(path, verb, operation)}({given}) -> {gives}:",
        f'        """{operation["description"].strip()}"""',
        f'        return self._ask("{verb.upper()}", {place}, {", ".join(extras)})',
        "",
    ]
    return "\n".join(lines)


def _name(path: str, verb: str, operation: dict[str, Any]) -> str:
    name = str(operation["operationId"]).rpartition("_api_")[2]
    room, _, own = name.partition("_")
    name = f"{own}_{room.removesuffix('s')}" if own in ("end", "make", "send") else own
    assert not keyword.iskeyword(name)
    return name


def _kind(schema: dict[str, Any]) -> str:
    return next((KINDS[s["type"]] for s in [schema, *schema.get("anyOf", [])] if s.get("type") in KINDS), "str")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.web.site.settings")
    import django

    django.setup()
    from jangkau.web.api.api import api

    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(client(api.get_openapi_schema()))
