from django.urls import path

from applications.views import (
    areas,
    basics,
    budget,
    budget_sheets,
    content,
    declarations,
    listing,
    parties,
    receipt,
    restarting,
    review,
    seats,
    starting,
    tasklist,
)

urlpatterns = [
    path("", listing.applications, name="applications"),
    path("ny/", starting.new, name="application_new"),
    path("<uuid:public_id>/", tasklist.application, name="application"),
    path("<uuid:public_id>/borja-om/", restarting.restart, name="application_restart"),
    path("<uuid:public_id>/grunder/", basics.basics, name="application_basics"),
    path("<uuid:public_id>/parter/", parties.parties, name="application_parties"),
    path("<uuid:public_id>/innehall/", content.content, name="application_content"),
    path(
        "<uuid:public_id>/svar/<slug:key>/<slug:language>/",
        content.save_answer,
        name="application_answer",
    ),
    path("<uuid:public_id>/omraden/", areas.areas, name="application_areas"),
    path("<uuid:public_id>/styrgrupp/", seats.seats, name="application_seats"),
    path("<uuid:public_id>/budget/", budget.budget, name="application_budget"),
    path("<uuid:public_id>/budget/spara/", budget.live, name="budget_live"),
    path("<uuid:public_id>/budget/budget.xlsx", budget_sheets.budget_xlsx, name="budget_xlsx"),
    path("<uuid:public_id>/budget/hamta-in/", budget_sheets.budget_import, name="budget_import"),
    path("<uuid:public_id>/intyg/", declarations.declarations, name="application_declarations"),
    path("<uuid:public_id>/granska/", review.review, name="application_review"),
    path("<uuid:public_id>/skicka-in/", review.submit, name="application_submit"),
    path("<uuid:public_id>/kvittens/", receipt.receipt, name="application_receipt"),
    path(
        "<uuid:public_id>/handlingar/<int:version>.pdf",
        receipt.submission_pdf,
        name="submission_pdf",
    ),
]
