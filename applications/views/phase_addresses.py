"""Phases in addresses: Swedish words outside, phases inside."""

from django.urls import register_converter

from funding.states import Phase

SLUGS = {
    Phase.PREPARATION: "forberedelse",
    Phase.PROJECT: "projekt",
    Phase.STEERING_GROUP: "styrgrupp",
    Phase.DEVELOPMENT: "utveckling",
    Phase.DISSEMINATION: "spridning",
}


class PhaseConverter:
    """`<phase:phase>` in an address. Anything but these words is no address of ours."""

    regex = "|".join(SLUGS.values())

    def to_python(self, value: str) -> Phase:
        return next(phase for phase, slug in SLUGS.items() if slug == value)

    def to_url(self, value: str) -> str:
        return SLUGS[Phase(value)]


register_converter(PhaseConverter, "phase")
