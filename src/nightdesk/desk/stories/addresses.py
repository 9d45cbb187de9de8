"""The public address of a story: chosen by an editor, or a neutral one that says nothing."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError
from nightdesk.release.check import RESERVED_SLUGS, SLUG

LONGEST = 80  # as the row keeps it

CONSONANTS = "bdfgklmnprstvz"


def neutral() -> str:
    """Six random letters that can be said aloud: a working title would tell what was thought of first, a day when."""
    return "story-" + "".join(secrets.choice(CONSONANTS) + secrets.choice("aeiou") for _ in range(3))


def address(said: str) -> str:
    """An address that may stand in a link, or a DeskError."""
    if not SLUG.fullmatch(said) or len(said) > LONGEST:
        raise DeskError(
            _("This cannot be an address."), _("Use small Latin letters, digits and single hyphens.")
        )
    if said in RESERVED_SLUGS:
        raise DeskError(_("This address is a page of the site itself."), _("Choose another."))
    return said
