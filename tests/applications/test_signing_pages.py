"""The page behind a personal link, and the pages about signatures."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.models import Signature, SignatureRequest
from outbox.models import Message
from partnerships.states import Side
from tests.applications.pages import address, text
from tests.applications.signing import link_for, links_to, request_for, signs
from tests.applications.test_signing import KIM, SIGN_BY, organisation, scan_of
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(client_for) -> Client:
    """Somebody with a phone and no account."""
    return client_for(None)


def page_of_signatures(application) -> str:
    return address(application, "underskrifter/")


# --- the link ----------------------------------------------------------------------------------


def test_it_says_who_asks_what_is_signed_and_for_whom(submitted, stranger):
    html = stranger.get(link_for(submitted)).content.decode()
    submission = submitted.submissions.first()
    for told in (
        "Anna Ek",
        "Malmö stad",
        "Lusaka City Council",
        "Unga i klimatomställningen",
        submitted.dnr,
        submission.content_sha256,
        "Unga möter kommunen för sent.",
        'value="Kim Ek"',
        'value="Kommunstyrelsens ordförande"',
    ):
        assert told in html


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_never_signs(method, submitted, stranger):
    link = link_for(submitted)
    for _time in range(3):
        getattr(stranger, method)(link)
    assert not Signature.objects.exists()


def test_it_is_signed_by_a_tick_and_a_button_and_shows_the_receipt(submitted, stranger):
    link = link_for(submitted)
    answer = signs(stranger, link)
    assert (answer.status_code, answer.url) == (302, link)
    signature = Signature.objects.get()
    assert signature.name == "Kim Ek"
    page = stranger.get(link).content.decode()
    assert signature.content_sha256 in page
    assert '<form method="post" novalidate' not in page
    assert "Unga möter kommunen" not in page


@pytest.mark.parametrize("left_out", [{"agreed": None}, {"name": " "}, {"title": ""}], ids=str)
def test_without_the_tick_name_or_title_nothing_is_signed(left_out, submitted, stranger):
    response = signs(stranger, link_for(submitted), **left_out)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == left_out.keys()
    assert not Signature.objects.exists()


def test_a_link_that_has_been_used_signs_no_second_time(submitted, stranger):
    link = link_for(submitted)
    fields = fields_of(stranger.get(link)) | {"agreed": "on"}
    stranger.post(link, fields)
    again = stranger.post(link, fields | {"name": "Någon annan"})
    assert again.status_code == 200
    assert Signature.objects.get().name == "Kim Ek"


def test_the_language_is_the_signatorys_and_can_be_changed(submitted, stranger):
    link = link_for(submitted, Side.INTERNATIONAL)
    page = stranger.get(link)
    assert '<html lang="en">' in page.content.decode()
    assert page.headers["Content-Language"] == "en"
    back = stranger.post(reverse("language"), {"language": "sv", "next": link})
    assert back.url == link
    assert '<html lang="sv">' in stranger.get(link).content.decode()


def test_the_page_is_kept_by_nobody_and_gives_its_address_to_nobody(submitted, stranger):
    response = stranger.get(link_for(submitted))
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("token", ["x", "x" * 43, "../../etc", "%00", "*****"])
def test_an_unknown_link_says_what_to_do(token, submitted, stranger):
    response = stranger.get(f"/skriv-under/{token}/")
    assert response.status_code == 404
    if token.isalnum():
        assert response.templates[0].name == "applications/signing/unknown.html"
        assert "no-store" in response.headers["Cache-Control"]


def test_guessing_is_slowed_down(submitted, stranger):
    codes = {stranger.get(f"/skriv-under/guess{n}/").status_code for n in range(45)}
    assert codes == {404, 429}


def test_the_pdf_can_be_read_until_it_is_signed(submitted, stranger):
    pdf = f"{link_for(submitted)}ansokan.pdf"
    assert stranger.get(pdf).status_code == 404
    while actions.render_next(at=MID_ROUND):
        pass
    response = stranger.get(pdf)
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response.headers["Cache-Control"]
    signs(stranger, link_for(submitted))
    assert stranger.get(pdf).status_code == 404


def test_a_link_for_an_earlier_version_says_so(submitted, stranger, malmo):
    link = link_for(submitted)
    fields = fields_of(stranger.get(link)) | {"agreed": "on"}
    actions.save_details(submitted, {"title_sv": "Hemlig titel"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    for response in (stranger.get(link), stranger.post(link, fields)):
        assert response.status_code == 409
        assert "Version 2" in text(response) or "version 2" in text(response)
        assert "Hemlig titel" not in response.content.decode()
    assert not Signature.objects.exists()
    newest = link_for(submitted)
    assert newest != link
    assert signs(stranger, newest).status_code == 302


def test_a_link_taken_back_and_a_withdrawn_application_say_so(submitted, stranger, malmo):
    link, other = link_for(submitted), link_for(submitted, Side.INTERNATIONAL)
    actions.withdraw_link(request_for(submitted), by=malmo, at=MID_ROUND)
    actions.withdraw([submitted], by=malmo, at=MID_ROUND)
    for address_ in (link, other):
        response = stranger.get(address_)
        assert response.status_code == 409
        assert "Unga möter kommunen" not in response.content.decode()


def test_after_the_last_day_it_says_so_and_still_signs(submitted, stranger, set_clock):
    link = link_for(submitted)
    set_clock(SIGN_BY + timedelta(days=1))
    assert stranger.get(link).context["is_late"]
    signs(stranger, link)
    assert Signature.objects.get().late


def test_somebody_logged_in_with_the_address_is_known_as_such(submitted, client_for, malmo):
    malmo.email = "kim.ek@example.org"
    malmo.save()
    signs(client_for(malmo), link_for(submitted))
    assert Signature.objects.get().level == "account"


def test_what_was_written_is_shown_as_text(submitted, stranger, malmo):
    answer = {"question_key": "objective", "language": "sv", "version": 1}
    actions.save_answer(
        submitted, **answer, text="<script>alert(1)</script>", by=malmo, at=MID_ROUND
    )
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    html = stranger.get(link_for(submitted)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_page_needs_few_queries(submitted, stranger, django_assert_max_num_queries):
    link = link_for(submitted)
    stranger.get(link)
    with django_assert_max_num_queries(6):
        stranger.get(link)


# --- the signatures of a case ------------------------------------------------------------------


def test_everybody_with_the_case_sees_the_evidence(submitted, stranger, client_for, malmo, officer):
    signs(stranger, link_for(submitted))
    for user in (malmo, officer):
        page = client_for(user).get(page_of_signatures(submitted)).content.decode()
        for told in ("Kim Ek", "kim.ek@example.org", "09.12.00", "Delegationsordningen § 4"):
            assert told in page
    case = client_for(officer).get(reverse("case", args=[submitted.public_id])).content.decode()
    assert "kim.ek@example.org" in case


@pytest.mark.parametrize(
    ("who", "ours", "theirs"),
    [("malmo", True, True), ("lusaka", False, True), ("malmo2", False, False)],
)
def test_the_pages_that_ask_are_for_coordinators(who, ours, theirs, submitted, client_for, request):
    client = client_for(request.getfixturevalue(who))
    listed = client.get(page_of_signatures(submitted)).content.decode()
    for side, may in ((Side.SWEDISH, ours), (Side.INTERNATIONAL, theirs)):
        for name in ("signature_ask", "signature_scan"):
            url = reverse(name, args=[submitted.public_id, organisation(submitted, side)])
            assert client.get(url).status_code == (200 if may else 403)
            assert (url in listed) is may


def test_a_link_is_sent_to_an_address_that_was_put_right(submitted, client_for, malmo):
    client = client_for(malmo)
    url = reverse("signature_ask", args=[submitted.public_id, organisation(submitted)])
    fields = fields_of(client.get(url))
    assert fields["address"] == ["kim.ek@example.org"]
    answer = client.post(url, fields | {"address": "kim.berg@example.org"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert len(links_to("kim.berg@example.org")) == 1
    assert SignatureRequest.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_paper_is_registered_and_shown_as_such(submitted, client_for, malmo):
    client = client_for(malmo)
    url = reverse("signature_scan", args=[submitted.public_id, organisation(submitted)])
    assert not client.get(url).context["form"].fields["scan"].queryset
    scan_of(submitted, malmo)
    answer = client.post(url, fields_of(client.get(url)) | {"mandate": "Protokoll § 12"})
    assert answer.status_code == 302, answer.context["form"].errors
    signature = Signature.objects.get()
    assert (signature.level, signature.mandate) == ("paper", "Protokoll § 12")
    assert "Protokoll § 12" in client.get(page_of_signatures(submitted)).content.decode()


def test_a_link_is_taken_back_from_the_page(submitted, client_for, malmo, malmo2):
    number = request_for(submitted).pk
    url = reverse("signature_withdraw_link", args=[submitted.public_id, number])
    assert client_for(malmo2).post(url).status_code == 403
    assert client_for(malmo).get(url).status_code == 405
    client_for(malmo).post(url)
    assert request_for(submitted).withdrawn_at
    elsewhere = reverse(
        "signature_withdraw_link", args=[submitted.steering_application.public_id, number]
    )
    assert client_for(malmo).post(elsewhere).status_code == 404


def test_the_officer_sees_that_a_signature_is_missing(submitted, client_for, officer, set_clock):
    client = client_for(officer)
    set_clock(DECISION_DAY)
    case = client.get(reverse("case", args=[submitted.public_id]))
    assert 'class="note care" id="signing"' in case.content.decode()


def test_an_earlier_versions_signature_stands_for_it_alone(submitted, stranger, client_for, malmo):
    signs(stranger, link_for(submitted))
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    page = client_for(malmo).get(page_of_signatures(submitted))
    assert page.context["latest"].signed == 0
    assert [each.signed for each in page.context["earlier"]] == [1]


def test_the_pages_need_few_queries(
    submitted, client_for, malmo, officer, django_assert_max_num_queries
):
    actions.ask_to_sign(submitted, organisation(submitted), KIM, by=malmo, at=AFTER_CLOSE)
    for user in (malmo, officer):
        client = client_for(user)
        with django_assert_max_num_queries(12):
            client.get(page_of_signatures(submitted))


def test_a_signature_of_an_earlier_version_says_that_there_is_a_newer(submitted, stranger, malmo):
    link = link_for(submitted)
    signs(stranger, link)
    assert "Du behöver inte göra något mer" in text(stranger.get(link))
    actions.save_details(submitted, {"title_sv": "Ny"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    page = text(stranger.get(link))
    assert "Version 2 har skickats in sedan dess. Din underskrift gäller version 1" in page
    assert "Du behöver inte göra något mer" not in page
    body = Message.objects.filter(kind="signature_request").latest("pk").body
    assert "Ansökan har skickats in på nytt, som version 2" in body or "as version 2" in body
