"""Asks a Jangkau register over its API. Standard library alone; written by tools/api_client.py from the description of
the API, so do not edit it: copy it beside your program."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


class Problem(Exception):
    """What the register answered instead: `status`, `detail` in the language asked for, `told` the whole answer."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        self.status, self.told, self.detail = status, told, told.get("detail", "")
        super().__init__(f"{status}: {self.detail}")


def is_signed(secret: str, header: str, body: bytes, *, now: float, seconds: int = 300) -> bool:
    """Does a message of a webhook come from the register, and not from long ago? `header`: Jangkau-Signature; `body`:
    the bytes as they came; `now`: seconds since 1970."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    moment, signature = parts.get("t", ""), parts.get("v1", "")
    made = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(made, signature) and moment.isdigit() and abs(now - int(moment)) <= seconds


def _part(value: str | int) -> str:
    """A value as one part of an address."""
    return quote(str(value), safe="")


def _form(file: Path, edge: str) -> bytes:
    name = file.name.replace('"', "_")
    head = f'--{edge}\r\nContent-Disposition: form-data; name="sent"; filename="{name}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    return head.encode() + file.read_bytes() + f"\r\n--{edge}--\r\n".encode()


class Jangkau:
    """A register at `address` (https://...), asked with a key (jgk_...)."""

    def __init__(self, address: str, key: str, *, language: str = "id", seconds: float = 60) -> None:
        self._base, self._seconds = address.rstrip("/") + "/api/v1", seconds
        self._headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}

    def _ask(
        self,
        verb: str,
        path: str,
        asked: dict[str, Any],
        *,
        body: dict[str, Any] | None = None,
        file: str | Path | None = None,
        key: str | None = None,
    ) -> Any:
        address, headers, sent = self._base + path, dict(self._headers), None
        wanted = {name: value for name, value in asked.items() if value is not None}
        if wanted:
            address += "?" + urlencode(wanted)
        if body is not None:
            headers["Content-Type"], sent = "application/json", json.dumps(body).encode()
        if file is not None:
            edge = uuid.uuid4().hex
            headers["Content-Type"], sent = f"multipart/form-data; boundary={edge}", _form(Path(file), edge)
        if key is not None:
            headers["Idempotency-Key"] = key
        try:
            with urlopen(Request(address, sent, headers, method=verb), timeout=self._seconds) as answer:
                content = answer.read()
                is_json = answer.headers.get_content_type() == "application/json"
                return json.loads(content) if is_json and content else content or None
        except HTTPError as error:
            with error:
                told = error.read()
            is_problem = error.headers.get_content_type() == "application/problem+json"
            raise Problem(error.code, json.loads(told) if is_problem else {}) from None

    def cases(
        self, *, kind: str | None = None, state: str | None = None, after: int | None = None, limit: int | None = None
    ) -> Any:
        """The cases in the order of their numbers."""
        return self._ask("GET", "/cases", {"kind": kind, "state": state, "after": after, "limit": limit})

    def case(self, number: int) -> Any:
        """A case and its history."""
        return self._ask("GET", f"/cases/{_part(number)}", {})

    def coverage(
        self,
        *,
        region: str | None = None,
        level: str | None = None,
        segment: str | None = None,
        as_of: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> Any:
        """The coverage of a measured day (the last one by default), of a region and what lies in it."""
        return self._ask(
            "GET",
            "/coverage",
            {"region": region, "level": level, "segment": segment, "as_of": as_of, "after": after, "limit": limit},
        )

    def days(self, *, after: int | None = None, limit: int | None = None) -> Any:
        """The measured days, newest first."""
        return self._ask("GET", "/coverage/days", {"after": after, "limit": limit})

    def employers(self, *, finding: str | None = None, after: int | None = None, limit: int | None = None) -> Any:
        """The employers in the order of their numbers; `finding` keeps those with that code."""
        return self._ask("GET", "/employers", {"finding": finding, "after": after, "limit": limit})

    def employer(self, number: int) -> Any:
        """One employer."""
        return self._ask("GET", f"/employers/{_part(number)}", {})

    def job(self, number: int) -> Any:
        """How far long work is."""
        return self._ask("GET", f"/jobs/{_part(number)}", {})

    def lists(
        self, *, kind: str | None = None, state: str | None = None, after: int | None = None, limit: int | None = None
    ) -> Any:
        """The lists in the order in which they came."""
        return self._ask("GET", "/lists", {"kind": kind, "state": state, "after": after, "limit": limit})

    def send_list(self, file: str | Path, *, idempotency_key: str | None = None) -> Any:
        """Takes a file (or a zip of files) in and has it read."""
        return self._ask("POST", "/lists", {}, file=file, key=idempotency_key)

    def one_list(self, number: int) -> Any:
        """A list and where it stands."""
        return self._ask("GET", f"/lists/{_part(number)}", {})

    def corrected(self, number: int) -> bytes:
        """The list with what is wrong marked in it; it holds whole NIK. A long one is asked for by POST first."""
        return self._ask("GET", f"/lists/{_part(number)}/corrected", {})

    def ask_corrected(self, number: int, *, idempotency_key: str | None = None) -> Any:
        """Has the corrected workbook of a list written; the job says how far it is. Asked again meanwhile it is the
        same job."""
        return self._ask("POST", f"/lists/{_part(number)}/corrected", {}, key=idempotency_key)

    def problems(self, number: int, code: str, *, after: int | None = None, limit: int | None = None) -> Any:
        """The cells with a problem of this code, in the order of the list."""
        return self._ask("GET", f"/lists/{_part(number)}/problems/{_part(code)}", {"after": after, "limit": limit})

    def publish(self, number: int, *, idempotency_key: str | None = None) -> Any:
        """Has a list published; the job says how far it is."""
        return self._ask("POST", f"/lists/{_part(number)}/publish", {}, key=idempotency_key)

    def search(self, body: dict[str, Any]) -> Any:
        """The people found, a page at a time."""
        return self._ask("POST", "/people/search", {}, body=body)

    def person(self, number: int) -> Any:
        """One person; a number that was merged answers with the person who remained."""
        return self._ask("GET", f"/people/{_part(number)}", {})

    def projects(
        self, *, region: str | None = None, state: str | None = None, after: int | None = None, limit: int | None = None
    ) -> Any:
        """The works in the order of their numbers."""
        return self._ask("GET", "/projects", {"region": region, "state": state, "after": after, "limit": limit})

    def project(self, number: int) -> Any:
        """One work."""
        return self._ask("GET", f"/projects/{_part(number)}", {})

    def regions(
        self, *, inside: str | None = None, level: str | None = None, after: str | None = None, limit: int | None = None
    ) -> Any:
        """The regions of a level inside a region, in the order of their codes."""
        return self._ask("GET", "/regions", {"inside": inside, "level": level, "after": after, "limit": limit})

    def region(self, code: str) -> Any:
        """One region."""
        return self._ask("GET", f"/regions/{_part(code)}", {})

    def rules(self, *, after: int | None = None, limit: int | None = None) -> Any:
        """Every rule with the law it rests on and what it gives."""
        return self._ask("GET", "/rules", {"after": after, "limit": limit})

    def evaluate(self, body: dict[str, Any]) -> Any:
        """Each case worked out; one that cannot be computed says why and the others go on."""
        return self._ask("POST", "/rules/evaluate", {}, body=body)

    def webhooks(self, *, after: int | None = None, limit: int | None = None) -> Any:
        """The addresses told for this key."""
        return self._ask("GET", "/webhooks", {"after": after, "limit": limit})

    def make_webhook(self, body: dict[str, Any], *, idempotency_key: str | None = None) -> Any:
        """From now on the address is told of these events."""
        return self._ask("POST", "/webhooks", {}, body=body, key=idempotency_key)

    def end_webhook(self, number: int) -> Any:
        """From now on the address is told nothing."""
        return self._ask("DELETE", f"/webhooks/{_part(number)}", {})

    def deliveries(self, number: int, *, after: int | None = None, limit: int | None = None) -> Any:
        """What the address was told, with every attempt."""
        return self._ask("GET", f"/webhooks/{_part(number)}/deliveries", {"after": after, "limit": limit})
