"""Changes that ICLD does not have are said on every page of the case."""

import pytest

from applications import actions
from applications.actions.signing_links import Signer
from applications.models import Application
from applications.states import ApplicationState
from tests.addresses import page_of
from tests.applications.pages import address
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db

BANNER = 'id="changed"'
PAGES = (
    *("application", "application_basics", "application_parties", "application_content"),
    *("application_areas", "application_seats", "application_budget", "application_declarations"),
    *("application_review", "application_receipt", "application_signatures"),
    *("application_enquiries", "application_copy", "read_in", "application_left"),
    *("application_comments", "application_withdraw"),
)


def change(application, by) -> None:
    actions.save_details(application, {"title_sv": "Ny titel"}, by=by, at=MID_ROUND)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("of", ["project", "steering"])
def test_every_page_of_a_pair_says_it(page, of, submitted, client_for, malmo):
    url = page_of(page, submitted.public_id)
    client = client_for(malmo)
    assert BANNER not in client.get(url).content.decode()
    change(submitted if of == "project" else submitted.steering_application, malmo)
    html = client.get(url).content.decode()
    assert html.count(BANNER) == 1
    assert address(submitted, "granska/") in html


def test_a_draft_has_nothing_that_counts(ready, client_for, malmo):
    change(ready, malmo)
    assert BANNER not in client_for(malmo).get(address(ready)).content.decode()


def test_submitted_again_there_is_nothing_to_say(submitted, client_for, malmo):
    change(submitted, malmo)
    actions.submit(actions.together(fresh(submitted)), by=malmo, at=MID_ROUND)
    assert BANNER not in client_for(malmo).get(address(submitted)).content.decode()


@pytest.mark.parametrize("page", ["", "kvittens/", "underskrifter/"])
def test_icld_hears_nothing_of_it(page, submitted, client_for, malmo, officer):
    change(submitted, malmo)
    assert BANNER not in client_for(officer).get(address(submitted, page)).content.decode()


def test_after_the_close_it_says_which_version_counts(submitted, client_for, malmo, set_clock):
    client = client_for(malmo)
    change(submitted, malmo)
    set_clock(AFTER_CLOSE)
    assert BANNER in client.get(address(submitted)).content.decode()


@pytest.mark.parametrize("state", ApplicationState)
def test_the_queryset_and_the_property_agree(state, submitted, malmo):
    change(submitted, malmo)
    dnr = submitted.dnr if state not in {"draft", "lapsed"} else None
    granted = 1 if state in {"granted", "partly_granted"} else None
    Application.objects.filter(pk=submitted.pk).update(state=state, dnr=dnr, granted_sek=granted)
    found = set(Application.objects.with_unsubmitted_changes())
    told = {row for row in Application.objects.for_lists() if row.has_unsubmitted_changes}
    assert found == told
    assert (submitted in found) is (state == ApplicationState.SUBMITTED)


def test_it_says_that_signatures_will_be_asked_for_anew(submitted, client_for, malmo):
    request = submitted.submissions.first().signature_requests.first()
    signer = Signer("Kim Ek", "Ordförande")
    actions.sign(request, signer, by=None, at=MID_ROUND)
    change(submitted, malmo)
    for page in ("", "granska/"):
        html = client_for(malmo).get(address(submitted, page)).content.decode()
        assert "Den har en underskrift. En ny version skrivs under på nytt" in html


def test_until_the_close_is_carried_out_it_says_that_it_will_be_handed_in(
    submitted, open_round, client_for, malmo, set_clock
):
    rows = actions.together(submitted, malmo)
    actions.submit_at_close(rows, wanted=True, by=malmo, at=MID_ROUND)
    change(submitted, malmo)
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    html = client.get(address(submitted)).content.decode()
    assert "skickas in inom några minuter" in html
    assert "men skickade inte in igen" not in html
    actions.enforce(open_round, at=ENFORCED)
    assert BANNER not in client.get(address(submitted)).content.decode()
