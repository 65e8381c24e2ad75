"""Exchange rates. Budgets may have been reckoned by one, so it stays: a new rate is a new row."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import ReferenceAdmin
from funding.currencies import currency_name, rate_text
from funding.forms.rates import ExchangeRateForm
from funding.models import BudgetLine, ExchangeRate


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReferenceAdmin):
    form = ExchangeRateForm
    list_display = ["currency", "name", "kronor_for_one", "valid_on", "source"]
    list_filter = ["currency"]
    search_fields = ["currency", "source"]
    date_hierarchy = "valid_on"

    def has_change_permission(self, request, obj=None) -> bool:
        """A rate is mended until a budget goes by it; after that a new one is added."""
        return not _is_used(obj) and super().has_change_permission(request, obj)

    @admin.display(description=_("name"))
    def name(self, rate: ExchangeRate) -> str:
        return currency_name(rate.currency)

    @admin.display(description=_("kronor for one"), ordering="rate")
    def kronor_for_one(self, rate: ExchangeRate) -> str:
        return rate_text(rate.rate)


def _is_used(rate: ExchangeRate | None) -> bool:
    if rate is None:
        return False
    return BudgetLine.objects.filter(currency=rate.currency, rate_on=rate.valid_on).exists()
