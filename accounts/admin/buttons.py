"""Buttons on an admin page that ask for what an action needs and then call it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from icld_portal.refusals import Refusal

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Button:
    """`act(obj, by=, at=, **what the form asks for)` may raise a Refusal, which is shown.

    If it gives a new row of the same kind, the person comes to that row's page.
    """

    slug: str
    label: "Promise"
    act: Callable[..., Any]
    done: "Promise"
    help: "Promise | str" = ""
    form: type[forms.Form] = forms.Form
    suits: Callable[[Model], bool] = lambda obj: True


class WithButtons:
    """For a ModelAdmin: shows each button that suits the row beside its history."""

    buttons: tuple[Button, ...] = ()
    change_form_template = "admin/change_form_buttons.html"

    def get_urls(self) -> list[URLPattern]:
        ours = [
            path(
                f"<path:object_id>/{button.slug}/",
                self.admin_site.admin_view(partial(self.press, button=button)),
                name=self._url_name(button),
            )
            for button in self.buttons
        ]
        return ours + super().get_urls()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        shown = [button for button in self.buttons if obj is not None and button.suits(obj)]
        context = {
            "buttons": [(self._address(button, object_id), button.label) for button in shown],
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def press(self, request: HttpRequest, object_id: str, *, button: Button) -> HttpResponse:
        """Ask, act, and go back to the row; a refusal is said above the form."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        form = button.form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                made = button.act(obj, by=request.user, at=request.received_at, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, refusal.lines())
            else:
                self.log_change(request, obj, str(button.label))
                self.message_user(request, button.done)
                return redirect(self._page(made if isinstance(made, self.model) else obj))
        return self._ask(request, obj, button, form)

    def _ask(
        self, request: HttpRequest, obj: Model, button: Button, form: forms.Form
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": button.label,
            "subtitle": str(obj),
            "help": button.help,
            "form": form,
            "back": self._page(obj),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/button.html", context)

    def _page(self, obj: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])

    def _address(self, button: Button, object_id: str) -> str:
        return reverse(f"admin:{self._url_name(button)}", args=[object_id])

    def _url_name(self, button: Button) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{button.slug}"
