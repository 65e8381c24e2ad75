"""The signatory of the Swedish lead becomes a row of its own, and can go back into its columns."""

from django.db import connection

from partnerships.states import Side
from tests.applications.test_migrations import migrate

BEFORE = [("applications", "0012_forms_are_kept")]
AFTER = [("applications", "0013_signatories_for_each_party")]


def rows(models, application) -> dict[str, tuple]:
    """Name, title, mandate and address of each side's signatory."""
    signatories = models.get_model("applications", "Signatory").objects
    parties = dict(application.parties.values_list("party_id", "side"))
    return {
        parties[row.party_id]: (row.name, row.title, row.mandate, row.email)
        for row in signatories.filter(application_id=application.pk)
    }


def columns(models, application) -> tuple[str, str]:
    found = models.get_model("applications", "Application").objects.get(pk=application.pk)
    return found.signatory_name, found.signatory_title


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as between two transactions


def test_the_leads_signatory_goes_there_and_back_and_the_others_stay(ready):
    settle()
    old = migrate(BEFORE)
    assert columns(old, ready) == ("Kim Ek", "Kommunstyrelsens ordförande")
    new = migrate(AFTER)
    found = rows(new, ready)
    assert found[Side.SWEDISH][:3] == (
        "Kim Ek",
        "Kommunstyrelsens ordförande",
        "Delegationsordningen § 4",
    )
    assert found[Side.INTERNATIONAL][0] == "Mutale Banda"


def test_what_was_written_in_the_columns_meanwhile_counts(ready):
    settle()
    old = migrate(BEFORE)
    applications = old.get_model("applications", "Application").objects
    applications.filter(pk=ready.pk).update(signatory_name="Lo Berg", signatory_title="")
    found = rows(migrate(AFTER), ready)
    assert found[Side.SWEDISH] == (
        "Lo Berg",
        "",
        "Delegationsordningen § 4",
        "kim.ek@example.org",
    )


def test_one_with_nobody_named_gets_no_row(draft):
    settle()
    old = migrate(BEFORE)
    assert columns(old, draft) == ("", "")
    assert rows(migrate(AFTER), draft) == {}


def test_a_column_of_old_becomes_a_row_of_the_swedish_lead(draft):
    settle()
    old = migrate(BEFORE)
    applications = old.get_model("applications", "Application").objects
    applications.filter(pk=draft.pk).update(signatory_name="Kim Ek", signatory_title="Ordförande")
    assert rows(migrate(AFTER), draft) == {Side.SWEDISH: ("Kim Ek", "Ordförande", "", "")}
