"""The claim form: who did what to whom, where, when, how much, and how the teller knows it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.claims.typed_sum import SumField
from nightdesk.desk.screen import place_name
from nightdesk.incidents.vocabulary import vocabulary
from nightdesk.reading.purse import codes_of
from nightdesk.values.house import scheme
from nightdesk.values.places import gazetteer

CURRENCY = re.compile(r"[A-Z]{3}\Z")


def acts() -> list[tuple[str, str]]:
    """The kinds of act in the page's language."""
    lang = "ko" if get_language() == "ko" else "en"
    return [(code, kind.label(lang)) for code, kind in vocabulary().items()]


def place_of(words: str) -> str:
    """The key of a place typed as key or as any of its names. ValidationError when it is none or several."""
    if words in gazetteer():
        return words
    typed = words.casefold()
    keys = [
        key for key, place in gazetteer().items()
        if any(typed == name.casefold() for names in place.names.values() for name in names)
    ]  # fmt: skip
    if len(keys) == 1:
        return keys[0]
    if keys:
        raise forms.ValidationError(
            _("Several places are called that: choose one of %(keys)s.") % {"keys": ", ".join(keys)}
        )
    raise forms.ValidationError(_("No place of that name is in the gazetteer. Choose one from the list."))


def shown_as(key: str) -> str:
    """What stands in the place field: the name where it is that place's alone, else the key."""
    try:
        return place_name(key) if place_of(place_name(key)) == key else key
    except forms.ValidationError:
        return key


def currency_of(words: str, country: str | None) -> str:
    """The code of a currency typed as code or as any of its names. ValidationError for none or several."""
    codes = [code for code in codes_of(words, country) if CURRENCY.match(code)]
    if len(codes) > 1:
        raise forms.ValidationError(
            _("Several currencies are called that: type one of %(codes)s.") % {"codes": ", ".join(codes)}
        )
    if codes and _is_written(codes[0]):
        return codes[0]
    code = codes[0] if codes else words.upper()
    if not CURRENCY.match(code):
        raise forms.ValidationError(
            _("No currency is called that. Type its three letters, such as CNY, or a word, such as yuan.")
        )
    raise forms.ValidationError(
        _("The house cannot write %(code)s: no such currency is in its table.") % {"code": code}
    )


def _is_written(code: str) -> bool:
    """Whether the house has words for the currency (values/data/currencies.toml)."""
    try:
        return bool(scheme(code))
    except KeyError:
        return False


def places() -> list[tuple[str, str]]:
    """(name, other names) for the list under the place field, names in the page's language."""
    return [(place_name(key), _others(key)) for key in gazetteer()]


def _others(key: str) -> str:
    place = gazetteer()[key]
    above = f" · {place_name(place.parent)}" if place.parent else ""
    return " / ".join(names[0] for names in place.names.values() if names) + above


class Sentence(forms.CharField):
    """One sentence in a field that grows with it: lines pasted into it become one, as search and review want it.

    Its limit is counted and said (counting.js), never cut at: a browser cuts what is pasted without a word.
    """

    widget = forms.Textarea(attrs={"rows": 1, "data-line": ""})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"data-letters": self.max_length}

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class ClaimForm(forms.ModelForm):
    """A claim's fields; which words it rests on comes apart."""

    statement = Sentence(max_length=300)
    place = forms.CharField(max_length=80, required=False)
    act = forms.ChoiceField()
    currency = forms.CharField(max_length=40, required=False, widget=forms.TextInput({"autocomplete": "off"}))

    class Meta:
        model = Claim
        fields = [
            "statement", "actor", "act", "party", "place", "earliest", "latest", "amount", "currency",
            "sum_role", "basis", "knowers", "knowers_low", "knowers_high",
        ]  # fmt: skip
        widgets = {"earliest": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                   "latest": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}  # fmt: skip

    def __init__(self, *args: Any, country: str | None = None, **kwargs: Any) -> None:
        self.country = country  # of the report: whose won it is
        super().__init__(*args, **kwargs)
        self.fields["amount"] = SumField(country, widget=forms.TextInput({"autocomplete": "off"}))
        if not self.is_bound:  # a refused form begins at its faults
            self.fields["statement"].widget.attrs["autofocus"] = True
        self.fields["act"].choices = [("", "–"), *acts()]  # type: ignore[attr-defined]  # a ChoiceField
        for name, field in self.fields.items():
            field.label = Claim._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # all are plain fields
        self.fields["statement"].error_messages["required"] = _("Say in a sentence what is claimed.")
        self.fields["statement"].error_messages["max_length"] = _(
            "This has %(show_value)d letters and may have %(limit_value)d: shorten it, or make two claims of it."
        )
        self.fields["act"].error_messages["required"] = _("Choose what kind of act it was.")
        for name in ("sum_role", "basis", "knowers"):
            named = [choice for choice in self.fields[name].choices if choice[0]]  # type: ignore[attr-defined]  # the stubs know a form's fields as plain Field
            self.fields[name].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # a ChoiceField
        if self.initial.get("place"):
            self.initial["place"] = shown_as(self.initial["place"])
        if self.initial.get("amount") is not None:
            self.initial["amount"] = format(self.initial["amount"].normalize(), "f")

    def clean_place(self) -> str:
        words = self.cleaned_data["place"].strip()
        return place_of(words) if words else ""

    def clean_amount(self) -> Decimal | None:
        amount: Decimal | None = self.cleaned_data["amount"]
        if amount is not None and amount <= 0:
            raise forms.ValidationError(_("A sum is larger than nothing; leave it empty when none was told."))
        return amount

    def clean_currency(self) -> str:
        words = self.cleaned_data["currency"].strip()
        return currency_of(words, self.country) if words else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._take_currency(said)
        self._ordered(
            said,
            "earliest",
            "latest",
            _("The first day lies after the last one: exchange the two, or correct one of them."),
        )
        self._ordered(
            said,
            "knowers_low",
            "knowers_high",
            _("The lower number is above the higher one: exchange the two, or correct one of them."),
        )
        if said.get("earliest") and said["earliest"] > clock.today():
            self.add_error("earliest", _("That day has not come yet: correct the date."))
        told = "amount" in said and "currency" in said  # one that was refused has its own line
        if told and (said["amount"] is None) != (not said["currency"]):
            self.add_error("currency", _("A sum has an amount and a currency, or neither."))
        if said.get("amount") is not None and not said.get("sum_role"):
            self.add_error(
                "sum_role", _("Say what the sum was: demanded, paid, confiscated or another role.")
            )
        return said

    def _take_currency(self, said: dict[str, Any]) -> None:
        """The currency that was typed beside the amount, where the field of its own is empty; two are not guessed between."""
        beside = self.fields["amount"].said_with  # type: ignore[attr-defined]  # a SumField
        if not beside or "currency" not in said:
            return
        if said["currency"] not in ("", beside):
            self.add_error(
                "currency", _("The amount says %(beside)s and this field %(typed)s: make them one.") % {"beside": beside, "typed": said["currency"]},
            )  # fmt: skip
        elif _is_written(beside):
            said["currency"] = beside

    def _ordered(self, said: dict[str, Any], low: str, high: str, otherwise: str) -> None:
        if said.get(low) is not None and said.get(high) is not None and said[low] > said[high]:
            self.add_error(high, otherwise)
