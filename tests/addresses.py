"""Addresses of an application's pages by name."""

from django.urls import reverse

MORE = {
    "application_content": ["content"],
    "answer_history": ["summary", "sv"],
    "comment_thread": ["basics"],
    "receipt_pdf": [1],
}
"""What an address takes besides the application."""


def page_of(name: str, public_id) -> str:
    return reverse(name, args=[public_id, *MORE.get(name, [])])
