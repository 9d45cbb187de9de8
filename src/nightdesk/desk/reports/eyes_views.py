"""A report marked eyes only: its words behind a button, in one answer, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nightdesk.desk import clock
from nightdesk.desk.asked import numeral
from nightdesk.desk.care.retention import kept
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.replies.showing import replies_of
from nightdesk.desk.reports import eyesonly
from nightdesk.desk.reports.models import Report
from nightdesk.desk.reports.naming import tell_apart
from nightdesk.desk.reports.reading import NAMES
from nightdesk.desk.staff import held
from nightdesk.desk.staff.asking import member_of
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import needs

if TYPE_CHECKING:
    from nightdesk.seal.members import MemberKey


@dataclass(frozen=True, slots=True)
class MaySeal:
    """What the form for marking needs."""

    people: list[Member]
    ready: bool
    claimed: bool


def people_of(member: Member, report: Report, key: MemberKey | None) -> MaySeal | None:
    """Whom a report could be sealed to; None for who is not cleared for its source."""
    people = list(report.source.cleared.filter(is_active=True).order_by("username"))
    if member not in people:
        return None
    ready = key is not None and key.public == bytes(member.public_key)
    return MaySeal(people, ready, Claim.objects.filter(account__report=report).exists())


def closed(
    request: HttpRequest, report: Report, words: str | None = None, *, rotated: bool = False
) -> HttpResponse:
    """The page of such a report, with its words or without."""
    member, key = member_of(request), held.of(request)
    sealed_to = eyesonly.holders(report.sealed_words)
    known = {
        "report": report, "words": words, "rotated": rotated,
        "people": Member.objects.filter(pk__in=sealed_to).order_by("username"),
        "ready": key is not None and key.public == bytes(member.public_key),
        "replies": replies_of(member, report), "kept": kept(report, clock.today()), "lang_name": NAMES.get(report.lang, report.lang),
    }  # fmt: skip
    tell_apart(member, [report])
    return render(request, "reports/eyes_only.html", known)


def _found(request: HttpRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(member_of(request))
    return get_object_or_404(visible.select_related("source", "relay", "teller_confirmed_by"), pk=pk)


@require_POST
@needs("read")
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Seals the words to the chosen members."""
    found = _found(request, pk)
    members = [at for said in request.POST.getlist("member") if (at := numeral(said)) is not None]
    eyesonly.mark(member_of(request), held.of(request), found, members)
    messages.success(request, _("The words are sealed, and out of everything the desk shares."))
    return redirect(found)


@require_POST
@needs("read")
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the words in the answer to a button."""
    found = _found(request, pk)
    words, rotated = eyesonly.open_words(member_of(request), held.of(request), found)
    return closed(request, found, words, rotated=rotated)


@require_POST
@needs("read")
def unmark(request: HttpRequest, pk: int) -> HttpResponse:
    """The words come back."""
    found = _found(request, pk)
    eyesonly.unmark(member_of(request), held.of(request), found)
    messages.success(request, _("The words are back: everybody who may see this source reads them again."))
    return redirect(found)
