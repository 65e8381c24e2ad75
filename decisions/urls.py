from django.urls import path

from decisions.views import (
    applicant,
    assessing,
    assigning,
    case,
    deciding,
    letters,
    proposing,
    queue,
    releasing,
)

urlpatterns = [
    path("arenden/", queue.cases, name="cases"),
    path("arenden/arenden.xlsx", queue.export, {"format": "xlsx"}, name="cases_xlsx"),
    path("arenden/arenden.csv", queue.export, {"format": "csv"}, name="cases_csv"),
    path("arenden/tilldela/", queue.assign, name="cases_assign"),
    path("arenden/vyer/", queue.save_view, name="cases_save_view"),
    path("arenden/vyer/<int:pk>/ta-bort/", queue.drop_view, name="cases_drop_view"),
    path("arenden/<uuid:public_id>/", case.case, name="case"),
    path("arenden/<uuid:public_id>/handlaggare/", assigning.assign, name="case_assign"),
    path("arenden/<uuid:public_id>/bedomning/", assessing.assess, name="case_assess"),
    path("arenden/<uuid:public_id>/bedomning/enas/", assessing.agree, name="case_agree"),
    path(
        "arenden/<uuid:public_id>/aterta-bedomning/",
        assessing.take_back,
        name="case_take_back",
    ),
    path("arenden/<uuid:public_id>/forslag/", proposing.propose, name="case_propose"),
    path("arenden/<uuid:public_id>/beslut/", deciding.decide, name="case_decide"),
    path("arenden/<uuid:public_id>/expediera/", releasing.release, name="case_release"),
    path("arenden/<uuid:public_id>/brev-utkast.pdf", letters.draft, name="case_letter_draft"),
    path("arenden/<uuid:public_id>/brev.pdf", letters.letter, name="case_letter"),
    path(
        "arenden/<uuid:public_id>/meddelanden/<int:pk>/skicka-igen/",
        case.send_again,
        name="case_message_again",
    ),
    path("ansokningar/<uuid:public_id>/beslut/", applicant.decision, name="application_decision"),
    path("ansokningar/<uuid:public_id>/beslut.pdf", applicant.letter, name="application_letter"),
]
