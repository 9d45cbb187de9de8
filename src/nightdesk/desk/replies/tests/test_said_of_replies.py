"""What pages say of replies: whether one is on the board yet, who asked for one, and how much room is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from nightdesk.desk.care import danger
from nightdesk.desk.care.models import Danger
from nightdesk.desk.conftest import newsroom_day
from nightdesk.desk.courier import actions as courier
from nightdesk.desk.replies import actions, boards
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.replies.showing import replies_of
from nightdesk.desk.reports.tests.test_reports import told
from nightdesk.desk.review.tests import making

pytestmark = pytest.mark.django_db
SECRET = "5a" * 32
WAITS = "not on the board yet: it goes up with the next one and stays until 25 December 2023"


def after_it_ran_out():
    return newsroom_day() + timedelta(days=8)


@pytest.fixture
def report(bob, settings, tmp_path):
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    making.hold_keys()
    found = told("crane", bob)
    found.reply_secret = SECRET
    found.save()
    return found


def page_of(client, report):
    return client.get(report.get_absolute_url()).content.decode()


def test_a_reply_is_up_only_once_the_drop_has_taken_a_board_with_it(bob, report, signed_in, monkeypatch):
    row, answers = actions.reply(bob, report, "다시 전화하겠습니다.", 7), [(500, b""), (500, b"")]
    client = signed_in(bob)
    assert WAITS in page_of(client, report)
    monkeypatch.setattr(
        boards.drop, "send", lambda method, *_: answers.pop() if method == "PUT" else (404, b"")
    )
    with pytest.raises(boards.drop.DropTrouble):
        boards.put_up()
    assert WAITS in page_of(client, report)
    answers.append((200, b""))
    boards.put_up()
    assert "up until 25 December 2023" in page_of(client, report) and WAITS not in page_of(client, report)
    row.refresh_from_db()
    assert row.put_up_at is not None


@pytest.fixture
def taking(monkeypatch):
    """A drop that takes every board."""
    monkeypatch.setattr(boards.drop, "send", lambda *_: (200, b""))


def test_what_a_danger_took_down_is_not_up_again_before_the_next_board(bob, report, signed_in, taking):
    actions.reply(bob, report, "다시 전화하겠습니다.", 7)
    boards.put_up()
    danger.mark(bob, report.source, "Nobody has heard from her.")
    boards.put_up()
    Danger.objects.update(lifted_at=boards.clock.now())
    assert WAITS in page_of(signed_in(bob), report)
    boards.put_up()
    assert "· up until 25 December 2023" in page_of(signed_in(bob), report)


def test_what_ran_out_was_up_only_if_a_board_had_it(bob, report, signed_in, taking, settings):
    actions.reply(bob, report, "다시 전화하겠습니다.", 7)
    settings.NIGHTDESK_CLOCK = f"{__name__}.after_it_ran_out"
    assert "· ran out on 25 December 2023" in page_of(signed_in(bob), report)
    Reply.objects.update(put_up_at=boards.clock.now())
    assert "· was up until 25 December 2023" in page_of(signed_in(bob), report)


def test_of_a_reply_in_a_couriers_parcel_nobody_says_that_it_is_not_up_yet(alice, bob, report, signed_in):
    """The courier may have put it up, and the desk does not hear of it."""
    actions.reply(bob, report, "다시 전화하겠습니다.", 7)
    courier.prepare(alice, 2)
    page = page_of(signed_in(bob), report)
    assert (
        "the courier’s parcel has it, until 25 December 2023" in page and "not on the board yet" not in page
    )


def test_the_list_says_who_asked_for_a_reply_and_can_be_narrowed_to_them(bob, report, signed_in):
    other = told("crane", bob, on=report.contact_on)
    client = signed_in(bob)
    page = client.get("/reports/").content.decode()
    assert (
        page.count('<span class="chip accent">asked for a reply</span>') == 1 and "reply written" not in page
    )
    narrowed = client.get("/reports/?asked=on").content.decode()
    assert report.get_absolute_url() in narrowed and f'"{other.get_absolute_url()}"' not in narrowed
    actions.reply(bob, report, "다시 전화하겠습니다.", 7)
    assert "reply written" in client.get("/reports/").content.decode()
    assert report.get_absolute_url() not in client.get("/reports/?asked=on").content.decode()


@pytest.mark.parametrize("letter", ["가", "a", "字"])
def test_as_many_bytes_fit_as_the_field_counts(bob, report, letter):
    room = replies_of(bob, report).room
    size = len(letter.encode())
    words = letter * (room // size) + "a" * (room % size)
    with pytest.raises(actions.DeskError, match="too long"):
        actions.reply(bob, report, words + "a", 7)
    row = actions.reply(bob, report, words, 7)
    assert row.text == words


def test_a_reply_that_fills_its_cell_fits_whatever_its_number(bob, report):
    """A tenth reply has a number of two digits: what fitted alone must not keep every board from being made."""
    room = replies_of(bob, report).room
    for n in range(10):
        actions.reply(bob, report, f"{n}".ljust(room, "x"), 7)
    assert boards.signed(boards.clock.today(), 1)


def test_a_reply_whose_words_do_not_open_is_not_said_to_be_up(bob, report, signed_in, taking):
    whole, broken = (
        actions.reply(bob, report, words, 7) for words in ("다시 전화하겠습니다.", "내일 밤입니다.")
    )
    with connection.cursor() as cursor:
        cursor.execute("update replies_reply set text = substr(text, 1, 40) where id = %s", [broken.pk])
    boards.put_up()
    assert Reply.objects.get(pk=whole.pk).put_up_at is not None
    assert Reply.objects.defer("text").get(pk=broken.pk).put_up_at is None
    assert "on no board: its words do not open" in page_of(signed_in(bob), report)
