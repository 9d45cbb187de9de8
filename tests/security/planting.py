"""Single rows with planted words, for the filled desk of conftest.py."""

from __future__ import annotations

from datetime import date
from typing import Any

# Shown as markup anywhere, this would be an element; shown as text it is harmless.
PLANTED = "\"><b data-planted>'</b>"


def own_term(report: Any, author: Any, now: Any) -> Any:
    """What words of a report mean, with planted words for a name."""
    from nightdesk.desk.reports.models import OwnTerm

    return OwnTerm.objects.create(
        report=report, start=0, end=1, words="말", kind="person", means=PLANTED, value={"name": PLANTED},
        made_by=author, made_at=now,
    )  # fmt: skip


def story_term(story: Any, author: Any, now: Any) -> Any:
    """What words of a story's sentence mean, with planted words for sentence and name."""
    from nightdesk.desk.stories.models import StoryTerm

    return StoryTerm.objects.create(
        story=story, text=f"말 {PLANTED}", lang="ko", on=now.date(), start=0, end=1, words="말", kind="person",
        means=PLANTED, value={"name": PLANTED}, made_by=author, made_at=now,
    )  # fmt: skip


def reply(report: Any, author: Any, now: Any) -> Any:
    """Planted words for the teller of a report."""
    from nightdesk.desk.replies.models import Reply

    up = date(2099, 1, 1)
    return Reply.objects.create(report=report, text=PLANTED, written_by=author, written_at=now, until=up)


def card(member: Any, source: Any) -> Any:
    """An identity card with the planted words, sealed to its one reader."""
    from nightdesk.desk.sources import cards, sealing
    from nightdesk.desk.sources.tests.keyed import give_key

    key = give_key(member)
    seen = {member.pk: sealing.fingerprint(member.public_key)}
    cards.write(member, key, source, sealing.Card(name=PLANTED), 0, seen)
    return key


def eyes_only(member: Any, key: Any, source: Any, now: Any) -> Any:
    """A report sealed to one member: nobody else, and no editor, sees that it exists."""
    from nightdesk.desk.reports import eyesonly
    from nightdesk.desk.reports.models import Report

    made = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 17), channel="voice", text=f"카나리아말 {PLANTED}",
        received_at=now,
    )  # fmt: skip
    eyesonly.mark(member, key, made, [member.pk])
    return made
