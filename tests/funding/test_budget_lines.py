"""What the database itself refuses of a budget line."""

import pytest
from django.db import IntegrityError, transaction

from funding.models import BudgetLine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("counts", [{"persons": 0}, {"quantity": -1}, {"quantity": "-0.01"}])
def test_a_line_is_for_somebody_and_for_no_less_than_nothing(ready, counts):
    line = ready.budget.lines.first()
    with pytest.raises(IntegrityError, match="budget_line_counts"), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(**counts)
    for name, value in counts.items():
        setattr(line, name, value)
    with pytest.raises(IntegrityError, match="budget_line_counts"):
        line.save()


def test_a_line_may_have_no_quantity_yet(ready):
    assert ready.budget.lines.update(quantity=0, persons=1) == 2
