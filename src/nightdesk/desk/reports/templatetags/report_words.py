"""Words of a report in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from nightdesk.corroboration.sentences import term
from nightdesk.desk.claims.models import BASES

register = template.Library()


@register.filter
def basis_label(basis: str) -> str:
    """How the teller knows: the six the desk offers, then what the engine has a word for, else as told."""
    known = dict(BASES).get(basis)
    return str(known) if known else term("basis", basis, "ko" if get_language() == "ko" else "en")
