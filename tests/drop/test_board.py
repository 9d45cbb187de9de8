"""The reply board at the drop: one for everybody, and only a newer one of the newsroom's takes its place."""

from __future__ import annotations

import asyncio
import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from nightdesk.drop.app import Drop
from nightdesk.drop.config import DropConfig
from nightdesk.drop.store import Store
from nightdesk.seal.board import verify_board
from nightdesk.seal.replying import close_board
from nightdesk.seal.signing import pack, unpack


def board(newsroom, day: date | None = None, number: int = 1) -> bytes:
    on = day or newsroom.today
    cells = close_board([], newsroom.id, on, secrets.token_bytes)
    return pack(*newsroom.keyring.sign_board(on, number, cells))


def test_without_a_board_the_drop_says_so(client) -> None:
    answer = client.get("/board")
    assert (answer.status_code, answer.text) == (404, "no board yet\n")


def test_what_the_newsroom_puts_up_everybody_gets(client, ours) -> None:
    put = board(ours)
    assert client.put("/board", content=put).status_code == 200
    got = client.get("/board")
    assert got.content == put
    assert got.headers["content-type"] == "application/json"
    assert verify_board(*unpack(got.content), ours.identity.public, ours.today).number == 1


def test_it_outlives_a_restart(client_for, ours) -> None:
    put = board(ours)
    client_for().put("/board", content=put)
    assert client_for().get("/board").content == put


def test_an_older_board_takes_nothing_back(client, ours) -> None:
    newer, older = board(ours, number=2), board(ours, number=1)
    assert client.put("/board", content=newer).status_code == 200
    for again in (older, newer, board(ours, number=2)):
        assert (client.put("/board", content=again).status_code, client.get("/board").content) == (403, newer)
    assert client.put("/board", content=board(ours, number=3)).status_code == 200


def test_a_new_day_begins_with_the_couriers_board(client_for, ours) -> None:
    assert client_for().put("/board", content=board(ours, number=9)).status_code == 200
    tomorrow = ours.today + timedelta(days=1)
    morning = client_for(today=tomorrow)
    assert morning.put("/board", content=board(ours, number=10)).status_code == 403
    assert morning.put("/board", content=board(ours, tomorrow, 0)).status_code == 200


def test_a_board_put_up_by_a_clock_that_ran_ahead_gives_way(client_for, ours) -> None:
    later = ours.today + timedelta(days=9)
    assert client_for(today=later).put("/board", content=board(ours, later, 0)).status_code == 200
    assert client_for().put("/board", content=board(ours)).status_code == 200


@pytest.mark.parametrize("name", ["board", "keys"])
def test_an_offer_that_came_slowly_is_held_against_what_is_there_at_its_end(ours, tmp_path, name) -> None:
    """Whoever got a board begins to send it back, and ends once the newsroom has put up the next."""

    def offered(number: int) -> bytes:
        if name == "board":
            return board(ours, number=number)
        day = ours.today + timedelta(days=number)
        return pack(*ours.keyring.key_list("x", [ours.day.public], day))

    older, newer = offered(1), offered(2)
    drop = Drop(tmp_path / "drop.sqlite3", DropConfig(ours.identity.public, 100), lambda: ours.today)

    def putting(body: bytes, first: bytes = b"") -> Request:
        async def receive() -> dict[str, Any]:
            if first:
                assert (await getattr(drop, name)(putting(first))).status_code == 200
            return {"type": "http.request", "body": body, "more_body": False}

        return Request({"type": "http", "method": "PUT", "headers": []}, receive)

    async def slowly() -> int:
        async with drop.lifespan(Starlette()):
            answer = await getattr(drop, name)(putting(older, first=newer))
            assert await asyncio.wrap_future(drop.store.published(name)) == newer
            return answer.status_code

    assert asyncio.run(slowly()) == 403


def test_what_was_judged_against_another_takes_no_place(tmp_path) -> None:
    store = Store(tmp_path / "drop.sqlite3", 9)
    assert store.publish("board", b"1", None).result()
    assert not store.publish("board", b"2", None).result()
    assert store.published("board").result() == b"1"
    store.close()


def test_nobody_else_puts_up_a_board(client, ours, theirs) -> None:
    tomorrow = ours.today + timedelta(days=1)
    keys = pack(*ours.keyring.key_list("x", [ours.day.public], ours.today))
    for odd in (
        board(theirs),
        board(ours, tomorrow),
        keys,
        b"",
        b"{}",
        b"\xff" * 100,
        b"[" * 50_000,
        b"x" * (1 << 21),
    ):
        answer = client.put("/board", content=odd)
        assert (answer.status_code, answer.content) == (403, b"refused\n")
    assert client.get("/board").status_code == 404


def test_a_board_is_no_key_list(client, ours) -> None:
    assert client.put("/keys", content=board(ours)).status_code == 403
