"""The verbs on a source: make, clear for a member, grade, open and write its card.

Belongs here: one transaction a verb. Does not belong here: filing reports under a source (intake).
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.sources.models import Source
from nightdesk.desk.staff.models import Member
from nightdesk.desk.staff.roles import require
from nightdesk.values.grades import RELIABILITY

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
def clear_for(member: Member, source: Source, other: Member) -> None:
    """From now on `other` reads what this source tells and may open the card. Editors decide it."""
    require(member, "decide")
    if not other.sees("reports"):
        raise DeskError(
            _("%(name)s's role reads no reports.") % {"name": other.username},
            _("Only reporters and editors can be cleared for a source."),
        )
    source.cleared.add(other)
    record(source, "clear", member)


@transaction.atomic
def unclear_for(member: Member, source: Source, other: Member) -> None:
    """Takes the clearance back; what was read before stays known."""
    require(member, "decide")
    source.cleared.remove(other)
    record(source, "unclear", member)


@transaction.atomic
def grade(member: Member, source: Source, reliability: str) -> None:
    """Grades the source's reliability, A to F (Admiralty scale), or takes the grade away."""
    require(member, "grade")
    if reliability and reliability not in RELIABILITY:
        raise DeskError(_("Reliability is a letter from A to F."), _("Choose one of the six, or none."))
    source.reliability = reliability
    source.save(update_fields=["reliability"])
    record(source, "grade", member)


@transaction.atomic
def open_card(member: Member, source: Source) -> str:
    """The identity card, for members cleared for this very source. Every opening is kept in its log."""
    _cleared(member, source)
    record(source, "open card", member)
    return source.card


@transaction.atomic
def write_card(member: Member, source: Source, card: str) -> None:
    """Replaces the card."""
    _cleared(member, source)
    source.card = card
    source.save(update_fields=["card"])
    record(source, "write card", member)


def _cleared(member: Member, source: Source) -> None:
    if not source.card_open_to(member):
        raise NotAllowed(
            _("The card of %(source)s is not open to you.") % {"source": source.pseudonym},
            _("Only members cleared for this very source open it; an editor's role is not enough."),
        )
