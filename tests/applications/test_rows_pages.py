"""The tables on their page and at their address: what is saved, refused and kept, with or without
script."""

import json
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from applications.models import Activity, Application, Indicator, Objective, OtherActor, Risk, Visit
from applications.models.tables import MODELS
from applications.states import TABLE_KINDS, QuestionKind
from partnerships.models import Country, Party
from tests.applications.tables import KEY, many_activities, save
from tests.conftest import fresh
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, ENFORCED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_form")]

SECTIONS = ("objectives", "plan", "cooperation")


def page_of(application, section="plan") -> str:
    return reverse("application_content", args=[application.public_id, section])


def address(application, kind=QuestionKind.RISKS, key=KEY) -> str:
    return reverse("application_row", args=[application.public_id, str(kind), key])


def cells(key=KEY, /, **given) -> dict[str, str]:
    return {f"{key}-{name}": value for name, value in given.items()}


def post(client, application, table=QuestionKind.RISKS, key=KEY, do="save", version=0, **given):
    data = {"do": do, f"{key}-version": str(version), **cells(key, **given)}
    return client.post(address(application, table, key), data)


# --- while one writes -----------------------------------------------------------------------


def test_a_row_is_saved_and_said_with_the_servers_swedish_time(draft, malmo, client_for):
    answer = post(client_for(malmo), draft, description="Val", probability="3", consequence="4")
    assert answer.status_code == 200
    assert "kl.\N{NO-BREAK SPACE}09.12" in answer.json()["saved"]
    assert answer.json()["version"] == 1
    assert "12" in answer.json()["bits"][0]
    row = Risk.objects.get(application=draft)
    assert (row.description, row.probability, row.consequence, row.by) == ("Val", 3, 4, malmo)


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_every_table_takes_an_empty_row(kind, draft, malmo, client_for):
    answer = post(client_for(malmo), draft, kind)
    assert (answer.status_code, answer.json()["errors"]) == (200, {})
    assert MODELS[kind].objects.filter(application=draft).count() == 1


def test_the_picture_of_the_risks_comes_along(draft, malmo, client_for):
    answer = post(client_for(malmo), draft, description="Val", probability="5", consequence="5")
    assert '<td class="stop">1</td>' in answer.json()["picture"]


def test_objectives_come_along_for_the_indicators(draft, malmo, client_for):
    client = client_for(malmo)
    answer = post(client, draft, "objectives", text="Ett råd i varje stad")
    assert answer.json()["objectives"] == [[str(KEY), "1. Ett råd i varje stad"]]
    measured = post(client, draft, "indicators", uuid4(), objective=str(KEY), indicator="Antal")
    assert measured.status_code == 200
    assert Indicator.objects.get().objective == Objective.objects.get()
    assert post(client, draft, "objectives", do="delete", version=1).json()["objectives"] == []


def test_a_stale_row_shows_both_sides_and_what_to_go_on_from(draft, malmo, malmo2, client_for):
    save(draft, malmo2, description="Val", responsible="Bos")
    save(draft, malmo2, version=1, description="Bos", responsible="Bos", probability=2)
    answer = post(client_for(malmo), draft, version=1, description="Annas", responsible="Bos")
    assert answer.status_code == 409
    found = answer.json()
    assert found["theirs"]["description"] == "Bos"
    assert found["theirs"]["probability"] == "2"
    assert found["version"] == 2
    assert all(word in found["conflict"] for word in ("Bos", "Annas", "Bo Dal"))
    assert Risk.objects.get().description == "Bos"


def test_a_row_that_somebody_has_deleted_can_be_saved_again(draft, malmo, malmo2, client_for):
    client = client_for(malmo)
    save(draft, malmo2, description="Val")
    assert post(client, draft, do="delete", version=1).status_code == 200
    answer = post(client, draft, version=1, description="Annas")
    assert answer.status_code == 409
    assert answer.json()["theirs"] is None
    again = post(client, draft, version=1, description="Annas", again="1")
    assert again.json()["version"] == 2


def test_deleting_and_undoing_from_the_page(draft, malmo, client_for):
    client = client_for(malmo)
    post(client, draft, description="Val")
    was = post(client, draft, do="delete", version=1).json()["deleted"]
    assert not Risk.objects.exists()
    back = post(client, draft, again="1", description="Val", **{k: str(v) for k, v in was.items()})
    assert back.json()["version"] == 2
    assert Risk.objects.get().description == "Val"


def test_what_somebody_has_changed_is_shown_and_not_deleted(draft, malmo, malmo2, client_for):
    save(draft, malmo, description="Val")
    save(draft, malmo2, version=1, description="Bos")
    answer = post(client_for(malmo), draft, do="delete", version=1)
    assert answer.status_code == 409
    assert answer.json()["theirs"]["description"] == "Bos"
    assert Risk.objects.exists()


def test_rows_are_moved(draft, malmo, client_for):
    first, second = UUID(int=1), UUID(int=2)
    for key in (first, second):
        save(draft, malmo, key=key)
    answer = post(client_for(malmo), draft, key=second, do="up")
    assert answer.json()["order"] == [str(second), str(first)]


# --- who, and when --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 401), ("karlstad", 404), ("malmo_reader", 403), ("officer", 404), ("lusaka", 200)],
)
@pytest.mark.parametrize("do", ["save", "delete", "up"])
def test_only_those_who_write_for_a_party_reach_a_row(who, status, do, draft, client_for, request):
    user = request.getfixturevalue(who) if who else None
    assert post(client_for(user), draft, do=do).status_code == status


def test_an_address_of_no_table_or_of_one_not_asked_for_is_not_found(pair, malmo, client_for):
    client = client_for(malmo)
    assert post(client, pair[0], "poems").status_code == 404
    assert post(client, pair[0], "budget").status_code == 404
    assert post(client, pair[1], "team").status_code == 404
    assert client.get(address(pair[0])).status_code == 405


def test_what_another_person_typed_in_the_same_browser_is_not_saved(draft, malmo, client_for):
    data = cells(description="Bos")
    answer = client_for(malmo).post(address(draft), data, headers={"x-writer": "999999"})
    assert answer.status_code == 401
    assert not Risk.objects.exists()


def test_after_the_close_nothing_is_saved_and_the_text_is_given_back(
    draft, malmo, client_for, set_clock
):
    client = client_for(malmo)
    Application.objects.filter(pk=draft.pk).update(state="submitted", dnr="2027-9999")
    set_clock(AFTER_CLOSE)
    answer = post(client, draft, description="Sent")
    assert answer.status_code == 409
    assert answer.json()["refusal"]
    assert not Risk.objects.exists()


# --- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "column", "text"),
    [
        ("activities", "starts_on", "2027-13-01"),
        ("activities", "ends_on", "i höst"),
        ("activities", "cost_sek", "4800,50"),
        ("activities", "cost_sek", "-5"),
        ("activities", "cost_sek", "9" * 40),
        ("activities", "name", "x" * 151),
        ("activities", "party", "1e9"),
        ("visits", "persons", "fyra"),
        ("visits", "persons", "0"),
        ("visits", "persons", "100000"),
        ("visits", "host", "999999"),
        ("risks", "probability", "6"),
        ("risks", "consequence", "0"),
        ("risks", "description", "x" * 1_000_000),
        ("team", "email", "kim at example"),
        ("other_actors", "kind", "ghost"),
        ("other_actors", "country", "999999"),
        ("indicators", "objective", "11111111-2222-4333-8444-555555555555"),
        ("anchoring", "decided_on", "0000-00-00"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(kind, column, text, draft, malmo, client_for):
    answer = post(client_for(malmo), draft, kind, **{column: text})
    assert answer.status_code == 409
    assert list(answer.json()["errors"]) == [column]
    assert not MODELS[kind].objects.exists()


def test_a_party_of_somebody_elses_partnership_is_refused(
    draft, malmo, malmo_stad, karlstad, client_for
):
    stranger = Party.objects.exclude(applicationparty__application=draft).values_list("pk")
    chosen = str(stranger[0][0]) if stranger else "424242"
    answer = post(client_for(malmo), draft, "activities", party=chosen)
    assert list(answer.json()["errors"]) == ["party"]


def test_another_applications_objective_is_refused(pair, malmo, client_for):
    save(pair[0], malmo, kind="objectives", text="Annans")
    Objective.objects.update(application=pair[1])
    answer = post(client_for(malmo), pair[0], "indicators", uuid4(), objective=str(KEY))
    assert list(answer.json()["errors"]) == ["objective"]


def test_a_row_of_another_application_is_never_touched(pair, malmo, client_for):
    save(pair[1], malmo, kind="risks", description="Styrgruppens")
    client = client_for(malmo)
    assert post(client, pair[0], version=1, description="Projektets").status_code == 409
    assert post(client, pair[0], do="delete", version=1).status_code == 200
    assert Risk.objects.get().description == "Styrgruppens"


def test_html_is_text_and_control_characters_are_dropped(draft, malmo, client_for):
    client = client_for(malmo)
    nasty = "<script>alert(1)</script>\x00\x07\r\n\N{RIGHT-TO-LEFT OVERRIDE}🙂 ”citat”"
    answer = post(client, draft, description=nasty, responsible="Sam\tord\x0bnare")
    assert answer.status_code == 200
    row = Risk.objects.get()
    assert row.description.startswith("<script>alert(1)</script>\n")
    assert row.responsible == "Sam ord nare"
    page = client.get(page_of(draft)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_text_a_word_too_long_is_saved_all_the_same(draft, malmo, client_for):
    assert post(client_for(malmo), draft, description="x" * 301).status_code == 200
    assert len(Risk.objects.get().description) == 301


@pytest.mark.parametrize("version", ["", "-1", "1e3", "x", "9" * 30])
def test_an_unreadable_version_counts_as_none(version, draft, malmo, client_for):
    save(draft, malmo, description="Val")
    data = {"do": "save", f"{KEY}-version": version, **cells(description="Annat")}
    assert client_for(malmo).post(address(draft), data).status_code == 409
    assert Risk.objects.get().description == "Val"


# --- the page -------------------------------------------------------------------------------


def test_the_page_shows_the_rows_with_what_is_needed_to_go_on(draft, malmo, client_for):
    save(draft, malmo, kind="activities", name="Ungdomsråd", cost_sek=12_000)
    page = client_for(malmo).get(page_of(draft)).text
    assert f'id="id_{KEY}-name"' in page
    assert 'value="12\N{NO-BREAK SPACE}000"' in page
    assert f'name="{KEY}-version" value="1"' in page


def test_a_party_that_no_longer_takes_part_is_still_shown_at_the_row(draft, malmo, client_for):
    party = draft.parties.all()[1]
    save(draft, malmo, kind="activities", name="Möte", party_id=party.party_id)
    draft.parties.filter(pk=party.pk).delete()
    page = client_for(malmo).get(page_of(draft)).text
    assert f'<option value="{party.party_id}" selected' in page


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_needs_few_queries(
    section, count, draft, malmo, client_for, django_assert_max_num_queries
):
    many_activities(draft, malmo, count)
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        assert client.get(page_of(draft, section)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("activities", {"name": "Möte", "party": "1"}),
        ("indicators", {"indicator": "Antal"}),
        ("other_actors", {"name": "Universitetet", "country": "1"}),
        ("risks", {"description": "Val"}),
        ("visits", {"purpose": "Möte"}),
    ],
)
def test_an_autosave_asks_the_database_little(
    kind, given, draft, malmo, client_for, django_assert_max_num_queries
):
    many_activities(draft, malmo, 39)
    client = client_for(malmo)
    if "party" in given:
        given = given | {"party": str(draft.parties.all()[0].party_id)}
    if "country" in given:
        given = given | {"country": str(Country.objects.first().pk)}
    for version in (0, 1):  # a new row, and a change
        with django_assert_max_num_queries(MOST) as asked:
            answer = post(client, draft, kind, version=version, **given)
        assert answer.status_code == 200
        spoken = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        assert len(spoken) <= 8
        given = {name: value + "!" if name in PROSE else value for name, value in given.items()}


MOST = 16
PROSE = {"name", "indicator", "description", "purpose"}


# --- without script -------------------------------------------------------------------------


def posted(client, address_, button="", **changed):
    """Press a button of the page with everything as it stands but what is changed."""
    data = fields_of(client.get(address_)) | changed
    if button:
        data["row-do"] = button
    return client.post(address_, data)


def test_everything_is_saved_by_one_button(draft, malmo, client_for):
    save(draft, malmo, description="Val")
    client = client_for(malmo)
    changed = {f"{KEY}-description": "Val i Zambia", "learning-sv": "Av varandra."}
    response = posted(client, page_of(draft), **changed)
    assert response.status_code == 302
    assert Risk.objects.get().description == "Val i Zambia"
    assert draft.answers.get().text == "Av varandra."


def test_a_row_nobody_touched_is_not_saved_over_a_colleagues(draft, malmo, malmo2, client_for):
    save(draft, malmo, description="Val")
    client = client_for(malmo)
    data = fields_of(client.get(page_of(draft)))
    save(draft, malmo2, version=1, description="Bos")
    assert client.post(page_of(draft), data).status_code == 302
    assert Risk.objects.get().description == "Bos"


def test_a_conflict_shows_both_and_either_can_be_chosen(draft, malmo, malmo2, client_for):
    save(draft, malmo, description="Val")
    client = client_for(malmo)
    data = fields_of(client.get(page_of(draft))) | {f"{KEY}-description": "Annas"}
    save(draft, malmo2, version=1, description="Bos")
    response = client.post(page_of(draft), data)
    assert response.status_code == 409
    assert "Annas" in response.text
    assert "Bos" in response.text
    again = fields_of(response)
    assert client.post(page_of(draft), again | {"row-do": f"theirs:risks:{KEY}"}).status_code == 302
    assert Risk.objects.get().description == "Bos"
    assert client.post(page_of(draft), again | {"row-do": f"mine:risks:{KEY}"}).status_code == 302
    assert Risk.objects.get().description == "Annas"


def test_an_added_row_is_there_to_write_in_and_saved_with_the_page(draft, malmo, client_for):
    client = client_for(malmo)
    shown = posted(client, page_of(draft), "add:visits")
    assert shown.status_code == 200
    assert not Visit.objects.exists()
    data = fields_of(shown)
    key, _pattern = data["row-visits"]
    assert client.post(page_of(draft), data | {f"{key}-purpose": "Möte"}).status_code == 302
    assert Visit.objects.get().purpose == "Möte"
    assert str(Visit.objects.get().key) == key


def test_an_added_row_that_stays_empty_is_not_saved(draft, malmo, client_for):
    client = client_for(malmo)
    data = fields_of(posted(client, page_of(draft), "add:visits"))
    assert client.post(page_of(draft), data).status_code == 302
    assert not Visit.objects.exists()


def test_a_wrong_value_is_told_and_everything_typed_is_kept(draft, malmo, client_for):
    save(draft, malmo, kind="visits", key=KEY, purpose="Möte")
    save(draft, malmo, kind="risks", key=UUID(int=7), description="Val")
    client = client_for(malmo)
    changed = {f"{KEY}-persons": "fyra", f"{UUID(int=7)}-description": "Val i Zambia"}
    response = posted(client, page_of(draft), **changed)
    assert response.status_code == 409
    assert 'value="fyra"' in response.text
    assert f'id="id_{KEY}-persons_error">' in response.text
    assert Risk.objects.get().description == "Val i Zambia"
    assert Visit.objects.get().persons is None


def test_a_deleted_row_can_be_put_back_from_the_page_that_comes(draft, malmo, client_for):
    save(draft, malmo, description="Val", probability=2)
    client = client_for(malmo)
    shown = posted(client, page_of(draft), f"delete:risks:{KEY}")
    assert shown.status_code == 200
    assert not Risk.objects.exists()
    back = client.post(page_of(draft), fields_of(shown) | {"row-do": f"restore:risks:{KEY}"})
    assert back.status_code == 302
    row = Risk.objects.get()
    assert (row.description, row.probability, row.version) == ("Val", 2, 2)


def test_rows_are_moved_by_their_buttons(draft, malmo, client_for):
    first, second = UUID(int=1), UUID(int=2)
    for key in (first, second):
        save(draft, malmo, key=key, description=str(key.int))
    posted(client_for(malmo), page_of(draft), f"up:risks:{second}")
    assert [row.key for row in Risk.objects.all()] == [second, first]


def test_a_copied_row_that_still_holds_is_said_to(draft, pair, malmo, client_for):
    save(draft, malmo, description="Val")
    Risk.objects.update(copied_from=pair[1])
    client = client_for(malmo)
    assert "data-copied" in client.get(page_of(draft)).text
    assert posted(client, page_of(draft), f"confirm:risks:{KEY}").status_code == 302
    assert Risk.objects.get().copied_from is None


@pytest.mark.parametrize(
    "button", ["", "x", "up:risks:", "delete:risks:nope", "restore:risks:nope", "add:poems", "::::"]
)
def test_a_button_that_nobody_made_does_nothing(button, draft, malmo, client_for):
    save(draft, malmo, description="Val")
    client = client_for(malmo)
    assert posted(client, page_of(draft), button).status_code == 302
    assert Risk.objects.get().description == "Val"


def test_keys_that_are_none_are_passed_over(draft, malmo, client_for):
    client = client_for(malmo)
    data = {"row-risks": ["x", "../etc", str(KEY), str(KEY)], **cells(description="Val")}
    assert client.post(page_of(draft), data).status_code == 302
    assert Risk.objects.get().key == KEY


def test_a_closed_page_can_be_read_and_not_written(draft, malmo, client_for, set_clock):
    save(draft, malmo, description="Val")
    client = client_for(malmo)
    Application.objects.filter(pk=draft.pk).update(state="lapsed")
    set_clock(ENFORCED)
    page = client.get(page_of(draft)).text
    assert "Val" in page
    assert "rows-add" not in page


def test_json_is_all_that_a_script_is_told(draft, malmo, client_for):
    answer = post(client_for(malmo), draft, description="Val")
    assert json.loads(answer.content)["version"] == 1
    assert fresh(draft).revision == draft.revision + 1
    assert not Activity.objects.exists()
    assert not OtherActor.objects.exists()
