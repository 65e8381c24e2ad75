"""The decision letter: what it says, how it is made, and that it never changes."""

import io

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from applications import actions as application_actions
from applications.actions.submitting import together
from decisions import actions
from decisions.documents.letter import freeze, render
from decisions.models import Decision, Letter, LetterText
from decisions.states import Outcome
from outbox.models import MailText, Message
from partnerships.models import Organisation
from tests.builders import fill
from tests.conftest import fresh as fresh_application
from tests.decisions.conftest import (
    CONDITIONS,
    REASONS,
    decide,
    fresh,
    in_years,
    judge,
    kinds,
    propose,
)
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND
from tests.pdf_text import pages_of, text_of


def draft_of(case) -> bytes:
    letter = Letter.objects.with_decision().get(decision__case=case)
    return render(freeze(letter), draft=True)


def test_the_letter_says_everything_a_decision_must_say(letter):
    text = text_of(bytes(letter.pdf))
    for said in (
        "Internationellt Centrum för Lokal Demokrati",
        "2027-05-20",
        "Dnr 2027-0001",
        "Ert dnr KS 2027/0412",
        "Malmö stad",
        "Kommunstyrelsen",
        "Sändlista: Lusaka City Council",
        "Lusaka City Council, Zambia",
        "Ansökan inkom 10 mars 2027",
        "Unga i klimatomställningen",
        "1 september 2027 – 31 augusti 2028",
        "ICLD beviljar 40 000 kronor",
        "Ni får hela det sökta beloppet",
        "i efterskott",
        "500 000 kr",
        "Skälen för beslutet",
        "Ledamoten från oppositionen ska vara utsedd. Redovisning lämnas i portalen.",
        "Beslutet kan inte överklagas",
        "avtal",
        "Kontakt: handläggare Sara Lind",
        "fattats av handläggare Ulla Strand efter föredragning av handläggare Sara Lind",
        "Bidraget finansieras av Sida",
    ):
        assert said in text, said
    assert "Utkast" not in text


def test_the_letter_is_tagged_swedish_and_carries_its_fonts(letter):
    with pikepdf.open(io.BytesIO(bytes(letter.pdf))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv"
        assert "Beslut 2027-0001" in str(pdf.docinfo["/Title"])
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        inner = [font.get("/DescendantFonts", [font])[0] for font in fonts]
        assert inner
        assert all("/FontFile2" in font.FontDescriptor for font in inner)


def test_a_draft_says_so_on_every_page(proposed, officer, decider):
    reasons = "\n\n".join([REASONS] * 60)
    decide(proposed, by=decider, presented_by=officer, reasons=reasons)
    pages = pages_of(draft_of(proposed))
    assert len(pages) > 2
    assert all("Utkast" in page for page in pages)


def test_a_part_names_both_sums(proposed, officer, decider):
    decide(
        proposed,
        by=decider,
        presented_by=officer,
        outcome=Outcome.PARTLY_GRANTED,
        amounts=in_years(proposed, 25_000),
        conditions="",
    )
    text = text_of(draft_of(proposed))
    assert "ICLD beviljar 25 000 kronor" in text
    assert "Ni har sökt 40 000 kr och får en del av beloppet" in text
    assert "Villkor" not in text


def test_a_rejection_grants_nothing_and_says_how_to_go_on(proposed, officer, decider):
    decide(proposed, by=decider, presented_by=officer, outcome=Outcome.REJECTED)
    text = text_of(draft_of(proposed))
    assert "ICLD avslår ansökan" in text
    assert "0 kr" in text
    assert "ansöka igen" in text
    assert "i efterskott" not in text


def test_each_project_year_stands_with_its_days(pair, malmo, officer, decider):
    for application in pair:
        fill(application, by=malmo, at=MID_ROUND, years=3)
    application_actions.submit(together(fresh_application(pair[0])), by=malmo, at=MID_ROUND)
    case = actions.open_case(fresh_application(pair[0]), at=AFTER_CLOSE)
    judge(case, by=officer, at=AFTER_CLOSE)
    amounts = in_years(case, 40_000, 40_000, 10_000)
    propose(case, by=officer, outcome=Outcome.PARTLY_GRANTED, amounts=amounts)
    decide(case, by=decider, presented_by=officer, outcome=Outcome.PARTLY_GRANTED, amounts=amounts)
    text = text_of(draft_of(case))
    assert "1 september 2029 – 31 augusti 2030 40 000 kr 500 000 kr 10 000 kr" in text
    assert "Summa 120 000 kr 1 500 000 kr 90 000 kr" in text


def test_a_frozen_letter_reads_the_same_whatever_is_edited_afterwards(released):
    before = render(Letter.objects.get(decision__case=released).context)
    LetterText.objects.update(text_sv="Ändrad efteråt.")
    Organisation.objects.filter(kommun_code="1280").update(display_name="Nya Malmö")
    assert render(Letter.objects.get(decision__case=released).context) == before


def test_the_letter_is_written_once(letter):
    assert len(letter.sha256) == 64
    for change in ({"pdf": b"annan"}, {"context": {}}, {"rendered_at": AFTER_CLOSE}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        letter.delete()


def test_the_worker_makes_a_letter_once_and_tells_each_person_once(sent):
    assert actions.render_next_letter(at=DECISION_DAY) is None
    assert Message.objects.filter(kind="decision_letter").count() == 2
    assert kinds(sent)[-1] == "letter_sent"


def test_what_fails_is_kept_and_tried_again_and_nothing_is_half_done(released, caplog):
    text = MailText.objects.get(kind="decision_letter")
    MailText.objects.filter(pk=text.pk).update(body_en="{unknown}")
    made = actions.render_next_letter(at=DECISION_DAY)
    letter = Letter.objects.get(pk=made)
    assert (letter.attempts, letter.pdf, letter.rendered_at) == (1, None, None)
    assert "unknown" in letter.error
    assert not Message.objects.filter(kind="decision_letter").exists()
    MailText.objects.filter(pk=text.pk).update(body_en=text.body_en)
    actions.render_next_letter(at=DECISION_DAY)
    letter = Letter.objects.get(pk=made)
    assert (letter.attempts, letter.error) == (2, "")
    assert bytes(letter.pdf).startswith(b"%PDF")
    assert Message.objects.filter(kind="decision_letter").count() == 2


def test_one_letter_that_fails_does_not_stop_the_next(released, officer, decider):
    Letter.objects.filter(decision__case=released).update(template_version="0")
    steering = actions.open_case(released.application.steering_application, at=AFTER_CLOSE)
    judge(steering, by=officer, at=AFTER_CLOSE)
    propose(steering, by=officer)
    decide(steering, by=decider, presented_by=officer)
    actions.release(steering, by=officer, at=DECISION_DAY)
    first = actions.render_next_letter(at=DECISION_DAY)
    second = actions.render_next_letter(at=DECISION_DAY, after=first)
    assert Letter.objects.get(pk=first).error
    assert Letter.objects.get(pk=second).rendered_at == DECISION_DAY
    assert actions.render_next_letter(at=DECISION_DAY, after=second) is None


def test_conditions_are_one_a_line(released):
    context = Letter.objects.get(decision__case=fresh(released)).context
    assert context["conditions"] == CONDITIONS.splitlines()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Letter.objects.update(context={"dnr": "2027-9999"}),
        lambda: Decision.objects.update(amount_sek=1),
        lambda: Decision.objects.get().budget.lines.update(amount_sek=1),
    ],
    ids=["the letter's content", "the decision", "its amounts"],
)
def test_what_has_been_released_stands(released, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_conditions_are_a_numbered_list(letter):
    with pikepdf.open(io.BytesIO(bytes(letter.pdf))) as pdf:
        names = [str(node.S) for node in pdf.objects if _is_structure(node)]
    assert names.count("/LI") == len(CONDITIONS.splitlines())
    assert names.count("/Lbl") == len(CONDITIONS.splitlines())


def _is_structure(node) -> bool:
    return isinstance(node, pikepdf.Dictionary) and node.get("/Type") == "/StructElem"
