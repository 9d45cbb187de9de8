"""The public address of a story: chosen by an editor, or a neutral one that says nothing but the day."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.errors import DeskError
from nightdesk.release.check import RESERVED_SLUGS, SLUG

LONGEST = 80  # as the row keeps it


def neutral() -> str:
    """The day and a short random part: a working title would tell readers what was thought of first."""
    return f"{clock.today():%Y-%m-%d}-{secrets.token_hex(2)}"


def address(said: str) -> str:
    """An address that may stand in a link, or a DeskError."""
    if not SLUG.fullmatch(said) or len(said) > LONGEST:
        raise DeskError(
            _("This cannot be an address."), _("Use small Latin letters, digits and single hyphens.")
        )
    if said in RESERVED_SLUGS:
        raise DeskError(_("This address is a page of the site itself."), _("Choose another."))
    return said
