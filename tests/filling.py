"""A row in every table that the walk leaves empty: run as a program on a copy of a walked desk.

Belongs here: rows. Does not belong here: what becomes of them (test_backup.py).
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any


def fill(passphrase: str) -> None:
    """Rows of what no member of the walked newsroom did, by its members and about its sources."""
    from nightdesk.desk.clock import now
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.stories.models import Story

    people = {member.username: member for member in Member.objects.all()}
    at, source, story = now(), Source.objects.get(pseudonym="crane"), Story.objects.get()
    _staff(people, at)
    _cared_for(people, at, source, story)
    _told(people, at, source)
    _in_the_story(people["Alice"], at, story)
    _with_an_hour(people["Alice"], at, story)
    _sealed(people["Bob"], at, source, passphrase)


def _staff(people: dict[str, Any], at: Any) -> None:
    from nightdesk.desk.staff.models import Factor, FailedTries, Recovery

    Factor.objects.create(
        member=people["Alice"], kind="code", label="a telephone", secret=b"seed", enrolled_at=at
    )
    FailedTries.objects.create(tag="f" * 64, count=3, last_at=at)
    Recovery.objects.create(
        member=people["Charlie"], lost="both", first=people["Alice"], first_half="a hash", first_at=at
    )


def _cared_for(people: dict[str, Any], at: Any, source: Any, story: Any) -> None:
    from nightdesk.desk.care.models import Danger, KeepUntil, Lifting, Purge

    danger = Danger.objects.create(source=source, marked_by=people["Bob"], marked_at=at, reason="No answer.")
    danger.stories.add(story)
    Lifting.objects.create(danger=danger, first=people["Alice"], first_at=at, first_reason="She answered.")
    until = at.date() + timedelta(days=90)
    KeepUntil.objects.create(source=source, until=until, set_by=people["Alice"], set_at=at, reason="A trial.")
    Purge.objects.create(
        source=source, names=["a name"], reason="She asked.", asked_by=people["Alice"], asked_at=at
    )


def _told(people: dict[str, Any], at: Any, source: Any) -> None:
    from nightdesk.desk.claims.models import Account, Judgement
    from nightdesk.desk.incidents.models import Campaign
    from nightdesk.desk.replies.models import BoardNumber, Reply
    from nightdesk.desk.reports.models import OwnTerm
    from nightdesk.desk.stories.models import Story, StoryTerm

    one, other = Account.objects.filter(report__source=source)[:2]
    Judgement.objects.create(
        kind="one origin", account=one, other=other, by=people["Alice"], at=at, why="Both had it from him."
    )
    OwnTerm.objects.create(
        report=one.report, start=0, end=3, words="회령시", kind="place", means="hoeryong", value={"place": "hoeryong"},
        made_by=people["Bob"], made_at=at,
    )  # fmt: skip
    Reply.objects.create(
        report=one.report,
        text="다시 전화하겠습니다.",
        written_by=people["Bob"],
        written_at=at,
        until=at.date(),
        put_up_at=at,
    )
    BoardNumber.objects.create(day=at.date(), number=3)
    StoryTerm.objects.create(
        story=Story.objects.earliest("pk"), text="회령시.", lang="ko", on=at.date(), start=0, end=3, words="회령시", kind="place",
        means="hoeryong", value={"place": "hoeryong"}, made_by=people["Bob"], made_at=at,
    )  # fmt: skip
    Campaign.objects.create(title="A year-end sweep")


def _in_the_story(member: Any, at: Any, story: Any) -> None:
    from nightdesk.desk.review.models import StateMedia
    from nightdesk.desk.stories.models import Attachment, MarketRate, Photo, PrivateDraft

    Photo.objects.create(
        story=story, image=b"\xff\xd8", sha256="e" * 64, media_type="image/jpeg", width=3, height=2, credit="The desk",
        licence="ours", alt={"ko": "강"}, caption={"ko": "두만강"}, placed_by=member, placed_at=at,
    )  # fmt: skip
    Attachment.objects.create(
        story=story, file=b"%PDF-1.5", sha256="f" * 64, media_type="application/pdf", size=8, title={"ko": "공고"},
        dropped=["author"], placed_by=member, placed_at=at,
    )  # fmt: skip
    PrivateDraft.objects.create(
        member=member, edition=story.editions.first(), heading=True, text="초안", base_revision=1, saved_at=at
    )
    MarketRate.objects.create(currency="KPW", per_usd="8500.5", on=at.date(), basis="two traders")
    StateMedia.objects.create(outlet="a paper", on=at.date(), text="A market was opened.", citation="page 2")


def _with_an_hour(member: Any, at: Any, story: Any) -> None:
    from nightdesk.desk.courier.models import Parcel
    from nightdesk.desk.releases.models import Fallen, HoldUntil, Scheduled
    from nightdesk.desk.review.models import Clearance

    Scheduled.objects.create(
        story=story, version=9, clearance=Clearance.objects.last(), document=b"{}", signature=b"s", photo=b"p", attachment=b"f",
        at=at + timedelta(hours=1), scheduled_by=member, scheduled_at=at,
    )  # fmt: skip
    Fallen.objects.create(story=story, at=at, why="changed", fallen_at=at)
    HoldUntil.objects.create(
        story=story,
        until=at.date() + timedelta(days=9),
        hour=at.time(),
        why="state media",
        set_by=member,
        set_at=at,
    )
    Parcel.objects.create(made_at=at, made_by=member, last_day=at.date())


def _sealed(member: Any, at: Any, source: Any, passphrase: str) -> None:
    """What opens with a member's own key alone: a card that was asked for, and a report marked eyes only."""
    from nightdesk.desk import slots
    from nightdesk.desk.reports import eyesonly
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Reveal

    Reveal.objects.create(
        card=source.card, asks=member, session="a" * 64, reason="To warn her.", wish="look", version=1, asked_at=at,
        handed=b"a wrap", holders={str(member.pk): "a mark"},
    )  # fmt: skip
    key = slots.open_slot(member.username, passphrase).member
    eyesonly.mark(member, key, Report.objects.get(source__pseudonym="tally"), [member.pk])


if __name__ == "__main__":
    from nightdesk.desk import keyfiles, serve

    folder = Path(sys.argv[1])
    serve.prepare(folder)
    keyfiles.unlock(folder, sys.argv[2])
    fill(sys.argv[2])
