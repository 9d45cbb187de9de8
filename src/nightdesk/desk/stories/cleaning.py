"""A document or recording as it came, made into one that may be public, or refused with what to do about it.

Belongs here: the sentences. Cleaning itself is nightdesk.cleaning. The bytes that came are never stored.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.cleaning import Cleaned, CleaningError, missing
from nightdesk.cleaning import clean as clean_file
from nightdesk.desk.errors import DeskError

KINDS = gettext_lazy("PDF, OpenDocument, Word, Excel, PowerPoint, MP3, Ogg or FLAC")
# What nightdesk.cleaning names, in the language of the page.
FIELDS = {
    "author": gettext_lazy("author"),
    "last changed by": gettext_lazy("last changed by"),
    "organisation": gettext_lazy("organisation"),
    "software": gettext_lazy("software"),
    "revision": gettext_lazy("revision"),
    "dates": gettext_lazy("dates"),
    "title or comment": gettext_lazy("title or comment"),
    "device": gettext_lazy("device"),
    "place": gettext_lazy("place where it was made"),
    "other field": gettext_lazy("other field"),
}


def clean(data: bytes) -> Cleaned:
    """The file without what it said about itself. DeskError: it stays closed, and why."""
    try:
        return clean_file(data)
    except CleaningError as error:
        raise refusal(error) from error


def too_large() -> DeskError:
    """The refusal of a file that is larger than one may be."""
    return DeskError(
        _("A file is at most 10 megabytes."), _("Save it smaller and choose it again; nothing was kept.")
    )


def refusal(error: CleaningError) -> DeskError:
    """Why the file stays closed, and what to do."""
    if error.why == "too large":
        return too_large()
    says, remedy = _sentences(error)
    closed = _("The file stays closed; nothing was kept of it.")
    return DeskError(says, f"{remedy} {closed}")


def _sentences(error: CleaningError) -> tuple[str, str]:
    again = _("Save it anew, as PDF or in parts, and choose it again.")
    if lacking := missing():
        return _("This desk cannot clean files: %(what)s is not installed.") % {"what": lacking}, _(
            "Have mat2 and bubblewrap installed on the desk's machine (Debian: apt-get install mat2 bubblewrap)."
        )
    said = {
        "no room": (
            _("This desk cannot make the closed room in which files are cleaned."),
            _("Have somebody run bubblewrap on its machine: containers and some systems do not allow it."),
        ),
        "kind": (
            _("This is no document or recording of a kind that can be cleaned."),
            _("Choose another: %(kinds)s.") % {"kinds": KINDS},
        ),
        "too long": (_("Cleaning this file took too long and was stopped."), again),
        "too much": (_("Cleaned, this file would be too large."), again),
        "left": (_("Something of what the file says about itself could not be taken out (%(what)s).") % {"what": error.what}, again),
    }  # fmt: skip
    return said.get(
        error.why,
        (_("This file could not be cleaned: it is damaged, or holds what nobody can clean."), again),
    )
