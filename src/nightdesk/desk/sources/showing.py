"""What a source's page says of its card: who opens it, what this member can do, who asks.

Belongs here: facts about the card's rows, never what is in it. Does not belong here: opening (cards.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from nightdesk.desk.custody.actions import subject_of
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.sources import cards, reveal
from nightdesk.desk.sources.models import Reveal, Source
from nightdesk.desk.sources.sealing import fingerprint
from nightdesk.desk.staff import two
from nightdesk.desk.staff.models import Member

if TYPE_CHECKING:
    from nightdesk.seal.members import MemberKey

LOGGED = (
    "make", "clear", "unclear", "open card", "write card", "clear for card", "rotate card", "need two", "end two",
    "ask for card", "agree to card", "decline card", "take back request", "lose card",
)  # fmt: skip
SHOWN = 20  # entries of the log on the page


@dataclass(frozen=True, slots=True)
class Person:
    """A member cleared for the source, and how he or she stands to the card."""

    member: Member
    fingerprint: str
    holds: bool

    @property
    def value(self) -> str:
        """Member and key as a form sends them back: the key that was seen is the key that gets it."""
        return f"{self.member.pk}:{self.fingerprint.replace(' ', '')}"


@dataclass(frozen=True, slots=True)
class Panel:
    """The card's panel for one member."""

    state: str  # none, plain, sealed, two
    cleared: bool
    ready: bool  # this session holds the member's key
    people: list[Person]
    me: Person | None = None
    to_rotate: bool = False
    mine: Reveal | None = None
    mine_ends: datetime | None = None
    others: list[tuple[Reveal, datetime, str]] = field(default_factory=list)
    log: list[CustodyEntry] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the card is sealed to this member."""
        return self.me is not None and self.me.holds

    @property
    def open_to(self) -> list[Person]:
        """Who opens it."""
        return [one for one in self.people if one.holds]

    @property
    def lacking(self) -> list[Person]:
        """Who is cleared and could be let in."""
        return [one for one in self.people if not one.holds and one.fingerprint]

    @property
    def can_give(self) -> bool:
        """Whether this member could let another open it alone."""
        return self.state == "sealed" and self.holds


def panel_of(member: Member, source: Source, key: MemberKey | None, session: str) -> Panel:
    """Everything the page says of the card. For who is not cleared: that, and nothing else."""
    row = cards.row_of(source)
    held_by = row.holders() if row else set()
    people = [
        Person(one, fingerprint(bytes(one.public_key)), one.pk in held_by)
        for one in source.cleared.order_by("username")
    ]
    state = ("two" if row.two else "sealed") if row else ("plain" if source.old_card else "none")
    me = next((one for one in people if one.member == member), None)
    ready = key is not None and key.public == bytes(member.public_key)
    if row is None or me is None:
        return Panel(state, me is not None, ready, people, me, log=_log(source) if me else [])
    ones = two.one_with(member)
    asked = [one for one in _standing(source) if one.agrees_id is None or one.asks_id == member.pk]
    mine = next((one for one in asked if one.asks_id == member.pk and one.session == session), None)
    others = [
        (one, reveal.ends(one), two.words_if_one(member, one.asks) if one.asks_id in ones else "")
        for one in asked if one.asks_id != member.pk and me.holds
    ]  # fmt: skip
    return Panel(
        state, True, ready, people, me, row.to_rotate, mine, reveal.ends(mine) if mine else None, others,
        _log(source),
    )  # fmt: skip


def _standing(source: Source) -> list[Reveal]:
    reveal.sweep()
    rows = Reveal.objects.filter(card__source=source, opened_at=None)
    return list(rows.select_related("asks", "whom", "agrees"))


def _log(source: Source) -> list[CustodyEntry]:
    rows = CustodyEntry.objects.filter(subject=subject_of(source), verb__in=LOGGED)
    return list(rows.select_related("member").order_by("-pk")[:SHOWN])
