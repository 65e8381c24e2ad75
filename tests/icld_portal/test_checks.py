"""What a deployment is refused for."""

import pytest

from icld_portal.checks import mail_is_sent


@pytest.mark.parametrize(("backend", "faults"), [("smtp", 0), ("console", 1)])
def test_a_deployment_whose_mail_would_lie_in_the_log_is_refused(backend, faults, settings):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert len(mail_is_sent(None)) == faults
