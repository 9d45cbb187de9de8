"""A span's value in one short line, and why words stayed unread, in the language of the page.

Belongs here: saying values. Does not belong here: reading them (nightdesk.reading), marking them
(reading.py). Codes and sums look the same in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from nightdesk.desk.screen import place_name
from nightdesk.reading.formations import in_korean
from nightdesk.reading.tables import table
from nightdesk.values.dates import span
from nightdesk.values.house import house_date

Value = Mapping[str, Any]
_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_EVERY = {
    "P1D": gettext_lazy("every day"), "P1W": gettext_lazy("every week"),
    "P1M": gettext_lazy("every month"), "P1Y": gettext_lazy("every year"),
}  # fmt: skip
_CONTACTS = {"told": gettext_lazy("told"), "call": gettext_lazy("call")}
# Why a place was chosen among several, or taken for lying in a town.
_BECAUSE: dict[str, Promise] = {
    r"the town named before it": gettext_lazy("the town named before it"),
    r"the place it lies in stands before it": gettext_lazy("the place it lies in stands before it"),
    r"a place around it was named before": gettext_lazy("a place around it was named before"),
    r"the report is of (?P<x>.+)": gettext_lazy("the report is of %(x)s"),
    r"the first in the table": gettext_lazy("the first in the table"),
}
# The reasons of nightdesk.reading, word for word; `x` is what differs.
_WHY: dict[str, Promise] = {
    r"a number too long to be one": gettext_lazy("a number too long to be one"),
    r"a number that no rule explains": gettext_lazy("a number that no rule explains"),
    r"a number in words that no rule explains": gettext_lazy("a number in words that no rule explains"),
    r"a number without bounds": gettext_lazy("a number without bounds"),
    r"a name nobody has listed": gettext_lazy("a name nobody has listed"),
    r"a name in quotation marks that nobody has listed": gettext_lazy(
        "a name in quotation marks that nobody has listed"
    ),
    r"a place nobody has listed": gettext_lazy("a place nobody has listed"),
    r"perhaps somebody's name": gettext_lazy("perhaps somebody's name"),
    r"a quotation that does not end": gettext_lazy("a quotation that does not end"),
    r"further away than the calendar reaches": gettext_lazy("further away than the calendar reaches"),
    r"counted from the day of the contact, which is not known": gettext_lazy(
        "counted from the day of the contact, which is not known"
    ),
    r"there is no day (?P<x>.+)": gettext_lazy("there is no day %(x)s"),
    r"there is no month (?P<x>.+)": gettext_lazy("there is no month %(x)s"),
    r"no month has a day (?P<x>.+)": gettext_lazy("no month has a day %(x)s"),
    r"the month has no week (?P<x>.+)": gettext_lazy("the month has no week %(x)s"),
    r"the month has no (?P<x>.+) such days": gettext_lazy("the month has no %(x)s such days"),
    r"the year (?P<x>.+) is outside the calendar": gettext_lazy("the year %(x)s is outside the calendar"),
    r"the year has no week (?P<x>.+)": gettext_lazy("the year has no week %(x)s"),
    r"there is no such day in it": gettext_lazy("there is no such day in it"),
    r"the table of feasts has no year (?P<x>.+)": gettext_lazy("the table of feasts has no year %(x)s"),
    r"the table of lunar dates has no year (?P<x>.+)": gettext_lazy(
        "the table of lunar dates has no year %(x)s"
    ),
}


def value_words(kind: str, value: Value) -> str:
    """One short line: 'CNY 20,000', '4–10 December 2023', 'Hoeryong (KP-09)'. '' says nothing."""
    say = _SAY.get(kind)
    return say(value) if say else ""


def why_words(why: str) -> str:
    """Why words stayed unread; as the reader says it where the table has no other way."""
    return _said(_WHY, why)


def _said(table_: Mapping[str, Promise], why: str) -> str:
    for pattern, said in table_.items():
        if found := re.fullmatch(pattern, why):
            return str(said) % found.groupdict()
    return why


def _korean() -> bool:
    return get_language() == "ko"


def _sum(value: Value) -> str:
    said = f"{value['currency']} {_range(value, 'amount')}"
    return said + (f" / {_per(value['per'])}" if value.get("per") else "") + _of(value, "good", " · ")


def _per(per: Any) -> str:
    if not isinstance(per, Mapping):
        return str(per)
    return " ".join(str(per[name]) for name in ("currency", "amount", "unit") if per.get(name) is not None)


def _range(value: Value, name: str) -> str:
    ends = [value[end] for end in (name, f"{name}_high") if value.get(end) is not None]
    return " – ".join(_grouped(end) for end in ends)


def _grouped(amount: object) -> str:
    try:
        return f"{Decimal(str(amount)):,f}"
    except InvalidOperation:
        return str(amount)


def _of(value: Value, name: str, before: str) -> str:
    """What is counted or sold: a listed good in the page's language, other words as told."""
    of = str(value.get(name) or "")
    good = table("goods").get(of)
    return before + (good["ko"][0] if good and _korean() else of) if of else ""


def _days(value: Value) -> str:
    earliest, latest = value.get("earliest"), value.get("latest")
    if earliest and latest:
        days = span(date.fromisoformat(earliest), date.fromisoformat(latest))
        return house_date(days, "ko" if _korean() else "en")
    return _stretch(earliest, latest)


def _time(value: Value) -> str:
    if value.get("at"):
        return str(value["at"])
    return _stretch(value.get("from"), value.get("to"))


def _stretch(start: Any, end: Any) -> str:
    """From one day or hour to another; of two ends at least one is known."""
    if start and end:
        return f"{start} – {end}"
    if start:
        return pgettext("a stretch of days or hours", "from %(start)s") % {"start": start}
    return pgettext("a stretch of days or hours", "until %(end)s") % {"end": end}


def _length(value: Value) -> str:
    return " – ".join(_long(str(value[name])) for name in ("iso8601", "longest") if value.get(name))


def _long(iso: str) -> str:
    """PT24H as '24 hours'; what is no whole length stays as it is."""
    found = _LENGTH.fullmatch(iso)
    if not found:
        return iso
    years, months, weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups())
    said = [
        (years, ngettext("%(n)s year", "%(n)s years", years)),
        (months, ngettext("%(n)s month", "%(n)s months", months)),
        (weeks, ngettext("%(n)s week", "%(n)s weeks", weeks)),
        (days, ngettext("%(n)s day", "%(n)s days", days)),
        (hours, ngettext("%(n)s hour", "%(n)s hours", hours)),
        (minutes, ngettext("%(n)s minute", "%(n)s minutes", minutes)),
        (seconds, ngettext("%(n)s second", "%(n)s seconds", seconds)),
    ]
    return " ".join(words % {"n": n} for n, words in said if n) or iso


def _often(value: Value) -> str:
    every = str(value.get("every", ""))
    said = [str(_EVERY.get(every) or _("once in %(length)s") % {"length": _long(every)})]
    said += [f"× {value['times']}"] if value.get("times") else []
    said += [str(MONTHS[int(value["month"])])] if value.get("month") else []
    said += [str(WEEKDAYS[int(value["weekday"]) - 1])] if value.get("weekday") else []
    said += [_("day %(n)s") % {"n": value["day"]}] if value.get("day") else []
    if value.get("from"):
        said.append(
            " – ".join(str(value[end]).removeprefix("--") for end in ("from", "to") if value.get(end))
        )
    return ", ".join(said)


def _place(value: Value) -> str:
    name = place_name(value["key"]) if value.get("key") else str(value["name"])
    around = place_name(value["parent"]) if value.get("parent") else ""
    code = value.get("iso3166_2")
    said = (f"{around} {name}" if _korean() and around else name) + (f" ({code})" if code else "")
    return said + (f" · {_said(_BECAUSE, value['because'])}" if value.get("because") else "")


def _quotation(value: Value) -> str:
    """Who says it, before the words."""
    speaker = f"{value['speaker']}: " if value.get("speaker") else ""
    return speaker + str(value.get("words", ""))


def office(value: Value) -> str:
    """A unit in the page's language, with its place."""
    if _korean() and value.get("office") == "formation":
        return in_korean(str(value["unit"]))
    known = table("offices")["offices"].get(value.get("office"))
    if not _korean() or not known:
        return str(value["unit"])
    return str(known["ko"][0]) + (f" ({place_name(value['place'])})" if value.get("place") else "")


def _quantity(value: Value) -> str:
    if "count" in value:
        return _range(value, "count") + (f" ({_of(value, 'of', '')})" if value.get("of") else "")
    return f"{_range(value, 'amount')} {value.get('unit', '')}{_of(value, 'of', ' ')}"


def _person(value: Value) -> str:
    """A name; without one, on an English page, the work or the family tie. In Korean the words themselves say it best."""
    if value.get("name"):
        return str(value["name"])
    return "" if _korean() else str(value.get("role") or value.get("kin") or "").replace("_", " ")


def _contact(value: Value) -> str:
    said = value.get("contact")
    return str(_CONTACTS.get(str(said), said or ""))


_SAY: dict[str, Callable[[Value], str]] = {
    "money": _sum, "date": _days, "time": _time, "duration": _length, "recurrence": _often,
    "place": _place, "organisation": office, "quantity": _quantity, "contact": _contact,
    "quotation": _quotation,
    "person": _person,
}  # fmt: skip
