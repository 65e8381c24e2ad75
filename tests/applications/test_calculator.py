"""The public calculator: the same figures as everywhere else, for anybody, at an address."""

import json
import re
from datetime import date, datetime
from html import unescape
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from applications import actions
from applications.models import Application, Round
from funding.models import Ceiling, CeilingSchedule, CostType
from funding.states import Phase
from icld_portal.formats import NBSP
from partnerships.actions import close_country
from partnerships.models import Country
from partnerships.states import Region, Side
from tests.applications.pages import text
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import CLOSE, MID_ROUND, SWEDEN

pytestmark = pytest.mark.django_db

AT = "/takbelopp/"
PROJECT = {
    "fas": "project",
    "land": "KE",
    "svenska": "1",
    "utlandska": "1",
    "fran": "2027-09-01",
    "till": "2029-08-31",
}
OF_REGION = {Region.EUROPE: "GE", Region.AFRICA: "KE", Region.ASIA: "VN"}


@pytest.fixture
def nobody(client_for):
    return client_for(None)


@pytest.fixture
def english(nobody):
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return nobody


def ask(client, choices=None, **changed):
    return client.get(f"{AT}?{urlencode((choices or PROJECT) | changed, doseq=True)}")


def words(response) -> str:
    return text(response).replace(NBSP, " ")


def ceiling_command(phase: str, region: str, multi_party: bool) -> dict:
    out = StringIO()
    more = ["--multi-party"] if multi_party else []
    call_command("ceiling", f"--phase={phase}", f"--region={region}", *more, stdout=out)
    return json.loads(out.getvalue())


# --- the amount -----------------------------------------------------------------------------


@pytest.mark.parametrize("multi_party", [False, True])
@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("phase", Phase)
def test_every_amount_is_that_of_the_command_line(nobody, phase, region, multi_party):
    expected = ceiling_command(phase, region, multi_party)
    given_ = {"fas": phase, "land": OF_REGION[region], "till": "2028-08-31"}
    more = {"utlandska": "2"} if multi_party else {}
    answer = ask(nobody, **given_, **more, format="json").json()
    figures = ("amount_sek", "per_year_sek", "per_year", "years", "basis", "kind", "schedule")
    assert {name: answer[name] for name in figures} == {name: expected[name] for name in figures}
    amount = f"{expected['amount_sek']:,} kr".replace(",", " ")
    assert amount in words(ask(nobody, **given_, **more))


def test_a_project_of_two_years_in_kenya_is_told_year_by_year_with_how_it_came_about(nobody):
    page = words(ask(nobody))
    assert "Takbelopp 1 000 000 kr" in page
    assert "500 000 kr per år, i 2 år" in page
    assert "1 september 2028 – 31 augusti 2029" in page
    assert "2 påbörjade år" in page
    assert "Beloppslista A, Introduktion 2019-09-25, gäller från 1 januari 2019." in page


def test_what_the_rules_come_to_is_said_in_kronor_with_their_sources(nobody):
    page = words(ask(nobody))
    assert "högst 50 % av budgeten: 500 000 kr av en budget på 1 000 000 kr" in page
    assert "500 000 kr räcker till 104 sådana dagar" in page
    assert "Minst 2 utbytesbesök om året ska finnas med, sammanlagt 4." in page
    assert "Lund KS 2019/0835" in page
    assert "Ni får pengarna i efterskott" in page
    assert "Internationella resor" in page


def test_a_guideline_is_never_called_a_ceiling(nobody):
    page = words(ask(nobody, fas="steering_group"))
    assert "Riktpunkt 600 000 kr" in page
    assert "Ni får söka mer om ni ger ett skäl som ICLD kan godta." in page
    assert "takbelopp" not in page.casefold().replace(AT, "")


def test_a_phase_without_exchanges_is_asked_for_none(nobody):
    page = words(ask(nobody, fas="dissemination", till="2028-02-29"))
    assert "Takbelopp 50 000 kr" in page
    assert "utbytesbesök" not in page


def test_only_the_cost_types_that_the_phase_covers_are_listed(nobody):
    assert "Vaccinationer" in words(ask(nobody))
    CostType.objects.filter(key="VACC").update(phases=[Phase.PREPARATION])
    assert "Vaccinationer" not in words(ask(nobody))


@pytest.mark.parametrize(
    ("counts", "amount"),
    [
        ({"svenska": "1", "utlandska": "1"}, 500_000),
        ({"svenska": "2", "utlandska": "1"}, 650_000),
        ({"svenska": "1", "utlandska": "3"}, 650_000),
    ],
)
def test_more_than_one_government_on_a_side_is_multi_party(nobody, counts, amount):
    answer = ask(nobody, **counts, till="2028-08-31", format="json").json()
    assert answer["amount_sek"] == amount


def test_across_regions_the_higher_row_counts_and_is_flagged(nobody):
    choices = {"land": "GE", "fler": ["KE", "GE"], "utlandska": "2", "till": "2028-08-31"}
    answer = ask(nobody, **choices, format="json").json()
    assert (answer["amount_sek"], answer["flags"]) == (650_000, ["mixed_regions"])
    assert "ICLD tittar särskilt på beloppet" in words(ask(nobody, **choices))


def test_eighteen_months_are_two_years_and_it_is_said(nobody):
    page = words(ask(nobody, till="2029-02-28"))
    assert "1 000 000 kr" in page
    assert "1 september 2028 – 28 februari 2029" in page


def test_a_first_day_before_the_rounds_earliest_is_a_note_and_no_error(nobody):
    page = words(ask(nobody, fran="2027-04-01", till="2028-03-31"))
    assert "kan första dagen tidigast vara" in page
    assert "500 000 kr" in page


def test_a_phase_that_the_round_does_not_offer_is_a_note(nobody, open_round):
    open_round.phases.filter(phase=Phase.DISSEMINATION).delete()
    page = words(ask(nobody, fas="dissemination", till="2028-08-31"))
    assert "I omgången Våren 2027 går det inte att söka Spridning" in page
    assert "50 000 kr" in page


# --- which schedule -------------------------------------------------------------------------


def later_schedule(**fields) -> CeilingSchedule:
    """A schedule like A, twice as generous."""
    old = CeilingSchedule.objects.get(key="A")
    cells = list(old.cells.all())
    old.pk, old.key, old.name, old.status = None, "C", "Nya belopp", "draft"
    for name, value in fields.items():
        setattr(old, name, value)
    old.save()
    for cell in cells:
        cell.pk, cell.schedule, cell.amount_sek = None, old, 2 * cell.amount_sek
    Ceiling.objects.bulk_create(cells)
    CeilingSchedule.objects.filter(pk=old.pk).update(status="published")
    return old


def test_the_open_rounds_schedule_counts_even_when_a_newer_one_is_in_force(nobody):
    later_schedule(valid_from="2027-03-01")
    assert ask(nobody, format="json").json()["schedule"] == "A"


def test_between_rounds_that_of_the_next_round_counts(nobody, set_clock):
    schedule = later_schedule(valid_from="2027-09-01")
    Round.objects.filter(season="autumn", year=2027).update(schedule=schedule)
    set_clock(CLOSE)
    answer = ask(nobody, fran="2028-01-01", till="2028-12-31", format="json").json()
    assert (answer["schedule"], answer["amount_sek"]) == ("C", 1_000_000)
    page = words(ask(nobody, fran="2028-01-01", till="2028-12-31"))
    assert "Hösten 2027 öppnar den 15 september 2027" in page


def test_with_no_round_to_come_that_in_force_today_counts(nobody):
    Round.objects.all().delete()
    assert ask(nobody, format="json").json()["schedule"] == "A"


def test_before_the_first_schedule_it_is_said_that_nothing_is_decided(nobody, set_clock):
    Round.objects.all().delete()
    set_clock(datetime(2018, 6, 1, tzinfo=SWEDEN))
    for response in (nobody.get(AT), ask(nobody)):
        assert "Beloppen är inte beslutade än." in words(response)


# --- what is wrong --------------------------------------------------------------------------

WRONG = [
    ("fas", "brygga", "”brygga” går inte att söka."),
    ("fas", "", "fas"),
    ("land", "XX", "”XX” är inget samarbetsland."),
    ("land", "DE", "”DE” är inget samarbetsland."),
    ("land", "SE", "”SE” är inget samarbetsland."),
    ("land", "ke\x00", "är inget samarbetsland."),
    ("fler", "XX", "”XX” är inget samarbetsland."),
    ("svenska", "0", "Skriv ett heltal från 1 till 50."),
    ("svenska", "-1", "Skriv ett heltal från 1 till 50."),
    ("svenska", "", "Skriv ett heltal från 1 till 50."),
    ("utlandska", "9" * 5000, "Skriv ett heltal från 1 till 50."),
    ("utlandska", "NaN", "Skriv ett heltal från 1 till 50."),
    ("utlandska", "två", "Skriv ett heltal från 1 till 50."),
    ("utlandska", "1,5", "Skriv ett heltal från 1 till 50."),
    ("utlandska", "51", "Skriv ett heltal från 1 till 50."),
    ("fran", "1 september", "Skriv dagen som år-månad-dag"),
    ("fran", "2027-02-30", "Skriv dagen som år-månad-dag"),
    ("fran", "2018-12-31", "Välj en dag från 1 januari 2019 till 31 december 2037."),
    ("till", "9999-12-31", "Välj en dag från 1 januari 2019 till 31 december 2037."),
    ("till", "2027-08-31", "Sista dagen ligger före första dagen."),
    ("till", "2030-09-01", "Perioden är 37 månader. Projekt kan pågå i högst 36"),
]


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(nobody, name, value, said):
    response = ask(nobody, **{name: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert said in words(response)
    assert f'href="#id_{name}' in page
    assert "Takbelopp 1 000" not in words(response)
    assert 'value="2029-08-31"' in page or name == "till"
    if name in {"svenska", "utlandska", "fran", "till"}:
        assert f'value="{value}"' in page or not value
    answer = ask(nobody, **{name: value}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


def test_it_is_said_in_english_too(english):
    page = words(ask(english, till="2030-09-01"))
    assert "The period is 37 months. Project can last at most 36: change the last day." in page
    page = words(ask(english))
    assert "Ceiling SEK 1 000 000" in page
    assert "Schedule A" in page


def test_a_closed_country_is_named(nobody, administrator):
    close_country(
        Country.objects.get(code="KE"),
        last_day=date(2027, 3, 9),
        at_once=False,
        reason="Läget i landet.",
        by=administrator,
        at=MID_ROUND,
    )
    assert "Kenya är stängt för nya ansökningar. Välj ett annat land." in words(ask(nobody))


def test_more_countries_than_partners_is_told(nobody):
    page = words(ask(nobody, fler=["GE", "VN"], utlandska="2"))
    assert "Ni har valt 3 länder." in page


def test_a_schedule_with_a_gap_says_which_amount_is_missing(nobody, open_round):
    schedule = CeilingSchedule.objects.get(key="B")
    Round.objects.filter(pk=open_round.pk).update(schedule=schedule)
    page = words(ask(nobody, land="GE", fran="2027-09-01", till="2028-08-31"))
    assert "Det finns inget belopp för de här valen" in page
    assert "Projekt" in page
    assert "Kontakta ICLD" in page
    assert ask(nobody, land="GE", format="json").status_code == 400


words_and_days = st.one_of(
    st.sampled_from(["project", "KE", "GE", "1", "2", "2027-09-01", "2028-08-31", "9999-12-31"]),
    st.dates().map(str),
    st.integers().map(str),
    st.text(max_size=12),
)


@effort(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from([*PROJECT, "fler", "format", "annat"]),
        st.lists(words_and_days, min_size=1, max_size=2),
    )
)
def test_no_address_breaks_it(nobody, query):
    assert ask(nobody, **query).status_code in {200, 400}
    assert nobody.get(AT, query).status_code in {200, 400}


# --- for anybody ----------------------------------------------------------------------------


def test_before_anything_is_chosen_every_amount_is_shown(nobody):
    page = nobody.get(AT).content.decode()
    amounts = (220, 275, 450, 500, 300, 50, 330, 400, 600, 650)
    assert [n for n in amounts if f"{n}{NBSP}000{NBSP}kr" not in page] == []
    assert "att rätta" not in page


def test_the_same_address_gives_the_same_page_to_everybody(client_for, malmo):
    assert words(ask(client_for(None))) == words(ask(client_for(malmo)))


def test_an_address_need_not_say_that_there_is_one_on_each_side(nobody):
    short = {name: PROJECT[name] for name in ("fas", "land", "fran", "till")}
    assert "1 000 000 kr" in words(ask(nobody, short))


def test_the_form_shows_what_the_address_says(nobody):
    assert fields_of(ask(nobody, fler=["GE"], utlandska="2")) == {
        name: [value] for name, value in PROJECT.items()
    } | {"fler": ["GE"], "utlandska": ["2"]}


@pytest.mark.parametrize("choices", [{}, PROJECT, PROJECT | {"land": "XX"}])
def test_it_takes_at_most_12_queries(nobody, choices, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        nobody.get(AT, choices)


def test_it_is_linked_from_the_start_page_the_programme_and_every_footer(nobody):
    for url, count in (("/", 3), ("/om-programmet/", 3), ("/kontakt/", 2)):
        assert nobody.get(url).content.decode().count(f'href="{AT}"') == count


# --- on to an application -------------------------------------------------------------------


def onward(response) -> str:
    return unescape(re.search(r'href="(/ansokningar/ny/\?[^"]*)"', response.content.decode())[1])


def test_log_in_comes_between_and_carries_the_choices(nobody):
    address = onward(ask(nobody))
    assert address == "/ansokningar/ny/?fas=project&land=KE&fran=2027-09-01&till=2029-08-31"
    assert nobody.get(address).url == f"/logga-in/?next={quote(address)}"


def test_an_application_begins_with_what_was_chosen(client_for, malmo):
    client = client_for(malmo)
    address = onward(ask(client))
    page = client.get(address)
    assert "Projekt · Kenya · 1 september 2027 – 31 augusti 2029" in words(page)
    fields = fields_of(page)
    assert (fields["phase"], fields["country"]) == (["project"], ["KE"])
    client.post(address, fields | {"partner": "new", "name": "Kisumu County"})
    begun = Application.objects.get(phase=Phase.PROJECT)
    assert (begun.starts_on, begun.ends_on) == (date(2027, 9, 1), date(2029, 8, 31))
    assert begun.parties.get(side=Side.INTERNATIONAL).organisation.country.code == "KE"


def test_the_one_partnership_in_the_country_is_proposed(client_for, malmo, draft):
    fields = fields_of(client_for(malmo).get("/ansokningar/ny/?land=ZM"))
    assert fields["partner"] == [str(draft.partnership.public_id)]


def test_a_second_click_does_not_undo_dates_changed_meanwhile(client_for, malmo):
    client = client_for(malmo)
    address = onward(ask(client))
    fields = fields_of(client.get(address)) | {"partner": "seeking"}
    client.post(address, fields)
    begun = Application.objects.get(phase=Phase.PROJECT)
    dates = {"starts_on": date(2028, 1, 1), "ends_on": date(2028, 12, 31)}
    actions.save_details(begun, dates, by=malmo, at=MID_ROUND)
    client.post(address, fields)
    assert fresh(begun).starts_on == date(2028, 1, 1)


@pytest.mark.parametrize(
    "query",
    [
        "fas=brygga&land=XX&fran=i+dag&till=sen",
        "fas=&land=%00&fran=2029-01-01&till=2027-01-01",
        "fran=2027-01-01&till=2099-01-01",
        "fran=2027-01-01",
    ],
)
def test_proposals_that_cannot_be_are_left_out_without_a_word(client_for, malmo, query):
    client = client_for(malmo)
    fields = fields_of(client.get(f"/ansokningar/ny/?{query}"))
    assert "phase" not in fields
    assert fields["country"] in ([""], [])
    assert (fields["starts_on"], fields["ends_on"]) == ([""], [""])
    client.post("/ansokningar/ny/", fields | {"phase": "preparation", "partner": "seeking"})
    assert Application.objects.get().starts_on is None


def test_dates_that_were_tampered_with_begin_a_draft_without_dates(client_for, malmo):
    client = client_for(malmo)
    fields = fields_of(client.get("/ansokningar/ny/"))
    wrong = {"starts_on": "2029-01-01", "ends_on": "2027-01-01"}
    client.post("/ansokningar/ny/", fields | wrong | {"phase": "preparation", "partner": "seeking"})
    assert Application.objects.get().starts_on is None
