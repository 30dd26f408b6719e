"""Errors as problem+json (RFC 9457), in Indonesian and English."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import Field

from jangkau.core.kernel import Corrupt, JangkauError, Refused, Unknown

MEDIA, JSON = "application/problem+json", "application/json; charset=utf-8"
TITLES = {
    400: ("Permintaan tidak terbaca", "The request cannot be read"),
    401: ("Kunci tidak dikenal", "The key is not known"),
    403: ("Tidak diizinkan", "Not allowed"),
    404: ("Tidak ditemukan", "Not found"),
    409: ("Tidak dapat dilakukan sekarang", "Cannot be done now"),
    422: ("Isian tidak sesuai", "The input does not fit"),
    429: ("Terlalu sering", "Too often"),
}
DETAILS = {
    400: ("Kirim isi permintaan sebagai JSON yang utuh.", "Send the body as whole JSON."),
    401: (
        "Kirim kunci yang masih berlaku: Authorization: Bearer jgk_...",
        "Send a key that is valid: Authorization: Bearer jgk_...",
    ),
    403: ("Kunci ini tidak mempunyai hak untuk itu.", "This key has no permission for that."),
    404: ("Tidak ada, atau di luar wilayah kunci ini.", "It does not exist, or lies outside the area of this key."),
    422: ("Perbaiki isian yang disebut dalam “fields”.", "Correct the inputs named in “fields”."),
    429: ("Tunggu sebentar lalu ulangi.", "Wait a moment and repeat."),
}
KEY_OF_ANOTHER = (
    "Idempotency-Key ini sudah dipakai untuk permintaan lain. Pakai kunci baru.",
    "This Idempotency-Key was used for another request. Use a fresh one.",
)
STATUS_OF = {Unknown: 404, Refused: 409, Corrupt: 422}


class FieldProblem(Schema):
    """An input that does not fit. What was sent is never repeated: it may be somebody's number."""

    field: str
    problem: str


class Problem(Schema):
    """What went wrong, in the language asked for and in both."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    detail_id: str
    detail_en: str
    fields: list[FieldProblem] = []


def answer(
    request: HttpRequest, status: int, said: tuple[str, str] | None = None, fields: list[FieldProblem] | None = None
) -> HttpResponse:
    """A problem as the answer to a request."""
    indonesian, english = said or DETAILS[status]
    in_english = request.headers.get("Accept-Language", "").lower().startswith("en")
    problem = Problem(
        type="about:blank",
        title=TITLES[status][in_english],
        status=status,
        detail=english if in_english else indonesian,
        detail_id=indonesian,
        detail_en=english,
        fields=fields or [],
    )
    response = HttpResponse(problem.model_dump_json(), status=status, content_type=MEDIA)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def answer_in_problems(api: NinjaAPI) -> None:
    """Every error of the API becomes a problem."""

    def unfit(request: HttpRequest, error: Any) -> HttpResponse:
        fields = [FieldProblem(field=".".join(map(str, each["loc"])), problem=each["type"]) for each in error.errors]
        return answer(request, 422, fields=fields)

    def told(request: HttpRequest, error: Any) -> HttpResponse:
        status = next(code for family, code in STATUS_OF.items() if isinstance(error, family))
        return answer(request, status, (error.indonesian, error.english))

    def plain(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, getattr(error, "status_code", 404))

    api.add_exception_handler(ValidationError, unfit)
    api.add_exception_handler(JangkauError, told)
    api.add_exception_handler(AuthenticationError, lambda request, error: answer(request, 401))
    api.add_exception_handler(Throttled, lambda request, error: answer(request, 429))
    api.add_exception_handler(HttpError, plain)
