"""Columns whose values are kept encrypted (see ciphers): the rest of the code sees them open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact, In, IsNull

from jangkau.registry.access.gateways import ciphers


class SealedNumber(models.CharField):  # type: ignore[type-arg]  # fields take no types when they run
    """A NIK or KK. It is sought whole, compared with columns like it, or asked whether it is there: nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": ciphers.WRITTEN})

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return None if value is None else ciphers.open_number(value)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared if prepared is None else ciphers.seal_number(prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        known = {"exact": _SameNumber, "in": _OneOfNumbers, "isnull": IsNull}
        if lookup_name not in known:
            raise FieldError(f"a sealed number is not sought by {lookup_name}")
        return known[lookup_name]


class _SameNumber(Exact):  # type: ignore[type-arg]  # as above
    """While keys are changed, a number is kept in two forms."""

    def get_prep_lookup(self) -> Any:
        return self.rhs if self.rhs_is_direct_value() else super().get_prep_lookup()

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs_is_direct_value():
            return super().as_sql(compiler, connection)
        forms = ciphers.forms_of(str(self.rhs))
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} IN ({', '.join(['%s'] * len(forms))})", [*parameters, *forms]


class _OneOfNumbers(In):  # type: ignore[type-arg]  # as above
    def get_prep_lookup(self) -> Any:
        if not self.rhs_is_direct_value():
            return super().get_prep_lookup()
        return [form for number in self.rhs if number is not None for form in ciphers.forms_of(str(number))]


class SealedText(models.TextField):  # type: ignore[type-arg]  # as above
    """A text that is never sought."""

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else ciphers.open_text(value)

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else ciphers.seal_text(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"a sealed text is not sought by {lookup_name}")
        return IsNull


class SealedJSON(SealedText):
    """Values that are never sought."""

    _pyi_private_set_type: Any  # what the type checker takes an attribute for
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else json.loads(ciphers.open_text(value))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(json.dumps(value, cls=DjangoJSONEncoder))


def sealed_fields() -> Iterator[SealedNumber | SealedText]:
    """Every column that is kept encrypted."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedNumber | SealedText):
                yield field
