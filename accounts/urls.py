"""What a person may do with their own log-in, and no more: a new address or account is ICLD's to
make, since messages and permissions follow the address."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.views import logged_in_again, who_am_i

urlpatterns = [
    path("vem/", who_am_i, name="who_am_i"),
    path("inloggad-igen/", logged_in_again, name="logged_in_again"),
    path("losenord/byt/", views.password_change, name="account_change_password"),
    path("losenord/valj/", views.password_set, name="account_set_password"),
    path("losenord/glomt/", views.password_reset, name="account_reset_password"),
    path("losenord/glomt/klart/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/nytt/klart/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("avstangt/", views.account_inactive, name="account_inactive"),
    # allauth names this address in its log-in page; nobody makes an account by themselves.
    path("nytt/", RedirectView.as_view(pattern_name="contact"), name="account_signup"),
]
