"""Counts that are made by taking off say what going through the rows a member may read would say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from nightdesk.desk.reports import counting
from nightdesk.desk.reports.models import Report, SealedWords, WordsKey
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db

DAYS = (
    date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 29), date(2023, 12, 31),
)  # fmt: skip


@pytest.fixture
def told(alice, bob, dana):
    """On each day a report in the open and one sealed to each set of members; one source is nobody's."""
    ours, nobodys = (Source.objects.create(pseudonym=name, made_on=DAYS[0]) for name in ("crane", "heron"))
    ours.cleared.add(bob, dana)
    for day in DAYS:
        for source in (ours, nobodys):
            _tell(source, day)
            for count in range(3):
                for chosen in combinations((alice, bob, dana), count):
                    words = SealedWords.objects.create(
                        report=_tell(source, day, eyes_only=True), version=1, body=b"x"
                    )
                    for member in chosen:
                        WordsKey.objects.create(row=words, member=member, sealed=b"x")


def _tell(source, day, eyes_only=False):
    return Report.objects.create(
        source=source, lang="ko", contact_on=day, channel="voice", text="" if eyes_only else "쌀", eyes_only=eyes_only,
        received_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
    )  # fmt: skip


def test_by_month_says_what_the_rows_say(told, alice, bob, dana, tariq):
    for member in (alice, bob, dana, tariq):
        days = Report.objects.visible_to(member).values_list("contact_on", flat=True)
        assert counting.by_month(member) == Counter((day.year, day.month) for day in days)
    assert counting.by_month(alice)[2020, 2] == 2 * 2 * (1 + 3)  # of seven sets three hold her


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1024, 2, 29), date(9999, 12, 31)])
def test_a_mistyped_year_stops_no_count(told, alice, day):
    _tell(Source.objects.get(pseudonym="crane"), day)
    days = Report.objects.visible_to(alice).values_list("contact_on", flat=True)
    assert counting.by_month(alice) == Counter((one.year, one.month) for one in days)


def test_without_a_report_there_is_no_month(alice):
    assert counting.by_month(alice) == {}


def test_received_before_says_what_the_rows_say(told, alice, bob, tariq):
    apart = Report.objects.filter(pk__in=list(Report.objects.values_list("pk", flat=True))[::3]).values("pk")
    for member in (alice, bob, tariq):
        for day in DAYS:
            for moment in (
                datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(seconds=n) for n in (0, 1)
            ):
                rows = Report.objects.visible_to(member).exclude(pk__in=apart).filter(received_at__lt=moment)
                assert counting.received_before(member, moment, apart) == rows.count()


def test_only_who_decides_reads_nearly_all(told, alice, bob):
    assert alice.may("decide")
    assert not bob.may("decide")
    assert counting.by_month(bob)
