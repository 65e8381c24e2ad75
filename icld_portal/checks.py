"""What `check --deploy` refuses."""

from django.conf import settings
from django.core.checks import Error


def not_a_demo(app_configs, **_kwargs) -> list[Error]:
    """A demo has accounts with a known password and a clock that anybody may move."""
    if not settings.DEMO:
        return []
    message = "DEMO is on: anybody can log in with a known password and move the clock."
    return [Error(message, hint="Unset DEMO in a deployment.", id="icld_portal.E001")]
