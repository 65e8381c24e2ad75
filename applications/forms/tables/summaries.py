"""The line that stands for a row while its card is closed."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.completeness.row_words import WORDS
from applications.forms.guarded import shown
from applications.forms.tables.base import RowForm
from applications.states import QuestionKind

TITLE_LENGTH = 90


def title(form: RowForm) -> str:
    """What the row is about, as it is typed; nothing where nothing is."""
    name = WORDS[form.table].named
    return Truncator(_told(form, name)).chars(TITLE_LENGTH)


def bits(form: RowForm) -> list[str]:
    """What else one looks for in a list."""
    return [text for text in BITS[form.table](form) if text]


def _told(form: RowForm, name: str) -> str:
    value = form[name].value()
    return shown(form[name]) if value not in (None, "", False) else ""


def _days(form: RowForm) -> str:
    return " – ".join(filter(None, (_told(form, "starts_on"), _told(form, "ends_on"))))


def _actor(form: RowForm) -> Iterable[str]:
    return _told(form, "kind"), _told(form, "country")


def _party(form: RowForm) -> Iterable[str]:
    return (_told(form, "party") or str(form.fields["party"].empty),)


def _indicator(form: RowForm) -> Iterable[str]:
    return (Truncator(_told(form, "objective")).chars(40),)


def _activity(form: RowForm) -> Iterable[str]:
    return *_party(form), _days(form)


def _visit(form: RowForm) -> Iterable[str]:
    persons = str(form["persons"].value() or "")
    if not persons.isdecimal():
        return (_days(form),)
    text = ngettext("%(count)s traveller", "%(count)s travellers", int(persons))
    return _days(form), text % {"count": persons}


def _risk(form: RowForm) -> Iterable[str]:
    numbers = [str(form[name].value() or "") for name in ("probability", "consequence")]
    if not all(number.isdecimal() for number in numbers):
        return ()
    one, other = map(int, numbers)
    figures = {"probability": one, "consequence": other, "product": one * other}
    return (_("%(probability)s × %(consequence)s = %(product)s") % figures,)


def _member(form: RowForm) -> Iterable[str]:
    leads = form["leads"].value() not in (None, "", False)
    return _told(form, "party"), _told(form, "title"), _("leads the work") if leads else ""


def _anchoring(form: RowForm) -> Iterable[str]:
    taken = form["is_taken"].value() not in (None, "", False)
    return _told(form, "party"), _told(form, "decided_on"), _("taken") if taken else _("expected")


BITS: Mapping[str, Callable[[RowForm], Iterable[str]]] = {
    QuestionKind.OTHER_ACTORS: _actor,
    QuestionKind.OBJECTIVES: _party,
    QuestionKind.INDICATORS: _indicator,
    QuestionKind.ACTIVITIES: _activity,
    QuestionKind.VISITS: _visit,
    QuestionKind.RISKS: _risk,
    QuestionKind.TEAM: _member,
    QuestionKind.ANCHORING: _anchoring,
}

NAMED: Mapping[str, str] = {kind: words.named for kind, words in WORDS.items()}
"""The field that a card is called by; scripts show it while it is typed."""
