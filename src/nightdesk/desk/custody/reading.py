"""Reading custody logs, and whether they are as they were written.

Belongs here: opening entries, following chains. Does not belong here: writing (actions.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Model

from nightdesk.desk.custody.actions import has_sealed_log, subject_of
from nightdesk.desk.custody.chain import digest_of, unseal_facts
from nightdesk.desk.custody.models import CustodyEntry

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, opened."""

    pk: int
    verb: str
    member: int | None
    at: datetime
    note: str
    digest: str
    who: str = ""


def lines(subject: str, **only: Any) -> list[Line]:
    """The entries of a subject, opened, oldest first."""
    return [_line(entry) for entry in CustodyEntry.objects.filter(subject=subject, **only).order_by("pk")]


def _line(entry: CustodyEntry) -> Line:
    if not entry.sealed:
        assert entry.at is not None  # only sealed entries have it elsewhere
        return Line(entry.pk, entry.verb, entry.member_id, entry.at, entry.note, entry.digest)
    who, at, note = unseal_facts(entry)
    return Line(entry.pk, entry.verb, who, datetime.fromisoformat(at), note, entry.digest)


def log_of(row: Model) -> list[Line]:
    """The whole log of a row, with names: two queries."""
    from nightdesk.desk.staff.models import Member

    found = lines(subject_of(row))
    names = Member.objects.in_bulk({line.member for line in found if line.member})
    return [_named(line, names) for line in found]


def _named(line: Line, names: dict[Any, Member]) -> Line:
    who = str(names.get(line.member, "")) if line.member else ""
    return Line(line.pk, line.verb, line.member, line.at, line.note, line.digest, who)


def did_today(row: Model, verb: str, member: Member, day: date) -> bool:
    """Whether the member's own entry of this verb stands in the log of that day already."""
    return any(
        line.member == member.pk and line.at.date() == day for line in lines(subject_of(row), verb=verb)
    )


def broken_link(row: Model) -> CustodyEntry | None:
    """The first entry of the row's chain that does not follow from the one before, or None."""
    return broken_chain(subject_of(row))


def broken_chain(subject: str) -> CustodyEntry | None:
    """The same for a subject by name: `nightdesk desk check` asks every one of them."""
    previous = ""
    for entry in CustodyEntry.objects.filter(subject=subject).order_by("pk"):
        if entry.previous != previous or entry.digest != digest_of(entry, previous):
            return entry
        previous = entry.digest
    return None


def is_cut(row: Any) -> bool:
    """Whether the newest entries of a report's log, or all of them, are gone."""
    if not has_sealed_log(row):
        return False
    entries = CustodyEntry.objects.filter(subject=subject_of(row)).order_by("-pk")
    newest = entries.first()
    return list(row.custody or (0, "")) != [entries.count(), newest.digest if newest else ""]


def cut_logs() -> Iterator[str]:
    """The subjects of every report whose log is not as long, or does not end, as the report says."""
    from nightdesk.desk.reports.models import Report

    ends = CustodyEntry.objects.filter(subject__startswith="report:").order_by().values("subject")
    last = {row["subject"]: (row["n"], row["last"]) for row in ends.annotate(n=Count("pk"), last=Max("pk"))}
    wanted = {pk for _n, pk in last.values()}
    digests = {
        pk: digest
        for pk, digest in CustodyEntry.objects.filter(subject__startswith="report:").values_list("pk", "digest").iterator()
        if pk in wanted
    }  # fmt: skip
    for report in Report.objects.order_by("pk").only("custody", "seal_token").iterator(chunk_size=1000):
        count, pk = last.get(subject_of(report), (0, 0))
        if list(report.custody or (0, "")) != [count, digests.get(pk, "")]:
            yield subject_of(report)
