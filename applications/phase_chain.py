"""How the phases follow each other: what an application builds on, and what it is asked of it."""

from enum import StrEnum

from funding.states import Phase


class Asked(StrEnum):
    """What the form's question about the earlier case can ask for."""

    EARLIER = "earlier"
    TRAINING = "training"
    GRANTS = "grants"


ASKED = {
    Phase.PREPARATION: (Asked.TRAINING, Asked.GRANTS),
    Phase.PROJECT: (Asked.EARLIER, Asked.TRAINING, Asked.GRANTS),
    Phase.STEERING_GROUP: (Asked.GRANTS,),
    Phase.DEVELOPMENT: (Asked.EARLIER, Asked.GRANTS),
    Phase.DISSEMINATION: (Asked.EARLIER, Asked.GRANTS),
}
"""By phase, in the order in which one is asked."""

BUILDS_ON = {
    Phase.PROJECT: Phase.PREPARATION,
    Phase.DEVELOPMENT: Phase.PROJECT,
    Phase.DISSEMINATION: Phase.PROJECT,
}
"""The phase of the case that an application builds on; that case has been granted, and may be
running or ended (domain sections 0.5 and 4)."""
