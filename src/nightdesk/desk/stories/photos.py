"""The verbs on a story's photo: place or replace, and remove. One transaction each.

Every change of the photo, its credit, licence or words changes what was cleared.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import drafts, pictures
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Photo, Story
from nightdesk.desk.stories.settling import touched
from nightdesk.desk.stories.taken import as_row

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

WITH_WORDS = ("agency licence", "other")  # licences that say nothing without words beside them


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a photo: whose it is, under which licence, and in each language what it shows."""

    credit: str
    licence: str
    alt: Mapping[str, str]
    caption: Mapping[str, str]


def photo_of(story: Story) -> Photo | None:
    """The story's photo, or None."""
    return getattr(story, "photo", None)


def licence_in_words(chosen: str, note: str) -> str:
    """The licence as it will be printed. DeskError when an agency's or another one is not named."""
    note = drafts.one_line(note)
    if chosen not in WITH_WORDS:
        return chosen
    if not note:
        raise DeskError(
            _("Which licence is not said."), _("Name the agency or write the licence out; nothing was saved.")
        )
    return note if chosen == "other" else f"{chosen}: {note}"


@transaction.atomic
def place_photo(member: Member, story: Story, data: bytes | None, words: Words, revision: int) -> Photo:
    """Places, replaces or re-words the photo. `data` None keeps the picture; `revision` is the one seen, 0 for none."""
    require(member, "draft")
    refuse_closed(story)
    row = _current(story, revision)
    if data is None and row is None:
        raise DeskError(_("No file was chosen."), _("Choose a JPEG, PNG or WebP picture."))
    row = row or Photo(story=story, revision=0)
    if data is not None:
        _put(row, pictures.clean(data))
        forget_found(story.pk)
    row.credit, row.licence = words.credit, words.licence
    row.alt, row.caption = _said(words.alt), _said(words.caption)
    row.revision += 1
    row.placed_by, row.placed_at = member, clock.now()
    row.save()
    touched(story.pk)
    record(story, "draft", member, f"photo {row.sha256[:12]} {'saved' if data is None else 'placed'}")
    return row


def _put(row: Photo, cleaned: pictures.Cleaned) -> None:
    row.image, row.sha256 = cleaned.image, sha256(cleaned.image).hexdigest()
    row.media_type, row.width, row.height = cleaned.media_type, cleaned.width, cleaned.height
    row.dropped, row.taken = list(cleaned.dropped), as_row(cleaned.taken)
    row.placing = secrets.token_hex(12)


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {lang: drafts.one_line(said) for lang, said in words.items() if drafts.one_line(said)}


def _current(story: Story, revision: int) -> Photo | None:
    """The photo as it stands. Stale when somebody placed, changed or removed one since `revision`."""
    row = Photo.objects.select_for_update().filter(story=story).first()
    if (row.revision if row else 0) != revision:
        raise Stale(
            _("The photo was changed meanwhile, by somebody else or by you in another window."),
            _("Go back, copy what you typed and open the story again; nothing was saved."),
        )
    return row


def forget_taken(*stories: int) -> None:
    """Where and when these stories' photos were taken goes: readers have them, or who told of it is purged."""
    Photo.objects.filter(story__in=stories).exclude(taken={}).update(taken={})
    forget_found(*stories)


def forget_found(*stories: int) -> None:
    """The sentences that reviews of these stories, old ones too, said of it: they hold the town and the day in words."""
    # The review rests on stories, and not the other way round.
    found = apps.get_model("review", "Finding").objects.filter(
        review__story__in=stories, kind="photo or file"
    )
    found.filter(data__why_key__startswith="taken_").delete()


@transaction.atomic
def remove_photo(member: Member, story: Story, revision: int) -> None:
    """Takes the photo off the story and its bytes out of the desk."""
    require(member, "draft")
    refuse_closed(story)
    row = _current(story, revision)
    if row is None:
        raise DeskError(_("This story has no photo."), _("Nothing was changed."))
    record(story, "draft", member, f"photo {row.sha256[:12]} removed")
    row.delete()
    forget_found(story.pk)
    touched(story.pk)
