"""Every address of the portal. Swedish words in addresses, English in code."""

from allauth.account.views import logout
from django.contrib import admin
from django.urls import include, path

from icld_portal import views
from icld_portal.demo import views as demo

urlpatterns = [
    path("", views.start, name="start"),
    path("om-programmet/", views.about, name="about"),
    path("kontakt/", views.contact, name="contact"),
    path("personuppgifter/", views.privacy, name="privacy"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("oversikt/", views.overview, name="overview"),
    path("sprak/", views.language, name="language"),
    path("prova/klocka/", demo.set_clock, name="demo_clock"),
    path("prova/mejl/", demo.sent_mail, name="demo_mail"),
    path("ansokningar/", include("applications.urls")),
    path("", include("decisions.urls")),
    path("", include("partnerships.urls")),
    path("konto/", include("allauth.urls")),
    # After allauth's own, so that these short addresses are the ones written in links.
    path("logga-in/", views.LogIn.as_view(), name="account_login"),
    path("logga-ut/", logout, name="account_logout"),
    path("admin/", admin.site.urls),
]
