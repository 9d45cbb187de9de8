"""The forms of care. A mistake comes back with everything that was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from nightdesk.desk import clock
from nightdesk.desk.care.consent import Said
from nightdesk.desk.care.contacts import Entry
from nightdesk.desk.care.said import FEWEST_LETTERS, LONGEST
from nightdesk.desk.care.tables import PURPOSES
from nightdesk.desk.care.windows import says_hours, with_zone
from nightdesk.desk.reports.models import CHANNELS
from nightdesk.desk.sources.models import DANGER_WORD, Contact
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import ROLES

if TYPE_CHECKING:
    from nightdesk.desk.care.models import Consent

CONTACT_CHANNELS = [*CHANNELS, ("meeting", _("meeting"))]
READERS = [name for name, role in ROLES.items() if "care" in role.may]


def _day(label: Any, *, required: bool = True, ahead: bool = False) -> forms.DateField:
    """A day as browsers send it; only a day ahead may lie after today."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    past = [] if ahead else [_not_ahead]
    return forms.DateField(
        label=label, required=required, widget=widget, input_formats=["%Y-%m-%d"], validators=past
    )


def _not_ahead(day: date) -> None:
    if day > clock.today():
        raise forms.ValidationError(_("That day has not come yet: correct the date."))


def _words(label: Any, *, required: bool = False, rows: int = 2, longest: int = LONGEST) -> forms.CharField:
    area = forms.Textarea({"rows": rows, "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=longest, widget=area)


def _hours(words: str) -> None:
    if not says_hours(words):
        raise forms.ValidationError(_("A window is hours, such as 21:00–21:20. A day has its own field."))


def _window(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, required=False, validators=[_hours])


class ContactForm(forms.Form):
    """One entry of the contact log."""

    on = _day(_("Day"))
    window = _window(_("Window"))
    channel = forms.ChoiceField(label=_("Channel"), choices=CONTACT_CHANNELS)
    via = forms.CharField(label=_("Relay"), max_length=80, required=False)
    danger_word = forms.ChoiceField(label=_("Danger word"), choices=DANGER_WORD)
    note = _words(_("Note"), longest=300)
    next_on = _day(_("Next contact"), required=False, ahead=True)
    next_window = _window(_("Its window"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in ("window", "next_window"):
            if name in said:
                said[name] = with_zone(said[name], settings.TIME_ZONE)
        on, following = said.get("on"), said.get("next_on")
        if on and following and following < on:
            self.add_error("next_on", _("The next contact lies before this one: correct one of the days."))
        if said.get("next_window") and not following and "next_on" not in self.errors:
            self.add_error("next_on", _("A window wants a day: say on which day it is."))
        return said

    def entry(self) -> Entry:
        """What is written down."""
        return Entry(**self.cleaned_data)


def contact_as_typed(contact: Contact) -> dict[str, Any]:
    """An entry as the form shows it for correcting."""
    names = ("on", "window", "channel", "danger_word", "note", "next_on", "next_window")
    return {name: getattr(contact, name) for name in names} | {
        "via": contact.relay.name if contact.relay else ""
    }


class ReasonForm(forms.Form):
    """Why."""

    reason = _words(_("Reason"), required=True)

    def clean_reason(self) -> str:
        words = " ".join(str(self.cleaned_data["reason"]).split())
        if len(words) < FEWEST_LETTERS:
            raise forms.ValidationError(_("This needs a reason of a few words."))
        return words


class PurgeForm(ReasonForm):
    """Why, and which names are taken out of every draft, one a line."""

    names = _words(_("Names to take out of every draft, one a line"), rows=4)
    field_order = ("names", "reason")

    def clean_names(self) -> list[str]:
        return [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]


class ConsentForm(forms.Form):
    """What a source agreed to, in purposes and in words."""

    said_on = _day(_("Day it was said"))
    asked_by = forms.ModelChoiceField(label=_("Asked by"), queryset=Member.objects.none(), empty_label=None)
    purposes = forms.MultipleChoiceField(
        label=_("What told may be used to"), widget=forms.CheckboxSelectMultiple, choices=list
    )
    limits = _words(_("Limits, in words"))
    worst_case = forms.ChoiceField(
        label=_("Was the worst case discussed?"), widget=forms.RadioSelect,
        choices=[("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip
    worst_case_on = _day(_("On which day"), required=False)

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_readers(self, member)
        self.fields["purposes"].choices = [(key, purpose.label) for key, purpose in PURPOSES.items()]  # type: ignore[attr-defined]  # the stubs know a form's fields as plain Field

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("worst_case") == "yes" and not said.get("worst_case_on") and not self.errors:
            self.add_error("worst_case_on", _("Say on which day it was discussed."))
        if said.get("worst_case") == "no" and said.get("worst_case_on"):
            self.add_error("worst_case_on", _("A day stands here and “no” above: correct one of them."))
        return said

    def said(self) -> Said:
        """What is written down."""
        typed = self.cleaned_data
        return Said(
            typed["said_on"],
            typed["asked_by"],
            tuple(typed["purposes"]),
            typed["limits"],
            typed["worst_case_on"],
        )


class WithdrawalForm(forms.Form):
    """That a source took its consent back."""

    said_on = _day(_("Day it was said"))
    asked_by = forms.ModelChoiceField(label=_("Said to"), queryset=Member.objects.none(), empty_label=None)
    limits = _words(_("In what words"))

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_readers(self, member)

    def said(self) -> Said:
        """What is written down."""
        typed = self.cleaned_data
        return Said(typed["said_on"], typed["asked_by"], limits=typed["limits"])


def _ask_readers(form: forms.Form, member: Member) -> None:
    """Members who take care of sources; the one who writes is offered first."""
    # Fields of a form are of one base type to mypy; this one is the model's.
    asked = cast(forms.ModelChoiceField, form.fields["asked_by"])
    asked.queryset = Member.objects.filter(is_active=True, role__in=READERS).order_by("username")
    asked.initial = member.pk


def consent_as_typed(row: Consent | None) -> dict[str, Any]:
    """A consent as the form shows it, to be said anew; nothing of a withdrawn one."""
    if row is None or row.withdrawn:
        return {"said_on": clock.today()}
    return {
        "said_on": clock.today(), "purposes": row.purposes, "limits": row.limits,
        "worst_case": "yes" if row.worst_case_on else "no", "worst_case_on": row.worst_case_on,
    }  # fmt: skip


class KeepForm(ReasonForm):
    """Until when, and why."""

    until = _day(_("Keep until"), ahead=True)
    field_order = ("until", "reason")
