"""The verbs on a source: make, clear for a member, grade.

Belongs here: one transaction a verb. Does not belong here: its card (cards.py), filing reports under a
source (intake).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.sources import cards, reveal
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import require
from nightdesk.values.grades import RELIABILITY

if TYPE_CHECKING:
    from nightdesk.seal.members import MemberKey

LONGEST = 80  # characters of a pseudonym
DRAWN = "bcdfghjkmnpqrstvwxz"  # letters drawn behind a name; none can be mistaken for a digit or makes a word


def plain(name: str) -> str:
    """A name as it is compared and kept: NFC, single spaces. Two keyboards must not make two sources."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def pseudonym_for(member: Member, wanted: str) -> str:
    """The name a new source gets. Who does not see every source gets two drawn letters behind the name.

    Otherwise "that name is taken" would tell a reporter that somebody else's source exists.
    """
    if member.may("decide"):
        return plain(wanted)
    while True:  # a name that is taken by chance must not show: it is drawn again
        drawn = "".join(secrets.choice(DRAWN) for _ in range(2))
        name = f"{plain(wanted)[: LONGEST - 3]}-{drawn}"
        if not Source.objects.filter(pseudonym__iexact=name).exists():
            return name


def meant_by(member: Member, typed: str) -> Source | None:
    """The source a member means: that pseudonym, or the one with drawn letters behind it, among those she sees.

    DeskError when several fit: two sources of one name would count as two tellers.
    """
    wanted = plain(typed)
    seen = Source.objects.visible_to(member)
    exact = seen.filter(pseudonym__iexact=wanted).first()
    if exact is not None or not wanted:
        return exact
    ending = re.compile(re.escape(wanted) + f"-[{DRAWN}]{{2}}", re.IGNORECASE)
    found = [
        row for row in seen.filter(pseudonym__istartswith=f"{wanted}-") if ending.fullmatch(row.pseudonym)
    ]
    if len(found) > 1:
        names = ", ".join(row.pseudonym for row in found)
        raise DeskError(
            _("Several of your sources are called that: %(names)s.") % {"names": names},
            _("Type the whole name of the one you mean."),
        )
    return found[0] if found else None


@transaction.atomic
def make(member: Member, pseudonym: str) -> Source:
    """A new pseudonym. A reporter who makes one is cleared for it, an editor clears whom it is for."""
    require(member, "log")
    if not plain(pseudonym):
        raise DeskError(_("A source needs a pseudonym."), _("Type one of up to 80 characters."))
    if meant_by(member, pseudonym) is not None:
        raise DeskError(_("That pseudonym is taken."), _("Choose another one; nothing was changed."))
    source = Source.objects.create(pseudonym=pseudonym_for(member, pseudonym), made_on=clock.today())
    if not member.may("decide"):
        source.cleared.add(member)
    record(source, "make", member)
    return source


@transaction.atomic
def clear_for(member: Member, source: Source, other: Member, key: MemberKey | None = None) -> bool:
    """From now on `other` reads what this source tells. Editors decide it. Whether the card is open too.

    Only who can open the card can give it on: an editor who cannot clears for the reports alone.
    """
    require(member, "decide")
    if not other.sees("reports"):
        raise DeskError(
            _("%(name)s's role reads no reports.") % {"name": other.username},
            _("Only reporters and editors can be cleared for a source."),
        )
    source.cleared.add(other)
    record(source, "clear", member)
    row = cards.row_of(source)
    can_give = row is not None and not row.two and member.pk in row.holders() and key is not None
    if not can_give or not other.public_key or other == member:
        return False
    cards.give(member, key, source, other)
    return True


@transaction.atomic
def unclear_for(
    member: Member, source: Source, other: Member, key: MemberKey | None = None, *, lose: bool = False
) -> None:
    """Takes the clearance back, and what was sealed to `other`; what was read before stays known.

    `lose`: even where nobody else could open it any more.
    """
    from nightdesk.desk.reports import eyesonly  # reports come after sources on the line

    require(member, "decide")
    cards.take(member, key, source, other, lose=lose)
    eyesonly.take(member, key, source, other, lose=lose)
    source.cleared.remove(other)
    record(source, "unclear", member)


def lost_without(other: Member) -> list[Source]:
    """The sources of which something could be opened by nobody any more without this member."""
    from nightdesk.desk.reports import eyesonly

    return list(Source.objects.filter(pk__in=cards.lost_with(other) | eyesonly.lost_with(other)))


@transaction.atomic
def take_everything(member: Member, other: Member, key: MemberKey | None = None) -> None:
    """Part of shutting `other` out: every clearance, and whatever is sealed to him or her, cleared or not.

    What would be lost was said and ticked before.
    """
    from nightdesk.desk.reports import eyesonly

    require(member, "members")
    held = Q(cleared=other) | Q(card__keys__member=other) | Q(card__keys__second=other)
    held |= Q(pk__in=eyesonly.sealed_to(other).values("report__source"))
    for source in Source.objects.filter(held).distinct():
        cards.take(member, key, source, other, lose=True)
        eyesonly.take(member, key, source, other, lose=True)
        source.cleared.remove(other)
        record(source, "unclear", member)
    reveal.forget(other)


@transaction.atomic
def grade(member: Member, source: Source, reliability: str) -> None:
    """Grades the source's reliability, A to F (Admiralty scale), or takes the grade away."""
    require(member, "grade")
    if reliability and reliability not in RELIABILITY:
        raise DeskError(_("Reliability is a letter from A to F."), _("Choose one of the six, or none."))
    source.reliability = reliability
    source.save(update_fields=["reliability"])
    record(source, "grade", member)
