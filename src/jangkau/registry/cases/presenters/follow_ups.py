"""What was agreed, with its owner and deadline in words, and the reminder that is sent to those who are late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from jangkau.registry.cases.models import FollowUp
from jangkau.registry.cases.presenters.cases import Deadline, agency_words, deadline
from jangkau.registry.people.presenters.figures import day


@dataclass(frozen=True)
class FollowUpView:
    item: FollowUp
    owner: str
    state: str
    deadline: Deadline


def follow_up_view(item: FollowUp, today: date) -> FollowUpView:
    ended = item.state != FollowUp.State.OPEN
    who = item.owner_name or (item.owner.username if item.owner else "")
    owner = " · ".join(word for word in (who, agency_words(item.agency)) if word)
    return FollowUpView(item, owner, item.get_state_display(), deadline(item.due_on, today, ended=ended))


def reminder(late: Iterable[FollowUp], today: date) -> str:
    """The words of a message to be copied: one line for every point that is late. Empty when nothing is."""
    lines = [
        f"{number}. {view.item.text} ({view.owner}): {day(view.item.due_on)}, {view.deadline.words}"
        for number, view in enumerate((follow_up_view(item, today) for item in late), 1)
    ]
    if not lines:
        return ""
    return "\n".join([gettext("Tindak lanjut yang lewat batas waktu, %(day)s:") % {"day": day(today)}, *lines])
