"""Words of a report in the language of the page."""

from __future__ import annotations

from django import template

from nightdesk.desk.claims.models import BASES

register = template.Library()


@register.filter
def basis_label(basis: str) -> str:
    """How the teller knows: the six the desk offers in the page's language, a teller's own words as told."""
    return str(dict(BASES).get(basis, basis))
