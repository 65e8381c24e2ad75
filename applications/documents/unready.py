"""Why a round cannot open."""

from django.utils.translation import gettext as _

from applications.models import Round


def what_is_missing(round_: Round) -> list[str]:
    """What keeps a round from opening, in the active language; empty for one that is ready.

    Agrees with `RoundQuerySet.ready`.
    """
    missing = []
    if round_.schedule_id is None:
        missing.append(_("It has no ceiling schedule: choose one that is published."))
    if not round_.offered:
        missing.append(_("It has no phase whose form is published: add a phase and its form."))
    return missing
