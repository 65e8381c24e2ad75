from datetime import datetime

from django.db import models

from outbox.states import MessageState


class MessageQuerySet(models.QuerySet):
    def due(self, at: datetime):
        """Queued messages whose time has come, oldest first."""
        return self.filter(state=MessageState.QUEUED, due_at__lte=at).order_by("due_at", "id")
