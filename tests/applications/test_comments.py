"""Comments beside the questions: for the people of the parties, never for ICLD."""

import uuid

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.models import Comment, Event, Submission
from applications.refusals import NotAllowed, RoundClosed
from outbox.actions import send_next
from outbox.models import Message
from partnerships.models import Membership
from tests.addresses import page_of
from tests.applications.pages import address, text
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db
KEY = "objective"
THREAD = f"kommentarer/{KEY}/"
SECRET = "Partnern har inte råd med resan"


def question(application):
    form = application.round.phases.get(phase=application.phase).form_version
    return form.questions.get(key=KEY)


def say(application, words: str, by, at=MID_ROUND, **more) -> Comment:
    options = {"token": uuid.uuid4(), "link": "https://example.org/x"} | more
    about = more.pop("about", None) or question(application)
    return actions.comment(application, about=about, text=words, by=by, at=at, **options)


def post(client, application, do: str, **fields):
    """Press a button of the thread's page with these fields filled in."""
    move, _colon, number = do.partition(":")
    prefix = f"{move}-{number or KEY}"
    named = {f"{prefix}-{name}": value for name, value in fields.items()}
    named.setdefault(f"{prefix}-token", str(uuid.uuid4()))
    return client.post(address(application, THREAD), {"do": do} | named)


def test_one_writes_and_the_partner_reads_and_answers(client_for, malmo, lusaka, draft):
    assert post(client_for(malmo), draft, "write", text="Räcker det?").status_code == 302
    first = Comment.objects.get()
    grace = client_for(lusaka)
    assert "Räcker det?" in text(grace.get(address(draft, THREAD)))
    post(grace, draft, f"reply:{first.pk}", text="Yes.")
    page = text(client_for(malmo).get(address(draft, THREAD)))
    assert page.index("Räcker det?") < page.index("Yes.")


def test_an_answer_to_an_answer_stands_in_the_same_thread(client_for, malmo, draft):
    first = say(draft, "Ett", malmo)
    answer = say(draft, "Två", malmo, reply_to=first)
    post(client_for(malmo), draft, f"reply:{answer.pk}", text="Tre")
    assert Comment.objects.get(text="Tre").reply_to == first


def test_a_double_click_writes_once(client_for, malmo, draft):
    client, token = client_for(malmo), str(uuid.uuid4())
    for _click in range(2):
        post(client, draft, "write", text="En gång", token=token)
    assert Comment.objects.count() == 1


def test_what_is_sent_again_in_other_words_is_a_change(client_for, malmo, lusaka, draft):
    """The answer to the first was lost, and the text is still in its box."""
    token = str(uuid.uuid4())
    post(client_for(malmo), draft, "write", text="Räcker", token=token)
    post(client_for(malmo), draft, "write", text="Räcker det?", token=token)
    assert Comment.objects.get().text == "Räcker det?"
    assert post(client_for(lusaka), draft, "write", text="x", token=token).status_code == 409
    assert Comment.objects.get().text == "Räcker det?"


def test_html_is_shown_as_text(client_for, malmo, lusaka, draft):
    nasty = "<script>alert(1)</script> & \u202eomvänt 👩🏽‍🌾"
    post(client_for(malmo), draft, "write", text=nasty)
    for page in (THREAD, f"{THREAD}?part=1", "kommentarer/"):
        html = client_for(lusaka).get(address(draft, page)).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html


@pytest.mark.parametrize("words", ["", "   \n\t ", "\u200b\u200b", "\x00"])
def test_nothing_is_not_written(client_for, malmo, draft, words):
    response = post(client_for(malmo), draft, "write", text=words)
    assert response.status_code == 200
    assert response.context["form"].errors["text"]
    assert not Comment.objects.exists()


def test_what_is_too_long_is_kept_in_its_box(client_for, malmo, draft):
    first = say(draft, "Ett", malmo)
    long = "å" * 2001
    response = post(client_for(malmo), draft, f"reply:{first.pk}", text=long)
    assert "2001" in text(response)
    assert long in response.content.decode()
    assert Comment.objects.count() == 1


def test_control_characters_are_left_out(client_for, malmo, draft):
    post(client_for(malmo), draft, "write", text="Ett\x00 två\r\ntre\x07")
    assert Comment.objects.get().text == "Ett två\ntre"


@pytest.mark.parametrize(
    "do", ["", "reply:", "reply:999999", "resolve:å", "remove", "edit:99999999999999999999"]
)
def test_what_no_page_offers_is_not_found(client_for, malmo, draft, do):
    assert post(client_for(malmo), draft, do, text="x").status_code == 404
    assert not Comment.objects.exists()


def test_a_comment_of_another_question_is_not_found(client_for, malmo, draft):
    other = say(draft, "Annan fråga", malmo)
    Comment.objects.filter(pk=other.pk).update(question_key="activities")
    assert post(client_for(malmo), draft, f"resolve:{other.pk}").status_code == 404


# --- mentions --------------------------------------------------------------------------------


def test_who_is_mentioned_gets_one_mail_in_their_language(
    client_for, malmo, lusaka, draft, mailoutbox
):
    token = str(uuid.uuid4())
    for _click in range(2):
        post(client_for(malmo), draft, "write", text=SECRET, mentions=[lusaka.pk], token=token)
    (message,) = Message.objects.filter(kind="comment_mention")
    assert (message.address, message.language) == (lusaka.email, "en")
    assert "Anna Ek mentions you" in message.subject
    assert address(draft, "del/") in message.body
    assert f"#comments-{KEY}" in message.body
    while send_next(at=AFTER_CLOSE):
        pass
    assert [sent.to for sent in mailoutbox] == [[lusaka.email]]


def test_the_mail_does_not_carry_the_text(malmo, lusaka, draft):
    """Officers and administrators can read what the portal has sent."""
    say(draft, SECRET, malmo, mentions=[lusaka.pk])
    message = Message.objects.get(kind="comment_mention")
    assert SECRET not in message.subject + message.body
    assert not draft.case_messages.filter(message=message).exists()


def test_a_change_of_words_writes_no_mail(client_for, malmo, lusaka, draft):
    said = say(draft, "Ett", malmo, mentions=[lusaka.pk])
    post(client_for(malmo), draft, f"edit:{said.pk}", text="Två")
    assert Message.objects.filter(kind="comment_mention").count() == 1


def test_one_chooses_among_those_who_write(client_for, malmo, malmo2, malmo_reader, lusaka, draft):
    form = client_for(malmo).get(address(draft, THREAD)).context["form"]
    assert [pk for pk, _label in form.fields["mentions"].choices] == [malmo2.pk, lusaka.pk]


@pytest.mark.parametrize("who", ["malmo", "malmo_reader", "karlstad", "officer"])
def test_nobody_else_can_be_mentioned(client_for, request, malmo, draft, who):
    other = request.getfixturevalue(who)
    post(client_for(malmo), draft, "write", text="Hej", mentions=[other.pk])
    say(draft, "Hej igen", malmo, mentions=[other.pk])
    assert not Message.objects.filter(kind="comment_mention").exists()


@pytest.mark.parametrize(
    "words",
    ["@Grace, räcker det?", "(@grace)", "Vad säger @Grace Tembo?", "hej @GRACE  TEMBO", "@Grace."],
)
def test_who_is_named_after_an_at_sign_is_mentioned(client_for, malmo, lusaka, draft, words):
    post(client_for(malmo), draft, "write", text=words)
    assert list(Comment.objects.get().mentions.all()) == [lusaka]
    assert Message.objects.get(kind="comment_mention").address == lusaka.email


@pytest.mark.parametrize(
    "words", ["@Graces", "@Grace-Ann", "Grace", "anna@grace.example", "@ Grace", "@Anna", "@"]
)
def test_who_is_not_named_so_is_not(client_for, malmo, lusaka, draft, words):
    post(client_for(malmo), draft, "write", text=words)
    assert not Comment.objects.get().mentions.exists()


def test_a_first_name_that_two_share_names_neither(client_for, malmo, malmo2, lusaka, draft):
    type(malmo2).objects.filter(pk=malmo2.pk).update(name="Grace Dal")
    post(client_for(malmo), draft, "write", text="@Grace?")
    assert not Comment.objects.get().mentions.exists()
    post(client_for(malmo), draft, "write", text="@Grace Dal?")
    assert list(Comment.objects.get(text="@Grace Dal?").mentions.all()) == [malmo2]


def test_a_name_and_a_tick_together_mention_both(client_for, malmo, malmo2, lusaka, draft):
    post(client_for(malmo), draft, "write", text="@Grace", mentions=[malmo2.pk])
    assert set(Comment.objects.get().mentions.all()) == {malmo2, lusaka}


def test_whom_nobody_can_tick_nobody_can_name(client_for, malmo, malmo_reader, karlstad, draft):
    for other in (malmo_reader, karlstad):
        post(client_for(malmo), draft, "write", text=f"@{other.name}")
    assert not Message.objects.filter(kind="comment_mention").exists()


def test_the_boxes_to_tick_look_like_those_of_the_house(client_for, malmo, lusaka, draft):
    html = client_for(malmo).get(address(draft, THREAD)).content.decode()
    assert 'type="checkbox"' in html
    assert html.count('type="checkbox"') == html.count('class="form-check-input"')


# --- resolving, changing and removing --------------------------------------------------------


def test_a_thread_is_resolved_and_opened_again(client_for, malmo, lusaka, draft):
    first = say(draft, "Klart?", malmo)
    grace = client_for(lusaka)
    for _click in range(2):
        post(grace, draft, f"resolve:{first.pk}")
    first.refresh_from_db()
    assert first.resolved_by == lusaka
    page = grace.get(address(draft, THREAD))
    assert not page.context["open"]
    assert page.context["resolved"]
    post(grace, draft, f"reopen:{first.pk}")
    first.refresh_from_db()
    assert (first.resolved_at, first.resolved_by) == (None, None)


def test_an_answer_opens_a_resolved_thread(client_for, malmo, lusaka, draft):
    """Written while somebody else resolved it: nobody would read it otherwise."""
    first = say(draft, "Klart?", malmo)
    actions.resolve_comment(first, by=lusaka, at=MID_ROUND)
    post(client_for(malmo), draft, f"reply:{first.pk}", text="Nej")
    first.refresh_from_db()
    assert first.resolved_at is None


def test_ones_own_words_can_be_changed(client_for, malmo, draft):
    said = say(draft, "Fle", malmo)
    post(client_for(malmo), draft, f"edit:{said.pk}", text="Fel")
    said.refresh_from_db()
    assert said.text == "Fel"
    assert said.edited_at


def test_the_words_of_others_cannot(client_for, malmo, lusaka, draft):
    said = say(draft, "Annas", malmo)
    client = client_for(lusaka)
    page = client.get(address(draft, THREAD)).content.decode()
    assert f"edit:{said.pk}" not in page
    for do in (f"edit:{said.pk}", f"withdraw:{said.pk}"):
        assert post(client, draft, do, text="Graces").status_code == 409
    said.refresh_from_db()
    assert (said.text, said.withdrawn_at) == ("Annas", None)


def test_what_is_removed_is_gone_and_its_answers_stay(client_for, malmo, lusaka, draft):
    said = say(draft, SECRET, malmo)
    say(draft, "Jo, det går", lusaka, reply_to=said)
    client = client_for(malmo)
    post(client, draft, f"withdraw:{said.pk}")
    said.refresh_from_db()
    assert said.text == ""
    page = client.get(address(draft, THREAD)).content.decode()
    assert SECRET not in page
    assert "Jo, det går" in page


def test_a_thread_with_nothing_left_to_read_is_over(client_for, malmo, draft):
    said = say(draft, "Nej", malmo)
    client = client_for(malmo)
    post(client, draft, f"withdraw:{said.pk}")
    page = client.get(address(draft, THREAD))
    assert not page.context["open"]
    assert not page.context["resolved"]
    assert not sum(row["open"] for row in fresh(draft).comment_counts)


# --- who, when and where ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("malmo", 200),
        ("malmo_reader", 200),
        ("lusaka", 200),
        ("karlstad", 404),
        ("officer", 403),
        ("decider", 403),
        ("administrator", 404),
        (None, 302),
    ],
)
@pytest.mark.parametrize("path", ["kommentarer/", THREAD])
def test_the_people_of_the_parties_read(client_for, request, submitted, malmo, path, who, status):
    say(submitted, SECRET, malmo)
    user = request.getfixturevalue(who) if who else None
    response = client_for(user).get(address(submitted, path))
    assert response.status_code == status
    assert (SECRET in response.content.decode()) == (status == 200)


def test_who_only_reads_does_not_write(client_for, malmo_reader, malmo, draft):
    said = say(draft, "Ett", malmo)
    client = client_for(malmo_reader)
    assert client.get(address(draft, THREAD)).context["form"] is None
    assert post(client, draft, "write", text="x").status_code == 409
    for action in (actions.resolve_comment, actions.reopen_comment):
        with pytest.raises(NotAllowed):
            action(said, by=malmo_reader, at=MID_ROUND)


def test_after_the_close_they_can_be_read(client_for, malmo, submitted, set_clock):
    said = say(submitted, "Ett", malmo)
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    page = client.get(address(submitted, THREAD))
    assert "Ett" in text(page)
    assert page.context["form"] is None
    assert post(client, submitted, "write", text="x").status_code == 409
    with pytest.raises(RoundClosed):
        actions.withdraw_comment(said, by=malmo, at=AFTER_CLOSE)


def test_they_are_no_part_of_the_application(malmo, ready, client_for, officer):
    revision, events = ready.revision, Event.objects.count()
    said = say(ready, SECRET, malmo)
    actions.resolve_comment(said, by=malmo, at=MID_ROUND)
    assert (fresh(ready).revision, Event.objects.count()) == (revision, events)
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    for submission in Submission.objects.all():
        assert SECRET not in submission.content + submission.persons
    desk = client_for(officer)
    for name in ("application", "case"):
        page = desk.get(reverse(name, args=[ready.public_id])).content.decode()
        assert SECRET not in page
        assert "kommentarer/" not in page


def test_the_page_lists_what_is_open_in_the_order_of_the_form(client_for, malmo, draft):
    other = say(draft, "Senare i formuläret", malmo)
    Comment.objects.filter(pk=other.pk).update(question_key="budget")
    say(draft, "Tidigare", malmo)
    done = say(draft, "Klar", malmo)
    actions.resolve_comment(done, by=malmo, at=MID_ROUND)
    lost = say(draft, "Om en fråga som inte finns", malmo)
    Comment.objects.filter(pk=lost.pk).update(question_key="gone")
    response = client_for(malmo).get(address(draft, "kommentarer/"))
    groups = [place.key for place, _threads in response.context["groups"]]
    assert groups == [KEY, "budget"]
    assert [each.first.text for each in response.context["homeless"]] == [
        "Om en fråga som inte finns"
    ]
    assert "Klar" not in [
        thread.first.text for _place, threads in response.context["groups"] for thread in threads
    ]


def test_the_question_and_the_task_list_say_how_many(client_for, malmo, draft):
    first = say(draft, "Ett", malmo)
    say(draft, "Två", malmo, reply_to=first)
    say(draft, "Tre", malmo)
    client = client_for(malmo)
    html = client.get(page_of("application_content", draft.public_id)).content.decode()
    assert f'data-thread="{KEY}" data-comments="3"' in html
    rows = {row["key"]: row for row in client.get(address(draft)).context["tasks"]}
    assert rows["content"]["comments"] == 2


@pytest.mark.parametrize(
    ("language", "one", "two", "resolved"),
    [
        ("sv", "Kommentarer (1 öppen)", "Kommentarer (2 öppna)", "Kommentarer (3)"),
        ("en", "Comments (1 open)", "Comments (2 open)", "Comments (3)"),
    ],
)
def test_the_count_is_said_in_whole_words(
    client_for, malmo, lusaka, draft, language, one, two, resolved
):
    type(malmo).objects.filter(pk=malmo.pk).update(language=language)
    client = client_for(malmo)
    url = page_of("application_content", draft.public_id)
    first = say(draft, "Ett", malmo)
    assert f"{one} :" in text(client.get(url))
    second = say(draft, "Två", lusaka)
    say(draft, "Tre", malmo, reply_to=second)
    assert f"{two} :" in text(client.get(url))
    for each in (first, second):
        actions.resolve_comment(each, by=malmo, at=MID_ROUND)
    assert f"{resolved} :" in text(client.get(url))
    assert resolved.split()[1] in text(client.get(address(draft, "kommentarer/")))


def test_the_links_of_a_question_stand_in_the_order_that_is_seen(client_for, malmo, draft):
    html = client_for(malmo).get(page_of("application_content", draft.public_id)).content.decode()
    foot = html.split('class="question-foot"', 1)[1]
    assert foot.index("ask-icld") < foot.index("data-thread=") < foot.index("data-here=")


def test_a_section_with_a_page_of_its_own_has_a_thread(client_for, malmo, draft):
    client = client_for(malmo)
    for key in ("basics", "parties", "areas", "seats", "budget", "declarations"):
        assert client.get(address(draft, f"kommentarer/{key}/")).status_code == 200
    for key in ("content", "nothing"):
        assert client.get(address(draft, f"kommentarer/{key}/")).status_code == 404


@pytest.mark.parametrize("path", ["kommentarer/", THREAD, f"{THREAD}?part=1"])
def test_many_comments_need_few_queries(
    client_for, malmo, lusaka, draft, path, django_assert_max_num_queries
):
    for _number in range(20):
        first = say(draft, "Fråga", malmo, mentions=[lusaka.pk])
        say(draft, "Svar", lusaka, reply_to=first)
    client = client_for(malmo)
    with django_assert_max_num_queries(8):
        client.get(address(draft, path))


def test_somebody_at_two_parties_is_one(client_for, malmo, lusaka, lusaka_council, draft):
    Membership.objects.create(user=malmo, organisation=lusaka_council, role="editor")
    form = client_for(lusaka).get(address(draft, THREAD)).context["form"]
    assert [pk for pk, _label in form.fields["mentions"].choices] == [malmo.pk]
