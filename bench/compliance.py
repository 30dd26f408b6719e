"""Letters: 1,000 first warnings asked for at once, written by the worker's job and bound, with the CPU of it; a sample
is read back and its QR address opened. Compliance: every page of employers and cases with 20,000 employers and 40,000
cases, the time within which 95 of 100 answers came. Called by `python -m bench`; neither needs another step."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.test import Client

from bench.outcome import Long, Outcome, cpu_seconds
from bench.steps import AS_OF, User, gazetteer, main, timed  # and Django is set up
from jangkau.programmes.compliance.actions import ask_for_letters, do_letters, open_account
from jangkau.programmes.compliance.models import LetterRun
from jangkau.programmes.compliance.states import EMPLOYER, KIND, TOPICS
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.actions import Opening, move_cases, open_cases, save_letterhead
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import SentLetter
from jangkau.registry.lists.actions.jobs import do_job
from jangkau.registry.lists.models import Job
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.models import Employer

LETTERS, EMPLOYERS, ROUNDS = 1_000, 20_000, 20
CODES = tuple(TOPICS)
PAGES = {
    "employers": "/perusahaan/", "finding": "/perusahaan/?finding=arrears&arrears_class=bad",
    "without a case": "/perusahaan/?case=none", "deep": "/perusahaan/?page=300", "employer": "/perusahaan/7777/",
    "arrears": "/perusahaan/tunggakan/", "board": "/perkara/jenis/compliance/",
    "late": "/perkara/jenis/compliance/?limit=late", "case": "/perkara/7777/", "agenda": "/kepatuhan/agenda/",
    "agenda by workers": "/kepatuhan/agenda/?order=weight",
}  # fmt: skip


def step_letters(folder: Path, workers: int) -> tuple[Outcome, Long]:
    client, scope = _office()
    firms = _firms(LETTERS)
    openings = [_opening(firm, "pwbd") for firm in firms]
    opened = open_cases(KIND, openings, on=AS_OF - timedelta(days=3), by=scope.user)
    moved = move_cases([case.pk for case in opened], "warn_1", on=AS_OF - timedelta(days=2), by=scope.user)
    assert moved.moved == LETTERS
    run = ask_for_letters(scope, [case.pk for case in opened], "warning_1", dated_on=AS_OF, start=lambda number: None)
    before = cpu_seconds()
    seconds = timed(lambda: do_job(run.job_id, do_letters))
    cpu = cpu_seconds() - before
    run = LetterRun.objects.select_related("job").get(pk=run.pk)
    assert (run.written, run.job.done, run.job.state) == (LETTERS, LETTERS, Job.State.DONE)
    bundle = papers.fetch(run.bundle)
    assert len(pypdfium2.PdfDocument(bundle)) >= LETTERS
    for letter in SentLetter.objects.order_by("pk")[:: LETTERS // 10]:
        page = pypdfium2.PdfDocument(papers.fetch(letter.sha256))[0].get_textpage().get_text_range()
        assert letter.number in page and f"/surat/{letter.code}/" in "".join(page.split())
        assert letter.number in client.get(f"/surat/{letter.code}/").text
    before = cpu_seconds()
    floor = timed(lambda: (folder / "copy.bin").write_bytes(bundle))
    amount = f"{LETTERS:,} letters, {len(bundle) / 2**20:.0f} MB bound; {cpu / LETTERS:.3f} s of CPU a letter"
    return (seconds, "the bundle written", floor, amount), Long(cpu, max(cpu_seconds() - before, 1e-3), 0)


def step_compliance(folder: Path, workers: int) -> Outcome:
    client, scope = _office()
    firms = _firms(EMPLOYERS)
    openings = [_opening(firm, code) for firm in firms for code in firm.finding.split("|")]
    cases = open_cases(KIND, openings, on=AS_OF - timedelta(days=3), by=scope.user)
    account = open_account(scope, firms[7777], "firm", "kata-sandi-rekaan-7")
    own = Client(headers={"host": "localhost"})
    own.force_login(account.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {name: _p95(client, address) for name, address in PAGES.items()} | {"own": _p95(own, "/perusahaan/saya/")}
    floor = _p95(client, "/hidup/")
    pages = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in told.items())
    amount = f"{EMPLOYERS:,} employers, {len(cases):,} cases; p95: {pages}"
    return max(told.values()), "a page that says ok, p95", floor, amount


def _office() -> tuple[Client, Scope]:
    main(["init", "--data", str(settings.JANGKAU_DATA)])
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    set_fact("as_of", AS_OF.isoformat())
    user = User.objects.create_user("compliance", is_superuser=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    scope = Scope((settings.JANGKAU_AREA,), may_write=True, user=user)
    head = {"office": "Kantor Cabang Rekaan", "signatory_name": "Siti Contoh", "city": "Palabuhanratu"}
    save_letterhead(scope, settings.JANGKAU_AREA, head, agency="branch")
    return client, scope


def _firms(count: int) -> list[Employer]:
    villages = [str(region.code) for region in gazetteer().inside(settings.JANGKAU_AREA, "village")]
    return Employer.objects.bulk_create(
        [
            Employer(
                id=n, name=f"PT REKAAN {n}", npp=f"N{n}", nib=f"{n:013d}", village_id=villages[n % len(villages)],
                scale="Usaha Menengah", workers_found=20 + n % 90, workers_registered=n % 20, affected=20 + n % 90,
                arrears_months=n % 15, arrears=n % 15 * 2_500_000, in_branch=True,
                finding=f"{CODES[n % 5]}|{CODES[(n + 1) % 5]}",
            )
            for n in range(1, count + 1)
        ],
        batch_size=1000,
    )  # fmt: skip


def _opening(firm: Employer, code: str) -> Opening:
    facts = {"npp": firm.npp, "nib": firm.nib, "workers_found": firm.workers_found, "workers_registered": 0}
    return Opening(code, EMPLOYER, firm.pk, firm.name or "", firm.village_id, weight=firm.affected, facts=facts)


def _p95(client: Client, address: str) -> float:
    assert client.get(address).status_code == 200, address
    return sorted(timed(lambda: client.get(address)) for _ in range(ROUNDS))[int(0.95 * ROUNDS) - 1]
