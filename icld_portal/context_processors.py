"""What the page shell shows on every page."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from icld_portal import clock
from partnerships.rules import memberships_of

ANONYMOUS = [
    (_("About the programme"), "about"),
    (_("Apply"), "eligibility"),
    (_("Ceilings"), "calculator"),
    (_("Contact"), "contact"),
]
APPLICANT = [
    (_("Overview"), "overview"),
    (_("Applications"), "applications"),
    (_("About the programme"), "about"),
    (_("Contact"), "contact"),
]
OFFICER = [
    (_("Overview"), "overview"),
    (_("Cases"), "cases"),
    (_("Rounds"), "round_desks"),
    (_("Questions"), "enquiries"),
]
ADMIN = [(_("Administration"), "admin:index")]


def shell(request) -> dict:
    """Navigation, who is logged in, the other language, and the demo clock's time."""
    user = getattr(request, "user", None)
    return {
        "navigation": SimpleLazyObject(lambda: navigation(user, request.path)),
        "represents": SimpleLazyObject(lambda: represents(user)),
        "other_language": other_language(),
        "demo_clock": clock.now() if settings.DEMO else None,
    }


def navigation(user, path: str) -> list[tuple[str, str, str]]:
    """Label, address and aria-current ("page", "true" for a page below it, or "") of each entry."""
    entries = [(label, reverse(name)) for label, name in _entries(user)]
    above = [url for _label, url in entries if url != "/" and path.startswith(url)]
    nearest = max(above, key=len, default="")
    return [(label, url, _current(url, path) if url == nearest else "") for label, url in entries]


def _entries(user) -> list[tuple]:
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    if not user.is_staff:
        return APPLICANT
    entries = OFFICER if user.has_perm("accounts.read_cases") else OFFICER[:1]
    return entries + ADMIN if user.has_perm("accounts.administer") else entries


def _current(url: str, path: str) -> str:
    return "page" if path == url else "true"


def represents(user) -> str:
    """Whom a person speaks for: their organisation, or ICLD. Empty for nobody in particular."""
    if user is None or not user.is_authenticated:
        return ""
    if user.is_staff:
        return "ICLD"
    memberships = memberships_of(user)
    return str(memberships[0].organisation) if memberships else ""


def other_language() -> dict[str, str]:
    """Code and own name of the language one can change to."""
    code = "sv" if get_language() == "en" else "en"
    return {"code": code, "name": get_language_info(code)["name_local"].capitalize()}
