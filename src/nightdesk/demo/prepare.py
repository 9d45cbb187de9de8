"""Makes the invented newsroom: members, pseudonyms and who is cleared, tables, glossary.

Run as a program of its own, `python -m nightdesk.demo.prepare`, after `nightdesk desk init`; running
it again changes nothing that is there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

PASSPHRASE = "a lantern over the river"  # known to every visitor of the demo, and printed by it


def members() -> None:
    """The sample's staff, all with the demo's passphrase; each of them can unlock the desk."""
    from nightdesk.demo.sample import load
    from nightdesk.desk import slots
    from nightdesk.desk.staff.models import Member

    for row in load().staff:
        if not Member.objects.filter(username=row["name"]).exists():
            Member.objects.create_member(
                row["name"], PASSPHRASE, role=row["role"], byline=row["name"],
                keyholder=row.get("keyholder", False), public_key=slots.add(row["name"], PASSPHRASE),
            )  # fmt: skip


def sources() -> None:
    """A pseudonym a source, cleared for the reporter who handles it; each card holds invented words."""
    from nightdesk.demo import clock
    from nightdesk.demo.sample import load
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member

    cards = load().walk.get("cards", {})
    for row in load().staff:
        for pseudonym in row.get("handles", ()):
            source, made = Source.objects.get_or_create(
                pseudonym=pseudonym, defaults={"made_on": clock.today()}
            )
            handler = Member.objects.get(username=row["name"])
            if made:
                source.cleared.add(handler)
                card(source, handler, cards.get(pseudonym, ""))
            consent(source, handler)


def card(source: Source, handler: Member, words: str) -> None:
    """The source's card, sealed to the reporter who handles it; nobody else opens it, the demo neither."""
    from nightdesk.desk.sources import keeping, sealing
    from nightdesk.desk.sources.cards import thing_of
    from nightdesk.desk.sources.models import Card

    if words:
        said = sealing.said_of(sealing.Card(other=words))
        keeping.put(Card(source=source, version=0), thing_of(source), said, [keeping.holder(handler)])


def consent(source: Source, handler: Member) -> None:
    """Every invented source agreed to what the walk does with its words, and knows the worst case."""
    from nightdesk.demo import clock
    from nightdesk.desk.care.models import Consent
    from nightdesk.desk.clock import now

    if not source.consents.exists():
        Consent.objects.create(
            source=source, said_on=clock.today(), purposes=["words", "data", "record"],
            worst_case_on=clock.today(), asked_by=handler, written_by=handler, written_at=now(),
        )  # fmt: skip


def tables() -> None:
    """Group tables and glossary."""
    from nightdesk.demo.sample import load
    from nightdesk.desk.review.models import GroupTable
    from nightdesk.desk.translation.models import Term

    for row in load().groups:
        whom = {name: row.get(name, "") for name in ("group", "place", "when", "sex", "age")}
        GroupTable.objects.get_or_create(**whom, defaults=row)
    for row in load().glossary:
        Term.objects.get_or_create(ko=row["ko"], defaults=row)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nightdesk.demo.settings")
    django.setup()
    from django.conf import settings

    from nightdesk.desk import beginning, keyfiles

    keyfiles.unlock(settings.NIGHTDESK_DIR, PASSPHRASE)
    beginning.migrate()  # the folder may be an older version's
    members()
    sources()
    tables()


if __name__ == "__main__":
    main()
