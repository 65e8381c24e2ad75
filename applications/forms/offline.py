"""A filled-in form beside what is saved: looked at first, and only what is chosen is read in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.states import Language
from applications.actions import NotTaken, TakenRow, TakenText
from applications.documents.form_told import ToldForm
from applications.documents.questions_told import ToldQuestion
from applications.documents.word.offline_reading import ReadForm, ReadText, read_form, tidy
from applications.documents.word.reading import MAX_BYTES, MEGABYTE
from applications.forms.content import version_number
from applications.forms.offline_rows import RowPlace, RowReader
from applications.models import Answer
from applications.refusals import FileEmpty, FileTooLarge
from applications.texts.counting import count
from applications.texts.diff import ADDED, REMOVED, Segment, word_diff
from applications.texts.typed import clean
from icld_portal.refusals import Refusal

FILE, SAVED = "file", "saved"
SHOWN_NAME = 80


class UploadForm(forms.Form):
    """The file. When valid, `read` is what it says."""

    file = forms.FileField(
        label=gettext_lazy("The filled-in form (.docx)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    def __init__(self, data=None, files=None) -> None:
        super().__init__(data, files)
        self.fields["file"].help_text = _("At most %(limit)s MB. The file itself is not kept.") % {
            "limit": MAX_BYTES // MEGABYTE
        }
        self.read: ReadForm | None = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        name = file.name[-SHOWN_NAME:]
        try:
            if not file.size:
                raise FileEmpty(name=name)
            if file.size > MAX_BYTES:
                raise FileTooLarge(name=name, limit=MAX_BYTES, size=file.size)
            self.read = read_form(file, name)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.text()) from None
        return file


@dataclass
class TextPlace:
    """One text of the file and the saved one. `moved_on`: the saved one was changed after the file
    was made."""

    question: ToldQuestion
    language: str
    text: str
    saved: Answer | None = None
    version: int = 0
    take: bool = True
    moved_on: bool = False
    refusal: Refusal | None = None

    @property
    def name(self) -> str:
        return f"{self.question.key}-{self.language}"

    @property
    def is_new(self) -> bool:
        return self.saved is None or not self.saved.text.strip()

    @property
    def length(self) -> int:
        return count(self.text, self.question.limit_unit)

    @property
    def over(self) -> int:
        """How many words or characters too many: it may be taken in all the same."""
        return max(0, self.length - (self.question.limit or 0))

    @property
    def of_saved(self) -> list[Segment]:
        return [each for each in self._segments if each.kind != ADDED]

    @property
    def of_file(self) -> list[Segment]:
        return [each for each in self._segments if each.kind != REMOVED]

    @property
    def _segments(self) -> list[Segment]:
        return word_diff(self.saved.text if self.saved else "", self.text)

    def taken(self) -> TakenText:
        return TakenText(self.question.key, self.language, self.text, self.version)


@dataclass(frozen=True)
class ByHand:
    """A text of the file that has no place to be read in to."""

    label: str
    text: str
    section: str = ""


@dataclass
class Preview:
    """What reading in would do. `same`: how much is saved already; `empty`: boxes with nothing."""

    texts: list[TextPlace]
    rows: list[RowPlace]
    same: int = 0
    empty: int = 0
    by_hand: list[ByHand] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)

    @property
    def offers(self) -> bool:
        return bool(self.texts or self.rows)

    @property
    def offered(self) -> int:
        return len(self.texts) + len(self.rows)

    @property
    def chosen_texts(self) -> list[TextPlace]:
        return [place for place in self.texts if place.take]

    @property
    def chosen_rows(self) -> list[RowPlace]:
        return [place for place in self.rows if place.take]

    @property
    def tables(self) -> list[tuple[ToldQuestion, list[RowPlace]]]:
        questions = {place.question.key: place.question for place in self.rows}
        return [
            (question, [place for place in self.rows if place.question.key == key])
            for key, question in questions.items()
        ]

    def keep(self, refused: Sequence[NotTaken]) -> None:
        """Leave only what was refused, each with why, beside what stands saved by now. Nothing is
        chosen: whoever chooses again does so having seen the other."""
        why = {_name(each.place): each.refusal for each in refused}
        self.texts = [place for place in self.texts if place.name in why]
        self.rows = [place for place in self.rows if place.key in why]
        for text in self.texts:
            text.refusal, text.take = why[text.name], False
            text.version = text.saved.version if text.saved else 0
        for row in self.rows:
            row.refusal, row.take = why[row.key], False
            row.version = row.saved["version"] if row.saved else 0


def previewed(
    read: ReadForm,
    form: ToldForm,
    answers: Iterable[Answer],
    rows: RowReader,
    loose: list[str],
    *,
    own: bool,
) -> Preview:
    """The file beside what is saved. Chosen beforehand is what fills something empty, and what was
    written over a text that nobody has changed since; nothing, if the file is another phase's.

    `own`: the file was made from this application.
    """
    take = not read.phase or read.phase == form.phase
    texts = {question.key: question for question in form.questions if question.is_text}
    stored = {(row.question_key, row.language): row for row in answers}
    found = Preview([], [], loose=loose)
    for each in read.texts:
        if each.key not in texts or each.language not in Language.values:
            if each.text:
                found.by_hand.append(ByHand(f"{each.key} ({each.language})", each.text))
            continue
        place = _place(each, texts[each.key], stored.get((each.key, each.language)))
        place.take = take and (place.is_new or (own and each.version == place.version))
        if not each.text:
            found.empty += 1
        elif place.saved and tidy(place.saved.text) == each.text:
            found.same += 1
        else:
            found.texts.append(place)
    found.rows = rows.places(read.tables, take=take)
    found.same += rows.same
    found.by_hand += [*_notes(read, form), *_unknown_tables(read, form)]
    return found


def posted(data: QueryDict, form: ToldForm, answers: Iterable[Answer], rows: RowReader) -> Preview:
    """The choices of a page that was posted."""
    stored = {(row.question_key, row.language): row for row in answers}
    found = Preview([], [])
    for question in filter(lambda each: each.is_text, form.questions):
        for language in Language.values:
            name = f"{question.key}-{language}"
            if f"text-{name}" in data:
                saved = stored.get((question.key, language))
                found.texts.append(_posted(data, name, question, language, saved))
    found.rows = rows.posted(data.getlist("row"), data.getlist("take-row"))
    return found


def _name(place: TakenText | TakenRow) -> str:
    if isinstance(place, TakenRow):
        return str(place.key)
    return f"{place.question_key}-{place.language}"


def _place(each: ReadText, question: ToldQuestion, saved: Answer | None) -> TextPlace:
    version = saved.version if saved else 0
    place = TextPlace(question, each.language, each.text, saved, version)
    place.moved_on = not place.is_new and each.version not in {None, version}
    return place


def _posted(
    data: Mapping[str, str], name: str, question: ToldQuestion, language: str, saved: Answer | None
) -> TextPlace:
    return TextPlace(
        question,
        language,
        clean(data[f"text-{name}"]),
        saved,
        version_number(data.get(f"version-{name}", "")),
        take=data.get(f"take-{name}") == FILE,
    )


def _notes(read: ReadForm, form: ToldForm) -> Iterable[ByHand]:
    """What was noted for the pages that are filled in by hand, with where that is."""
    places = {
        question.key: (question.label, section.key)
        for section in form.sections
        for question in section.questions
    }
    for note in read.notes:
        if note.text:
            label, section = places.get(note.key, (note.key, ""))
            yield ByHand(label, note.text, section)


def _unknown_tables(read: ReadForm, form: ToldForm) -> Iterable[ByHand]:
    known = {question.key for question in form.questions if question.is_table}
    for table in read.tables:
        if table.key not in known and table.rows:
            text = "\n".join("\t".join(row.cells) for row in table.rows)
            yield ByHand(table.key, text)
