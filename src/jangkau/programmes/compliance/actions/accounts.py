"""What an employer may do: sign in with an account that an officer opened, answer on its cases, send its lists."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.models import EmployerAccount
from jangkau.registry.access.actions import create_account, record
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases.actions import add_note, add_paper
from jangkau.registry.cases.models import Case
from jangkau.registry.lists.actions import receive_lists
from jangkau.registry.lists.actions.jobs import Start, ask_for
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.people.models import Employer


@transaction.atomic
def open_account(scope: Scope, employer: Employer, username: str, password: str) -> EmployerAccount:
    """A new account with which the employer sees its own page. Raises Refused for an employer outside one's areas and
    for a name that is taken."""
    require_write(scope)
    if not queries.employers(scope).filter(pk=employer.pk).exists():
        raise Refused("Perusahaan ini di luar wilayah Anda.", "This employer is outside your areas.")
    if User.objects.filter(username=username).exists():
        raise Refused("Nama akun itu sudah dipakai. Pilih nama lain.", "That account name is taken. Choose another.")
    user = create_account(username, password, by=scope.user)
    account = EmployerAccount.objects.create(employer_id=employer.pk, user=user, opened_by=scope.user)
    record(by=scope.user, action="employer_account_opened", subject=f"employer {employer.pk}", user=user.pk)
    return account


@transaction.atomic
def close_account(scope: Scope, account: EmployerAccount) -> None:
    """From now on nobody signs in with it; a second time changes nothing."""
    require_write(scope)
    held = EmployerAccount.objects.filter(pk=account.pk, closed_at=None)
    if held.update(closed_at=timezone.now(), closed_by=scope.user):
        User.objects.filter(pk=account.user_id).update(is_active=False)
        record(by=scope.user, action="employer_account_closed", subject=f"employer {account.employer_id}")


@transaction.atomic
def answer(scope: Scope, case: Case, text: str, proof: UploadedFile | None) -> None:
    """What the employer says on one of its cases, with a file or without. Raises Refused for a case of another and for
    one that has ended."""
    if not queries.own_cases(scope).filter(pk=case.pk, ended=False).exists():
        raise Refused("Perkara ini sudah ditutup atau bukan milik Anda.", "This case has ended or is not yours.")
    if not text.strip() and proof is None:
        raise Refused("Tulis jawaban atau pilih berkas.", "Write an answer or choose a file.")
    if proof is not None:
        add_paper(proof.name or "", proof.read(), case=case, by=scope.user)
    add_note(case, text.strip() or f"Mengirim {proof.name if proof else ''}", by=scope.user)


@transaction.atomic
def send_lists(scope: Scope, files: Iterable[UploadedFile], *, start: Start) -> list[SentList]:
    """Takes in lists of workers and wages from the employer: they stand with all other lists, under the folder of the
    employer, and an officer publishes them. Gives those that are new; says so on the open cases."""
    employer = queries.own_employer(scope)
    if employer is None:
        raise Refused("Akun ini bukan milik perusahaan.", "This account does not belong to an employer.")
    taken = [
        one
        for file in files
        for one in receive_lists(
            Path(file.temporary_file_path()),  # type: ignore[attr-defined]  # settings send every upload to disk
            path=f"perusahaan {employer.pk}/{file.name}",
            by=scope.user,
        )
    ]
    fresh = [item for item, is_new in taken if is_new]
    unread = [item for item in fresh if item.state == State.RECEIVED]
    if unread:
        ask_for("read", unread, by=scope.user, start=start)
    for case in queries.own_cases(scope).filter(ended=False) if fresh else ():
        names = ", ".join(f"{item.file_name} (daftar {item.pk})" for item in fresh)
        add_note(case, f"Mengirim daftar: {names}", by=scope.user)
    return fresh
