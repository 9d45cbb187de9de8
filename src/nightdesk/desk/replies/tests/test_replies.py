"""A reply goes up for the teller of one report, comes off again, and is on no board it should not be on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from nightdesk.desk import clock
from nightdesk.desk.care import danger
from nightdesk.desk.care.models import Danger
from nightdesk.desk.courier import actions as courier
from nightdesk.desk.courier import parcels
from nightdesk.desk.custody.models import CustodyEntry
from nightdesk.desk.errors import DeskError, NotAllowed, Stale
from nightdesk.desk.replies import actions, boards
from nightdesk.desk.replies.models import Reply
from nightdesk.desk.reports import eyesonly
from nightdesk.desk.reports.actions import confirm
from nightdesk.desk.reports.tests.test_reports import told
from nightdesk.desk.review.tests import making
from nightdesk.desk.sourcekeys.fields import Sealed
from nightdesk.desk.sources.tests.keyed import give_key
from nightdesk.seal.board import CELLS, verify_board
from nightdesk.seal.replying import open_cell
from nightdesk.seal.signing import unpack

pytestmark = pytest.mark.django_db
SECRET = "5a" * 32
TEXT = "18일 밤에 다시 전화하겠습니다."


@pytest.fixture
def keyring(settings, tmp_path):
    settings.NIGHTDESK_COURIER_DIR = str(tmp_path / "courier")
    return making.hold_keys()


@pytest.fixture
def report(bob):
    found = told("crane", bob)
    found.reply_secret = SECRET
    found.save()
    return found


def says(packed, keyring, day):
    """What the words of SECRET open on a board."""
    board = verify_board(*unpack(packed), keyring.identity_public, day)
    cells = (open_cell(bytes.fromhex(SECRET), keyring.newsroom_id, day, each) for each in board.cells)
    return [each.text for each in cells if each]


def today(keyring):
    return says(boards.signed(clock.today(), 1), keyring, clock.today())


def packed_for(day):
    """The board that the courier carries for a day."""
    (path,) = (
        path for path in parcels.folder().glob("board-*")
        if f'\\"day\\":\\"{day}\\"' in path.read_text()
    )  # fmt: skip
    return path.read_bytes()


def carried(keyring, day):
    """What they open on it."""
    return says(packed_for(day), keyring, day)


def test_a_reply_stands_until_its_last_day(bob, report, keyring):
    row = actions.reply(bob, report, f" {TEXT}\r\n", 7)
    assert today(keyring) == [TEXT]
    assert row.until == clock.today() + timedelta(days=7)
    assert says(boards.signed(row.until, 0), keyring, row.until) == [TEXT]
    after = row.until + timedelta(days=1)
    assert says(boards.signed(after, 0), keyring, after) == []
    assert CustodyEntry.objects.filter(subject=f"report:{report.pk}", verb="reply").count() == 1


def test_taken_off_it_is_on_no_board_and_once_is_enough(bob, report, keyring):
    row = actions.reply(bob, report, TEXT, 3)
    actions.take_off(bob, row)
    assert today(keyring) == []
    with pytest.raises(Stale):
        actions.take_off(bob, row)


def test_no_two_boards_have_a_cell_in_common(bob, report, keyring):
    actions.reply(bob, report, TEXT, 3)
    one, other = (
        verify_board(*unpack(boards.signed(clock.today(), n)), keyring.identity_public, clock.today())
        for n in (1, 2)
    )
    assert not {*one.cells} & {*other.cells}


@pytest.mark.parametrize(("text", "days", "says"), [
    ("", 7, "empty"), ("가" * 400, 7, "too long"), ("a\x07", 7, "control"), (TEXT, 8, "how many days"), (TEXT, 0, "how many days"),
])  # fmt: skip
def test_what_cannot_go_up_is_said(bob, report, text, days, says):
    with pytest.raises(DeskError, match=says):
        actions.reply(bob, report, text, days)
    assert not Reply.objects.exists()


def test_as_many_letters_fit_as_the_form_says(bob, report, keyring):
    actions.reply(bob, report, "가" * actions.LETTERS, 3)
    assert today(keyring) == ["가" * actions.LETTERS]


def test_who_asked_for_none_gets_none(bob, report):
    report.reply_secret = ""
    report.save()
    with pytest.raises(DeskError, match="asked for no reply"):
        actions.reply(bob, report, TEXT, 7)


def test_a_full_board_takes_no_more_and_a_place_that_is_free_again_does(bob, report, keyring):
    rows = [actions.reply(bob, report, f"{n}", 7) for n in range(CELLS)]
    with pytest.raises(DeskError, match="room for 64"):
        actions.reply(bob, report, TEXT, 7)
    actions.take_off(bob, rows[0])
    actions.reply(bob, report, TEXT, 7)
    assert len(today(keyring)) == CELLS


def test_a_danger_that_is_lifted_makes_no_board_too_full(bob, report, keyring):
    """Else no round would come to its end from then on, and no parcel be written."""
    for n in range(CELLS):
        actions.reply(bob, report, f"{n}", 7)
    other = told("heron")
    other.reply_secret = "6b" * 32
    other.save()
    danger.mark(bob, report.source, "Nobody has heard from her.")
    with pytest.raises(DeskError, match="room for 64"):
        actions.reply(bob, other, TEXT, 7)
    Danger.objects.update(lifted_at=clock.now())
    assert len(today(keyring)) == CELLS


def test_words_that_do_not_open_keep_no_other_reply_off_the_board(bob, report, keyring, caplog):
    broken = actions.reply(bob, report, "cut off", 7)
    Reply.objects.filter(pk=broken.pk).update(seal_token="00" * 16)
    actions.reply(bob, report, TEXT, 7)
    assert today(keyring) == [TEXT]
    assert f"reply {broken.pk} is on no board" in caplog.text


def test_a_form_sent_twice_puts_up_one_reply(bob, report):
    first = actions.reply(bob, report, TEXT, 7)
    with pytest.raises(DeskError, match="stand on the board for this report already"):
        actions.reply(bob, report, f"{TEXT}\r\n", 3)
    actions.take_off(bob, first)
    actions.reply(bob, report, TEXT, 3)
    assert Reply.objects.count() == 2


def test_only_who_may_reply_and_sees_the_report(alice, bob, charlie, tariq, report):
    with pytest.raises(NotAllowed):
        actions.reply(tariq, report, TEXT, 7)
    row = actions.reply(bob, report, TEXT, 7)
    assert Reply.objects.visible_to(alice).get() == row
    assert not Reply.objects.visible_to(charlie).exists()
    assert not Reply.objects.visible_to(tariq).exists()


def test_the_words_lie_sealed_under_the_sources_key(bob, report):
    actions.reply(bob, report, TEXT, 7)
    (lying,) = Reply.objects.values_list("text", flat=True)
    assert isinstance(lying, Sealed) and TEXT.encode() not in lying
    (secret,) = type(report).objects.filter(pk=report.pk).values_list("reply_secret", flat=True)
    assert isinstance(secret, Sealed) and SECRET.encode() not in secret


# --- a source in danger, a parcel that is out, a drop ------------------------------------------------------


def test_nothing_stands_for_a_source_in_danger(bob, report, keyring, django_capture_on_commit_callbacks):
    courier.prepare(None, 2)
    with django_capture_on_commit_callbacks(execute=True):
        actions.reply(bob, report, TEXT, 7)
    assert carried(keyring, clock.today()) == [TEXT]
    with django_capture_on_commit_callbacks(execute=True):
        danger.mark(bob, report.source, "Nobody has heard from her.")
    assert today(keyring) == []
    assert carried(keyring, clock.today()) == []
    with pytest.raises(DeskError, match="in danger"):
        actions.reply(bob, report, TEXT, 7)


def test_the_courier_carries_each_day_what_stands_then(
    bob, report, keyring, django_capture_on_commit_callbacks
):
    courier.prepare(None, 5)
    assert carried(keyring, clock.today()) == []
    with django_capture_on_commit_callbacks(execute=True):
        row = actions.reply(bob, report, TEXT, 3)
    days = [clock.today() + timedelta(days=n) for n in range(6)]
    assert [carried(keyring, day) for day in days] == [[TEXT]] * 4 + [[]] * 2
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_off(bob, row)
    assert [carried(keyring, day) for day in days] == [[]] * 6


def test_the_board_of_a_later_parcel_takes_the_place_of_an_earlier_ones(
    bob, report, keyring, django_capture_on_commit_callbacks
):
    """A desk without a drop of its own leaves all boards to the courier: what is taken off must come off that day."""
    days = [clock.today() + timedelta(days=n) for n in range(3)]
    numbers = []

    def look():
        on = [(packed_for(day), day) for day in days]
        numbers.append([verify_board(*unpack(one), keyring.identity_public, day).number for one, day in on])

    courier.prepare(None, 2)
    look()
    with django_capture_on_commit_callbacks(execute=True):
        actions.reply(bob, report, TEXT, 7)
    look()
    with django_capture_on_commit_callbacks(execute=True):
        danger.mark(bob, report.source, "Nobody has heard from her.")
    look()
    assert all(first < second < third for first, second, third in zip(*numbers, strict=True))
    assert carried(keyring, days[0]) == []
    assert boards.next_number(days[0], 40) == 41


def test_a_round_writes_the_parcel_anew_when_replies_changed_behind_it(bob, report, keyring):
    """As after a power cut between the commit and the folder, and after a purge."""
    from nightdesk.desk.releases.scheduling import keep_hours

    actions.reply(bob, report, TEXT, 7)
    courier.prepare(None, 2)
    assert not parcels.left_over()
    Reply.objects.all().delete()
    assert parcels.left_over()
    keep_hours()
    assert carried(keyring, clock.today()) == []
    assert not parcels.left_over()


def test_nothing_of_a_reply_lies_open_in_the_parcel(bob, report, keyring):
    actions.reply(bob, report, TEXT, 7)
    courier.prepare(None, 2)
    written = b"".join(path.read_bytes() for path in parcels.folder().iterdir())
    for word in (TEXT.encode(), SECRET.encode(), bytes.fromhex(SECRET)):
        assert word not in written


# --- the screen --------------------------------------------------------------------------------------------


def test_the_page_of_a_report_takes_and_shows_it(bob, report, signed_in):
    client = signed_in(bob)
    page = client.get(report.get_absolute_url()).content.decode()
    assert reverse("replies:reply", args=[report.pk]) in page
    answer = client.post(reverse("replies:reply", args=[report.pk]), {"text": TEXT, "days": "7"}, follow=True)
    assert TEXT in answer.content.decode()
    row = Reply.objects.get()
    answer = client.post(reverse("replies:take_off", args=[row.pk]), follow=True)
    assert "taken off" in answer.content.decode()


def test_the_form_says_that_nobody_confirmed_the_teller_and_that_one_stands_already(bob, report, signed_in):
    client = signed_in(bob)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Nobody has confirmed who sent this" in page
    assert "A reply is written already" not in page
    confirm(bob, report)
    actions.reply(bob, report, TEXT, 7)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Nobody has confirmed who sent this" not in page
    assert "A reply is written already" in page


def test_what_was_typed_and_refused_comes_back(bob, report, signed_in):
    long = "가" * 400
    answer = signed_in(bob).post(reverse("replies:reply", args=[report.pk]), {"text": long, "days": "3"})
    assert answer.status_code == 400
    assert '<option value="3" selected>' in answer.content.decode()  # not the usual seven
    assert long in answer.content.decode()


def test_a_report_that_asked_for_none_says_so(bob, signed_in):
    page = signed_in(bob).get(told("crane", bob).get_absolute_url()).content.decode()
    assert "asked for no reply" in page
    assert "replies/to" not in page


def test_a_report_marked_eyes_only_can_be_answered_by_who_sees_it(alice, bob, report, keyring, signed_in):
    key = give_key(bob)
    eyesonly.mark(bob, key, report, [bob.pk])
    report.refresh_from_db()
    page = signed_in(bob).get(report.get_absolute_url()).content.decode()
    assert "does not lie under your key alone" in page
    actions.reply(bob, report, TEXT, 7)
    assert today(keyring) == [TEXT]
    assert not Reply.objects.visible_to(alice).exists()


def test_the_page_names_reports_with_the_same_words_that_the_member_may_read(bob, report, signed_in):
    others = [told("crane", bob, on=report.contact_on - timedelta(days=3)), told("heron")]
    for row in (report, *others):
        row.reply_secret, row.reply_tag = SECRET, "a1" * 16
        row.save()
    page = signed_in(bob).get(report.get_absolute_url()).content.decode()
    assert others[0].get_absolute_url() in page
    assert others[1].get_absolute_url() not in page


def test_without_a_drop_and_a_courier_nobody_is_told_that_it_goes_up(bob, report, signed_in, settings):
    settings.NIGHTDESK_DROP_URL = settings.NIGHTDESK_COURIER_DIR = ""
    address = reverse("replies:reply", args=[report.pk])
    page = signed_in(bob).post(address, {"text": TEXT, "days": "7"}, follow=True).content.decode()
    assert "nothing goes up yet" in page
    assert TEXT in page


def test_of_two_replies_of_one_day_the_later_is_known(bob, report, keyring):
    actions.reply(bob, report, "열 시에 전화하십시오.", 7)
    gone = actions.reply(bob, report, "지울 글.", 7)
    actions.reply(bob, report, "전화하지 마십시오.", 7)
    actions.take_off(bob, gone)
    board = verify_board(*unpack(boards.signed(clock.today(), 1)), keyring.identity_public, clock.today())
    cells = (
        open_cell(bytes.fromhex(SECRET), keyring.newsroom_id, clock.today(), each) for each in board.cells
    )
    numbers = {each.text: each.number for each in cells if each}
    assert numbers == {"열 시에 전화하십시오.": 1, "전화하지 마십시오.": 3}


def test_taking_off_and_a_danger_do_not_wait_for_a_round(
    bob, report, keyring, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.NIGHTDESK_DROP_URL, up = "http://drop", []
    monkeypatch.setattr(boards.drop, "send", lambda _method, _path, body: (up.append(body), (200, b""))[1])
    row = actions.reply(bob, report, TEXT, 7)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_off(bob, row)
    actions.reply(bob, report, "다시 하나.", 7)
    with django_capture_on_commit_callbacks(execute=True):
        danger.mark(bob, report.source, "Nobody has heard from her.")
    assert [says(packed, keyring, clock.today()) for packed in up] == [[], []]


def test_a_drop_that_cannot_be_reached_keeps_nobody_from_taking_off(
    bob, report, keyring, settings, django_capture_on_commit_callbacks
):
    settings.NIGHTDESK_DROP_URL = "http://127.0.0.1:9"
    row = actions.reply(bob, report, TEXT, 7)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_off(bob, row)
    assert today(keyring) == []
