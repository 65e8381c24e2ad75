"""Open data."""

import csv

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from partnerships.models import Organisation

COLUMNS = ("kommun_code", "region_code", "name", "kind", "county_code")


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Sweden's kommuner and regioner with their official codes; Gotland is one row with both."""
    bodies = (
        Organisation.objects.filter(country__code="SE", kind__key__in=["kommun", "region"])
        .exclude(kommun_code="", region_code="")
        .order_by("kommun_code", "region_code")
        .values_list("kommun_code", "region_code", "name", "kind__key", "county_code")
    )
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="organisationer.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    writer.writerows(bodies)
    return response
