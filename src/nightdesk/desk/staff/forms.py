"""The forms of the staff. A passphrase is never shown again; everything else comes back as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desk.staff.models import Recovery
from nightdesk.desk.staff.staffing import roles_to_give

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def _secret(label: Any, fill: str = "new-password") -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": fill})
    return forms.CharField(label=label, widget=widget, max_length=200, strip=False)


class SignInForm(forms.Form):
    """A name and a passphrase; which of the two is wrong is never said."""

    username = forms.CharField(label=_("Name"), max_length=40)
    passphrase = _secret(_("Passphrase"), "current-password")


class CodeForm(forms.Form):
    """Six digits from the app."""

    code = forms.CharField(
        label=_("Code"), max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )  # fmt: skip


class PassphraseForm(forms.Form):
    """The old one, and the new one twice."""

    old = _secret(_("Passphrase so far"), "current-password")
    new = _secret(_("New passphrase"))
    again = _secret(_("New passphrase again"))


class TwiceForm(forms.Form):
    """A new passphrase, twice."""

    new = _secret(_("New passphrase"))
    again = _secret(_("New passphrase again"))


class AddForm(TwiceForm):
    """A new member."""

    field_order = ["name", "byline", "role", "new", "again"]
    name = forms.CharField(
        label=_("Name to sign in with"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    byline = forms.CharField(label=_("Byline"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].label, self.fields["again"].label = (
            _("First passphrase"),
            _("First passphrase again"),
        )
        self.fields["role"].choices = [(role.name, role.label) for role in roles_to_give(member)]  # type: ignore[attr-defined]  # the stubs know a form's fields as plain Field


class HalvesForm(forms.Form):
    """Who comes back, and what the two keyholders said."""

    username = forms.CharField(label=_("Name"), max_length=40)
    first = forms.CharField(label=_("Letters from the keyholder who confirmed first"), max_length=40)
    second = forms.CharField(label=_("Letters from the keyholder who confirmed second"), max_length=40)


class OwnForm(forms.Form):
    """The passphrase of a member who lost only the factor."""

    old = _secret(_("Passphrase"), "current-password")


class LostForm(forms.Form):
    """What a member lost."""

    lost = forms.ChoiceField(label=_("What was lost"), choices=Recovery.LOST, widget=forms.RadioSelect)


class ShutOutForm(forms.Form):
    """What the desk would lose, each to be ticked."""

    def __init__(self, losses: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, said in losses.items():
            self.fields[key.replace(" ", "_")] = forms.BooleanField(label=said)

    @property
    def understood(self) -> list[str]:
        """The keys of what was ticked."""
        return [name.replace("_", " ") for name, ticked in self.cleaned_data.items() if ticked]
