from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, Group, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import UserManager
from accounts.states import Language, Role


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Logs in by e-mail; what they may do follows from roles and memberships."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.SWEDISH
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(
        _("works for ICLD"), default=False, help_text=_("Only people at ICLD have staff roles.")
    )
    date_joined = models.DateTimeField(_("account made"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "email"]
        constraints = [
            # Django answers yes for a superuser before any rule is asked, so there are none.
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="user_no_superuser"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="user_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Staff roles; empty, without a query, for people outside ICLD."""
        if not self.is_staff:
            return frozenset()
        names = Group.objects.filter(user=self).values_list("name", flat=True)
        return frozenset(Role(name) for name in names if name in Role.values)
