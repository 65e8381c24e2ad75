from partnerships.models.countries import Country, OpenPeriod
from partnerships.models.networks import Network
from partnerships.models.organisations import Membership, Organisation, OrganisationKind
from partnerships.models.partnerships import Partnership, Party, Seat, SteeringGroup

__all__ = [
    "Country",
    "Membership",
    "Network",
    "OpenPeriod",
    "Organisation",
    "OrganisationKind",
    "Partnership",
    "Party",
    "Seat",
    "SteeringGroup",
]
