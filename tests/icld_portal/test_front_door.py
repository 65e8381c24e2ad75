"""The portal asks for its own page, as a visitor does."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from icld_portal.models import Cause
from icld_portal.watch import front_door

WELL = b'{"database": "ok", "clock": "ok", "worker queue": "ok"}'


@contextmanager
def door(status: int, page: bytes):
    """A server that answers everything alike; gives its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_line):
            """Silent."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_portal_that_is_well_answers(live_server, notes):
    assert front_door.ask(live_server.url) == set()
    assert front_door.ask(f"{live_server.url}/") == set()


@pytest.mark.parametrize(
    ("status", "page", "wrong"),
    [
        (200, WELL, set()),
        (503, b'{"database": "down", "clock": "unknown"}', {Cause.DATABASE}),
        (503, b'{"database": "ok", "clock": "off by 301 s"}', {Cause.WEB}),
        (200, b'{"database": "ok", "worker queue": "down"}', {Cause.QUEUE}),
        (502, b"<h1>Bad Gateway</h1>", {Cause.PAGE}),
        (200, b"<h1>Maintenance</h1>", {Cause.PAGE}),
        (200, b"[]", {Cause.PAGE}),
        (200, b"{}", {Cause.PAGE}),
        (404, b"", {Cause.PAGE}),
        (200, b"\xff\xfe", {Cause.PAGE}),
    ],
)
def test_what_the_page_says_is_what_is_wrong(status, page, wrong):
    with door(status, page) as address:
        assert front_door.ask(address) == wrong


def test_a_door_that_nobody_opens_did_not_answer():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listened to: refused
        assert front_door.ask(f"http://127.0.0.1:{nobody.getsockname()[1]}") == {Cause.PAGE}


def test_a_door_behind_which_nobody_answers_did_not_answer(monkeypatch):
    monkeypatch.setattr(front_door, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert front_door.ask(f"http://127.0.0.1:{silent.getsockname()[1]}") == {Cause.PAGE}


def test_a_proxy_of_the_machine_is_not_asked(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with door(200, WELL) as address:
        assert front_door.ask(address) == set()


@pytest.mark.parametrize("address", ["nonsense", "", "http://portal.invalid", "http://:x"])
def test_a_question_that_cannot_be_put_says_nothing(address):
    assert front_door.ask(address) is None
