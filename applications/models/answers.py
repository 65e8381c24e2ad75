from django.conf import settings
from django.db import models

from accounts.states import Language
from applications.models.applications import Application


class Answer(models.Model):
    """One answer in one language. A save names the version it began from.

    `copied_from`: where a text that nobody has touched since was copied from.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question_key = models.SlugField()
    language = models.CharField(max_length=2, choices=Language)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    copied_from = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question_key", "language"], name="answer_once"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="answer_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_key} ({self.language}) v{self.version}"


class AnswerVersion(models.Model):
    """What an answer was: one row per author and pause in writing."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.version}"
