"""Asking the portal as a web server does, without a server: nothing of the client is timed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.test import Client
from django.utils.crypto import get_random_string

CSRF_LENGTH = 32


@dataclass(frozen=True)
class Browser:
    """Somebody logged in. Gives the answer, and refuses one that is not 200."""

    application: Callable
    session: str
    csrf: str = field(default_factory=lambda: get_random_string(CSRF_LENGTH))

    def get(self, path: str, query: str = "") -> bytes:
        return self._ask(path, {"REQUEST_METHOD": "GET", "QUERY_STRING": query})

    def post(self, path: str, body: bytes) -> bytes:
        sent = {
            "REQUEST_METHOD": "POST",
            "HTTP_X_CSRFTOKEN": self.csrf,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
        }
        return self._ask(path, sent)

    def _ask(self, path: str, sent: dict) -> bytes:
        statuses = []

        def start(status: str, *_headers) -> None:
            statuses.append(status)

        answer = self.application(self._environ(path, sent), start)
        content = b"".join(answer)
        answer.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{path}: {statuses[0]}")
        return content

    def _environ(self, path: str, sent: dict) -> dict:
        cookies = {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: self.csrf}
        environ = {
            **sent,
            "PATH_INFO": path,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        setup_testing_defaults(environ)
        return environ


def log_in(application: Callable, user) -> Browser:
    client = Client()
    client.force_login(user, backend="accounts.adapter.LogInBackend")
    return Browser(application, client.cookies[settings.SESSION_COOKIE_NAME].value)
