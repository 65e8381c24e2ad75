"""Staff roles are groups; their names are keys and never translated."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.states import Role
from icld_portal.reference import add_missing


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add the groups that are missing. Gives the number of rows added, per table."""
    roles = add_missing(Group, ("name",), [{"name": role.value} for role in Role])
    return {"roles": len(roles)}
