"""Rows of tables are saved one by one, and nobody writes over anybody."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from applications import actions
from applications.models import Activity, Application, Indicator, Objective, OtherActor, Risk
from applications.models.tables import MODELS
from applications.refusals import (
    ChangeTooLate,
    NoSuchObjective,
    NotAParty,
    NotWritable,
    StaleRow,
    TableNotAsked,
    TooManyRows,
)
from applications.row_columns import COLUMNS, PERSONS
from applications.states import TABLE_KINDS, ApplicationState, QuestionKind
from partnerships.models import Party
from tests.applications.tables import KEY, many_activities, save
from tests.conftest import fresh
from tests.moments import CLOSE, MID_ROUND
from tests.table_builders import row_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_form")]


def restore(application, by, was, kind=QuestionKind.RISKS, key=KEY, **given):
    wanted = row_values(kind, **given)
    return actions.restore_row(
        application, kind=kind, key=key, values=wanted, was=was, by=by, at=MID_ROUND
    )


def delete(application, by, version=1, kind=QuestionKind.RISKS, key=KEY):
    return actions.delete_row(application, kind=kind, key=key, version=version, by=by, at=MID_ROUND)


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_a_row_may_be_empty_in_every_column(kind, draft, malmo):
    assert save(draft, malmo, kind=kind) == 1
    row = MODELS[kind].objects.get(application=draft)
    assert {name: getattr(row, name) for name in COLUMNS[kind].columns} == row_values(kind)


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_the_limits_of_running_texts_are_told_alike_everywhere(kind):
    fields = {field.attname: field for field in MODELS[kind]._meta.concrete_fields}
    assert set(COLUMNS[kind].columns) <= fields.keys()
    prose = {name: f.max_length for name, f in fields.items() if type(f).__name__ == "TextField"}
    assert prose == dict(COLUMNS[kind].prose)
    assert set(PERSONS.get(kind, ())) <= set(COLUMNS[kind].columns)


def test_saving_tells_the_version_and_counts_the_change(draft, malmo, malmo2):
    assert save(draft, malmo, description="Val") == 1
    assert save(draft, malmo2, version=1, description="Val i Zambia") == 2
    row = Risk.objects.get()
    assert (row.description, row.version, row.by) == ("Val i Zambia", 2, malmo2)
    assert fresh(draft).revision == draft.revision + 2


def test_a_double_click_makes_one_row(draft, malmo):
    assert save(draft, malmo, description="Val") == save(draft, malmo, description="Val")
    assert Risk.objects.count() == 1
    assert fresh(draft).revision == draft.revision + 1


def test_an_answer_that_was_lost_is_saved_only_once(draft, malmo):
    save(draft, malmo, description="Val")
    assert save(draft, malmo, version=1, description="Val nu") == 2
    assert save(draft, malmo, version=1, description="Val nu") == 2
    assert fresh(draft).revision == draft.revision + 2


def test_a_stale_save_shows_both_and_overwrites_nothing(draft, malmo, malmo2):
    save(draft, malmo, description="Val")
    save(draft, malmo2, version=1, description="Bos")
    with pytest.raises(StaleRow) as refused:
        save(draft, malmo, version=1, description="Annas")
    figures = refused.value.figures
    assert figures["current"]["description"] == "Bos"
    assert figures["typed"]["description"] == "Annas"
    assert (figures["by"], figures["version"]) == ("Bo Dal", 2)
    assert Risk.objects.get().description == "Bos"
    assert fresh(draft).revision == draft.revision + 2


def test_a_row_that_was_deleted_meanwhile_is_not_made_again_unasked(draft, malmo, malmo2):
    save(draft, malmo, description="Val")
    delete(draft, malmo2)
    with pytest.raises(StaleRow) as refused:
        save(draft, malmo, version=1, description="Annas")
    assert refused.value.figures["current"] is None
    assert not Risk.objects.exists()


def test_deleting_twice_is_no_error(draft, malmo):
    save(draft, malmo, description="Val")
    assert delete(draft, malmo).version == 1
    assert delete(draft, malmo) is None


def test_what_somebody_has_changed_since_is_not_deleted(draft, malmo, malmo2):
    save(draft, malmo, description="Val")
    save(draft, malmo2, version=1, description="Bos")
    with pytest.raises(StaleRow):
        delete(draft, malmo, version=1)
    assert Risk.objects.get().description == "Bos"


def test_undoing_a_deletion_gives_the_row_its_key_and_place_back(draft, malmo):
    first, second, third = (UUID(int=number) for number in (1, 2, 3))
    for key in (first, second, third):
        save(draft, malmo, key=key, description=f"Risk {key.int}")
    was = delete(draft, malmo, key=second)
    restore(draft, malmo, was, key=second, description="Risk 2")
    assert [row.key for row in Risk.objects.all()] == [first, second, third]


def test_a_page_that_knew_the_row_before_it_was_deleted_and_put_back_is_told(draft, malmo, malmo2):
    save(draft, malmo, description="Val")
    was = delete(draft, malmo)
    assert restore(draft, malmo, was, description="Val") == 2
    with pytest.raises(StaleRow):
        save(draft, malmo2, version=1, description="Bos")


def test_undone_twice_is_one_row(draft, malmo):
    save(draft, malmo, description="Val")
    was = delete(draft, malmo)
    assert restore(draft, malmo, was, description="Val") == 2
    assert restore(draft, malmo, was, description="Val") == 2
    assert Risk.objects.count() == 1


def test_an_objective_that_is_put_back_has_its_indicators_again(draft, malmo):
    save(draft, malmo, kind=QuestionKind.OBJECTIVES, text="Ett råd")
    objective = Objective.objects.get()
    measured = {"objective_id": objective.pk, "indicator": "Antal råd"}
    save(draft, malmo, kind=QuestionKind.INDICATORS, **measured)
    was = delete(draft, malmo, kind=QuestionKind.OBJECTIVES)
    assert Indicator.objects.get().objective is None
    restore(draft, malmo, was, kind=QuestionKind.OBJECTIVES, text="Ett råd")
    assert Indicator.objects.get().objective.key == KEY


def test_rows_are_moved_as_far_as_there_is_room(draft, malmo, malmo2):
    keys = [UUID(int=number) for number in (1, 2, 3)]
    for key in keys:
        save(draft, malmo, key=key)

    def move(place, step):
        what = {"kind": QuestionKind.RISKS, "key": keys[place], "step": step}
        moved = actions.move_row(draft, **what, by=malmo, at=MID_ROUND)
        assert moved == [row.key for row in Risk.objects.all()]
        return [key.int for key in moved]

    assert move(2, -1) == [1, 3, 2]
    assert move(2, -1) == [3, 1, 2]
    assert move(2, -1) == [3, 1, 2]
    assert move(2, 1) == [1, 3, 2]
    assert save(draft, malmo2, key=keys[2], version=1, description="Bos") == 2


@pytest.mark.parametrize(("kind", "most"), [("risks", 15), ("objectives", 6), ("team", 10)])
def test_a_full_table_says_so_and_takes_no_more(kind, most, draft, malmo):
    for _number in range(most):
        save(draft, malmo, kind=kind, key=uuid4())
    with pytest.raises(TooManyRows) as refused:
        save(draft, malmo, kind=kind, key=uuid4())
    assert str(most) in refused.value.text()
    assert MODELS[kind].objects.count() == most


def test_a_row_names_only_parties_of_the_application(draft, malmo, malmo_stad, lusaka_council):
    stranger = Party.objects.exclude(applicationparty__application=draft).first()
    if stranger is None:
        stranger = Party(pk=999_999)
    with pytest.raises(NotAParty):
        save(draft, malmo, kind=QuestionKind.ACTIVITIES, party_id=stranger.pk)
    with pytest.raises(NotAParty):
        save(draft, malmo, kind=QuestionKind.VISITS, host_id=stranger.pk)


def test_an_indicator_measures_only_an_objective_of_its_application(pair, malmo):
    project, steering = pair
    save(project, malmo, kind=QuestionKind.OBJECTIVES, text="Ett råd")
    other = Objective.objects.get()
    Objective.objects.update(application=steering)
    with pytest.raises(NoSuchObjective):
        save(project, malmo, kind=QuestionKind.INDICATORS, objective_id=other.pk)


def test_a_table_that_the_form_does_not_ask_for_takes_no_rows(pair, malmo):
    with pytest.raises(TableNotAsked):
        save(pair[1], malmo, kind=QuestionKind.TEAM, name="Kim")


def test_a_copied_row_counts_as_touched_when_it_is_saved(draft, pair, malmo):
    save(draft, malmo, description="Val")
    Risk.objects.update(copied_from=pair[1])
    assert save(draft, malmo, version=1, description="Val") == 2
    assert Risk.objects.get().copied_from is None


def test_a_submitted_one_is_not_changed_after_the_close(draft, malmo):
    Application.objects.filter(pk=draft.pk).update(state="submitted", dnr="2027-9999")
    late = {"at": CLOSE}
    with pytest.raises(ChangeTooLate):
        save(fresh(draft), malmo, description="Sent", **late)
    assert not Risk.objects.exists()


def test_a_draft_that_lapsed_while_the_page_was_open_is_refused(draft, malmo):
    save(draft, malmo, description="Val")
    Application.objects.filter(pk=draft.pk).update(state=ApplicationState.LAPSED)
    with pytest.raises(NotWritable):
        save(fresh(draft), malmo, version=1, description="Efter", at=CLOSE + timedelta(minutes=11))
    with pytest.raises(NotWritable):
        delete(fresh(draft), malmo)
    assert Risk.objects.get().description == "Val"


@pytest.mark.parametrize("column", ["probability", "consequence"])
@pytest.mark.parametrize("number", [0, 6])
def test_the_database_keeps_a_risk_from_one_to_five(draft, malmo, column, number):
    with pytest.raises(IntegrityError), transaction.atomic():
        save(draft, malmo, **{column: number})


def test_the_database_knows_the_kinds_of_actors(draft, malmo):
    save(draft, malmo, kind=QuestionKind.OTHER_ACTORS, name="Universitetet")
    with pytest.raises(IntegrityError), transaction.atomic():
        OtherActor.objects.update(kind="ghost")


def test_the_database_keeps_a_key_once_in_an_application(draft, malmo):
    row = {"application": draft, "key": KEY, "by": malmo, "at": MID_ROUND}
    Activity.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(**row)


def test_saving_a_row_asks_the_database_little(draft, malmo):
    many_activities(draft, malmo, 39)
    application = fresh(draft)
    list(application.parties.all())
    with CaptureQueriesContext(connection) as queries:
        save(application, malmo, kind=QuestionKind.ACTIVITIES, name="Ny")
        save(application, malmo, kind=QuestionKind.ACTIVITIES, version=1, name="Nyare")
    asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) == 3 + 2
    assert not any("FOR UPDATE" in sql for sql in asked)
