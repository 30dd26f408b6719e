"""What people type on the pages of lists."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Month, Refused
from jangkau.registry.lists.models import Kind, State
from jangkau.registry.lists.presenters.understood import KEYS, SEVERAL, Understood, field_choices


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files]


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


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Cari"), max_length=100_000, strip=True)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class RevealForm(forms.Form):
    because = forms.CharField(
        label=_("Untuk apa NIK lengkap diperlukan?"),
        min_length=5,
        max_length=200,
        error_messages={"required": _("Tulis alasannya; alasan ini dicatat.")},
    )


class UnderstoodForm(forms.Form):
    """What a list is and what its columns hold, as somebody confirms or changes it."""

    kind = forms.ChoiceField(label=_("Jenis daftar"), choices=Kind.choices)
    village = forms.CharField(label=_("Desa/kelurahan"), required=False, max_length=200)
    month = forms.CharField(label=_("Bulan"), required=False, max_length=10)

    def __init__(self, understood: Understood, typed: Any = None) -> None:
        initial = {"kind": understood.kind, "village": understood.village, "month": understood.month}
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
