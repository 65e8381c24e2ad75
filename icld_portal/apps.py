from django.apps import AppConfig
from django.core.checks import Tags, register

from icld_portal.checks import files_are_private, mail_is_sent, not_a_demo


class PortalConfig(AppConfig):
    name = "icld_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        register(not_a_demo, Tags.security, deploy=True)
        register(files_are_private, Tags.security, deploy=True)
        register(mail_is_sent, Tags.security, deploy=True)
