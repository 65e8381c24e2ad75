"""Answers that come when a test says so."""


class Held:
    """Requests to an address, unanswered until `release`. `done`: what they ask for has been done,
    and only the answer is late."""

    def __init__(self, context, address: str, *, done: bool) -> None:
        self.done, self.released, self.waiting = done, False, []
        context.route(address, self._take)

    def release(self) -> None:
        self.released = True
        for route, response in self.waiting:
            if response:
                route.fulfill(response=response)
            else:
                route.continue_()

    def _take(self, route) -> None:
        if self.released:
            route.continue_()
        else:
            self.waiting.append((route, route.fetch() if self.done else None))
