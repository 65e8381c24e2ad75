"""What an applicant declares; the wording is frozen with every submission."""

from django.utils.translation import gettext_lazy as _

DECLARATIONS = (
    ("correct", _("What we state in the application is correct.")),
    ("no_double_funding", _("The costs that we apply for are not paid by anybody else.")),
    (
        "personal_data",
        _("The persons that we name know that they are named, and how ICLD uses the data."),
    ),
)
"""Key and text. The application keeps the confirmation in the field `declared_` + key."""
