"""Whose typing it is: a page that saves by itself says which person it was made for."""

from django.http import HttpRequest

HEADER = "X-Writer"


def has_lost_log_in(request: HttpRequest) -> bool:
    """Logged out, or another person has logged in since in the same browser.

    What the first has typed must not be saved in the second's name; the page keeps it, and asks
    for the first to log in again.
    """
    if not request.user.is_authenticated:
        return True
    writer = request.headers.get(HEADER)
    return writer is not None and writer != str(request.user.pk)
