"""The road of a request about one's own data: within 3 x 24 hours it is answered, corrected or refused with a reason
(UU 27/2022 art. 30 and 32; assumed: the handbook names the law alone). Whoever asks shows first who they are."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jangkau.registry.cases.states import Ask, CaseType, Stage, Step, declare

KIND, PERSON = "data_request", "person"
ACCESS, CORRECTION = "access", "correction"
WITHIN = timedelta(days=3)
RECEIVED, ENDED = "received", ("answered", "corrected", "refused")
_IDENTITY = Ask("identity", _("Bukti diri yang diperlihatkan"))

REQUESTS = declare(
    CaseType(
        KIND,
        _("Permintaan data pribadi"),
        stages={
            RECEIVED: Stage(_("Diterima"), _("Baru"), deadline=lambda day: day + WITHIN),
            "answered": Stage(_("Dijawab"), _("Selesai"), ended=True),
            "corrected": Stage(_("Diperbaiki"), _("Selesai"), ended=True),
            "refused": Stage(_("Ditolak"), _("Selesai"), ended=True),
        },
        steps={
            "answer": Step(
                _("Serahkan jawaban"),
                (RECEIVED,),
                "answered",
                asks=(_IDENTITY, Ask("handed_over", _("Diserahkan kepada"))),
            ),
            "correct": Step(
                _("Perbaiki"),
                (RECEIVED,),
                "corrected",
                by_hand=False,
                asks=(_IDENTITY, Ask("what", _("Yang diperbaiki"))),
            ),
            "refuse": Step(_("Tolak"), (RECEIVED,), "refused", asks=(Ask("because", _("Alasan")),)),
        },
        topics={ACCESS: _("Ingin tahu datanya"), CORRECTION: _("Minta data diperbaiki")},
        subject_view="data_request",
        subject_words=_("Data pribadi"),
        empty=_("Buka permintaan dari halaman orangnya."),
    )
)
