"""Forms of the story's screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desk import newsroom
from nightdesk.desk.claims.models import Claim

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

NAMES = {"ko": "한국어", "en": "English", "zh": "中文"}


class NewStory(forms.Form):
    """A working headline, the language, and the claims the story rests on."""

    title = forms.CharField(
        label=_("Headline"), max_length=200,
        error_messages={"required": _("Give the story a working headline; it can change until readers have it.")},
    )  # fmt: skip
    slug = forms.SlugField(
        label=_("Address (may stay empty)"), max_length=60, required=False,
        error_messages={"invalid": _("An address has small Latin letters, digits and hyphens, such as year-end-fines.")},
    )  # fmt: skip
    source_lang = forms.ChoiceField(label=_("Written in"))
    claims = forms.ModelMultipleChoiceField(
        label=_("Claims it rests on"), queryset=Claim.objects.none(), required=False
    )

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        langs = newsroom.facts()["languages"]
        self.fields["source_lang"].choices = [(lang, NAMES.get(lang, lang)) for lang in langs]  # type: ignore[attr-defined]  # a ChoiceField has choices
        self.fields["source_lang"].initial = newsroom.facts().get("reporting_language", langs[0])
        self.fields["claims"].queryset = Claim.objects.visible_to(member)  # type: ignore[attr-defined]  # a ModelMultipleChoiceField has a queryset


class Typed(forms.Form):
    """Words typed over a known revision."""

    text = forms.CharField(required=False, strip=False, max_length=20_000)
    base_revision = forms.IntegerField(min_value=0)
    over = forms.BooleanField(required=False)
    seen = forms.IntegerField(required=False, min_value=0)


class TypedHeading(forms.Form):
    """Headline and summary typed over a known revision."""

    title = forms.CharField(max_length=200, required=False)
    summary = forms.CharField(max_length=300, required=False)
    base_revision = forms.IntegerField(min_value=0)
    seen = forms.CharField(required=False)
