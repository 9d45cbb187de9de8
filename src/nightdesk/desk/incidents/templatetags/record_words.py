"""Words of the record in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from nightdesk.desk import newsroom
from nightdesk.desk.incidents.public import PublicRow
from nightdesk.incidents.vocabulary import label, vocabulary
from nightdesk.values.house import house_money, scheme
from nightdesk.values.money import Money

register = template.Library()


def _lang() -> str:
    return "ko" if get_language() == "ko" else "en"


@register.filter
def act_label(code: str) -> str:
    """The label of an act's code; the code itself when the vocabulary lacks it."""
    kind = vocabulary().get(code)
    return kind.label(_lang()) if kind else code


@register.filter
def status_label(key: str) -> str:
    """accepted, in conflict, open."""
    return label("statuses", key, _lang())


@register.filter
def sum_role_label(key: str) -> str:
    """demanded, paid, confiscated…; '' for none."""
    return label("sum_roles", key, _lang()) if key else ""


@register.filter
def as_printed(row: PublicRow) -> str:
    """The sum of a public row as each edition's page prints it: 2만 위안 / RMB 20,000."""
    if row.amount is None or row.currency is None:
        return ""
    money = Money(row.amount, row.currency)
    try:
        scheme(row.currency)
    except KeyError:  # the house cannot write it; the review says so beside the chip
        return f"{row.currency} {row.amount.normalize():f}"
    return " / ".join(house_money(money, None, lang) for lang in newsroom.facts()["languages"])
