"""What the log does not say."""

import logging

import pytest

from icld_portal.log_masks import Masked


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        (
            "Forbidden (%s): %s",
            ("CSRF", "/skriv-under/aB-9_x/"),
            "Forbidden (CSRF): /skriv-under/***/",
        ),
        ("Not Found: /skriv-under/aB/ansokan.pdf", (), "Not Found: /skriv-under/***/ansokan.pdf"),
        ("Not Found: /ansokningar/", (), "Not Found: /ansokningar/"),
    ],
)
def test_a_signing_link_is_not_logged(message, args, said):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert Masked().filter(record)
    assert record.getMessage() == said


def test_the_console_is_masked(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["masked"]
