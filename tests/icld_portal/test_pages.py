"""The pages that belong to no case, in both languages, for everybody."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from icld_portal.clock import start_of
from icld_portal.formats import NBSP

PUBLIC = ["start", "about", "calculator", "contact", "privacy", "accessibility", "account_login"]


def text(response) -> str:
    """What is read on the page, without tags, every kind of space as one."""
    body = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def nobody(client_for) -> Client:
    return client_for(None)


@pytest.fixture
def english(nobody) -> Client:
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return nobody


# --- shell ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLIC)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_public_page_is_there_for_nobody_in_both_languages(nobody, name, language):
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = nobody.get(reverse(name))
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("name", PUBLIC)
def test_every_footer_leads_to_contact_privacy_accessibility_and_open_data(nobody, name):
    response = nobody.get(reverse(name))
    footer = response.content.decode().split('<footer class="foot">')[1]
    for linked in ("contact", "privacy", "accessibility", "open_data_organisations"):
        assert f'href="{reverse(linked)}"' in footer
    assert "Finansieras av Sida" in footer


class Inline(HTMLParser):
    """Collects what a strict content security policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", PUBLIC)
def test_no_page_carries_inline_style_or_script(nobody, name):
    parser = Inline()
    parser.feed(nobody.get(reverse(name)).content.decode())
    assert parser.found == []


@pytest.mark.parametrize("name", ["start", "about", "overview"])
def test_a_page_of_the_frame_needs_at_most_12_queries(
    client_for, malmo, name, django_assert_max_num_queries
):
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(reverse(name))


def test_the_menu_follows_the_role(client_for, malmo, officer, administrator):
    def labels(user):
        page = client_for(user).get(reverse("contact")).content.decode()
        return re.findall(r"<li><a href=\"[^\"]+\"[^>]*>([^<]+)</a></li>", page.split("</nav>")[0])

    assert labels(None) == ["Om programmet", "Ansök", "Takbelopp", "Kontakt"]
    assert labels(malmo) == ["Översikt", "Ansökningar", "Om programmet", "Kontakt"]
    assert labels(officer) == ["Översikt", "Ärenden", "Omgångar", "Frågor"]
    assert labels(administrator) == ["Översikt", "Administration"]


def test_the_shell_says_who_is_logged_in_and_for_whom(client_for, malmo, officer):
    assert "Malmö stad · Anna Ek" in text(client_for(malmo).get(reverse("overview")))
    assert "ICLD · Sara Lind" in text(client_for(officer).get(reverse("overview")))


def test_demo_mode_shows_its_clock_and_nothing_else_does(nobody, settings):
    clock_bar = "Provläge – klockan är onsdag 10 mars 2027 kl. 09.12"
    assert clock_bar in text(nobody.get("/"))
    settings.DEMO = False
    assert "Provläge" not in text(nobody.get("/"))


# --- start page -----------------------------------------------------------------------------


def test_the_start_page_counts_down_to_the_last_day(nobody):
    page = text(nobody.get("/"))
    assert "Våren 2027" in page
    assert "5 dagar kvar" in page
    assert "Till och med måndag 15 mars, till midnatt svensk tid" in page


def test_between_rounds_the_start_page_says_when_the_next_one_opens(nobody, set_clock):
    set_clock(start_of(date(2027, 5, 1)))
    page = text(nobody.get("/"))
    assert "Ingen omgång är öppen" in page
    assert "öppnar onsdag 15 september" in page


def test_the_last_instant_is_open_and_the_next_is_closed(nobody, set_clock, open_round):
    set_clock(open_round.closes_at - timedelta(seconds=30))
    assert "Sista dagen" in text(nobody.get("/"))
    set_clock(open_round.closes_at)
    assert "Sista dagen" not in text(nobody.get("/"))


def test_the_start_page_shows_every_ceiling_of_the_schedule(nobody):
    page = nobody.get("/").content.decode()
    amounts = (220, 275, 450, 500, 300, 50, 330, 400, 600, 650)
    missing = [n for n in amounts if f"{n}{NBSP}000{NBSP}kr" not in page]
    assert missing == []


def test_money_in_arrears_is_said_on_the_start_page(nobody):
    assert "Ni får pengarna årsvis, efter genomfört arbete" in text(nobody.get("/"))


def test_a_closed_country_leaves_the_list_of_partner_countries(nobody):
    from_19 = text(nobody.get(reverse("about")))
    assert "Bosnien och Hercegovina" in from_19
    assert "Sverige" not in from_19.split("Samarbetsländer")[-1].split("Vem gör vad")[0]


# --- language -------------------------------------------------------------------------------


def change(client: Client, code: str, back_to: str):
    return client.post(reverse("language"), {"language": code, "next": back_to})


def test_changing_language_comes_back_to_the_same_page_in_the_new_language(nobody):
    response = change(nobody, "en", "/kontakt/?a=1")
    assert response.headers["Location"] == "/kontakt/?a=1"
    assert "Postal and visiting address" in text(nobody.get("/kontakt/"))


def test_a_person_keeps_the_chosen_language_on_every_machine(client_for, malmo):
    change(client_for(malmo), "en", "/")
    assert "Overview" in text(client_for(malmo).get(reverse("overview")))


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "javascript:x", ""])
def test_changing_language_never_leads_to_another_site(nobody, target):
    assert change(nobody, "en", target).headers["Location"] == "/"


def test_an_unknown_language_is_refused(nobody):
    assert change(nobody, "de", "/").status_code == 400


def test_a_link_cannot_change_the_language(nobody):
    assert nobody.get(reverse("language")).status_code == 405


def test_the_browsers_own_language_decides_nothing(nobody):
    page = nobody.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="sv">' in page.content.decode()


# --- log-in ---------------------------------------------------------------------------------


def test_nobody_is_sent_to_log_in_and_then_on_to_the_overview(nobody, malmo):
    response = nobody.get(reverse("overview"))
    assert response.headers["Location"] == "/logga-in/?next=/oversikt/"
    form = {"login": malmo.email, "password": "prova-portalen", "next": "/oversikt/"}
    assert nobody.post("/logga-in/", form).headers["Location"] == "/oversikt/"


def test_the_demo_accounts_are_listed_in_demo_mode_only(nobody, settings):
    assert "karlstad@example.org" in text(nobody.get("/logga-in/"))
    settings.DEMO = False
    assert "karlstad@example.org" not in text(nobody.get("/logga-in/"))


def test_a_wrong_password_is_said_in_the_summary_and_the_page_title(nobody, malmo):
    page = nobody.post("/logga-in/", {"login": malmo.email, "password": "fel"})
    assert "<title>Fel: " in page.content.decode()
    assert "En sak att rätta" in text(page)


def test_logging_out_takes_a_post(client_for, malmo):
    client = client_for(malmo)
    assert client.get("/logga-ut/").status_code == 200
    assert client.get(reverse("overview")).status_code == 200
    client.post("/logga-ut/")
    assert client.get(reverse("overview")).status_code == 302


def test_a_new_password_is_mailed_in_the_persons_own_language(nobody, lusaka):
    nobody.post(reverse("account_reset_password"), {"email": lusaka.email})
    (message,) = mail.outbox
    assert message.to == [lusaka.email]
    assert message.subject.endswith("Choose a new password for Municipal Partnerships")
    link = re.search(r"https?://\S+", message.body)[0]
    page = nobody.get(link, follow=True)
    assert "Välj ett nytt lösenord" in text(page)


def test_asking_for_a_password_tells_nobody_which_addresses_exist(nobody, malmo):
    known = nobody.post(reverse("account_reset_password"), {"email": malmo.email}, follow=True)
    unknown = nobody.post(
        reverse("account_reset_password"), {"email": "ingen@example.org"}, follow=True
    )
    assert text(known) == text(unknown)


# --- overview -------------------------------------------------------------------------------


def test_the_overview_lists_own_applications_and_offers_a_new_one(client_for, malmo, draft):
    page = text(client_for(malmo).get(reverse("overview")))
    assert "Utkast" in page
    assert "Lusaka City Council" in page
    assert "Ny ansökan" in page


def test_the_overview_shows_nothing_of_others(client_for, karlstad, draft):
    page = text(client_for(karlstad).get(reverse("overview")))
    assert "Ni har inga ansökningar än." in page
    assert "Lusaka" not in page


def test_a_partner_abroad_sees_the_case_but_cannot_begin_one(client_for, lusaka, draft):
    page = text(client_for(lusaka).get(reverse("overview")))
    assert "Malmö stad" in page
    assert "New application" not in page


# --- errors ---------------------------------------------------------------------------------


def test_an_unknown_page_says_so_in_words(nobody):
    response = nobody.get("/finns-inte/")
    assert response.status_code == 404
    assert "Sidan finns inte" in text(response)


def test_a_form_without_its_token_says_what_to_do(db):
    response = Client(enforce_csrf_checks=True).post("/logga-in/", {})
    assert response.status_code == 403
    assert "Inget sparades just nu" in text(response)


def test_the_page_for_our_own_faults_needs_nothing_but_itself():
    page = (settings.BASE_DIR / "templates" / "500.html").read_text()
    assert "{%" not in page
    assert "{{" not in page
    assert '<div lang="en">' in page
