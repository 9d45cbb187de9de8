"""The note form: what a reporter writes down after a call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from nightdesk.desk import clock
from nightdesk.desk.claims.models import BASES
from nightdesk.desk.reports.models import CHANNELS
from nightdesk.seal.report import SHORT
from nightdesk.seal.wire import ReportPayload
from nightdesk.values.languages import LANGUAGES

NAMES = {"ko": _("Korean"), "zh": _("Chinese"), "en": _("English")}


def basis_of(said: str) -> str:
    """The key of one that the desk offers, as a page in either language calls it; anything else as typed."""
    for lang in ("ko", "en"):
        with override(lang):
            for key, label in BASES:
                if said.casefold() == str(label).casefold():
                    return key
    return said


class NoteForm(forms.Form):
    """Becomes a ReportPayload, which is sealed before it is stored."""

    source = forms.CharField(label=_("Source"), max_length=SHORT)
    relay = forms.CharField(label=_("Relay"), max_length=SHORT, required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[pair for pair in CHANNELS if pair[0] != "drop"])
    contact_on = forms.DateField(label=_("Day of the contact"), widget=forms.DateInput({"type": "date"}))
    lang = forms.ChoiceField(label=_("Language of the notes"), choices=[(c, NAMES[c]) for c in LANGUAGES])
    basis = forms.CharField(label=_("How the teller knows"), max_length=SHORT, required=False)
    text = forms.CharField(label=_("What was told"), widget=forms.Textarea({"rows": 10}), strip=False)

    bases = BASES

    def clean_contact_on(self) -> Any:
        day = self.cleaned_data["contact_on"]
        if day > clock.today():
            raise forms.ValidationError(_("That day has not come yet: correct the date."))
        return day

    def clean_basis(self) -> str:
        return basis_of(self.cleaned_data["basis"])

    def payload(self) -> ReportPayload:
        """What is sealed. The browser's line ends become plain ones, so that offsets stay true."""
        said = self.cleaned_data
        return ReportPayload(
            text=said["text"].replace("\r\n", "\n"), lang=said["lang"], source=said["source"],
            via=said["relay"] or None, contact_on=said["contact_on"], channel=said["channel"],
            basis=said["basis"] or None,
        )  # fmt: skip
