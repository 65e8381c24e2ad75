"""The admin site, what its pages share, and users with their roles.

Higher floors take their bases from here, so that every page asks the same permission.
"""

from accounts.admin.bases import (
    Administered,
    ReadOnlyAdmin,
    ReadOnlyInline,
    ReferenceAdmin,
    ReferenceInline,
)
from accounts.admin.buttons import Button, WithButtons
from accounts.admin.site import configure
from accounts.admin.users import UserAdmin

__all__ = [
    "Administered",
    "Button",
    "ReadOnlyAdmin",
    "ReadOnlyInline",
    "ReferenceAdmin",
    "ReferenceInline",
    "UserAdmin",
    "WithButtons",
]

configure()
