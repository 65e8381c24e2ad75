"""What ICLD has answered for all, beside the question of the form: `{% load enquiries %}`."""

from django import template

from applications.models import PublishedAnswer

register = template.Library()

KEPT = "_published_answers"


@register.simple_tag(takes_context=True)
def answers_about(context, phase: str, key: str) -> list[PublishedAnswer]:
    """`{% answers_about phase question.key as published %}`: one query for a whole page."""
    request = getattr(context, "request", None) or context.get("request")
    kept = getattr(request, KEPT, None) or {}
    if phase not in kept:
        rows = PublishedAnswer.objects.shown().of_phase(phase).exclude(question_key="")
        kept = kept | {phase: list(rows)}
        if request is not None:
            setattr(request, KEPT, kept)
    return [row for row in kept[phase] if row.question_key == key]
