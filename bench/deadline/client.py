"""One person's browser, as far as the server can tell: a connection that is kept, and an exact
account of when everything was sent and answered."""

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from time import time
from urllib.parse import urlencode

from bench.deadline.judging import Answer, Sent
from bench.deadline.plan import Kind
from bench.deadline.scene import Applicant
from bench.deadline.urls import BARE_PATH

PATIENCE = 130
"""Seconds: the proxy gives up before."""
IDLE_SECONDS = 30
FORM = "application/x-www-form-urlencoded"
PIECE = 1024 * 1024
REFUSED = 409
SUBMITS = (Kind.SUBMIT, Kind.SLOW_SUBMIT)
"""Handing in, answered with the way to the receipt."""
_FAR = count(1)

BARE = "bare view, one row"
BEGIN, PART, FINISH = "upload begun", "upload's piece", "upload finished"


@dataclass
class Browser:
    """Everything it has `sent` lies there. `pdf` gives a file that nobody has sent before."""

    applicant: Applicant
    port: int
    pdf: Callable[[int], bytes]
    sent: list[Sent] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.saved = count(1)

    @property
    def path(self) -> str:
        return f"/ansokningar/{self.applicant.public_id}/"

    def do(self, kind: Kind, wait: Callable[[], None] = lambda: None) -> None:
        """`wait` returns when the close has passed."""
        match kind:
            case Kind.AUTOSAVE | Kind.CHANGE:
                self.autosave(kind)
            case Kind.LIVE:
                self.live()
            case Kind.UPLOAD:
                self.upload()
            case Kind.SUBMIT:
                self.submit()
            case Kind.SLOW_SUBMIT:
                self.submit_slowly(wait)

    def bare(self) -> None:
        self._form(BARE, BARE_PATH, {"text": self.applicant.text})

    def autosave(self, kind: Kind) -> None:
        mine = self.applicant
        path = f"{self.path}svar/{mine.place['key']}/{mine.place['language']}/"
        fields = {"text": f"{mine.text} {next(self.saved)}", "version": mine.version}
        if self._form(kind, path, fields) is not None:
            mine.version += 1

    def live(self) -> None:
        body = self.applicant.bodies[next(self.saved) % 2]
        self._ask(Kind.LIVE, "POST", f"{self.path}budget/spara/", body)

    def upload(self) -> None:
        """As the page's script does: begin, piece by piece, finish. Stops where it is refused."""
        file = self.pdf(next(_FAR))
        place = {**self.applicant.upload, "name": f"bilaga-{next(self.saved)}.pdf"}
        begun = self._form(BEGIN, f"{self.path}bilagor/ny/", place | {"size": len(file)})
        if begun is None:
            return
        path = json.loads(begun)["url"]
        for offset in range(0, len(file), PIECE):
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
            piece = file[offset : offset + PIECE]
            if self._ask(PART, "PUT", path, piece, headers) is None:
                return
        self._ask(FINISH, "POST", path, b"")

    def submit(self) -> None:
        self._form(Kind.SUBMIT, f"{self.path}skicka-in/", {})

    def submit_slowly(self, wait: Callable[[], None]) -> None:
        """Begin before the close, and send the last bytes after it."""
        body = urlencode({"note": "x" * 2000}).encode()
        half = len(body) // 2

        def send() -> float:
            self.connection.putrequest("POST", f"{self.path}skicka-in/")
            for name, value in self._headers(len(body)).items():
                self.connection.putheader(name, value)
            self.connection.endheaders(body[:half])
            wait()
            moment = time()
            self.connection.send(body[half:])
            return moment

        self._answer(Kind.SLOW_SUBMIT, send)

    def close(self) -> None:
        self.connection.close()

    def _form(self, kind: str, path: str, fields: dict[str, object]) -> bytes | None:
        return self._ask(kind, "POST", path, urlencode(fields).encode())

    def _ask(self, kind, method, path, body: bytes, headers=None) -> bytes | None:
        def send() -> float:
            moment = time()
            told = self._headers(len(body)) | (headers or {})
            self.connection.request(method, path, body, told)
            return moment

        return self._answer(kind, send)

    def _headers(self, length: int) -> dict[str, str]:
        mine = self.applicant
        return {
            "Cookie": mine.cookies,
            "X-CSRFToken": mine.csrf,
            "Content-Type": FORM,
            "Content-Length": str(length),
        }

    def _answer(self, kind: str, send: Callable[[], float]) -> bytes | None:
        """What came back, if it was accepted; None else."""
        last = sent = time()
        if self.sent and last - self.sent[-1].answered_at > IDLE_SECONDS:
            self.connection.close()  # as a browser that sees that the server has hung up
        status, content = 0, b""
        try:
            last = send()
            sent = time()
            answer = self.connection.getresponse()
            status, content = answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()  # opens anew with the next request
        verdict = verdict_of(kind, status)
        named = Sent(
            str(kind), self.applicant.public_id, last, sent, time(), verdict, status, kind != PART
        )
        self.sent.append(named)
        return content if verdict is Answer.ACCEPTED else None


def verdict_of(kind: str, status: int) -> Answer:
    """A submission is answered with the way to its receipt, everything else at once."""
    if status in ((302,) if kind in SUBMITS else (200, 201)):
        return Answer.ACCEPTED
    return Answer.REFUSED if status == REFUSED else Answer.LOST
