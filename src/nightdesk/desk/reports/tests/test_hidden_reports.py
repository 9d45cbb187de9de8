"""Which reports are taken out for whom: the sentence of SQL says what the models say."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from django.db import models

from nightdesk.desk import clock
from nightdesk.desk.reports.models import HIDDEN, Report, SealedWords, WordsKey, readable
from nightdesk.desk.sources.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed_every_way(alice, bob, dana):
    """A report in the open, and one sealed to each set of members, nobody among them."""
    source = Source.objects.create(pseudonym="crane", made_on=clock.today())
    source.cleared.add(bob, dana)

    def told(eyes_only):
        return Report.objects.create(
            source=source, lang="ko", contact_on=date(2023, 12, 15), channel="voice", text="" if eyes_only else "쌀",
            eyes_only=eyes_only, received_at=clock.now(),
        )  # fmt: skip

    told(False)
    for count in range(4):
        for chosen in combinations((alice, bob, dana), count):
            words = SealedWords.objects.create(report=told(True), version=1, body=b"x")
            for member in chosen:
                WordsKey.objects.create(row=words, member=member, sealed=b"x")
    told(True)  # its words are gone: hidden from everybody


def as_the_models_say(rows, member):
    """The same question, made of models."""
    mine = WordsKey.objects.filter(row__report=models.OuterRef("pk"), member=member)
    hidden = Report._base_manager.filter(~models.Exists(mine), eyes_only=True)
    cleared = rows if member.may("decide") else rows.filter(source__cleared=member)
    return cleared.exclude(pk__in=hidden.order_by().values("pk"))


def test_the_sentence_says_what_the_models_say(sealed_every_way, alice, bob, dana):
    for member in (alice, bob, dana):
        seen = set(readable(Report.objects.all(), member).values_list("pk", flat=True))
        assert seen == set(as_the_models_say(Report.objects.all(), member).values_list("pk", flat=True))
        assert len(seen) == 5  # the open one, and four of eight sets hold him or her


def test_the_sentence_names_tables_as_the_models_do():
    """A renamed table or column would be an error only where somebody asks; here it is one now."""
    names = [
        Report._meta.db_table, WordsKey._meta.db_table, SealedWords._meta.db_table,
        *(WordsKey._meta.get_field(name).column for name in ("row", "member")),
        SealedWords._meta.get_field("report").column,
    ]  # fmt: skip
    assert all(f'"{name}"' in HIDDEN for name in names)


def test_members_stand_beside_the_sentence_and_not_in_it(bob):
    sql, given = readable(Report.objects.all(), bob).query.sql_with_params()
    assert given.count(bob.pk) == 2
    assert sql.count("%s") == len(given)
