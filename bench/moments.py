"""What is done to the register, what is killed meanwhile, and what must hold afterwards. See bench.faults."""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.db import connection, connections
from django.db.utils import InterfaceError, OperationalError

from bench import faults, killing
from bench.cluster import Cluster, free_port
from jangkau.core.kernel import Refused
from jangkau.programmes.compliance import tasks as letters
from jangkau.programmes.compliance.actions import ask_for_letters
from jangkau.programmes.compliance.models import LetterRun
from jangkau.programmes.compliance.states import LETTERS
from jangkau.programmes.subsidy import tasks as decrees
from jangkau.programmes.subsidy.actions.papers import ask_for_papers
from jangkau.programmes.subsidy.gateways.papers import PAPERS, place_of
from jangkau.programmes.subsidy.models import Decree
from jangkau.registry.access.models import Agency, AuditEvent, User
from jangkau.registry.access.permissions import scope_of
from jangkau.registry.access.queries import proof_of_record
from jangkau.registry.cases.actions import move_case
from jangkau.registry.cases.models import Case, SentLetter
from jangkau.registry.lists.actions.jobs import ask_for
from jangkau.registry.lists.models import Job, Kind, Plan, SentList, State
from jangkau.registry.lists.queries import UNFINISHED
from jangkau.registry.lists.tasks import start

CHECKED = {  # what the register holds, whatever numbers its rows have
    "people": "SELECT name, nik, village_id FROM people_person ORDER BY 1, 2, 3",
    "appearances": "SELECT sent_list_id, line FROM lists_appearance ORDER BY 1, 2",
    "memberships": "SELECT list_number, kpj FROM people_membership ORDER BY 1, 2",
    "doubts": "SELECT sent_list_id, line FROM lists_reviewpair ORDER BY 1, 2",
}


def _to_be_reminded() -> tuple[User | None, list[int]]:
    """Who writes reminders, and up to four cases for them; nobody where there are no cases."""
    office = User.objects.filter(agency=Agency.BRANCH, assignments__isnull=False).first()
    stages = LETTERS["reminder"].stages
    for case in Case.objects.filter(kind="compliance").exclude(state__in=stages).order_by("pk") if office else ():
        with suppress(Refused):
            move_case(case.pk, "remind", on=date(2026, 10, 30), facts={}, by=office)
    ready = Case.objects.filter(kind="compliance", state__in=stages).order_by("pk")
    return office, list(ready.values_list("pk", flat=True)[:4])


class Moments:
    """A register, the processes on it, and what was found wrong."""

    def __init__(self, folder: Path, chance: random.Random, cluster: Cluster | None) -> None:
        self.folder, self.chance, self.cluster = folder, chance, cluster
        self.log, self.port, self.target = str(folder / "log"), free_port(), folder / "kept.jangkau"
        self.user = User.objects.filter(assignments__isnull=False).first() or User.objects.create_superuser("petugas")
        self.cookie = killing.cookie_of(self.user)
        self.office, self.cases = _to_be_reminded()
        self.list = SentList.objects.filter(kind=Kind.WORKERS, state=State.PUBLISHED).order_by("-rows_of_people")[0]
        self.sent = 0
        self.wrong: list[str] = []
        self.takes: dict[str, float] = {}
        self.doomed = ("", 0.0)  # who is killed next, and when
        self.held = {True: self.contents()}  # by whether the list is published

    def run(self, moments: int, only: str | None) -> dict[str, object]:
        """Each operation once in peace, then so many moments; what was killed when, and what was wrong."""
        kinds: list[tuple[str, Callable[[], bool]]] = [
            ("upload", self.upload), ("publication", self.publish), ("backup", self.backup),
        ]  # fmt: skip
        if Decree.objects.exists() and self.cases:
            kinds += [("decree", self.decree), ("letters", self.letters)]
        kinds = [each for each in kinds if not only or each[0] == only]
        self.worker = killing.start(killing.work, self.log)
        self.second = killing.start(killing.work, self.log)  # is handed the same work, and never does it twice
        self.web = killing.start(killing.serve, self.port, self.log)
        killing.wait_for_port(self.port)
        again = [each for each in kinds if each[0] == "publication"]  # it is taken back first, then published
        for name, act in (*kinds, *again):
            began = time.monotonic()
            act()
            self.settle()
            self.takes[name] = time.monotonic() - began
            self.held.setdefault(self.is_published(), self.contents())
            self.check(f"{name} in peace")
        done: Counter[str] = Counter()
        for number in range(moments):
            name, act = kinds[number % len(kinds)]
            victim = self.victim(name)
            done[f"{victim} during {name}"] += 1
            self.moment(f"moment {number}: {victim} during {name}", name, act, victim)
        for process in (self.worker, self.second, self.web):
            killing.kill(process)
        seconds = {name: round(taken, 2) for name, taken in self.takes.items()}
        return {"moments": moments, "killed": dict(done), "seconds_in_peace": seconds, "wrong": self.wrong}

    def victim(self, name: str) -> str:
        if self.cluster is not None:
            return self.chance.choice(["database", "database", "worker"])
        return {"upload": self.chance.choice(["web", "worker"]), "backup": "backup"}.get(name, "worker")

    def moment(self, told: str, name: str, act: Callable[[], bool], victim: str) -> None:
        """Begins the operation, kills the victim somewhere in it, lets the rest recover, looks, does it again where it
        was not done."""
        letters_before = LetterRun.objects.count()
        events = self.published_events()
        before = self.is_published()
        after = self.chance.uniform(0, 1.1) * self.takes[name]
        self.doomed = (victim, time.monotonic() + after)
        answered = False
        with suppress(OperationalError, InterfaceError):
            answered = act()
        self.strike()
        connections.close_all()
        self.settle()
        wrong = []
        if name == "upload" and answered and not SentList.objects.filter(sha256=self.sha).exists():
            wrong.append("an answered upload is lost")
        if name == "upload" and not self.upload_again():
            wrong.append("the list cannot be sent again")
        if name == "publication" and self.published_events() - events != (self.is_published() and not before):
            wrong.append(f"published and written down {self.published_events() - events} times")
        if name == "letters" and LetterRun.objects.count() > letters_before:
            run = LetterRun.objects.latest("pk")
            times = Counter(SentLetter.objects.filter(pk__gt=run.letters_before).values_list("case_id", flat=True))
            if run.job.state == Job.State.DONE and (set(times) != set(run.cases) or max(times.values()) > 1):
                wrong.append(f"letters {dict(times)} for {run.cases}")
        self.check(told, wrong)

    def strike(self) -> None:
        """Kills the victim at its moment, and starts it again."""
        victim, at = self.doomed
        time.sleep(max(0.0, at - time.monotonic()))
        if victim == "worker":
            killing.kill(self.worker)
            self.worker = killing.start(killing.work, self.log)
        elif victim == "web":
            killing.kill(self.web)
            self.web = killing.start(killing.serve, self.port, self.log)
            killing.wait_for_port(self.port)
        elif victim == "database" and self.cluster is not None:
            self.cluster.kill()
            connections.close_all()
            self.cluster.begin()

    def settle(self) -> None:
        """Until the worker has ended what was asked for."""
        until = time.monotonic() + faults.PATIENCE
        while time.monotonic() < until:
            with suppress(OperationalError, InterfaceError):
                if not Job.objects.filter(state__in=UNFINISHED).exists():
                    return
            connections.close_all()
            time.sleep(0.05)
        self.wrong.append(f"work never ended: {list(Job.objects.filter(state__in=UNFINISHED).values('pk', 'kind'))}")

    # what is done

    def upload(self) -> bool:
        self.sent += 1
        rows = "".join(f"{n};{faults.name(1000 * self.sent + n)};;02-04-1985;P;Kp. B;Petani\n" for n in range(1, 60))
        self.content = (faults.VILLAGE + rows).encode()
        self.sha = hashlib.sha256(self.content).hexdigest()
        if self.doomed[0] != "web":
            return killing.send(self.port, self.cookie, f"kiriman {self.sent}.csv", self.content)
        sender = killing.start(killing.send, self.port, self.cookie, f"kiriman {self.sent}.csv", self.content)
        self.strike()
        sender.join()
        self.doomed = ("", 0.0)
        return False

    def upload_again(self) -> bool:
        killing.send(self.port, self.cookie, f"kiriman {self.sent}.csv", self.content)
        self.settle()
        found = SentList.objects.filter(sha256=self.sha)
        return found.count() == 1 and found[0].state == State.READ and killing.rows_in(self.sha) == found[0].rows

    def publish(self) -> bool:
        """Publishes the list, or takes it back when it stands."""
        item = SentList.objects.get(pk=self.list.pk)
        ask_for("take_back" if item.state == State.PUBLISHED else "publish", [item], by=self.user, start=start)
        return True

    def backup(self) -> bool:
        making = killing.start(killing.back_up, str(self.target), self.log)
        victim, at = self.doomed
        if victim == "backup":
            time.sleep(max(0.0, at - time.monotonic()))
            killing.kill(making)
        making.join()
        return making.exitcode == 0

    def decree(self) -> bool:
        ask_for_papers(scope_of(self.user), Decree.objects.earliest("pk"), start=decrees.start)
        return True

    def letters(self) -> bool:
        ask_for_letters(scope_of(self.office), self.cases, "reminder", dated_on=date(2026, 10, 31), start=letters.start)
        return True

    # what must hold

    def is_published(self) -> bool:
        return SentList.objects.get(pk=self.list.pk).state == State.PUBLISHED

    def published_events(self) -> int:
        return AuditEvent.objects.filter(action="list_published", subject=f"list {self.list.pk}").count()

    def contents(self) -> dict[str, tuple[int, str]]:
        held = {}
        for what, statement in CHECKED.items():
            with connection.cursor() as cursor:
                cursor.execute(statement)
                rows = sorted(map(str, cursor.fetchall()))
            held[what] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12])
        return held

    def check(self, told: str, wrong: Sequence[str] = ()) -> None:
        """Writes down everything that is not as it must be, beside what is `wrong` already."""
        found, wanted = self.contents(), self.held[self.is_published()]
        wrong = [*wrong]
        wrong += [f"{what} {found[what]} and not {wanted[what]}" for what in wanted if found[what] != wanted[what]]
        broken = proof_of_record().broken_at
        if broken is not None:
            wrong.append(f"the chain is broken at {broken}")
        if Plan.objects.filter(applied_at=None).exists():
            wrong.append("a publication is half done")
        failed = Job.objects.filter(state=Job.State.FAILED).values_list("error", flat=True)
        wrong += [f"work failed: {error}" for error in failed]
        Job.objects.filter(state=Job.State.FAILED).delete()
        for item in SentList.objects.filter(state__in=(State.READ, State.PUBLISHED)):
            if killing.rows_in(item.sha256) != item.rows:
                wrong.append(f"list {item.pk} is half a list")
        if not killing.backup_is_whole(self.target):
            wrong.append("the backup is not whole")
        decree = Decree.objects.exclude(paper_job=None).first()
        if decree is not None and not all(place_of(decree.pk, paper).stat().st_size for paper in PAPERS):
            wrong.append("a paper of the decree is empty")
        self.wrong += [f"{told}: {one}" for one in wrong]
        if os.environ.get("FAULTS_TELL"):
            print(told, wrong or "whole", flush=True)
