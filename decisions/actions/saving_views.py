"""Ways to look at the queue that a person keeps. They are the person's own and touch no case."""

from decisions.models import SavedView


def save_view(user, *, name: str, query: str) -> SavedView:
    """Keep a view under a name; one of that name is replaced."""
    view, _made = SavedView.objects.update_or_create(
        user=user, name=name.strip(), defaults={"query": query}
    )
    return view


def drop_view(user, pk: int) -> None:
    """Forget one of one's own views; another's, or none, is left as it is."""
    SavedView.objects.filter(user=user, pk=pk).delete()
