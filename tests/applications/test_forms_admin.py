"""Forms in the admin: a draft is worked on, previewed and published; a published one stands."""

import pytest

from applications.models import FormSection, FormVersion, Question, WordingCorrection
from applications.states import FormStatus
from funding.states import Phase
from tests.html_forms import errors_of, fields_of

LIST = "/admin/applications/formversion/"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def published(reference):
    return FormVersion.objects.get(phase=Phase.PROJECT, number=2)


@pytest.fixture
def draft_form(desk, published):
    desk.post(f"{LIST}{published.pk}/copy/")
    return FormVersion.objects.get(phase=Phase.PROJECT, number=3)


def page(form) -> str:
    return f"{LIST}{form.pk}/change/"


def part(row) -> str:
    return f"/admin/applications/{row._meta.model_name}/{row.pk}/change/"


def text_of(response) -> str:
    return response.content.decode()


# --- a published form -------------------------------------------------------------------------


def test_a_published_form_is_only_read(desk, published):
    response = desk.get(page(published))
    assert response.status_code == 200
    assert 'name="_save"' not in text_of(response)
    assert "questions-0-key" not in fields_of(response)
    assert desk.post(page(published), {"number": "9"}).status_code == 403


def test_the_wording_of_a_published_question_can_be_corrected_and_nothing_else(desk, published):
    first = published.questions.get(key="summary")
    fields = fields_of(desk.get(part(first)))
    assert "limit" not in fields
    assert "key" not in fields
    fields |= {"label_sv": "Kort om projektet", "limit": "9", "key": "other", "required": ""}
    assert desk.post(part(first), fields).status_code == 302
    limit = first.limit
    first.refresh_from_db()
    assert (first.label_sv, first.limit, first.key) == ("Kort om projektet", limit, "summary")
    assert first.required


def test_a_correction_is_kept_with_what_it_said_before(desk, published, administrator):
    section = published.sections.get(key="plan")
    before = section.help_en
    fields = fields_of(desk.get(part(section))) | {"help_en": "What you will do."}
    desk.post(part(section), fields)
    (kept,) = WordingCorrection.objects.all()
    assert (kept.form_version, kept.place, kept.field) == (published, "plan", "help_en")
    assert (kept.before, kept.after, kept.by) == (before, "What you will do.", administrator)
    assert "What you will do." in text_of(desk.get(page(published)))


def test_a_published_label_is_not_emptied(desk, published):
    first = published.questions.get(key="summary")
    fields = fields_of(desk.get(part(first))) | {"label_en": " "}
    response = desk.post(part(first), fields)
    assert response.status_code == 200
    assert "label_en" in response.context["adminform"].form.errors
    assert not WordingCorrection.objects.exists()


def test_the_attachments_help_can_be_corrected_too(desk, published):
    minutes = published.requested_attachments.get(kind="minutes")
    fields = fields_of(desk.get(part(minutes))) | {"help_sv": "Utdraget.", "required": ""}
    desk.post(part(minutes), fields)
    minutes.refresh_from_db()
    assert (minutes.help_sv, minutes.required) == ("Utdraget.", True)
    assert WordingCorrection.objects.get().place == "attachments/minutes"


# --- a draft ----------------------------------------------------------------------------------


def test_the_next_version_is_made_as_a_draft_and_then_published(desk, draft_form, published):
    assert draft_form.status == FormStatus.DRAFT
    assert draft_form.questions.count() == published.questions.count()
    summary = draft_form.questions.get(key="summary")
    desk.post(part(summary), fields_of(desk.get(part(summary))) | {"limit": "250"})
    assert desk.post(f"{LIST}{draft_form.pk}/publish/").status_code == 302
    draft_form.refresh_from_db()
    summary.refresh_from_db()
    assert (draft_form.status, summary.limit) == (FormStatus.PUBLISHED, 250)
    assert draft_form.published_at is not None
    assert published.questions.get(key="summary").limit == 200


def test_a_draft_is_worked_on_as_rows(desk, draft_form):
    fields = fields_of(desk.get(page(draft_form)))
    rows = int(fields["questions-TOTAL_FORMS"][0])
    plan = draft_form.sections.get(key="plan")
    new = {"section": str(plan.pk), "order": "9", "key": "innovation", "kind": "text"}
    new |= {"languages": "any", "limit": "900", "limit_unit": "characters"}
    fields |= {f"questions-{rows}-{name}": value for name, value in new.items()}
    fields |= {"questions-TOTAL_FORMS": str(rows + 1)}
    response = desk.post(page(draft_form), fields)
    assert response.status_code == 302, errors_of(response)
    made = draft_form.questions.get(key="innovation")
    assert (made.section, made.limit, made.label_sv) == (plan, 900, "")


def test_a_question_is_placed_in_a_section_of_its_own_form(desk, draft_form, published):
    fields = fields_of(desk.get(page(draft_form)))
    elsewhere = published.sections.get(key="plan")
    response = desk.post(page(draft_form), fields | {"questions-0-section": str(elsewhere.pk)})
    assert response.status_code == 200
    own = draft_form.questions.get(key="gender")
    response = desk.post(part(own), fields_of(desk.get(part(own))) | {"section": str(elsewhere.pk)})
    assert response.status_code == 200
    own.refresh_from_db()
    assert own.section.form_version == draft_form


def test_a_section_with_questions_is_not_taken_away(desk, draft_form):
    fields = fields_of(desk.get(page(draft_form))) | {"sections-0-DELETE": "on"}
    response = desk.post(page(draft_form), fields)
    assert response.status_code == 200
    assert draft_form.sections.count() == 12
    assert draft_form.questions.filter(section__key="basics").count() == 4


def test_two_questions_cannot_share_a_key(desk, draft_form):
    fields = fields_of(desk.get(page(draft_form))) | {"questions-1-key": "title"}
    response = desk.post(page(draft_form), fields)
    assert response.status_code == 200
    assert "Två rader har samma nyckel" in text_of(response)


def test_nor_when_a_question_is_changed_on_its_own_page(desk, draft_form):
    gender = draft_form.questions.get(key="gender")
    response = desk.post(part(gender), fields_of(desk.get(part(gender))) | {"key": "title"})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_a_page_of_its_own_stands_once(desk, draft_form):
    plan = draft_form.sections.get(key="plan")
    response = desk.post(part(plan), fields_of(desk.get(part(plan))) | {"page": "budget"})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def _pages(desk, form) -> tuple[dict, dict[str, str]]:
    """The fields of a form's page, and the field of each section's page by the section's key."""
    fields = fields_of(desk.get(page(form)))
    ids = {str(row.pk): row.key for row in form.sections.all()}
    count = int("".join(fields["sections-TOTAL_FORMS"]))
    rows = {f"sections-{n}-id": f"sections-{n}-page" for n in range(count)}
    return fields, {
        ids["".join(fields[name])]: field for name, field in rows.items() if fields.get(name)
    }


def test_nor_does_it_when_the_rows_of_a_form_are_changed(desk, draft_form):
    fields, field_of = _pages(desk, draft_form)
    response = desk.post(page(draft_form), fields | {field_of["plan"]: "budget"})
    assert response.status_code == 200
    assert "Ett annat avsnitt är redan den här sidan" in text_of(response)
    assert draft_form.sections.get(key="plan").page == "content"


def test_two_sections_change_pages_with_each_other(desk, draft_form):
    before = dict(draft_form.sections.exclude(page="content").values_list("key", "page"))
    first, second = list(before)[:2]
    fields, field_of = _pages(desk, draft_form)
    swapped = {field_of[first]: before[second], field_of[second]: before[first]}
    response = desk.post(page(draft_form), fields | swapped)
    assert response.status_code == 302, errors_of(response)
    assert draft_form.sections.get(key=first).page == before[second]
    assert draft_form.sections.get(key=second).page == before[first]


@pytest.mark.parametrize("typed", ["två ord", "å", "a/b", "x" * 51, ""])
def test_a_key_is_plain(typed, desk, draft_form):
    gender = draft_form.questions.get(key="gender")
    response = desk.post(part(gender), fields_of(desk.get(part(gender))) | {"key": typed})
    assert response.status_code == 200
    assert "slug" not in errors_of(response).lower()
    gender.refresh_from_db()
    assert gender.key == "gender"


@pytest.mark.parametrize(("name", "typed"), [("limit", "0"), ("limit", "-1"), ("limit", "")])
def test_a_text_needs_a_limit(name, typed, desk, draft_form):
    gender = draft_form.questions.get(key="gender")
    response = desk.post(part(gender), fields_of(desk.get(part(gender))) | {name: typed})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_what_is_wrong_is_listed_and_stops_the_publication(desk, draft_form):
    draft_form.questions.get(key="title").delete()
    draft_form.questions.filter(key="gender").update(label_en="")
    shown = desk.get(page(draft_form))
    codes = [fault.code for fault in shown.context["faults"]]
    assert sorted(codes) == ["kind_missing", "label_missing"]
    response = desk.post(f"{LIST}{draft_form.pk}/publish/")
    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 2
    draft_form.refresh_from_db()
    assert draft_form.status == FormStatus.DRAFT


def test_what_a_draft_changes_in_the_version_before_is_told(desk, draft_form):
    draft_form.questions.filter(key="gender").update(limit=900)
    draft_form.questions.get(key="child").delete()
    changes = desk.get(page(draft_form)).context["changes"]
    assert len(changes) == 2
    limit = next(row for row in changes if row.after == "900")
    assert limit.before.replace("\N{NO-BREAK SPACE}", " ") == "1 500"


def test_a_draft_without_a_round_can_be_thrown_away(desk, draft_form, published):
    assert desk.post(f"{LIST}{draft_form.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not FormVersion.objects.filter(pk=draft_form.pk).exists()
    assert desk.post(f"{LIST}{published.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_published_form_that_no_opened_round_uses_can_be_taken_back(desk, draft_form):
    desk.post(f"{LIST}{draft_form.pk}/publish/")
    assert desk.post(f"{LIST}{draft_form.pk}/take-back/").status_code == 302
    draft_form.refresh_from_db()
    assert (draft_form.status, draft_form.published_at) == (FormStatus.DRAFT, None)


def test_the_form_of_an_opened_round_is_not_taken_back(desk, published, full_form):
    assert "/take-back/" not in text_of(desk.get(page(published)))
    response = desk.post(f"{LIST}{published.pk}/take-back/")
    assert response.status_code == 200
    published.refresh_from_db()
    assert published.is_published


# --- as an applicant --------------------------------------------------------------------------


def test_the_preview_shows_every_question_of_a_draft_and_has_nothing_to_save(desk, draft_form):
    shown = text_of(desk.get(f"{LIST}{draft_form.pk}/preview/"))
    body = shown.split('id="main"')[1].split("</main>")[0]
    for question in draft_form.questions.all():
        assert f'id="q-{question.key}"' in body
    texts = draft_form.questions.filter(kind="text").count()
    assert body.count("<textarea") == body.count("readonly") == 2 * texts
    assert "<button" not in body
    assert "<input" not in body


def test_markup_in_a_text_is_shown_as_text(desk, draft_form):
    draft_form.questions.filter(key="gender").update(
        label_sv="<script>alert(1)</script>", help_sv="<b>fet</b> \u202ebak"
    )
    for address in (page(draft_form), f"{LIST}{draft_form.pk}/preview/"):
        shown = text_of(desk.get(address))
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;" in shown


def test_a_draft_with_holes_can_be_previewed(desk, draft_form):
    draft_form.questions.update(label_sv="", help_en="")
    draft_form.sections.filter(key="plan").update(label_sv="", label_en="")
    FormSection.objects.create(form_version=draft_form, key="new", page="content", order=20)
    assert desk.get(f"{LIST}{draft_form.pk}/preview/").status_code == 200


@pytest.mark.parametrize("who", ["officer", "decider", "malmo", "nobody"])
def test_only_administrators_come_in(who, request, client_for, published):
    user = None if who == "nobody" else request.getfixturevalue(who)
    client = client_for(user)
    question = Question.objects.filter(form_version=published).first()
    for address in (LIST, page(published), f"{LIST}{published.pk}/preview/", part(question)):
        assert client.get(address).status_code in (302, 403)


def test_the_list_says_where_each_form_is_used(desk):
    assert "2027" in text_of(desk.get(LIST))


def test_the_page_of_a_draft_asks_the_database_few_times(
    desk, draft_form, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25):
        desk.get(page(draft_form))
    with django_assert_max_num_queries(15):
        desk.get(f"{LIST}{draft_form.pk}/preview/")
