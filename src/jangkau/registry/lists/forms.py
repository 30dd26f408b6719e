"""What people type on the pages of lists."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Month, Refused
from jangkau.core.measures.coverage import STATES
from jangkau.core.measures.occupations import SECTORS
from jangkau.core.reading.changes import LONGEST, Change, ListColumn, RowFilter
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.models import Kind, State
from jangkau.registry.lists.presenters.cleaning import ROW_STATES, column_label
from jangkau.registry.lists.presenters.shares import TRADE_WORDS
from jangkau.registry.lists.presenters.slices import DIMENSION_WORDS, VALUE_WORDS
from jangkau.registry.lists.presenters.understood import KEYS, SEVERAL, Understood, field_choices
from jangkau.registry.lists.presenters.words import PROBLEM_WORDS, STATE_WORDS
from jangkau.registry.people.models import Segment


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(forms.Form):
    sent = FilesField(
        label=_("Berkas daftar"),
        allow_empty_file=True,
        error_messages={"required": _("Pilih paling sedikit satu berkas.")},
    )


class RefusalForm(forms.Form):
    because = forms.CharField(
        label=_("Alasan"), max_length=500, error_messages={"required": _("Tulis alasan penolakan.")}
    )


class FilterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua jenis")), *Kind.choices], required=False)
    state = forms.ChoiceField(label=_("Keadaan"), choices=[("", _("Semua keadaan")), *State.choices], required=False)


class PairFilterForm(forms.Form):
    list = forms.IntegerField(required=False, min_value=1)
    village = forms.RegexField(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$", required=False)


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Cari"), max_length=100_000, strip=True)
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


UNCOVERED = ("lapsed", "never")


class VillagePeopleForm(forms.Form):
    """Which people of a village: their state (those without protection when nothing is picked), segment and trade."""

    state = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[("", _("Belum terlindungi")), *((code, STATE_WORDS[code][0]) for code in STATES)],
        required=False,
    )
    segment = forms.ChoiceField(
        label=_("Segmen"), choices=[("", _("Semua segmen")), *Segment.choices[:2]], required=False
    )
    trade = forms.ChoiceField(
        label=_("Pekerjaan"), choices=[("", _("Semua pekerjaan")), *TRADE_WORDS.items()], required=False
    )
    after = forms.IntegerField(required=False, min_value=1)
    before = forms.IntegerField(required=False, min_value=1)
    more: tuple[str, ...] = ("sex", "age_band", "sector", "employer_size", "wage_band")  # seldom picked: behind a fold

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not scope.sees(Column.WAGE):  # who is named by the wage is told the wage
            self.more = tuple(name for name in self.more if name != "wage_band")
        for name in self.more:
            choices = [("", _("Semua")), *VALUE_WORDS[name].items()]
            self.fields[name] = forms.ChoiceField(label=str(DIMENSION_WORDS[name]), choices=choices, required=False)

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more]

    @property
    def any_folded(self) -> bool:
        """Is one of the folded ones picked?"""
        return any(self.cleaned_data[name] for name in self.more)

    @property
    def kinds(self) -> dict[str, tuple[str, ...]]:
        """Columns of the standing and the values that were picked."""
        names = ("state", "segment", "trade", *self.more)
        picked: dict[str, tuple[str, ...]] = {
            name: (self.cleaned_data[name],) for name in names if self.cleaned_data[name]
        }
        if "sector" in picked:  # of which the standing tells the trades
            trades = SECTORS[picked.pop("sector")[0]]
            picked["trade"] = tuple(trade for trade in trades if trade in picked.get("trade", trades))
        return {"state": UNCOVERED} | picked


class RevealForm(forms.Form):
    because = forms.CharField(
        label=_("Untuk apa NIK lengkap diperlukan?"),
        min_length=5,
        max_length=200,
        error_messages={"required": _("Tulis alasannya; alasan ini dicatat.")},
    )


class RowsForm(forms.Form):
    """Which rows of a list are shown or changed. Sent by POST: what is typed stays out of addresses."""

    where_column = forms.ChoiceField(label=_("Kolom"), required=False)
    where_text = forms.CharField(label=_("Isi sel"), required=False, max_length=LONGEST)
    where_whole = forms.BooleanField(label=_("isi sel sama persis"), required=False)
    problem = forms.ChoiceField(label=_("Masalah"), required=False)
    state = forms.ChoiceField(label=_("Baris"), required=False, choices=ROW_STATES)
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, columns: list[ListColumn], problems: list[str], typed: Any = None) -> None:
        super().__init__(typed, initial={"state": "data"})
        named = [(column.key, column_label(column)) for column in columns]
        self._choose("where_column", [("", _("kolom apa pun")), *named])
        self._choose("problem", [("", _("masalah apa pun")), *((code, PROBLEM_WORDS[code][0]) for code in problems)])

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def rows(self) -> RowFilter:
        """The rows that were asked for; all rows of people when what was typed cannot be."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return RowFilter(
            column=said.get("where_column", ""), text=said.get("where_text", ""), whole=said.get("where_whole", False),
            problem=said.get("problem", ""), state=said.get("state") or "data",
        )  # fmt: skip


class ChangeForm(RowsForm):
    """The same rows, and what is to be changed in them."""

    column = forms.ChoiceField(label=_("Kolom yang diubah"), error_messages={"required": _("Pilih kolomnya.")})
    action = forms.ChoiceField(
        label=_("Yang dilakukan"),
        choices=[("set", _("isi dengan")), ("clear", _("kosongkan")), ("replace", _("cari dan ganti"))],
    )
    find = forms.CharField(label=_("Cari"), required=False, max_length=LONGEST, strip=False)
    text = forms.CharField(label=_("Isi baru"), required=False, max_length=LONGEST, strip=False)
    whole = forms.BooleanField(label=_("hanya sel yang sama persis"), required=False)
    any_case = forms.BooleanField(label=_("huruf besar dan kecil sama saja"), required=False)

    def __init__(self, columns: list[ListColumn], problems: list[str], typed: Any = None) -> None:
        super().__init__(columns, problems, typed)
        self._choose("column", [(column.key, column_label(column)) for column in columns])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("action") == "set" and not said.get("text"):
            self.add_error("text", _("Tulis isi barunya, atau pilih kosongkan."))
        if said.get("action") == "replace" and not said.get("find"):
            self.add_error("find", _("Tulis apa yang dicari."))
        return said

    @property
    def change(self) -> Change:
        """What was asked for."""
        said = self.cleaned_data
        if said["action"] == "replace":
            return Change(said["text"], find=said["find"], whole=said["whole"], any_case=said["any_case"])
        return Change(said["text"] if said["action"] == "set" else "")


class UnderstoodForm(forms.Form):
    """What a list is and what its columns hold, as somebody confirms or changes it."""

    kind = forms.ChoiceField(label=_("Jenis daftar"), choices=Kind.choices)
    village = forms.CharField(label=_("Desa/kelurahan"), required=False, max_length=200)
    month = forms.CharField(label=_("Bulan"), required=False, max_length=10)
    header_row = forms.IntegerField(label=_("Baris judul kolom"), required=False, min_value=0, max_value=2_000_000)

    def __init__(self, understood: Understood, typed: Any = None) -> None:
        initial = {
            "kind": understood.kind, "village": understood.village, "month": understood.month,
            "header_row": understood.header_row,
        }  # fmt: skip
        super().__init__(typed, initial=initial)
        self.understood = understood
        for layout in understood.layouts:
            for column in layout.columns:
                self.fields[column.name] = forms.ChoiceField(
                    label=column.label, choices=field_choices(column.field), initial=column.field or "ignored"
                )

    def clean_village(self) -> str:
        """The code of the village, "" for none."""
        said = str(self.cleaned_data["village"]).strip()
        if not said:
            return ""
        found = self.understood.village_code(said)
        if found is None:
            raise ValidationError(
                _("Desa “%(said)s” tidak dikenal atau namanya tidak tunggal. Pilih dari daftar.") % {"said": said}
            )
        return found

    def clean_month(self) -> Month | None:
        said = str(self.cleaned_data["month"]).strip()
        try:
            return Month.parse(said) if said else None
        except Refused as error:
            raise ValidationError(error.sentence(get_language() or "id")) from error

    def clean(self) -> dict[str, Any]:
        """A field stands in one column of a table, and every table says who its rows are about."""
        said = super().clean() or self.cleaned_data
        for layout in self.understood.layouts:
            holders: dict[str, list[str]] = {}
            for column in layout.columns:
                holders.setdefault(said.get(column.name, "ignored"), []).append(column.letter)
            for field, letters in holders.items():
                if len(letters) > 1 and field not in SEVERAL:
                    words = {"field": dict(field_choices(field))[field], "columns": ", ".join(letters)}
                    self.add_error(
                        None, _("“%(field)s” dipilih untuk beberapa kolom: %(columns)s. Pilih satu.") % words
                    )
            if not KEYS & set(holders):
                self.add_error(None, _("Pilih kolom nama atau nomornya; tanpa itu tidak ada baris yang terbaca."))
        return said

    @property
    def column_groups(self) -> list[dict[str, Any]]:
        """The layouts with their columns, each beside its field of this form."""
        return [
            {"sheets": layout.sheets, "columns": [(column, self[column.name]) for column in layout.columns]}
            for layout in self.understood.layouts
        ]

    @property
    def columns(self) -> dict[str, dict[int, str]]:
        """Layout -> position -> field, as chosen."""
        return {
            layout.signature: {column.position: self.cleaned_data[column.name] for column in layout.columns}
            for layout in self.understood.layouts
        }
