"""Reading and filling in the parties' pages, the way a browser does."""

import re
from html import unescape

from tests.html_forms import fields_of


def text(response) -> str:
    """The words of a page's main part, on one line."""
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def address(application, page: str = "") -> str:
    return f"/ansokningar/{application.public_id}/{page}"


def fill_in(client, url: str, **changes):
    """Open a page, change some of its fields (None: leave out) and save it."""
    fields = fields_of(client.get(url)) | changes
    return client.post(url, {name: value for name, value in fields.items() if value is not None})
