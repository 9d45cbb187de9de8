"""What the desk itself stores in English words, in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nightdesk.desk.stories.cleaning import FIELDS
from nightdesk.desk.stories.models import Attachment, Photo
from nightdesk.desk.stories.taken import of_row, words_of
from nightdesk.desk.stories.versions import BEFORE, MOMENTS, OFFER_BACK, RELEASED, RESTORED
from nightdesk.disclosure.sentences import term
from nightdesk.release.attachment import is_recording

register = template.Library()
_LICENCES = {"own photo": gettext_lazy("own photo"), "agency licence": gettext_lazy("agency licence")}


@register.filter
def licence_label(licence: str) -> str:
    """A photo's licence; one that a member wrote out stays as written."""
    name, colon, note = licence.partition(": ")
    return f"{_LICENCES.get(name, name)}{colon}{note}"


@register.filter
def is_heard(file: Attachment) -> bool:
    """Whether the story's file is a recording."""
    return is_recording(file.media_type)


@register.filter
def left_out(file: Attachment) -> str:
    """What the file had said about itself, in the language of the page."""
    return ", ".join(str(FIELDS.get(name, name)) for name in file.dropped)


@register.filter
def taken_words(photo: Photo) -> str:
    """Where and when the photo's file had said that it was taken, as far as the desk keeps it."""
    return words_of(of_row(photo.taken))


@register.filter
def version_label(name: str) -> str:
    """A version's name; what the desk named itself is said in the page's language, words after it as they are."""
    if released := RELEASED.fullmatch(name):
        return _("Released as version %(n)s") % {"n": released[1]}
    what, colon, about = name.partition(": ")
    if what in MOMENTS and not colon:
        return _(what)
    if what not in BEFORE:
        return name
    return f"{_(what)}{colon}{_SAID_OF.get(what, str)(about)}"


def _class_label(kind: str) -> str:
    """The class of a finding, kept by its code."""
    return term(kind, "ko" if get_language() == "ko" else "en")


_SAID_OF = {
    RESTORED: version_label,
    OFFER_BACK: _class_label,
}  # what stands after the colon; else words as typed
