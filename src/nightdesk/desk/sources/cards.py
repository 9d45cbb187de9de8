"""The verbs on an identity card: open, write, clear for it, take away, make it need two.

Each is one transaction with its entry in the source's custody log. Belongs here: who is entitled, and what
is sealed anew. Does not belong here: the request of one member to another (reveal.py), the rule (sealing.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.sources import keeping, sealing
from nightdesk.desk.sources.models import Card, Reveal, Source
from nightdesk.desk.sources.sealing import Holder, Opened, Thing
from nightdesk.desk.staff import two
from nightdesk.desk.staff.models import Member

if TYPE_CHECKING:
    from nightdesk.seal.members import MemberKey


@dataclass(frozen=True, slots=True)
class Shown:
    """An opened card, and what was done on the way: for one answer, never kept."""

    card: sealing.Card = field(repr=False)
    version: int
    holders: dict[int, str] = field(default_factory=dict)  # member -> fingerprint it is sealed to
    rotated: bool = False
    was_plain: bool = False
    two: bool = False


def thing_of(source: Source) -> Thing:
    """The source's card, as the rule names it."""
    return Thing("card", source.pk)


def row_of(source: Source) -> Card | None:
    """The card's row as it stands now; asked inside the transaction, never taken from a page."""
    return Card.objects.filter(source=source).first()


@transaction.atomic
def open_card(member: Member, key: MemberKey | None, source: Source) -> Shown:
    """The card, with the member's own key. A source without one gives an empty card to be written."""
    cleared(member, source)
    row, mine = row_of(source), keeping.own_key(member, key)
    if row is None:
        return _seal_old(member, source) if source.old_card else Shown(sealing.Card(), 0)
    if row.two:
        raise DeskError(
            _("This card needs two members."),
            _("Ask for it with a reason; another member who holds it agrees."),
        )
    opened = keeping.open_alone(row, thing_of(source), member, mine)
    holders = keeping.still_hold(row, opened, source)
    rotated = row.to_rotate or {one.pk for one in holders} != row.holders()
    if rotated:
        keeping.put(row, thing_of(source), opened.said, holders)
        record(source, "rotate card", member)
    record(source, "open card", member)
    return Shown(sealing.card_of(opened.said), row.version, names(holders), rotated)


def _seal_old(member: Member, source: Source) -> Shown:
    """A card from before sealing: closed to all who are cleared and have a key, and its plain words blanked."""
    card, row = sealing.Card(other=source.old_card), Card(source=source, version=0)
    holders = [Holder(pk, public) for pk, public in keeping.able(source).items()]
    keeping.put(row, thing_of(source), sealing.said_of(card), holders)
    source.old_card = ""
    source.save(update_fields=["old_card"])
    record(source, "write card", member, "sealed")
    record(source, "open card", member)
    return Shown(card, row.version, names(holders), was_plain=True)


@transaction.atomic
def write(
    member: Member, key: MemberKey | None, source: Source, card: sealing.Card, version: int,
    holders: Mapping[int, str], seen: Reveal | None = None,
) -> None:  # fmt: skip
    """Replaces the card that was opened as `version`. `holders` are those the member saw on the page.

    A first card is sealed to those chosen there; later ones to who holds it already.
    """
    cleared(member, source)
    row, mine = row_of(source), keeping.own_key(member, key)
    if (row.version if row else 0) != version or (row is None and source.old_card):
        raise Stale(
            _("This card was written meanwhile, by somebody else or by you in another window."),
            _("Copy what you typed, open the card again and write it there."),
        )
    if row is None:
        row, people = Card(source=source, version=0), chosen(source, holders)
        if member.pk not in {one.pk for one in people}:
            raise DeskError(
                _("You could not open what you write."), _("Tick yourself among those who open the card.")
            )
    elif row.two:
        if seen is None or seen.version != row.version:
            raise DeskError(_("This card needs two members."), _("Ask for it again; nothing was changed."))
        # Nobody's key is here a second time: what the look found inside stands for it. A form that names
        # others, or fewer, is refused: taking somebody out is not for one member of the two.
        if dict(holders) != seen.found():
            raise Stale(
                _("This form names other holders than the card had when you saw it."),
                _("Copy what you typed, ask for the card again and write it there. Nothing was changed."),
            )
        people = [one for one in chosen(source, holders) if one.pk in row.holders()]
    else:
        opened = keeping.open_alone(row, thing_of(source), member, mine)
        people = keeping.still_hold(row, opened, source)
    _two_or_say(row, people)
    keeping.put(row, thing_of(source), sealing.said_of(card), people, two=row.two)
    if seen is not None:
        Reveal.objects.filter(pk=seen.pk).update(version=row.version, holders=names(people))
    record(source, "write card", member)


@transaction.atomic
def give(member: Member, key: MemberKey | None, source: Source, other: Member) -> None:
    """`other`, who is cleared for the source, opens the card too. Only who can open it can do that."""
    cleared(member, source)
    row, mine = row_of(source), keeping.own_key(member, key)
    if row is None:
        raise DeskError(_("There is no card yet."), _("Write it first; you choose there who opens it."))
    if row.two:
        raise DeskError(_("This card needs two members."), _("Ask for it, and choose there whom to add."))
    opened = keeping.open_alone(row, thing_of(source), member, mine)
    people = keeping.still_hold(row, opened, source)
    keeping.put(row, thing_of(source), opened.said, with_one_more(source, people, other))
    record(source, "clear for card", member, other.username)


@transaction.atomic
def need_two(member: Member, key: MemberKey | None, source: Source) -> None:
    """From now on one member alone does not open the card. Ending that takes two."""
    cleared(member, source)
    row, mine = row_of(source), keeping.own_key(member, key)
    if row is None or row.two:
        raise DeskError(_("There is no card that one member opens."), _("Look at the source's page again."))
    opened = keeping.open_alone(row, thing_of(source), member, mine)
    people = keeping.still_hold(row, opened, source)
    row.two = True
    _two_or_say(row, people)
    if two.people(one.pk for one in people) < 2:
        raise DeskError(
            _("Those who open this card count as one person: nobody could open it any more."),
            _(
                "Let somebody vouch on the members' screen, or another cleared member open it first; nothing was changed."
            ),
        )
    keeping.put(row, thing_of(source), opened.said, people, two=True)
    record(source, "need two", member)


def take(member: Member, key: MemberKey | None, source: Source, other: Member, *, lose: bool = False) -> None:
    """Part of taking a clearance back: nothing is wrapped to `other` any more, and the key changes.

    Here and now when `member` can open the card alone; else the next who opens it does that.
    """
    row = row_of(source)
    if row is None or other.pk not in row.holders():
        return
    if _is_lost(row, source, other):
        if not lose:
            raise keeping.nobody_left(other)
        row.delete()
        record(source, "lose card", member)
        return
    for role in ("member", "second"):
        row.keys.filter(**{role: other}).delete()
    row.reveals.all().delete()  # nothing that was handed over may outlive this
    Card.objects.filter(pk=row.pk).update(to_rotate=True)
    if not row.two and keeping.rotate(row, thing_of(source), member, key, source, other):
        record(source, "rotate card", member)


def lost_with(other: Member) -> set[int]:
    """The sources whose card nobody could open any more without this member."""
    held = Q(keys__member=other) | Q(keys__second=other)
    rows = Card.objects.filter(held).select_related("source").distinct()
    return {row.source_id for row in rows if _is_lost(row, row.source, other)}


def _is_lost(row: Card, source: Source, other: Member) -> bool:
    """Holders count, not who is cleared; and of them those who may hold it still."""
    left = (row.holders() & set(keeping.able(source))) - {other.pk}
    return len(left) < (2 if row.two else 1)


def cleared(member: Member, source: Source) -> None:
    """Refuses whoever is not cleared for this source."""
    if not source.clears(member):
        raise NotAllowed(
            _("The card of %(source)s is not open to you.") % {"source": source.pseudonym},
            _("Only members cleared for this very source open it; an editor's role is not enough."),
        )


def chosen(source: Source, holders: Mapping[int, str]) -> list[Holder]:
    """Those of the members a page named whose key is still the one it showed."""
    return sealing.remaining(Opened({}, dict(holders)), keeping.able(source))


def with_one_more(source: Source, people: Iterable[Holder], other: Member) -> list[Holder]:
    """The holders and `other`; a sentence when he or she cannot hold anything."""
    able = keeping.able(source)
    if other.pk not in able:
        raise DeskError(
            _("%(name)s cannot open a card yet.") % {"name": other.username},
            _(
                "It takes a clearance for this source and a key of one's own: the desk makes one when the "
                "member signs in. Ask him or her to sign in once, then do this again."
            ),
        )
    return [*(one for one in people if one.pk != other.pk), Holder(other.pk, able[other.pk])]


def names(holders: Iterable[Holder]) -> dict[int, str]:
    """member -> fingerprint."""
    return {one.pk: one.fingerprint for one in holders}


def _two_or_say(row: Card, people: list[Holder]) -> None:
    if len(people) < (2 if row.two else 1):
        raise DeskError(
            _("Two members must be able to open this card."),
            _("Let another cleared member open it first; nothing was changed."),
        )
