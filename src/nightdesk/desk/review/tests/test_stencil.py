"""What a stencil puts back is, row by row and file by file, what the actions made; else it makes it anew."""

import pytest
from django.conf import settings
from django.db import transaction

from nightdesk.desk.review.models import Decision
from nightdesk.desk.review.tests import making, stencil
from nightdesk.desk.staff.models import Member
from nightdesk.desk.stories.models import Story

calls = []


@pytest.fixture
def newsroom(request, monkeypatch, db):
    """newsroom() puts a story with every finding decided; `calls` grows when that is done by actions."""
    monkeypatch.setattr(stencil, "_kept", {})
    calls.clear()

    def make():
        calls.append(1)
        members = [
            Member.objects.create_member(name, "five words that nobody guesses", role=role, byline=name)
            for name, role in (("A", "editor"), ("E", "editor"), ("B", "reporter"), ("T", "translator"))
        ]
        making.decide_everything(*members[:2], making.story(*members[2:]))

    return lambda: stencil.put("decided", make)


def seen():
    return stencil._everything(), stencil._rows_of("sqlite_sequence"), stencil._files()


def taken_back(put):
    """What the desk is after `put`, and then is no more."""
    with transaction.atomic():
        put()
        found = seen()
        transaction.set_rollback(True)
    settings.NIGHTDESK_NEWSROOM.unlink()
    return found


def test_what_is_put_back_is_what_was_made(newsroom):
    nothing = seen()
    made = taken_back(newsroom)
    assert made[0] != nothing[0] and made[2] and seen() == nothing
    assert taken_back(newsroom) == made
    assert len(calls) == 1


def test_rows_that_are_put_back_go_on_as_made_ones_do(newsroom):
    taken_back(newsroom)
    newsroom()
    kept = Decision.objects.filter(severity="red").first()
    assert kept.member != kept.second and not kept.waits_for_second
    assert Story.objects.create(slug="next", public_id="next", begun_by=kept.member, begun_at=kept.made_at).pk


def test_a_test_with_people_of_its_own_has_it_made_by_actions(newsroom):
    taken_back(newsroom)
    Member.objects.create_member("C", "five words that nobody guesses", role="reporter")
    newsroom()
    assert len(calls) == 2
    assert Story.objects.get().begun_by.username == "B"
