"""What people type on the pages of lists."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jangkau.registry.lists.models import Kind, State


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
