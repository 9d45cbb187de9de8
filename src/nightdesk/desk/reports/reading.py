"""What was read in a report, as marks with a note in plain words.

Belongs here: saying a span's value. Does not belong here: reading (nightdesk.reading), pieces of
text (segments.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.segments import Mark
from nightdesk.reading import read
from nightdesk.reading.model import Reading, ReadingError
from nightdesk.values.languages import language

KINDS = {
    "money": gettext_lazy("money"), "date": gettext_lazy("day"), "time": gettext_lazy("time of day"),
    "duration": gettext_lazy("how long"), "recurrence": gettext_lazy("how often"),
    "place": gettext_lazy("place"), "organisation": gettext_lazy("unit"), "person": gettext_lazy("person"),
    "quantity": gettext_lazy("quantity"), "quotation": gettext_lazy("quotation"),
    "contact": gettext_lazy("contact"), "unread": gettext_lazy("not read"),
}  # fmt: skip


def reading_of(report: Report) -> Reading:
    """Everything the words say in values. A text that cannot be read has no spans, and says so as a whole."""
    try:
        return read(report.text, language(report.lang), report.contact_on, report.country)
    except ReadingError as error:
        from nightdesk.reading.model import Unread

        return Reading(report.lang, (), (Unread(0, len(report.text), report.text, str(error)),))


def marks_of(reading: Reading) -> list[Mark]:
    """Spans and unread words as marks, numbered in the order they stand in."""
    found = [Mark(s.start, s.end, s.kind, value_words(s.value) or s.words) for s in reading.spans]
    found += [Mark(u.start, u.end, "unread", u.why) for u in reading.unread]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    return [Mark(m.start, m.end, m.kind, m.note, number) for number, m in enumerate(found, 1)]


def value_words(value: Mapping[str, Any]) -> str:
    """A span's value in one short line: 'CNY 20,000', '2023-12-04 – 2023-12-10', 'Hoeryong (KP-09)'."""
    if "currency" in value:
        return _sum(value)
    if "earliest" in value or "latest" in value:
        return _days(value)
    if "count" in value:
        return " ".join(str(value[name]) for name in ("count", "of") if value.get(name) is not None)
    if "unit" in value:
        return str(value["unit"])
    if "name" in value:
        code = value.get("iso3166_2")
        return f"{value['name']} ({code})" if code else str(value["name"])
    return ", ".join(str(each) for each in value.values() if isinstance(each, str | int | float | Decimal))


def _sum(value: Mapping[str, Any]) -> str:
    sums = [value[name] for name in ("amount", "low", "high") if value.get(name) is not None]
    return f"{value['currency']} " + " – ".join(_grouped(each) for each in sums)


def _grouped(amount: object) -> str:
    try:
        return f"{Decimal(str(amount)):,f}"
    except InvalidOperation:
        return str(amount)


def _days(value: Mapping[str, Any]) -> str:
    earliest, latest = value.get("earliest"), value.get("latest")
    if earliest == latest:
        return str(earliest)
    return f"{earliest or _('open')} – {latest or _('open')}"
