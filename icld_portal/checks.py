"""What `check --deploy` refuses."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error


def not_a_demo(app_configs, **_kwargs) -> list[Error]:
    """A demo has accounts with a known password and a clock that anybody may move."""
    if not settings.DEMO:
        return []
    message = "DEMO is on: anybody can log in with a known password and move the clock."
    return [Error(message, hint="Unset DEMO in a deployment.", id="icld_portal.E001")]


def mail_is_sent(app_configs, **_kwargs) -> list[Error]:
    """Letters, receipts and signing links are mail; on the console they would lie in the log."""
    if settings.EMAIL_BACKEND != "django.core.mail.backends.console.EmailBackend":
        return []
    message = "EMAIL_URL is not set: mail is written to the log and reaches nobody."
    return [Error(message, hint="Set EMAIL_URL.", id="icld_portal.E003")]


def files_are_private(app_configs, **_kwargs) -> list[Error]:
    """Static files are served to everybody; what applicants send must not lie among them."""
    root = Path(settings.ATTACHMENTS_ROOT).resolve()
    served = [Path(each).resolve() for each in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    if not any(root == each or each in root.parents for each in served):
        return []
    message = f"ATTACHMENTS_ROOT ({root}) lies among the static files, which everybody can read."
    return [Error(message, hint="Choose a folder of its own.", id="icld_portal.E002")]
