"""Purging: what one source told, or one report, is destroyed. Two people, one transaction, and an honest word.

Ask, look at what it would take, and a second editor confirms. The rows go in one transaction: terms leave
the search index first, while the words can still be read; then the rows; then the key. What lies in files
follows after the commit and is finished at the next start when the power goes in between. Belongs here:
those verbs. Does not belong here: names in drafts (naming.py), what stays public (kept_public.py).
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.care import kept_public, naming
from nightdesk.desk.care.models import Consent, Danger, KeepUntil, Purge
from nightdesk.desk.care.said import reason_of
from nightdesk.desk.claims.corroborating import reassess
from nightdesk.desk.claims.models import Account, Claim, Judgement
from nightdesk.desk.courier import parcels
from nightdesk.desk.custody.actions import record
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.releases import holds, scheduling
from nightdesk.desk.releases.models import HoldUntil, Scheduled
from nightdesk.desk.releases.previews import remove_all
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.review.models import Finding
from nightdesk.desk.search.documents import changing
from nightdesk.desk.sourcekeys import sealing
from nightdesk.desk.sourcekeys.models import SourceKey
from nightdesk.desk.sources.models import Card, Contact, Relay, Source
from nightdesk.desk.staff import two
from nightdesk.desk.staff.models import Member, SignedIn
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import settling
from nightdesk.desk.stories.photos import forget_taken

log = logging.getLogger("nightdesk.care")
NAMES_IN = "names: "  # how a count of names is told from a count of rows in Purge.taken
LEFT_IN = "left: "  # the same of names that could not be taken out
WAIT = 1000  # milliseconds: nobody writes while the journal waits for its readers
SCHEDULED = "scheduled releases"
HELD = "held stories"
LOT = 500  # custody entries taken at once: a database allows so many values in one question


@dataclass(frozen=True, slots=True)
class Found:
    """What a purge would take: class -> how many rows; names in drafts, and where they stay; what stays public."""

    rows: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    stories: int = 0
    public_acts: int = 0
    public_stories: int = 0


def waiting(row: Source | Report) -> Purge | None:
    """The purge of this row that waits for its second person."""
    whose = {"source": row, "whole": True} if isinstance(row, Source) else {"report": row, "whole": False}
    found = Purge.objects.filter(**whose, confirmed_at=None, kept_at=None)
    return found.select_related("asked_by", "source", "report").first()


def look(row: Source | Report, names: list[str]) -> Found:
    """What is there, before anybody confirms. Reads only."""
    claims = claims_of(row)
    stories = set(kept_public.stories_on(claims).values_list("pk", flat=True))
    falls = _falling(_stories(row, names))
    return Found(
        {**rows_of(row), **falls}, naming.count(names), naming.left(names),
        len(stories), len(kept_public.public_acts(claims)), kept_public.released(stories),
    )  # fmt: skip


def _falling(stories: set[int]) -> dict[str, int]:
    """What would be taken off of these stories: releases that wait for an hour, holds until a day."""
    counted = {
        SCHEDULED: Scheduled.objects.filter(story__in=stories).count(),
        HELD: HoldUntil.objects.standing().filter(story__in=stories).count(),
    }
    return {label: number for label, number in counted.items() if number}


def _stories(row: Source | Report, names: list[str]) -> set[int]:
    """The stories a purge changes: they rest on it, show a sum of it, or hold a name."""
    touched = kept_public.stories_on(claims_of(row)).values_list("pk", flat=True)
    sums = claims_of(row).exclude(amount=None).only("pk", "amount")
    return {*touched, *naming.stories_holding(names), *kept_public.stories_with_chips(sums)}


def rows_of(row: Source | Report) -> dict[str, int]:
    """Class -> how many rows go."""
    reports, claims = told(row), claims_of(row)
    counted: dict[str, int] = {
        "reports": reports.count(), "claims": claims.count(),
        "arrivals": Arrival.objects.filter(report__in=reports).count(),
        "own words": OwnTerm.objects.filter(report__in=reports).count(),
        "replies": Reply.objects.filter(report__in=reports).count(),
        "judgements": judgements_of(row).count(),
        "custody entries": _count_log(_subjects(row)),
    }  # fmt: skip
    if isinstance(row, Source):
        for label, model in (("contacts", Contact), ("dangers", Danger), ("consents", Consent)):
            counted[label] = model.objects.filter(source=row).count()
        counted["cards"] = int(bool(row.old_card) or Card.objects.filter(source=row).exists())
        counted["clearances"] = row.cleared.count()
    counted["relays"] = lone_relays(row).count()
    counted["dates"] = _dates(row).count()
    return {label: number for label, number in counted.items() if number}


def told(row: Source | Report) -> QuerySet[Report]:
    """The reports that go."""
    whose = {"source": row} if isinstance(row, Source) else {"pk": row.pk}
    return Report.objects.filter(**whose)


def claims_of(row: Source | Report) -> QuerySet[Claim]:
    """The claims that go."""
    return Claim.objects.filter(account__report__in=told(row))


def judgements_of(row: Source | Report) -> QuerySet[Judgement]:
    """What people decided about an account that goes, whichever other account it was compared with."""
    reports = told(row).order_by().values("pk")
    return Judgement.objects.filter(Q(account__report__in=reports) | Q(other__report__in=reports)).order_by()


def lone_relays(row: Source | Report) -> QuerySet[Relay]:
    """Relays that stand in no other report and no other contact: their names would outlive what they passed on."""
    reports = Report.objects.exclude(pk__in=told(row).order_by().values("pk")).exclude(relay=None)
    contacts = Contact.objects.exclude(relay=None)
    if isinstance(row, Source):
        contacts = contacts.exclude(source=row)
    relays = Relay.objects.exclude(pk__in=reports.order_by().values("relay"))
    return relays.exclude(pk__in=contacts.order_by().values("relay"))


def _dates(row: Source | Report) -> QuerySet[KeepUntil]:
    of_reports = KeepUntil.objects.filter(report__in=told(row))
    return of_reports | KeepUntil.objects.filter(source=row) if isinstance(row, Source) else of_reports


def _subjects(row: Source | Report) -> list[str]:
    """Whose custody logs go with it."""
    reports, claims = told(row), claims_of(row)
    found = [f"report:{pk}" for pk in reports.order_by().values_list("pk", flat=True)]
    terms = OwnTerm.objects.filter(report__in=reports).order_by()
    found += [f"ownterm:{pk}" for pk in terms.values_list("pk", flat=True)]
    found += [f"claim:{pk}" for pk in claims.order_by().values_list("pk", flat=True)]
    found += [f"judgement:{pk}" for pk in judgements_of(row).values_list("pk", flat=True)]
    arrivals = Arrival.objects.filter(report__in=reports).order_by()
    found += [f"arrival:{pk}" for pk in arrivals.values_list("pk", flat=True)]
    return [*found, f"source:{row.pk}"] if isinstance(row, Source) else found


def _lots(subjects: list[str]) -> list[QuerySet[CustodyEntry]]:
    return [
        CustodyEntry.objects.filter(subject__in=subjects[at : at + LOT])
        for at in range(0, len(subjects), LOT)
    ]


def _count_log(subjects: list[str]) -> int:
    return sum(lot.count() for lot in _lots(subjects))


# --- the verbs ------------------------------------------------------------------------------------------


@transaction.atomic
def ask(member: Member, row: Source | Report, names: list[str], reason: str) -> Purge:
    """The first of two people. Nothing is destroyed yet."""
    require(member, "purge")
    source = _seen(member, row)
    if waiting(row) is not None:
        raise Stale(_("Somebody has asked for that already."), _("Open the page again and answer it."))
    short = [name for name in names if len(name) < naming.SHORTEST]
    if short:
        raise DeskError(
            _("A name of one letter would be found everywhere: %(name)s.") % {"name": short[0]},
            _("Write names in full; nothing was changed."),
        )
    if isinstance(row, Report) and not _others_who_read(member, row):
        raise DeskError(
            _("Nobody else who may confirm a purge may read this report."),
            _("Choose another editor to open its words first, or purge the source. Nothing was destroyed."),
        )
    whole = isinstance(row, Source)
    purge = Purge.objects.create(
        source=source, report=None if isinstance(row, Source) else row, whole=whole, names=names, reason=reason_of(reason),
        asked_by=member, asked_at=clock.now(),
    )  # fmt: skip
    record(purge, "ask to purge", member)
    return purge


def _others_who_read(member: Member, report: Report) -> bool:
    """Whether a second person is there at all: one who does not know of a report cannot decide on it."""
    others = Member.objects.filter(is_active=True).exclude(pk__in={member.pk, *two.one_with(member)})
    return not report.eyes_only or any(
        other.may("purge") and Report.objects.visible_to(other).filter(pk=report.pk).exists()
        for other in others
    )


@transaction.atomic
def keep(member: Member, seen: int) -> Purge:
    """Either of the two says no: it waits no longer, and nothing was destroyed."""
    require(member, "purge")
    purge = _waiting(member, seen)
    purge.kept_at, purge.answered_by = clock.now(), member
    purge.save(update_fields=["kept_at", "answered_by"])
    record(purge, "keep from purging", member)
    return purge


def confirm(member: Member, seen: int) -> Purge:
    """The second person confirms: rows, then key, then files."""
    require(member, "purge")
    with transaction.atomic():
        purge = _waiting(member, seen)
        two.refuse_one(
            member,
            purge.asked_by,
            NotAllowed(
                _("You asked for this purge: somebody else has to confirm it."),
                _("Tell another editor. Nothing was destroyed."),
            ),
        )
        source = purge.told_by()
        name = _destroy(member, purge)
    if purge.whole:
        sealing.forget(source, name)
    finish(purge)
    return purge


def _waiting(member: Member, seen: int) -> Purge:
    rows = Purge.objects.visible_to(member).select_for_update()
    purge: Purge | None = rows.filter(pk=seen, confirmed_at=None, kept_at=None).first()
    if purge is None or purge.source is None:
        raise Stale(_("That was answered meanwhile."), _("Open the page again; nothing was changed."))
    _seen(member, purge.source)
    return purge


def _seen(member: Member, row: Source | Report) -> Source:
    source = row if isinstance(row, Source) else row.source
    if not Source.objects.visible_to(member).filter(pk=source.pk).exists():
        raise NotAllowed(_("You are not cleared for this source."), _("Nothing was changed."))
    return Source.objects.select_for_update().get(pk=source.pk)


# --- what is destroyed, in one transaction -----------------------------------------------------------------


def _destroy(member: Member, purge: Purge) -> bytes:
    """Returns the name of the key that went."""
    row: Any = purge.source if purge.whole else purge.report
    names, rows = list(purge.names), rows_of(row)
    claims = list(claims_of(row))
    touched = set(kept_public.stories_on(claims_of(row)).values_list("pk", flat=True))
    stories = _stories(row, names)
    events = set(
        Account.objects.filter(report__in=told(row)).exclude(event=None).values_list("event", flat=True)
    )
    name = sealing.key_of(purge.told_by())
    fallen = scheduling.take_off_of(stories, "purged")  # signed words with a name in them are not let out
    unheld = holds.fall(stories, "purge")  # the day was chosen for who is no longer behind them
    with ExitStack() as index:  # the terms leave while the words can still be read
        reports = {"source": row.pk} if purge.whole else {"pk": row.pk}
        index.enter_context(changing("report", **reports))
        index.enter_context(
            changing("claim", **{f"account__report__{key}": pk for key, pk in reports.items()})
        )
        index.enter_context(changing("edition", story__in=tuple(sorted(stories))))
        settling.touched(*stories)
        kept_public.write_chips_out(claims)
        kept_public.unbind(claims_of(row))
        Finding.objects.filter(
            review__story__in=touched
        ).delete()  # they quote what was told; a review finds anew
        _take_rows(row)
        forget_taken(*stories)
        taken = naming.take_out(names)
    reassess(member, events)
    if purge.whole:
        SourceKey.objects.filter(name=name).delete()
    rows |= {label: n for label, n in ((SCHEDULED, fallen), (HELD, unheld)) if n}
    kinds = ((NAMES_IN, taken), (LEFT_IN, naming.left(names)))
    said = {f"{head}{label}": n for head, counted in kinds for label, n in counted.items()}
    _close(member, purge, rows | said)
    return name


def _take_rows(row: Source | Report) -> None:
    """Every row that is this source's. What is deleted is overwritten with zeros by the database (secure_delete)."""
    for lot in _lots(_subjects(row)):
        lot.delete()
    arrivals = list(Arrival.objects.filter(report__in=told(row)).values_list("pk", flat=True))
    told(row).delete()  # accounts, claims, grounds, own words, replies, corroborations and dates go with it
    for at in range(0, len(arrivals), LOT):
        Arrival.objects.filter(pk__in=arrivals[at : at + LOT]).delete()
    if isinstance(row, Source):
        SourceKey.objects.filter(source=row).delete()
        Source.objects.get(pk=row.pk).delete()  # contacts, consents, dangers, dates and clearances go with it
    Relay.objects.filter(report=None, contact=None).delete()


def _close(member: Member, purge: Purge, taken: dict[str, int]) -> None:
    now = clock.now()
    purge.refresh_from_db(fields=["source", "report"])
    purge.source = purge.report = None
    purge.names, purge.reason, purge.taken = [], "", taken
    purge.answered_by, purge.confirmed_at = member, now
    purge.save()
    SignedIn.objects.filter(expire_date__lt=now).delete()
    record(purge, "purge", member)


# --- files, after the commit ------------------------------------------------------------------------------


def finish(*purges: Purge) -> bool:
    """What is not in rows: the courier's parcel, previews, and the database's journal with its pages from before.

    False when one of them could not be emptied: the purge is not called done, and the desk tries again.
    """
    try:
        scheduling.fall()
        remove_all()
        emptied = not parcels.left_over() and empty_journal()
    except OSError as error:
        log.warning("files of a purge were not erased: %s", type(error).__name__)
        emptied = False
    if emptied:
        for purge in purges:
            purge.done_at = clock.now()
            purge.save(update_fields=["done_at"])
    return emptied


def empty_journal() -> bool:
    """SQLite's write-ahead log goes into the database and is cut to nothing. Another store has its own way.

    False while somebody reads: a reader keeps the pages of the moment it began, and they stay in the log.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            return True
        if connection.in_atomic_block:  # its own reader
            return False
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {WAIT}").fetchall()
            busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}").fetchall()
    return not busy


def unfinished() -> QuerySet[Purge]:
    """Purges whose rows are gone and whose files may not be: the power went in between, or somebody reads."""
    return Purge.objects.exclude(confirmed_at=None).filter(done_at=None)


def finish_purges() -> None:
    """At the start of the desk, and at every round while one waits."""
    if purges := list(unfinished()):
        finish(*purges)
