"""The calculators of Klaim and Simulasi: which question, which form, which answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from jangkau.web.dashboards.forms import claims, simulations
from jangkau.web.dashboards.presenters.calculators import benefits, prices
from jangkau.web.dashboards.presenters.calculators.amounts import Answer


@dataclass(frozen=True)
class Calculator:
    """`name` stands in the address, `sends` says whether what is typed may stand there, too."""

    section: str  # claims, simulations
    name: str
    title: Any
    question: Any
    form: type[Form]
    answer: Callable[[dict[str, Any]], Answer]
    sends: str = "get"


CALCULATORS = {
    (each.section, each.name): each
    for each in (
        Calculator(
            "claims",
            "kecelakaan",
            _("Kecelakaan kerja"),
            _("Apa yang diterima pekerja atau keluarganya setelah kecelakaan kerja?"),
            claims.AccidentForm,
            benefits.accident,
        ),
        Calculator(
            "claims",
            "kematian",
            _("Kematian"),
            _("Apa yang diterima keluarga bila meninggal bukan karena kerja?"),
            claims.DeathForm,
            benefits.death,
        ),
        Calculator(
            "claims",
            "kehilangan-pekerjaan",
            _("Kehilangan pekerjaan"),
            _("Berapa uang tunai setelah diberhentikan?"),
            claims.LostJobForm,
            benefits.lost_job,
        ),
        Calculator(
            "claims",
            "hari-tua",
            _("Hari tua"),
            _("Berapa pensiun, dan sejak umur berapa?"),
            claims.OldAgeForm,
            benefits.old_age,
        ),
        Calculator(
            "simulations",
            "bantuan-iuran",
            _("Bantuan iuran"),
            _("Berapa biaya melindungi pekerja dari anggaran?"),
            simulations.SubsidyForm,
            prices.subsidy,
        ),
        Calculator(
            "simulations",
            "mandiri",
            _("Pekerja mandiri"),
            _("Berapa iuran petani, nelayan, pedagang, atau sopir?"),
            simulations.SelfEmployedForm,
            prices.self_employed,
        ),
        Calculator(
            "simulations",
            "penerima-upah",
            _("Penerima upah"),
            _("Berapa iuran seorang karyawan, dan siapa membayar apa?"),
            simulations.WageEarnerForm,
            prices.wage_earner,
        ),
        Calculator(
            "simulations",
            "perusahaan",
            _("Perusahaan"),
            _("Berapa tagihan sebulan untuk semua pekerja, dan berapa tunggakannya?"),
            simulations.EmployerForm,
            prices.employer,
            sends="post",
        ),
        Calculator(
            "simulations",
            "proyek-desa",
            _("Proyek desa"),
            _("Berapa iuran pekerjaan konstruksi desa?"),
            simulations.ProjectForm,
            prices.project,
        ),
        Calculator(
            "simulations",
            "migran",
            _("Pekerja migran"),
            _("Berapa iuran pekerja migran?"),
            simulations.MigrantForm,
            prices.migrant,
        ),
    )
}
SECTION_TITLES = {"claims": _("Klaim"), "simulations": _("Simulasi")}


def beside(section: str) -> list[Calculator]:
    """The calculators of a section, in the order of the page."""
    return [each for (where, _name), each in CALCULATORS.items() if where == section]
