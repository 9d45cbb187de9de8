"""The verbs of the way in: collect, open, log, set aside.

Each is killed at any point without loss: an arrival is stored and committed before the drop is told
to forget it, and opening one is one transaction. Belongs here: rows changing. Does not belong here:
the drop's HTTP (drop.py), key files (daykeys.py), who told it (tellers.py).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nightdesk.desk import clock, keys
from nightdesk.desk.claims.actions import compare
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.intake import daykeys, drop, hold
from nightdesk.desk.intake.believing import NotTaken, Taken, take
from nightdesk.desk.intake.models import Arrival, PullCounter
from nightdesk.desk.intake.tellers import write_report
from nightdesk.desk.reports.models import Report
from nightdesk.desk.staff.roles import require
from nightdesk.seal.closing import SealingError, seal
from nightdesk.seal.collected import Collected
from nightdesk.seal.opening import DayPrivateKey
from nightdesk.seal.signing import MOST_FORGOTTEN
from nightdesk.seal.wire import SIZES, ReportError, ReportPayload, capacity, encode_report

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

MOST_ROUNDS = 1000
PATIENCE = 4.0  # seconds one request may go on opening before it answers and is asked again
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Opened:
    """What became of a round of opening."""

    opened: int
    refused: int
    waiting: int


def collect(member: Member | None) -> int:
    """Takes over what a courier holds, then everything the drop holds; returns how many arrivals are new.

    `member` is None when the desk collects by itself. Raises DropTrouble; what was stored until then
    stays, and the next collection begins by confirming it.
    """
    if member is not None:
        require(member, "collect")
    with _one_at_a_time:
        stored, unread = _from_the_hold(member)
        if not settings.NIGHTDESK_DROP_URL and hold.folder() is not None:
            return _unless(unread, stored)
        for _round in range(MOST_ROUNDS):
            known = _unconfirmed()
            found, more = _pull([bytes.fromhex(each.digest) for each in known])
            stored += _take_over(found, known, member, all_collected=not found and not more)
            if not found:
                break
    return _unless(unread, stored)


def _unless(unread: DeskError | None, stored: int) -> int:
    """What was stored; the hold's trouble is said last, when everything else is done."""
    if unread is not None:
        raise unread
    return stored


def take_hold() -> int:
    """What a courier fetched while the desk was locked, taken by the desk itself, whether or not the drop answers."""
    with _one_at_a_time:
        stored, unread = _from_the_hold(None)
    return _unless(unread, stored)


def _from_the_hold(member: Member | None) -> tuple[int, DeskError | None]:
    stored = 0
    try:
        for batch in hold.batches():
            stored += _take_from_hold(batch, member)
            hold.empty(batch)
    except OSError as error:
        return stored, DeskError(
            _("What the courier holds cannot be read: %(why)s.") % {"why": error.strerror or str(error)},
            _("Nothing was lost: what was not taken stays there. Mend the folder and collect again."),
        )
    return stored, None


@transaction.atomic
def _take_from_hold(batch: list[hold.Lying], member: Member | None) -> int:
    """One commit. What has a row already is the courier's second copy of the same bytes, and makes none."""
    known = hold.known(batch)
    fresh = [each.arrival for each in batch if each.arrival and each.arrival.hash not in known]
    return sum(_store(each, member) for each in fresh)


def _pull(forget: list[bytes]) -> tuple[tuple[Collected, ...], bool]:
    """Asks the drop, and keeps its state for the screen whatever comes of it."""
    try:
        answer = drop.pull(forget)
    except drop.DropTrouble as trouble:
        PullCounter.objects.update_or_create(
            pk=1, defaults={"failed_at": clock.now(), "trouble": str(trouble.what)[:300]}
        )
        raise
    state = {"reached_at": clock.now(), "failed_at": None, "trouble": ""}
    PullCounter.objects.update_or_create(pk=1, defaults=state)
    return answer


def _unconfirmed() -> list[Arrival]:
    return list(Arrival.objects.filter(confirmed_at=None).only("digest").order_by("pk")[:MOST_FORGOTTEN])


@transaction.atomic
def _take_over(
    found: Iterable[Collected], known: list[Arrival], member: Member | None, *, all_collected: bool
) -> int:
    """One commit: what the drop has just forgotten is confirmed, what it has just handed over is stored."""
    now = clock.now()
    Arrival.objects.filter(pk__in=[each.pk for each in known]).update(confirmed_at=now)
    stored = [_store(each, member) for each in found]
    if all_collected:
        daykeys.confirm_days(now)
    return sum(stored)


def _store(each: Collected, member: Member | None) -> bool:
    """Whether it is new. Handed over twice before the drop forgot it, it is the same arrival; after, a copy."""
    digest = each.hash.hex()
    before = Arrival.objects.filter(digest=digest)
    if before.filter(confirmed_at=None).exists():
        return False
    copy = before.exists()
    row = Arrival.objects.create(
        digest=digest, envelope=each.data, arrived_on=each.day, collected_at=clock.now(),
        refused="replayed" if copy else "",
    )  # fmt: skip
    record(row, "collect", member)
    return True


def open_waiting(member: Member) -> Opened:
    """Opens what waits, for a few seconds at most, then looks for accounts of the same event."""
    require(member, "open")
    private, until, found = daykeys.private_keys(), time.monotonic() + PATIENCE, []
    for pk in list(_waiting().values_list("pk", flat=True)):
        found.append(open_arrival(member, pk, private))
        if time.monotonic() > until:
            break
    rows = [row for row in found if row is not None]
    if any(row.opened_at for row in rows):
        compare(member)
    refused = sum(bool(row.refused) for row in rows)
    return Opened(len(rows) - refused, refused, _waiting().count())


def _waiting() -> QuerySet[Arrival]:
    return Arrival.objects.filter(opened_at=None, refused="").order_by("pk")


@transaction.atomic
def open_arrival(member: Member, pk: int, private: Mapping[bytes, DayPrivateKey]) -> Arrival | None:
    """One arrival becomes a report, or is refused with a reason. None: somebody else was quicker."""
    require(member, "open")
    arrival = _waiting().select_for_update().filter(pk=pk).first()
    if arrival is None:
        return None
    try:
        taken = take(bytes(arrival.envelope), private, keys.held().newsroom_id)
    except NotTaken as refusal:
        return _refuse(arrival, refusal, member)
    _keep(arrival, taken, member)
    return arrival


def _refuse(arrival: Arrival, refusal: NotTaken, member: Member) -> Arrival:
    arrival.refused, arrival.detail = refusal.reason, refusal.detail[:300]
    arrival.save(update_fields=["refused", "detail"])
    record(arrival, "refuse", member, refusal.reason)
    return arrival


def _keep(arrival: Arrival, taken: Taken, member: Member) -> Report:
    """The envelope's bytes go: with the day key they would be a second copy of the words."""
    arrival.opened_at, arrival.content, arrival.envelope = clock.now(), taken.content, b""
    arrival.save(update_fields=["opened_at", "content", "envelope"])
    report = write_report(arrival, taken)
    record(arrival, "open", member)
    _begin_log(report, arrival, member)
    return report


def _begin_log(report: Report, arrival: Arrival, member: Member) -> None:
    """The report's own log begins with how it came: sealed by whom, received when, opened by whom."""
    if arrival.logged_by is not None:
        record(report, "seal", arrival.logged_by, "call note", counted=False)
    else:
        record(report, "seal", None, "by the sender, entered on opening", counted=False)
        record(
            report, "receive", None, f"by the drop on {arrival.arrived_on}, entered on opening", counted=False
        )
    record(report, "open", member, counted=False)


def log(member: Member, payload: ReportPayload) -> Arrival:
    """Seals a reporter's call note with today's key on capture: it takes the same road as an envelope."""
    require(member, "log")
    envelope = _sealed(payload)
    with transaction.atomic():
        arrival = Arrival.objects.create(
            digest=hashlib.sha256(envelope).hexdigest(), envelope=envelope, arrived_on=clock.today(),
            collected_at=clock.now(), confirmed_at=clock.now(), logged_by=member,
        )  # fmt: skip
        record(arrival, "log", member)
    return arrival


def _sealed(payload: ReportPayload) -> bytes:
    keyring = keys.held()
    try:
        _refuse_too_long(len(encode_report(payload)) - capacity(SIZES[-1]))
        return seal(payload, daykeys.public_key(clock.today()), keyring.newsroom_id)
    except (SealingError, ReportError) as error:
        raise DeskError(_("The note cannot be kept as it is."), str(error)) from None


def _refuse_too_long(over: int) -> None:
    """Sealing refuses it too, in English alone. `over` in bytes."""
    if over > 0:
        raise DeskError(
            _("The note is too long."),
            _("Take out %(bytes)s bytes, about %(letters)s Korean letters, and keep them as another note.")
            % {"bytes": f"{over:,}", "letters": f"{-(-over // 3):,}"},
        )


def open_logged(member: Member, arrival: Arrival) -> Arrival:
    """Opens the note just logged and looks for accounts of the same event."""
    open_arrival(member, arrival.pk, daykeys.private_keys())
    arrival.refresh_from_db()
    if arrival.opened_at:
        compare(member)
    return arrival


@transaction.atomic
def set_aside(member: Member, arrival: Arrival) -> None:
    """A person looked at a refused arrival; it no longer waits, and can be taken back."""
    require(member, "open")
    arrival.set_aside_at = clock.now()
    arrival.save(update_fields=["set_aside_at"])
    record(arrival, "set aside", member)


@transaction.atomic
def take_back(member: Member, arrival: Arrival) -> None:
    """Undoes setting aside."""
    require(member, "open")
    arrival.set_aside_at = None
    arrival.save(update_fields=["set_aside_at"])
    record(arrival, "take back", member)


def try_again(member: Member, arrival: Arrival) -> Arrival:
    """Opens a refused arrival once more: its day has come, its key was found, its language is read now."""
    require(member, "open")
    with transaction.atomic():
        Arrival.objects.filter(pk=arrival.pk, opened_at=None).update(refused="", detail="", set_aside_at=None)
        record(arrival, "try again", member)
    return open_logged(member, arrival)
