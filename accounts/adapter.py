"""What we tell allauth about our log-in."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by e-mail. Accounts are made by ICLD or by invitation, never by signing up."""

    def is_open_for_signup(self, request) -> bool:
        return False


class LogInBackend(AuthenticationBackend):
    """Knows who a person is. What they may do, only `rules` says: no model permissions are read."""

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return False

    def has_module_perms(self, user_obj, app_label) -> bool:
        return False

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        return set()
