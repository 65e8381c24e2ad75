"""Asking ICLD: from the parties to the officers' desk and back, and never a word of a draft."""

from uuid import uuid4

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from accounts.states import Role
from applications import actions
from applications.actions.submitting import together
from applications.documents.snapshot import questions_of
from applications.models import Application, Enquiry, Event
from applications.refusals import NotAllowed
from outbox.models import Message
from partnerships.models import Membership
from partnerships.states import MembershipRole
from tests.addresses import page_of
from tests.conftest import colleague, fresh
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db

SECRET = "Hemlig titel som bara parterna ser"


def page(application) -> str:
    return reverse("application_enquiries", args=[application.public_id])


def desk(application) -> str:
    return reverse("enquiry", args=[application.public_id])


def ask(application, by, text="Får resor räknas in?", **more) -> Enquiry:
    return actions.ask(application, text=text, token=uuid4(), by=by, at=MID_ROUND, **more)


def reply(application, by, text="Ja, det får de.", **more) -> Enquiry:
    return actions.answer(application, text=text, token=uuid4(), by=by, at=MID_ROUND, **more)


@pytest.fixture
def asked(draft, malmo):
    """A question about a draft that has a title and a text."""
    actions.save_details(draft, {"title_sv": SECRET, "title_en": SECRET}, by=malmo, at=MID_ROUND)
    return ask(draft, malmo)


# --- the parties ask


def test_a_question_is_sent_and_stands_in_the_thread(draft, malmo, lusaka, officer, client_for):
    client = client_for(malmo)
    form = client.get(page(draft)).context["form"]
    sent = {"text": "Får resor räknas in?", "fraga": "", "token": form.initial["token"]}
    answer = client.post(page(draft), sent)
    enquiry = Enquiry.objects.get()
    assert answer.url == f"{page(draft)}#m-{enquiry.pk}"
    assert (enquiry.by, str(enquiry.organisation)) == (malmo, "Malmö stad")
    assert "Får resor räknas in?" in client_for(lusaka).get(page(draft)).text


def test_a_double_click_asks_once_and_mails_once(draft, malmo, officer, client_for):
    client = client_for(malmo)
    sent = {"text": "En fråga", "token": uuid4()}
    assert client.post(page(draft), sent).url == client.post(page(draft), sent).url
    assert Enquiry.objects.count() == 1
    assert Message.objects.filter(kind="enquiry_received").count() == 1


def test_the_same_token_cannot_be_used_by_another_person(draft, malmo, lusaka):
    token = uuid4()
    actions.ask(draft, text="Min", token=token, by=malmo, at=MID_ROUND)
    with pytest.raises(NotAllowed):
        actions.ask(draft, text="Din", token=token, by=lusaka, at=MID_ROUND)


@pytest.mark.parametrize("text", ["", "   \n\t ", "x" * 5001, "a\0b"])
def test_what_is_no_message_is_not_sent(text, draft, malmo, client_for):
    answer = client_for(malmo).post(page(draft), {"text": text, "token": uuid4()})
    assert answer.status_code == 200
    assert answer.context["form"].errors["text"]
    assert not Enquiry.objects.exists()


def test_html_is_shown_as_text(draft, malmo, officer, client_for):
    ask(draft, malmo, text="<script>alert(1)</script> 😀 \u202eקר")
    for user, address in ((malmo, page(draft)), (officer, desk(draft))):
        html = client_for(user).get(address).text
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_the_question_of_the_form_is_told_with_the_message(draft, malmo, officer, client_for):
    question = questions_of(draft)[0]
    client = client_for(malmo)
    html = client.get(f"{page(draft)}?fraga={question.key}").text
    assert f'value="{question.key}" selected' in html
    client.post(page(draft), {"text": "Hur långt?", "fraga": question.key, "token": uuid4()})
    assert Enquiry.objects.get().question_key == question.key
    assert question.label in client_for(officer).get(desk(draft)).text
    assert question.label in Message.objects.get(kind="enquiry_received").body


@pytest.mark.parametrize("key", ["nothing-such", "<b>", "'"])
def test_a_question_that_the_form_does_not_have_is_none(key, draft, malmo, client_for):
    assert client_for(malmo).get(page(draft), {"fraga": key}).status_code == 200
    sent = {"text": "Hej", "fraga": key, "token": uuid4()}
    assert client_for(malmo).post(page(draft), sent).context["form"].errors["fraga"]


@pytest.mark.parametrize("state", ["draft", "lapsed", "submitted"])
def test_one_may_ask_in_every_state(state, draft, open_round, malmo, ready, client_for):
    if state == "lapsed":
        actions.enforce(open_round, at=ENFORCED)
    if state == "submitted":
        actions.submit(together(ready), by=malmo, at=MID_ROUND)
    sent = {"text": "Hej", "token": uuid4()}
    assert client_for(malmo).post(page(draft), sent).status_code == 302


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("malmo", 200, 302),
        ("malmo2", 200, 302),
        ("lusaka", 200, 302),
        ("malmo_reader", 200, 403),
        ("karlstad", 404, 404),
        ("officer", 404, 404),
        ("administrator", 404, 404),
    ],
)
def test_who_reads_and_who_writes_the_parties_page(who, reads, writes, asked, client_for, request):
    client = client_for(request.getfixturevalue(who))
    assert client.get(page(asked.application)).status_code == reads
    sent = {"text": "Hej", "token": uuid4()}
    assert client.post(page(asked.application), sent).status_code == writes


def test_what_was_said_is_never_changed_or_deleted(asked):
    for change in (lambda row: row.update(text="Annat"), lambda row: row.delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change(Enquiry.objects.filter(pk=asked.pk))


# --- whom it reaches


def test_the_contact_gets_the_mail_and_without_one_every_officer(draft, malmo, officer, officer2):
    ask(draft, malmo)
    assert {row.address for row in Message.objects.filter(kind="enquiry_received")} == {
        officer.email,
        officer2.email,
    }
    actions.choose_contact(draft, contact=officer2, by=officer, at=MID_ROUND)
    ask(fresh(draft), malmo, text="En fråga till")
    assert [row.address for row in Message.objects.filter(body__contains="En fråga till")] == [
        officer2.email
    ]


def test_the_mail_to_icld_says_nothing_of_the_draft(asked, officer):
    ask(fresh(asked.application), asked.by, text="Nytt")
    for message in Message.objects.filter(kind="enquiry_received"):
        assert SECRET not in message.subject + message.body


@pytest.mark.parametrize("left", ["inactive", "of a party"])
def test_a_contact_who_has_left_or_is_of_a_party_is_not_named_or_written_to(
    left, draft, malmo, malmo_stad, officer, officer2, client_for
):
    actions.choose_contact(draft, contact=officer, by=officer2, at=MID_ROUND)
    if left == "inactive":
        officer.is_active = False
        officer.save()
    else:
        Membership.objects.create(user=officer, organisation=malmo_stad, role=MembershipRole.READER)
    assert officer.email not in client_for(malmo).get(page(draft)).text
    ask(fresh(draft), malmo)
    sent = Message.objects.filter(kind="enquiry_received")
    assert [row.address for row in sent] == [officer2.email]


def test_the_round_names_a_contact_for_all(draft, malmo, officer, client_for):
    assert officer.email not in client_for(malmo).get(page(draft)).text
    draft.round.contact = officer
    draft.round.save()
    assert officer.email in client_for(malmo).get(page(draft)).text


def test_the_answer_goes_to_everybody_who_writes_in_their_language(
    asked, malmo, malmo2, malmo_reader, lusaka, karlstad, officer
):
    reply(asked.application, officer)
    sent = {row.address: row for row in Message.objects.filter(kind="enquiry_answered")}
    assert set(sent) == {malmo.email, malmo2.email, lusaka.email}
    assert sent[lusaka.email].language == "en"
    assert sent[malmo.email].body.count("Ja, det får de.") == 1
    assert Event.objects.filter(kind="icld_answered").count() == 1


# --- ICLD's desk


def test_officers_see_the_thread_and_never_the_draft(asked, officer, client_for):
    client = client_for(officer)
    for address in (reverse("enquiries"), desk(asked.application)):
        html = client.get(address).text
        assert "Får resor räknas in?" in html
        assert "Lusaka City Council" in html
        assert SECRET not in html
    public_id = asked.application.public_id
    assert client.get(reverse("application", args=[public_id])).status_code == 404


def test_a_draft_without_messages_is_not_at_the_desk(draft, officer, client_for):
    assert client_for(officer).get(desk(draft)).status_code == 404


def test_a_submitted_case_can_be_written_to_first(submitted, malmo, officer, client_for):
    client = client_for(officer)
    client.post(desk(submitted), {"text": "Kan ni berätta mer?", "token": uuid4()})
    assert "Kan ni berätta mer?" in client_for(malmo).get(page(submitted)).text


@pytest.mark.parametrize(
    ("who", "lists", "reads", "answers"),
    [
        ("officer", 200, 200, 302),
        ("officer2", 200, 200, 302),
        ("decider", 200, 200, 302),
        ("administrator", 403, 404, 404),
        ("malmo", 403, 404, 404),
        ("karlstad", 403, 404, 404),
        (None, 302, 302, 302),
    ],
)
def test_who_sits_at_the_desk(who, lists, reads, answers, asked, client_for, request):
    client = client_for(request.getfixturevalue(who) if who else None)
    assert client.get(reverse("enquiries")).status_code == lists
    assert client.get(desk(asked.application)).status_code == reads
    sent = {"text": "Hej", "token": uuid4()}
    answer = client.post(desk(asked.application), sent)
    assert answer.status_code == answers
    assert Enquiry.objects.filter(from_icld=True).exists() == (reads == 200)


def test_an_auditor_reads_and_does_not_answer(asked, client_for):
    auditor = colleague(Role.AUDITOR, "revisor@example.org", "Ro Vik")
    client = client_for(auditor)
    html = client.get(desk(asked.application)).text
    assert "Får resor räknas in?" in html
    assert "<textarea" not in html
    sent = {"text": "Hej", "token": uuid4()}
    assert client.post(desk(asked.application), sent).status_code == 403


def test_an_officer_of_a_party_sees_the_thread_only_as_the_party(
    asked, officer, malmo_stad, client_for
):
    Membership.objects.create(user=officer, organisation=malmo_stad, role=MembershipRole.EDITOR)
    client = client_for(officer)
    assert client.get(desk(asked.application)).status_code == 404
    assert "Lusaka" not in client.get(reverse("enquiries")).text
    assert client.get(page(asked.application)).status_code == 200
    with pytest.raises(NotAllowed):
        reply(asked.application, officer)


def test_those_that_wait_come_first_and_can_be_chosen(
    asked, malmo, malmo_stad, officer, client_for, pair
):
    reply(asked.application, officer)
    steering = pair[1]
    ask(steering, malmo, text="Och styrgruppen?")
    client = client_for(officer)
    rows = client.get(reverse("enquiries")).context["rows"].object_list
    assert [row.pk for row in rows] == [steering.pk, asked.application_id]
    waiting = client.get(reverse("enquiries"), {"visa": "obesvarade"}).context["rows"].object_list
    assert [row.pk for row in waiting] == [steering.pk]
    assert [number for *_, number in client.get(reverse("enquiries")).context["counts"]] == [
        *(2, 1, 0, 2, 1)
    ]


def test_a_thank_you_can_be_marked_as_needing_no_answer(asked, malmo, officer, client_for):
    reply(asked.application, officer)
    ask(fresh(asked.application), malmo, text="Tack!")
    waiting = Application.objects.with_thread().filter(waits=True)
    assert waiting.count() == 1
    client_for(officer).post(desk(asked.application), {"settle": "1"})
    assert waiting.count() == 0
    assert Message.objects.filter(kind="enquiry_answered").count() == 2  # of the answer alone


def test_an_officer_becomes_the_contact_from_the_thread(
    asked, malmo, officer, officer2, client_for
):
    client_for(officer2).post(desk(asked.application), {"take": "1"})
    assert fresh(asked.application).contact == officer2
    assert officer2.email in client_for(malmo).get(page(asked.application)).text
    mine = client_for(officer2).get(reverse("enquiries"), {"visa": "mina"})
    assert len(mine.context["rows"].object_list) == 1
    with pytest.raises(NotAllowed):
        actions.be_contact(asked.application, by=malmo, at=MID_ROUND)


def test_the_list_asks_as_often_for_thirty_threads_as_for_one(
    asked,
    malmo,
    malmo_stad,
    lusaka_council,
    open_round,
    officer,
    client_for,
    django_assert_max_num_queries,
    django_assert_num_queries,
):
    client = client_for(officer)
    client.get(reverse("enquiries"))
    with django_assert_max_num_queries(12) as one:
        client.get(reverse("enquiries"))
    for _number in range(29):
        begun = {"phase": "dissemination", "round": open_round, "by": malmo, "at": MID_ROUND}
        (row,) = actions.start(malmo_stad, partner=lusaka_council, **begun)
        ask(row, malmo)
    with django_assert_num_queries(len(one)):
        client.get(reverse("enquiries"))


def test_a_long_thread_asks_no_more_than_a_short_one(
    asked, malmo, officer, client_for, django_assert_max_num_queries, django_assert_num_queries
):
    for user, address in ((malmo, page(asked.application)), (officer, desk(asked.application))):
        client = client_for(user)
        client.get(address)
        with django_assert_max_num_queries(12) as short:
            client.get(address)
        for _number in range(10):
            ask(asked.application, malmo)
            reply(asked.application, officer)
        with django_assert_num_queries(len(short)):
            client.get(address)


def test_after_the_round_the_thread_is_still_there(asked, malmo, officer, client_for, set_clock):
    set_clock(AFTER_CLOSE)
    assert client_for(malmo).get(page(asked.application)).status_code == 200
    assert client_for(officer).get(desk(asked.application)).status_code == 200


def test_the_overview_counts_what_waits_and_the_case_links_to_the_thread(
    submitted, malmo, officer, client_for
):
    client = client_for(officer)
    assert "?visa=obesvarade" not in client.get(reverse("overview")).text
    ask(submitted, malmo)
    assert "?visa=obesvarade" in client.get(reverse("overview")).text
    case = reverse("case", args=[submitted.public_id])
    assert f'href="{desk(submitted)}"' in client.get(case).text


def test_the_link_beside_a_question_names_it(draft, malmo, client_for):
    key = next(each.key for each in questions_of(draft) if each.is_text)
    content = client_for(malmo).get(page_of("application_content", draft.public_id)).text
    assert f'href="{page(draft)}?fraga={key}"' in content
