"""What the desk itself stores in English words, in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()
_LICENCES = {"own photo": gettext_lazy("own photo"), "agency licence": gettext_lazy("agency licence")}
_KEPT_BY_ITSELF = "Before "  # how the names of versions begin that nobody typed


@register.filter
def licence_label(licence: str) -> str:
    """A photo's licence; one that a member wrote out stays as written."""
    name, colon, note = licence.partition(": ")
    return f"{_LICENCES.get(name, name)}{colon}{note}"


@register.filter
def version_label(name: str) -> str:
    """A version's name; only one that was given by the desk is translated."""
    return _(name) if name.startswith(_KEPT_BY_ITSELF) else name
