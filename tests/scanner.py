"""A virus scanner that speaks clamd's INSTREAM over a real connection."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EICAR_NAME = "Eicar-Test-Signature"


class FakeScanner(socketserver.ThreadingTCPServer):
    """Knows one virus. `before_answer` runs when a file has come; `answer` replaces its own."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.seen: list[bytes] = []
        self.answer: bytes | None = None
        self.before_answer: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while count := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(count)
        self.server.seen.append(content)
        self.server.before_answer()
        infected = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE" in content
        told = f"stream: {EICAR_NAME} FOUND" if infected else "stream: OK"
        self.wfile.write(self.server.answer or told.encode() + b"\0")


@contextmanager
def running_scanner() -> Iterator[FakeScanner]:
    with FakeScanner() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
