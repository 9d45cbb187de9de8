"""The card behind a button: no address leads to what is on it, no history keeps it, and every opening is logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from nightdesk.desk.asked import number, numeral
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.sources import answers, cards, reveal, sealing
from nightdesk.desk.sources.models import Source
from nightdesk.desk.sources.showing import panel_of
from nightdesk.desk.staff import held
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import needs

MOST = 2000  # characters of one field
IN_PANEL = "in-panel"  # these answers lead to #card: what they say stands there, not out of sight at the top


def _lines(label: Any, rows: int = 2) -> forms.CharField:
    field = forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=MOST, widget=field)


class CardForm(forms.Form):
    """Who it is. Every field may stay empty."""

    name = forms.CharField(
        label=gettext_lazy("Name of the person"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    phones = _lines(gettext_lazy("Phones"))
    family = _lines(gettext_lazy("Family"))
    places = _lines(gettext_lazy("Places"))
    reach = _lines(gettext_lazy("How to reach"))
    danger_words = _lines(gettext_lazy("Danger words"))
    other = _lines(gettext_lazy("Anything else"), 4)

    @property
    def card(self) -> sealing.Card:
        """What was typed, with one kind of line end."""
        said = {name: value.replace("\r\n", "\n").strip() for name, value in self.cleaned_data.items()}
        return sealing.Card(**said)


def _found(request: HttpRequest, pk: int) -> Source:
    return get_object_or_404(Source.objects.visible_to(member_of(request)), pk=pk)


def _session(request: HttpRequest) -> str:
    return reveal.session_of(request.session.session_key)


@require_POST
@needs("read")
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the card in the answer to a button; of one that needs two, what the other member agreed to."""
    member, found, key = member_of(request), _found(request, pk), held.of(request)
    row = cards.row_of(found)
    if row is not None and row.two and found.clears(member):
        shown, _seen = reveal.look(member, key, found, _session(request))
    else:
        shown = cards.open_card(member, key, found)
    form = CardForm(initial=asdict(shown.card))
    return render(
        request, "sources/card.html", _known(request, found, form, shown.version, shown.holders, shown)
    )


def _known(
    request: HttpRequest, found: Source, form: CardForm, version: int, holders: Mapping[int, str],
    shown: cards.Shown | None = None, error: DeskError | None = None,
) -> dict[str, Any]:  # fmt: skip
    panel = panel_of(member_of(request), found, held.of(request), _session(request))
    sealed_to = {f"{pk}:{said.replace(' ', '')}" for pk, said in holders.items()}
    people = [one for one in panel.people if one.fingerprint and (not version or one.value in sealed_to)]
    return {
        "source": found, "form": form, "version": version, "people": people, "shown": shown, "error": error,
        "minutes": int(reveal.limit().total_seconds() // 60), "panel": panel,
    }  # fmt: skip


@require_POST
@needs("read")
@sensitive_post_parameters()
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Replaces the card. A refusal shows the form again, with what was typed."""
    member, found, key = member_of(request), _found(request, pk), held.of(request)
    form, version = CardForm(request.POST), number(request, "version")
    seen, holders = reveal.seen_in(member, found, _session(request)), _holders(request)
    try:
        if not form.is_valid():
            raise DeskError(_("A field of the card is too long."), _("Shorten it and write the card again."))
        cards.write(member, key, found, form.card, version, holders, seen)
    except NotAllowed:
        raise
    except DeskError as error:
        holders = seen.found() if seen is not None else holders
        known = _known(request, found, form, version, holders, error=error)
        return render(request, "sources/card.html", known, status=error.status)
    messages.success(request, _("The card was written and sealed anew."))
    return redirect(found)


def _holders(request: HttpRequest) -> dict[int, str]:
    """member -> fingerprint, as the page showed them."""
    found: dict[int, str] = {}
    for said in request.POST.getlist("holder"):
        pk, _colon, letters = said.partition(":")
        if (at := numeral(pk)) is not None:
            found[at] = " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))
    return found


@require_POST
@needs("read")
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets another cleared member open the card."""
    found, other = _found(request, pk), _other(request)
    cards.give(member_of(request), held.of(request), found, other)
    messages.success(
        request,
        extra_tags=IN_PANEL,
        message=_("%(name)s opens the card from now on.") % {"name": other.username},
    )
    return redirect(f"{found.get_absolute_url()}#card")


@require_POST
@needs("read")
def two(request: HttpRequest, pk: int) -> HttpResponse:
    """The card needs two members from now on."""
    found = _found(request, pk)
    cards.need_two(member_of(request), held.of(request), found)
    messages.success(
        request,
        extra_tags=IN_PANEL,
        message=_("From now on this card needs two members. Ending that takes two."),
    )
    return redirect(f"{found.get_absolute_url()}#card")


@require_POST
@needs("read")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks another member to agree."""
    found, wish = _found(request, pk), request.POST.get("wish", "look")
    whom = _other(request) if wish == "clear" else None
    key, reason = held.of(request), request.POST.get("reason", "")
    reveal.ask(member_of(request), key, found, _session(request), reason, wish, whom)
    messages.success(
        request,
        extra_tags=IN_PANEL,
        message=_("Asked. Another member who holds the card has %(n)s minutes to agree.") % {"n": _minutes()},
    )
    return redirect(f"{found.get_absolute_url()}#card")


@require_POST
@needs("read")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agrees to a request of another member, or declines it."""
    found, agreed = _found(request, pk), request.POST.get("answer") == "agree"
    asks = reveal.asker(found, number(request, "request"))
    reveal.answer(member_of(request), held.of(request), found, number(request, "request"), agreed=agreed)
    yes = _("You agreed. The card opens for %(name)s, once.") % {"name": asks}
    said = yes if agreed else _("You declined. Nothing opens.")
    messages.success(request, extra_tags=IN_PANEL, message=said)
    return redirect(f"{found.get_absolute_url()}#card")


@require_POST
@needs("read")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes one's own request back."""
    found = _found(request, pk)
    answers.take_back(member_of(request), found)
    messages.success(
        request, extra_tags=IN_PANEL, message=_("Your request is taken back. Nothing was opened.")
    )
    return redirect(f"{found.get_absolute_url()}#card")


def _minutes() -> int:
    return int(reveal.limit().total_seconds() // 60)


def _other(request: HttpRequest) -> Member:
    return get_object_or_404(Member.objects.filter(is_active=True), pk=number(request, "member"))
