"""Rows that tests of stories and translation begin with: claims under a source, a story over them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account, Claim, Event
from nightdesk.desk.reports.models import Report
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories import actions, arranging, pairs

SWEEP = "회령시 보위부가 이달 들어 중국 손전화 사용자를 상대로 단속을 벌이고 있다."
VISIT = "최근 보위원 두 명이 송금 브로커를 찾아가 {money:c%s}을 요구했다."


def make_claim(
    by, *, pseudonym="millet", cleared=(), amount="20000", currency="CNY", statement="", origins=1
) -> Claim:
    """A claim from a report of `pseudonym`; `amount` in major units, or None for no sum."""
    source, _ = Source.objects.get_or_create(pseudonym=pseudonym, defaults={"made_on": date(2023, 1, 1)})
    source.cleared.add(*cleared)
    report = Report.objects.create(
        source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice",
        text="며칠 전 보위원 두 명이 브로커를 찾아가 2만 위안을 내라고 했다.", received_at=clock.now(),
    )  # fmt: skip
    event = Event.objects.create(engine_id=f"e{report.pk}", independent_origins=origins)
    account = Account.objects.create(report=report, start=0, end=10, event=event)
    return Claim.objects.create(
        account=account, words_start=0, words_end=10, statement=statement or f"{pseudonym} told of a demand",
        act="extortion", amount=Decimal(amount) if amount else None, currency=currency if amount else "",
        sum_role="demanded" if amount else "", basis="second-hand", made_by=by, made_at=clock.now(),
    )  # fmt: skip


def make_story(by, claims=(), texts=(), title="연말 단속"):
    """A Korean story over `claims`, its paragraphs filled with `texts` in order."""
    story = actions.draft(by, title, "ko", claims)
    edition = pairs.source_edition(story)
    for _ in range(len(texts) - edition.paragraphs.count()):
        arranging.add_paragraph(by, edition)
    for row, text in zip(edition.paragraphs.all(), texts, strict=False):
        actions.save_paragraph(by, row, text, row.revision)
    return story


def paragraphs(story, lang=None):
    """The paragraphs of one edition, in order."""
    return list(story.editions.get(lang=lang or story.source_lang).paragraphs.all())
