"""Forms in the admin: a published form keeps its structure, its wording may improve."""

import pytest

from applications.models import FormVersion
from applications.states import FormStatus
from funding.states import Phase
from tests.html_forms import fields_of

LIST = "/admin/applications/formversion/"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def published(reference):
    return FormVersion.objects.get(phase=Phase.PROJECT, number=1)


def page(form) -> str:
    return f"{LIST}{form.pk}/change/"


def test_the_wording_of_a_published_question_can_be_changed_and_nothing_else(desk, published):
    first = published.questions.first()
    fields = fields_of(desk.get(page(published)))
    assert "questions-0-limit" not in fields
    assert "status" not in fields
    fields |= {
        "questions-0-label_sv": "Kort om projektet",
        "questions-0-limit": "9",
        "status": "draft",
    }
    assert desk.post(page(published), fields).status_code == 302
    limit = first.limit
    first.refresh_from_db()
    published.refresh_from_db()
    assert (first.label_sv, first.limit) == ("Kort om projektet", limit)
    assert published.status == FormStatus.PUBLISHED


def test_a_published_form_gets_no_new_questions(desk, published):
    before = published.questions.count()
    fields = fields_of(desk.get(page(published))) | {
        "questions-TOTAL_FORMS": str(before + 1),
        f"questions-{before}-key": "extra",
        f"questions-{before}-label_sv": "Extra",
        f"questions-{before}-label_en": "Extra",
    }
    desk.post(page(published), fields)
    assert published.questions.count() == before


def test_the_next_version_is_made_as_a_draft_and_then_published(desk):
    fields = fields_of(desk.get(f"{LIST}add/")) | {
        "phase": "project",
        "number": "2",
        "questions-TOTAL_FORMS": "1",
        "questions-0-key": "summary",
        "questions-0-section": "innehall",
        "questions-0-label_sv": "Sammanfattning",
        "questions-0-label_en": "Summary",
        "questions-0-limit": "200",
        "questions-0-limit_unit": "words",
        "questions-0-languages": "both",
        "questions-0-order": "1",
    }
    assert desk.post(f"{LIST}add/", fields).status_code == 302
    made = FormVersion.objects.get(phase=Phase.PROJECT, number=2)
    assert (made.status, made.questions.count()) == (FormStatus.DRAFT, 1)
    fields = fields_of(desk.get(page(made))) | {"status": "published"}
    assert desk.post(page(made), fields).status_code == 302
    made.refresh_from_db()
    assert made.status == FormStatus.PUBLISHED
