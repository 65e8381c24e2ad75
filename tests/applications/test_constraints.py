"""Words that no table knows are refused by the database itself."""

import pytest
from django.db import IntegrityError

from applications.models import ApplicationParty, FormVersion, RoundPhase

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "field", "constraint"),
    [
        (FormVersion, "phase", "form_version_states_known"),
        (FormVersion, "status", "form_version_states_known"),
        (RoundPhase, "phase", "round_phase_known"),
        (ApplicationParty, "side", "application_party_side_known"),
    ],
)
def test_an_unknown_word_is_refused(model, field, constraint, pair):
    FormVersion.objects.create(phase="development", number=9)  # a draft: published ones stand
    row = model.objects.first()
    setattr(row, field, "unknown")
    with pytest.raises(IntegrityError, match=constraint):
        row.save()


def test_a_submission_of_an_unknown_kind_is_refused(submitted):
    version = submitted.submissions.get()
    version.pk, version.version, version.kind = None, 2, "unknown"
    with pytest.raises(IntegrityError, match="submission_kind_known"):
        version.save(force_insert=True)


@pytest.mark.parametrize("unset", [None, "notice_on"])
def test_a_decision_is_never_published_before_it_is_made(open_round, unset):
    if unset:
        setattr(open_round, unset, None)
    open_round.publication_on = open_round.decision_on.replace(month=1)
    with pytest.raises(IntegrityError, match="round_dates_in_order"):
        open_round.save()
