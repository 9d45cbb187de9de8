"""The one screen of the search: a field, sources called so, kinds with their counts, results newest first or by relevance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from nightdesk.desk.asked import numeral
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.search import finding, pace
from nightdesk.desk.search.finding import Found
from nightdesk.desk.search.showing import SHOWN, Result
from nightdesk.desk.search.terms import MOST_TYPED, Needle, needles
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.roles import needs

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

A_PAGE = 20
MOST_CALLED = 10  # sources called so that are shown above the results
LABELS = {"report": _("Reports"), "claim": _("Claims"), "edition": _("Stories")}
# Rows come by their keys: the day a source spoke is another one, and has no part in the order.
NEWEST = {
    "report": _("newest opened first"), "claim": _("newest claim first"), "edition": _("newest edition first"),
}  # fmt: skip
REPORT_OF: dict[str, Callable[[Any], Report | None]] = {
    "report": lambda row: row, "claim": lambda row: row.account.report, "edition": lambda row: None,
}  # fmt: skip
BESIDE = {
    "report": ("source",), "claim": ("account__report__source",), "edition": ("story",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind of document with how many were found."""

    kind: str
    count: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of results, and where the next and the first begin."""

    results: list[Result]
    older: int | None = None
    number: int = 1
    pages: int = 1


@require_GET
@needs("search")
def results(request: HttpRequest) -> HttpResponse:
    """What holds the typed words, among what this member may see."""
    member, typed = member_of(request), request.GET.get("q", "").strip()[:MOST_TYPED]
    sought = needles(typed)
    relevant = request.GET.get("order") == "relevance"
    known: dict[str, Any] = {
        "q": typed, "sought": bool(sought), "longest": MOST_TYPED, "relevant": relevant,
        "kinds": finding.kinds_of(member), "ranked": finding.RANKED,
    }  # fmt: skip
    if typed:
        with pace.even(member):
            known["called"] = _called(member, typed)
            known |= _found(request, member, sought, relevant) if sought else {}
    return render(request, "search/results.html", known)


def _called(member: Member, typed: str) -> list[Source]:
    """Sources called so among those this member sees: pseudonyms are in no index, and there are few."""
    named = Source.objects.visible_to(member).filter(pseudonym__icontains=typed)
    return list(named.only("pseudonym").order_by("pseudonym")[:MOST_CALLED])


def _found(request: HttpRequest, member: Member, sought: Sequence[Needle], relevant: bool) -> dict[str, Any]:
    """Every kind counted, one shown: the chosen one, else the first that has something."""
    kinds = finding.kinds_of(member)
    counts = {kind: finding.newest(member, kind, sought) for kind in kinds}
    filled = [kind for kind in kinds if counts[kind].pks or counts[kind].more]
    chosen = request.GET.get("kind")
    kind = chosen if chosen in kinds else (filled or kinds)[0]
    page = _ranked if relevant else _newest
    return {
        "tabs": [(Tab(each, _count(counts[each])), LABELS[each]) for each in kinds],
        "kind": kind, "newest": NEWEST[kind], "page": page(request, member, kind, sought), "any": bool(filled),
    }  # fmt: skip


def _count(found: Found) -> str:
    return f"{len(found.pks)}+" if found.more else str(len(found.pks))


def _newest(request: HttpRequest, member: Member, kind: str, sought: Sequence[Needle]) -> Page:
    below = numeral(request.GET.get("below"))
    found = finding.newest(member, kind, sought, A_PAGE, below)
    return Page(_shown(member, kind, found.pks, sought), found.below)


def _ranked(request: HttpRequest, member: Member, kind: str, sought: Sequence[Needle]) -> Page:
    pks = finding.relevant(member, kind, sought).pks
    pages = max(1, -(-len(pks) // A_PAGE))
    number = min(pages, max(1, numeral(request.GET.get("page")) or 1))
    shown = pks[(number - 1) * A_PAGE : number * A_PAGE]
    return Page(_shown(member, kind, shown, sought), None, number, pages)


def _shown(member: Member, kind: str, pks: Sequence[int], sought: Sequence[Needle]) -> list[Result]:
    rows = finding.shown(member, kind, pks, *BESIDE[kind])
    tell_apart(member, filter(None, map(REPORT_OF[kind], rows)))
    return [SHOWN[kind](member, row, sought) for row in rows]
