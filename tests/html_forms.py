"""What a browser would send from a page: every field of its largest form as it stands."""

from html.parser import HTMLParser

_DEFAULTS = {"checkbox": "on", "radio": "on"}


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._inside = False
        self._select = self._textarea = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag == "form":
            self.forms.append({})
            self._inside = True
        elif tag == "input" and name and self._is_sent(given):
            self._add(name, given.get("value", _DEFAULTS.get(given.get("type"), "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._textarea = name
            self._add(name, "")

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data):
        if self._textarea and self._inside:
            values = self.forms[-1][self._textarea]
            values[-1] += data.removeprefix("\n") if not values[-1] else data

    def _is_sent(self, given: dict) -> bool:
        kind = given.get("type", "text")
        if kind in {"submit", "button", "reset", "file"}:
            return False
        return kind not in {"checkbox", "radio"} or "checked" in given

    def _add(self, name: str, value: str) -> None:
        if self._inside:
            self.forms[-1].setdefault(name, []).append(value)


def fields_of(response, *, having: str = "") -> dict[str, list[str]]:
    """Field names and values, to change some of and post; of the form that has a field whose name
    begins so, where the largest may be another."""
    parser = _Fields()
    parser.feed(response.content.decode())
    forms = [form for form in parser.forms if any(name.startswith(having) for name in form)]
    return max(forms, key=len)


def errors_of(response) -> str:
    """Every error of an admin page's form and inlines, as one text."""
    context = response.context
    forms = [context["adminform"].form] if "adminform" in context else [context["form"]]
    found = [str(form.errors) for form in forms]
    for inline in context.get("inline_admin_formsets", []):
        found += [str(inline.formset.non_form_errors()), str(inline.formset.errors)]
    return " ".join(found)
