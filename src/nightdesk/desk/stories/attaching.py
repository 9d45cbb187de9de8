"""The document or recording on the story's screen: its form, its bytes for members who see the story, its removal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nightdesk.cleaning import missing
from nightdesk.cleaning.mat2 import LARGEST
from nightdesk.desk import newsroom
from nightdesk.desk.asked import number
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import attachments, cleaning
from nightdesk.desk.stories.finding import story_of, to_story
from nightdesk.desk.stories.models import Attachment, Story
from nightdesk.desk.stories.picturing import NAMES
from nightdesk.release.attachment import ENDINGS, is_recording


class AttachmentForm(forms.Form):
    """A title a language, read from title_ko and so on."""

    revision = forms.IntegerField(min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang in newsroom.facts()["languages"]:
            self.fields[f"title_{lang}"] = forms.CharField(max_length=200, required=False)

    def titles(self) -> dict[str, str]:
        """What it is, by language."""
        return {lang: self.cleaned_data[f"title_{lang}"] for lang in newsroom.facts()["languages"]}


def box_of(story: Story) -> dict[str, Any]:
    """What the file's part of the story's screen shows."""
    row = Attachment.objects.filter(story=story).defer("file").first()
    langs = [
        (lang, NAMES.get(lang, lang), row.title.get(lang, "") if row else "")
        for lang in newsroom.facts()["languages"]
    ]
    return {"file": row, "langs": langs, "missing": missing(), "kinds": cleaning.KINDS, **about(row)}


def about(row: Attachment | None) -> dict[str, Any]:
    """Kind and what was left out, in the language of the page."""
    if row is None:
        return {}
    left_out = [cleaning.FIELDS.get(name, name) for name in row.dropped]
    ending = ENDINGS.get(row.media_type, "").upper()
    return {"ending": ending, "recording": is_recording(row.media_type), "left_out": left_out}


@needs("draft")
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a document or recording, has it cleaned, and puts it on the story with its title."""
    story = story_of(request, pk)
    form = AttachmentForm(request.POST)
    data = _file(request)
    if not form.is_valid():
        raise DeskError(
            _("The title of a file is at most 200 characters."), _("Go back and mend it; nothing was saved.")
        )
    row = attachments.place_attachment(
        member_of(request), story, data, form.titles(), form.cleaned_data["revision"]
    )
    messages.success(request, _said(data, row))
    return to_story(story, anchor="file")


def _file(request: HttpRequest) -> bytes | None:
    """The bytes chosen, None when none were. Larger ones were let go while they came in."""
    file = request.FILES.get("file")
    if file is None and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise cleaning.too_large()
    return file.read() if file is not None else None


def _said(data: bytes | None, row: Attachment) -> str:
    if data is None:
        return _("The file's title is saved.")
    if row.dropped:
        names = ", ".join(str(name) for name in about(row)["left_out"])
        return _("The file is placed, cleaned. It had also said: %(names)s. That is gone.") % {"names": names}
    return _("The file is placed, cleaned. It said nothing about itself.")


@needs("draft")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the file off the story."""
    story = story_of(request, pk)
    attachments.remove_attachment(member_of(request), story, number(request, "revision"))
    messages.success(request, _("The file is removed, and the desk keeps no copy of it."))
    return to_story(story, anchor="file")


@require_GET
@needs("draft")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The cleaned bytes, for members who see the story: to be saved, never shown as a page."""
    row = get_object_or_404(Attachment, story=story_of(request, pk))
    response = HttpResponse(bytes(row.file), content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = f'attachment; filename="{row.sha256[:12]}.{ENDINGS[row.media_type]}"'
    return response
