"""What import-linter cannot see: keys between models, clocks, superusers, woken names."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction

from icld_portal.celery import app as celery_app
from icld_portal.queue import WAKEABLE, wake

FLOORS = ["accounts", "outbox", "partnerships", "funding", "applications", "decisions"]
OURS = [model for model in apps.get_models() if model._meta.app_label in FLOORS]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_key_points_to_a_higher_floor(model):
    floor = FLOORS.index(model._meta.app_label)
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.related_model:
            target = field.related_model._meta.app_label
            assert target not in FLOORS[floor + 1 :], f"{model._meta.label}.{field.name}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_moment_is_taken_from_another_clock_than_the_portals(model):
    if model._meta.label.endswith("Event") and hasattr(model, "pgh_created_at"):
        return  # the change log of reference data runs on real time
    for field in model._meta.local_fields:
        if isinstance(field, models.DateField):
            stamps_itself = field.auto_now or field.auto_now_add
            assert not stamps_itself, f"{model._meta.label}.{field.name}"
            assert not isinstance(field.db_default, models.Func), f"{model._meta.label}"


def test_every_woken_name_is_a_task_and_swept_by_beat():
    celery_app.loader.import_default_modules()
    assert set(celery_app.tasks) >= WAKEABLE
    swept = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    assert swept >= WAKEABLE


def test_an_unknown_name_cannot_be_woken():
    with pytest.raises(KeyError):
        wake("outbox.tasks.does_not_exist")


@pytest.mark.django_db
def test_nobody_is_a_superuser_and_the_database_refuses_one():
    user_model = get_user_model()
    assert not user_model.objects.filter(is_superuser=True).exists()
    assert not hasattr(user_model.objects, "create_superuser")
    with pytest.raises(IntegrityError), transaction.atomic():
        user_model.objects.create(email="boss@example.org", name="Boss", is_superuser=True)
