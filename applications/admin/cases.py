"""Cases, to look at. What nobody at ICLD may read yet, the admin does not show either."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import ReadOnlyAdmin, ReadOnlyInline
from applications.models import (
    Application,
    ApplicationParty,
    CaseMessage,
    Event,
    LateEntry,
    Submission,
)


class PartyInline(ReadOnlyInline):
    model = ApplicationParty


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """From the first submission; drafts belong to their parties."""

    list_display = ["dnr", "title", "phase", "round", "state"]
    list_filter = ["state", "phase", "round"]
    list_select_related = ["round"]
    search_fields = ["dnr", "title_sv", "title_en", "parties__organisation__display_name"]
    inlines = [PartyInline]

    def get_queryset(self, request):
        return super().get_queryset(request).submitted()


class OfACase(ReadOnlyAdmin):
    """Rows that hang on an application and are found by its number."""

    list_select_related = ["application"]
    search_fields = ["application__dnr", "application__title_sv", "application__title_en"]

    def get_queryset(self, request):
        submitted = Application.objects.submitted()
        return super().get_queryset(request).filter(application__in=submitted)

    @admin.display(ordering="application__dnr")
    def dnr(self, row) -> str:
        return row.application.dnr


@admin.register(Submission)
class SubmissionAdmin(OfACase):
    list_display = ["dnr", "version", "kind", "received_at", "amount_sek"]
    list_filter = ["kind"]


@admin.register(LateEntry)
class LateEntryAdmin(ReadOnlyAdmin):
    """What came, or wants to come, after the close. Of a draft nothing but its round is shown."""

    list_display = ["received_at", "round", "channel", "outcome", "decided_by", "until"]
    list_filter = ["outcome", "channel"]
    list_select_related = ["application__round", "decided_by"]
    search_fields = ["=application__dnr", "reason"]
    exclude = ["application", "submission"]

    @admin.display(description=_("round"))
    def round(self, entry: LateEntry) -> str:
        return str(entry.application.round)


@admin.register(Event)
class EventAdmin(OfACase):
    list_display = ["at", "dnr", "kind", "audience"]
    list_filter = ["kind", "audience"]


@admin.register(CaseMessage)
class CaseMessageAdmin(OfACase):
    list_display = ["dnr", "message"]
    list_select_related = ["application", "message"]
