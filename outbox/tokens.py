"""Links that only the recipient may have: the stored body of a message has no usable token.

A body says `MARK` where the token belongs. The token is made of the portal's secret key and the
message's key, and put in when the message is handed to the mail server, also when it is sent again.
So whoever reads the rows (officers, administrators, a copy of the database) has no link, and
nothing has to be kept elsewhere until the mail has gone. Whoever writes the message keeps the
token's hash, to know it by when it comes back.

A new secret key makes other tokens: links that were sent go on working, as they are known by their
hash; one that is still queued, or is sent again, leads nowhere and must be asked for anew.
"""

from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

MARK = "***not-shown***"
"""Stands in a stored body for the token; nobody types it by chance."""

SALT = "outbox.tokens"


def token_for(key: str) -> str:
    """The token of the message with this key: 256 bits, as text for an address.

    A key that somebody could guess makes no better token, but without the secret key none at all.
    """
    digest = salted_hmac(SALT, key, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def delivered(key: str, body: str) -> str:
    """The body as the recipient gets it."""
    return body.replace(MARK, token_for(key)) if MARK in body else body
