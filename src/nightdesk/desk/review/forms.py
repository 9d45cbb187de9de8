"""Forms of what a review judges by: groups of people, the desk's own market rates, what state media have said."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nightdesk.desk import clock
from nightdesk.desk.review.models import WHOM, GroupTable, StateMedia
from nightdesk.desk.stories.models import MarketRate
from nightdesk.disclosure.ages import Ages, band
from nightdesk.disclosure.estimates import days_of

SEXES = {"female": ("female", "women", "woman", "f", "w", "여성", "여자", "여", "녀성", "녀자", "녀", "女性", "女"),
         "male": ("male", "men", "man", "m", "남성", "남자", "남", "男性", "男")}  # fmt: skip
TENS = re.compile(r"([1-9])0 ?(?:s|대|代)", re.IGNORECASE)  # 40s and 40대 are 40 to 49
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def years(said: str) -> Ages | None:
    """Ages as a newsroom writes them: 40-49, 40~49세, 45, 45살, 60+, 60세 이상, 40s, 40대; None when it is none of these."""
    if tens := TENS.fullmatch(said):
        return Ages(int(tens.group(1)) * 10, int(tens.group(1)) * 10 + 9)
    bare = re.sub(r"(?<=[0-9]) ?[세살岁]", "", said)
    return band(re.sub(r"(?<=[0-9]) ?이상$", "+", bare))


class Sex(forms.TypedChoiceField):
    """Female, male or neither; a list that is brought in may say it in its own words."""

    def to_python(self, value: Any) -> Any:
        """The choice that the words mean; words that mean none are refused by the choices."""
        said = str(value or "").strip().lower()
        return next((sex for sex, words in SEXES.items() if said in words), said)


class GroupForm(forms.ModelForm):
    """How many people fit a description: an interval with its basis and expiry."""

    sex = Sex(
        label=_("Only of this sex"), choices=WHOM, required=False,
        error_messages={"invalid_choice": _("Say women or men (f or m); left empty, both are counted.")},
    )  # fmt: skip

    class Meta:
        model = GroupTable
        fields = ["group", "place", "when", "sex", "age", "low", "high", "basis", "as_of", "expires"]

    def clean_when(self) -> str:
        said: str = self.cleaned_data["when"]
        if said and days_of(said) is None:
            raise forms.ValidationError(
                _(
                    "Write it as a year, a month or a day, such as 2023-12, or as the first and the last with a slash."
                )
            )
        return said

    def clean_age(self) -> str:
        said: str = self.cleaned_data["age"]
        found = years(said) if said else None
        if said and found is None:
            raise forms.ValidationError(
                _("Write it as years, such as 40-49, 40s, 45 or 60+; both ends are counted.")
            )
        return str(found) if found else ""

    def clean_as_of(self) -> str:
        return self._month("as_of")

    def clean_expires(self) -> str:
        return self._month("expires")

    def _month(self, name: str) -> str:
        said: str = self.cleaned_data[name]
        if not MONTH.fullmatch(said):
            raise forms.ValidationError(_("Write it as year and month, such as 2023-11."))
        return said

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        low, high = found.get("low"), found.get("high")
        if low is not None and high is not None and low > high:
            self.add_error(
                "high", _("At most must not be smaller than at least: the interval contradicts itself.")
            )
        if found.get("as_of") and found.get("expires") and found["expires"] < found["as_of"]:
            self.add_error("expires", _("A table cannot expire before it was made."))
        return found


class StateMediaForm(forms.ModelForm):
    """What an outlet said on a day."""

    class Meta:
        model = StateMedia
        fields = ["outlet", "on", "text", "citation"]
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_on(self) -> date:
        said: date = self.cleaned_data["on"]
        if said > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return said


class RateForm(forms.ModelForm):
    """The desk's own rate for a currency the bank has none for."""

    class Meta:
        model = MarketRate
        fields = ["currency", "per_usd", "on", "basis"]
        widgets = {"on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_currency(self) -> str:
        said: str = self.cleaned_data["currency"].upper()
        if not re.fullmatch(r"[A-Z]{3}", said):
            raise forms.ValidationError(_("A currency is three letters, such as KPW."))
        return said

    def clean_per_usd(self):
        value = self.cleaned_data["per_usd"]
        if value <= 0:
            raise forms.ValidationError(_("A rate is larger than nothing."))
        return value
