"""Holding the portal's answers back, so that a test decides when they come."""


class Held:
    """Requests to an address, unanswered until `release`. `done`: what they ask for has been done,
    and only the answer is late."""

    def __init__(self, context, address: str, *, done: bool) -> None:
        self.done, self.released, self.waiting = done, False, []
        context.route(address, self._take)

    def release(self) -> None:
        self.released = True
        for route, response in self.waiting:
            _answer(route, response)

    def _take(self, route) -> None:
        if self.released:
            route.continue_()
            return
        response = route.fetch() if self.done else None
        if self.released:  # while it was being fetched
            _answer(route, response)
        else:
            self.waiting.append((route, response))


def _answer(route, response) -> None:
    if response:
        route.fulfill(response=response)
    else:
        route.continue_()
