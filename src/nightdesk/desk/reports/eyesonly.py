"""Reports marked eyes only: their words sealed to chosen members, and out of everything the desk shares.

A report can be marked while nothing was made of its words: a claim, a paragraph or the record would say them
on. Marked, it has no text, no claim, no place among the accounts that are compared and no term in the index.
Belongs here: mark, open, unmark, and what taking a clearance back does. Does not belong here: sealing
(sources/sealing.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk.claims.corroborating import beside, compare, compare_again
from nightdesk.desk.claims.judging import silence
from nightdesk.desk.claims.models import Claim, Event
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports.models import Report, SealedWords
from nightdesk.desk.search import documents as search
from nightdesk.desk.sources import keeping
from nightdesk.desk.sources.sealing import Holder, Opened, Thing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member
    from nightdesk.seal.members import MemberKey


@transaction.atomic
def mark(member: Member, key: MemberKey | None, report: Report, members: Iterable[int]) -> None:
    """Seals the words to these members of those cleared for the source, and takes them from everywhere else."""
    _cleared(member, report.source)
    keeping.own_key(member, key)
    report = Report.objects.select_related("source").get(pk=report.pk)
    if report.eyes_only:
        raise DeskError(_("This report is eyes only already."), _("Open it; nothing was changed."))
    able, wanted = keeping.able(report.source), set(members)
    people = [Holder(pk, able[pk]) for pk in sorted(wanted & set(able))]
    if member.pk not in wanted or len(people) != len(wanted):
        raise DeskError(
            _("Choose yourself, and members who are cleared for this source and have a key."),
            _("A member gets a key at his or her next sign-in. Nothing was changed."),
        )
    if Claim.objects.filter(account__report=report).exists():
        raise DeskError(
            _("Claims were made from this report: they say its words on."),
            _(
                "Remove the claims first. What a story, the record or readers have of them cannot be taken "
                "back by this mark."
            ),
        )
    for term in report.own_terms.all():  # they say its words on, to every reader
        record(term, "teach", member, "gone with the words", counted=False)
        term.delete()
    row = SealedWords(report=report, version=0)
    keeping.put(row, _thing(report), {"text": report.text}, people)
    with search.changing("report", pk=report.pk):
        report.text, report.eyes_only = "", True
        report.save(update_fields=["text", "eyes_only"])
    record(report, "mark eyes only", member)
    silence(member, list(report.accounts.values_list("pk", flat=True)))
    _leave_the_accounts(member, report)


@transaction.atomic
def open_words(member: Member, key: MemberKey | None, report: Report) -> tuple[str, bool]:
    """The words, with the member's own key, and whether their key was made anew on the way."""
    _cleared(member, report.source)
    row = _row(report)
    opened = keeping.open_alone(row, _thing(report), member, key)
    people = keeping.still_hold(row, opened, report.source)
    rotated = row.to_rotate or {one.pk for one in people} != holders(row)
    if rotated:
        keeping.put(row, _thing(report), opened.said, people)
    record(report, "open eyes only", member)
    return _text(opened), rotated


@transaction.atomic
def unmark(member: Member, key: MemberKey | None, report: Report) -> None:
    """The words come back: into the report, the index and what is compared."""
    _cleared(member, report.source)
    row = _row(report)
    opened = keeping.open_alone(row, _thing(report), member, key)
    report = Report.objects.get(pk=report.pk)
    with search.changing("report", pk=report.pk):
        report.text, report.eyes_only = _text(opened), False
        report.save(update_fields=["text", "eyes_only"])
    row.delete()
    record(report, "unmark eyes only", member)
    compare(member)


def take(member: Member, key: MemberKey | None, source: Source, other: Member, *, lose: bool = False) -> None:
    """Part of taking a clearance back: every report of the source that was sealed to `other` is so no more."""
    rows = sealed_to(other).filter(report__source=source).select_related("report")
    for row in list(rows):
        left = _left(row, source, other)
        if not left and not lose:
            raise keeping.nobody_left(other)
        row.keys.filter(member=other).delete()
        SealedWords.objects.filter(pk=row.pk).update(to_rotate=True)
        record(row.report, "unclear", member, counted=False)
        if left:
            keeping.rotate(row, _thing(row.report), member, key, source, other)


def sealed_to(other: Member) -> QuerySet[SealedWords]:
    """What this member opens: for taking away, never for showing."""
    return SealedWords.objects.filter(keys__member=other)


def lost_with(other: Member) -> set[int]:
    """The sources of which a report could be opened by nobody any more without this member."""
    rows = sealed_to(other).select_related("report__source")
    return {row.report.source_id for row in rows if not _left(row, row.report.source, other)}


def _left(row: SealedWords, source: Source, other: Member) -> set[int]:
    return (holders(row) & set(keeping.able(source))) - {other.pk}


def holders(row: SealedWords) -> set[int]:
    """The members it is sealed to."""
    return set(row.keys.values_list("member", flat=True))


def _thing(report: Report) -> Thing:
    return Thing("report", report.pk)


def _row(report: Report) -> SealedWords:
    row = SealedWords.objects.filter(report=report).first()
    if row is None:
        raise DeskError(_("This report is not eyes only."), _("Its words stand on its page."))
    return row


def _text(opened: Opened) -> str:
    text = opened.said.get("text")
    if not isinstance(text, str):
        raise keeping.closed()
    return text


def _cleared(member: Member, source: Source) -> None:
    if not source.clears(member):
        raise NotAllowed(
            _("Only members cleared for this very source seal its reports."),
            _("Ask an editor to clear you; nothing was changed."),
        )


def _leave_the_accounts(member: Member, report: Report) -> None:
    """What comparing wrote of these words goes too: events and links quote them."""
    events = list(report.accounts.exclude(event=None).values_list("event", flat=True))
    together = beside(report.accounts.values_list("pk", flat=True))
    report.accounts.update(event=None)
    compare_again(member, together)
    empty = Event.objects.filter(pk__in=events, accounts=None)
    empty.update(independent_origins=0, at_least=0, title="", why="", ask="", why_parts=[], ask_parts=[])
