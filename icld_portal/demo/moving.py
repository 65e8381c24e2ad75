"""Moving the demo's clock."""

from datetime import datetime

from django.db import transaction

from applications.management import reference
from icld_portal.demo.clock import set_to
from icld_portal.queue import WAKEABLE, wake


@transaction.atomic
def move(moment: datetime) -> None:
    """Let the demo's clock show `moment`, make the rounds of the years around it, and have
    everything that is due then done at once.

    What was done at a later time stays done when the clock is turned back.
    """
    set_to(moment)
    reference.load(moment)
    for name in sorted(WAKEABLE):
        wake(name)
