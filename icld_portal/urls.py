"""Every address of the portal. Swedish words in addresses, English in code."""

from allauth.account.views import logout
from django.contrib import admin
from django.urls import include, path

from applications.feeds import rounds_ics, rounds_json
from applications.views import round_desk, signing
from applications.views.calculator import calculator
from applications.views.enquiry_desk import thread, threads
from applications.views.late_desk import late_entry
from applications.views.public_forms import public_form, public_form_docx, public_forms
from applications.views.published import published
from applications.views.publishing import change, publish
from applications.views.rounds import rounds, server_time
from applications.views.verifying import verify
from icld_portal import views
from icld_portal.demo import views as demo
from icld_portal.health import health
from icld_portal.metrics import metrics

urlpatterns = [
    path("", views.start, name="start"),
    path("om-programmet/", views.about, name="about"),
    path("takbelopp/", calculator, name="calculator"),
    path("omgangar/", rounds, name="rounds"),
    path("omgangar.ics", rounds_ics, name="rounds_ics"),
    path("omgangar.json", rounds_json, name="rounds_json"),
    path("tid/", server_time, name="server_time"),
    path("formular/", public_forms, name="public_forms"),
    path("formular/<phase:phase>/", public_form, name="public_form"),
    path(
        "formular/<phase:phase>/formular-<str:language>.docx",
        public_form_docx,
        name="public_form_docx",
    ),
    path("fragor/", threads, name="enquiries"),
    path("fragor/<uuid:public_id>/", thread, name="enquiry"),
    path("fragor/publicera/<uuid:enquiry>/", publish, name="publish_answer"),
    path("fragor-och-svar/", published, name="published"),
    path("fragor-och-svar/<uuid:public_id>/", change, name="published_answer"),
    path("arenden/omgangar/", round_desk.rounds, name="round_desks"),
    path("arenden/omgangar/<uuid:public_id>/", round_desk.round_desk, name="round_desk"),
    path("arenden/omgangar/<uuid:public_id>/forlang/", round_desk.extend, name="round_extend"),
    path(
        "arenden/omgangar/<uuid:public_id>/registrera/",
        round_desk.register,
        name="round_register",
    ),
    path("arenden/sena/<uuid:public_id>/", late_entry, name="late_entry"),
    path("skriv-under/<str:token>/", signing.sign, name="sign"),
    path("skriv-under/<str:token>/ansokan.pdf", signing.sign_pdf, name="sign_pdf"),
    path("verifiera/", verify, name="verify"),
    path("kontakt/", views.contact, name="contact"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("oversikt/", views.overview, name="overview"),
    path("sprak/", views.language, name="language"),
    path("halsa/", health, name="health"),
    path("halsa/matt/", metrics, name="metrics"),
    path("prova/klocka/", demo.set_clock, name="demo_clock"),
    path("prova/mejl/", demo.sent_mail, name="demo_mail"),
    path("ansokningar/", include("applications.urls")),
    path("", include("decisions.urls")),
    path("", include("partnerships.urls")),
    path("konto/", include("accounts.urls")),
    path("logga-in/", views.LogIn.as_view(), name="account_login"),
    path("logga-ut/", logout, name="account_logout"),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
