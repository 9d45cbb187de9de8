"""A card that needs two: one member asks with a reason, another agrees in time, the first sees it once.

Agreeing takes a layer off with the agreeing member's own key and shows him nothing. Looking makes a new key,
so that what was handed over opens nothing a second time. Belongs here: that request. Does not belong here:
cards that one member opens (cards.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.sources import cards, keeping, sealing
from nightdesk.desk.sources.models import Card, Reveal, Source
from nightdesk.desk.staff import two

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member
    from nightdesk.seal.members import MemberKey

WISHES = ("look", "clear", "end two")


def limit() -> timedelta:
    """How long a request stands, and how long an opened card may be written."""
    return timedelta(minutes=settings.NIGHTDESK_CARD_MINUTES)


def session_of(session_key: str | None) -> str:
    """A session by digest: the table shall not hold what signs somebody in."""
    return hashlib.sha256(b"nightdesk reveal " + (session_key or "").encode()).hexdigest()


def ends(one: Reveal) -> datetime:
    """When it runs out: counted from the asking, and from the look for writing."""
    return (one.opened_at or one.asked_at) + limit()


def sweep() -> None:
    """What ran out is deleted, with whatever was handed over."""
    before = clock.now() - limit()
    over = Reveal.objects.filter(Q(opened_at=None, asked_at__lte=before) | Q(opened_at__lte=before))
    if over.exists():  # looking at a page writes nothing while nothing ran out
        over.delete()


@transaction.atomic
def ask(
    member: Member, key: MemberKey | None, source: Source, session: str, reason: str, wish: str = "look",
    whom: Member | None = None,
) -> Reveal:  # fmt: skip
    """Asks for the card. A newer request of the same member takes the older one's place."""
    cards.cleared(member, source)
    row = _held(member, source)
    keeping.own_key(member, key)
    if not reason.strip():
        raise DeskError(_("A request needs a reason."), _("Write one sentence, without a name."))
    if wish not in WISHES or (wish == "clear") != (whom is not None):
        raise DeskError(_("It is not clear what you ask for."), _("Choose one of the three."))
    if whom is not None:
        cards.with_one_more(source, [], whom)
    sweep()
    row.reveals.filter(asks=member).delete()
    record(source, "ask for card", member, f"{wish}: {reason.strip()}"[:200])
    return Reveal.objects.create(
        card=row, asks=member, session=session, reason=reason.strip()[:120], wish=wish, whom=whom,
        version=row.version, asked_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def answer(member: Member, key: MemberKey | None, source: Source, request: int, *, agreed: bool) -> None:
    """The second member agrees, with his or her own key, or declines."""
    cards.cleared(member, source)
    row = _held(member, source)
    mine = keeping.own_key(member, key)
    one = _standing(row.reveals.filter(pk=request, agrees=None).exclude(asks=member).first())
    if agreed:
        two.refuse_one(member, one.asks, _over())
    else:
        record(source, "decline card", member, one.asks.username)
        one.delete()
        return
    asks = sealing.Holder(one.asks_id, bytes(one.asks.public_key))
    if keeping.able(source).get(asks.pk) != asks.public or row.version != one.version:
        raise _over()
    try:
        one.handed = sealing.agree(
            cards.thing_of(source), keeping.sealed_of(row), asks, member.pk, mine.seed, one.pk
        )
    except sealing.Closed:
        raise keeping.closed() from None
    one.agrees = member
    one.save(update_fields=["handed", "agrees"])
    record(source, "agree to card", member, one.asks.username)


def asker(source: Source, request: int) -> str:
    """Who asked; '' when the request is over."""
    one = Reveal.objects.filter(card__source=source, pk=request).select_related("asks").first()
    return one.asks.username if one else ""


@transaction.atomic
def look(member: Member, key: MemberKey | None, source: Source, session: str) -> tuple[cards.Shown, Reveal]:
    """Shows the card once, to who asked, in the session that asked; and does what was asked for."""
    cards.cleared(member, source)
    row = _held(member, source)
    mine = keeping.own_key(member, key)
    mine_asked = row.reveals.filter(asks=member, session=session, opened_at=None).exclude(agrees=None)
    one = _standing(mine_asked.first())
    thing = cards.thing_of(source)
    try:
        opened = sealing.open_agreed(
            thing, keeping.sealed_of(row), member.pk, mine.seed, one.agrees_id or 0, one.pk, bytes(one.handed)
        )
    except sealing.Closed:
        raise keeping.closed() from None
    people = keeping.still_hold(row, opened, source)
    if one.wish == "clear" and one.whom is not None:
        people = cards.with_one_more(source, people, one.whom)
        record(source, "clear for card", member, one.whom.username)
    row.two = one.wish != "end two"
    if len(people) < 2 and row.two:  # a key was exchanged or a member left: better open to one than to none
        row.two = False
    if not row.two:
        record(source, "end two", member)
    keeping.put(row, thing, opened.said, people, two=row.two)
    one.handed, one.opened_at, one.version, one.holders = b"", clock.now(), row.version, cards.names(people)
    one.save(update_fields=["handed", "opened_at", "version", "holders"])
    record(source, "open card", member, one.agrees.username if one.agrees else "")
    return cards.Shown(sealing.card_of(opened.said), row.version, cards.names(people), two=row.two), one


def forget(member: Member) -> None:
    """A member is shut out: what he or she asked, agreed to or was to be given is over."""
    Reveal.objects.filter(Q(asks=member) | Q(agrees=member) | Q(whom=member)).delete()


def seen_in(member: Member, source: Source, session: str) -> Reveal | None:
    """The look this session had and may still write after."""
    sweep()
    rows = Reveal.objects.filter(card__source=source, asks=member, session=session)
    return rows.exclude(opened_at=None).first()


def waiting_for(member: Member) -> list[Reveal]:
    """Requests of others that this member could agree to, and his own that were agreed to."""
    sweep()
    rows = (
        Reveal.objects.visible_to(member)
        .filter(opened_at=None)
        .select_related("card__source", "asks", "agrees")
    )
    ones = two.one_with(member)
    return [one for one in rows if _waits_for(member.pk, ones, one)]


def _waits_for(member: int, ones: Collection[int], one: Reveal) -> bool:
    """His own that was agreed to, or another's that he could agree to: who counts as one with him is no other."""
    if one.asks_id == member:
        return one.agrees_id is not None
    return one.agrees_id is None and one.asks_id not in ones


def _held(member: Member, source: Source) -> Card:
    row = cards.row_of(source)
    if row is None or not row.two:
        raise DeskError(_("This card does not need two members."), _("Look at the source's page again."))
    if member.pk not in row.holders():
        raise DeskError(
            _("The card is not open to you."), _("Two members who open it can add you: ask one of them.")
        )
    return row


def _standing(one: Reveal | None) -> Reveal:
    if one is None or clock.now() >= ends(one):
        raise _over()
    return one


def _over() -> DeskError:
    return DeskError(
        _("This request is over: its time ran out, it was used, or the card was changed."),
        _("Ask again; nothing was shown."),
    )
