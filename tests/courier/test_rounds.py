"""One round at a time: what is carried, what is refused aloud, and that it goes on."""

from __future__ import annotations

import errno
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from nightdesk.courier import files, hold
from nightdesk.courier.hold import Hold
from nightdesk.courier.rounds import allowed, pause
from nightdesk.courier.trouble import Trouble
from nightdesk.seal.board import CELL, CELLS, verify_board
from nightdesk.seal.parcel import MANIFEST
from nightdesk.seal.signing import pack, unpack

NOON = datetime(2023, 12, 18, 12, tzinfo=UTC)


def test_a_round_pushes_the_key_list_and_fetches_what_the_drop_holds(
    courier, packer, drop, ours, sealed
) -> None:
    packer.usual().write()
    drop.held = [sealed(ours, text) for text in ("하나.", "둘.")]
    done = courier.round(NOON)
    assert (done.collected, done.held, done.keys, done.troubles) == (2, 2, "pushed", [])
    assert courier.round(NOON + timedelta(hours=1)).keys == "there"
    assert len(drop.held) == 2  # nothing was forgotten


def test_a_round_puts_up_the_board_of_the_drops_day_and_leaves_a_newer_one(
    courier, packer, drop, ours
) -> None:
    packer.usual().boards().write()
    done = courier.round(NOON)
    assert (done.board, done.troubles) == ("pushed", [])
    assert verify_board(*unpack(drop.boards), ours.identity.public, ours.today).number == 0
    assert courier.round(NOON + timedelta(hours=1)).board == "there"
    drop.boards = newer = pack(*ours.keyring.sign_board(ours.today, 1, [bytes(CELL)] * CELLS))
    assert (courier.round(NOON + timedelta(hours=2)).board, drop.boards) == ("there", newer)
    drop.day = "2023-12-19"
    assert courier.round(NOON + timedelta(days=1)).board == "pushed"
    assert verify_board(*unpack(drop.boards), ours.identity.public, date(2023, 12, 19)).number == 0


def test_a_drop_that_takes_no_board_still_hands_over_what_it_holds(
    courier, packer, drop, ours, sealed
) -> None:
    packer.usual().boards().write()
    drop.held = [sealed(ours)]
    drop.instead = lambda request: httpx.Response(405) if request.url.path == "/board" else None
    done = courier.round(NOON)
    assert (done.collected, done.board) == (1, "there")
    assert ["reply board" in each for each in done.troubles] == [True]


def test_a_parcel_without_boards_is_carried_as_before(courier, packer, drop) -> None:
    packer.usual().write()
    done = courier.round(NOON)
    assert (done.board, done.troubles) == ("", [])


def test_what_is_held_already_does_not_come_again(courier, packer, drop, ours, sealed) -> None:
    packer.usual().write()
    drop.held = [sealed(ours)]
    rounds = [courier.round(NOON + timedelta(hours=hour)).collected for hour in range(3)]
    assert rounds == [1, 0, 0]


def test_files_of_the_hold_are_its_owners_alone_and_named_by_day_and_hash(
    courier, packer, drop, ours, sealed
) -> None:
    packer.usual().write()
    drop.held = [sealed(ours)]
    courier.round(NOON)
    found = [path for path in courier.hold.folder.iterdir() if path.suffix == ".envelope"]
    assert [hold.NAME.fullmatch(path.name)["day"] for path in found] == ["2023-12-18"]
    assert {path.stat().st_mode & 0o777 for path in courier.hold.folder.iterdir()} == {0o600}


# --- refused aloud ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["manifest", "keys", "board", "collect"])
def test_a_document_changed_by_one_byte_is_refused_and_said(
    courier, packer, drop, ours, sealed, which
) -> None:
    folder = packer.usual().boards().write()
    drop.held = [sealed(ours)]
    path = folder / MANIFEST if which == "manifest" else next(folder.glob(f"{which}-*"))
    if which in {"board", "collect"}:  # today's, of several
        path = folder / next(item.file for item, _ in packer.made if item.kind == which)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    done = courier.round(NOON)
    (said,) = done.troubles
    assert "not used" in said and "new parcel" in said
    if which == "manifest":
        assert drop.asked == []
    if which == "keys":
        assert (done.collected, drop.keys) == (1, b"")  # the rest goes on
    if which == "board":
        assert (done.collected, done.keys, drop.boards) == (1, "pushed", b"")


def test_another_newsrooms_parcel_is_refused(courier, packer, theirs) -> None:
    packer.newsroom = theirs
    packer.usual().write()
    assert "not certified by this newsroom's identity" in courier.round(NOON).troubles[0]


def test_without_a_parcel_it_says_so(courier, drop) -> None:
    assert "cannot be read" in courier.round(NOON).troubles[0] and drop.asked == []


def test_a_parcel_that_ran_out_is_refused(courier, packer, drop) -> None:
    packer.usual().write()
    assert "was good until 2023-12-20" in courier.round(NOON + timedelta(days=3)).troubles[0]
    assert drop.asked == []


def test_an_expired_certificate_is_said(courier, packer) -> None:
    packer.usual().write()
    assert "the signing key is certified from" in courier.round(NOON + timedelta(days=80)).troubles[0]


def test_a_parcel_made_for_longer_than_a_fortnight_is_refused(courier, packer) -> None:
    packer.usual().write(days=15)
    assert "more than 14 days" in courier.round(NOON).troubles[0]


def test_a_kind_nobody_knows_is_refused(courier, packer) -> None:
    packer.usual().add("letter", b"x")
    packer.write()
    assert "nobody here knows what 'letter' is" in courier.round(NOON).troubles[0]


@pytest.mark.parametrize("name", ["../out.json", "/etc/x.json", "a/b.json", ".hidden", "x"])
def test_a_file_cannot_be_named_out_of_its_folder(courier, packer, name) -> None:
    packer.usual().add("release", b"x", name=name, batch="b")
    packer.write()
    assert "cannot be one" in courier.round(NOON).troubles[0]


# --- a drop that is down, lies, or has another day --------------------------------------------------------


def test_a_drop_that_is_down_is_said_and_tried_later_and_later(courier, packer, drop) -> None:
    packer.usual().write()

    def down(request):
        raise httpx.ConnectError("nobody there")

    drop.instead = down
    done = courier.round(NOON)
    assert done.down and "cannot be reached" in done.troubles[0]
    waits = [pause(60, failures, 0) for failures in range(9)]
    assert waits == sorted(waits) and waits[0] == 60 and waits[1] == 120 and waits[-1] == 3600
    assert pause(60, 0, 1.0) == 75


@pytest.mark.parametrize(
    "body",
    [b"", b"garbage", b"\xff" * 50, b'{"version":1}', b'{"version":2,"more":false,"envelopes":[]}',
     b'{"version":1,"more":false,"envelopes":[{"hash":"00","day":"2023-12-18","data":"AAAA"}]}'],
)  # fmt: skip
def test_garbage_from_the_drop_is_said_and_nothing_of_it_kept(courier, packer, drop, body) -> None:
    packer.usual().write()
    drop.instead = lambda request: httpx.Response(200, content=body) if request.method == "POST" else None
    done = courier.round(NOON)
    assert len(done.troubles) == 1 and "Nothing of it was kept" in done.troubles[0]
    assert done.held == 0


def test_what_is_no_envelope_is_not_kept_though_its_hash_is_right(courier, packer, drop, ours) -> None:
    packer.usual().write()
    drop.held = [b"not an envelope"]
    done = courier.round(NOON)
    assert "not an envelope" in done.troubles[0] and done.held == 0


def test_an_answer_without_end_is_cut_off(courier, packer, drop, monkeypatch) -> None:
    monkeypatch.setattr("nightdesk.courier.drop.LARGEST_ANSWER", 1000)
    packer.usual().write()
    drop.instead = lambda r: httpx.Response(200, content=b"x" * 2000) if r.method == "POST" else None
    assert "more than an answer can be" in courier.round(NOON).troubles[0]


def test_a_drop_with_another_day_is_asked_by_its_day_and_the_clock_is_complained_of(
    courier, packer, drop, ours, sealed
) -> None:
    packer.usual().write()
    drop.held, drop.day = [sealed(ours)], "2023-12-19"
    done = courier.round(NOON)
    assert done.collected == 1 and "The drop's day is 2023-12-19" in done.troubles[0]


def test_a_drop_whose_day_is_beyond_the_parcel_gets_nothing(courier, packer, drop) -> None:
    packer.usual().write()
    drop.day = "2024-01-30"
    assert any("no requests for 2024-01-30" in said for said in courier.round(NOON).troubles)


def test_requests_the_drop_saw_already_are_passed_over(courier, packer, drop, ours, sealed) -> None:
    """Its memory was lost, or another courier used them: three wrong ones, then it waits for the next round."""
    packer.usual().write()
    drop.instead = lambda r: httpx.Response(403) if r.method == "POST" else None
    assert "refuses the courier's request" in courier.round(NOON).troubles[0]
    assert courier.hold.state().number == 3
    drop.instead, drop.held = lambda r: None, [sealed(ours)]
    assert courier.round(NOON).collected == 1


def test_a_newer_key_list_on_the_drop_stays(courier, packer, drop, ours) -> None:
    packer.usual().write()
    newer = pack(*ours.keyring.key_list("Post", [ours.day.public], ours.today + timedelta(1)))
    drop.keys = newer
    assert courier.round(NOON).keys == "there" and drop.keys == newer


def test_a_key_list_without_todays_key_is_complained_of(courier, packer) -> None:
    packer.usual().write()
    assert "no key for today" in courier.round(NOON + timedelta(days=1)).troubles[0]


# --- a full hold, a full disk ------------------------------------------------------------------------------


def test_a_full_hold_says_so_and_leaves_the_rest_in_the_drop(
    courier, packer, drop, ours, sealed, tmp_path
) -> None:
    packer.usual().write()
    courier.hold = Hold(tmp_path / "hold", most=2)
    drop.held = [sealed(ours, f"{n}.") for n in range(3)]
    done = courier.round(NOON)
    assert (done.collected, done.held) == (0, 2) and "The hold is full: 2 envelopes" in done.troubles[0]
    asked = len(drop.asked)
    assert "The hold is full" in courier.round(NOON).troubles[0]
    assert drop.asked[asked:] == ["GET /keys"]


def test_a_hold_of_too_many_bytes_is_full_too(tmp_path, courier, packer, drop, ours, sealed) -> None:
    packer.usual().write()
    courier.hold.most_bytes = 65536 + 3000
    drop.held = [sealed(ours, f"{n}.") for n in range(3)]
    assert "The hold is full" in courier.round(NOON).troubles[0]
    assert courier.hold.size()[0] == 1


def test_a_full_disk_is_said_and_leaves_no_half_file(
    courier, packer, drop, ours, sealed, monkeypatch
) -> None:
    packer.usual().write()
    drop.held = [sealed(ours)]
    real = files.os.fsync

    def full(descriptor: int) -> None:
        if ".envelope" in str(Path(f"/proc/self/fd/{descriptor}").readlink()):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", full)
    done = courier.round(NOON)
    assert "is full" in done.troubles[0] and done.held == 0
    monkeypatch.undo()
    assert [path for path in courier.hold.folder.iterdir() if "envelope" in path.name] == []
    assert courier.round(NOON).collected == 1


def test_two_couriers_do_not_share_a_hold(courier) -> None:
    with courier.hold.alone(), pytest.raises(Trouble, match="Another courier"), courier.hold.alone():
        pass


# --- requests are spread over the day ----------------------------------------------------------------------


def test_a_days_requests_last_its_day(courier, packer, drop) -> None:
    packer.usual(requests=30).write()
    midnight, asked = NOON.replace(hour=0), []
    for minute in range(0, 1440, 10):
        courier.round(midnight + timedelta(minutes=minute))
        asked.append(drop.asked.count("POST /collect"))
    assert asked[:6] == [1, 2, 3, 4, 5, 5]  # a sixth at once, then one every 57 minutes
    assert asked[-1] == 29 and asked[len(asked) // 2] == 17


def test_a_share_of_requests_never_exceeds_them() -> None:
    assert [allowed(24, NOON + timedelta(hours=h), NOON.date()) for h in (-30, -12, 0, 11.99, 12, 99)] == [
        4, 4, 14, 23, 24, 24,
    ]  # fmt: skip
    assert allowed(0, NOON, NOON.date()) == 0


def test_a_damaged_memory_costs_requests_and_nothing_else(courier, packer, drop, ours, sealed) -> None:
    packer.usual().write()
    (courier.hold.folder / hold.STATE).write_text("{broken")
    drop.held = [sealed(ours)]
    assert courier.round(NOON).collected == 1
    assert json.loads((courier.hold.folder / hold.STATE).read_text())["number"] == 1
