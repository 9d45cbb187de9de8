"""Words of the record in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from nightdesk.incidents.vocabulary import label, vocabulary

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
