"""The photo on the story's screen: its form, its bytes for members who see the story, its removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nightdesk.desk import newsroom
from nightdesk.desk.asked import number
from nightdesk.desk.errors import DeskError
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs
from nightdesk.desk.stories import photos, pictures
from nightdesk.desk.stories.finding import story_of, to_story
from nightdesk.desk.stories.models import Photo, Story
from nightdesk.desk.stories.taken import of_row, words_of

if TYPE_CHECKING:
    from django.utils.functional import Promise

NAMES = {"ko": gettext_lazy("Korean"), "en": gettext_lazy("English"), "zh": gettext_lazy("Chinese")}
LICENCES: list[tuple[str, str | Promise]] = [
    ("", gettext_lazy("Choose a licence")),
    ("own photo", gettext_lazy("Own photo")),
    ("CC BY 4.0", "CC BY 4.0"),
    ("CC BY-SA 4.0", "CC BY-SA 4.0"),
    ("CC0 1.0", "CC0 1.0"),
    ("agency licence", gettext_lazy("Agency licence (name it)")),
    ("other", gettext_lazy("Another licence (write it out)")),
]


class PhotoForm(forms.Form):
    """Credit and licence; the words a language each are read from alt_ko, caption_ko and so on."""

    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=120)
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), choices=LICENCES)
    licence_note = forms.CharField(
        label=gettext_lazy("Agency, or the licence"), max_length=120, required=False
    )
    revision = forms.IntegerField(min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang in newsroom.facts()["languages"]:
            self.fields[f"alt_{lang}"] = forms.CharField(max_length=300, required=False)
            self.fields[f"caption_{lang}"] = forms.CharField(max_length=300, required=False)

    def words(self) -> photos.Words:
        """The form's words. DeskError when the licence wants words and has none."""
        said = self.cleaned_data
        langs = newsroom.facts()["languages"]
        return photos.Words(
            credit=said["credit"],
            licence=photos.licence_in_words(said["licence"], said["licence_note"]),
            alt={lang: said[f"alt_{lang}"] for lang in langs},
            caption={lang: said[f"caption_{lang}"] for lang in langs},
        )


def box_of(story: Story) -> dict[str, Any]:
    """What the photo's part of the story's screen shows."""
    photo = Photo.objects.filter(story=story).defer("image").annotate(image_size=Length("image")).first()
    name, _colon, note = photo.licence.partition(": ") if photo else ("", "", "")
    known = {value for value, _label in LICENCES}
    chosen, note = (name, note) if name in known else ("other", photo.licence if photo else "")
    langs = [
        (
            lang,
            NAMES.get(lang, lang),
            *((photo.alt.get(lang, ""), photo.caption.get(lang, "")) if photo else ("", "")),
        )
        for lang in newsroom.facts()["languages"]
    ]
    return {"photo": photo, "licences": LICENCES, "chosen": chosen, "note": note, "langs": langs}


@needs("draft")
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a picture, re-encodes it, and puts it on the story with its words."""
    story = story_of(request, pk)
    form = PhotoForm(request.POST)
    data = _file(request)
    if not form.is_valid():
        raise DeskError(_wrong(form), _("Go back and fill it in; nothing was saved."))
    row = photos.place_photo(member_of(request), story, data, form.words(), form.cleaned_data["revision"])
    messages.success(request, _said(data, row))
    return to_story(story, anchor="photo")


def _wrong(form: PhotoForm) -> str:
    if "credit" in form.errors:
        return _("A photo needs a credit of at most 120 characters.")
    if "licence" in form.errors:
        return _("A photo needs a licence.")
    return _("What is said of the photo is too long: 300 characters for each.")


def _file(request: HttpRequest) -> bytes | None:
    """The bytes chosen, None when none were. Larger ones were let go while they came in."""
    file = request.FILES.get("photo")
    if file is None and int(request.META.get("CONTENT_LENGTH") or 0) > pictures.LARGEST:
        raise pictures.too_large()
    return file.read() if file is not None else None


def _said(data: bytes | None, row: Photo) -> str:
    if data is None:
        return _("The photo's words are saved.")
    if row.dropped:
        gone = _("The photo is placed, written anew. Its file had also said: %(names)s. That is gone.") % {
            "names": ", ".join(row.dropped)
        }
        kept = _("What is kept until the release: taken %(said)s.") % {"said": words_of(of_row(row.taken))}
        return f"{gone} {kept}" if row.taken else gone
    return _("The photo is placed, written anew. Its file said nothing else.")


@needs("draft")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the photo off the story."""
    story = story_of(request, pk)
    photos.remove_photo(member_of(request), story, number(request, "revision"))
    messages.success(request, _("The photo is removed, and the desk keeps no copy of it."))
    return to_story(story, anchor="photo")


@require_GET
@needs("draft")
def image(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo's bytes, for members who see the story."""
    row = get_object_or_404(Photo, story=story_of(request, pk))
    response = HttpResponse(bytes(row.image), content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
