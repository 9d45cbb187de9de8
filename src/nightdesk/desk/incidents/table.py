"""The record as a table: chosen acts with their sums in dollars, counts by month, and what they cannot say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Coalesce, Substr
from django.http import QueryDict
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from nightdesk.desk.asked import numeral
from nightdesk.desk.incidents.models import Act, ActQuerySet
from nightdesk.desk.reports.counting import by_month
from nightdesk.desk.stories import rates
from nightdesk.desk.stories.models import MarketRate
from nightdesk.incidents.months import MonthTable, month_table, seasonality_note
from nightdesk.values.money import Money, convert, round_significant
from nightdesk.values.places import ancestors, gazetteer

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

SHADES = 4  # classes of the heat table; the count stands in every cell, the shade only helps the eye
COLUMNS = (
    "id", "act", "status", "place", "earliest", "latest", "edtf", "actor", "party", "amount", "currency",
    "sum_role", "usd", "campaign",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One act with its sum in US dollars of its day, where a rate is known."""

    act: Act
    usd: Decimal | None


@dataclass(frozen=True, slots=True)
class Year:
    """One line of the heat table: twelve cells of (count, shade, spread over months, effort or None)."""

    year: int
    cells: list[tuple[int, int, int, int | None]]
    total: int


class Bounds(NamedTuple):
    """The first and last day something may have been: all that counting by month wants."""

    earliest: date | None
    latest: date | None


def chosen(member: Member, asked: QueryDict) -> ActQuerySet:
    """The acts the member may see and asked for: act, place (with what lies in it), status, year, campaign.

    The rule is incidents.record.filter_acts, asked of every row at once; a test holds the two together.
    """
    acts = Act.objects.visible_to(member)
    for name in ("act", "status"):
        if wanted := asked.get(name):
            acts = acts.filter(**{name: wanted})  # an unknown one fits nothing
    if (campaign := numeral(asked.get("campaign"))) is not None:
        acts = acts.filter(campaign=campaign)
    if place := asked.get("place"):
        acts = acts.filter(place__in=[place, *(key for key in gazetteer() if place in ancestors(key))])
    return _of_year(acts, numeral(asked.get("year")))


def _of_year(acts: ActQuerySet, year: int | None) -> ActQuerySet:
    """Any day between the bounds may lie in the year; an act without any bound lies in none."""
    if year is None:
        return acts
    if not date.min.year <= year <= date.max.year:
        return acts.none()
    first, last = Coalesce("earliest", "latest"), Coalesce("latest", "earliest")
    acts = acts.alias(first=first, last=last)
    return acts.filter(first__lte=date(year, 12, 31), last__gte=date(year, 1, 1))


def with_dollars(acts: Iterable[Act]) -> list[Row]:
    """Each act with its sum in dollars at the rate of its last day; one query for the desk's own rates."""
    market = list(MarketRate.objects.order_by("on", "pk"))
    return [Row(act, _dollars(act, market)) for act in acts]


def _dollars(act: Act, market: list[MarketRate]) -> Decimal | None:
    day = act.latest or act.earliest
    if act.amount is None or not act.currency or day is None:
        return None
    if act.currency == rates.TO:
        return act.amount
    rate = rates.bank_rate(act.currency, day) or _market(act.currency, day, market)
    if rate is None:
        return None
    return round_significant(convert(Money(act.amount, act.currency), rate).amount, 2)


def _market(currency: str, day: date, market: list[MarketRate]):
    fitting = [row for row in market if row.currency == currency and row.on <= day]
    return rates.market_rate(fitting[-1]) if fitting else None


def months(member: Member, acts: ActQuerySet) -> MonthTable:
    """Counts by month, with the reports per month beside them for members who may see reports at all."""
    effort = by_month(member) if member.sees("reports") else None
    counted = acts.order_by().values_list(_month("earliest"), _month("latest")).annotate(n=Count("pk"))
    return month_table({Bounds(_first(one), _first(other)): n for one, other, n in counted}, effort)


def _month(name: str) -> Substr:
    """YYYY-MM of a day, told apart in the database: it holds thousands of days."""
    return Substr(Cast(name, CharField()), 1, 7)


def _first(month: str | None) -> date | None:
    return date.fromisoformat(f"{month}-01") if month else None


def heat(table: MonthTable) -> list[Year]:
    """The lines of the heat table, newest year first."""
    most = max(table.counts.values(), default=0)
    return [_year(table, year, most) for year in reversed(table.years)]


def _year(table: MonthTable, year: int, most: int) -> Year:
    cells = []
    for month, count in enumerate(table.row(year), start=1):
        shade = -(-count * SHADES // most) if most else 0
        effort = table.effort.get((year, month), 0) if table.effort else None
        cells.append((count, shade, table.spread.get((year, month), 0), effort))
    return Year(year, cells, sum(table.row(year)))


def month_names() -> list[str]:
    """January to December, short, in the language of the page."""
    return [str(MONTHS_3[month]) for month in range(1, 13)]


def note(table: MonthTable) -> str:
    """What may be said of a season, in words."""
    return {
        "cannot_tell_years": _("Cannot tell whether there is a season: fewer than five years are counted."),
        "cannot_tell_acts": _("Cannot tell whether there is a season: fewer than sixty acts are counted."),
        "cannot_tell_effort": _(
            "Cannot tell whether there is a season: months with many acts may only be months with many reports."
        ),
        "compare_with_effort": _("Compare with the reports of each month before you speak of a season."),
    }[seasonality_note(table)]


def to_csv(rows: Iterable[Row]) -> str:
    """The rows as CSV, codes and ISO dates, no words a spreadsheet would run as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(_fields(row))
    return out.getvalue()


def _fields(row: Row) -> Mapping[str, Any]:
    act = row.act
    return {
        "id": act.public_id, "act": act.act, "status": act.status, "place": act.place,
        "earliest": act.earliest or "", "latest": act.latest or "", "edtf": act.edtf,
        "actor": _inert(act.actor), "party": _inert(act.party),
        "amount": "" if act.amount is None else f"{act.amount.normalize():f}", "currency": act.currency,
        "sum_role": act.sum_role, "usd": "" if row.usd is None else f"{row.usd:f}",
        "campaign": _inert(act.campaign.title) if act.campaign else "",
    }  # fmt: skip


def _inert(words: str) -> str:
    """Words that begin like a formula get an apostrophe, as spreadsheets themselves do."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
