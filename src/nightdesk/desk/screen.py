"""What every screen has in common: the frame around it, and template tags for the house's values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext

from nightdesk.desk import clock, newsroom
from nightdesk.disclosure import sentences
from nightdesk.values.dates import span
from nightdesk.values.house import house_date, house_money
from nightdesk.values.money import Money
from nightdesk.values.places import gazetteer

register = template.Library()


def frame(request: HttpRequest) -> dict[str, Any]:
    """The newsroom's name, the day, and the member's line for the side of the page."""
    lang = "ko" if get_language() == "ko" else "en"
    context: dict[str, Any] = {"newsroom": newsroom.name(lang), "today": clock.today(), "lang": lang}
    member = getattr(request, "user", None)
    if member is not None and member.is_authenticated and not request.headers.get("HX-Request"):
        from nightdesk.desk.line import asked_of, stages_of

        context["line"] = stages_of(member, asked_of(request))
    return context


@register.filter
def lies_in(path: str | None, room: str) -> bool:
    """Whether a page belongs to a room of the line: its address begins with the room's."""
    return (path or "").startswith(room)


@register.filter
def place_name(key: str) -> str:
    """The house's name of a gazetteer place in the page's language; the key when it is unknown."""
    place = gazetteer().get(key)
    if place is None:
        return key
    lang = "ko" if get_language() == "ko" else "en"
    return (place.names.get(lang) or next(iter(place.names.values())))[0]


@register.filter
def place_said(words: str) -> str:
    """A place somebody typed in a table, by its house name in the page's language; as typed when unknown."""
    return sentences.place_name(words, "ko" if get_language() == "ko" else "en")


@register.filter
def days(row: Any) -> str:
    """The days something may have been, from `earliest` and `latest`, as the house writes them."""
    if row.earliest is None and row.latest is None:
        return ""
    return house_date(span(row.earliest, row.latest), "ko" if get_language() == "ko" else "en")


@register.filter(name="sum")
def sum_(row: Any) -> str:
    """The sum of a row with `amount` and `currency` in the house's style; the bare code where it has none."""
    if row.amount is None:
        return ""
    try:
        return house_money(Money(row.amount, row.currency), None, "ko" if get_language() == "ko" else "en")
    except (KeyError, ValueError):
        return f"{row.currency} {row.amount.normalize():f}"


@register.filter
def ago(day: date) -> int:
    """Whole days from `day` to the desk's today."""
    return (clock.today() - day).days


@register.simple_tag(takes_context=True)
def faulty_fields(context: Any) -> list[Any]:
    """The fields that want correcting, in the order of the page, of whichever form of it was refused."""
    forms = {
        id(value): value for layer in context.dicts for value in layer.values() if isinstance(value, BaseForm)
    }
    refused = (form for form in forms.values() if form.is_bound)
    return [field for form in refused for field in form if field.errors and not field.is_hidden]


@register.filter
def how_long(days: int) -> str:
    """A number of days as people say it: whole years as years."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@register.filter
def is_now(at: datetime | None) -> bool:
    """Whether the moment lies less than a minute back by the machine's clock; no moment never does."""
    return at is not None and clock.machine() - at < timedelta(minutes=1)


@register.filter
def may(member: Any, verb: str) -> bool:
    """Whether the member's role includes the verb: {% if user|may:'clear' %}."""
    return bool(member.is_authenticated and member.may(verb))


@register.filter
def sees(member: Any, room: str) -> bool:
    """Whether the member's role sees the room."""
    return bool(member.is_authenticated and member.sees(room))


@register.filter
def item(mapping: Any, key: str) -> Any:
    """mapping[key] or nothing."""
    return mapping.get(key) if hasattr(mapping, "get") else None
