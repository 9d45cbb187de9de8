"""A sum as a member types it, in figures or in words: 20,000; 2만; 二万; 20k; 2만 위안.

Belongs here: from what stands in the field to an amount, and to the currency said with it. Does not belong here: what
the words of a report say (nightdesk.reading), and which currencies the house can write (forms.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.reading import read
from nightdesk.reading.numerals import number, pattern
from nightdesk.reading.tally import Number

LANGS = ("ko", "zh", "en")
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")  # 20.000: twenty to some, twenty thousand to others
# About and each change no sum: the record has no field for them.
AROUND = re.compile(
    r"(?:약|대략|한|约|大约|about|around|some)\s+|(?<=[\d가-힣])\s*(?:여|쯤|정도|가량|씩|左右|each)$"
)
BEFORE_UNIT = re.compile(r"(?<=\d) (?=[십백천만억])")
LONGEST = 60  # characters


@dataclass(frozen=True, slots=True)
class Typed:
    """An amount with the currency that stood beside it, as a code; '' where none did, or where it could be several."""

    amount: Decimal
    currency: str = ""


def typed_sum(words: str, country: str | None) -> Typed:
    """What `words` say. ValidationError where they are no number, or two."""
    words = BEFORE_UNIT.sub("", AROUND.sub("", " ".join(words.split())))
    if THOUSANDS.fullmatch(words):
        raise ValidationError(_("20.000 can be twenty or twenty thousand. Type 20 or 20,000."))
    if PLAIN.fullmatch(words):
        return Typed(Decimal(words))
    for lang in LANGS:
        if re.fullmatch(pattern(lang), words, re.IGNORECASE) and (found := number(words, lang)):
            return Typed(_one(found))
    for lang in LANGS:
        if (money := _money(words, lang, country)) is not None:
            return money
    raise ValidationError(
        _("No number was read in that. Type it in figures, such as 20,000, or in words, such as 2만.")
    )


def _one(found: Number) -> Decimal:
    if found.high is not None:
        raise _two()
    return found.low


def _two() -> ValidationError:
    return ValidationError(
        _("That leaves the sum open between two ends. Type one sum here; the sentence can say both ends.")
    )


def _money(words: str, lang: str, country: str | None) -> Typed | None:
    """The sum that all of `words` are, as reading has it; None where they are anything else."""
    spans = [span for span in read(words, lang, clock.today(), country or "").spans if span.kind == "money"]
    if len(spans) != 1 or spans[0].words != words:
        return None
    value = spans[0].value
    if "amount_high" in value:
        raise _two()
    return Typed(Decimal(value["amount"]), value.get("currency", ""))


class SumField(forms.CharField):
    """An amount typed in figures or words, as many digits of it as the record holds; None where it is empty.

    `said_with` is the currency that stood beside the amount that was cleaned last.
    """

    def __init__(self, country: str | None, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, required=False, **kwargs)
        self.country, self.said_with = country, ""
        self._figures = forms.DecimalField(max_digits=18, decimal_places=4)

    def clean(self, value: Any) -> Any:
        """The amount as a Decimal."""
        self.said_with = ""
        words = super().clean(value)
        if not words:
            return None
        typed = typed_sum(words, self.country)
        self.said_with = typed.currency
        return self._figures.clean(f"{typed.amount:f}")
