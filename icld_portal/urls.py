"""Every address of the portal. Swedish words in addresses, English in code."""

from allauth.account.views import logout
from django.contrib import admin
from django.urls import include, path

from applications.views.calculator import calculator
from icld_portal import views
from icld_portal.demo import views as demo
from icld_portal.health import health

urlpatterns = [
    path("", views.start, name="start"),
    path("om-programmet/", views.about, name="about"),
    path("takbelopp/", calculator, name="calculator"),
    path("kontakt/", views.contact, name="contact"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("oversikt/", views.overview, name="overview"),
    path("sprak/", views.language, name="language"),
    path("halsa/", health, name="health"),
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
