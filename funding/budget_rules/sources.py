"""Where each rule stands written, unless the schedule's own parameters say so."""

from django.utils.translation import gettext_lazy as _

INTRODUCTION_2019 = _("ICLD introduction 2019-09-25")
LUND_2019 = _("Lund KS 2019/0835")
COMPLETENESS = _("Check that the budget is complete")
COST_TYPES = _("ICLD's list of cost types")
PERIOD = _("Costs must fall within the period applied for")
ROUND = _("Earliest start of the application round")
