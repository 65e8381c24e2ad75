"""Letter texts to edit; cases, decisions and letters to look at."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin
from decisions.models import (
    Assessment,
    Case,
    Decision,
    Letter,
    LetterText,
    Proposal,
)


@admin.register(LetterText)
class LetterTextAdmin(ReferenceAdmin):
    """The template asks for each by its key, so none is added."""

    list_display = ["label_sv", "key"]
    search_fields = ["label_sv", "text_sv", "text_en"]
    readonly_fields = ["key"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class AssessmentInline(ReadOnlyInline):
    model = Assessment


class ProposalInline(ReadOnlyInline):
    model = Proposal
    exclude = ["budget"]


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "officer", "opened_at"]
    list_filter = ["state"]
    list_select_related = ["application", "officer"]
    search_fields = ["application__dnr", "application__title_sv", "application__title_en"]
    inlines = [AssessmentInline, ProposalInline]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["dnr", "outcome", "amount_sek", "decided_at", "released_at"]
    list_filter = ["outcome"]
    list_select_related = ["case__application"]
    search_fields = ["case__application__dnr"]
    exclude = ["budget"]

    @admin.display(ordering="case__application__dnr")
    def dnr(self, decision: Decision) -> str:
        return decision.case.application.dnr


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["dnr", "version", "queued_at", "rendered_at", "attempts"]
    list_select_related = ["decision__case__application"]
    search_fields = ["decision__case__application__dnr"]

    @admin.display(ordering="decision__case__application__dnr")
    def dnr(self, letter: Letter) -> str:
        return letter.decision.case.application.dnr
