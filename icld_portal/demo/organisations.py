"""The organisations of the demo: Swedish ones by their codes, partners from partners.toml."""

from functools import cache

from icld_portal.demo.tables import table
from partnerships.models import Country, Organisation, OrganisationKind, Partnership

ADDRESS = "Påhittad gata 1\n123 45 {name}"


class Organisations:
    """Finds an organisation by a kommun code, R and a region code, or a partner's key."""

    def __init__(self) -> None:
        self._partners = table("partners")
        self._kinds = {kind.key: kind for kind in OrganisationKind.objects.all()}
        self._countries = {country.code: country for country in Country.objects.all()}
        self.by_code = cache(self._find)

    def _find(self, code: str) -> Organisation:
        if code in self._partners:
            return self._partner(self._partners[code])
        codes = {"region_code": code[1:]} if code.startswith("R") else {"kommun_code": code}
        organisation = Organisation.objects.select_related("kind", "country").get(**codes)
        if not organisation.postal_address:
            organisation.postal_address = ADDRESS.format(name=organisation.name)
            organisation.save(update_fields=["postal_address"])
        return organisation

    def _partner(self, row: dict[str, str]) -> Organisation:
        organisation, _made = Organisation.objects.get_or_create(
            country=self._countries[row["country"]],
            display_name=row["name"],
            defaults={"name": row["name"], "kind": self._kinds[row["kind"]]},
        )
        return organisation


def partnership_of(applicant: Organisation, partner: Organisation) -> Partnership | None:
    """The partnership that these two already have."""
    rows = Partnership.objects.filter(parties__organisation=applicant)
    return rows.filter(parties__organisation=partner).first()
