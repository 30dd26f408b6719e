"""The house rules on tables, asked of all models at once."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

PROGRAMMES = ["outreach", "agents", "construction", "compliance", "subsidy", "claims"]
FLOOR = ["access", "people", "lists", "cases", *PROGRAMMES, "reports", "api"]  # low to high
OURS = [model for model in apps.get_models() if model.__module__.startswith("jangkau.")]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_a_model_says_whether_it_is_personal_and_how_it_is_scoped(model):
    assert isinstance(model.personal, bool)
    if model.scoped_by is None:
        return
    first, *rest = model.scoped_by.removesuffix("_id").split("__")
    field = model._meta.get_field(first)
    for name in rest:
        field = field.related_model._meta.get_field(name)
    assert field is not None


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_every_moment_has_its_actor(model):
    for field in model._meta.get_fields():
        if (
            isinstance(field, models.DateTimeField)
            and field.name.endswith("_at")
            and not field.name.startswith("last_")
        ):
            try:
                model._meta.get_field(field.name.removesuffix("_at") + "_by")
            except FieldDoesNotExist:
                pytest.fail(f"{model.__name__}.{field.name} has no actor")


@pytest.mark.parametrize("model", OURS, ids=lambda m: m.__name__)
def test_a_foreign_key_points_to_the_same_room_or_below(model):
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if isinstance(field, models.ForeignKey) and target in OURS:
            assert FLOOR.index(target._meta.app_label) <= FLOOR.index(model._meta.app_label), field.name


@pytest.mark.django_db
def test_migrations_are_complete():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
