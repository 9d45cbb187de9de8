"""A desk with a long past as a process of its own: fills it, then opens one review again and again.

What every release gave is drawn as `_released` draws it, fifty claims a story; six of them stand as rows of the desk,
under four paragraphs, so that the desk finds who is behind a story as it would. Belongs here: what has to run inside
Django. Does not belong here: which sizes (past.py).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import time as clock_time
from itertools import groupby
from pathlib import Path
from typing import Any

from bench._released import CLAIMS_A_STORY, SOURCES, released
from bench._rows import DAY
from bench._rows import many as put

CLAIMS_KEPT, PARAGRAPHS, ROUNDS = 6, 12, 9
AT = datetime.combine(DAY, clock_time(6), UTC)


def fill(stories: int) -> int:
    """So many released stories, and a draft of twelve paragraphs in two languages; its key."""
    from django.db import connection, transaction

    from nightdesk.desk import beginning
    from nightdesk.desk.staff.models import Member

    beginning.migrate()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # a desk that is only filled loses nothing to a power cut
    roles = {"Alice": "editor", "Bob": "reporter", "Tariq": "translator"}
    alice, bob, tariq = (
        Member.objects.create(username=name, byline=name, role=role, password="!")
        for name, role in roles.items()
    )
    with transaction.atomic():
        accounts = _accounts(bob)
        _stories(stories, accounts, alice, bob)
        draft = _draft(bob, tariq)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA synchronous=FULL")
    return draft


def _accounts(bob: Any) -> list[Any]:
    """A report and its account of every source `_released` draws from."""
    from bench._filling import _sealed_under
    from nightdesk.desk.claims.models import Account
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.sources.models import Source

    sources = put(Source(pseudonym=f"source{number}", made_on=DAY) for number in range(SOURCES))
    _sealed_under(sources)
    text = "회령에서 2만 위안을 냈다고 한다."
    reports = put(
        Report(source=one, lang="ko", contact_on=DAY, channel="drop", basis="eyewitness", text=text, received_at=AT, read_at=AT)
        for one in sources
    )  # fmt: skip
    return put(Account(report=report, start=0, end=len(text), compared=True) for report in reports)


def _stories(many: int, accounts: list[Any], alice: Any, bob: Any) -> None:
    """Lots of stories with their rows, each as readers would have it."""
    drawn = groupby(released(many * CLAIMS_A_STORY), key=lambda one: one.id)
    while lot := [list(entries) for _id, (_name, entries) in zip(range(500), drawn, strict=False)]:
        _lot(lot, accounts, alice, bob)
        print(f"\r{lot[-1][0].id} of {many:,}", end="", file=sys.stderr)
    print(file=sys.stderr)


def _lot(lot: list[list[Any]], accounts: list[Any], alice: Any, bob: Any) -> None:
    from nightdesk.desk.releases.models import Release
    from nightdesk.desk.review.models import Clearance, Review
    from nightdesk.desk.stories.models import Edition, Paragraph, Story

    made = put(
        Story(slug=f"past-{one.id.lower()}", public_id=f"past{one.id}", begun_by=bob, begun_at=AT, ready_to_translate_at=AT,
              first_released_on=one.released_on, settled=True)
        for one, *_rest in lot
    )  # fmt: skip
    editions = put(Edition(story=story, lang="ko", title=story.slug) for story in made)
    rows = put(
        Paragraph(edition=each, position=n, text="단속이 있었다.") for each in editions for n in range(3)
    )
    kept = [entry for entries in lot for entry in entries[:CLAIMS_KEPT]]
    claims = put(_claim(entry, accounts[int(entry.source.removeprefix("source"))], bob) for entry in kept)
    through = Paragraph.claims.through
    put(
        through(paragraph=rows[number * len(rows) // len(claims)], claim=claim)
        for number, claim in enumerate(claims)
    )
    reviews = put(
        Review(story=story, fingerprint="f", made_by=alice, made_at=AT, release_on=DAY) for story in made
    )
    cleared = put(
        Clearance(story=one.story, review=one, fingerprint="f", cleared_by=alice, cleared_at=AT)
        for one in reviews
    )
    out = put(
        Release(story=one.story, version=1, kind="release", clearance=one, document=b"{}" * 1500, signature=b"{}",
                digest="d" * 64, released_by=alice, released_at=AT, written_at=AT)
        for one in cleared
    )  # fmt: skip
    _remember(out, lot)


def _claim(entry: Any, account: Any, bob: Any) -> Any:
    from nightdesk.desk.claims.models import Claim

    return Claim(
        account=account, words_start=0, words_end=5, statement="Money was asked for", act="extortion", basis="eyewitness",
        knowers=entry.knowers.kind, knowers_low=entry.knowers.low, knowers_high=entry.knowers.high, status="accepted",
        made_by=bob, made_at=AT,
    )  # fmt: skip


def _remember(out: list[Any], lot: list[list[Any]]) -> None:
    """What a reading of each release would have left, from what was drawn."""
    from nightdesk.desk.review import printed, remembering
    from nightdesk.desk.review.models import RememberedRelease

    heads = put(
        RememberedRelease(release=row, story=row.story, name=f"“{entries[0].id}”", released_on=entries[0].released_on,
                          rules=remembering.rules())
        for row, entries in zip(out, lot, strict=True)
    )  # fmt: skip
    put(one for head, entries in zip(heads, lot, strict=True) for one in _values(head, entries))
    for row, (first, *_others) in zip(out, lot, strict=True):
        printed.keep(row, first.wording)


def _values(head: Any, entries: list[Any]) -> Iterator[Any]:
    from nightdesk.desk.review import remembering

    found = {one.key: one for entry in entries for one in remembering._values(head, entry)}
    yield from found.values()


def _draft(bob: Any, tariq: Any) -> int:
    """The tests' own story, its paragraphs thrice, told by sources of the past."""
    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.review.tests import making
    from nightdesk.desk.sources.models import Source
    from nightdesk.desk.stories.models import Paragraph

    story = making.story(bob, tariq, "draft")
    making.tables()
    claims = list(Claim.objects.filter(paragraphs__edition__story=story))
    for number, name in enumerate(("crane", "millet", "heron")):
        row = Source.objects.get(pseudonym=f"source{number}")
        Report.objects.filter(source__pseudonym=name).update(source=row)
    for at in range(len(claims), PARAGRAPHS):
        texts = (making.KO[at % 4].format(money="2만 위안을"), making.EN[at % 4].format(money="RMB 20,000"))
        first = None
        for edition, text in zip(story.editions.order_by("pk"), texts, strict=True):
            first = Paragraph.objects.create(
                edition=edition, position=at + 1, text=text, translates=first, translated_text=first.text if first else ""
            )  # fmt: skip
            if edition.lang == "ko":
                first.claims.add(claims[at % 4])
    return story.pk


def measure(draft: int) -> dict[str, Any]:
    """Milliseconds of the review's page: the first of this process, and after keystrokes; and what the past takes of it."""
    from bench._serving import _cookie
    from nightdesk.desk import beginning, tidying
    from nightdesk.desk.review import remembering
    from nightdesk.desk.review.models import RememberedRelease
    from nightdesk.desk.staff.models import Member
    from nightdesk.desk.wsgi import application

    beginning.migrate()
    RememberedRelease.objects.update(rules=remembering.rules())  # a kept desk is measured by later code
    cookie = _cookie(Member.objects.get(username="Alice"))
    beginning.warm()  # as at every unlocking
    tidying.keep_tidy()
    first = _page(application, draft, cookie)
    again, past = [], []
    for turn in range(ROUNDS):
        _type(draft, turn + 1)
        time.sleep(0.1)  # the collector goes round between two pages
        again.append(_page(application, draft, cookie))
        past.append(_lookups(draft))
    same = _page(application, draft, cookie)
    rules = [_rules(draft, ROUNDS + turn + 1) for turn in range(ROUNDS)]
    return {"first": first, "again": again, "past": past, "same": same, "rules": rules}


def _rules(draft: int, turn: int) -> float:
    """Milliseconds of the processor for the review alone after a keystroke, the past asked anew; no page, no row written."""
    from nightdesk.desk.review.evidence import evidence_of, tables
    from nightdesk.desk.review.past import Released
    from nightdesk.desk.review.standing import standing_of
    from nightdesk.desk.stories.models import Story
    from nightdesk.disclosure import review

    _type(draft, turn)
    laid = standing_of(Story.objects.get(pk=draft)).laid
    evidence, groups = evidence_of(laid.story), tables()
    began = time.thread_time()
    review(laid.draft, evidence, Released(laid.story), groups, laid.on)
    return (time.thread_time() - began) * 1000


def _page(application: Any, draft: int, cookie: str) -> tuple[float, float]:
    """Milliseconds by the clock, and those of the processor."""
    from bench._serving import _environ

    statuses: list[str] = []
    began, busy = time.perf_counter(), time.thread_time()
    body = b"".join(
        application(_environ(f"/review/{draft}/", "", cookie), lambda status, *_r: statuses.append(status))
    )
    took = (time.perf_counter() - began) * 1000, (time.thread_time() - busy) * 1000
    assert statuses[0].startswith("200") and b"history" in body.lower(), statuses
    return took


def _type(draft: int, turn: int) -> None:
    from nightdesk.desk.stories.models import Paragraph

    row = Paragraph.objects.filter(edition__story=draft, edition__lang="ko").last()
    assert row
    Paragraph.objects.filter(pk=row.pk).update(text=row.text.rstrip("다.") + "다." + "다" * turn)


def _lookups(draft: int) -> tuple[float, int]:
    """Milliseconds of the processor for what one review asks of the past, and how many questions it is; the paragraphs are read already."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from nightdesk.desk.review.evidence import evidence_of
    from nightdesk.desk.review.past import Released
    from nightdesk.desk.review.printed import PrintedBefore
    from nightdesk.desk.review.standing import standing_of
    from nightdesk.desk.stories.models import Story
    from nightdesk.disclosure import review

    words: list[Any] = []

    class Hearing(PrintedBefore):
        def ahead(self, *named: Any) -> None:
            words.append(named)
            super().ahead(*named)

    class Listening(Released):
        asked: list[Any]

        @property
        def spoken(self) -> PrintedBefore:
            return hearing

        def find(self, key: Any) -> Any:
            self.asked.append(("find", key))
            return super().find(key)

        def circle(self, source: str) -> Any:
            self.asked.append(("circle", source))
            return super().circle(source)

    laid = standing_of(Story.objects.get(pk=draft)).laid
    listening, hearing = Listening(laid.story), Hearing(laid.story)
    listening.asked = []
    review(laid.draft, evidence_of(laid.story), listening, (), laid.on)
    assert words, "the past holds too few stories to be asked for words"
    began = time.thread_time()
    _ask(Released(laid.story), listening.asked, words)
    took = (time.thread_time() - began) * 1000
    with CaptureQueriesContext(connection) as queries:
        _ask(Released(laid.story), listening.asked, words)
    return took, len(queries)


def _ask(past: Any, asked: list[Any], words: list[Any]) -> None:
    """What a review asked, once more."""
    for name, value in asked:
        getattr(past, name)(value)
    assert past.spoken.stories and not past.spoken.full
    for named in words:
        past.spoken.ahead(*named)


def main() -> None:
    folder = Path(os.environ["NIGHTDESK_DIR"])
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    import django

    django.setup()
    name, number = sys.argv[1], int(sys.argv[2])
    if name == "fill":
        began = time.monotonic()
        draft = fill(number)
        size = (folder / "desk.sqlite3").stat().st_size
        print(json.dumps({"draft": draft, "seconds": time.monotonic() - began, "bytes": size, **_counted()}))
    else:
        print(json.dumps(measure(number)))


def _counted() -> dict[str, int]:
    from nightdesk.desk.review.models import PrintedCode, RememberedRelease, RememberedValue

    rows = {"releases": RememberedRelease, "values": RememberedValue, "codes": PrintedCode}
    return {name: model.objects.count() for name, model in rows.items()}


if __name__ == "__main__":
    main()
