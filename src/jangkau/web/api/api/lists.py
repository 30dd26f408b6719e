"""Lists: sent, read, looked at, published. The same bytes are the same list, so sending twice is harmless."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpRequest, HttpResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from jangkau.core.kernel import Refused, Unknown
from jangkau.core.reading.answers import corrected_name
from jangkau.registry.access.actions import record_look
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import Permission
from jangkau.registry.access.permissions import Scope, require, require_write
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import receive_lists
from jangkau.registry.lists.actions.jobs import ask_for
from jangkau.registry.lists.models import Job, Kind, SentList, State
from jangkau.registry.lists.presenters.answers import answer_to
from jangkau.registry.lists.presenters.books import CORRECTED, book_for, is_large, place_of
from jangkau.registry.lists.queries.columns import require_all_columns
from jangkau.registry.lists.tasks import start, start_book
from jangkau.registry.people.views import download
from jangkau.web.api.forms import PROBLEMS, After, Limit, Number, page
from jangkau.web.api.permissions import Key, scope_in

router = Router(auth=Key(Permission.LISTS))
SEND = Key(Permission.SEND_LISTS)


class ListOut(Schema):
    """`problems`: rows by problem code; `rows_of_people` of `rows` hold data; linked, new and review once published."""

    id: int
    path: str
    kind: str
    state: str
    village_code: str | None
    month: date | None
    rows: int
    rows_of_people: int
    problems: dict[str, int]
    linked: int
    new: int
    review: int
    received_at: datetime
    error_id: str | None
    error_en: str | None


class ListsOut(Schema):
    items: list[ListOut]
    next: int | None


class JobOut(Schema):
    """Long work: `state` waiting, running, done, failed or cancelled; `done` of `total`."""

    id: int
    kind: str
    state: str
    lists: list[int]
    done: int
    total: int


class ReceivedOut(Schema):
    """What was received, and the job that reads it; none when all of it was known already."""

    items: list[ListOut]
    job: JobOut | None


class FindingOut(Schema):
    """A cell with a problem; the cell is named, what it holds is not repeated."""

    sheet: str
    row: int
    cell: str | None


class FindingsOut(Schema):
    items: list[FindingOut]
    next: int | None


@router.get("lists", response={200: ListsOut, **PROBLEMS}, summary="Daftar yang diterima")
def lists(
    request: HttpRequest, kind: Kind | None = None, state: State | None = None, after: After = 0, limit: Limit = 100
) -> object:
    """The lists in the order in which they came."""
    found = queries.lists(scope_in(request))
    if kind is not None:
        found = found.filter(kind=kind)
    if state is not None:
        found = found.filter(state=state)
    rows, further = page(found, after, limit)
    return {"items": [_out(item) for item in rows], "next": further}


@router.post("lists", auth=SEND, response={201: ReceivedOut, **PROBLEMS}, summary="Mengirim daftar")
def send(request: HttpRequest, sent: File[UploadedFile]) -> object:
    """Takes a file (or a zip of files) in and has it read."""
    scope = scope_in(request)
    require_write(scope)
    name = Path(sent.name or "daftar").name[:300]
    with TemporaryDirectory() as folder:
        place = Path(folder) / "list"
        with place.open("wb") as beside:
            for chunk in sent.chunks():
                beside.write(chunk)
        received = receive_lists(place, path=name, by=scope.user)
    unread = [item for item, is_new in received if is_new or item.state in (State.RECEIVED, State.UNREADABLE)]
    job = ask_for("read", unread, by=scope.user, start=start) if unread else None
    known = queries.lists(scope).in_bulk([item.pk for item, _ in received])
    return Status(201, {"items": [_out(item) for item in known.values()], "job": _job(job) if job else None})


@router.get("lists/{number}", response={200: ListOut, **PROBLEMS}, summary="Satu daftar")
def one_list(request: HttpRequest, number: Number) -> object:
    """A list and where it stands."""
    return _out(_item(request, number))


@router.get("lists/{number}/problems/{code}", response={200: FindingsOut, **PROBLEMS}, summary="Sel yang bermasalah")
def problems(request: HttpRequest, number: Number, code: str, after: After = 0, limit: Limit = 100) -> object:
    """The cells with a problem of this code, in the order of the list."""
    item = _item(request, number)
    if not item.problem_counts.get(code):
        return {"items": [], "next": None}
    found = queries.rows_with_problem(scope_in(request), item, code, limit + 1, skip=after)
    further = after + limit if found.height > limit else None
    return {"items": found.head(limit).select("sheet", "row", "cell").to_dicts(), "next": further}


@router.get(
    "lists/{number}/corrected", auth=SEND, response={200: None, **PROBLEMS}, summary="Buku kerja yang diperbaiki",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                        "schema": {"type": "string", "format": "binary"}
                    }
                }
            }
        }
    },
)  # fmt: skip
def corrected(request: HttpRequest, number: Number) -> HttpResponse:
    """The list with what is wrong marked in it; it holds whole NIK. A long one is asked for by POST first."""
    scope, item = _to_correct(request, number)
    place = place_of(item, book_for(scope, item, CORRECTED))
    if is_large(item) and not place.exists():
        raise Refused(
            "Daftar ini panjang. Minta buku kerjanya dengan POST, lalu ambil sesudah pekerjaannya selesai.",
            "This list is long. Ask for its workbook by POST, and fetch it once that job is done.",
        )
    content = seal.content_of(place) if is_large(item) else answer_to(scope, item)
    record_look(by=scope.user, action="list_answer_downloaded", subject=f"list {item.pk}")
    return download(content, corrected_name(item.path))


@router.post(
    "lists/{number}/corrected", auth=SEND, response={202: JobOut, **PROBLEMS}, summary="Meminta buku kerja"
)  # fmt: skip
def ask_corrected(request: HttpRequest, number: Number) -> object:
    """Has the corrected workbook of a list written; the job says how far it is. Asked again meanwhile it is the
    same job."""
    scope, item = _to_correct(request, number)
    book = book_for(scope, item, CORRECTED)
    own = queries.jobs(scope).filter(book=book, created_by=scope.user, lists=[item.pk])
    running = own.filter(state__in=queries.UNFINISHED).first()
    return Status(202, _job(running or ask_for("book", [item], by=scope.user, start=start_book, book=book)))


@router.post("lists/{number}/publish", auth=SEND, response={202: JobOut, **PROBLEMS}, summary="Mempublikasikan")
def publish(request: HttpRequest, number: Number) -> object:
    """Has a list published; the job says how far it is."""
    scope, item = scope_in(request), _item(request, number)
    require(scope, Permission.PUBLISH, item.village_id or item.district_id)
    if item.state != State.READ:
        raise Refused(
            "Hanya daftar yang terbaca dan belum dipublikasikan dapat dipublikasikan.",
            "Only a list that was read and is not published can be published.",
        )
    return Status(202, _job(ask_for("publish", [item], by=scope.user, start=start)))


@router.get("jobs/{number}", response={200: JobOut, **PROBLEMS}, summary="Pekerjaan panjang")
def job(request: HttpRequest, number: Number) -> object:
    """How far long work is."""
    found = queries.jobs(scope_in(request)).filter(pk=number).first()
    if found is None:
        raise Unknown("Pekerjaan itu tidak ada.", "That work does not exist.")
    return _job(found)


def _to_correct(request: HttpRequest, number: int) -> tuple[Scope, SentList]:
    """Raises Refused for a reader, for a list that was not read, and for one with columns that are not to be seen."""
    scope, item = scope_in(request), _item(request, number)
    require_write(scope)
    require_all_columns(scope, item)
    if not item.rows:
        raise Refused("Daftar ini belum terbaca.", "This list was not read.")
    return scope, item


def _item(request: HttpRequest, number: int) -> SentList:
    found = queries.lists(scope_in(request)).filter(pk=number).first()
    if found is None:
        raise Unknown("Daftar itu tidak ada di wilayah kunci ini.", "That list is not in the area of this key.")
    return found


def _out(item: SentList) -> dict[str, object]:
    error = item.error or {}
    return {
        "id": item.pk, "path": item.path, "kind": item.kind, "state": item.state, "village_code": item.village_id,
        "month": item.month, "rows": item.rows, "rows_of_people": item.rows_of_people,
        "problems": item.problem_counts, "linked": item.linked, "new": item.new, "review": item.review,
        "received_at": item.received_at, "error_id": error.get("id"), "error_en": error.get("en"),
    }  # fmt: skip


def _job(found: Job) -> dict[str, object]:
    return {
        "id": found.pk, "kind": found.kind, "state": found.state, "lists": found.lists,
        "done": found.done, "total": found.total,
    }  # fmt: skip
