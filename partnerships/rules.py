"""Who a person is in an organisation. Memberships are read once per person and request."""


def memberships_of(user) -> list:
    """The person's memberships with their organisations, oldest first; one query per request."""
    if not hasattr(user, "_memberships"):
        user._memberships = list(user.memberships.select_related("organisation").order_by("pk"))
    return user._memberships


def role_in(user, organisation_id: int) -> str | None:
    """The person's role in an organisation, or None."""
    for membership in memberships_of(user):
        if membership.organisation_id == organisation_id:
            return membership.role
    return None
