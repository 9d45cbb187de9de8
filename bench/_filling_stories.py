"""The stories of the filled desk: at work, withdrawn, and with their readers as the desk would have left them."""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from itertools import count as numbers
from typing import Any

from bench._rows import DAY
from bench._rows import many as put

AT_WORK, WITHDRAWN, PARAGRAPHS = 40, 30, 8


def stories(people: dict[str, list[Any]], claims: list[Any], many: int, dice: random.Random) -> None:
    from nightdesk.desk.stories.models import Edition, Paragraph

    who, started = [*people["reporter"], *people["editor"]], DAY - timedelta(days=3000)
    made = put(_story(number, many, who[number % len(who)], started) for number in range(many))
    editions = put(
        Edition(story=story, lang=lang, title=f"{title} {story.pk}", translated_title=from_ and f"{from_} {story.pk}")
        for story in made for lang, title, from_ in (("ko", "단속", ""), ("en", "Sweep", "단속"))
    )  # fmt: skip
    korean = put(
        Paragraph(edition=edition, position=at, text=f"회령에서 단속이 있었다고 한다. 문단 {at}, 기사 {edition.story_id}.")
        for edition in editions[::2] for at in range(PARAGRAPHS)
    )  # fmt: skip
    english = {edition.story_id: edition for edition in editions[1::2]}
    put(
        Paragraph(edition=english[row.edition.story_id], position=row.position, text=f"There was a sweep, {row.position}.",
                  translates=row, translated_text=row.text)
        for row in korean
    )  # fmt: skip
    through = Paragraph.claims.through
    told, used = [claim.pk for claim in claims if claim.status == "accepted"], numbers()
    put(
        through(paragraph=row, claim_id=told[next(used) * 7 % len(told)])
        for row in korean
        if row.position in (1, 3, 5)
    )


def _story(number: int, many: int, who: Any, started: date) -> Any:
    """The last ones are at work; half of those are not handed over yet."""
    from nightdesk.desk.stories.models import Story

    at = datetime.combine(started + timedelta(days=number * 2990 // many), clock_time(8), UTC)
    gone = at if 0 < number <= WITHDRAWN and number < many - AT_WORK else None
    waits = number >= many - AT_WORK // 2
    return Story(
        slug=f"sweep-{number}", public_id=f"{number:024x}", begun_by=who, begun_at=at, withdrawn_at=gone,
        ready_to_translate_at=None if waits else at, first_released_on=None if number >= many - AT_WORK else at.date(),
    )  # fmt: skip


def readers() -> None:
    """Reviews, clearances, releases and versions of the stories readers have, with the hashes the desk would make."""
    from nightdesk.desk.review.standing import standings
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.stories.models import Story

    alice = Member.objects.get(username="Alice")
    pks = list(Story.objects.filter(first_released_on__isnull=False).values_list("pk", flat=True))
    for start in range(0, len(pks), 200):
        found = standings(Story.objects.filter(pk__in=pks[start : start + 200]), DAY)
        _released(list(found.values()), alice)
        print(f"\r{start + len(found):,} of {len(pks):,} released stories", end="", file=sys.stderr)
    print(file=sys.stderr)


def _released(found: list[Any], alice: Any) -> None:
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.review.draft import lay_out, snapshot
    from nightdesk.desk.review.models import Clearance, Decision, Finding, Review
    from nightdesk.desk.stories.models import Version

    laid = [lay_out(one.story, one.story.first_released_on) for one in found]
    at = [one.story.begun_at for one in found]
    reviews = put(
        Review(story=each.story, fingerprint=each.fingerprint, words=each.words, made_by=alice, made_at=moment,
               release_on=each.on, text=snapshot(each.spots))
        for each, moment in zip(laid, at, strict=True)
    )  # fmt: skip
    put(
        Finding(review=review, key=f"{review.story_id}-{n}", kind="exact sum", severity="amber", facts="f", data={"offers": []})
        for review in reviews for n in range(6)
    )  # fmt: skip
    put(
        Decision(story_id=review.story_id, key=f"{review.story_id}-{n}", kind="exact sum", severity="amber", facts="f",
                 verb="keep", reason="known in the town", member=alice, made_at=review.made_at)
        for review in reviews for n in range(6)
    )  # fmt: skip
    cleared = put(
        Clearance(story_id=review.story_id, review=review, fingerprint=review.fingerprint, cleared_by=alice, byline="Alice",
                  cleared_at=review.made_at)
        for review in reviews
    )  # fmt: skip
    put(
        Release(story=each.story, version=1, kind="release", clearance=row, document=_document(each), signature=b"{}",
                digest="d" * 64, released_by=alice, released_at=row.cleared_at, written_at=row.cleared_at)
        for each, row in zip(laid, cleared, strict=True)
    )  # fmt: skip
    put(
        Version(story_id=row.story_id, name=name, content={"editions": []}, made_by=alice, made_at=row.cleared_at)
        for row in cleared for name in ("Cleared for release", "Released as version 1")
    )  # fmt: skip


def _document(laid: Any) -> bytes:
    """The bytes readers would have: sound, though nobody signed them."""
    from nightdesk.release import model
    from nightdesk.release.codec import to_bytes

    masthead = model.Masthead(
        {"en": "Post", "ko": "포스트"}, ("ko", "en"), {"en": "Unnamed.", "ko": "무기명."}
    )
    editions = tuple(
        model.Edition(
            lang, row[0].text, "", tuple(model.Paragraph((model.Text(spot.text),)) for spot in row if spot.paragraph),
            (model.Credit("reported", "Alice"),),
        )
        for lang, row in laid.spots.items()
    )  # fmt: skip
    made = model.Release(
        laid.story.public_id, laid.story.slug, 1, "release", laid.on, laid.on, masthead, editions, (), ()
    )
    return to_bytes(made)
