"""Asking a web process over the wire for what a page or a probe asks."""

import http.client
import json
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from bench.deadline.client import Browser
from bench.deadline.plan import Kind
from bench.deadline.scene import Applicant
from tests.faults.processes import PATIENCE


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: http.client.HTTPMessage

    @property
    def cookies(self) -> dict[str, str]:
        found: SimpleCookie = SimpleCookie()
        for line in self.headers.get_all("Set-Cookie", []):
            found.load(line)
        return {name: morsel.value for name, morsel in found.items()}

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(
    port: int,
    path: str,
    *,
    of: Applicant | None = None,
    form: str | None = None,
    cookie: str = "",
    **headers: str,
) -> Answer:
    """GET, or POST of a form when there is one, by somebody with a session or by nobody."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    told |= {"Cookie": of.cookies, "X-CSRFToken": of.csrf} if of else {"Cookie": cookie}
    if form is not None:
        told["Content-Type"] = "application/x-www-form-urlencoded"
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
        line.request("GET" if form is None else "POST", path, form, told)
        answer = line.getresponse()
        return Answer(answer.status, answer.read().decode(), answer.headers)


def submit(port: int, applicant: Applicant, **headers: str) -> Answer:
    return ask(
        port, f"/ansokningar/{applicant.public_id}/skicka-in/", of=applicant, form="", **headers
    )


def health(port: int) -> dict[str, str]:
    return ask(port, "/halsa/").json


def writes_uploads_and_submits(browser: Browser) -> list[int]:
    """The status of every answer."""
    for kind in (Kind.AUTOSAVE, Kind.UPLOAD, Kind.SUBMIT):
        browser.do(kind)
    return [each.status for each in browser.sent]


ACCEPTED = [200, 201, 200, 200, 302]
"""The save, the upload's beginning, its only piece and its end, the submission."""
