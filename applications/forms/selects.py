"""A select for grids of many rows."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe


class SharedSelect(forms.Select):
    """A select whose options are written once for a whole grid (`written`: by the chosen value).

    Five hundred rows of twenty options each take seconds otherwise.
    """

    written: dict[str, str] | None = None

    def render(self, name, value, attrs=None, renderer=None) -> str:
        if self.written is None:
            return super().render(name, value, attrs, renderer)
        chosen = self.format_value(value)
        options = self.written.get(str(chosen))
        if options is None:
            whole = super().render(name, value, {}, renderer)
            options = whole.partition(">")[2].rpartition("</select>")[0]
            self.written[str(chosen)] = options
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(given), mark_safe(options))  # noqa: S308
