"""The database's change log, told for one row: who changed what from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Field, Model
from django.utils.translation import gettext
from pghistory.models import Events

from accounts.models import User
from icld_portal.formats import number


@dataclass(frozen=True)
class Change:
    """One event. `fields` are (label, old, new) as a person reads them; "" for no value."""

    at: datetime
    what: str
    by: str
    reason: str
    fields: list[tuple[str, str, str]]


def changes_of(obj: Model) -> list[Change]:
    """Everything logged of a row and of the rows that hang on it, newest first."""
    if not hasattr(type(obj), "pgh_event_models"):
        return []
    events = list(Events.objects.references(obj).order_by("-pgh_created_at", "-pgh_slug"))
    names = _names(events)
    return [_change(event, names, obj) for event in events]


def _names(events: Iterable[Events]) -> dict[int, str]:
    ids = {(event.pgh_context or {}).get("user") for event in events} - {None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def _change(event: Events, names: dict[int, str], obj: Model) -> Change:
    model = apps.get_model(event.pgh_obj_model)
    context = event.pgh_context or {}
    return Change(
        at=event.pgh_created_at,
        what=str(model._meta.verbose_name),
        by=names.get(context.get("user"), ""),
        reason=context.get("reason", ""),
        fields=list(_fields(model, event, obj)),
    )


def _fields(model: type[Model], event: Events, obj: Model) -> Iterable[tuple[str, str, str]]:
    """What changed; of a row that hangs on the one shown also what did not, to know it by."""
    created = {name: (None, new) for name, new in event.pgh_data.items()}
    changed = event.pgh_diff or created
    hangs = model is not type(obj)
    for field in model._meta.concrete_fields:
        if not field.editable or field.primary_key or (hangs and field.related_model is type(obj)):
            continue
        if field.column in changed:
            old, new = (_shown(field, value) for value in changed[field.column])
        elif hangs and not field.is_relation:
            old, new = "", _shown(field, event.pgh_data[field.column])
        else:
            continue
        if old or new:
            yield str(field.verbose_name), old, new


def _shown(field: Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field.name.endswith("_sek"):
        return number(value)
    if field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or value)
    return str(dict(field.flatchoices).get(value, value))
