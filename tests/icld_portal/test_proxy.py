"""When a request has arrived, by a real nginx with the template of deploy/ and a real gunicorn.

The portal's one worker has one thread, so that it can be kept busy. A request is written onto the
socket by hand, in pieces.
"""

import http.client
import json
import os
import re
import select
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bench import front_door
from icld_portal import clock
from icld_portal.middleware import PROXY_BOUND

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "tests.icld_portal.door_settings",
    "DEMO": "0",
    "SECURE_ONLY": "0",
    "ALLOWED_HOSTS": "127.0.0.1",
    "TRUSTED_PROXIES": "unix",
}
PATIENCE = 120
"""Seconds: far more than anything here takes."""
A_WHILE = 0.3
"""Seconds in which a server shows that it is waiting. Too short a while lets a fault pass, and
never fails a test."""
TOKEN = "t" * 32
FORM = "application/x-www-form-urlencoded"
BODY = urlencode({"text": "åäö " * 40}).encode()
FORGED = {
    "X-Request-Start": "t=1000000000.000",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.66",
    "X-Forwarded-Host": "elsewhere.example.org",
    "Forwarded": "for=192.0.2.66;proto=https",
}


@dataclass(frozen=True)
class Portal:
    """Where it listens: gunicorn itself by port and by socket, and nginx in front of it."""

    direct: int
    by_socket: Path
    proxied: int


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    if front_door.program() is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse(front_door.LACKING)
    folder = tmp_path_factory.mktemp("door")
    one = ("--workers", "1", "--threads", "1")
    with front_door.gunicorn(folder, ENVIRONMENT, *one) as direct:
        by_socket = folder / "gunicorn.sock"
        with front_door.nginx(folder, upstream=f"unix:{by_socket}") as proxied:
            warm_up(proxied)
            yield Portal(direct, by_socket, proxied)


def warm_up(port: int) -> None:
    """A server that has yet to load the portal stamps everything late, and shows no fault."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(connection):
        connection.request("GET", "/eko/")
        assert connection.getresponse().read()


@pytest.fixture(params=["direct", "proxied"])
def port(request, portal) -> int:
    """Once without a proxy and once with it."""
    return getattr(portal, request.param)


@pytest.fixture
def line() -> Iterator[Callable[[int | Path], "Line"]]:
    """`line(address)` is a connection until the end of the test."""
    with ExitStack() as kept:
        yield lambda address: kept.enter_context(closing(Line(address)))


class Line:
    """A connection on which one request is written by hand."""

    def __init__(self, address: int | Path) -> None:
        kind, where = (socket.AF_INET, ("127.0.0.1", address))
        if isinstance(address, Path):
            kind, where = socket.AF_UNIX, str(address)
        self.socket = socket.socket(kind)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(where)
        self.reader = http.client.HTTPResponse(self.socket)

    def head(
        self, method: str = "POST", path: str = "/eko/", *, length: int, **headers: str
    ) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["Cookie"] = "; ".join(filter(None, [named.get("Cookie"), f"csrftoken={TOKEN}"]))
        named["X-CSRFToken"] = TOKEN
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        lines += [f"Content-Length: {length}", *(f"{n}: {value}" for n, value in named.items())]
        self.write("\r\n".join([*lines, "", ""]).encode())

    def write(self, piece: bytes) -> float:
        """Send; gives the moment just before."""
        moment = now()
        self.socket.sendall(piece)
        return moment

    def is_waited_for(self) -> bool:
        """Whether the server says nothing, and keeps the line."""
        return not select.select([self.socket], [], [], A_WHILE)[0]

    def answer(self) -> http.client.HTTPResponse:
        self.reader.begin()
        return self.reader

    def close(self) -> None:
        self.reader.close()
        self.socket.close()

    def told(self) -> dict:
        answer = self.answer()
        said = answer.read()
        assert answer.status == 200, said
        return json.loads(said)


def now() -> float:
    """As exact as the stamp is: thousandths."""
    return int(clock.real_now().timestamp() * 1000) / 1000


def multipart(size: int) -> tuple[str, bytes]:
    """A form with a file; its type and its body."""
    parts = 'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
    body = b"--x\r\n" + parts.encode() + b"\r\n" + b"%" * size + b"\r\n--x--\r\n"
    return "multipart/form-data; boundary=x", body


FORMS = {
    "fields": ("POST", FORM, BODY),
    "file": ("POST", *multipart(3_000_000)),  # more than is kept in memory
    "piece": ("PUT", "application/octet-stream", b"%" * 1024 * 1024),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_request_that_comes_slowly_over_the_close_has_the_moment_when_it_was_whole(
    port, line, form
):
    method, kind, body = FORMS[form]
    sent_on = line(port)
    sent_on.head(method, length=len(body), Content_Type=kind)
    sent_on.write(body[: len(body) // 2])
    assert sent_on.is_waited_for()

    close = sent_on.write(body[len(body) // 2 :])

    told = sent_on.told()
    assert close <= told["received_at"] <= told["done_at"]
    whole = {"fields": told["fields"], "file": told["files"], "piece": told["length"]}[form]
    assert whole in ({"text": "åäö " * 40}, {"file": 3_000_000}, 1024 * 1024)


def test_a_page_that_takes_files_in_its_own_way_has_the_moment_when_they_were_whole(port, line):
    kind, body = multipart(3_000_000)
    sent_on = line(port)
    sent_on.head(path="/eko/eget/", length=len(body), Content_Type=kind)
    sent_on.write(body[: len(body) // 2])
    assert sent_on.is_waited_for()

    close = sent_on.write(body[len(body) // 2 :])

    told = sent_on.told()
    assert told["files"] == 1
    assert close <= told["received_at"]


def test_a_request_that_was_in_time_and_had_to_wait_keeps_its_moment(portal, line):
    busy = line(portal.direct)
    busy.head(length=len(BODY), Content_Type=FORM)
    assert busy.is_waited_for()  # the only thread reads from it

    waiting = line(portal.proxied)
    waiting.head(length=len(BODY), Content_Type=FORM)
    sent = waiting.write(BODY)
    assert waiting.is_waited_for()
    freed = busy.write(BODY)

    told = waiting.told()
    assert sent <= told["received_at"] < freed <= told["done_at"]
    assert busy.told()["received_at"] >= freed


def test_a_visitor_past_the_proxy_gains_nothing_by_claiming_what_a_proxy_says(portal, line):
    sent_on = line(portal.direct)
    begun = now()
    sent_on.head(length=len(BODY), Content_Type=FORM, **FORGED)
    sent_on.write(BODY)

    told = sent_on.told()
    assert told["received_at"] >= begun
    assert (told["secure"], told["client"]) == (False, "127.0.0.1")
    assert told["host"] == "127.0.0.1"


def test_the_proxy_overwrites_what_a_visitor_claims(portal, line):
    sent_on = line(portal.proxied)
    begun = now()
    sent_on.head(length=len(BODY), Content_Type=FORM, **FORGED)
    sent_on.write(BODY)

    told = sent_on.told()
    assert begun <= told["received_at"] <= told["done_at"]
    assert (told["secure"], told["client"]) == (False, "127.0.0.1")
    assert told["host"] == "127.0.0.1"


def test_the_proxy_is_believed_a_hundred_and_twenty_seconds_back_and_no_further(portal, line):
    sent_on = line(portal.by_socket)
    claims = FORGED | {"X-Request-Start": f"t={now() - 3600:.3f}"}
    sent_on.head("GET", length=0, **claims)

    told = sent_on.told()
    back = told["done_at"] - told["received_at"]
    assert 0 <= back - PROXY_BOUND.total_seconds() < PATIENCE
    assert (told["secure"], told["client"]) == (True, "192.0.2.66")


@pytest.mark.parametrize("claimed", ["", "yesterday", "t=-1"])
def test_a_proxy_that_says_nothing_sensible_leaves_the_portal_to_look_for_itself(
    portal, line, claimed
):
    sent_on = line(portal.by_socket)
    stamp = {"X-Request-Start": claimed, "X-Forwarded-For": "192.0.2.66"}
    sent_on.head(length=len(BODY), Content_Type=FORM, **stamp)
    sent_on.write(BODY[:9])
    assert sent_on.is_waited_for()

    whole = sent_on.write(BODY[9:])
    assert sent_on.told()["received_at"] >= whole


@pytest.mark.parametrize("form", FORMS)
def test_a_request_that_breaks_off_is_never_taken_for_a_shorter_one(portal, line, form):
    method, kind, body = FORMS[form]
    sent_on = line(portal.direct)
    sent_on.head(method, length=len(body), Content_Type=kind)
    sent_on.write(body[: len(body) // 2])
    sent_on.socket.shutdown(socket.SHUT_WR)

    assert sent_on.answer().status == 400


@pytest.mark.parametrize("claim", ["language=en", ""])
def test_a_form_that_cannot_be_read_is_told_in_the_readers_language(port, line, claim):
    body = b"--x\r\nnothing that makes sense"
    sent_on = line(port)
    cookie = {"Cookie": f"django_{claim}"} if claim else {}
    sent_on.head(length=len(body), Content_Type="multipart/form-data; boundary=", **cookie)
    sent_on.write(body)

    answer = sent_on.answer()
    assert answer.status == 400
    assert answer.headers["Content-Language"] == ("en" if claim else "sv")
    assert answer.headers["Content-Security-Policy"]


def test_a_file_larger_than_any_may_be_reaches_the_portal_and_one_far_larger_is_told_of(
    portal, line
):
    just, far = multipart(24_000_000), multipart(27_000_000)
    for (kind, body), status in ((just, 200), (far, 413)):
        sent_on = line(portal.proxied)
        sent_on.head(length=len(body), Content_Type=kind)
        if status == 200:
            sent_on.write(body)
        answer = sent_on.answer()
        said = answer.read().decode()
        assert answer.status == status, said
        assert ("högst 20 MB" in said) is (status == 413)


def test_the_portals_own_headers_pass_the_proxy_as_they_are(portal):
    found = []
    for port in (portal.direct, portal.proxied):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/om-programmet/")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        names = {name.lower() for name in answer.headers} - {"server", "date", "connection"}
        found.append({name: answer.headers[name] for name in names})
    assert found[0] == found[1]
    assert "content-security-policy" in found[0]


def test_docker_compose_uses_the_same_template_and_fills_in_all_of_it():
    compose = (front_door.CHECKOUT / "docker-compose.yml").read_text()
    template = front_door.TEMPLATE.read_text()
    named = set(re.findall(r"\$\{(PORTAL_\w+)\}", template))
    assert "./deploy/nginx.conf.template:/etc/nginx/templates/" in compose
    assert all(f"{name}: " in compose for name in named)
    assert "8000:8000" not in compose, "gunicorn can be reached past the proxy"
    served = front_door.rendered(template, dict.fromkeys(named, "x"))
    assert "PORTAL_LISTEN}" not in served
    assert "${msec}" in served


def test_production_gives_gunicorn_no_forwarder_to_believe():
    for name in ("Procfile", "Dockerfile"):
        command = (front_door.CHECKOUT / name).read_text()
        assert re.search(r'--forwarded-allow-ips"?,? ""', command), name
