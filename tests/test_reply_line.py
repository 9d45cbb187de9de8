"""A reply all the way with the real drop: asked for in an Envelope, written on the desk, opened with the words."""

from __future__ import annotations

import pytest
from django.test import override_settings
from tests.drop.conftest import TestClient

from nightdesk.drop.app import create_app
from nightdesk.drop.config import DropConfig
from nightdesk.seal.board import verify_board
from nightdesk.seal.closing import seal
from nightdesk.seal.replying import open_cell, reply_secret
from nightdesk.seal.signing import unpack, verify_key_list
from nightdesk.seal.wire import ReportPayload

pytestmark = pytest.mark.django_db
DAY = "nightdesk.desk.conftest.newsroom_day"  # a day on which the test's keys are good
TEXT = "18일 밤에 다시 전화하겠습니다."


@pytest.fixture
def drop_of(monkeypatch, tmp_path):
    """The real drop's program, in this process, as the desk's client speaks to it. The keys are let go of again."""
    from nightdesk.desk import clock, keys
    from nightdesk.desk.intake import drop
    from nightdesk.desk.review.tests import making

    keyring = making.hold_keys()
    app = create_app(tmp_path / "drop.sqlite3", DropConfig(keyring.identity_public), clock.today)
    told = {"NIGHTDESK_DROP_URL": "http://drop", "NIGHTDESK_DIR": tmp_path, "NIGHTDESK_CLOCK": DAY}
    with override_settings(**told), TestClient(app) as client:
        monkeypatch.setattr(drop, "client", lambda: _Open(client))
        yield client, keyring
    keys.hold(None)


class _Open:
    """One client for many requests: the desk closes its own after each."""

    def __init__(self, client):
        self.client = client

    def __enter__(self):
        return self.client

    def __exit__(self, *_error):
        return None


def test_a_reply_reaches_who_has_the_words_and_nobody_else(drop_of):
    from nightdesk.desk import clock
    from nightdesk.desk.intake.actions import open_waiting
    from nightdesk.desk.intake.collecting import one_round
    from nightdesk.desk.replies import actions
    from nightdesk.desk.replies.models import BoardNumber
    from nightdesk.desk.reports.models import Report
    from nightdesk.desk.staff.models import Member

    client, keyring = drop_of
    alice = Member.objects.create_member("Alice", "five words that nobody guesses", role="editor", byline="A")
    one_round()
    listed = verify_key_list(*unpack(client.get("/keys").content), keyring.identity_public, clock.today())
    secret = reply_secret(b"twelve words are", keyring.newsroom_id)
    report = ReportPayload("회령에서 2만 위안을 내라고 했다.", "ko", reply=secret.hex())
    client.post("/envelopes", content=seal(report, listed.days[clock.today()], keyring.newsroom_id))
    one_round()
    open_waiting(alice)
    actions.reply(alice, Report.objects.get(), TEXT, 7)
    numbers = []
    for _round in range(2):
        one_round()
        board = verify_board(*unpack(client.get("/board").content), keyring.identity_public, clock.today())
        opened = [open_cell(secret, keyring.newsroom_id, clock.today(), cell) for cell in board.cells]
        assert [each.text for each in opened if each] == [TEXT]
        numbers.append(board.number)
    assert numbers == [3, 4]
    BoardNumber.objects.all().delete()  # as on a desk restored from a backup
    one_round()
    again = verify_board(*unpack(client.get("/board").content), keyring.identity_public, clock.today())
    assert again.number == 5
    other = reply_secret(b"thirteen others!", keyring.newsroom_id)
    assert not any(open_cell(other, keyring.newsroom_id, clock.today(), cell) for cell in board.cells)
